//! The styles of a document: one sheet for all, filled in with the company's look and the author's hand.

use std::fmt::Write;

use crate::document::Properties;
use crate::document::look::{Density, Letterhead, Palette, Tables};
use crate::formats::{office, palette, xml};

/// Distances in twentieths of a point, sizes in half points, line height in 240ths.
struct Air {
    size: u32,
    line: u32,
    after: u32,
    item: u32,
    cell: u32,
    headings: [u32; 4],
}

impl Air {
    fn of(density: Density) -> Air {
        match density {
            Density::Airy => {
                Air { size: 22, line: 312, after: 190, item: 100, cell: 75, headings: [440, 160, 340, 110] }
            }
            Density::Even => Air { size: 22, line: 271, after: 140, item: 60, cell: 40, headings: [320, 100, 250, 80] },
            Density::Dense => Air { size: 20, line: 247, after: 80, item: 20, cell: 15, headings: [220, 60, 170, 40] },
        }
    }
}

/// `word/styles.xml`.
pub(super) fn part(properties: &Properties) -> String {
    let palette = palette::of(properties);
    let (brand, hand) = (&properties.brand, properties.hand);
    let air = Air::of(hand.density);
    let [before1, after1, before2, after2] = air.headings;
    office::fill(include_str!("styles.xml"), |name, out| {
        let _ = match name {
            "accent" => write!(out, "{}", palette.accent),
            "muted" => write!(out, "{}", palette.muted),
            "language" => return xml::attribute(&properties.language, out),
            "body" => return xml::attribute(&brand.body_font, out),
            "heading" => return font(&brand.heading_font, out),
            "justified" if hand.justified => write!(out, "<w:jc w:val=\"both\"/>"),
            "number1" | "number2" | "number3" | "number4" if hand.numbered => number(name, out),
            "title" => return title(brand.letterhead, &brand.heading_font, &palette, out),
            "edge" => edge(brand.letterhead, &palette, out),
            "weight" => out.write_str(weight(brand.letterhead)),
            "ink" if brand.letterhead == Letterhead::Banded => write!(out, "262626"),
            "ink" => write!(out, "{}", palette.accent),
            "head" if hand.tables == Tables::Banded => write!(out, "FFFFFF"),
            "head" => write!(out, "{}", palette.accent),
            "table" => return table(hand.tables, &palette, out),
            "size" => write!(out, "{}", air.size),
            "small" => write!(out, "{}", air.size - 2),
            "line" => write!(out, "{}", air.line),
            "after" => write!(out, "{}", air.after),
            "item" => write!(out, "{}", air.item),
            "cell" => write!(out, "{}", air.cell),
            "before1" => write!(out, "{before1}"),
            "after1" => write!(out, "{after1}"),
            "before2" => write!(out, "{before2}"),
            "after2" => write!(out, "{after2}"),
            _ => return,
        };
    })
}

fn font(family: &str, out: &mut String) {
    let family = xml::quoted(family);
    let _ = write!(out, "<w:rFonts w:ascii=\"{family}\" w:hAnsi=\"{family}\" w:cs=\"{family}\"/>");
}

/// The level of the headings' own list; `number1` is the first.
fn number(name: &str, out: &mut String) -> std::fmt::Result {
    let level = name.trim_start_matches("number").parse().unwrap_or(1) - 1;
    write!(out, "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>", super::numbering::HEADINGS)
}

fn title(letterhead: Letterhead, family: &str, palette: &Palette, out: &mut String) {
    let Palette { accent, .. } = palette;
    let (ornament, alignment, ink, size) = match letterhead {
        Letterhead::Ruled => (
            format!("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"6\" w:color=\"{accent}\"/></w:pBdr>"),
            "",
            accent.to_string(),
            44,
        ),
        Letterhead::Banded => (band(palette), "<w:ind w:left=\"113\" w:right=\"113\"/>", "FFFFFF".to_owned(), 40),
        Letterhead::Centred => (String::new(), "<w:jc w:val=\"center\"/>", accent.to_string(), 48),
    };
    let _ = write!(
        out,
        "<w:pPr><w:keepNext/>{ornament}<w:spacing w:before=\"120\" w:after=\"320\" w:line=\"240\" w:lineRule=\"auto\"/>{alignment}</w:pPr><w:rPr>"
    );
    font(family, out);
    let _ = write!(
        out,
        "{}<w:color w:val=\"{ink}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>",
        weight(letterhead)
    );
}

/// The title's band: filled, with borders of the same colour that keep the text off its rim.
fn band(Palette { accent, .. }: &Palette) -> String {
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"{accent}\"/>");
    let sides = ["top", "left", "bottom", "right"].map(side).concat();
    format!("<w:pBdr>{sides}</w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{accent}\"/>")
}

/// What stands at the edge of a heading of the first rank.
fn edge(letterhead: Letterhead, palette: &Palette, out: &mut String) -> std::fmt::Result {
    let (side, size, colour) = match letterhead {
        Letterhead::Ruled => return Ok(()),
        Letterhead::Banded => ("left", 24, palette.accent),
        Letterhead::Centred => ("bottom", 4, palette.muted),
    };
    write!(out, "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"4\" w:color=\"{colour}\"/></w:pBdr>")
}

fn weight(letterhead: Letterhead) -> &'static str {
    match letterhead {
        Letterhead::Centred => "<w:spacing w:val=\"10\"/>",
        Letterhead::Ruled | Letterhead::Banded => "<w:b/><w:bCs/>",
    }
}

fn table(tables: Tables, Palette { accent, tint, .. }: &Palette, out: &mut String) {
    let line = |side: &str, size: u32, colour: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"{colour}\"/>")
    };
    let accented = accent.to_string();
    let fill = |colour: &str| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{colour}\"/>");
    let (borders, head, band) = match tables {
        Tables::Banded => (
            [line("top", 8, &accented), line("bottom", 8, &accented), line("insideH", 4, "D0D5DD")].concat(),
            fill(&accented),
            fill(&tint.to_string()),
        ),
        Tables::Ruled => (
            [line("top", 12, &accented), line("bottom", 12, &accented)].concat(),
            format!("<w:tcBorders>{}</w:tcBorders>", line("bottom", 6, &accented)),
            String::new(),
        ),
        Tables::Grid => (
            ["top", "left", "bottom", "right", "insideH", "insideV"].map(|side| line(side, 4, "A6A6A6")).concat(),
            fill(&tint.to_string()),
            String::new(),
        ),
    };
    let _ = write!(
        out,
        "<w:tblPr><w:tblStyleRowBandSize w:val=\"1\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr>{head}<w:vAlign w:val=\"center\"/></w:tcPr></w:tblStylePr>"
    );
    if !band.is_empty() {
        let _ = write!(out, "<w:tblStylePr w:type=\"band2Horz\"><w:tblPr/><w:tcPr>{band}</w:tcPr></w:tblStylePr>");
    }
}
