//! What a world takes, in numbers: measured on the months that its proofs live.

use rust_decimal::Decimal;

use super::month::Lived;
use crate::run::setting::Setting;

/// The numbers; a world without objectives has none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measures {
    /// What a month is worth in which nothing is done.
    pub floor: Decimal,
    /// What the oracle's month is worth.
    pub oracle: Decimal,
    /// What the clerk's month is worth, if she lived one.
    pub clerk: Option<Decimal>,
    /// How often the oracle called a tool.
    pub turns: u64,
    /// Hours of work that her calls cost, without waiting.
    pub hours: Decimal,
    /// Of all objectives, the least time in hours between the oracle's last hand-in and when it was due.
    pub slack: Option<Decimal>,
    /// From how many files, mails and people she learnt what her deliverables rest on.
    pub sources: u64,
    /// The most that any of the cheats earns, who hand in everything and know nothing.
    pub guess_rate: Decimal,
}

impl Measures {
    /// What is known once the oracle has lived her month.
    pub(super) fn of(setting: &Setting, lived: &Lived, floor: Decimal, oracle: Decimal) -> Measures {
        let turns = lived.calls.len() as u64;
        let slack = slack(setting, lived).map(hours);
        Measures { floor, oracle, turns, hours: hours(lived.worked), slack, ..Measures::default() }
    }
}

/// Seconds between the last hand-in of an objective and when it is due, where that is least.
fn slack(setting: &Setting, lived: &Lived) -> Option<i64> {
    let of_goal = |goal: &str, deliverable: &str| deliverable.split_once('.').is_some_and(|(name, _)| name == goal);
    let left = setting.script.objectives.iter().filter_map(|goal| {
        let handed_in = lived.state.hand_ins.iter().filter(|hand_in| of_goal(&goal.name, &hand_in.deliverable));
        Some(goal.due.0 - handed_in.map(|hand_in| hand_in.at.0).max()?)
    });
    left.min()
}

/// Seconds in hours, to the hundredth.
fn hours(seconds: i64) -> Decimal {
    (Decimal::from(seconds) / Decimal::from(3600)).round_dp(2).normalize()
}
