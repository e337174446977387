//! Every text a document shows.

use super::font::{Cut, Cuts};
use super::letters;
use crate::document::picture::Picture;
use crate::document::{Block, Chart, Doc, Run};

/// The first letter that cannot be written in the cuts it would be shown in.
pub(super) fn unknown(doc: &Doc, cuts: Cuts) -> Option<char> {
    let properties = &doc.properties;
    let brand = &properties.brand;
    let edges =
        [&properties.title, &properties.company, &properties.author, &brand.company, &brand.footer, &brand.monogram];
    let mut search = Search { cuts, found: None };
    edges.into_iter().for_each(|text| search.text(text));
    search.blocks(&doc.blocks);
    search.found
}

struct Search {
    cuts: Cuts,
    found: Option<char>,
}

impl Search {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { runs, .. } | Block::Paragraph { runs } => self.runs(runs),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Table { header, rows, .. } => {
                    header.iter().chain(rows.iter().flatten()).for_each(|cell| self.runs(cell));
                }
                Block::Quote { blocks } => self.blocks(blocks),
                Block::Code { text, .. } => self.text(text),
                Block::Chart { chart } => self.chart(chart),
                Block::Picture { picture, alt, .. } => {
                    self.text(alt);
                    if let Picture::Chart(chart) = &**picture {
                        self.chart(chart);
                    }
                }
                Block::Rule | Block::PageBreak => {}
            }
        }
    }

    fn chart(&mut self, chart: &Chart) {
        self.text(&chart.title);
        chart.categories.iter().for_each(|category| self.text(category));
        chart.series.iter().for_each(|series| self.text(&series.name));
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            self.text(&run.text);
            run.footnote.iter().for_each(|note| self.runs(note));
        }
    }

    fn text(&mut self, text: &str) {
        if self.found.is_some() || text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            return;
        }
        let all: [Cut; 3] = self.cuts.all();
        self.found = all.into_iter().find_map(|cut| letters::codes(text, cut, |_| ()));
    }
}
