//! How much of a text was copied: the share of its runs of eight words that stand in one file of the image.

use std::collections::BTreeSet;

use crate::judge::Frame;
use crate::judge::pages::Pages;
use crate::value::Number;
use crate::value::comparison::fold;

/// Words of one run.
const RUN: usize = 8;

/// The largest share found in any one file, as a number with a percent face, to four places.
pub(crate) fn share(pages: &Pages, frame: Frame<'_>) -> Number {
    let own = runs(&pages.text());
    let digests: BTreeSet<_> = frame.scene.original.iter().map(|(path, digest)| (digest, path)).collect();
    let shares = digests.into_iter().filter_map(|(digest, path)| {
        let bytes = frame.blobs.bytes(digest)?;
        let other = Pages::read(path, &bytes, &frame.script.world.locale).ok()?;
        let there = runs(&other.text());
        let copied = own.iter().filter(|run| there.contains(*run)).count();
        Some(10_000 * copied as i64 / own.len().max(1) as i64)
    });
    let most = shares.max().unwrap_or(0);
    let share = Number::from_parts(i128::from(most), 4, 4).unwrap_or(Number::ZERO);
    Number { percent: true, ..share }
}

fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    words.windows(RUN).map(|run| run.join(" ")).collect()
}
