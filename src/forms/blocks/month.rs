//! What people send and arrange before and in the month, and what changes meanwhile.

use super::{CORRESPONDENTS, DAYS, FILES, HINTS, NOTHING, PEOPLE, STREAM, TEXTS, WHEN, set};
use crate::forms::{Form, Kind, Property, Slot, Type};

const BACKGROUND: Property = set(
    "background",
    &[Type::Schema],
    "Surroundings made by the library, with its arguments.",
    "background = people.newsletters(140)",
);

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::Mail,
        keyword: "mail",
        top: true,
        parents: &[Kind::Mailbox, Kind::Schema, Kind::Objective],
        name: Slot::Optional,
        loops: true,
        properties: &[
            set("from", &[Type::Correspondent], "Who wrote it.", "from = priya")
                .drawn()
                .default("with `re`, its first recipient"),
            set("to", &[CORRESPONDENTS], "Whom it is addressed to.", "to = [jana, priya]")
                .drawn()
                .default("[`world.owner`], with `re` its sender"),
            set("cc", &[CORRESPONDENTS], "Who gets a copy.", "cc = [tomas]").drawn().default("[], with `re` as there"),
            set(
                "at",
                &[Type::Moment],
                "When it is sent: before the month it is history, in it it arrives live.",
                "at = wd1 09:12",
            )
            .drawn()
            .required(),
            set("subject", &[Type::Text], "Its subject.", "subject = \"Q1 reforecast\"")
                .drawn()
                .default("with `re`: `Re: …`"),
            set("body", &[Type::Text], "Its text.", "body = \"Where is the draft?\"").drawn().required(),
            set("re", &[Type::Mail], "The mail it answers.", "re = kickoff"),
            set("attach", &[FILES, Type::File], "Files it carries, as last saved by then.", "attach = [memo]")
                .default("[]"),
            WHEN,
            HINTS,
            STREAM,
        ],
        doc: "A mail. A date in the past is history, a date in the month arrives live.",
        example: r#"mail kickoff { from = priya  at = wd1 09:12  cc = [tomas]  subject = "Q1 reforecast"
  body = "I need it by {{ q1_reforecast.due | day }}." }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Mailbox,
        keyword: "mailbox",
        top: true,
        name: Slot::Reference,
        properties: &[BACKGROUND, STREAM],
        doc: "What else is in somebody's mailbox.",
        example: "mailbox jana { background = people.newsletters(140) }",
        ..NOTHING
    },
    Form {
        kind: Kind::Chat,
        keyword: "chat",
        top: true,
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "the channel's name",
        properties: &[set("who", &[PEOPLE], "Its members.", "who = [jana, priya]").required(), BACKGROUND, STREAM],
        doc: "A chat channel.",
        example: r#"chat "finance" { who = [jana, priya]  background = people.smalltalk(60) }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Post,
        keyword: "post",
        parents: &[Kind::Chat, Kind::Schema],
        name: Slot::Optional,
        loops: true,
        properties: &[
            set("from", &[Type::Persona], "Who wrote it.", "from = marek").drawn().required(),
            set("at", &[Type::Moment], "When.", "at = wd2 10:05").drawn().required(),
            set("body", &[Type::Text], "What it says.", "body = \"Line 2 is running again.\"").drawn().required(),
            WHEN,
            HINTS,
        ],
        doc: "A message in a chat channel.",
        example: r#"post { from = marek  at = wd2 10:05  body = "Line 2 is running again." }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Event,
        keyword: "event",
        top: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "its title in the calendar",
        loops: true,
        properties: &[
            set("who", &[PEOPLE], "Who takes part, the owner included.", "who = [jana, priya]").required(),
            set(
                "on",
                &[DAYS, Type::Date],
                "Its days, as one series; then `at` is a time of day.",
                "on = dates(2025-09..2026-03, on: \"Mon\")",
            ),
            set("at", &[Type::Moment, Type::Time], "When it begins.", "at = wd16 14:00").required(),
            set("lasts", &[Type::Duration], "How long it takes.", "lasts = 30m").default("1h"),
            set("body", &[Type::Text], "The text of the invitation.", "body = \"Bring the model.\"").default("empty"),
            set("invited", &[Type::Date, Type::Moment], "When it enters the calendar.", "invited = wd3 08:00")
                .default("before the month begins"),
            set("place", &[Type::Text], "Where.", "place = \"Room 4\"").default("none"),
            WHEN,
            HINTS,
            STREAM,
        ],
        doc: "A meeting, or a series of them.",
        example: r#"event "Finance weekly" { who = [jana, priya]  on = dates(2025-09..2026-03, on: "Mon")  at = 10:00  lasts = 30m }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Change,
        keyword: "change",
        top: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Required,
        loops: true,
        properties: &[
            set("at", &[Type::Moment], "When.", "at = wd8 07:30").required(),
            set("remove", &[TEXTS, FILES], "Paths or files that go.", "remove = [\"Documents/Old.docx\"]")
                .default("[]"),
            set(
                "move",
                &[Type::Map],
                "Paths that change: old path and new path.",
                "move = { \"a.txt\": \"old/a.txt\" }",
            )
            .default("{ }"),
            WHEN,
            HINTS,
        ],
        doc: "A change of the disk during the month that nobody announces: files appear, are replaced, moved or removed.",
        example: r#"change policy { at = wd8 07:30  file "Documents/Travel policy.pdf" { from = travel_policy(2) } }"#,
        ..NOTHING
    },
];
