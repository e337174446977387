//! The deck of the baseline.

use worldc::testing::documents::{Alignment, Block, Doc, properties, render_doc};

use crate::content;
use crate::prose::{heading, runs};

/// Eight slides: a title over five bullets, or over a table.
pub(crate) fn pptx(number: u64) -> Result<Vec<u8>, String> {
    let mut blocks = Vec::new();
    for slide in content::deck(number) {
        blocks.push(heading(1, slide.title));
        blocks.push(match slide.table {
            Some(rows) => {
                let mut rows = rows.into_iter().map(|cells| cells.into_iter().map(runs).collect());
                let header = rows.next().unwrap_or_default();
                Block::Table { header, rows: rows.collect(), alignment: vec![Alignment::Left; 4] }
            }
            None => {
                let items = slide.bullets.into_iter().map(|text| vec![Block::Paragraph { runs: runs(text) }]);
                Block::List { ordered: false, start: 1, items: items.collect() }
            }
        });
    }
    render_doc(&Doc { properties: properties("Deck", "Example"), blocks }, "pptx")
}
