//! How the columns of a table share a width.

use crate::document::Run;

/// Fewest and most characters that count for a column: very long cells wrap.
const FEWEST: usize = 5;
const MOST: usize = 42;

/// Shares `width` among the columns of a table by their longest cells. The shares add up to `width`.
pub(crate) fn share(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>], width: u32) -> Vec<u32> {
    let needs = needs(header, rows);
    let all: usize = needs.iter().sum();
    let mut shares: Vec<u32> = needs.iter().map(|need| (width as usize * need / all.max(1)) as u32).collect();
    let left = width - shares.iter().sum::<u32>();
    if let Some(first) = shares.first_mut() {
        *first += left;
    }
    shares
}

/// Characters that each column asks for, with three for its margins.
fn needs(header: &[Vec<Run>], rows: &[Vec<Vec<Run>>]) -> Vec<usize> {
    let mut needs: Vec<usize> = Vec::new();
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        needs.resize(needs.len().max(row.len()), FEWEST);
        for (need, cell) in needs.iter_mut().zip(row) {
            let length: usize = cell.iter().map(|run| run.text.chars().count()).sum();
            *need = (*need).max(length.min(MOST));
        }
    }
    needs.iter().map(|need| need + 3).collect()
}
