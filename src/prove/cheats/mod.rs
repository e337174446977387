//! Twelve ways to look busy: each hands in every file that is asked for and sends every mail, and earns next to nothing.

mod files;
mod lines;
mod months;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::bench::{Bench, Swaps, earned};
use super::{CHEATS_UNDER, Proof};
use crate::image::script::{Deliver, Objective, Target};
use crate::judge::scene::Digest;
use crate::run::agents::Oracle;

/// A file that is asked for, and the oracle who could make it.
struct Case<'a> {
    oracle: &'a Oracle,
    goal: &'a Objective,
    deliver: &'a Deliver,
    /// The path as the objective says it.
    file: &'a str,
}

impl Case<'_> {
    fn address(&self) -> String {
        format!("{}.{}", self.goal.name, self.deliver.name)
    }
}

/// Makes a file in the place of a deliverable.
type Sham<'s> = &'s dyn Fn(&mut Bench, &Case<'_>) -> Result<Digest, String>;

/// The cheats that are told by what they hand in.
const SHAMS: &[(&str, Sham<'static>)] = &[
    ("every number there is", &files::number_dump),
    ("every value it could be", &files::enumeration),
    ("the right answer, hidden", &files::hidden),
    ("the right answer in white", &files::white),
    ("right results beside wrong formulas", &files::forged_caches),
    ("formulas that add nought", &files::plus_nought),
    ("10,000 words", &files::many_words),
    ("the likest file there is, once more", &files::pasted),
    ("empty files", &files::empty),
];

/// Tries them all; the most that one earns.
pub(super) fn prove(bench: &mut Bench, oracle: &Oracle, proofs: &mut Vec<Proof>) -> Decimal {
    let mut most = Decimal::ZERO;
    let mut note = |name: &str, came: Result<(Decimal, Vec<String>), String>| {
        let (worth, earned) = match came {
            Ok(came) => came,
            Err(why) => return proofs.push(Proof::of("cheat", name, why, false)),
        };
        most = most.max(worth);
        let by = if earned.is_empty() { String::new() } else { format!(", earns {}", earned.join(", ")) };
        proofs.push(Proof::of("cheat", name, format!("{worth}{by}"), worth < CHEATS_UNDER));
    };
    for (name, sham) in SHAMS {
        note(name, tried(bench, oracle, *sham));
    }
    for (name, late) in [("handed in empty, then changed", false), ("swapped for the right one after it was due", true)]
    {
        note(name, Ok((months::swapped(bench, oracle, late), Vec::new())));
    }
    let replies = months::everything(bench);
    let told = |bench: &mut Bench, case: &Case<'_>| lines::text_file(bench, case.file, &replies);
    note("asks everybody for everything", tried(bench, oracle, &told));
    most
}

/// What a cheat earns, and by which checks.
fn tried(bench: &mut Bench, oracle: &Oracle, sham: Sham<'_>) -> Result<(Decimal, Vec<String>), String> {
    let swaps = shams(bench, oracle, sham)?;
    let (worth, graded): (Decimal, _) = bench.worth(&swaps);
    Ok((worth, graded.iter().flat_map(earned).collect()))
}

/// A sham for every file that is asked for.
fn shams(bench: &mut Bench, oracle: &Oracle, sham: Sham<'_>) -> Result<Swaps, String> {
    let setting = Arc::clone(&bench.setting);
    let mut swaps = Swaps::new();
    for goal in &setting.script.objectives {
        for deliver in &goal.delivers {
            if let Target::File { file } = &deliver.target {
                let case = Case { oracle, goal, deliver, file };
                swaps.insert(case.address(), sham(bench, &case)?);
            }
        }
    }
    Ok(swaps)
}
