//! What stands in a frame on a slide: tables, charts, diagrams.

use std::rc::Rc;

use super::layout::look;
use super::shape::{Shape, fill};
use super::slide::{Open, Slides};
use super::text::{Look, Setting, paragraphs};
use crate::document::look::Colour;
use crate::formats::read::colour::{self, OPAQUE, Paint, WHITE};
use crate::formats::read::extract::{Hidden, Role, Run, Table, TableCell};
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{Unreadable, chart};

/// The style that has neither fills nor lines (ECMA-376 names it by this identifier).
const PLAIN: &str = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}";
const GRID: &str = "{5940675A-B579-460E-94D1-54222C63F5DA}";

/// How the cells of a table look where they say nothing.
struct TableLook {
    first_row: bool,
    bands: bool,
    accent: Option<Colour>,
}

impl Slides<'_> {
    pub(super) fn frame(&mut self, shape: &Shape, hidden: Option<Hidden>, open: &mut Open) -> Result<(), Unreadable> {
        let Some(data) = shape.node.path(&["graphic", "graphicData"]) else { return Ok(()) };
        if let Some(table) = data.child("tbl") {
            return self.table(table, hidden, open);
        }
        let named = |name: &str, id: &str| {
            let part = data.child(name)?.relation(id).and_then(|id| open.relations.part(id))?;
            Some(part.to_owned())
        };
        if let Some(part) = named("chart", "id") {
            return self.chart(&part, shape, hidden, open);
        }
        if let Some(part) = named("relIds", "dm") {
            return self.diagram(&part, hidden, open);
        }
        self.alt(shape, hidden, open)
    }

    fn chart(&mut self, part: &str, shape: &Shape, hidden: Option<Hidden>, open: &mut Open) -> Result<(), Unreadable> {
        let Some(chart) = chart::read(self.package, part, format!("slide {}", open.number))? else { return Ok(()) };
        let title = Run { text: chart.title.clone(), hidden, ..Run::default() };
        // Words that only repeat the title are read once.
        let repeated = shape.described().and_then(|node| node.get("descr")) == Some(&*chart.title);
        self.extract.charts.push(chart);
        self.push(Role::Chart, vec![title], open)?;
        if repeated { Ok(()) } else { self.alt(shape, hidden, open) }
    }

    /// The texts of a diagram, in the order of its points.
    fn diagram(&mut self, part: &str, hidden: Option<Hidden>, open: &mut Open) -> Result<(), Unreadable> {
        let Some(text) = self.package.text(part)? else { return Ok(()) };
        let document = tree(&text)?;
        for point in document.descendants().filter(|node| node.name() == "pt") {
            let Some(body) = point.child("t") else { continue };
            for paragraph in body.all("p") {
                let letters = paragraph.descendants().filter(|node| node.name() == "t").filter_map(|node| node.text());
                self.push(Role::Item(0), vec![Run { text: letters.collect(), hidden, ..Run::default() }], open)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, node: Node<'_>, hidden: Option<Hidden>, open: &mut Open) -> Result<(), Unreadable> {
        let look = table_look(node, open);
        let at = self.extract.tables.len();
        self.extract.tables.push(Table { headers: u32::from(look.first_row), rows: Vec::new() });
        for (row, holder) in node.all("tr").enumerate() {
            let mut found = Vec::new();
            for cell in holder.all("tc").filter(|cell| !is_merged_away(*cell)) {
                found.push(self.cell(cell, &look, row, hidden, open)?);
            }
            self.extract.tables[at].rows.push(found);
        }
        Ok(())
    }

    fn cell(
        &mut self,
        node: Node<'_>,
        of_table: &TableLook,
        row: usize,
        hidden: Option<Hidden>,
        open: &mut Open,
    ) -> Result<TableCell, Unreadable> {
        let start = self.extract.lines.len();
        let layout = Rc::clone(&open.layout);
        let own = node.child("tcPr").and_then(|properties| fill(properties, &layout.theme, &layout.map));
        let ground = match own {
            Some(fill) => fill.colour(),
            None => Some(of_table.ground(row).unwrap_or(open.ground)),
        };
        let usual = self.layouts.usual();
        let inherited = layout.inherited(None);
        let white = Look { ink: Some(Paint { colour: WHITE, alpha: OPAQUE }), ..Look::default() };
        let styled = if of_table.is_header(row) && own.is_none() { white } else { Look::default() };
        let setting = Setting {
            theme: &layout.theme,
            map: &layout.map,
            relations: open.relations,
            inherited: &|level| look(&inherited.levels, &usual, level).under(styled),
            ground,
            hidden,
        };
        if let Some(body) = node.child("txBody") {
            for paragraph in paragraphs(body, &setting) {
                self.source = paragraph.source;
                self.push(Role::TableCell, paragraph.runs, open)?;
            }
        }
        let lines = &self.extract.lines[start..];
        Ok(TableCell {
            place: lines.first().map(|line| line.place.clone()),
            text: lines.iter().map(|line| line.seen()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
            columns: node.number("gridSpan").unwrap_or(1).clamp(1, 1_000) as u32,
        })
    }
}

fn is_merged_away(cell: Node<'_>) -> bool {
    ["hMerge", "vMerge"].iter().any(|name| matches!(cell.get(name), Some("1" | "true")))
}

fn table_look(node: Node<'_>, open: &Open) -> TableLook {
    let properties = node.child("tblPr");
    let is = |name: &str| {
        properties.and_then(|properties| properties.get(name)).is_some_and(|value| matches!(value, "1" | "true"))
    };
    let style = properties.and_then(|properties| properties.child("tableStyleId")).and_then(|style| style.text());
    let styled = style.is_some_and(|style| !matches!(style, PLAIN | GRID));
    TableLook {
        first_row: is("firstRow"),
        bands: is("bandRow"),
        accent: open.layout.theme.named("accent1").filter(|_| styled),
    }
}

impl TableLook {
    fn is_header(&self, row: usize) -> bool {
        self.first_row && row == 0 && self.accent.is_some()
    }

    /// The colour that nearly all styles give a row: the theme's first accent for the head, a tint of it for bands.
    fn ground(&self, row: usize) -> Option<Colour> {
        let accent = self.accent?;
        match self.is_header(row) {
            true => Some(accent),
            false if self.bands && row.is_multiple_of(2) => Some(colour::tinted(accent, 900)),
            false => Some(colour::tinted(accent, if self.bands { 800 } else { 1000 })),
        }
    }
}
