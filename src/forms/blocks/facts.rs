//! Facts and their wording: tables, bindings, phrases.

use super::{NOTHING, STREAM, set};
use crate::forms::{Form, Free, Kind, Slot, Type};

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::Table,
        keyword: "table",
        top: true,
        library: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Required,
        params: Slot::Optional,
        loops: true,
        properties: &[
            set(
                "from",
                &[Type::Data],
                "Takes its rows from YAML, JSON, JSONL or CSV.",
                "from = load(\"data/suppliers.yaml\")",
            ),
            STREAM,
        ],
        free: Free::Columns,
        rules: &["require"],
        doc: "Facts in rows: typed between pipes, one row for each turn of `for`, or loaded from a file. Its key is its \
              `for` variables, else the first column.",
        example: r#"table actual for month in 2025-01..2026-02, c in centre {
  amount ~ around(c.base, 6%, step: 0.01)
  require amount > 0
}"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Let,
        keyword: "let",
        top: true,
        library: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Required,
        params: Slot::Optional,
        loops: true,
        doc: "An open fact, or with parameters a way to compute one. It becomes sealed by itself when it stands on a \
              secret.",
        example: "let approved_q1 = sum(budget.amount where month in 2026-01..2026-03)",
        ..NOTHING
    },
    Form {
        kind: Kind::Secret,
        keyword: "secret",
        top: true,
        library: true,
        parents: &[Kind::Schema, Kind::Objective, Kind::Table],
        name: Slot::Required,
        params: Slot::Optional,
        loops: true,
        doc: "A fact that stands in no file: the agent must learn it from people. Inside a table it seals a column.",
        example: "secret brno_accrual ~ between(38_000, 61_000, step: 50)",
        ..NOTHING
    },
    Form {
        kind: Kind::Knob,
        keyword: "knob",
        top: true,
        name: Slot::Required,
        doc: "A number or choice that `--set name=value` may change before anything is drawn.",
        example: "knob style = \"brief\" in [\"brief\", \"long\"]",
        ..NOTHING
    },
    Form {
        kind: Kind::Phrases,
        keyword: "phrases",
        top: true,
        library: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Required,
        params: Slot::Optional,
        doc: "Wordings of one thing. Each document draws its own, none twice until all were used; a condition beside a \
              wording keeps it to where it is true.",
        example: r#"phrases against(m, c) = {
  "{{ c.title }} ran over its budget": actual(m, c).amount > budget(m, c).amount,
  "{{ c.title }} stayed within its budget": actual(m, c).amount <= budget(m, c).amount
}"#,
        ..NOTHING
    },
];
