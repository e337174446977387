//! The disk: folders and files.

use super::{NOTHING, STREAM, read, set};
use crate::forms::{Form, Kind, Property, Slot, Type};

/// Where a folder or file stood before.
const fn was(example: &'static str) -> Property {
    set("was", &[Type::Text], "Where it stood before it was moved or deleted.", example)
}

const PATH: Property = read("path", &[Type::Text], "Its path below home.");

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::Folder,
        keyword: "folder",
        top: true,
        parents: &[Kind::Folder, Kind::Change, Kind::Schema, Kind::Objective],
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "its path below the folder it stands in, or below home",
        loops: true,
        properties: &[was("was = \"Documents/Old\""), PATH],
        doc: "A folder on the disk and what is in it. An empty one is made too.",
        example: r#"folder "Documents/Finance" { file "Travel policy.pdf" { from = travel_policy(1)  saved = 2024-06-03 } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::File,
        keyword: "file",
        top: true,
        parents: &[Kind::Folder, Kind::Persona, Kind::Mail, Kind::Change, Kind::Clutter, Kind::Schema, Kind::Objective],
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "its name, or its path below the folder it stands in",
        loops: true,
        properties: &[
            set("from", &[Type::Content], "What it contains.", "from = close_memo(2026-01)").required(),
            set(
                "saved",
                &[Type::Date, Type::Moment],
                "When it was last saved in the story.",
                "saved = workday(4, next(m))",
            )
            .drawn()
            .default("when its mail, change or tell happens"),
            set("created", &[Type::Date, Type::Moment], "When it was made.", "created = 2026-01-12")
                .drawn()
                .default("`saved`"),
            set("author", &[Type::Correspondent], "Who wrote it; a stranger by `outside(…)`.", "author = tomas")
                .default("`world.owner`"),
            was("was = \"Documents/Old.docx\""),
            STREAM,
            PATH,
            read("name", &[Type::Text], "Its name without folders."),
        ],
        doc: "A document. In a folder it is on the disk, in a persona she holds it, in a mail it is attached, in a change \
              it appears then.",
        example: r#"file memo "Close memo {{ m | ym }}.docx" { from = close_memo(m)  saved = workday(4, next(m)) }"#,
        ..NOTHING
    },
];
