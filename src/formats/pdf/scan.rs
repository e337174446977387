//! Pages that somebody printed and scanned: each is a picture, and nothing on it is text.

use sha2::{Digest, Sha256};

use super::file::SHEET;
use super::font::Used;
use super::layout::Layout;
use super::page::{Image, Page};
use crate::formats::picture::Scan;

/// Puts a picture in the place of what is drawn on each page. What a scan leaves open, how askew it lies and its specks,
/// follows from the page.
pub(super) fn pages(layout: &mut Layout) {
    let drawn = std::mem::take(&mut layout.pages);
    (layout.used, layout.images) = (Used::default(), Vec::new());
    layout.headings.clear();
    for page in drawn {
        let hash = Sha256::digest(&page.content);
        let seed = hash.iter().take(8).fold(0, |word, byte| word << 8 | u64::from(*byte));
        let mut scan = Scan::new((SHEET.width, SHEET.height), seed);
        for shape in page.shapes.iter().flatten() {
            match shape.width {
                Some(width) => shape.paths.iter().for_each(|path| scan.lines(path, width, shape.colour)),
                None => scan.fill(&shape.paths, shape.colour),
            }
        }
        let (bytes, width, height) = scan.jpeg(&layout.properties);
        let number = layout.image(Image { bytes, width, height, grey: true });
        let mut scanned = Page::default();
        scanned.image(number, SHEET);
        layout.pages.push(scanned);
    }
}
