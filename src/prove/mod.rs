//! Proofs of a world [R1], [R3]: what nobody did is worth nothing, the honest oracle is worth all, and every check tells right
//! from wrong. A month is lived once by the oracle; what is left out, wrong or sham is then put into the scenes of that
//! month and judged as a grade would.
//!
//! | file | is |
//! |---|---|
//! | `month` | a month lived in memory |
//! | `bench` | the scenes of the oracle's month with other hand-ins, judged |
//! | `omissions` | what is lost without a secret, a change, a file |
//! | `wrongs` `predictions` | planted wrong answers and the traps, and what each must lose |
//! | `cheats` | twelve ways to look busy |
//! | `clerk` | diligence without understanding |
//! | `measures` | what the world takes: turns, hours, sources |
//! | `report` | `proofs.json`, and a table |

mod bench;
mod cheats;
mod clerk;
mod measures;
mod month;
mod omissions;
mod predictions;
mod report;
mod wrongs;

use std::sync::Arc;

pub(crate) use measures::Measures;
use rust_decimal::Decimal;

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::run::agents::{Idle, Oracle};
use crate::run::setting::Setting;

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// `oracle`, `idle`, `omission`, `wrong`, `trap`, `cheat`, `clerk`.
    pub kind: &'static str,
    /// What was tried.
    pub name: String,
    /// What came of it.
    pub came: String,
    pub holds: bool,
}

/// All that was tried on a world.
#[derive(Clone, Debug)]
pub(crate) struct Proofs {
    pub root: String,
    /// The edition of the rules under which it was graded.
    pub grader: String,
    pub measures: Measures,
    pub proofs: Vec<Proof>,
}

impl Proofs {
    pub(crate) fn hold(&self) -> bool {
        self.proofs.iter().all(|proof| proof.holds)
    }

    /// What does not hold, by name.
    pub(crate) fn failed(&self) -> Vec<String> {
        let failed = self.proofs.iter().filter(|proof| !proof.holds);
        failed.map(|proof| format!("{}: {}", proof.kind, proof.name)).collect()
    }
}

/// Cheats stay under this.
const CHEATS_UNDER: Decimal = Decimal::from_parts(3, 0, 0, false, 1);

/// Proves a world; `clerk` lets the clerk live a month too. A world without objectives has nothing to prove.
pub(crate) fn prove(image: Image, clerk: bool) -> Result<Proofs, Diagnostic> {
    let root = image.root().to_owned();
    let setting = Arc::new(Setting::of(image, false)?);
    let mut proofs = Vec::new();
    let mut measures = Measures::default();
    if !setting.script.objectives.is_empty() {
        let facts = crate::grade::facts(&setting.image)?;
        let clerk = clerk.then(|| clerk::prove(&setting, &facts, &mut proofs));
        let idle = month::live(&setting, &mut Idle);
        let floor = idle.worth(&setting, &facts);
        proofs.push(Proof::of("idle", "does nothing", floor.to_string(), floor.is_zero()));
        let mut oracle = Oracle::of(Arc::clone(&setting))?;
        let lived = month::live(&setting, &mut oracle);
        let worth = lived.worth(&setting, &facts);
        let honest = worth == Decimal::ONE && oracle.faults.is_empty();
        proofs.push(Proof::of("oracle", "sees and does everything", came(worth, &oracle.faults), honest));
        let again = month::again(&setting, &lived);
        let same = if again { "the same state" } else { "another state" };
        proofs.push(Proof::of("oracle", "her month lived again", same, again));
        measures = Measures { clerk, ..Measures::of(&setting, &lived, floor, worth) };
        let mut bench = bench::Bench::of(&setting, &facts, lived);
        measures.sources = omissions::prove(&mut bench, &oracle, &mut proofs);
        wrongs::prove(&mut bench, &oracle.knowledge, &mut proofs);
        measures.guess_rate = cheats::prove(&mut bench, &oracle, &mut proofs);
    }
    Ok(Proofs { root, grader: grader(), measures, proofs })
}

/// The edition of everything that decides a grade.
fn grader() -> String {
    format!("grader 1, {}", crate::run::rules::edition())
}

fn came(worth: Decimal, faults: &[String]) -> String {
    match faults.first() {
        Some(fault) => format!("{worth}; {fault}"),
        None => worth.to_string(),
    }
}

impl Proof {
    fn of(kind: &'static str, name: impl Into<String>, came: impl Into<String>, holds: bool) -> Proof {
        Proof { kind, name: name.into(), came: came.into(), holds }
    }
}
