//! E03xx: secrets in the open.

use super::{Cause, Page};

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "E0301",
        cause: Cause::Input,
        title: "A secret in the open",
        why: "What the agent must find out stands in no file, mail or name that is there before somebody tells it. Sealing follows arithmetic: what is computed from a secret is secret, rounded or not.",
        example: "secret accrual ~ between(1, 9)\ntemplate memo { body = \"It was {{ accrual }}.\" }\nfile \"memo.docx\" { from = memo  saved = 2026-01-05 }",
        way_out: "Let a persona reveal it with `tell`, date the text in the month, or declare the fact with `let` if it is no secret.",
    },
    Page {
        code: "E0302",
        cause: Cause::Input,
        title: "A secret decides what is in the open",
        why: "A choice between two texts, a `where`, or the existence of a file shows the secret as well as printing it would.",
        example: "let word = if(accrual > 40_000, \"large\", \"small\")",
        way_out: "Decide by open facts, or move the text into a `tell` or a mail of the month.",
    },
    Page {
        code: "E0303",
        cause: Cause::Input,
        title: "A secret in a name",
        why: "Names of files and folders, subjects and titles are seen before anything is opened.",
        example: "file \"Accrual {{ accrual }}.xlsx\" { … }",
        way_out: "Name it after something that is not a secret.",
    },
    Page {
        code: "E0304",
        cause: Cause::Input,
        title: "A secret in a number or order of things",
        why: "How many rows there are, and in which order, can be counted and seen.",
        example: "rows = list(v in vo: v.n, by: v.secret_rank)",
        way_out: "Count and sort by open facts.",
    },
    Page {
        code: "E0305",
        cause: Cause::Input,
        title: "A secret that is none",
        why: "It is computed from open facts only, so whoever has the files can compute it too.",
        example: "secret total = sum(actual.amount)",
        way_out: "Declare it with `let`, or let it stand on a secret that is drawn.",
    },
];
