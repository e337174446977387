//! What is lost without a secret, a change or a file that alone carries what is needed.

use std::collections::BTreeSet;

use super::Proof;
use super::bench::{Bench, Swaps, lost, named_change};
use crate::image::script::Target;
use crate::judge::answer::Piece;
use crate::run::agents::Oracle;
use crate::run::agents::oracle::knowledge::{Knowledge, Place};
use crate::run::agents::oracle::ledger::Ledger;
use crate::run::agents::oracle::tasks::{asked, facts, file_of};
use crate::value::FactId;

/// Leaves each out in turn; how many sources showed what is needed.
pub(super) fn prove(bench: &mut Bench, oracle: &Oracle, proofs: &mut Vec<Proof>) -> u64 {
    let knowledge = &*oracle.knowledge;
    let needed = needed(bench, knowledge, &oracle.ledger);
    for (id, fact) in knowledge.secrets().filter(|(id, _)| needed.contains(id)) {
        let gone = BTreeSet::from([id]);
        let name = format!("without the secret {}", fact.address);
        proofs.push(left_out(bench, oracle, name, &gone, &|_| true));
    }
    let changes: Vec<String> =
        bench.setting.script.schedule.iter().filter_map(named_change).map(str::to_owned).collect();
    for change in changes {
        let of_change = |place: &Place| matches!(place, Place::Changed { change: of, .. } if *of == change);
        let gone = carried(knowledge, &oracle.ledger, &needed, &of_change);
        let name = format!("without the change {change}");
        match gone.is_empty() {
            true => proofs.push(Proof::of("omission", name, "nothing that is asked for rests on it", false)),
            false => proofs.push(left_out(bench, oracle, name, &gone, &of_change)),
        }
    }
    for source in &knowledge.sources {
        if !matches!(source.place, Place::File(_) | Place::Handed { .. } | Place::Attached { .. } | Place::Mail(_)) {
            continue;
        }
        let only = |place: &Place| *place == source.place;
        let gone = carried(knowledge, &oracle.ledger, &needed, &only);
        if !gone.is_empty() {
            proofs.push(left_out(bench, oracle, format!("without {}", shown(&source.place)), &gone, &only));
        }
    }
    needed.iter().filter_map(|fact| oracle.ledger.source(*fact)).collect::<BTreeSet<_>>().len() as u64
}

fn shown(place: &Place) -> String {
    match place {
        Place::File(path) | Place::Changed { path, .. } => path.rsplit('/').next().unwrap_or(path).to_owned(),
        Place::Mail(id) => format!("the mail {id}"),
        Place::Attached { name, .. } | Place::Handed { name, .. } => name.clone(),
        Place::Post(channel) => format!("the channel {channel}"),
        Place::Told { person, tell } => format!("{person}.{tell}"),
    }
}

/// The facts that deliverables rest on as the oracle came by them: those she saw, and what the others follow from.
fn needed(bench: &Bench, knowledge: &Knowledge, ledger: &Ledger) -> BTreeSet<FactId> {
    let delivers = bench.setting.script.objectives.iter().flat_map(|goal| goal.delivers.iter().map(move |d| (goal, d)));
    let mut open: Vec<FactId> = Vec::new();
    for (goal, deliver) in delivers {
        open.extend(facts(&asked(&bench.setting, deliver)));
        let prints = knowledge.solutions.get(&format!("{}.{}", goal.name, deliver.name));
        open.extend(prints.into_iter().flatten().flat_map(|(_, facts)| facts));
    }
    let mut needed = BTreeSet::new();
    while let Some(fact) = open.pop() {
        if needed.insert(fact)
            && ledger.source(fact).is_none()
            && let Some(known) = knowledge.facts.get(&fact)
        {
            open.extend(known.derivation.from.iter().copied());
        }
    }
    needed
}

/// The needed facts that nothing but these sources prints.
fn carried(
    knowledge: &Knowledge,
    ledger: &Ledger,
    needed: &BTreeSet<FactId>,
    of: &dyn Fn(&Place) -> bool,
) -> BTreeSet<FactId> {
    let only_there = |fact: &&FactId| {
        let sources = knowledge.printed_in.get(*fact).into_iter().flatten();
        let mut plain = sources.filter(|number| {
            // A place that prints many facts shows what they come to.
            let prints = &knowledge.sources[**number].prints;
            prints.iter().any(|(_, facts)| facts.len() <= 3 && facts.contains(*fact))
        });
        plain.all(|number| of(&knowledge.sources[*number].place))
    };
    let seen_there = |fact: &&FactId| ledger.source(**fact).is_some_and(|number| of(&knowledge.sources[number].place));
    needed.iter().filter(seen_there).filter(only_there).copied().collect()
}

/// What is lost when these facts are not known and what shows them is not there.
fn left_out(
    bench: &mut Bench,
    oracle: &Oracle,
    name: String,
    gone: &BTreeSet<FactId>,
    of: &dyn Fn(&Place) -> bool,
) -> Proof {
    let knowledge = &*oracle.knowledge;
    let mut ledger = oracle.ledger.without(gone);
    let shows = |number: usize| {
        let source = &knowledge.sources[number];
        of(&source.place) && source.prints.iter().any(|(_, facts)| facts.iter().any(|fact| gone.contains(fact)))
    };
    ledger.follow(knowledge, &|number| !shows(number));
    let swaps = match remade(bench, knowledge, &ledger) {
        Ok(swaps) => swaps,
        Err(why) => return Proof::of("omission", name, why, false),
    };
    let (worth, graded) = bench.worth(&swaps);
    let lost: Vec<String> = graded.iter().flat_map(lost).collect();
    Proof::of("omission", name, format!("{worth}, loses {}", lost.join(", ")), !lost.is_empty())
}

/// The deliverables that cannot be as they were, made from what is still known.
fn remade(bench: &mut Bench, knowledge: &Knowledge, ledger: &Ledger) -> Result<Swaps, String> {
    let setting = std::sync::Arc::clone(&bench.setting);
    let knows = |piece: &Piece| piece.facts.iter().all(|fact| ledger.has(*fact));
    let mut swaps = Swaps::new();
    for goal in &setting.script.objectives {
        for deliver in &goal.delivers {
            let Target::File { file } = &deliver.target else { continue };
            let (name, answer) = (format!("{}.{}", goal.name, deliver.name), asked(&setting, deliver));
            let prints = knowledge.solutions.get(&name).into_iter().flatten().flat_map(|(_, facts)| facts);
            let whole = facts(&answer).iter().chain(prints).all(|fact| ledger.has(*fact));
            if !whole {
                let calls = file_of(&setting, knowledge, goal, deliver, &answer, &knows)?;
                swaps.insert(name, bench.make(&calls, file)?);
            }
        }
    }
    Ok(swaps)
}
