//! The world, its companies and its people.

use super::{DAYS, FILES, HINTS, NOTHING, STREAM, TEXTS, read, set};
use crate::document::look::NAMED;
use crate::forms::{Form, Kind, Slot, Type};

/// The names of the palettes.
const COLOURS: [&str; NAMED.len()] = {
    let mut names = [""; NAMED.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = NAMED[at].0;
        at += 1;
    }
    names
};

pub(super) const FORMS: &[Form] = &[
    Form {
        kind: Kind::World,
        keyword: "world",
        top: true,
        name: Slot::Required,
        label: Slot::Optional,
        label_doc: "one line that says what the world is about",
        properties: &[
            set("owner", &[Type::Persona], "The person whose computer this is.", "owner = jana").required(),
            set("os", &[Type::Text], "The operating system: volumes, home folder, path style.", "os = \"windows\"")
                .default("\"windows\"")
                .choices(&["windows", "macos", "linux"]),
            set("locale", &[Type::Text], "How numbers and dates print.", "locale = \"de-DE\"").default("\"en-US\""),
            set("language", &[Type::Text], "The language of month and weekday words.", "language = \"en\"")
                .default("that of `locale`"),
            set("timezone", &[Type::Text], "The time zone of every moment.", "timezone = \"Europe/Berlin\"")
                .default("\"UTC\""),
            set("currency", &[Type::Text], "What `money` prints.", "currency = \"EUR\"").default("\"EUR\""),
            set("month", &[Type::Month], "The month the agent lives through.", "month = 2026-03").required(),
            set(
                "holidays",
                &[DAYS],
                "Days that are no working days, in any month; a month brings all its days.",
                "holidays = [2026-03-20]",
            )
            .default("[]"),
            set("company", &[Type::Text], "Where the owner works.", "company = \"Nordlicht Pumpen GmbH\"").required(),
            set("domain", &[Type::Text], "The domain of its mail addresses.", "domain = \"nordlicht.example\"")
                .default("the company's name under `.example`"),
            set("history", &[Type::Number], "How many months before `month` backgrounds reach back.", "history = 14")
                .default("14"),
            set("starts", &[Type::Moment], "When the month begins for the agent.", "starts = 2026-03-02 09:00")
                .default("the first working day at the owner's hours"),
            set(
                "costs",
                &[Type::Map],
                "What a tool costs on the clock, where the world differs from the usual.",
                "costs = { \"search_text\": 2m }",
            )
            .default("{ }"),
            read("ends", &[Type::Moment], "The last instant of the month."),
            read("home", &[Type::Text], "The owner's home folder as a path."),
        ],
        doc: "The world itself: whose computer, where, when. Every spec has exactly one.",
        example: r#"world fpa_march "FP&A analyst: Q1 reforecast" {
  owner = jana  os = "windows"  locale = "de-DE"  timezone = "Europe/Berlin"  currency = "EUR"
  month = 2026-03  company = "Nordlicht Pumpen GmbH"  domain = "nordlicht-pumpen.example"
}"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Brand,
        keyword: "brand",
        top: true,
        label: Slot::Optional,
        label_doc: "the company, where it is not the owner's",
        properties: &[
            set("colours", &[Type::Text], "The palette of its documents.", "colours = \"navy\"")
                .drawn()
                .default("drawn by its name")
                .choices(&COLOURS),
            set("fonts", &[TEXTS], "The font of headings and that of text.", "fonts = [\"Georgia\", \"Calibri\"]")
                .default("drawn by its name"),
            set(
                "footer",
                &[Type::Text],
                "The line at the foot of its pages.",
                "footer = \"{{ world.company }}, Leipzig\"",
            )
            .drawn()
            .default("drawn by its name"),
            set("logo", &[Type::Text], "The one to three letters of its logo.", "logo = \"NP\"")
                .default("its initials"),
            set("mark", &[Type::Text], "The shape behind the letters of the logo.", "mark = \"circle\"")
                .drawn()
                .default("drawn by its name")
                .choices(&["square", "circle", "bar", "diamond", "hexagon"]),
            set(
                "letterhead",
                &[Type::Text],
                "How the head of a page and its title are set.",
                "letterhead = \"banded\"",
            )
            .drawn()
            .default("drawn by its name")
            .choices(&["ruled", "banded", "centred"]),
        ],
        doc: "How a company's documents look. Every company has a look of its own, drawn by its name; a `brand` fixes \
              what it says and leaves the rest.",
        example: r#"brand { colours = "navy"  fonts = ["Georgia", "Calibri"]  footer = "{{ world.company }}, Leipzig"  logo = "NP" }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Persona,
        keyword: "persona",
        top: true,
        name: Slot::Required,
        loops: true,
        properties: &[
            set("role", &[Type::Text], "What she does; stands in signatures and contacts.", "role = \"CFO\""),
            set("name", &[Type::Text], "Her full name.", "name ~ people.name(\"de\")")
                .drawn()
                .default("drawn by `world.locale`"),
            set("manager", &[Type::Persona], "Whom she reports to.", "manager = priya").default("none"),
            set("replies", &[Type::Duration], "How long she takes to answer.", "replies = 1d").drawn().default("4h"),
            set("hours", &[Type::Interval], "Her working hours.", "hours = 07:30..17:00").default("09:00..17:30"),
            set("away", &[DAYS, Type::Date, Type::Interval], "Days on which she does not answer.", "away = [wd6, wd7]")
                .default("[]"),
            set("deputy", &[Type::Persona], "Whom her absence note names.", "deputy = marek").default("none"),
            set("tone", &[Type::Text], "How she writes.", "tone = \"brief\"").default("\"plain\""),
            set(
                "sign_off",
                &[Type::Text],
                "What stands below her mails; `\"\"` for nothing. Mails that end with her name stay as they are.",
                "sign_off = \"Cheers, {{ jana.first }}\"",
            )
            .drawn()
            .default("drawn by her tone and the world's language"),
            set("tidiness", &[Type::Number], "How tidy her folders are, from 0 to 100 %.", "tidiness = 55%")
                .drawn()
                .default("70%"),
            set("company", &[Type::Text], "Where she works, if not at the owner's.", "company = \"Brightwire Ltd\"")
                .default("`world.company`"),
            set("account", &[Type::Text], "Her login, the name of her home folder.", "account = \"jana\"")
                .default("`.first`, folded to a–z"),
            set("email", &[Type::Text], "Her mail address.", "email = \"jana@nordlicht.example\"")
                .default("first.last@domain"),
            set("about", &[Type::Map], "Anything else that is known of her.", "about = { \"joined\": 2019-04-01 }")
                .default("{ }"),
            set(
                "from",
                &[Type::Data],
                "A file that fills what this block leaves open; its further keys become `about`.",
                "from = load(\"people/jana.yaml\")",
            ),
            STREAM,
            read("first", &[Type::Text], "Her first name."),
            read("last", &[Type::Text], "Her last name."),
            read("initials", &[Type::Text], "The initials of her name."),
        ],
        doc: "A person: the owner or somebody to write to. What she knows beyond the files stands in her `tell` blocks.",
        example: r#"persona priya { role = "Head of FP&A"  manager = tomas  name ~ people.name("in")  tone = "brief" }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Hand,
        keyword: "hand",
        parents: &[Kind::Persona],
        properties: &[
            set("density", &[Type::Text], "How much air is between her lines.", "density = \"dense\"")
                .drawn()
                .default("drawn")
                .choices(&["airy", "even", "dense"]),
            set(
                "lists",
                &[Type::Text],
                "How she sets lists without an order: their mark, or numbers, or short ones as a sentence.",
                "lists = \"dashes\"",
            )
            .drawn()
            .default("drawn")
            .choices(&["dots", "dashes", "squares", "arrows", "numbers", "prose"]),
            set("headings", &[Type::Text], "Whether her headings are numbered.", "headings = \"numbered\"")
                .drawn()
                .default("drawn")
                .choices(&["plain", "numbered"]),
            set("tables", &[Type::Text], "How she draws tables.", "tables = \"grid\"")
                .drawn()
                .default("drawn")
                .choices(&["banded", "ruled", "grid"]),
            set("margin", &[Type::Text], "How her lines end on the right.", "margin = \"justified\"")
                .drawn()
                .default("drawn")
                .choices(&["ragged", "justified"]),
            set("dates", &[Type::Text], "How she writes a day where no filter decides.", "dates = \"iso\"")
                .drawn()
                .default("drawn")
                .choices(&["long", "short", "iso"]),
            set(
                "names",
                &[Type::Text],
                "What tells the older versions and drafts of her files apart: `v2`, a day, her initials, or words.",
                "names = \"dates\"",
            )
            .drawn()
            .default("drawn")
            .choices(&["numbers", "dates", "initials", "words"]),
            set("quotes", &[Type::YesNo], "Whether her answers quote what they answer.", "quotes = no")
                .drawn()
                .default("drawn"),
            set("typos", &[Type::Number], "The share of everyday words she mistypes.", "typos = 1%")
                .drawn()
                .default("drawn, mostly below 1 %"),
        ],
        doc: "How somebody writes and keeps her files. Everybody has a hand of her own, drawn by who she is; a `hand` \
              fixes what it says and leaves the rest. Facts, names, codes and numbers are never mistyped.",
        example: r#"hand { density = "dense"  lists = "dashes"  headings = "numbered"  dates = "iso" }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Tell,
        keyword: "tell",
        parents: &[Kind::Persona],
        name: Slot::Required,
        loops: true,
        properties: &[
            set("when", &[Type::Condition], "What opens this topic.", "when = asked(\"accrual\") and now >= wd4")
                .required(),
            set(
                "say",
                &[Type::Text],
                "What she answers; secrets in it are what she reveals.",
                "say = \"{{ style }}.\"",
            )
            .required(),
            set("attach", &[FILES, Type::File], "Files she sends along.", "attach = [acceptance]").default("[]"),
            set("not_yet", &[Type::Text], "What she answers before its time.", "not_yet = \"Ask me on Friday.\"")
                .default("\"ask me again on <day>\""),
            HINTS,
        ],
        doc: "Something a person tells when asked the right way.",
        example: r#"tell accrual { when = asked("accrual", "line 2") and now >= wd4
  say = "Please book an accrual of {{ brno_accrual | money }} on 4100." }"#,
        ..NOTHING
    },
];
