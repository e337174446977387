//! One paragraph: its runs with their looks, its role, and what is anchored in it.

use std::sync::Arc;

use super::anchor::{self, Anchored};
use super::body::{Body, alternative, change};
use super::look::{FLAT, ParagraphLook, RunLook};
use crate::document::look::Colour;
use crate::formats::read::Unreadable;
use crate::formats::read::chart;
use crate::formats::read::extract::{Hidden, Role, Run};
use crate::formats::read::xml::{Element, Node};

/// The runs of a paragraph while it is read.
struct Runs<'n> {
    look: RunLook,
    ground: Colour,
    /// Why nothing in the paragraph is seen.
    hidden: Option<Hidden>,
    link: Option<Arc<str>>,
    found: Vec<Run>,
    anchored: Vec<Anchored<'n>>,
}

impl Body<'_> {
    pub(super) fn paragraph(&mut self, node: Node<'_>) -> Result<(), Unreadable> {
        let properties = node.child("pPr");
        let style = properties.and_then(|properties| properties.child("pStyle")).and_then(|style| style.get("val"));
        let (look, run) = self.shared.styles.paragraph(style, self.around.table);
        let look = look.under(ParagraphLook::of(properties, &self.shared.theme));
        let role = self.role(style, &look);
        let folds = properties.is_some_and(|properties| properties.child("collapsed").is_some_and(super::look::is_on));
        let folded = self.fold(&role, folds).then_some(Hidden::Collapsed);
        let mut runs = Runs {
            look: run,
            ground: look.behind.flatten().unwrap_or(self.around.ground),
            hidden: self.around.hidden.or(folded).or_else(|| self.outside(&look, properties)),
            link: None,
            found: Vec::new(),
            anchored: Vec::new(),
        };
        self.inline(node, &mut runs);
        let Runs { mut found, anchored, hidden, .. } = runs;
        let length = found.iter().map(|run| run.text.chars().count()).sum();
        if anchor::covers_paragraph(&anchored, &self.shared.page, length) {
            found.iter_mut().for_each(|run| run.hidden = run.hidden.or(Some(Hidden::Covered)));
        }
        self.source = node.range();
        self.push(role, merged(found))?;
        self.source = 0..0;
        self.anchored(&anchored, hidden)
    }

    fn role(&self, style: Option<&str>, look: &ParagraphLook) -> Role {
        if let Some(role) = &self.around.role {
            return role.clone();
        }
        for name in self.shared.styles.names(style) {
            if name == "title" {
                return Role::Title;
            }
            if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
                return Role::Heading(level);
            }
        }
        match (look.outline, look.item) {
            (Some(level @ 0..=8), _) => Role::Heading(level as u8 + 1),
            (_, Some(Some(depth))) => Role::Item(depth),
            _ => Role::Text,
        }
    }

    /// Why a paragraph is not seen because of its own measures.
    fn outside(&self, look: &ParagraphLook, properties: Option<Node<'_>>) -> Option<Hidden> {
        let page = &self.shared.page;
        let start = look.left.unwrap_or(0).saturating_add(look.first.unwrap_or(0));
        let left = page.left.saturating_add(start.min(look.left.unwrap_or(0)));
        let frame = properties.and_then(|properties| properties.child("framePr"));
        let outside =
            |name: &str, end: i64| frame.and_then(|frame| frame.number(name)).is_some_and(|at| at >= end || at <= -end);
        match () {
            () if look.line.is_some_and(|line| line < FLAT) => Some(Hidden::Clipped),
            () if left >= page.width || left.saturating_add(page.width) <= 0 => Some(Hidden::OffPage),
            () if outside("x", page.width) || outside("y", page.height) => Some(Hidden::OffPage),
            () => None,
        }
    }

    /// Reads the children of a paragraph, link or tracked change.
    fn inline<'n>(&mut self, holder: Node<'n>, runs: &mut Runs<'n>) {
        for node in holder.children().filter(Node::is_element) {
            match node.name() {
                "r" => self.run(node, runs),
                "hyperlink" => {
                    let target = node.relation("id").and_then(|id| self.relations.address(id)).or(node.get("anchor"));
                    let before = std::mem::replace(&mut runs.link, target.map(Into::into));
                    self.inline(node, runs);
                    runs.link = before;
                }
                "ins" | "del" | "moveFrom" | "moveTo" => {
                    let before = self.around.change.replace(Arc::new(change(node)));
                    self.inline(node, runs);
                    self.around.change = before;
                }
                "sdt" => {
                    if let Some(content) = node.child("sdtContent") {
                        self.inline(content, runs);
                    }
                }
                "AlternateContent" => {
                    if let Some(content) = alternative(node) {
                        self.inline(content, runs);
                    }
                }
                "fldSimple" | "smartTag" | "customXml" | "dir" | "bdo" => self.inline(node, runs),
                "oMath" | "oMathPara" => self.formula(node, runs),
                "commentRangeStart" => self.comment(node),
                _ => {}
            }
        }
    }

    fn comment(&mut self, node: Node<'_>) {
        let Some(id) = node.get("id") else { return };
        if !self.marks.comments.iter().any(|(known, _)| known == id) {
            self.marks.comments.push((id.to_owned(), Some(self.next_place())));
        }
    }

    fn formula(&mut self, node: Node<'_>, runs: &mut Runs) {
        let letters = node.descendants().filter(|inner| inner.name() == "t").filter_map(|inner| inner.text());
        let text: String = letters.collect();
        self.add(&text, runs, runs.look);
    }

    fn run<'n>(&mut self, node: Node<'n>, runs: &mut Runs<'n>) {
        let properties = node.child("rPr");
        let style = properties.and_then(|properties| properties.child("rStyle")).and_then(|style| style.get("val"));
        let styled = style.map_or_else(RunLook::default, |style| self.shared.styles.run(style));
        let look = runs.look.under(styled).under(RunLook::of(properties, &self.shared.theme));
        self.pieces(node, runs, look);
    }

    fn pieces<'n>(&mut self, node: Node<'n>, runs: &mut Runs<'n>, look: RunLook) {
        for piece in node.children().filter(Node::is_element) {
            let text = match piece.name() {
                "t" | "delText" => piece.text().unwrap_or_default(),
                "tab" | "ptab" if runs.found.is_empty() => "",
                "tab" | "ptab" => "\t",
                "br" | "cr" => "\n",
                "noBreakHyphen" => "\u{2011}",
                "softHyphen" => "\u{ad}",
                "sym" => {
                    let letter = piece.get("char").and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    let letter = letter.and_then(char::from_u32).map(String::from).unwrap_or_default();
                    self.add(&letter, runs, look);
                    ""
                }
                "fldChar" => {
                    self.fields.mark(piece);
                    ""
                }
                "footnoteReference" => {
                    self.marks.footnotes.extend(piece.get("id").map(str::to_owned));
                    ""
                }
                "endnoteReference" => {
                    self.marks.endnotes.extend(piece.get("id").map(str::to_owned));
                    ""
                }
                "commentReference" => {
                    self.comment(piece);
                    ""
                }
                "drawing" | "pict" | "object" => {
                    runs.anchored.extend(anchor::read(piece, &self.shared.page));
                    ""
                }
                "ruby" => {
                    if let Some(base) = piece.child("rubyBase") {
                        self.inline(base, runs);
                    }
                    ""
                }
                "AlternateContent" => {
                    if let Some(content) = alternative(piece) {
                        self.pieces(content, runs, look);
                    }
                    ""
                }
                _ => "",
            };
            self.add(text, runs, look);
        }
    }

    fn add(&mut self, text: &str, runs: &mut Runs, look: RunLook) {
        if text.is_empty() || self.fields.in_instruction() {
            return;
        }
        runs.found.push(Run {
            text: text.to_owned(),
            hidden: runs.hidden.or_else(|| look.hidden(runs.ground)),
            change: self.around.change.clone(),
            link: runs.link.clone(),
        });
    }

    /// What is anchored in a paragraph: words for pictures, charts, text boxes.
    fn anchored(&mut self, anchored: &[Anchored], hidden: Option<Hidden>) -> Result<(), Unreadable> {
        for (at, object) in anchored.iter().enumerate() {
            let covered = anchor::is_covered(object, anchored, at).then_some(Hidden::Covered);
            let hidden = hidden.or(object.hidden).or(covered);
            if object.text_boxes.is_empty() {
                let alt = Run { text: object.alt.clone(), hidden, ..Run::default() };
                self.push(Role::Picture, vec![alt])?;
            }
            if let Some(part) = object.chart.and_then(|id| self.relations.part(id)) {
                let on = self.next_place().to_string();
                self.extract.charts.extend(chart::read(self.shared.package, part, on)?);
            }
            for content in &object.text_boxes {
                let mut around = self.around.clone();
                around.hidden = around.hidden.or(hidden);
                around.ground = object.ground(&self.shared.theme).unwrap_or(around.ground);
                let before = std::mem::replace(&mut self.around, around);
                let fields = std::mem::take(&mut self.fields);
                self.blocks(*content)?;
                (self.around, self.fields) = (before, fields);
            }
        }
        Ok(())
    }
}

/// Neighbours that are alike become one run.
fn merged(found: Vec<Run>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for run in found {
        match runs.last_mut() {
            Some(last) if (last.hidden, &last.change, &last.link) == (run.hidden, &run.change, &run.link) => {
                last.text.push_str(&run.text);
            }
            _ => runs.push(run),
        }
    }
    runs
}
