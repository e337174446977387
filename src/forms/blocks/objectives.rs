//! What the agent has to do, and how people get it wrong.

use super::{CORRESPONDENTS, NOTHING, PEOPLE, set};
use crate::forms::{Form, Free, Kind, Property, Slot, Type};

const WEIGHT: Property =
    set("weight", &[Type::Number], "How much it counts among its neighbours.", "weight = 3").default("1");

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::Schema,
        keyword: "schema",
        top: true,
        library: true,
        name: Slot::Required,
        params: Slot::Optional,
        free: Free::OfTarget,
        rules: &["check", "rubric"],
        doc: "A reusable objective or background, with parameters: `objective x { from = schema(…) }` and `background = \
              schema(…)` stand for its body.",
        example: r#"schema monthly_close(m, ask) { brief = ask  deliver memo "Close memo {{ m | ym }}.docx" { check words >= 200 } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Objective,
        keyword: "objective",
        top: true,
        name: Slot::Required,
        properties: &[
            set("brief", &[Type::Mail], "The mail that asks for it.", "brief = kickoff").required(),
            set("due", &[Type::Moment], "When it is graded.", "due = wd18 17:00").required(),
            WEIGHT,
            set("from", &[Type::Schema], "The schema whose body it has.", "from = finance.monthly_close(2026-02, ask)"),
        ],
        rules: &["check"],
        doc: "Something the agent has to do. Checks in it are guards: failing one makes it worth nothing.",
        example: r#"objective q1_reforecast { brief = kickoff  due = wd18 17:00
  deliver model "Q1 reforecast.xlsx" { check value("Total opex") == sum(plan.total) within 1 } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Deliver,
        keyword: "deliver",
        parents: &[Kind::Objective, Kind::Schema],
        name: Slot::Required,
        label: Slot::Optional,
        label_doc: "the path of the file to make; with `*` the latest one counts",
        loops: true,
        properties: &[
            WEIGHT,
            set(
                "solution",
                &[Type::Content],
                "What a faultless worker hands in; needed where a check says `or`, `!=` or calculates with what it reads.",
                "solution = finance.reforecast(plan)",
            )
            .default("composed from the checks"),
            set("to", &[CORRESPONDENTS], "A mail to these people is the deliverable.", "to = [priya, tomas]"),
            set("who", &[PEOPLE], "A meeting with these people is the deliverable.", "who = [grant, colin]"),
            set("at", &[Type::Interval], "The days in which the meeting must lie.", "at = wd13..wd16"),
        ],
        rules: &["check", "rubric"],
        doc: "A file, mail or meeting the agent has to make, with the checks that earn its credit.",
        example: r#"deliver memo "Q1 memo.docx" { check states("accrual", brno_accrual)  check words in 400..900 }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Milestone,
        keyword: "milestone",
        parents: &[Kind::Objective, Kind::Schema],
        name: Slot::Required,
        properties: &[set("by", &[Type::Moment], "When its checks are read.", "by = wd9 12:00").required(), WEIGHT],
        rules: &["check"],
        doc: "Something that must be true by a moment before the objective is due.",
        example: "milestone draft { by = wd9 12:00  check sent(to: priya, attached: model) }",
        ..NOTHING
    },
    Form {
        kind: Kind::Late,
        keyword: "late",
        parents: &[Kind::Objective, Kind::Schema],
        properties: &[
            set("credit", &[Type::Number], "What late work is worth.", "credit = 50%").required(),
            set("until", &[Type::Moment, Type::Date], "When it is worth nothing any more.", "until = wd20").required(),
        ],
        doc: "Lets work after `due` still count for a part.",
        example: "late { credit = 50%  until = wd20 }",
        ..NOTHING
    },
    Form {
        kind: Kind::Trap,
        keyword: "trap",
        parents: &[Kind::Objective, Kind::Schema],
        name: Slot::Required,
        label: Slot::Required,
        label_doc: "what somebody does who falls into it",
        free: Free::Facts,
        doc: "A wrong answer people give: the facts it believes. The checks must tell it from the truth.",
        example: r#"trap no_accrual "did not ask Brno" { brno_accrual = 0 }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Replace,
        keyword: "<table>",
        parents: &[Kind::Trap],
        free: Free::Facts,
        doc: "Inside a trap, the name of a table with the wrong values of its columns.",
        example: r#"trap unsigned "counts what nobody signed" { vo { agreed = raised } }"#,
        ..NOTHING
    },
];
