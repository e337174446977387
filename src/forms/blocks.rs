//! Every block and binding of the language: where it stands, its head, its properties, what it means.

use super::{Form, Free, Kind, Property, Slot, Type};
use crate::document::look::NAMED;

/// A property that the author may set.
const fn set(name: &'static str, types: &'static [Type], doc: &'static str, example: &'static str) -> Property {
    Property { name, types, required: false, default: "", draw: false, derived: false, choices: &[], doc, example }
}

/// A property that is only read.
const fn read(name: &'static str, types: &'static [Type], doc: &'static str) -> Property {
    Property { name, types, required: false, default: "", draw: false, derived: true, choices: &[], doc, example: "" }
}

impl Property {
    const fn required(mut self) -> Property {
        self.required = true;
        self
    }

    const fn default(mut self, words: &'static str) -> Property {
        self.default = words;
        self
    }

    const fn drawn(mut self) -> Property {
        self.draw = true;
        self
    }

    const fn choices(mut self, words: &'static [&'static str]) -> Property {
        self.choices = words;
        self
    }
}

/// A form with everything switched off; each entry below states what differs.
const NOTHING: Form = Form {
    kind: Kind::World,
    keyword: "",
    top: false,
    library: false,
    parents: &[],
    name: Slot::Forbidden,
    params: Slot::Forbidden,
    label: Slot::Forbidden,
    label_doc: "",
    loops: false,
    properties: &[],
    free: Free::No,
    rules: &[],
    doc: "",
    example: "",
};

const PEOPLE: Type = Type::List(&Type::Persona);
const CORRESPONDENTS: Type = Type::List(&Type::Correspondent);
const FILES: Type = Type::List(&Type::File);
const DAYS: Type = Type::List(&Type::Date);
const TEXTS: Type = Type::List(&Type::Text);
const ANYTHING: Type = Type::List(&Type::Any);

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

const STREAM: Property = set(
    "stream",
    &[Type::Text],
    "Keeps the draws of an earlier name after this block was renamed.",
    "stream = \"old_name\"",
);
const WHEN: Property = set(
    "when",
    &[Type::Condition],
    "Read once, at `at`: the block happens only if it holds then.",
    "when = not met(q1_reforecast.draft)",
);
const HINTS: Property = set(
    "hints",
    &[ANYTHING],
    "The secrets this text points at, where its wording is too subtle for the compiler to see.",
    "hints = [payroll_move]",
);
const WEIGHT: Property =
    set("weight", &[Type::Number], "How much it counts among its neighbours.", "weight = 3").default("1");
const BACKGROUND: Property = set(
    "background",
    &[Type::Schema],
    "Surroundings made by the library, with its arguments.",
    "background = people.newsletters(140)",
);

/// The forms, in the order of the reference.
pub(crate) static BLOCKS: &[Form] = &[
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
            set(
                "fonts",
                &[TEXTS],
                "The font of headings and that of text.",
                "fonts = [\"Georgia\", \"Calibri\"]",
            )
            .default("drawn by its name"),
            set("footer", &[Type::Text], "The line at the foot of its pages.", "footer = \"{{ world.company }}, Leipzig\"")
                .drawn()
                .default("drawn by its name"),
            set("logo", &[Type::Text], "The one to three letters of its logo.", "logo = \"NP\"").default("its initials"),
            set("mark", &[Type::Text], "The shape behind the letters of the logo.", "mark = \"circle\"")
                .drawn()
                .default("drawn by its name")
                .choices(&["square", "circle", "bar", "diamond", "hexagon"]),
            set("letterhead", &[Type::Text], "How the head of a page and its title are set.", "letterhead = \"banded\"")
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
    Form {
        kind: Kind::Template,
        keyword: "template",
        top: true,
        library: true,
        parents: &[Kind::Schema, Kind::Objective],
        name: Slot::Required,
        params: Slot::Optional,
        properties: &[
            set("title", &[Type::Text], "The title in the document's properties.", "title = \"Memo {{ m | month }}\"")
                .default("the file's name"),
            set("body", &[Type::Text], "Markdown with `{{ }}`, typed or loaded.", "body = load(\"templates/memo.md\")"),
            set(
                "files",
                &[Type::Map],
                "The files of an archive, by their path in it.",
                "files = { \"Readme.txt\": readme, \"Plan/Costs.xlsx\": costs(2026-01) }",
            ),
            set("theme", &[Type::Text], "The document's colours.", "theme = \"navy\"").default("the house style"),
            set(
                "scanned",
                &[Type::YesNo],
                "Printed and scanned: a pdf shows pictures of its pages and holds no text.",
                "scanned = yes",
            )
            .default("no"),
        ],
        doc: "What a file contains, as a function of its parameters: prose with `body`, which may show charts, a workbook \
              with `sheet` and `chart`, or a picture. The file's extension decides the format. In a deck `#` is the title \
              slide, `##` begins a slide, `---` a second column, a paragraph `Note:` is for the speaker.",
        example: r#"template close_memo(m) { title = "Close memo {{ m | month }}"  body = load("templates/close_memo.md") }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Sheet,
        keyword: "sheet",
        parents: &[Kind::Template],
        label: Slot::Required,
        label_doc: "the name on the sheet's tab",
        loops: true,
        properties: &[
            set("rows", &[Type::Table, Type::List(&Type::Any)], "One line for each row.", "rows = plan"),
            set(
                "columns",
                &[Type::Map],
                "Header and value of each column, columns of the row bare.",
                "columns = { \"Code\": c.code }",
            ),
            set("total", &[TEXTS], "Headers of the columns to add up in a last line.", "total = [\"Amount\"]")
                .default("[]"),
            set(
                "cells",
                &[Type::Map],
                "Single cells by their address.",
                "cells = { \"A6\": \"Total\", \"B6\": live(1 + 2) }",
            )
            .default("{ }"),
            set(
                "formats",
                &[Type::Map],
                "How a column or cell shows its numbers: `money`, `money(0)`, `money(k)` or `money(USD)` in the world's locale, or a \
                 number format as spreadsheet programs write it.",
                "formats = { \"Amount\": \"money(0)\", \"B6\": \"0.0%\" }",
            )
            .default("as the values have places"),
            set(
                "notes",
                &[Type::Map],
                "Remarks of the author on a header or a cell.",
                "notes = { \"Forecast\": \"Signed variations only\", \"B6\": \"as agreed\" }",
            )
            .default("{ }"),
            set(
                "highlight",
                &[Type::Map],
                "What makes the cells of a column stand out: a comparison of columns, `bars` or a `scale`.",
                "highlight = { \"Forecast\": col(\"Forecast\") > col(\"Budget\"), \"Days\": \"bars\" }",
            )
            .default("{ }"),
            set(
                "names",
                &[Type::Map],
                "Names for columns and cells, for the whole workbook.",
                "names = { \"Contract_sum\": \"B4\", \"Budgets\": \"Budget\" }",
            )
            .default("{ }"),
            set(
                "errors",
                &[Type::Map],
                "Cells that were broken, each with what it shows: `#REF!`, `#DIV/0!`, `#N/A`, `#NAME?` or `#VALUE!`, or `none` \
                 where it was not. What is calculated from them shows it too; the piece is labelled as mess.",
                "errors = { \"B6\": \"#REF!\" }",
            )
            .default("{ }"),
            set("hidden", &[Type::YesNo], "In the workbook, but on no tab.", "hidden = yes").default("no"),
        ],
        doc: "One sheet of a workbook: a table with a header line, or single cells, or both.",
        example: r#"sheet "Budget" { rows = t  columns = { "Month": month, "Centre": c.code, "Amount": amount }  total = ["Amount"] }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Chart,
        keyword: "chart",
        parents: &[Kind::Template],
        label: Slot::Required,
        label_doc: "the name on the sheet's tab, and in the body",
        loops: true,
        properties: &[
            set("kind", &[Type::Text], "What it looks like.", "kind = \"column\"")
                .default("\"column\"")
                .choices(&["column", "bar", "line", "pie"]),
            set("rows", &[Type::Table, Type::List(&Type::Any)], "The rows it shows.", "rows = t").required(),
            set("by", &[Type::Any], "What the rows are grouped by.", "by = c.title").required(),
            set(
                "value",
                &[Type::Number, Type::Map],
                "What is summed; a map makes one series for each entry.",
                "value = amount",
            )
            .required(),
            set("title", &[Type::Text], "The title above it.", "title = \"Spending by centre\"").default("its name"),
        ],
        doc: "A chart. In a workbook it stands on a sheet of its own; beside a `body` it stands where the body says \
              `![By centre](chart)`, in docx, pptx, pdf and html. A png, jpg or svg file is the first chart alone.",
        example: r#"chart "By centre" { kind = "column"  rows = t  by = c.title  value = amount }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Photo,
        keyword: "photo",
        parents: &[Kind::Template],
        name: Slot::Optional,
        properties: &[
            set("scene", &[Type::Text], "What is seen.", "scene = \"site\"")
                .required()
                .choices(&["site", "interior", "office", "whiteboard"]),
            set("weather", &[Type::Text], "What the sky does.", "weather = if(d.rain, \"rain\", \"cloud\")")
                .default("drawn, as the season has it")
                .choices(&["sun", "cloud", "rain", "fog", "snow"]),
            set("progress", &[Type::Number], "How far the works on a site or interior are.", "progress = 40%")
                .default("50%"),
            set(
                "subject",
                &[Type::Text],
                "The name of what is photographed: photos of one thing show the same building or room.",
                "subject = \"Harbour School\"",
            )
            .default("the world's name"),
            set(
                "lines",
                &[TEXTS],
                "What is written on the board of a whiteboard or office.",
                "lines = [\"Open: {{ count(todo) }}\"]",
            )
            .default("[]"),
            set("taken", &[Type::Date, Type::Moment], "When it was taken.", "taken = d + 15:40")
                .default("when the file was saved"),
            set("camera", &[Type::Text], "Maker and model, as the file has them.", "camera = \"Lumo L5\"")
                .default("the author's"),
        ],
        doc: "A picture somebody took: a scene that is drawn from these facts, no two alike. Its file is a jpg or png; beside a \
              `body` it stands where the body says `![The yard from the north](yard)`, by its name.",
        example: r#"template photo(d) { title = "Site {{ d | iso }}"  photo { scene = "site"  progress = 40%  weather = "rain" } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Screenshot,
        keyword: "screenshot",
        parents: &[Kind::Template],
        name: Slot::Optional,
        properties: &[
            set("window", &[Type::Text], "What is seen.", "window = \"workbook\"")
                .required()
                .choices(&["workbook", "dialog", "chat"]),
            set(
                "from",
                &[Type::Content],
                "The workbook that is open: a template with `sheet`s.",
                "from = cost_report(2026-01)",
            )
            .default("none; a workbook needs it"),
            set("sheet", &[Type::Text], "Its sheet on top.", "sheet = \"Budget\"").default("the first one that is not hidden"),
            set("cell", &[Type::Text], "Its chosen cell; the window is scrolled to show it.", "cell = \"E14\"")
                .default("\"A1\""),
            set(
                "heading",
                &[Type::Text],
                "What stands in the bar of the window: the name of a file, who asks, with whom one speaks.",
                "heading = \"Costs 2026-01.xlsx\"",
            )
            .default("the title of the template"),
            set(
                "lines",
                &[TEXTS],
                "What a dialog says; or the messages of a chat, each after its sender and a colon. The author's own \
                 stand on the right.",
                "lines = [\"{{ marek.first }}: It is running again.\"]",
            )
            .default("[]"),
            set("buttons", &[TEXTS], "The answers to a dialog, the usual one first.", "buttons = [\"Retry\", \"Cancel\"]")
                .default("[\"OK\"]"),
        ],
        doc: "A picture that a computer took of a window, as the world's system draws it: what is seen in it is read from facts, and \
              no program reads it back. Its file is a png or jpg, named as systems do by its author; beside a `body` it stands where \
              the body says `![What I see](broken)`, by its name.",
        example: r#"template broken { screenshot { window = "dialog"  heading = "Export"  lines = ["The job {{ n }} has stopped."] } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Logo,
        keyword: "logo",
        parents: &[Kind::Template],
        name: Slot::Optional,
        doc: "The logo of the author's company. Its file is a png, jpg or svg; beside a `body` it stands where the body says \
              `![Our mark](logo)`.",
        example: r#"template mark { logo { } }"#,
        ..NOTHING
    },
    Form {
        kind: Kind::Folder,
        keyword: "folder",
        top: true,
        parents: &[Kind::Folder, Kind::Change, Kind::Schema, Kind::Objective],
        name: Slot::Optional,
        label: Slot::Required,
        label_doc: "its path below the folder it stands in, or below home",
        loops: true,
        properties: &[
            set("was", &[Type::Text], "Where it stood before it was moved or deleted.", "was = \"Documents/Old\""),
            read("path", &[Type::Text], "Its path below home."),
        ],
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
            set("was", &[Type::Text], "Where it stood before it was moved or deleted.", "was = \"Documents/Old.docx\""),
            STREAM,
            read("path", &[Type::Text], "Its path below home."),
            read("name", &[Type::Text], "Its name without folders."),
        ],
        doc: "A document. In a folder it is on the disk, in a persona she holds it, in a mail it is attached, in a change \
              it appears then.",
        example: r#"file memo "Close memo {{ m | ym }}.docx" { from = close_memo(m)  saved = workday(4, next(m)) }"#,
        ..NOTHING
    },
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
            set(
                "files",
                &[Type::Content, Type::File, Type::Glob, ANYTHING],
                "A template, a file or a path with `*`.",
                "files = close_memo",
            )
            .required(),
            set("copies", &[Type::Number], "How many older versions each has.", "copies ~ pick({ 0: 50%, 1: 50% })")
                .drawn()
                .default("1"),
            set("drift", &[Type::Number], "How far drawn numbers of an older version may lie off.", "drift = 2%")
                .required(),
            set("named", &[Type::Text], "Its name, of its `stem`, `ext` and `nth`.", "named = \"{{ stem }} v{{ nth }}{{ ext }}\"")
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
            set("share", &[Type::Number], "The share of files hit.", "share = 10%").required(),
            set(
                "files",
                &[Type::Content, Type::File, Type::Glob, ANYTHING],
                "Which files; all of the folder else.",
                "files = close_memo",
            ),
            set("by", &[PEOPLE], "Who may have read it.", "by = [priya, marek]").default("its author's manager"),
            set("remarks", &[Type::Text], "What she remarks; phrases say something else each time.", "remarks = \"{{ question }}\"")
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
            set("share", &[Type::Number], "The share of files hit.", "share = 4%").required(),
            set(
                "files",
                &[Type::Content, Type::File, Type::Glob, ANYTHING],
                "Which files; all of the folder else.",
                "files = memo",
            ),
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
            set("share", &[Type::Number], "The share of files hit.", "share = 2%").required(),
            set(
                "files",
                &[Type::Content, Type::File, Type::Glob, ANYTHING],
                "Which files; all of the folder else.",
                "files = memo",
            ),
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
        properties: &[
            set("share", &[Type::Number], "The share of files hit.", "share = 2%").required(),
            set(
                "files",
                &[Type::Content, Type::File, Type::Glob, ANYTHING],
                "Which files; all of the folder else.",
                "files = memo",
            ),
        ],
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
