//! Which areas a cell lies in, asked for cell after cell in the order of rows.

use crate::formats::read::calc::{Area, At};

/// Areas with something to say about their cells.
pub(super) struct Sweep<'a, T> {
    /// By their first row, the next one last.
    waiting: Vec<(&'a Area, T)>,
    here: Vec<(&'a Area, T)>,
}

impl<'a, T: Copy> Sweep<'a, T> {
    pub(super) fn new(areas: impl Iterator<Item = (&'a Area, T)>) -> Sweep<'a, T> {
        let mut waiting: Vec<(&Area, T)> = areas.collect();
        waiting.sort_by_key(|(area, _)| std::cmp::Reverse(area.rows.0));
        Sweep { waiting, here: Vec::new() }
    }

    /// What is said about a cell; rows never go back.
    pub(super) fn at(&mut self, at: At) -> impl Iterator<Item = (&'a Area, T)> {
        while let Some(area) = self.waiting.pop_if(|(area, _)| area.rows.0 <= at.row) {
            self.here.push(area);
        }
        self.here.retain(|(area, _)| area.rows.1 >= at.row);
        self.here.iter().filter(move |(area, _)| area.contains(at)).copied()
    }
}
