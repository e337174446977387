//! Whether a wrong answer is one that people are known to give: the checks that a trap moves are lost, and hold as its world
//! would have them.

use std::cell::OnceCell;

use crate::image::script::{Objective, Target, Trap};
use crate::judge::Frame;
use crate::judge::condition::judge;
use crate::judge::pages::Pages;
use crate::judge::subject::{Subject, handed};

/// The traps whose answers were handed in.
pub(super) fn matched(objective: &Objective, frame: Frame<'_>) -> Vec<(String, String)> {
    let found = objective.traps.iter().filter(|trap| is_matched(objective, trap, frame));
    found.map(|trap| (trap.name.clone(), trap.why.clone())).collect()
}

/// Whether at least one check is lost as the trap would lose it, and none that it moves is lost in another way.
fn is_matched(objective: &Objective, trap: &Trap, frame: Frame<'_>) -> bool {
    let mut first = 0;
    let mut lost_so = 0;
    for deliver in &objective.delivers {
        let moved = trap.checks.iter().filter(|(at, _)| (first..first + deliver.checks.len()).contains(at));
        let Target::File { .. } = deliver.target else {
            first += deliver.checks.len();
            continue;
        };
        let locale = &frame.script.world.locale;
        let pages = OnceCell::from(
            handed(frame, objective, deliver).and_then(|file| Pages::read(&file.path, &file.bytes, locale)),
        );
        let subject = Subject { objective, deliver: Some(deliver), mail: None, meeting: None, pages: &pages };
        for (at, wrong) in moved {
            let held = judge(&deliver.checks[at - first].check, frame, Some(subject)).held();
            match (held, judge(wrong, frame, Some(subject)).held()) {
                (false, true) => lost_so += 1,
                (false, false) => return false,
                (true, _) => {}
            }
        }
        first += deliver.checks.len();
    }
    lost_so > 0
}
