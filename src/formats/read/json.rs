//! An extract for programs.

use serde_json::{Map, Value as Json, json};

use super::extract::{Cell, Chart, Extract, Line, Run, Section, Table};
use super::workbook::Value;

/// Everything that was read. Members that would say nothing are left out.
pub(crate) fn json(extract: &Extract) -> Json {
    let mut out = Map::new();
    out.insert("lines".to_owned(), extract.lines.iter().map(line).collect());
    let mut list = |name: &str, items: Vec<Json>| {
        if !items.is_empty() {
            out.insert(name.to_owned(), Json::Array(items));
        }
    };
    list("sections", extract.sections.iter().map(section).collect());
    list("tables", extract.tables.iter().map(table).collect());
    list("charts", extract.charts.iter().map(chart).collect());
    list("files", extract.files.iter().map(|file| json!({"name": file.name, "size": file.size})).collect());
    list("gaps", extract.gaps.iter().map(|gap| Json::from(gap.as_str())).collect());
    Json::Object(out)
}

fn line(line: &Line) -> Json {
    let mut node = Map::new();
    node.insert("place".to_owned(), line.place.to_string().into());
    node.insert("role".to_owned(), line.role.to_string().into());
    node.insert("text".to_owned(), line.text().into());
    if line.seen() != line.text() || line.runs.iter().any(|run| run.change.is_some() || run.link.is_some()) {
        node.insert("seen".to_owned(), line.seen().into());
        node.insert("runs".to_owned(), line.runs.iter().map(run).collect());
    }
    if line.page > 0 {
        node.insert("page".to_owned(), line.page.into());
    }
    if let Some(of_cell) = &line.cell {
        cell(of_cell, &mut node);
    }
    Json::Object(node)
}

fn run(run: &Run) -> Json {
    let mut node = json!({"text": run.text});
    if let Some(reason) = run.hidden {
        node["hidden"] = reason.to_string().into();
    }
    if let Some(change) = &run.change {
        let kind = if change.deleted { "deleted" } else { "inserted" };
        node[kind] = json!({"author": change.author, "at": change.at});
    }
    if let Some(link) = &run.link {
        node["link"] = Json::from(&**link);
    }
    node
}

fn cell(cell: &Cell, node: &mut Map<String, Json>) {
    let mut put = |name: &str, value: Json| drop(node.insert(name.to_owned(), value));
    if &*cell.format != "General" {
        put("format", (&*cell.format).into());
    }
    if let Value::Number(figure) = &cell.value {
        put("number", figure.number().map(|number| number.decimal.to_string()).into());
    }
    if let Some(shown) = &cell.shown {
        put("shown", shown.as_str().into());
    }
    if cell.power != 0 {
        put("power", cell.power.into());
    }
    if let Some(formula) = &cell.formula {
        put("formula", formula.text.as_str().into());
        put("cached", formula.cached.as_deref().into());
        match &formula.calculated {
            Ok(value) => put("calculated", value.as_str().into()),
            Err(reason) => put("uncalculated", reason.as_str().into()),
        }
        put("agrees", formula.agrees.into());
    }
}

fn section(section: &Section) -> Json {
    let mut node = json!({"name": section.name});
    if let Some(reason) = section.hidden {
        node["hidden"] = reason.to_string().into();
    }
    if !section.captions.is_empty() {
        let captions = section.captions.iter();
        node["captions"] = captions
            .map(|caption| json!({"place": caption.place.to_string(), "text": caption.text, "power": caption.power}))
            .collect();
    }
    node
}

fn table(table: &Table) -> Json {
    let row = |row: &Vec<super::extract::TableCell>| -> Json {
        row.iter()
            .map(|cell| {
                let mut node = json!({"text": cell.text});
                if let Some(place) = &cell.place {
                    node["place"] = place.to_string().into();
                }
                if cell.columns > 1 {
                    node["columns"] = cell.columns.into();
                }
                node
            })
            .collect()
    };
    json!({"headers": table.headers, "rows": table.rows.iter().map(row).collect::<Json>()})
}

fn chart(chart: &Chart) -> Json {
    let series = chart.series.iter().map(|series| {
        json!({
            "name": series.name, "categories": series.categories, "values": series.values, "source": series.source,
        })
    });
    json!({"on": chart.on, "kind": chart.kind, "title": chart.title, "series": series.collect::<Json>()})
}
