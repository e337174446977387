//! W0xxx: what is remarked about a spec that is right.

use super::{Cause, Page};

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "W0101",
        cause: Cause::Input,
        title: "Typed initials beside a drawn name",
        why: "Two or three capitals in brackets in a file's name look like somebody's initials, and names are drawn: they would not match.",
        example: "file \"Budget v2 (TB).xlsx\" { … }",
        way_out: "Print them, `({{ tomas.initials }})`, or declare the code in a table.",
    },
    Page {
        code: "W0102",
        cause: Cause::Input,
        title: "A typed number in a text",
        why: "A number that comes from no fact cannot be checked, moves with nothing, and may contradict the facts.",
        example: "body = \"Spending was 4,200.\"",
        way_out: "Declare it with `let` and print its name.",
    },
    Page {
        code: "W0103",
        cause: Cause::Input,
        title: "A chart that is shown nowhere",
        why: "Beside a body, a chart stands where the body says `![name](chart)`; nobody sees one that is not named.",
        example: "template pack(t) {\n  body = \"Costs rose.\"\n  chart \"By centre\" { rows = t  by = c.title  value = amount }\n}",
        way_out: "Name the chart in the body, or leave it out.",
    },
    Page {
        code: "W0510",
        cause: Cause::Input,
        title: "A secret's value that an open fact explains",
        why: "The value of a secret stands in an open file, but another fact printed it there. The agent cannot tell.",
        example: "a drawn secret of 4,100 beside the cost centre 4100",
        way_out: "Nothing needs to be done; widen its range if you mind.",
    },
    Page {
        code: "W0511",
        cause: Cause::Input,
        title: "A spec that rejects some of its seeds",
        why: "More than one of twenty seeds makes no world. Each is a row of the list and is never drawn again in silence.",
        example: "worldc seeds march.world 1..100   # 7 of them fail",
        way_out: "Read why each fails in the list, and widen the draws or ask for less.",
    },
];
