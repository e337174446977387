//! Which formula reads which, in an order in which each stands behind those it reads.

use std::collections::{BTreeMap, BTreeSet};

use super::reference::{Area, At};
use super::resolve::{Resolved, resolve};
use super::{Uncalculated, filled};
use crate::formats::read::workbook::{Cell, Value, Workbook};

/// Cells that all formulas together may read: a column of running sums over 10,000 rows reads 50 million.
const MOST_READS: u64 = 100_000_000;
/// Cells of an area that a formula combines with another area, row by column.
const MOST_COMBINED: u64 = 4_000_000;
/// A cell holds 32,767 letters; what may grow far beyond that is not calculated.
const LONGEST_TEXT: u64 = 1 << 18;
/// What a number, date or truth value is at most as a text.
const LONGEST_NUMBER: u64 = 32;

/// The formulas of a workbook with what they read.
pub(super) struct Graph<'a> {
    workbook: &'a Workbook,
    formulas: BTreeMap<At, Resolved>,
    /// Sheet, column and row of every formula, and of what formulas for areas fill.
    by_column: BTreeMap<(usize, u32, u32), At>,
    /// The used rows and columns of each sheet.
    used: Vec<(u32, u32)>,
}

/// A formula that is being walked through: its areas and where in them the walk stands.
struct Frame {
    at: At,
    area: usize,
    next: Option<(u32, u32)>,
}

impl<'a> Graph<'a> {
    /// Looks up what all formulas name.
    pub(super) fn new(workbook: &'a Workbook, timed: bool) -> Graph<'a> {
        let mut graph = Graph { workbook, formulas: BTreeMap::new(), by_column: BTreeMap::new(), used: Vec::new() };
        for holds in &workbook.sheets {
            let ends = holds.cells.keys().fold((0, 0), |(row, column), cell| (row.max(cell.0), column.max(cell.1)));
            graph.used.push(ends);
        }
        for (sheet, holds) in workbook.sheets.iter().enumerate() {
            for ((row, column), cell) in &holds.cells {
                let Some(formula) = &cell.formula else { continue };
                let at = At { sheet, row: *row, column: *column };
                graph.formulas.insert(at, resolve(workbook, &graph.used, at, formula, timed));
                graph.fill(at, cell.fills);
            }
        }
        graph
    }

    /// Every cell that a formula for an area fills leads to that formula.
    fn fill(&mut self, at: At, fills: Option<(u32, u32)>) {
        self.by_column.insert((at.sheet, at.column, at.row), at);
        for cell in filled(at, fills) {
            self.by_column.entry((cell.sheet, cell.column, cell.row)).or_insert(at);
        }
    }

    /// The formula of a cell, looked up.
    pub(super) fn formula(&self, at: At) -> Option<&Resolved> {
        self.formulas.get(&at)
    }

    /// The cells that are used within an area.
    fn clipped(&self, area: &Area) -> Option<Area> {
        let (row, column) = *self.used.get(area.sheet)?;
        let clipped = Area {
            sheet: area.sheet,
            rows: (area.rows.0, area.rows.1.min(row)),
            columns: (area.columns.0, area.columns.1.min(column)),
        };
        (clipped.rows.0 <= clipped.rows.1 && clipped.columns.0 <= clipped.columns.1).then_some(clipped)
    }

    /// Every formula with why it is not calculated, if it is not, each behind those it reads.
    pub(super) fn ordered(&self) -> Result<Vec<(At, Option<Uncalculated>)>, Uncalculated> {
        self.measure()?;
        let mut walk = Walk { graph: self, state: BTreeMap::new(), order: Vec::new(), lengths: BTreeMap::new() };
        for at in self.formulas.keys() {
            walk.visit(*at);
        }
        Ok(walk.order)
    }

    fn measure(&self) -> Result<(), Uncalculated> {
        let mut reads: u64 = 0;
        for formula in self.formulas.values() {
            for area in formula.areas.iter().filter_map(|area| self.clipped(area)) {
                let (rows, columns) = area.size();
                reads = reads.saturating_add(rows.saturating_mul(columns));
            }
        }
        if reads > MOST_READS { Err(Uncalculated::TooMuch(MOST_READS)) } else { Ok(()) }
    }

    /// Whether areas of different shape are combined into one that is too large.
    fn explodes(&self, formula: &Resolved) -> bool {
        let areas = || formula.areas.iter().map(Area::size);
        let rows = areas().map(|(rows, _)| rows).max().unwrap_or(0);
        let columns = areas().map(|(_, columns)| columns).max().unwrap_or(0);
        let largest = areas().map(|(rows, columns)| rows * columns).max().unwrap_or(0);
        rows * columns > MOST_COMBINED && rows * columns > 4 * largest
    }

    /// The next formula within an area behind a position.
    fn next(&self, area: &Area, after: Option<(u32, u32)>) -> Option<(At, (u32, u32))> {
        let mut from = match after {
            Some((column, row)) => (column, row.checked_add(1)?),
            None => (area.columns.0, area.rows.0),
        };
        loop {
            let found = self.by_column.range((area.sheet, from.0, from.1)..).next();
            let ((sheet, column, row), at) = found.map(|(key, at)| (*key, *at))?;
            if sheet != area.sheet || column > area.columns.1 {
                return None;
            }
            if (area.rows.0..=area.rows.1).contains(&row) {
                return Some((at, (column, row)));
            }
            from = if row < area.rows.0 { (column, area.rows.0) } else { (column + 1, area.rows.0) };
        }
    }

    /// All cells that a formula reads, and those that their formulas read, as areas; and whether any of them reads cells
    /// that stand in no formula.
    pub(super) fn precedents(&self, at: At) -> (BTreeSet<Area>, bool) {
        let mut areas = BTreeSet::new();
        let mut moving = false;
        let mut done: BTreeSet<At> = BTreeSet::new();
        let mut waiting = vec![self.by_column.get(&(at.sheet, at.column, at.row)).copied().unwrap_or(at)];
        while let Some(at) = waiting.pop() {
            let Some(formula) = self.formulas.get(&at).filter(|_| done.insert(at)) else { continue };
            moving |= formula.moving;
            for area in &formula.areas {
                if !areas.insert(*area) {
                    continue;
                }
                let mut after = None;
                while let Some((read, position)) = self.next(area, after) {
                    waiting.extend((!done.contains(&read)).then_some(read));
                    after = Some(position);
                }
            }
        }
        (areas, moving)
    }
}

/// How far the walk has come with a formula.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Done,
}

struct Walk<'g, 'a> {
    graph: &'g Graph<'a>,
    state: BTreeMap<At, State>,
    order: Vec<(At, Option<Uncalculated>)>,
    /// How long the text of a formula can be; none if it is not calculated.
    lengths: BTreeMap<At, Option<u64>>,
}

impl Walk<'_, '_> {
    /// Goes down into what a formula reads, without recursion: chains are as long as sheets.
    fn visit(&mut self, at: At) {
        if self.state.contains_key(&at) {
            return;
        }
        let mut circular = BTreeSet::new();
        let mut stack = vec![self.open(at)];
        while let Some(frame) = stack.last_mut() {
            let formula = &self.graph.formulas[&frame.at];
            let Some(area) = formula.areas.get(frame.area) else {
                let at = frame.at;
                stack.pop();
                self.close(at, circular.contains(&at));
                continue;
            };
            let Some((read, position)) = self.graph.next(area, frame.next) else {
                (frame.area, frame.next) = (frame.area + 1, None);
                continue;
            };
            frame.next = Some(position);
            match self.state.get(&read) {
                Some(State::Done) => {}
                Some(State::Open) => {
                    let ring = stack.iter().rev().map(|frame| frame.at);
                    circular.extend(ring.clone().take_while(|at| *at != read));
                    circular.insert(read);
                }
                None => stack.push(self.open(read)),
            }
        }
    }

    fn open(&mut self, at: At) -> Frame {
        self.state.insert(at, State::Open);
        Frame { at, area: 0, next: None }
    }

    fn close(&mut self, at: At, circular: bool) {
        let formula = &self.graph.formulas[&at];
        let (length, rests_on) = self.reads(formula);
        let reason = match &formula.refused {
            _ if circular => Some(Uncalculated::Circular),
            Some(reason) => Some(reason.clone()),
            None if self.graph.explodes(formula) => Some(Uncalculated::TooMuch(MOST_COMBINED)),
            None if rests_on.is_some() => rests_on.map(Uncalculated::RestsOn),
            None if length > LONGEST_TEXT => Some(Uncalculated::TooLong),
            None => None,
        };
        self.lengths.insert(at, reason.is_none().then_some(length));
        self.state.insert(at, State::Done);
        self.order.push((at, reason));
    }

    /// How long a formula's text may be, and a formula it reads that is not calculated.
    fn reads(&self, formula: &Resolved) -> (u64, Option<At>) {
        let (mut sum, mut largest) = (formula.texts as u64, LONGEST_NUMBER);
        let mut rests_on = None;
        for area in &formula.areas {
            let mut after = None;
            while let Some((read, position)) = self.graph.next(area, after) {
                after = Some(position);
                match self.lengths.get(&read) {
                    Some(Some(length)) => {
                        (sum, largest) = (sum.saturating_add(*length), largest.max(*length));
                    }
                    Some(None) => rests_on = Some(read),
                    // It is part of a ring, which the ring itself says.
                    None => {}
                }
            }
            if formula.lengthens {
                sum = sum.saturating_add(self.constants(area));
            }
        }
        let length = if formula.lengthens { sum.saturating_mul(2) } else { largest.max(sum.min(LONGEST_TEXT)) };
        (length, rests_on)
    }

    /// How long all constants within an area are.
    fn constants(&self, area: &Area) -> u64 {
        let Some((area, sheet)) = self.graph.clipped(area).zip(self.graph.workbook.sheets.get(area.sheet)) else {
            return 0;
        };
        let length = |cell: &Cell| match &cell.value {
            _ if cell.formula.is_some() => 0,
            Value::Text(text) => text.len() as u64,
            _ => LONGEST_NUMBER,
        };
        let row =
            |row: u32| sheet.cells.range((row, area.columns.0)..=(row, area.columns.1)).map(|(_, cell)| length(cell));
        (area.rows.0..=area.rows.1).flat_map(row).sum()
    }
}
