//! The clerk's month: long, mostly new to her, and worth something but not much.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Proof, month};
use crate::judge::facts::Facts;
use crate::run::agents::Clerk;
use crate::run::orientation;
use crate::run::setting::Setting;
use crate::run::tools;

/// Turns that her month has at least.
const TURNS: usize = 2_000;
/// Of so many turns at most one reads again what was read and has not changed.
const REPEATED: usize = 5;
/// What her work is worth lies between these.
const WORTH: (Decimal, Decimal) = (Decimal::from_parts(5, 0, 0, false, 2), Decimal::from_parts(8, 0, 0, false, 1));

/// Lets her live the month; what it is worth.
pub(super) fn prove(setting: &Arc<Setting>, facts: &Facts, proofs: &mut Vec<Proof>) -> Decimal {
    let lived = month::live(setting, &mut Clerk::of(&orientation::text(setting)));
    let mut seen = BTreeSet::new();
    let reads = lived.calls.iter().filter(|(tool, arguments)| {
        arguments.get("path").is_some() && tools::find(tool).is_some_and(|tool| tool.reads)
    });
    let repeated = reads.filter(|(tool, arguments)| !seen.insert((tool.as_str(), arguments.to_string()))).count();
    let (turns, worth) = (lived.calls.len(), lived.worth(setting, facts));
    let long = turns >= TURNS && repeated * REPEATED <= turns;
    proofs.push(Proof::of("clerk", "her month", format!("{turns} turns, {repeated} repeated reads"), long));
    let little = (WORTH.0..=WORTH.1).contains(&worth);
    proofs.push(Proof::of("clerk", "what it is worth", worth.to_string(), little));
    worth
}
