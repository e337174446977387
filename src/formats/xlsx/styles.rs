//! How cells look: the styles a workbook uses, numbered in the order of first use.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::document::look::Palette;
use crate::document::{Cell, CellValue, Properties};
use crate::formats::{office, palette, xml};
use crate::value::Number;

/// Most places a number format shows; more are there in the cell, but not shown.
const PLACES: u8 = 8;
/// The same for percentages.
const PERCENT_PLACES: u8 = 4;
/// Faces of numbers and percentages with their places, of nothing in particular, and of the values below.
const FACES: usize = 1 + PLACES as usize + 1 + PERCENT_PLACES as usize + 1 + OTHERS.len();
/// Number formats of yes and no, dates, months and moments.
const OTHERS: [&str; 4] = ["\"TRUE\";\"TRUE\";\"FALSE\"", "yyyy\\-mm\\-dd", "mmm\\ yyyy", "yyyy\\-mm\\-dd\\ hh:mm"];

/// Sizes of text and of a title, in points.
const TEXT: u32 = 11;
const TITLE: u32 = 14;

/// How a cell is dressed beside its number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dress {
    Plain,
    Bold,
    /// Bold on the tint, under a line.
    Total,
    /// White on the accent.
    HeaderLeft,
    HeaderRight,
    /// Large, in the accent.
    Title,
    /// In several lines.
    Wrapped,
}

const DRESSES: usize = 7;

/// One style.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    code: Arc<str>,
    dress: Dress,
    /// Values that would touch the text in the next column stand left.
    left: bool,
}

/// The styles of a workbook so far.
pub(super) struct Styles {
    looks: Vec<Look>,
    /// The number of each face that follows its value in each dress; 0 until it is used.
    faces: [[u16; FACES]; DRESSES],
    /// The same for formats of their own.
    own: Vec<(Look, u16)>,
}

impl Default for Styles {
    fn default() -> Styles {
        Styles { looks: Vec::new(), faces: [[0; FACES]; DRESSES], own: Vec::new() }
    }
}

impl Styles {
    /// The number of the style of a cell.
    pub(super) fn number(&mut self, cell: &Cell, dress: Dress) -> u16 {
        if let Some(code) = &cell.format {
            return self.own(code, dress, stands_left(&cell.value));
        }
        let face = face(&cell.value);
        if face == 0 && dress == Dress::Plain {
            return 0;
        }
        let known = self.faces[dress as usize][face];
        if known != 0 {
            return known;
        }
        let look = Look { code: code(face).into(), dress, left: stands_left(&cell.value) };
        let number = self.add(look);
        self.faces[dress as usize][face] = number;
        number
    }

    /// Formats of their own are few: a handful of columns share one text each.
    fn own(&mut self, code: &Arc<str>, dress: Dress, left: bool) -> u16 {
        let same = |look: &Look| {
            look.dress == dress && look.left == left && (Arc::ptr_eq(&look.code, code) || look.code == *code)
        };
        if let Some((_, number)) = self.own.iter().find(|(look, _)| same(look)) {
            return *number;
        }
        let look = Look { code: Arc::clone(code), dress, left };
        let number = self.add(look.clone());
        self.own.push((look, number));
        number
    }

    fn add(&mut self, look: Look) -> u16 {
        // Two ways to the same look share its style, as the part knows it once.
        number_in(&mut self.looks, look) as u16 + 1
    }

    /// `xl/styles.xml` in the colours and the font of a document.
    pub(super) fn part(&self, properties: &Properties) -> String {
        let palette = palette::of(properties);
        let parts = self.numbered();
        office::fill(include_str!("styles.xml"), |name, out| {
            let _ = match name {
                "formats" => parts.formats(out),
                "fonts" => parts.fonts(&palette, &properties.brand.body_font, out),
                "fills" => parts.fills(&palette, out),
                "borders" => parts.borders(&palette, out),
                "looks" => self.looks(&parts, out),
                _ => unreachable!("the part has no place called {name}"),
            };
        })
    }

    /// What the looks are made of, each thing once.
    fn numbered(&self) -> Parts<'_> {
        let mut parts = Parts {
            formats: Vec::new(),
            fonts: vec![Font::Plain],
            fills: vec![Fill::None],
            ruled: vec![false],
            numbers: Vec::new(),
        };
        for look in &self.looks {
            let (font, fill, ruled) = look.dress.made_of();
            let numbers = [
                number_in(&mut parts.formats, &*look.code),
                number_in(&mut parts.fonts, font),
                number_in(&mut parts.fills, fill),
                number_in(&mut parts.ruled, ruled),
            ];
            parts.numbers.push(numbers);
        }
        parts
    }

    fn looks(&self, parts: &Parts<'_>, out: &mut String) -> std::fmt::Result {
        write!(out, "<cellXfs count=\"{}\">", self.looks.len() + 1)?;
        out.push_str("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
        for (look, [format, font, fill, border]) in self.looks.iter().zip(parts.numbers.iter().copied()) {
            let format = FIRST_FORMAT + format;
            // The second fill is one that every workbook has and none uses.
            let fill = if fill == 0 { 0 } else { fill + 1 };
            write!(
                out,
                "<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\""
            )?;
            out.push_str(" applyNumberFormat=\"1\"");
            for (used, word) in [(font, "Font"), (fill, "Fill"), (border, "Border")] {
                if used > 0 {
                    write!(out, " apply{word}=\"1\"")?;
                }
            }
            match look.alignment() {
                Some(alignment) => write!(out, " applyAlignment=\"1\"><alignment {alignment}/></xf>")?,
                None => out.push_str("/>"),
            }
        }
        out.push_str("</cellXfs>");
        Ok(())
    }
}

/// The number of a value in a list, to which it is added when it is new.
fn number_in<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}

/// The first number of a number format of a workbook's own.
const FIRST_FORMAT: usize = 164;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Font {
    Plain,
    Header,
    Bold,
    Title,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    None,
    Accent,
    Tint,
}

/// Number formats, fonts, fills and borders in the order in which looks use them.
struct Parts<'a> {
    formats: Vec<&'a str>,
    fonts: Vec<Font>,
    fills: Vec<Fill>,
    /// Whether there is a line above.
    ruled: Vec<bool>,
    /// Of each look, which of these it has.
    numbers: Vec<[usize; 4]>,
}

impl Parts<'_> {
    fn formats(&self, out: &mut String) -> std::fmt::Result {
        if self.formats.is_empty() {
            return Ok(());
        }
        write!(out, "<numFmts count=\"{}\">", self.formats.len())?;
        for (index, code) in self.formats.iter().enumerate() {
            write!(out, "<numFmt numFmtId=\"{}\" formatCode=\"", FIRST_FORMAT + index)?;
            xml::attribute(code, out);
            out.push_str("\"/>");
        }
        out.push_str("</numFmts>");
        Ok(())
    }

    fn fonts(&self, palette: &Palette, name: &str, out: &mut String) -> std::fmt::Result {
        write!(out, "<fonts count=\"{}\">", self.fonts.len())?;
        for font in &self.fonts {
            out.push_str(if *font == Font::Plain { "<font>" } else { "<font><b/>" });
            write!(out, "<sz val=\"{}\"/>", if *font == Font::Title { TITLE } else { TEXT })?;
            match font {
                Font::Plain | Font::Bold => out.push_str("<color theme=\"1\"/>"),
                Font::Header => out.push_str("<color rgb=\"FFFFFFFF\"/>"),
                Font::Title => write!(out, "<color rgb=\"FF{}\"/>", palette.accent)?,
            }
            out.push_str("<name val=\"");
            xml::attribute(name, out);
            out.push_str("\"/><family val=\"2\"/><scheme val=\"minor\"/></font>");
        }
        out.push_str("</fonts>");
        Ok(())
    }

    fn fills(&self, palette: &Palette, out: &mut String) -> std::fmt::Result {
        write!(out, "<fills count=\"{}\"><fill><patternFill patternType=\"none\"/></fill>", self.fills.len() + 1)?;
        out.push_str("<fill><patternFill patternType=\"gray125\"/></fill>");
        for fill in &self.fills {
            let colour = match fill {
                Fill::None => continue,
                Fill::Accent => palette.accent,
                Fill::Tint => palette.tint,
            };
            out.push_str("<fill><patternFill patternType=\"solid\">");
            write!(out, "<fgColor rgb=\"FF{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>")?;
        }
        out.push_str("</fills>");
        Ok(())
    }

    fn borders(&self, palette: &Palette, out: &mut String) -> std::fmt::Result {
        write!(out, "<borders count=\"{}\">", self.ruled.len())?;
        for ruled in &self.ruled {
            out.push_str("<border><left/><right/>");
            match ruled {
                true => write!(out, "<top style=\"thin\"><color rgb=\"FF{}\"/></top>", palette.accent)?,
                false => out.push_str("<top/>"),
            }
            out.push_str("<bottom/><diagonal/></border>");
        }
        out.push_str("</borders>");
        Ok(())
    }
}

impl Dress {
    /// Its font, its fill and whether a line stands above.
    fn made_of(self) -> (Font, Fill, bool) {
        match self {
            Dress::Plain | Dress::Wrapped => (Font::Plain, Fill::None, false),
            Dress::Bold => (Font::Bold, Fill::None, false),
            Dress::Total => (Font::Bold, Fill::Tint, true),
            Dress::HeaderLeft | Dress::HeaderRight => (Font::Header, Fill::Accent, false),
            Dress::Title => (Font::Title, Fill::None, false),
        }
    }
}

impl Look {
    /// Where the text stands in its cell, if the program does not decide it.
    fn alignment(&self) -> Option<&'static str> {
        match (self.dress, self.left) {
            (Dress::HeaderLeft, _) => Some("horizontal=\"left\" vertical=\"center\" wrapText=\"1\""),
            (Dress::HeaderRight, _) => Some("horizontal=\"right\" vertical=\"center\" wrapText=\"1\""),
            (Dress::Wrapped, true) => Some("horizontal=\"left\" vertical=\"top\" wrapText=\"1\""),
            (Dress::Wrapped, false) => Some("vertical=\"top\" wrapText=\"1\""),
            (_, true) => Some("horizontal=\"left\""),
            (_, false) => None,
        }
    }
}

/// The face of a value: which of the formats below shows it.
fn face(value: &CellValue) -> usize {
    let others = FACES - OTHERS.len();
    match value {
        CellValue::Empty | CellValue::Text(_) | CellValue::Error(_) => 0,
        CellValue::Number(number) if number.percent => 2 + usize::from(PLACES) + usize::from(shown_places(*number)),
        CellValue::Number(number) => 1 + usize::from(shown_places(*number)),
        CellValue::Bool(_) => others,
        CellValue::Date(_) => others + 1,
        CellValue::Month(_) => others + 2,
        CellValue::Moment(_) => others + 3,
    }
}

/// The number format of a face.
fn code(face: usize) -> String {
    let places = |count: usize| if count == 0 { String::new() } else { format!(".{}", "0".repeat(count)) };
    let (percents, others) = (2 + usize::from(PLACES), FACES - OTHERS.len());
    match face {
        0 => "General".to_owned(),
        _ if face >= others => OTHERS[face - others].to_owned(),
        _ if face >= percents => format!("0{}%", places(face - percents)),
        _ => format!("#,##0{}", places(face - 1)),
    }
}

/// The number format that shows a value where the cell has none of its own.
pub(super) fn code_of(value: &CellValue) -> String {
    code(face(value))
}

fn stands_left(value: &CellValue) -> bool {
    matches!(value, CellValue::Date(_) | CellValue::Month(_) | CellValue::Moment(_))
}

/// Digits after the point that a cell shows; a percentage counts them behind its own point.
fn shown_places(number: Number) -> u8 {
    if number.percent { number.places.saturating_sub(2).min(PERCENT_PLACES) } else { number.places.min(PLACES) }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

    use super::*;
    use crate::document::tests::properties;
    use crate::formats::read::zip::Archive;

    #[test]
    fn styles_have_the_numbers_that_sheets_use() {
        let mut styles = Styles::default();
        let cell = |value, format: Option<&str>| Cell { value, format: format.map(Into::into), ..Cell::default() };
        let money = cell(CellValue::Number(Number::from(3)), Some("#,##0.00\"\u{a0}€\""));
        assert_eq!(styles.number(&Cell::text("plain"), Dress::Plain), 0);
        assert_eq!(styles.number(&Cell::text("head"), Dress::HeaderLeft), 1);
        assert_eq!(styles.number(&money, Dress::Plain), 2);
        assert_eq!(styles.number(&money, Dress::Total), 3);
        assert_eq!(styles.number(&money.clone(), Dress::Plain), 2);
        assert_eq!(styles.number(&cell(CellValue::Number(Number::from(3)), None), Dress::Plain), 4);
        assert_eq!(styles.number(&cell(CellValue::Number(Number::from(3)), Some("#,##0")), Dress::Plain), 4);
        let part = styles.part(&properties());
        assert!(part.contains("<cellXfs count=\"5\">") && part.contains("<dxfs count=\"1\">"), "{part}");
        assert!(!part.contains('@') && part.contains("1F3864"), "{part}");
    }

    #[test]
    fn rust_xlsxwriter_numbers_them_alike() {
        let dresses = [
            Dress::Total,
            Dress::Title,
            Dress::HeaderRight,
            Dress::Plain,
            Dress::Bold,
            Dress::Wrapped,
            Dress::HeaderLeft,
        ];
        let codes: Vec<String> = (0..FACES).map(code).chain(["\"<&>\"0;0".to_owned()]).collect();
        let mut all = Styles::default();
        assert_eq!(all.part(&properties()), peer(&all), "none");
        for (index, code) in codes.iter().enumerate() {
            for step in 0..dresses.len() {
                let dress = dresses[(index * 3 + step) % dresses.len()];
                // A header looks the same whether its value would stand left: the crate would know one of the two.
                let headed = matches!(dress, Dress::HeaderLeft | Dress::HeaderRight);
                for left in [false, true].into_iter().filter(|left| !(headed && *left)) {
                    let look = Look { code: code.as_str().into(), dress, left };
                    let mut one = Styles::default();
                    one.add(look.clone());
                    assert_eq!(one.part(&properties()), peer(&one), "{look:?}");
                    all.add(look);
                }
            }
        }
        assert_eq!(all.part(&properties()), peer(&all));
    }

    /// The part as rust_xlsxwriter makes it: it numbers looks in the order in which cells use them.
    fn peer(styles: &Styles) -> String {
        let properties = properties();
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let mut made = || -> Result<(), XlsxError> {
            for (row, look) in styles.looks.iter().enumerate() {
                sheet.write_blank(row as u32, 0, &format(look, &palette::of(&properties)))?;
            }
            // Light red behind dark red is what spreadsheet programs offer first for what is to be noticed.
            let noticed =
                Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_font_color(Color::RGB(0x009C_0006));
            let rule = ConditionalFormatFormula::new().set_rule("1").set_format(noticed);
            sheet.add_conditional_format(0, 0, 0, 0, &rule).map(|_| ())
        };
        made().expect("these looks are within every limit");
        let package = workbook.save_to_buffer().expect("rust_xlsxwriter writes to memory");
        let archive = Archive::open(&package).expect("it is a zip archive");
        let part = archive.text("xl/styles.xml").expect("it is whole").expect("a workbook has styles");
        let font = format!("name val=\"{}\"", xml::quoted(&properties.brand.body_font));
        part.replace("name val=\"Calibri\"", &font)
    }

    fn format(look: &Look, palette: &Palette) -> Format {
        let [accent, tint] = [palette.accent, palette.tint]
            .map(|colour| Color::RGB(u32::from_str_radix(&colour.to_string(), 16).expect("colours are six digits")));
        let format = Format::new().set_num_format(&*look.code);
        let format = if look.left { format.set_align(FormatAlign::Left) } else { format };
        let header = |format: Format, side| {
            let format = format.set_bold().set_font_color(Color::White).set_background_color(accent);
            format.set_align(side).set_align(FormatAlign::VerticalCenter).set_text_wrap()
        };
        match look.dress {
            Dress::Plain => format,
            Dress::Bold => format.set_bold(),
            Dress::Total => {
                let format = format.set_bold().set_background_color(tint);
                format.set_border_top(FormatBorder::Thin).set_border_top_color(accent)
            }
            Dress::HeaderLeft => header(format, FormatAlign::Left),
            Dress::HeaderRight => header(format, FormatAlign::Right),
            Dress::Title => format.set_bold().set_font_size(TITLE).set_font_color(accent),
            Dress::Wrapped => format.set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    #[test]
    fn every_face_has_its_code() {
        let codes: Vec<String> = (0..FACES).map(code).collect();
        assert_eq!(codes[1], "#,##0");
        assert_eq!(codes[2 + usize::from(PLACES)], "0%");
        assert_eq!(codes[FACES - OTHERS.len() - 1], "0.0000%");
        assert_eq!(codes[FACES - 1], OTHERS[3]);
    }
}
