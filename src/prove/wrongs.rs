//! Planted wrong answers: each check must lose by one of them, and each trap must lose exactly the checks whose expected
//! values rest on what it replaces.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bench::{Bench, Swaps, lost};
use super::{Proof, predictions};
use crate::image::script::{Condition, Deliver, Judged, Objective, Target, Trap};
use crate::judge::answer::{Answer, Piece, build, planted};
use crate::judge::scene::{Digest, Scene, Sent};
use crate::run::agents::oracle::draft::again;
use crate::run::agents::oracle::knowledge::Knowledge;
use crate::run::agents::oracle::tasks::{concrete, file_of};
use crate::run::tool::Store;

/// Plants every wrong answer.
pub(super) fn prove(bench: &mut Bench, knowledge: &Knowledge, proofs: &mut Vec<Proof>) {
    let setting = Arc::clone(&bench.setting);
    for (at, goal) in setting.script.objectives.iter().enumerate() {
        for deliver in &goal.delivers {
            match &deliver.target {
                Target::File { file } => in_file(bench, knowledge, (at, goal, deliver, file), proofs),
                Target::Mail { .. } | Target::Meeting { .. } => by_deed(bench, at, goal, deliver, proofs),
            }
        }
        for milestone in &goal.milestones {
            let broken = vandalised(bench, at).into_iter().any(|scene| {
                let graded = bench.judge(at, &scene);
                lost(&graded).iter().any(|lost| *lost == format!("{} 1", milestone.name))
            });
            proofs.push(killed(&format!("{}.{}", goal.name, milestone.name), &milestone.by.iso(), broken));
        }
        for guard in &goal.guards {
            let broken = vandalised(bench, at).into_iter().any(|scene| {
                let graded = bench.judge(at, &scene);
                graded.guards.iter().any(|row| row.sentence == guard.sentence && !row.verdict.held())
            });
            proofs.push(killed(&goal.name, &guard.sentence, broken));
        }
        for number in 0..goal.traps.len() {
            proofs.push(trapped(bench, knowledge, (at, goal), &goal.traps[number]));
        }
    }
}

fn killed(name: &str, check: &str, killed: bool) -> Proof {
    let came = if killed { "lost" } else { "no planted wrong answer loses it" };
    Proof::of("wrong", format!("{name}: {check}"), came, killed)
}

/// Each check of a file, with the wrong answer to it in an otherwise right file.
fn in_file(
    bench: &mut Bench,
    knowledge: &Knowledge,
    (at, goal, deliver, file): (usize, &Objective, &Deliver, &str),
    proofs: &mut Vec<Proof>,
) {
    let composed = Deliver { solution: None, ..deliver.clone() };
    let name = format!("{}.{}", goal.name, deliver.name);
    for (number, check) in deliver.checks.iter().enumerate() {
        let shown = format!("{}: {}", name, check.sentence.chars().take(90).collect::<String>());
        let Some(wrong) = planted(&check.check) else {
            proofs.push(Proof::of("wrong", shown, "no wrong answer to it is known", false));
            continue;
        };
        let answer = with_wrong(bench, &deliver.checks, number, &wrong);
        let made = file_of(&bench.setting.clone(), knowledge, goal, &composed, &answer, &|_: &Piece| true)
            .and_then(|calls| bench.make(&calls, file));
        match made {
            Ok(digest) => {
                let scene = bench.scene(at, &Swaps::from([(name.clone(), digest)]));
                let lost = lost(&bench.judge(at, &scene));
                let predicted = predictions::of_wrong(bench, goal, deliver, (number, &wrong));
                proofs.push(compared("wrong", shown, lost.into_iter().collect(), &predicted));
            }
            Err(why) => proofs.push(Proof::of("wrong", shown, why, false)),
        }
    }
}

/// What all checks ask for, one of them answered wrongly.
fn with_wrong(bench: &Bench, checks: &[Judged], number: usize, wrong: &Condition) -> Answer {
    let mut answer = Answer::default();
    for (at, check) in checks.iter().enumerate() {
        let condition = if at == number { wrong } else { &check.check };
        build(condition, &bench.setting.script, &mut answer);
    }
    // A text of the wrong length is short, or long where short ones are right.
    if let Some((least, most)) = measured(bench, &checks[number].check)
        && least < 60
    {
        match is_words(&checks[number].check) {
            true => answer.words = Some((most.saturating_add(200), u64::MAX)),
            false if least < 4 => answer.slides = Some((most.saturating_add(3), u64::MAX)),
            false => {}
        }
    }
    answer
}

fn measured(bench: &Bench, check: &Condition) -> Option<(u64, u64)> {
    let mut answer = Answer::default();
    match check {
        Condition::Compare { .. } => build(check, &bench.setting.script, &mut answer),
        _ => return None,
    }
    answer.words.or(answer.slides)
}

fn is_words(check: &Condition) -> bool {
    matches!(check, Condition::Compare { left, .. } if matches!(&**left, Condition::Word { name, .. } if name == "words"))
}

/// The checks of a mail or meeting: something else was sent or booked.
fn by_deed(bench: &Bench, at: usize, goal: &Objective, deliver: &Deliver, proofs: &mut Vec<Proof>) {
    for (number, check) in deliver.checks.iter().enumerate() {
        let row = format!("{} {}", deliver.name, number + 1);
        let broken = vandalised(bench, at).into_iter().any(|scene| lost(&bench.judge(at, &scene)).contains(&row));
        proofs.push(killed(&format!("{}.{}", goal.name, deliver.name), &check.sentence, broken));
    }
}

/// Scenes in which other things were done: nothing attached, everything attached for everybody, nothing told, meetings of
/// a minute, files altered or gone.
fn vandalised(bench: &Bench, at: usize) -> Vec<Scene> {
    let scene = || bench.scene(at, &Swaps::new());
    let change = |change: &dyn Fn(&mut Scene)| {
        let mut scene = scene();
        change(&mut scene);
        scene
    };
    let script = &bench.setting.script;
    let everybody: Vec<String> = script.people.iter().map(|person| person.email.to_lowercase()).collect();
    let bare = change(&|scene| scene.sent.iter_mut().for_each(|mail| mail.attachments.clear()));
    let silent = change(&|scene| {
        scene.sent.clear();
        scene.told.clear();
        scene.meetings.clear();
    });
    let short = change(&|scene| scene.meetings.iter_mut().for_each(|meeting| meeting.lasts = 60));
    let altered = change(&|scene| {
        let other: Digest = "0".repeat(64).into();
        for path in scene.original.keys().cloned().collect::<Vec<_>>() {
            if let Some(file) = scene.files.get_mut(&path) {
                file.digest = other.clone();
            }
        }
    });
    let given_away = change(&|scene| {
        let files = scene.hand_ins.iter().map(|hand_in| (name_of(&hand_in.path), hand_in.digest.clone()));
        let mut attachments: Vec<(String, Digest)> = files.collect();
        for goal in &script.objectives {
            for deliver in &goal.delivers {
                let Target::File { file } = &deliver.target else { continue };
                let path = concrete(file);
                let standing = scene.files.get(&path).map(|standing| (name_of(&path), standing.digest.clone()));
                attachments.extend(standing);
            }
        }
        let sent = scene.sent.iter().map(|mail| Sent { attachments: attachments.clone(), ..mail.clone() });
        let all = sent.map(|mail| Sent { to: everybody.clone(), ..mail }).collect();
        scene.sent = all;
    });
    vec![bare, silent, short, altered, given_away]
}

fn name_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// What somebody hands in who believes a trap: she loses what rests on it, and nothing else.
fn trapped(bench: &mut Bench, knowledge: &Knowledge, (at, goal): (usize, &Objective), trap: &Trap) -> Proof {
    let name = format!("{}: {} ({})", goal.name, trap.name, trap.why);
    let swaps = match believed(bench, knowledge, goal, trap) {
        Ok(swaps) => swaps,
        Err(why) => return Proof::of("trap", name, why, false),
    };
    let scene = bench.scene(at, &swaps);
    let came: BTreeSet<String> = lost(&bench.judge(at, &scene)).into_iter().collect();
    compared("trap", name, came, &predictions::of_trap(bench, goal, trap))
}

/// Whether the checks that are lost are the ones that must be.
fn compared(kind: &'static str, name: String, came: BTreeSet<String>, predicted: &BTreeSet<String>) -> Proof {
    let list = |set: &BTreeSet<String>| match set.is_empty() {
        true => "nothing".to_owned(),
        false => set.iter().cloned().collect::<Vec<_>>().join(", "),
    };
    let said = match came == *predicted {
        true => format!("loses {}", list(&came)),
        false => format!("loses {}, not {}", list(&came), list(predicted)),
    };
    Proof::of(kind, name, said, came == *predicted && !came.is_empty())
}

/// The files of one who believes a trap.
fn believed(bench: &mut Bench, knowledge: &Knowledge, goal: &Objective, trap: &Trap) -> Result<Swaps, String> {
    let setting = Arc::clone(&bench.setting);
    let mut swaps = Swaps::new();
    let mut count = 0;
    for (at, deliver) in goal.delivers.iter().enumerate() {
        let first = count;
        count += deliver.checks.len();
        let Target::File { file } = &deliver.target else { continue };
        let name = format!("{}.{}", goal.name, deliver.name);
        let solution = trap.solutions.get(at).cloned().flatten();
        if let Some(bytes) = solution.and_then(|digest| crate::judge::scene::Blobs::bytes(&*setting, &digest)) {
            let path = concrete(file);
            let calls = again(&path, &setting.paths.shown(&path), &bytes, &|_| true)?;
            swaps.insert(name, bench.make(&calls, file)?);
            continue;
        }
        let mut answer = Answer::default();
        let mut touched = false;
        for (number, check) in deliver.checks.iter().enumerate() {
            let wrong = trap.checks.iter().find(|(other, _)| *other == first + number).map(|(_, wrong)| wrong);
            touched |= wrong.is_some();
            build(wrong.unwrap_or(&check.check), &setting.script, &mut answer);
        }
        if touched {
            let calls = file_of(&setting, knowledge, goal, deliver, &answer, &|_: &Piece| true)?;
            swaps.insert(name, bench.make(&calls, file)?);
        }
    }
    Ok(swaps)
}

/// Keeps bytes that no tool made.
pub(super) fn keep(bench: &mut Bench, bytes: &[u8]) -> Digest {
    bench.store.keep(bytes)
}
