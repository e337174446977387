//! Presentations: [`Doc`] → pptx, 16:9, by the rule of slides in [`crate::document::slides`].
//!
//! What is the same in every deck (layouts, notes master, styles of tables) refers to the theme by name, so that it is
//! packed once; the theme, the master and the title layout are in the colours and with the mark of the company.

mod arrange;
mod fit;
mod lines;
mod logo;
mod shapes;
mod slide;
mod table;
mod text;

#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::sync::LazyLock;

use self::arrange::{Arranged, Content};
use self::shapes::Deck;
use self::slide::{Figures, Written};
use super::office::{self, Relation};
use super::package::{Package, Packed};
use super::picture::{self, Embedded};
use super::{Unsupported, embedded, theme, xml};
use crate::document::look::Brand;
use crate::document::picture::Picture;
use crate::document::slides::{self, Slide};
use crate::document::{Chart, Doc, Properties};
use crate::value::language::Language;

/// Namespaces of every part of a presentation.
const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
/// The group that all shapes of a slide are in.
const ROOT: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const LAYOUTS: usize = 6;
/// Size of a chart's text in points.
const CHART_TEXT: u32 = 12;

/// A slide that holds more than it can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overfull {
    /// From 1, and how many there are.
    pub(crate) slide: usize,
    pub(crate) of: usize,
    pub(crate) title: String,
    /// As the end of a sentence.
    pub(crate) reason: String,
}

/// What an author can do about a slide that holds too much.
pub(crate) const OVERFULL_HELP: &str =
    "begin another slide with `##`, or move what is only said into a paragraph that begins with `Note:`";

/// Whether a slide has more lines than it may, however short they are.
pub(crate) fn too_many_lines(slide: &Slide<'_>) -> Option<String> {
    arrange::too_many_lines(slide)
}

/// More slides than anybody shows; a package numbers its parts with sixteen bits.
const MOST_SLIDES: usize = 1_000;

/// The first slide of a document that holds too much.
pub(crate) fn overfull(doc: &Doc) -> Option<Overfull> {
    let slides = slides::slides(doc);
    let arranged: Vec<Arranged<'_>> = slides.iter().map(arrange::arrange).collect();
    first_overfull(&slides, &arranged)
}

fn first_overfull(slides: &[Slide<'_>], arranged: &[Arranged<'_>]) -> Option<Overfull> {
    slides.iter().zip(arranged).enumerate().find_map(|(index, (slide, arranged))| {
        let late = (index == MOST_SLIDES).then(|| format!("a deck holds {MOST_SLIDES} slides"));
        let long = slide::title_size(slide.title).is_none().then(|| "its title takes more than two lines".to_owned());
        let reason = late.or(long).or_else(|| arranged.fault.clone())?;
        Some(Overfull { slide: index + 1, of: slides.len(), title: slide.heading(), reason })
    })
}

/// The bytes of a presentation.
pub(super) fn write(doc: &Doc) -> Result<Vec<u8>, Unsupported> {
    let slides = slides::slides(doc);
    let arranged: Vec<Arranged<'_>> = slides.iter().map(arrange::arrange).collect();
    if let Some(Overfull { slide, title, reason, .. }) = first_overfull(&slides, &arranged) {
        return Err(Unsupported::new(format!("slide {slide}, “{title}”, cannot be shown: {reason}")));
    }
    let charts: Vec<&Chart> = arranged.iter().flat_map(charts_of).collect();
    let properties = &doc.properties;
    let pictures: Vec<Embedded> =
        arranged.iter().flat_map(pictures_of).map(|shown| picture::embedded(shown, properties)).collect();
    let mut package = Package::default();
    package.common("[Content_Types].xml", content_types(&slides, charts.len(), &pictures).as_bytes());
    package.shared("_rels/.rels", office::package_relationships("ppt/presentation.xml").as_bytes());
    package.common("docProps/app.xml", office::app("Microsoft Office PowerPoint", properties).as_bytes());
    package.part("docProps/core.xml", office::core(properties).as_bytes());
    package.common("ppt/presentation.xml", presentation(&slides).as_bytes());
    package.common("ppt/_rels/presentation.xml.rels", presentation_relationships(&slides).as_bytes());
    write_slides(&slides, &arranged, (properties, &pictures), &mut package);
    embedded::add_pictures("ppt", &pictures, &mut package);
    embedded::add("ppt", &charts, CHART_TEXT, properties, &mut package)?;
    let brand = &properties.brand;
    let bullet = properties.hand.bullet.to_string();
    let themed = |part: &str, size: u32, x: u32, y: u32| {
        part.replace("@logo@", &logo::shape(brand, size, x, y)).replace("@bullet@", &xml::quoted(&bullet))
    };
    package.shared("ppt/theme/theme1.xml", theme::of(properties).as_bytes());
    let master = themed(include_str!("parts/master.xml"), 457_200, 11_125_200, 502_920);
    package.shared("ppt/slideMasters/slideMaster1.xml", master.as_bytes());
    let title = themed(include_str!("parts/layout1.xml"), 1_005_840, 10_317_480, 731_520);
    package.shared("ppt/slideLayouts/slideLayout1.xml", title.as_bytes());
    FIXED.iter().for_each(|(name, packed)| package.packed(name, packed));
    Ok(package.finish())
}

fn charts_of<'a>(arranged: &Arranged<'a>) -> Vec<&'a Chart> {
    let charts = arranged.placed.iter().filter_map(|placed| match placed.content {
        Content::Chart(chart) => Some(&**chart),
        _ => None,
    });
    charts.collect()
}

fn pictures_of<'a>(arranged: &Arranged<'a>) -> impl Iterator<Item = &'a Picture> + use<'a> {
    let pictures = arranged.placed.iter().filter_map(|placed| match placed.content {
        Content::Picture(picture, _) => Some(picture),
        _ => None,
    });
    pictures.collect::<Vec<&Picture>>().into_iter()
}

/// The parts that are the same in every deck, packed once.
static FIXED: LazyLock<Vec<(String, Packed)>> = LazyLock::new(|| {
    let layouts = [
        include_str!("parts/layout2.xml"),
        include_str!("parts/layout3.xml"),
        include_str!("parts/layout4.xml"),
        include_str!("parts/layout5.xml"),
        include_str!("parts/layout6.xml"),
    ];
    let to_master = office::relationships(&[Relation::part("slideMaster", "../slideMasters/slideMaster1.xml")]);
    let mut parts: Vec<(String, String)> = Vec::new();
    parts.extend(
        layouts
            .iter()
            .enumerate()
            .map(|(index, layout)| (format!("ppt/slideLayouts/slideLayout{}.xml", index + 2), (*layout).to_owned())),
    );
    parts.extend(
        (1..=LAYOUTS).map(|number| (format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"), to_master.clone())),
    );
    let layouts =
        (1..=LAYOUTS).map(|number| Relation::part("slideLayout", format!("../slideLayouts/slideLayout{number}.xml")));
    let of_master: Vec<Relation> = layouts.chain([Relation::part("theme", "../theme/theme1.xml")]).collect();
    let named = |name: &str, part: String| (format!("ppt/{name}"), part);
    parts.extend([
        named("slideMasters/_rels/slideMaster1.xml.rels", office::relationships(&of_master)),
        named("notesMasters/notesMaster1.xml", include_str!("parts/notes_master.xml").to_owned()),
        named(
            "notesMasters/_rels/notesMaster1.xml.rels",
            office::relationships(&[Relation::part("theme", "../theme/theme2.xml")]),
        ),
        named("theme/theme2.xml", theme::part(&Brand::plain("Office"), Brand::plain("").palette)),
        named("presProps.xml", include_str!("parts/pres_props.xml").to_owned()),
        named("viewProps.xml", include_str!("parts/view_props.xml").to_owned()),
        named("tableStyles.xml", include_str!("parts/table_styles.xml").to_owned()),
    ]);
    parts.into_iter().map(|(name, part)| (name, Packed::new(part.as_bytes()))).collect()
});

fn write_slides(
    slides: &[Slide<'_>],
    arranged: &[Arranged<'_>],
    (properties, pictures): (&Properties, &[Embedded]),
    package: &mut Package,
) {
    let deck = deck(properties);
    let mut figures = Figures { charts: 0, pictures: pictures.iter().enumerate() };
    for (index, (slide, arranged)) in slides.iter().zip(arranged).enumerate() {
        let number = index + 1;
        let noted = !slide.notes.is_empty();
        let written = slide::write(slide, arranged, number, &mut figures, &deck);
        add(package, "slides/slide", number, &written);
        if noted {
            let written = slide::notes(&slide.notes, number, &deck);
            add(package, "notesSlides/notesSlide", number, &written);
        }
    }
}

/// Adds a numbered part, `slides/slide` 3, and its relationships.
fn add(package: &mut Package, name: &str, number: usize, written: &Written) {
    let (folder, stem) = name.split_once('/').unwrap_or(("", name));
    package.part(&format!("ppt/{folder}/{stem}{number}.xml"), written.part.as_bytes());
    package.common(&format!("ppt/{folder}/_rels/{stem}{number}.xml.rels"), written.relations.as_bytes());
}

/// The day of the story and the line of the company stand on every slide.
fn deck(properties: &Properties) -> Deck {
    let date = properties.modified.date();
    let date = Language::named(&properties.language).map_or_else(|| date.to_string(), |language| language.day(date));
    let lines = [&properties.brand.footer, &properties.company];
    let foot = lines.into_iter().find(|line| !line.is_empty()).cloned().unwrap_or_default();
    Deck { language: xml::quoted(&properties.language), bullet: properties.hand.bullet, date, foot }
}

fn content_types(slides: &[Slide<'_>], charts: usize, pictures: &[Embedded]) -> String {
    let part = |name: String, kind: &str| (format!("ppt/{name}"), format!("{MAIN}.{kind}+xml"));
    let theme = |number: usize| (format!("ppt/theme/theme{number}.xml"), theme::KIND.to_owned());
    let mut parts = vec![part("presentation.xml".to_owned(), "presentation.main")];
    for (index, slide) in slides.iter().enumerate() {
        parts.push(part(format!("slides/slide{}.xml", index + 1), "slide"));
        if !slide.notes.is_empty() {
            parts.push(part(format!("notesSlides/notesSlide{}.xml", index + 1), "notesSlide"));
        }
    }
    parts.extend(embedded::picture_types("ppt", pictures));
    parts.extend(embedded::content_types("ppt", charts));
    parts.push(part("slideMasters/slideMaster1.xml".to_owned(), "slideMaster"));
    parts.extend((1..=LAYOUTS).map(|number| part(format!("slideLayouts/slideLayout{number}.xml"), "slideLayout")));
    parts.push(part("notesMasters/notesMaster1.xml".to_owned(), "notesMaster"));
    parts.extend([theme(1), theme(2)]);
    parts.extend(["presProps", "viewProps", "tableStyles"].map(|name| part(format!("{name}.xml"), name)));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    office::content_types(&parts)
}

/// The master, the master of notes, what belongs to the whole, then the slides.
fn presentation_relationships(slides: &[Slide<'_>]) -> String {
    let fixed = [
        ("slideMaster", "slideMasters/slideMaster1.xml"),
        ("notesMaster", "notesMasters/notesMaster1.xml"),
        ("presProps", "presProps.xml"),
        ("viewProps", "viewProps.xml"),
        ("theme", "theme/theme1.xml"),
        ("tableStyles", "tableStyles.xml"),
    ];
    let slides = (1..=slides.len()).map(|number| Relation::part("slide", format!("slides/slide{number}.xml")));
    let relations: Vec<Relation> =
        fixed.into_iter().map(|(kind, target)| Relation::part(kind, target)).chain(slides).collect();
    office::relationships(&relations)
}

fn presentation(slides: &[Slide<'_>]) -> String {
    let mut out = format!(
        "{}<p:presentation {NAMESPACES} saveSubsetFonts=\"1\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>",
        office::DECLARATION
    );
    if !slides.is_empty() {
        out.push_str("<p:sldIdLst>");
        for index in 0..slides.len() {
            // Numbers below 256 are not for slides; six relationships stand before them.
            let _ = write!(out, "<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + index, 7 + index);
        }
        out.push_str("</p:sldIdLst>");
    }
    out.push_str("<p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>");
    out.push_str(include_str!("parts/default_text.xml"));
    out.push_str("</p:presentation>");
    out
}
