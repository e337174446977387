//! How the columns of a table share the width of the page.

use super::font::Cuts;
use super::layout::WIDTH;
use super::lines::{self, Look};
use super::table::SIDE;
use crate::document::Run;

/// What a column asks for, in thousandths of a point.
#[derive(Clone, Copy, Default)]
struct Need {
    /// Its widest cell in one line.
    whole: i32,
    /// Its widest word.
    word: i32,
}

/// The size of the text of a table and the widths of its columns, which add up to the width of the page. Text is set smaller
/// where no column could else hold its widest word.
pub(super) fn fit(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], cuts: Cuts) -> (i32, Vec<i32>) {
    let ordinary = cuts.body.body() * 92 / 100;
    let mut size = ordinary;
    loop {
        let needs = needs(header, rows, cuts, size);
        let words: i32 = needs.iter().map(|need| need.word).sum();
        if words <= WIDTH || size < ordinary * 72 / 100 {
            return (size, shared(&needs));
        }
        size -= 500;
    }
}

fn needs(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], cuts: Cuts, size: i32) -> Vec<Need> {
    let look = Look::plain(cuts, size);
    let mut needs: Vec<Need> = Vec::new();
    let head = std::iter::once((header, look.bold()));
    for (row, look) in head.chain(rows.iter().map(|row| (row.as_slice(), look))) {
        needs.resize(needs.len().max(row.len()), Need::default());
        for (need, cell) in needs.iter_mut().zip(row) {
            let (whole, word) = lines::widths(cell, look);
            need.whole = need.whole.max(whole + 2 * SIDE + 10);
            need.word = need.word.max(word + 2 * SIDE + 10);
        }
    }
    needs
}

/// Every column has its widest word; what is left goes to those that need it, then to all by what they have.
fn shared(needs: &[Need]) -> Vec<i32> {
    let sum = |of: fn(&Need) -> i32| needs.iter().map(|need| i64::from(of(need))).sum::<i64>().max(1);
    let (wholes, words, width) = (sum(|need| need.whole), sum(|need| need.word), i64::from(WIDTH));
    let share = |need: &Need| {
        let (whole, word) = (i64::from(need.whole), i64::from(need.word));
        if wholes <= width {
            whole * width / wholes
        } else if words <= width {
            word + (whole - word) * (width - words) / (wholes - words).max(1)
        } else {
            word * width / words
        }
    };
    let mut widths: Vec<i32> = needs.iter().map(|need| share(need) as i32).collect();
    let left = WIDTH - widths.iter().sum::<i32>();
    if let Some(first) = widths.first_mut() {
        *first += left;
    }
    widths
}
