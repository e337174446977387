//! Pages → the objects of a pdf file.

use pdf_writer::types::{ActionType, AnnotationType, CidFontType, FontFlags, PageMode, SystemInfo};
use pdf_writer::{Date, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use sha2::{Digest, Sha256};

use super::font::Font;
use super::layout::Layout;
use super::outline;
use super::page::{Area, Image, Over, Page};
use super::standard;
use crate::document::Properties;
use crate::document::markup::Remark;
use crate::formats::deflate;
use crate::formats::fonts::{self, Face, Glyph, LATIN, Part};
use crate::value::Moment;
use crate::value::zone::Zone;

/// A4 in thousandths of a point.
pub(super) const SHEET: Area = Area { x: 0, y: 0, width: 595_276, height: 841_890 };
/// Object numbers of what every file has.
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFORMATION: Ref = Ref::new(3);
const RESOURCES: Ref = Ref::new(4);
const FIRST: Ref = Ref::new(5);

/// The file being written.
pub(super) struct File {
    pub(super) pdf: Pdf,
    /// The number of the next object.
    next: Ref,
    /// The zone of the document's dates.
    zone: &'static Zone,
}

/// The bytes of a document whose pages are drawn.
pub(super) fn write(layout: &Layout, properties: &Properties) -> Vec<u8> {
    let content: usize = layout.pages.iter().map(|page| page.content.len()).sum();
    let mut file = File { pdf: Pdf::with_capacity(content + 100_000), next: FIRST, zone: properties.zone };
    let pages: Vec<Ref> = layout.pages.iter().map(|page| file.page(page)).collect();
    let outline = outline::write(&mut file, &layout.headings, &pages);
    file.pdf.pages(PAGES).kids(pages.iter().copied()).count(pages.len() as i32).media_box(rectangle(SHEET));
    file.catalog(properties, outline);
    file.information(properties);
    let images: Vec<Ref> = layout.images.iter().map(|image| file.image(image)).collect();
    let used: Vec<(Font, Vec<Glyph>)> = layout.used.fonts().collect();
    // What the fonts are follows from the letters on the pages, so that it needs not be hashed.
    let hash = Sha256::digest(file.pdf.as_bytes());
    let id = hash[..16].to_vec();
    file.pdf.set_file_id((id.clone(), id));
    let fonts = file.fonts(&used);
    file.resources(&fonts, &images);
    file.pdf.finish()
}

impl File {
    /// The number of one more object.
    pub(super) fn object(&mut self) -> Ref {
        self.next.bump()
    }

    fn page(&mut self, page: &Page) -> Ref {
        let (id, content) = (self.object(), self.object());
        let over: Vec<Ref> = page.over.iter().map(|(area, over)| self.over(*area, over)).collect();
        let mut writer = self.pdf.page(id);
        writer.parent(PAGES).contents(content).pair(Name(b"Resources"), RESOURCES);
        if !over.is_empty() {
            writer.annotations(over);
        }
        writer.finish();
        let mut packed = Vec::new();
        deflate::zlib(&page.content, &mut packed);
        self.pdf.stream(content, &packed).filter(Filter::FlateDecode);
        id
    }

    fn over(&mut self, area: Area, over: &Over) -> Ref {
        let id = self.object();
        let zone = self.zone;
        let mut annotation = self.pdf.annotation(id);
        annotation.rect(rectangle(area));
        match over {
            Over::Link(target) => {
                annotation.subtype(AnnotationType::Link).border(0.0, 0.0, 0.0, None);
                annotation.action().action_type(ActionType::Uri).uri(Str(uri(target).as_bytes()));
            }
            Over::Remark(remark) => highlight(&mut annotation, area, remark, zone),
        }
        id
    }

    fn catalog(&mut self, properties: &Properties, outline: Option<Ref>) {
        let mut catalog = self.pdf.catalog(CATALOG);
        catalog.pages(PAGES).lang(TextStr(&properties.language));
        if let Some(outline) = outline {
            catalog.outlines(outline).page_mode(PageMode::UseOutlines);
        }
        catalog.viewer_preferences().display_doc_title(true);
    }

    /// What the document says about itself.
    fn information(&mut self, properties: &Properties) {
        let mut information = self.pdf.document_info(INFORMATION);
        information.title(TextStr(&properties.title)).author(TextStr(&properties.author));
        information.creator(TextStr(&properties.company)).producer(TextStr("worldc"));
        information.creation_date(date(properties.created, properties.zone));
        information.modified_date(date(properties.modified, properties.zone));
    }

    /// A jpeg file, embedded as it is.
    fn image(&mut self, image: &Image) -> Ref {
        let id = self.object();
        let mut writer = self.pdf.image_xobject(id, &image.bytes);
        writer.width(image.width).height(image.height).bits_per_component(8);
        match image.grey {
            true => writer.color_space().device_gray(),
            false => writer.color_space().device_rgb(),
        }
        writer.filter(Filter::DctDecode);
        id
    }

    /// What pages call fonts and pictures by.
    fn resources(&mut self, fonts: &[(String, Ref)], images: &[Ref]) {
        let mut resources = self.pdf.indirect(RESOURCES).dict();
        let mut names = resources.insert(Name(b"Font")).dict();
        for (name, id) in fonts {
            names.pair(Name(name.as_bytes()), *id);
        }
        names.finish();
        if !images.is_empty() {
            let mut names = resources.insert(Name(b"XObject")).dict();
            for (number, id) in images.iter().enumerate() {
                names.pair(Name(format!("X{number}").as_bytes()), *id);
            }
        }
    }

    /// The fonts, each with the name that pages call it by.
    fn fonts(&mut self, used: &[(Font, Vec<Glyph>)]) -> Vec<(String, Ref)> {
        let part = |letters: &[Glyph]| if letters.last() <= Some(&*LATIN) { Part::Latin } else { Part::European };
        let mut named: Vec<(String, Ref)> = Vec::new();
        let mut maps: [Option<Ref>; 2] = [None; 2];
        for (font, letters) in used {
            let id = self.object();
            named.push((format!("F{}", font.index()), id));
            let Some(face) = font.face() else {
                self.standard(id, *font);
                continue;
            };
            let part = part(letters);
            let map = match maps[part as usize] {
                Some(map) => map,
                None => self.map(part),
            };
            maps[part as usize] = Some(map);
            self.face(id, face, part, map, letters);
        }
        named
    }

    /// The table from glyphs to characters.
    fn map(&mut self, part: Part) -> Ref {
        let id = self.object();
        self.pdf.stream(id, fonts::cmap(part)).filter(Filter::FlateDecode);
        id
    }

    fn standard(&mut self, id: Ref, font: Font) {
        let name = standard::name(font.cut == super::font::Cut::Courier, font.bold, font.italic);
        self.pdf.type1_font(id).base_font(Name(name.as_bytes())).encoding_predefined(Name(b"WinAnsiEncoding"));
    }

    fn face(&mut self, id: Ref, face: Face, part: Part, map: Ref, letters: &[Glyph]) {
        let (descendant, descriptor, program) = (self.object(), self.object(), self.object());
        let measures = fonts::measures(face);
        // Readers tell the parts of a font apart by six letters before its name.
        let tag = if part == Part::Latin { "LATINA" } else { "EUROPA" };
        let name = format!("{tag}+{}", measures.name);
        let name = Name(name.as_bytes());
        let mut font = self.pdf.type0_font(id);
        font.base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(descendant).to_unicode(map);
        font.finish();
        self.descendant(descendant, face, name, descriptor, letters);
        let mut flags = FontFlags::NON_SYMBOLIC;
        flags.set(FontFlags::SERIF, face.family == fonts::Family::Serif);
        flags.set(FontFlags::FIXED_PITCH, face.family == fonts::Family::Mono);
        flags.set(FontFlags::ITALIC, measures.angle != 0);
        let mut about = self.pdf.font_descriptor(descriptor);
        about.name(name).flags(flags).italic_angle(measures.angle as f32).font_file2(program);
        about.bbox(Rect::new(-730.0, measures.bottom as f32, 2_800.0, measures.top as f32));
        about.ascent(measures.ascent as f32).descent(measures.descent as f32).cap_height(measures.capitals as f32);
        about.stem_v(if face.bold { 140.0 } else { 85.0 });
        about.finish();
        let (bytes, length) = fonts::program(face, part);
        self.pdf.stream(program, bytes).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    }

    fn descendant(&mut self, id: Ref, face: Face, name: Name, descriptor: Ref, letters: &[Glyph]) {
        let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
        let mut font = self.pdf.cid_font(id);
        font.subtype(CidFontType::Type2).base_font(name).system_info(system).font_descriptor(descriptor);
        font.cid_to_gid_map_predefined(Name(b"Identity")).default_width(0.0);
        let widths = fonts::widths(face);
        let mut array = font.insert(Name(b"W")).array();
        for run in letters.chunk_by(|a, b| a + 1 == *b) {
            array.item(i32::from(run[0]));
            array.push().array().items(run.iter().map(|glyph| i32::from(widths[usize::from(*glyph)])));
        }
    }
}

fn highlight(annotation: &mut pdf_writer::writers::Annotation, area: Area, remark: &Remark, zone: &'static Zone) {
    let [left, bottom, right, top] = corners(area);
    annotation.subtype(AnnotationType::Highlight).color_rgb(1.0, 0.875, 0.375);
    annotation.quad_points([left, top, right, top, left, bottom, right, bottom]);
    annotation.contents(TextStr(&remark.text)).author(TextStr(&remark.author)).modified(date(remark.at, zone));
}

/// An address in the letters that addresses have; all others as their bytes in hexadecimal digits.
fn uri(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            b'!'..=b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A local moment with its distance from the world's time.
fn date(at: Moment, zone: &Zone) -> Date {
    let (year, month, day) = at.date().ymd();
    let (hour, minute, second) = at.time().hms();
    let offset = zone.offset_at(at).seconds / 60;
    Date::new(year as u16)
        .month(month as u8)
        .day(day as u8)
        .hour(hour as u8)
        .minute(minute as u8)
        .second(second as u8)
        .utc_offset_hour((offset / 60) as i8)
        .utc_offset_minute((offset % 60).unsigned_abs() as u8)
}

pub(super) fn rectangle(area: Area) -> Rect {
    let [left, bottom, right, top] = corners(area);
    Rect::new(left, bottom, right, top)
}

fn corners(area: Area) -> [f32; 4] {
    [area.x, area.y, area.x + area.width, area.y + area.height].map(points)
}

/// The crate wants floats. One division of whole numbers below 2^24 is the same on every machine.
pub(super) fn points(thousandths: i32) -> f32 {
    thousandths as f32 / 1_000.0
}
