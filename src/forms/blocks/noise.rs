//! Mess on purpose.

use super::{ANYTHING, NOTHING, PEOPLE, STREAM, set};
use crate::forms::{Form, Kind, Property, Slot, Type};

/// What a kind of mess is made of.
const SOURCES: &[Type] = &[Type::Content, Type::File, Type::Glob, ANYTHING];

/// How many of its sources it hits.
const fn share(example: &'static str) -> Property {
    set("share", &[Type::Number], "The share of files hit.", example).required()
}

/// Its sources, if not all there are.
const fn files(example: &'static str) -> Property {
    set("files", SOURCES, "Which files; all of the folder else.", example)
}

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::Noise,
        keyword: "noise",
        top: true,
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "the folder in which the mess is made",
        loops: true,
        properties: &[
            set("level", &[Type::Number], "How much of it: 200 % contains what 100 % makes.", "level = mess")
                .default("100%"),
            STREAM,
        ],
        doc: "Mess on purpose, each piece labelled in the sealed part of the image.",
        example: r#"noise "Documents/Finance" { level = mess  duplicates { share = 4% } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Versions,
        keyword: "versions",
        parents: &[Kind::Noise],
        properties: &[
            set("files", SOURCES, "A template, a file or a path with `*`.", "files = close_memo").required(),
            set("copies", &[Type::Number], "How many older versions each has.", "copies ~ pick({ 0: 50%, 1: 50% })")
                .drawn()
                .default("1"),
            set("drift", &[Type::Number], "How far drawn numbers of an older version may lie off.", "drift = 2%")
                .required(),
            set(
                "named",
                &[Type::Text],
                "Its name, of its `stem`, `ext` and `nth`.",
                "named = \"{{ stem }} v{{ nth }}{{ ext }}\"",
            )
            .default("as its author names versions"),
        ],
        doc: "Older versions of documents, each agreeing with itself but not with the truth: drawn numbers lie off, some phrases are \
              worded otherwise, sections and paragraphs written later are missing.",
        example: "versions { files = close_memo  copies ~ pick({ 0: 50%, 1: 35%, 2: 15% })  drift = 2% }",
        ..NOTHING
    },
    Form {
        kind: Kind::Reviewed,
        keyword: "reviewed",
        parents: &[Kind::Noise],
        properties: &[
            share("share = 10%"),
            files("files = close_memo"),
            set("by", &[PEOPLE], "Who may have read it.", "by = [priya, marek]").default("its author's manager"),
            set(
                "remarks",
                &[Type::Text],
                "What she remarks; phrases say something else each time.",
                "remarks = \"{{ question }}\"",
            )
            .default("the library's `review_remark`, where its people or phrases are used"),
            set("named", &[Type::Text], "The draft's name.", "named = \"{{ stem }} commented{{ ext }}\"")
                .default("as its reader names drafts"),
        ],
        doc: "Word documents as they came back from a reader, saved earlier: with comments, and with tracked changes from an \
              older state to the later one.",
        example: r#"reviewed { files = close_memo  share = 10%  by = [priya, marek] }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Duplicates,
        keyword: "duplicates",
        parents: &[Kind::Noise],
        properties: &[
            share("share = 4%"),
            files("files = memo"),
            set("named", &[Type::Text], "The copy's name.", "named = \"{{ stem }} (1){{ ext }}\"")
                .default("\"{{ stem }} (1){{ ext }}\""),
        ],
        doc: "Copies with the same bytes under another name, saved later.",
        example: r#"duplicates { share = 4%  named = "{{ stem }} (1){{ ext }}" }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Abandoned,
        keyword: "abandoned",
        parents: &[Kind::Noise],
        properties: &[
            share("share = 2%"),
            files("files = memo"),
            set("named", &[Type::Text], "The draft's name.", "named = \"{{ stem }} draft{{ ext }}\"")
                .default("as its author names drafts"),
        ],
        doc: "Half-finished drafts, saved earlier.",
        example: "abandoned { share = 2% }",
        ..NOTHING
    },
    Form {
        kind: Kind::Misfiled,
        keyword: "misfiled",
        parents: &[Kind::Noise],
        properties: &[share("share = 2%"), files("files = memo")],
        doc: "Files that stand in another folder of the scope than they should. One that an objective asks for by its place, or that a change replaces, stays there unless `files` says which are hit.",
        example: "misfiled { share = 2% }",
        ..NOTHING
    },
    Form {
        kind: Kind::Clutter,
        keyword: "clutter",
        parents: &[Kind::Noise],
        properties: &[
            set("background", &[Type::Schema], "The library's schema of files.", "background = people.downloads")
                .required(),
            set("count", &[Type::Number], "How many files.", "count ~ between(25, 40)").drawn().required(),
        ],
        doc: "Files nobody needs. The schema's body reads how many as `count`.",
        example: "clutter { background = people.downloads  count ~ between(25, 40) }",
        ..NOTHING
    },
];
