//! Web pages: text as a browser lays it out, with what its styles keep from sight.

mod style;

use std::borrow::Cow;
use std::sync::Arc;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::extract::{Extract, Hidden, Line, Role, Run, Table, TableCell};
use super::text::decoded;
use super::{MOST_LINES, Unreadable};
use crate::document::Place;
use style::{Look, Rules, Tag};

/// Elements in elements; browsers stop at 512 too.
const DEEPEST: usize = 512;
/// Elements that end a line where they begin and where they end.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Elements without content or end.
const EMPTY: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements whose text is none of the page's.
const SILENT: [&str; 8] = ["script", "style", "template", "textarea", "select", "svg", "iframe", "object"];

/// Reads an html file.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    read_text(&decoded(bytes)?.text)
}

/// Reads html that is text already, as in a mail.
pub(super) fn read_text(text: &str) -> Result<Extract, Unreadable> {
    let mut page = Page { rules: rules(text), ..Page::default() };
    for token in tokens(text) {
        page.token(token)?;
    }
    page.end_line()?;
    page.extract.lines.append(&mut page.properties);
    Ok(page.extract)
}

fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// The style sheets in a page.
fn rules(text: &str) -> Rules {
    let mut rules = Rules::default();
    let mut inside = false;
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) => inside = *tag.name == *b"style",
            Token::String(sheet) if inside => rules.add(&String::from_utf8_lossy(&sheet)),
            Token::EndTag(_) => inside = false,
            _ => {}
        }
    }
    rules
}

/// An element that is open.
struct Open {
    name: String,
    look: Look,
    link: Option<Arc<str>>,
}

/// A page while it is read.
#[derive(Default)]
struct Page {
    rules: Rules,
    extract: Extract,
    properties: Vec<Line>,
    open: Vec<Open>,
    runs: Vec<Run>,
    number: u32,
    /// The name of the silent element that is open.
    silent: Option<String>,
    in_title: bool,
    /// The tables that are open, innermost last, by their place in the extract.
    tables: Vec<usize>,
}

impl Page {
    fn token(&mut self, token: Token) -> Result<(), Unreadable> {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => {
                self.text(&String::from_utf8_lossy(&text));
                Ok(())
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => Ok(()),
        }
    }

    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Unreadable> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if self.silent.is_some() {
            return Ok(());
        }
        let value = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value));
        match name.as_str() {
            "br" => self.add("\n"),
            "title" if self.open.iter().all(|open| open.name != "body") => self.in_title = true,
            "img" => self.picture(value("alt").unwrap_or_default(), self.look()),
            "meta" => self.property(value("name"), value("content")),
            _ => {}
        }
        if SILENT.contains(&name.as_str()) && !tag.self_closing {
            self.silent = Some(name);
            return Ok(());
        }
        if BLOCKS.contains(&name.as_str()) || matches!(name.as_str(), "td" | "th" | "tr" | "hr") {
            self.end_line()?;
            self.close_implied(&name)?;
        }
        if EMPTY.contains(&name.as_str()) || tag.self_closing || self.open.len() == DEEPEST {
            return Ok(());
        }
        let (id, class, style) = (value("id"), value("class"), value("style"));
        let selected = Tag {
            name: &name,
            id: id.as_deref().unwrap_or_default(),
            classes: class.as_deref().unwrap_or_default().split_whitespace().collect(),
            style: style.as_deref().unwrap_or_default(),
        };
        let mut look = self.rules.look(self.look(), &selected);
        let folded = self.open.last().is_some_and(|around| around.name == "details closed") && name != "summary";
        if value("hidden").is_some() || name == "noscript" {
            look = look.hide(Hidden::Vanish);
        }
        if folded {
            look = look.hide(Hidden::Collapsed);
        }
        let link = value("href").filter(|_| name == "a").map(|target| Arc::from(&*target));
        let link = link.or_else(|| self.open.last().and_then(|open| open.link.clone()));
        let closed = name == "details" && value("open").is_none();
        self.begin(&name);
        self.open.push(Open { name: if closed { "details closed".to_owned() } else { name }, look, link });
        Ok(())
    }

    /// Makes room in the tables of the extract.
    fn begin(&mut self, name: &str) {
        match name {
            "table" => {
                self.tables.push(self.extract.tables.len());
                self.extract.tables.push(Table::default());
            }
            "tr" => {
                if let Some(table) = self.table() {
                    table.rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                let is_head = name == "th";
                if let Some(table) = self.table() {
                    let first = table.rows.len() == 1;
                    if let Some(row) = table.rows.last_mut() {
                        row.push(TableCell { place: None, text: String::new(), columns: 1 });
                    }
                    table.headers = table.headers.max(u32::from(is_head && first));
                }
            }
            _ => {}
        }
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.extract.tables.get_mut(*self.tables.last()?)
    }

    /// Ends what a new element ends without saying so: a paragraph, item, row or cell.
    fn close_implied(&mut self, name: &str) -> Result<(), Unreadable> {
        let ends: &[&str] = match name {
            "li" => &["li", "p"],
            "tr" => &["td", "th", "tr", "p"],
            "td" | "th" => &["td", "th", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            _ => &["p"],
        };
        while self.open.last().is_some_and(|open| ends.contains(&open.name.as_str())) {
            self.end_line()?;
            self.open.pop();
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if let Some(silent) = &self.silent {
            if silent == name {
                self.silent = None;
            }
            return Ok(());
        }
        self.in_title &= name != "title";
        let Some(at) = self.open.iter().rposition(|open| open.name.split(' ').next() == Some(name)) else {
            return Ok(());
        };
        if BLOCKS.contains(&name) || matches!(name, "td" | "th" | "tr") {
            self.end_line()?;
        }
        let closed = self.open.split_off(at);
        if closed.iter().any(|open| open.name == "table") {
            self.tables.pop();
        }
        Ok(())
    }

    fn look(&self) -> Look {
        self.open.last().map_or_else(Look::default, |open| open.look)
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        if self.in_title {
            let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.property(Some("title".into()), Some(title.into()));
            return;
        }
        match self.open.iter().any(|open| open.name == "pre") {
            true => self.add(text),
            false => {
                let mut words = String::new();
                for letter in text.chars() {
                    match letter {
                        ' ' | '\t' | '\r' | '\n' | '\u{c}' if words.ends_with(' ') => {}
                        ' ' | '\t' | '\r' | '\n' | '\u{c}' => words.push(' '),
                        letter => words.push(letter),
                    }
                }
                self.add(&words);
            }
        }
    }

    fn add(&mut self, text: &str) {
        if self.silent.is_some() || text.is_empty() {
            return;
        }
        let before = self.runs.last().map_or("", |run| run.text.as_str());
        let text = if before.is_empty() || before.ends_with([' ', '\n']) { text.trim_start_matches(' ') } else { text };
        let (hidden, link) = (self.look().reason(), self.open.last().and_then(|open| open.link.clone()));
        match self.runs.last_mut() {
            Some(last) if (last.hidden, &last.link) == (hidden, &link) => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), hidden, change: None, link }),
        }
    }

    /// The words for a picture are a line of their own.
    fn picture(&mut self, words: Cow<'_, str>, look: Look) {
        if !words.trim().is_empty() {
            self.number += 1;
            let runs = vec![Run { text: words.into_owned(), hidden: look.hidden, ..Run::default() }];
            let place = Place::Paragraph(self.number);
            self.extract.lines.push(Line { place, role: Role::Picture, runs, page: 0, cell: None });
        }
    }

    fn property(&mut self, name: Option<Cow<'_, str>>, content: Option<Cow<'_, str>>) {
        if let Some((name, content)) = name.zip(content).filter(|(_, content)| !content.trim().is_empty()) {
            let place = Place::Property(name.to_lowercase());
            self.properties.push(Line::new(place, Role::Property, content.into_owned()));
        }
    }

    fn end_line(&mut self) -> Result<(), Unreadable> {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        runs.retain(|run| !run.text.is_empty());
        if runs.iter().all(|run| run.text.trim().is_empty()) {
            return Ok(());
        }
        if self.extract.lines.len() == MOST_LINES {
            return Err(Unreadable::because(format!("it has more than {MOST_LINES} lines")));
        }
        self.number += 1;
        let line = Line { place: Place::Paragraph(self.number), role: self.role(), runs, page: 0, cell: None };
        if let (Role::TableCell, Some(cell)) =
            (&line.role, self.table().and_then(|table| table.rows.last_mut()?.last_mut()))
        {
            let gap = if cell.text.is_empty() { "" } else { "\n" };
            cell.text = format!("{}{gap}{}", cell.text, line.seen());
            cell.place.get_or_insert(line.place.clone());
        }
        self.extract.lines.push(line);
        Ok(())
    }

    fn role(&self) -> Role {
        let depth = self.open.iter().filter(|open| matches!(open.name.as_str(), "ul" | "ol")).count();
        let role = |open: &Open| match open.name.as_str() {
            "td" | "th" => Some(Role::TableCell),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Heading(open.name.as_bytes()[1] - b'0')),
            "li" => Some(Role::Item(depth.saturating_sub(1).min(8) as u8)),
            _ => None,
        };
        self.open.iter().rev().find_map(role).unwrap_or(Role::Text)
    }
}
