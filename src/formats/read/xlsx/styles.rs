//! The formats of cells: number format, font and fill, as far as they decide what a person sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::number_format::built_in;
use crate::document::look::Colour;
use crate::formats::read::Unreadable;
use crate::formats::read::colour::{self, Theme};
use crate::formats::read::package::Package;
use crate::formats::read::xml::{Element, Node, tree};

/// The formats that the cells of a workbook name by their position.
#[derive(Clone, Debug, Default)]
pub(in crate::formats::read) struct Styles {
    formats: Vec<Format>,
    /// The formats that rules put over a cell's own.
    pub(in crate::formats::read) differences: Vec<Difference>,
    usual: Format,
}

/// How a cell is shown.
#[derive(Clone, Debug)]
pub(in crate::formats::read) struct Format {
    pub(in crate::formats::read) code: Arc<str>,
    /// None is the colour of text on screen, which is seen on anything light.
    pub(in crate::formats::read) text: Option<Colour>,
    pub(in crate::formats::read) fill: Option<Colour>,
    /// The height of the letters in hundredths of a point.
    pub(in crate::formats::read) size: i64,
}

impl Default for Format {
    fn default() -> Format {
        Format { code: "General".into(), text: None, fill: None, size: 1100 }
    }
}

/// What a rule changes in the look of a cell.
#[derive(Clone, Debug, Default)]
pub(in crate::formats::read) struct Difference {
    pub(in crate::formats::read) code: Option<Arc<str>>,
    pub(in crate::formats::read) text: Option<Colour>,
    pub(in crate::formats::read) fill: Option<Colour>,
}

impl Styles {
    /// The styles of a workbook; plain ones if it has none.
    pub(super) fn load(package: &Package, part: Option<&str>, theme: &Theme) -> Result<Styles, Unreadable> {
        let text = part.map(|part| package.text(part)).transpose()?.flatten();
        let Some(text) = text else { return Ok(Styles::default()) };
        let document = tree(&text)?;
        let root = document.root_element();
        let reader = Reader { theme, palette: palette(root), codes: codes(root) };
        let list = |name: &str, item: &'static str| {
            let nodes = root.child(name).into_iter().flat_map(move |list| list.all(item).collect::<Vec<_>>());
            nodes.collect::<Vec<_>>()
        };
        let fonts: Vec<(Option<Colour>, i64)> =
            list("fonts", "font").into_iter().map(|node| reader.font(node)).collect();
        let fills: Vec<Option<Colour>> =
            list("fills", "fill").into_iter().map(|node| reader.fill(node, "fgColor")).collect();
        let formats = list("cellXfs", "xf").into_iter().map(|node| {
            let at = |name| node.get(name).and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
            let (text, size) = fonts.get(at("fontId")).copied().unwrap_or((None, 1100));
            let code = reader.code(node.get("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0));
            Format { code, text, fill: fills.get(at("fillId")).copied().flatten(), size }
        });
        let formats = formats.collect();
        let differences = list("dxfs", "dxf").into_iter().map(|node| reader.difference(node)).collect();
        Ok(Styles { formats, differences, usual: Format::default() })
    }

    /// The format at a position.
    pub(in crate::formats::read) fn format(&self, at: u32) -> &Format {
        self.formats.get(at as usize).unwrap_or(&self.usual)
    }
}

struct Reader<'a> {
    theme: &'a Theme,
    palette: Vec<Colour>,
    codes: BTreeMap<u32, Arc<str>>,
}

impl Reader<'_> {
    fn code(&self, id: u32) -> Arc<str> {
        self.codes.get(&id).cloned().unwrap_or_else(|| built_in(id).unwrap_or("General").into())
    }

    fn font(&self, node: Node<'_>) -> (Option<Colour>, i64) {
        let size =
            node.child("sz").and_then(|size| colour::thousandths(size.get("val")?)).map_or(1100, |size| size / 10);
        (node.child("color").and_then(|node| self.colour(node)), size)
    }

    /// The colour of a filled cell; rules keep it in the other of the two colours of a pattern.
    fn fill(&self, node: Node<'_>, which: &str) -> Option<Colour> {
        if let Some(gradient) = node.child("gradientFill") {
            return gradient.path(&["stop", "color"]).and_then(|node| self.colour(node));
        }
        let pattern = node.child("patternFill")?;
        match (pattern.get("patternType"), which) {
            (Some("none"), _) | (None, "fgColor") => None,
            (Some("solid"), _) => {
                pattern.child("fgColor").or(pattern.child("bgColor")).and_then(|node| self.colour(node))
            }
            _ => pattern.child(which).and_then(|node| self.colour(node)),
        }
    }

    fn difference(&self, node: Node<'_>) -> Difference {
        Difference {
            code: node.child("numFmt").and_then(|node| node.get("formatCode")).map(Into::into),
            text: node.path(&["font", "color"]).and_then(|node| self.colour(node)),
            fill: node.child("fill").and_then(|node| self.fill(node, "bgColor")),
        }
    }

    fn colour(&self, node: Node<'_>) -> Option<Colour> {
        let base = if let Some(rgb) = node.get("rgb") {
            colour::hex(rgb)
        } else if let Some(place) = node.get("theme") {
            self.theme.at(place.parse().ok()?)
        } else {
            self.palette.get(node.get("indexed")?.parse::<usize>().ok()?).copied()
        };
        let tint = node.get("tint").and_then(colour::thousandths).unwrap_or(0);
        base.map(|base| colour::tinted(base, tint))
    }
}

fn codes(root: Node<'_>) -> BTreeMap<u32, Arc<str>> {
    let list = root.child("numFmts");
    let nodes = list.iter().flat_map(|list| list.all("numFmt"));
    nodes.filter_map(|node| Some((node.get("numFmtId")?.parse().ok()?, node.get("formatCode")?.into()))).collect()
}

/// The colours that are named by number: those of the file, or the 64 that every program knows (ECMA-376, 18.8.27).
fn palette(root: Node<'_>) -> Vec<Colour> {
    const BASE: [u32; 8] = [0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF];
    const MORE: [u32; 48] = [
        0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC,
        0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000,
        0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF,
        0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300,
        0x993300, 0x993366, 0x333399, 0x333333,
    ];
    let own = root.path(&["colors", "indexedColors"]);
    let own: Vec<Colour> = own
        .iter()
        .flat_map(|list| list.all("rgbColor"))
        .filter_map(|node| node.get("rgb").and_then(colour::hex))
        .collect();
    match own.is_empty() {
        true => BASE
            .iter()
            .chain(&BASE)
            .chain(&MORE)
            .map(|digits| Colour::of(*digits))
            .chain([colour::BLACK, colour::WHITE])
            .collect(),
        false => own,
    }
}
