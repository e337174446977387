//! XML from anybody: no entity is expanded, nothing is fetched, and depth, elements and attributes have limits.
//!
//! Small parts become a [`tree`]; sheets, which are large and flat, are [`walk`]ed.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
pub(in crate::formats) use roxmltree::Document;

use super::Unreadable;

/// An element, text or comment of a tree.
pub(in crate::formats) type Node<'a> = roxmltree::Node<'a, 'a>;

/// Text boxes in tables in text boxes come to 60.
const DEEPEST: usize = 200;
/// A document of 1,500 pages has as many.
const MOST_TAGS: usize = 700_000;
const MOST_ATTRIBUTES: usize = 900_000;
/// Of one element: what the parser compares with one another.
const MOST_ATTRIBUTES_OF_ONE: usize = 500;
/// Every element with a namespace of its own repeats those around it.
const MOST_NAMESPACES: usize = 6_000;
const LARGEST_TREE: usize = 40 << 20;

/// The elements of a part.
pub(in crate::formats) fn tree(text: &str) -> Result<Document<'_>, Unreadable> {
    measure(text.as_bytes())?;
    Document::parse(text).map_err(|error| match error {
        roxmltree::Error::DtdDetected => Unreadable::because("its XML declares a document type"),
        error => Unreadable::because(format!("its XML is broken: {error}")),
    })
}

/// Counts tags, attributes and depth before any memory is given for them.
fn measure(text: &[u8]) -> Result<(), Unreadable> {
    let over = |what: &str, limit: usize| Err(Unreadable::because(format!("its XML has more than {limit} {what}")));
    if text.len() > LARGEST_TREE {
        return Err(Unreadable::because(format!("its XML is larger than {} MiB", LARGEST_TREE >> 20)));
    }
    if memchr::memmem::find_iter(text, b"xmlns").count() > MOST_NAMESPACES {
        return over("namespaces", MOST_NAMESPACES);
    }
    let (mut tags, mut attributes, mut depth, mut at) = (0, 0, 0_usize, 0);
    while let Some(start) = memchr::memchr(b'<', &text[at..]) {
        let tag = tag(&text[at + start..]);
        let own = memchr::memchr_iter(b'=', tag).count();
        (tags, attributes, at) = (tags + 1, attributes + own, at + start + tag.len().max(1));
        match (tag.get(1), tag.ends_with(b"/>")) {
            (Some(b'!' | b'?'), _) | (_, true) => {}
            (Some(b'/'), _) => depth = depth.saturating_sub(1),
            _ => depth += 1,
        }
        match () {
            () if depth > DEEPEST => return over("levels", DEEPEST),
            () if tags > MOST_TAGS => return over("tags", MOST_TAGS),
            () if own > MOST_ATTRIBUTES_OF_ONE && tag.get(1) != Some(&b'!') => {
                return over("attributes in one element", MOST_ATTRIBUTES_OF_ONE);
            }
            () if attributes > MOST_ATTRIBUTES => return over("attributes", MOST_ATTRIBUTES),
            () => {}
        }
    }
    Ok(())
}

/// The tag, comment or section a text begins with; all of the text if it does not end.
fn tag(text: &[u8]) -> &[u8] {
    let until = |end: &[u8]| memchr::memmem::find(text, end).map_or(text, |at| &text[..at + end.len()]);
    if text.starts_with(b"<!--") {
        return until(b"-->");
    }
    if text.starts_with(b"<![CDATA[") {
        return until(b"]]>");
    }
    let mut quote = None;
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return &text[..=at],
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    text
}

/// One step through a part. Names are without their prefix.
pub(super) enum Step<'a> {
    Open(&'a BytesStart<'a>),
    Text(Cow<'a, str>),
    Close(&'a str),
}

/// Walks through a part that is too large for a tree; an empty element is opened and closed.
pub(super) fn walk(text: &str, mut visit: impl FnMut(Step) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| Unreadable::because(format!("its XML is broken: {error}")))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unreadable::because(format!("its XML has more than {DEEPEST} levels")));
                }
                visit(Step::Open(&tag))?;
            }
            Event::Empty(tag) => {
                visit(Step::Open(&tag))?;
                visit(Step::Close(tag.local_name().as_ref()))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Step::Close(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Step::Text(text.xml10_content()))?,
            Event::CData(text) => visit(Step::Text(text.xml10_content()))?,
            Event::GeneralRef(entity) => visit(Step::Text(Cow::Owned(resolve(&entity)?)))?,
            Event::DocType(_) => return Err(Unreadable::because("its XML declares a document type")),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The attribute of an opening tag, by its local name.
pub(super) fn attribute<'a>(tag: &'a BytesStart, wanted: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == wanted)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok()
}

fn resolve(entity: &BytesRef) -> Result<String, Unreadable> {
    let unknown = || Unreadable::because("its XML has an unknown entity");
    if let Some(letter) = entity.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(letter.to_string());
    }
    let name = entity.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned).ok_or_else(unknown)
}

/// What readers ask of an element. Prefixes are left out: the names of office formats are told apart without them.
pub(in crate::formats) trait Element<'a>: Sized {
    /// The local name; empty for a text.
    fn name(&self) -> &'a str;
    /// An attribute by its local name.
    fn get(&self, name: &str) -> Option<&'a str>;
    /// An attribute that names a relation of the part: `r:id`, `r:embed`.
    fn relation(&self, name: &str) -> Option<&'a str>;
    /// The first child element of that name.
    fn child(&self, name: &str) -> Option<Self>;
    /// The child elements of that name.
    fn all<'n>(&self, name: &'n str) -> impl Iterator<Item = Self> + use<'a, 'n, Self>;
    /// Follows first children by their names.
    fn path(&self, names: &[&str]) -> Option<Self>;
    /// The number in an attribute.
    fn number(&self, name: &str) -> Option<i64>;
}

impl<'a> Element<'a> for Node<'a> {
    fn name(&self) -> &'a str {
        self.tag_name().name()
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
    }

    fn relation(&self, name: &str) -> Option<&'a str> {
        let leads = |attribute: &roxmltree::Attribute| {
            attribute.namespace().is_some_and(|space| space.ends_with("/relationships"))
        };
        self.attributes().find(|found| found.name() == name && leads(found)).map(|found| found.value())
    }

    fn child(&self, name: &str) -> Option<Node<'a>> {
        self.children().find(|child| child.tag_name().name() == name)
    }

    fn all<'n>(&self, name: &'n str) -> impl Iterator<Item = Node<'a>> + use<'a, 'n> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn path(&self, names: &[&str]) -> Option<Node<'a>> {
        names.iter().try_fold(*self, |node, name| node.child(name))
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }
}
