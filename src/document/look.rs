//! How documents look: the colours, fonts and mark of a company, and the hand of whoever wrote them.

use std::fmt;

use crate::value::Date;
use crate::value::language::Language;

/// Red, green and blue, 0 to 255. Prints as six hexadecimal digits: `2F5597`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour of `0xRRGGBB`.
    pub(crate) const fn of(digits: u32) -> Colour {
        Colour((digits >> 16) as u8, (digits >> 8) as u8, digits as u8)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// One dark accent, what goes with it, and the series of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Headings, filled header rows, the first series of a chart.
    pub accent: Colour,
    /// Lines and second-rank text.
    pub muted: Colour,
    /// Bands and shaded areas behind dark text.
    pub tint: Colour,
    /// Series of a chart, in order.
    pub series: [Colour; 6],
}

impl Palette {
    const fn new(accent: u32, muted: u32, tint: u32, series: [u32; 5]) -> Palette {
        let [second, third, fourth, fifth, sixth] = series;
        let series = [accent, second, third, fourth, fifth, sixth];
        let mut colours = [Colour(0, 0, 0); 6];
        let mut at = 0;
        while at < series.len() {
            colours[at] = Colour::of(series[at]);
            at += 1;
        }
        Palette { accent: Colour::of(accent), muted: Colour::of(muted), tint: Colour::of(tint), series: colours }
    }

    /// The palette of a name a spec may give (`navy`); nothing for an unknown one.
    pub(crate) fn named(name: &str) -> Option<Palette> {
        NAMED.iter().find(|(known, _)| *known == name).map(|(_, palette)| *palette)
    }
}

/// Every palette a spec can name. Accents are dark enough for white text on them.
pub(crate) const NAMED: [(&str, Palette); 18] = [
    ("house", Palette::new(0x2F5597, 0x7F8FA9, 0xE9EEF6, [0xED7D31, 0x7F7F7F, 0xBF9000, 0x548235, 0x8064A2])),
    ("navy", Palette::new(0x1F3864, 0x7B879D, 0xE4E9F2, [0x5B9BD5, 0xA5A5A5, 0xC55A11, 0x70AD47, 0x7F6084])),
    ("green", Palette::new(0x375623, 0x7E8F72, 0xE8F0E2, [0xA9D18E, 0x7F7F7F, 0xBF9000, 0x2F5597, 0xC55A11])),
    ("teal", Palette::new(0x1F5C66, 0x75949A, 0xE2EFF1, [0x5FB0BC, 0x7F7F7F, 0xBF9000, 0xC55A11, 0x548235])),
    ("burgundy", Palette::new(0x7B2C2C, 0xA08080, 0xF5E8E8, [0xD08A8A, 0x7F7F7F, 0xBF9000, 0x2F5597, 0x548235])),
    ("grey", Palette::new(0x404040, 0x8C8C8C, 0xEDEDED, [0xA6A6A6, 0x2F5597, 0xBF9000, 0x548235, 0xC55A11])),
    ("purple", Palette::new(0x4B3869, 0x8C819F, 0xECE8F3, [0xA797C7, 0x7F7F7F, 0xBF9000, 0x2F5597, 0x548235])),
    ("ocean", Palette::new(0x005A8C, 0x6F93A8, 0xE0EFF7, [0x4FA8D8, 0xF2A33A, 0x7F7F7F, 0x548235, 0xA3401F])),
    ("rust", Palette::new(0xA3401F, 0xA88A7D, 0xF8E9E2, [0xE08A5B, 0x4A4A4A, 0xBF9000, 0x1F5C66, 0x7F7F7F])),
    ("plum", Palette::new(0x6B2149, 0x9A7F8E, 0xF3E4EC, [0xC778A0, 0x7F7F7F, 0xBF9000, 0x1F5C66, 0x548235])),
    ("olive", Palette::new(0x5C5A1E, 0x908F70, 0xF1F0DE, [0xB7B34A, 0x7F7F7F, 0xA3401F, 0x2F5597, 0x4B3869])),
    ("slate", Palette::new(0x37474F, 0x84939B, 0xE6ECEF, [0x90A4AE, 0xF2A33A, 0x1F5C66, 0xA3401F, 0x7F7F7F])),
    ("crimson", Palette::new(0xA8122A, 0xA3868B, 0xFBE5E8, [0xE5808F, 0x404040, 0xBF9000, 0x1F3864, 0x7F7F7F])),
    ("indigo", Palette::new(0x2E2A72, 0x83819F, 0xE7E6F4, [0x8581D1, 0xF2A33A, 0x7F7F7F, 0x1F5C66, 0xA8122A])),
    ("ochre", Palette::new(0x8A5A00, 0xA0906F, 0xFAF0DC, [0xD9A441, 0x404040, 0x1F5C66, 0xA3401F, 0x7F7F7F])),
    ("emerald", Palette::new(0x00695C, 0x6F9A94, 0xDFF2EF, [0x4DB6AC, 0xF2A33A, 0x7F7F7F, 0x2E2A72, 0xA3401F])),
    ("orange", Palette::new(0xB8480A, 0xA88B78, 0xFCEBDD, [0xF2A33A, 0x404040, 0x1F5C66, 0x4B3869, 0x7F7F7F])),
    ("magenta", Palette::new(0x9C1F6A, 0xA37F94, 0xF9E3F0, [0xD97FB5, 0x404040, 0x1F5C66, 0xBF9000, 0x7F7F7F])),
];

/// What tells one company's documents from another's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    pub company: String,
    pub palette: Palette,
    /// Font families, as an office suite names them.
    pub heading_font: String,
    pub body_font: String,
    /// The line at the foot of every page; empty for none.
    pub footer: String,
    /// The one to three letters of the logo.
    pub monogram: String,
    pub mark: Mark,
    pub letterhead: Letterhead,
}

impl Brand {
    /// The look of a company that has not decided on one: house colours, Calibri, initials in a square.
    pub(crate) fn plain(company: &str) -> Brand {
        let initials = company.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_alphabetic());
        Brand {
            company: company.to_owned(),
            palette: NAMED[0].1,
            heading_font: "Calibri".to_owned(),
            body_font: "Calibri".to_owned(),
            footer: String::new(),
            monogram: initials.take(2).collect(),
            mark: Mark::Square,
            letterhead: Letterhead::Ruled,
        }
    }
}

/// The shape behind the letters of a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Square,
    Circle,
    /// A bar left of the letters.
    Bar,
    Diamond,
    Hexagon,
}

/// How the head of a page and its title are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letterhead {
    /// The company on the left, a line below the title.
    Ruled,
    /// The company on the right, the title light on a band of the accent.
    Banded,
    /// The company in the middle, the title below it without an ornament.
    Centred,
}

/// How an author lays out what she writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    pub density: Density,
    /// The mark before the items of a list.
    pub bullet: char,
    /// Whether headings are numbered: `2.1 Postings`.
    pub numbered: bool,
    pub tables: Tables,
    /// Whether lines end at both margins.
    pub justified: bool,
    pub dates: Dates,
}

impl Default for Hand {
    fn default() -> Hand {
        Hand {
            density: Density::Even,
            bullet: '•',
            numbered: false,
            tables: Tables::Banded,
            justified: false,
            dates: Dates::Long,
        }
    }
}

/// How much air is between lines and around tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    Airy,
    Even,
    Dense,
}

/// How tables are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// A filled header, every second row tinted.
    Banded,
    /// Lines above and below, none between columns.
    Ruled,
    /// A line around every cell.
    Grid,
}

/// How somebody writes a day where no filter decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// `4 March 2026`, in the words of the document's language.
    Long,
    /// `04.03.2026`, `04/03/2026`, in America `03/04/2026`.
    Short,
    /// `2026-03-04`
    Iso,
}

impl Dates {
    /// A day in this style; `language` is a BCP 47 tag, English where its words are not known.
    pub(crate) fn print(self, day: Date, language: &str) -> String {
        match self {
            Dates::Long => Language::named(language).or(Language::named("en")).map_or(String::new(), |it| it.day(day)),
            Dates::Short => short(day, language),
            Dates::Iso => day.to_string(),
        }
    }
}

/// A day in digits, as the language's countries order and part them.
fn short(day: Date, language: &str) -> String {
    let (year, month, day) = day.ymd();
    if language == "en-US" {
        return format!("{month:02}/{day:02}/{year:04}");
    }
    let mark = match language.split('-').next() {
        Some("en" | "es" | "fr" | "it" | "pt") => '/',
        Some("nl") => '-',
        _ => '.',
    };
    format!("{day:02}{mark}{month:02}{mark}{year:04}")
}
