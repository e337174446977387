//! What files contain: prose, sheets, charts, pictures.

use super::{NOTHING, TEXTS, set};
use crate::forms::{Form, Kind, Slot, Type};

pub(super) const FORMS: &[Form] = &[
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
];
