//! How cells look: the styles a workbook uses, numbered in the order of first use.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::document::{Cell, CellValue, Properties};
use crate::formats::{Unsupported, palette, unpack, xml};
use crate::value::Number;

/// Most places a number format shows; more are there in the cell, but not shown.
const PLACES: u8 = 8;
/// The same for percentages.
const PERCENT_PLACES: u8 = 4;
/// Faces of numbers and percentages with their places, of nothing in particular, and of the values below.
const FACES: usize = 1 + PLACES as usize + 1 + PERCENT_PLACES as usize + 1 + OTHERS.len();
/// Number formats of yes and no, dates, months and moments.
const OTHERS: [&str; 4] = ["\"TRUE\";\"TRUE\";\"FALSE\"", "yyyy\\-mm\\-dd", "mmm\\ yyyy", "yyyy\\-mm\\-dd\\ hh:mm"];

/// Stand for the accent and the tint in the part that is made once.
const ACCENT: u32 = 0x00AB_CDEF;
const TINT: u32 = 0x00FE_DCBA;
/// What spreadsheet programs offer first for what is to be noticed: light red behind dark red.
const NOTICED: (u32, u32) = (0x00FF_C7CE, 0x009C_0006);
/// Size of a title, in points.
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
        let at = self.looks.iter().position(|known| *known == look).unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        at as u16 + 1
    }

    /// `xl/styles.xml` in the colours and the font of a document.
    pub(super) fn part(&self, properties: &Properties) -> Result<String, Unsupported> {
        let made = MADE.with_borrow_mut(|made| self.made(made));
        let part = made.map_err(|error| Unsupported::new(format!("its styles cannot be written: {error}")))?;
        let palette = palette::of(properties);
        let font = format!("name val=\"{}\"", xml::quoted(&properties.brand.body_font));
        Ok(part
            .replace("ABCDEF", &palette.accent.to_string())
            .replace("FEDCBA", &palette.tint.to_string())
            .replace("name val=\"Calibri\"", &font))
    }

    /// The part of these looks, without a document's colours; workbooks of a kind share theirs.
    fn made(&self, made: &mut BTreeMap<Vec<Look>, Rc<str>>) -> Result<Rc<str>, XlsxError> {
        if let Some(part) = made.get(&self.looks) {
            return Ok(Rc::clone(part));
        }
        if made.len() == MOST_MADE {
            made.clear();
        }
        let part: Rc<str> = make(&self.looks)?.into();
        made.insert(self.looks.clone(), Rc::clone(&part));
        Ok(part)
    }
}

/// Style parts that a thread keeps.
const MOST_MADE: usize = 64;

thread_local! {
    /// Parts that were made before, by their looks. What a part becomes depends on nothing else.
    static MADE: RefCell<BTreeMap<Vec<Look>, Rc<str>>> = const { RefCell::new(BTreeMap::new()) };
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

/// Lets rust_xlsxwriter number the looks: it does so in the order in which cells use them.
fn make(looks: &[Look]) -> Result<String, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, look) in looks.iter().enumerate() {
        sheet.write_blank(row as u32, 0, &format(look))?;
    }
    let (ground, ink) = NOTICED;
    let noticed = Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink));
    sheet.add_conditional_format(0, 0, 0, 0, &ConditionalFormatFormula::new().set_rule("1").set_format(noticed))?;
    let package = workbook.save_to_buffer()?;
    let styles = unpack::part(&package, "xl/styles.xml");
    let styles = styles.ok_or_else(|| XlsxError::ParameterError("the package has no styles".to_owned()))?;
    Ok(String::from_utf8_lossy(&styles).into_owned())
}

fn format(look: &Look) -> Format {
    let format = Format::new().set_num_format(&*look.code);
    let format = if look.left { format.set_align(FormatAlign::Left) } else { format };
    let header = |format: Format, side| {
        let format = format.set_bold().set_font_color(Color::White).set_background_color(Color::RGB(ACCENT));
        format.set_align(side).set_align(FormatAlign::VerticalCenter).set_text_wrap()
    };
    match look.dress {
        Dress::Plain => format,
        Dress::Bold => format.set_bold(),
        Dress::Total => {
            let format = format.set_bold().set_background_color(Color::RGB(TINT));
            format.set_border_top(FormatBorder::Thin).set_border_top_color(Color::RGB(ACCENT))
        }
        Dress::HeaderLeft => header(format, FormatAlign::Left),
        Dress::HeaderRight => header(format, FormatAlign::Right),
        Dress::Title => format.set_bold().set_font_size(TITLE).set_font_color(Color::RGB(ACCENT)),
        Dress::Wrapped => format.set_text_wrap().set_align(FormatAlign::Top),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::properties;

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
        let part = styles.part(&properties()).expect("four styles are within every limit");
        assert!(part.contains("<cellXfs count=\"5\">") && part.contains("<dxfs count=\"1\">"), "{part}");
        assert!(!part.contains("ABCDEF") && part.contains("1F3864"), "{part}");
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
