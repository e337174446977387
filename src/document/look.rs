//! How documents look: the colours, fonts and mark of a company, and the hand of whoever wrote them.

use std::fmt;

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

/// Every palette a spec can name.
pub(crate) const NAMED: [(&str, Palette); 7] = [
    ("house", Palette::new(0x2F5597, 0x7F8FA9, 0xE9EEF6, [0xED7D31, 0x7F7F7F, 0xBF9000, 0x548235, 0x8064A2])),
    ("navy", Palette::new(0x1F3864, 0x7B879D, 0xE4E9F2, [0x5B9BD5, 0xA5A5A5, 0xC55A11, 0x70AD47, 0x7F6084])),
    ("green", Palette::new(0x375623, 0x7E8F72, 0xE8F0E2, [0xA9D18E, 0x7F7F7F, 0xBF9000, 0x2F5597, 0xC55A11])),
    ("teal", Palette::new(0x1F5C66, 0x75949A, 0xE2EFF1, [0x5FB0BC, 0x7F7F7F, 0xBF9000, 0xC55A11, 0x548235])),
    ("burgundy", Palette::new(0x7B2C2C, 0xA08080, 0xF5E8E8, [0xD08A8A, 0x7F7F7F, 0xBF9000, 0x2F5597, 0x548235])),
    ("grey", Palette::new(0x404040, 0x8C8C8C, 0xEDEDED, [0xA6A6A6, 0x2F5597, 0xBF9000, 0x548235, 0xC55A11])),
    ("purple", Palette::new(0x4B3869, 0x8C819F, 0xECE8F3, [0xA797C7, 0x7F7F7F, 0xBF9000, 0x2F5597, 0x548235])),
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

/// How an author lays out what she writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    pub density: Density,
    /// The mark before the items of a list.
    pub bullet: char,
    /// Whether headings are numbered: `2.1 Postings`.
    pub numbered: bool,
}

impl Default for Hand {
    fn default() -> Hand {
        Hand { density: Density::Even, bullet: '•', numbered: false }
    }
}

/// How much air is between lines and around tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    Airy,
    Even,
    Dense,
}
