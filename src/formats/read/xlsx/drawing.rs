//! What floats over the cells of a sheet: pictures, shapes with text, charts.

use std::sync::Arc;

use super::hidden::of_letters;
use super::workbook::Sheet;
use crate::document::Place;
use crate::formats::read::calc::{Area, COLUMNS, ROWS};
use crate::formats::read::colour::{self, FAINTEST, OPAQUE, Theme};
use crate::formats::read::extract::{Chart, Hidden, Line, Role, Run};
use crate::formats::read::package::{Package, Relations};
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{Unreadable, chart};

/// The usual size of a cell, in English metric units: what an absolute place is measured in, since the true sizes depend on
/// fonts.
const CELL: (i64, i64) = (609_600, 190_500);
/// Pictures and shapes of one sheet that are looked at.
const MOST_SHAPES: usize = 10_000;

/// What floats over a sheet.
#[derive(Default)]
pub(super) struct Floating {
    pub(super) lines: Vec<Line>,
    pub(super) charts: Vec<Chart>,
    /// The cells that are not seen below it.
    pub(super) covers: Vec<Area>,
}

/// Reads the drawings of a sheet.
pub(super) fn read(package: &Package, sheet: &Sheet, position: usize, theme: &Theme) -> Result<Floating, Unreadable> {
    let mut floating = Floating::default();
    for part in package.relations(&sheet.part)?.parts("drawing") {
        let Some(text) = package.text(part)? else { continue };
        let relations = package.relations(part)?;
        let document = tree(&text)?;
        for anchor in document.root_element().children().filter(Node::is_element).take(MOST_SHAPES) {
            let mut reader = Reader { package, relations: &relations, sheet, theme, floating: &mut floating };
            reader.anchor(anchor, position)?;
        }
    }
    Ok(floating)
}

struct Reader<'a> {
    package: &'a Package<'a>,
    relations: &'a Relations,
    sheet: &'a Sheet,
    theme: &'a Theme,
    floating: &'a mut Floating,
}

impl Reader<'_> {
    fn anchor(&mut self, anchor: Node<'_>, position: usize) -> Result<(), Unreadable> {
        let Some((from, area)) = placed(anchor, position) else { return Ok(()) };
        let place = Place::Cell { sheet: Arc::clone(&self.sheet.name), row: from.0, column: from.1 };
        for node in anchor.descendants().filter(|node| matches!(node.name(), "sp" | "pic" | "graphicFrame")) {
            let described = node.children().find_map(|child| child.child("cNvPr"));
            let hides = described.is_some_and(|node| matches!(node.get("hidden"), Some("1" | "true")));
            let hidden = hides.then_some(Hidden::Vanish).or(no_size(anchor, &area));
            if hidden.is_none() && is_opaque(node) {
                self.floating.covers.extend(area);
            }
            let words = described.and_then(|node| node.get("descr")).unwrap_or_default();
            self.push(&place, Role::Picture, words, hidden);
            self.shape(node, &place, hidden);
            self.chart(node, &place, hidden)?;
        }
        Ok(())
    }

    fn push(&mut self, place: &Place, role: Role, text: &str, hidden: Option<Hidden>) {
        if !text.trim().is_empty() {
            let runs = vec![Run { text: text.to_owned(), hidden, ..Run::default() }];
            self.floating.lines.push(Line { place: place.clone(), role, runs, page: 0, cell: None });
        }
    }

    /// The text of a shape.
    fn shape(&mut self, node: Node<'_>, place: &Place, hidden: Option<Hidden>) {
        let map = std::collections::BTreeMap::new();
        let ground = node.path(&["spPr", "solidFill"]).and_then(|fill| colour::paint(fill, self.theme, &map));
        let body = node.child("txBody");
        for paragraph in body.iter().flat_map(|body| body.all("p")) {
            let runs = paragraph.all("r").map(|run| {
                let properties = run.child("rPr");
                let ink = properties.and_then(|node| colour::paint(node.child("solidFill")?, self.theme, &map));
                let size = properties.and_then(|node| node.number("sz")).unwrap_or(1100);
                let faint = ink.is_some_and(|ink| ink.alpha < FAINTEST).then_some(Hidden::Transparent);
                let by_look = of_letters(ink.map(|ink| ink.colour), ground.map(|paint| paint.colour), size);
                let text = run.child("t").and_then(|text| text.text()).unwrap_or_default().to_owned();
                Run { text, hidden: hidden.or(faint).or(by_look), ..Run::default() }
            });
            let runs: Vec<Run> = runs.collect();
            if runs.iter().any(|run| !run.text.trim().is_empty()) {
                self.floating.lines.push(Line { place: place.clone(), role: Role::Text, runs, page: 0, cell: None });
            }
        }
    }

    fn chart(&mut self, node: Node<'_>, place: &Place, hidden: Option<Hidden>) -> Result<(), Unreadable> {
        let Some(id) = node.path(&["graphic", "graphicData", "chart"]).and_then(|chart| chart.relation("id")) else {
            return Ok(());
        };
        let Some(part) = self.relations.part(id) else { return Ok(()) };
        if let Some(found) = chart::read(self.package, part, self.sheet.name.to_string())? {
            self.push(place, Role::Chart, &found.title, hidden);
            self.floating.charts.push(found);
        }
        Ok(())
    }
}

/// The cell at the corner of an anchor, and the cells that lie wholly below it.
fn placed(anchor: Node<'_>, sheet: usize) -> Option<((u32, u32), Option<Area>)> {
    let corner = |node: Node<'_>| {
        let number = |name: &str| node.child(name)?.text()?.trim().parse::<i64>().ok();
        Some((number("row")?, number("rowOff").unwrap_or(0), number("col")?, number("colOff").unwrap_or(0)))
    };
    let extent = anchor.child("ext").and_then(|extent| Some((extent.number("cx")?, extent.number("cy")?)));
    let (from, to) = match (anchor.child("from"), anchor.child("to"), anchor.child("pos"), extent) {
        (Some(from), Some(to), _, _) => (corner(from)?, corner(to)?),
        (Some(from), None, _, Some((width, height))) => {
            let from = corner(from)?;
            (from, moved(from, width, height))
        }
        (None, None, Some(at), Some((width, height))) => {
            let from = moved((0, 0, 0, 0), at.number("x")?, at.number("y")?);
            (from, moved(from, width, height))
        }
        _ => return None,
    };
    let clip = |value: i64, end: u32| u32::try_from(value.clamp(0, i64::from(end) - 1)).unwrap_or(0);
    // What a shape covers in part is still seen in part.
    let first = (from.0 + i64::from(from.1 > CELL.1 / 8), from.2 + i64::from(from.3 > CELL.0 / 8));
    let last = (to.0 - i64::from(to.1 < CELL.1 * 7 / 8), to.2 - i64::from(to.3 < CELL.0 * 7 / 8));
    let covers = first.0 <= last.0 && first.1 <= last.1;
    let area = covers.then(|| Area {
        sheet,
        rows: (clip(first.0, ROWS), clip(last.0, ROWS)),
        columns: (clip(first.1, COLUMNS), clip(last.1, COLUMNS)),
    });
    Some(((clip(from.0, ROWS), clip(from.2, COLUMNS)), area))
}

fn moved(from: (i64, i64, i64, i64), width: i64, height: i64) -> (i64, i64, i64, i64) {
    let (across, down) = (from.3.saturating_add(width.max(0)), from.1.saturating_add(height.max(0)));
    (from.0 + down / CELL.1, down % CELL.1, from.2 + across / CELL.0, across % CELL.0)
}

fn no_size(anchor: Node<'_>, area: &Option<Area>) -> Option<Hidden> {
    let extent = anchor
        .child("ext")
        .or_else(|| anchor.descendants().find(|node| node.name() == "ext" && node.get("cx").is_some()));
    let point = extent
        .is_some_and(|extent| extent.number("cx").unwrap_or(1) <= 12_700 && extent.number("cy").unwrap_or(1) <= 12_700);
    (point && area.is_none()).then_some(Hidden::NoSize)
}

/// A picture, or a shape with a fill that lets nothing through.
fn is_opaque(node: Node<'_>) -> bool {
    let faint = node.descendants().any(|inner| {
        let part = inner.number("amt").or_else(|| inner.number("val"));
        matches!(inner.name(), "alphaModFix" | "alpha") && part.is_some_and(|part| part < OPAQUE * 9 / 10)
    });
    match node.name() {
        "pic" => !faint,
        "sp" => !faint && node.path(&["spPr", "solidFill"]).is_some(),
        // A chart is drawn on a ground of its own unless that is taken away, which stands in another part.
        _ => false,
    }
}
