//! XML as a plain stream of what office readers need; entities are the predefined ones, nothing is fetched.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::Unreadable;

/// One step through an XML text. Names are without their prefix.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Open { name: String, attributes: Vec<(String, String)> },
    Text(String),
    Close(String),
}

impl Step {
    /// The attribute of an opening tag, by its local name.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Step::Open { attributes, .. } = self else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

/// Walks through an XML text; an empty element is opened and closed.
pub(super) fn walk(text: &str, mut visit: impl FnMut(&Step)) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    loop {
        let event = reader.read_event().map_err(|error| Unreadable::because(format!("its XML is broken: {error}")))?;
        match event {
            Event::Start(tag) => visit(&open(&tag)?),
            Event::Empty(tag) => {
                visit(&open(&tag)?);
                visit(&Step::Close(tag.local_name().as_ref().to_owned()));
            }
            Event::End(tag) => visit(&Step::Close(tag.local_name().as_ref().to_owned())),
            Event::Text(text) => visit(&Step::Text(text.xml10_content().into_owned())),
            Event::CData(text) => visit(&Step::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(entity) => visit(&Step::Text(resolve(&entity)?)),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn open(tag: &BytesStart) -> Result<Step, Unreadable> {
    let broken = || Unreadable::because("its XML has a broken attribute");
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| broken())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| broken())?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Step::Open { name: tag.local_name().as_ref().to_owned(), attributes })
}

fn resolve(entity: &BytesRef) -> Result<String, Unreadable> {
    let unknown = || Unreadable::because("its XML has an unknown entity");
    if let Some(letter) = entity.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(letter.to_string());
    }
    let name = entity.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned).ok_or_else(unknown)
}
