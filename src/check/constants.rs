//! Constants: moments that are the same at every seed, calculated by the evaluator where they are not simply typed.

use crate::eval::Evaluator;
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::value::{Item, Moment, Time, Value};

use super::Checker;

/// The most turns of one family that are looked at; what a family says is clear from far fewer.
const MOST_TURNS: usize = 5_000;

/// The moment of one turn of a block.
pub(crate) struct Dated {
    /// `2026-01,4100`: which turn; empty for a block without loops.
    pub(crate) turn: String,
    pub(crate) moment: Moment,
    /// A bare day, which gets its time only with a seed.
    pub(crate) bare: bool,
}

impl Checker<'_> {
    /// When each turn of a block is dated, if no seed decides that. Turns that never happen are left out [V4].
    pub(crate) fn dated(&self, block: &Declaration, field: &FieldDeclaration) -> Option<Vec<Dated>> {
        if let Some(moment) = self.clock.moment(self.program, block, &field.value) {
            return Some(vec![Dated { turn: String::new(), moment, bare: moment.time() == Time(0) }]);
        }
        if field.draw || block.params.is_some() {
            return None;
        }
        calculated(&self.eval, block, field)
    }

    /// The moment of a block without loops, if no seed decides it.
    pub(crate) fn moment_of(&self, block: &Declaration, name: &str) -> Option<Moment> {
        let dated = self.dated(block, block.field(name)?)?;
        match dated.as_slice() {
            [one] => Some(one.moment),
            _ => None,
        }
    }

    /// Whether every turn of a block surely happens in the month, after it began.
    pub(crate) fn surely_in_month(&self, block: &Declaration, field: &FieldDeclaration) -> bool {
        let dated = self.dated(block, field);
        dated.is_some_and(|dated| !dated.is_empty() && dated.iter().all(|dated| self.is_in_month(dated)))
    }

    /// Whether a moment lies in the month, after it began; a bare day counts from the second day on.
    pub(crate) fn is_in_month(&self, dated: &Dated) -> bool {
        let Some(starts) = self.clock.starts else { return false };
        let begun = if dated.bare { dated.moment.date() > starts.date() } else { dated.moment >= starts };
        begun && Some(dated.moment.date().month()) == self.clock.month
    }
}

fn calculated(eval: &Evaluator<'_>, block: &Declaration, field: &FieldDeclaration) -> Option<Vec<Dated>> {
    let shape = eval.family(block.id, &[], block.head).ok()?;
    if shape.turns.len() > MOST_TURNS {
        return None;
    }
    let mut dated = Vec::new();
    for (index, turn) in shape.turns.iter().enumerate() {
        let item = Item { family: shape.id, index: index as u32 };
        let (moment, bare) = match eval.item_member(item, &field.name).ok()? {
            Value::Moment(moment) => (moment, false),
            Value::Date(date) => (date.at(Time(0)), true),
            Value::None => continue,
            _ => return None,
        };
        dated.push(Dated { turn: turn.label.clone(), moment, bare });
    }
    Some(dated)
}
