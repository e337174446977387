//! One slide: its shapes' texts with what keeps them from sight.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::beside;
use super::geometry::Rect;
use super::layout::{Layout, Layouts, ground, look};
use super::shape::{Fill, Shape, shapes};
use super::text::{Setting, paragraphs};
use crate::document::look::Colour;
use crate::document::{Beside, Place};
use crate::formats::read::colour::WHITE;
use crate::formats::read::extract::{Extract, Hidden, Line, Role, Run, Section};
use crate::formats::read::package::{Package, Relations};
use crate::formats::read::xml::{Element, Node, tree};
use crate::formats::read::{MOST_LINES, Unreadable};

/// Reads slides one after the other.
pub(super) struct Slides<'a> {
    pub(super) package: &'a Package<'a>,
    pub(super) layouts: Layouts<'a>,
    pub(super) page: Rect,
    pub(super) extract: &'a mut Extract,
    pub(super) authors: BTreeMap<String, String>,
    /// Parts of layouts and masters that are shown on a slide.
    pub(super) used: BTreeSet<String>,
    /// For each numbered paragraph of a slide its place, its part and its bytes there; empty for words of pictures.
    pub(super) sources: Vec<(Place, String, std::ops::Range<usize>)>,
    pub(super) source: std::ops::Range<usize>,
}

/// A slide while it is read.
pub(super) struct Open<'s> {
    pub(super) part: &'s str,
    pub(super) number: u32,
    pub(super) relations: &'s Relations,
    pub(super) layout: Rc<Layout>,
    pub(super) ground: Colour,
    pub(super) hidden: Option<Hidden>,
    /// Paragraphs with text so far, and those of its footer.
    counts: (u32, u32),
}

impl Slides<'_> {
    pub(super) fn read(&mut self, part: &str, number: u32) -> Result<(), Unreadable> {
        let Some(text) = self.package.text(part)? else { return Ok(()) };
        let document = tree(&text)?;
        let root = document.root_element();
        let relations = self.package.relations(part)?;
        let layout = match relations.parts("slideLayout").next() {
            Some(part) => self.layouts.get(part)?,
            None => Rc::default(),
        };
        if !matches!(root.get("showMasterSp"), Some("0" | "false")) {
            self.used.extend(layout.parts.iter().cloned());
        }
        let mut open = Open {
            part,
            number,
            relations: &relations,
            ground: ground(root, &layout).or(layout.ground).unwrap_or(WHITE),
            hidden: matches!(root.get("show"), Some("0" | "false")).then_some(Hidden::Slide),
            layout,
            counts: (0, 0),
        };
        let start = self.extract.lines.len();
        if let Some(tree) = root.path(&["cSld", "spTree"]) {
            self.shapes(tree, &mut open)?;
        }
        let title = self.extract.lines[start..].iter().find(|line| line.role == Role::Title);
        let title = title.map_or(String::new(), |line| line.seen().into_owned());
        self.extract.sections.push(Section::new(title, open.hidden));
        beside::notes(self, &open)?;
        beside::comments(self, &open)
    }

    /// All shapes, the title first.
    pub(super) fn shapes(&mut self, tree: Node<'_>, open: &mut Open) -> Result<(), Unreadable> {
        let all = shapes(tree, &open.layout);
        let is_title = |shape: &Shape| matches!(shape.placeholder(), Some("title" | "ctrTitle"));
        let titles = all.iter().enumerate().filter(|(_, shape)| is_title(shape));
        let others = all.iter().enumerate().filter(|(_, shape)| !is_title(shape));
        for (at, shape) in titles.chain(others) {
            self.shape(&all, at, shape, open)?;
        }
        Ok(())
    }

    fn shape(&mut self, all: &[Shape], at: usize, shape: &Shape, open: &mut Open) -> Result<(), Unreadable> {
        let hidden = open.hidden.or_else(|| self.reason(all, at, shape));
        match shape.node.name() {
            "pic" => self.alt(shape, hidden, open),
            "graphicFrame" => self.frame(shape, hidden, open),
            _ => match shape.node.child("txBody") {
                Some(body) => self.body(body, shape, below(all, at, shape, open), hidden, open),
                None => Ok(()),
            },
        }
    }

    /// Why nothing of a shape is seen.
    fn reason(&self, all: &[Shape], at: usize, shape: &Shape) -> Option<Hidden> {
        let rect = shape.rect;
        match rect {
            _ if shape.hides => Some(Hidden::Vanish),
            Some(rect) if rect.is_point() => Some(Hidden::NoSize),
            Some(rect) if rect.is_apart(&self.page) => Some(Hidden::OffPage),
            Some(rect) => {
                let covers = |above: &Shape| above.is_opaque() && above.rect.is_some_and(|above| above.holds(&rect));
                all[at + 1..].iter().any(covers).then_some(Hidden::Covered)
            }
            None => None,
        }
    }

    /// The words that stand for a picture or chart.
    pub(super) fn alt(&mut self, shape: &Shape, hidden: Option<Hidden>, open: &mut Open) -> Result<(), Unreadable> {
        let words = shape.described().and_then(|node| node.get("descr")).unwrap_or_default();
        // Programs that put a picture in often leave the name of its file there.
        self.push(Role::Picture, vec![Run { text: words.to_owned(), hidden, ..Run::default() }], open)
    }

    fn body(
        &mut self,
        body: Node<'_>,
        shape: &Shape,
        ground: Option<Colour>,
        hidden: Option<Hidden>,
        open: &mut Open,
    ) -> Result<(), Unreadable> {
        let usual = self.layouts.usual();
        let placeholder = shape.placeholder();
        let layout = Rc::clone(&open.layout);
        let setting = Setting {
            theme: &layout.theme,
            map: &layout.map,
            relations: open.relations,
            inherited: &|level| look(&shape.inherited.levels, &usual, level),
            ground,
            hidden,
        };
        for paragraph in paragraphs(body, &setting) {
            let role = match placeholder {
                Some("title" | "ctrTitle") => Role::Title,
                Some("ftr" | "dt" | "sldNum") => Role::Footer,
                _ if paragraph.bullet => Role::Item(paragraph.level),
                _ => Role::Text,
            };
            self.source = paragraph.source;
            self.push(role, paragraph.runs, open)?;
        }
        Ok(())
    }

    /// The place that the next paragraph of a slide will have.
    pub(super) fn next_place(open: &Open) -> Place {
        Place::Slide { slide: open.number, paragraph: open.counts.0 + 1 }
    }

    /// Adds a paragraph; without any text it is none.
    pub(super) fn push(&mut self, role: Role, runs: Vec<Run>, open: &mut Open) -> Result<(), Unreadable> {
        if runs.iter().all(|run| run.text.trim().is_empty()) {
            return Ok(());
        }
        if self.extract.lines.len() == MOST_LINES {
            return Err(Unreadable::because(format!("it has more than {MOST_LINES} paragraphs")));
        }
        let place = match role {
            Role::Footer => {
                open.counts.1 += 1;
                Place::Beside { kind: Beside::Footer, number: open.number, paragraph: open.counts.1 }
            }
            _ => {
                let place = Slides::next_place(open);
                open.counts.0 += 1;
                self.sources.push((place.clone(), open.part.to_owned(), std::mem::take(&mut self.source)));
                place
            }
        };
        self.extract.lines.push(Line { place, role, runs: joined(runs), page: open.number, cell: None });
        Ok(())
    }

    /// What the layouts and masters in use show on every slide, each once.
    pub(super) fn masters(&mut self) -> Result<(), Unreadable> {
        for (at, part) in std::mem::take(&mut self.used).into_iter().enumerate() {
            let Some(text) = self.package.text(&part)? else { continue };
            let document = tree(&text)?;
            let Some(tree) = document.root_element().path(&["cSld", "spTree"]) else { continue };
            let layout = self.layouts.get(&part)?;
            let usual = self.layouts.usual();
            let relations = self.package.relations(&part)?;
            let mut paragraph = 0;
            for shape in shapes(tree, &layout).iter().filter(|shape| shape.placeholder().is_none()) {
                let Some(body) = shape.node.child("txBody") else { continue };
                let setting = Setting {
                    theme: &layout.theme,
                    map: &layout.map,
                    relations: &relations,
                    inherited: &|level| look(&shape.inherited.levels, &usual, level),
                    ground: shape.fill.map_or(layout.ground, Fill::colour),
                    hidden: shape.hides.then_some(Hidden::Vanish),
                };
                for found in paragraphs(body, &setting) {
                    if found.runs.iter().any(|run| !run.text.trim().is_empty()) {
                        paragraph += 1;
                        let place = Place::Beside { kind: Beside::Header, number: at as u32 + 1, paragraph };
                        self.extract.lines.push(Line {
                            place,
                            role: Role::Header,
                            runs: joined(found.runs),
                            page: 0,
                            cell: None,
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

/// The colour behind the letters of a shape: its own, that of the highest shape it lies on, or the slide's. None where a
/// picture is there.
fn below(all: &[Shape], at: usize, shape: &Shape, open: &Open) -> Option<Colour> {
    if let Some(fill) = shape.fill {
        match fill {
            Fill::Picture => return None,
            fill => {
                if let Some(colour) = fill.colour() {
                    return Some(colour);
                }
            }
        }
    }
    let under = |lower: &&Shape| match (lower.rect, shape.rect, lower.fill) {
        (Some(lower), Some(rect), Some(_)) => lower.holds(&rect),
        _ => false,
    };
    match all[..at].iter().rev().filter(|lower| !lower.hides).find(under).and_then(|lower| lower.fill) {
        Some(fill) => fill.colour(),
        None => Some(open.ground),
    }
}

/// Neighbours that are alike become one run.
pub(super) fn joined(found: Vec<Run>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for run in found {
        match runs.last_mut() {
            Some(last) if (last.hidden, &last.link) == (run.hidden, &run.link) => last.text.push_str(&run.text),
            _ => runs.push(run),
        }
    }
    runs
}
