//! The shapes of one slide, numbered from its root on, with what they refer to.

use std::fmt::Write;

use super::arrange::Frame;
use crate::formats::office::Relation;
use crate::formats::xml;

/// What all slides of a deck have in common.
#[derive(Clone, Debug)]
pub(super) struct Deck {
    /// As an attribute has it.
    pub(super) language: String,
    pub(super) bullet: char,
    /// What stands at the foot of every slide.
    pub(super) date: String,
    pub(super) foot: String,
}

/// The shapes of a slide as they are written.
pub(super) struct Shapes<'d> {
    pub(super) xml: String,
    /// In the order of their ids; the first is the slide's layout.
    pub(super) relations: Vec<Relation>,
    pub(super) deck: &'d Deck,
    /// The root of the shapes has 1.
    last: u32,
}

impl<'d> Shapes<'d> {
    pub(super) fn new(deck: &'d Deck, relations: Vec<Relation>) -> Shapes<'d> {
        Shapes { xml: String::with_capacity(4_096), relations, deck, last: 1 }
    }

    /// The number of the next shape.
    pub(super) fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// The number of a relationship to another part.
    pub(super) fn relate(&mut self, relation: Relation) -> usize {
        self.relations.push(relation);
        self.relations.len()
    }

    /// The number of the relationship to a link's target, one for each target.
    pub(super) fn link(&mut self, target: &str) -> usize {
        let known = self.relations.iter().position(|relation| relation.external && relation.target == target);
        known
            .map(|at| at + 1)
            .unwrap_or_else(|| self.relate(Relation { kind: "hyperlink", target: target.to_owned(), external: true }))
    }

    /// Begins a shape that fills a placeholder, with its own frame where it stands elsewhere.
    pub(super) fn holder(&mut self, name: &str, holder: &str, frame: Option<Frame>) {
        let id = self.next();
        let _ = write!(
            self.xml,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name} {}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph{holder}/></p:nvPr></p:nvSpPr>",
            id - 1
        );
        match frame {
            Some(frame) => {
                self.xml.push_str("<p:spPr>");
                self.xml.push_str(&transform("a", frame));
                self.xml.push_str("</p:spPr>");
            }
            None => self.xml.push_str("<p:spPr/>"),
        }
    }

    /// Begins a text box.
    pub(super) fn text_box(&mut self, frame: Frame) {
        let id = self.next();
        let transform = transform("a", frame);
        let _ = write!(
            self.xml,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"TextBox {}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{transform}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>",
            id - 1
        );
    }

    /// A picture, which is a part of its own.
    pub(super) fn picture(&mut self, target: &str, alt: &str, frame: Frame) {
        let id = self.next();
        let relation = self.relate(Relation::part("image", target));
        let (alt, transform) = (xml::quoted(alt), transform("a", frame));
        let _ = write!(
            self.xml,
            "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"Picture {}\" descr=\"{alt}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId{relation}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{transform}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
            id - 1
        );
    }

    /// Begins a frame for a table or chart; `alt` is read where it is not seen.
    pub(super) fn graphic(&mut self, name: &str, alt: &str, holder: Option<u32>, frame: Frame) {
        let id = self.next();
        let alt = if alt.is_empty() { String::new() } else { format!(" descr=\"{}\"", xml::quoted(alt)) };
        let holder = match holder {
            Some(index) => format!("<p:nvPr><p:ph idx=\"{index}\"/></p:nvPr>"),
            None => "<p:nvPr/>".to_owned(),
        };
        let transform = transform("p", frame);
        let _ = write!(
            self.xml,
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{name} {}\"{alt}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr>{holder}</p:nvGraphicFramePr>{transform}",
            id - 1
        );
    }
}

/// Where a shape stands; graphic frames have the element in another namespace.
fn transform(prefix: &str, frame: Frame) -> String {
    let Frame { x, y, width, height } = frame;
    format!("<{prefix}:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></{prefix}:xfrm>")
}
