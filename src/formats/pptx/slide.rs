//! One slide and the notes of its speaker.

use std::fmt::Write;

use super::arrange::{Arranged, BEFORE, Content, Frame, Layout, Placed};
use super::fit;
use super::lines::{self, Line};
use super::shapes::{Deck, Shapes};
use super::text::{self, Face};
use super::{NAMESPACES, ROOT, table};
use crate::document::slides::Slide;
use crate::document::{Chart, Run};
use crate::formats::direction::begins_right;
use crate::formats::office::{self, Relation};
use crate::formats::picture::Embedded;
use crate::formats::xml;

/// Width of the title in points, and the sizes it may have; the first is the master's.
const TITLE_WIDTH: u32 = 806;
const TITLE_SIZES: [u32; 5] = [28, 26, 24, 22, 20];
const TITLE_LINES: u32 = 2;

/// A slide's part and what it refers to.
pub(super) struct Written {
    pub(super) part: String,
    pub(super) relations: String,
}

/// The figures of the whole deck that stand on slides so far.
pub(super) struct Figures<'p> {
    pub(super) charts: usize,
    pub(super) pictures: std::iter::Enumerate<std::slice::Iter<'p, Embedded>>,
}

/// Writes a slide.
pub(super) fn write(
    slide: &Slide<'_>,
    arranged: &Arranged<'_>,
    number: usize,
    figures: &mut Figures<'_>,
    deck: &Deck,
) -> Written {
    let layout = arranged.layout as u32;
    let mut relations = vec![Relation::part("slideLayout", format!("../slideLayouts/slideLayout{layout}.xml"))];
    if !slide.notes.is_empty() {
        relations.push(Relation::part("notesSlide", format!("../notesSlides/notesSlide{number}.xml")));
    }
    let mut shapes = Shapes::new(deck, relations);
    heading(&mut shapes, slide.title, arranged.layout);
    for placed in &arranged.placed {
        content(&mut shapes, placed, arranged.layout, figures);
    }
    if arranged.layout == Layout::Content && arranged.placed.is_empty() {
        empty(&mut shapes);
    }
    feet(&mut shapes, arranged.layout, number);
    let part = format!(
        "{}<p:sld {NAMESPACES}><p:cSld><p:spTree>{ROOT}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        office::DECLARATION,
        shapes.xml
    );
    Written { part, relations: office::relationships(&shapes.relations) }
}

/// The title; a slide without one has no shape for it, unless it is the slide that somebody forgot.
fn heading(shapes: &mut Shapes<'_>, title: &[Run], layout: Layout) {
    if layout == Layout::Blank {
        return;
    }
    let kind = if layout == Layout::Title { "ctrTitle" } else { "title" };
    shapes.holder("Title", &format!(" type=\"{kind}\""), None);
    shapes.xml.push_str("<p:txBody><a:bodyPr/><a:lstStyle/><a:p>");
    if begins_right(title) {
        let _ = write!(shapes.xml, "<a:pPr{}/>", text::LEFTWARD);
    }
    // Titles are in one weight: that of the master.
    let plain: Vec<Run> = title.iter().map(|run| Run { bold: false, ..run.clone() }).collect();
    let size = match layout {
        Layout::Title | Layout::Section => None,
        _ => title_size(title).filter(|size| *size != TITLE_SIZES[0]),
    };
    text::runs(shapes, &plain, Face { size, ..Face::default() });
    shapes.xml.push_str("</a:p></p:txBody></p:sp>");
}

/// The largest size at which a title has two lines at most.
pub(super) fn title_size(title: &[Run]) -> Option<u32> {
    let width = fit::width(title, true);
    TITLE_SIZES.into_iter().find(|&size| fit::lines(width, size, TITLE_WIDTH) <= TITLE_LINES)
}

fn content(shapes: &mut Shapes<'_>, placed: &Placed<'_>, layout: Layout, figures: &mut Figures<'_>) {
    let holder = placed.holder.filter(|_| layout != Layout::Blank);
    match &placed.content {
        Content::Text(lines) => {
            match holder {
                Some(index) => {
                    let kind = if layout == Layout::Title { " type=\"subTitle\"" } else { "" };
                    let kind = if layout == Layout::Section { " type=\"body\"" } else { kind };
                    let stands = !matches!(layout, Layout::Title | Layout::Section);
                    shapes.holder(
                        "Content Placeholder",
                        &format!("{kind} idx=\"{index}\""),
                        stands.then_some(placed.frame),
                    );
                }
                None => shapes.text_box(placed.frame),
            }
            body(shapes, lines, placed, layout);
        }
        Content::Table(content) => table::write(shapes, content, placed, holder),
        Content::Chart(content) => {
            figures.charts += 1;
            chart(shapes, content, placed.frame, holder, figures.charts);
        }
        Content::Picture(_, alt) => {
            if let Some((index, picture)) = figures.pictures.next() {
                let target = format!("../media/image{}.{}", index + 1, picture.extension);
                shapes.picture(&target, alt, placed.frame.around(picture.width, picture.height));
            }
        }
    }
}

/// A chart, which is a part of its own.
fn chart(shapes: &mut Shapes<'_>, chart: &Chart, frame: Frame, holder: Option<u32>, number: usize) {
    let id = shapes.relate(Relation::part("chart", format!("../charts/chart{number}.xml")));
    shapes.graphic("Chart", &chart.title, holder, frame);
    let _ = write!(
        shapes.xml,
        "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId{id}\"/></a:graphicData></a:graphic></p:graphicFrame>"
    );
}

/// The text of a shape; on title and section slides its size is the layout's.
fn body(shapes: &mut Shapes<'_>, lines: &[Line<'_>], placed: &Placed<'_>, layout: Layout) {
    shapes.xml.push_str("<p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"><a:normAutofit/></a:bodyPr>");
    if matches!(layout, Layout::Title | Layout::Section) {
        shapes.xml.push_str("<a:lstStyle/>");
    } else {
        let deepest = lines.iter().map(|line| line.level).max().unwrap_or(0);
        shapes.xml.push_str("<a:lstStyle>");
        let boxed = placed.holder.is_none() || layout == Layout::Blank;
        (0..=deepest).for_each(|level| level_style(shapes, level, placed, boxed));
        shapes.xml.push_str("</a:lstStyle>");
    }
    lines.iter().for_each(|line| text::line(shapes, line));
    shapes.xml.push_str("</p:txBody></p:sp>");
}

/// Size and distance of a level, where they are not those of the master. A text box has no bullets from there.
fn level_style(shapes: &mut Shapes<'_>, level: usize, placed: &Placed<'_>, boxed: bool) {
    let (name, size) = (level + 1, lines::level_size(placed.size, level) * 100);
    let bullet = if level == 0 { shapes.deck.bullet } else { '–' };
    let out = &mut shapes.xml;
    let _ = write!(out, "<a:lvl{name}pPr");
    if boxed {
        let (left, hanging) = lines::indents(level);
        let _ = write!(out, " marL=\"{left}\" indent=\"-{hanging}\"");
    }
    out.push('>');
    if boxed || (level == 0 && placed.before != BEFORE) {
        let before = if level == 0 { placed.before } else { lines::INNER_BEFORE };
        let _ = write!(out, "<a:spcBef><a:spcPct val=\"{}\"/></a:spcBef>", before * 1_000);
    }
    if boxed {
        out.push_str(
            "<a:buClr><a:schemeClr val=\"accent2\"/></a:buClr><a:buFont typeface=\"Arial\"/><a:buChar char=\"",
        );
        xml::attribute(bullet.encode_utf8(&mut [0; 4]), out);
        out.push_str("\"/>");
    }
    let _ = write!(out, "<a:defRPr sz=\"{size}\"/></a:lvl{name}pPr>");
}

/// The placeholder that nobody has filled.
fn empty(shapes: &mut Shapes<'_>) {
    shapes.holder("Content Placeholder", " idx=\"1\"", None);
    let _ = write!(
        shapes.xml,
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"{}\"/></a:p></p:txBody></p:sp>",
        shapes.deck.language
    );
}

/// Date, footer and number of the slide; the title slide has no number.
fn feet(shapes: &mut Shapes<'_>, layout: Layout, number: usize) {
    let deck = shapes.deck;
    // LibreOffice forgets what the layout says of a footer that says nothing itself.
    let left =
        format!("<a:pPr algn=\"l\"/><a:r><a:rPr lang=\"{}\" sz=\"{}\"/><a:t>", shapes.deck.language, foot_size(layout));
    let plain = format!("<a:r><a:rPr lang=\"{}\"/><a:t>", shapes.deck.language);
    for (name, holder, text, run) in [
        ("Date Placeholder", " type=\"dt\" sz=\"half\" idx=\"10\"", &deck.date, plain),
        ("Footer Placeholder", " type=\"ftr\" sz=\"quarter\" idx=\"11\"", &deck.foot, left),
    ] {
        shapes.holder(name, holder, None);
        let _ = write!(shapes.xml, "<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}");
        xml::text(text, &mut shapes.xml);
        shapes.xml.push_str("</a:t></a:r></a:p></p:txBody></p:sp>");
    }
    if layout != Layout::Title {
        page_number(shapes, " type=\"sldNum\" sz=\"quarter\" idx=\"12\"", number);
    }
}

/// In hundredths of a point, as the layout has it.
fn foot_size(layout: Layout) -> u32 {
    if layout == Layout::Title { 1_200 } else { 1_000 }
}

fn page_number(shapes: &mut Shapes<'_>, holder: &str, number: usize) {
    shapes.holder("Slide Number Placeholder", holder, None);
    let _ = write!(
        shapes.xml,
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id=\"{{5B0A35F4-2C51-4A0B-9C4E-7D8A1F5E0C11}}\" type=\"slidenum\"><a:rPr lang=\"{}\"/><a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>",
        shapes.deck.language
    );
}

/// The page of notes of a slide.
pub(super) fn notes(notes: &[Vec<Run>], number: usize, deck: &Deck) -> Written {
    let relations = vec![
        Relation::part("notesMaster", "../notesMasters/notesMaster1.xml"),
        Relation::part("slide", format!("../slides/slide{number}.xml")),
    ];
    let mut shapes = Shapes::new(deck, relations);
    let id = shapes.next();
    let _ = write!(
        shapes.xml,
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Slide Image Placeholder 1\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>"
    );
    shapes.holder("Notes Placeholder", " type=\"body\" idx=\"1\"", None);
    shapes.xml.push_str("<p:txBody><a:bodyPr/><a:lstStyle/>");
    for note in notes {
        shapes.xml.push_str("<a:p>");
        text::runs(&mut shapes, note, Face::default());
        shapes.xml.push_str("</a:p>");
    }
    shapes.xml.push_str("</p:txBody></p:sp>");
    let part = format!(
        "{}<p:notes {NAMESPACES}><p:cSld><p:spTree>{ROOT}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
        office::DECLARATION,
        shapes.xml
    );
    Written { part, relations: office::relationships(&shapes.relations) }
}
