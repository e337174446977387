//! The scenes of the oracle's month, with other things handed in: what they are worth then.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::month::Lived;
use crate::grade::{self, Graded};
use crate::image::script::{Condition, Objective, Scheduled, Target};
use crate::judge::Frame;
use crate::judge::condition::holds;
use crate::judge::deliverable::Row;
use crate::judge::facts::Facts;
use crate::judge::scene::{Digest, HandIn, Scene};
use crate::run::agents::oracle::draft::Call;
use crate::run::agents::oracle::tasks::concrete;
use crate::run::session;
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::run::store::MemoryStore;

/// A place to try hand-ins.
pub(super) struct Bench {
    pub setting: Arc<Setting>,
    facts: Facts,
    /// The month as it begins: where files are made.
    start: State,
    pub store: MemoryStore,
    /// What there was when each objective was due, in their order.
    scenes: Vec<Arc<Scene>>,
}

/// Files that are handed in instead of the oracle's, by the address of their deliverable.
pub(super) type Swaps = BTreeMap<String, Digest>;

impl Bench {
    pub(super) fn of(setting: &Arc<Setting>, facts: &Facts, lived: Lived) -> Bench {
        let end = Arc::new(lived.state.scene(setting));
        let at = |goal: &Objective| lived.state.frozen.get(&goal.name).unwrap_or(&end).clone();
        let scenes = setting.script.objectives.iter().map(at).collect();
        let start = State::start(setting);
        Bench { setting: Arc::clone(setting), facts: facts.clone(), start, store: lived.store, scenes }
    }

    /// Makes a file by tools and keeps its bytes; the error says why it could not be made.
    pub(super) fn make(&mut self, calls: &[Call], path: &str) -> Result<Digest, String> {
        let mut state = self.start.clone();
        for call in calls {
            let outcome = session::call(&self.setting, &mut state, &mut self.store, 0, (call.tool, &call.arguments));
            if outcome.refused {
                return Err(outcome.text);
            }
        }
        let made = state.tree.file(&concrete(path)).map(|(digest, _)| digest.clone());
        made.ok_or_else(|| format!("nothing was made at {path}"))
    }

    /// The scene of an objective with other files handed in, also where mails attached the oracle's.
    pub(super) fn scene(&self, objective: usize, swaps: &Swaps) -> Scene {
        let mut scene = (*self.scenes[objective]).clone();
        let mut replaced: BTreeMap<Digest, Digest> = BTreeMap::new();
        for hand_in in &mut scene.hand_ins {
            if let Some(digest) = swaps.get(&hand_in.deliverable) {
                replaced.insert(hand_in.digest.clone(), digest.clone());
                hand_in.digest = digest.clone();
            }
        }
        for goal in &self.setting.script.objectives {
            for deliver in &goal.delivers {
                let address = format!("{}.{}", goal.name, deliver.name);
                let Target::File { file } = &deliver.target else { continue };
                let (Some(digest), path) = (swaps.get(&address), concrete(file)) else { continue };
                if let Some(standing) = scene.files.get_mut(&path) {
                    replaced.insert(standing.digest.clone(), digest.clone());
                    standing.digest = digest.clone();
                }
                if !scene.hand_ins.iter().any(|hand_in| hand_in.deliverable == address) {
                    let at = scene.now;
                    scene.hand_ins.push(HandIn { at, deliverable: address, path, digest: digest.clone() });
                }
            }
        }
        for (_, digest) in scene.sent.iter_mut().flat_map(|mail| &mut mail.attachments) {
            if let Some(other) = replaced.get(digest) {
                *digest = other.clone();
            }
        }
        self.unsay(&mut scene);
        scene
    }

    /// Takes back what people said only because a deliverable was right.
    fn unsay(&self, scene: &mut Scene) {
        let script = &self.setting.script;
        let tells = script.people.iter().flat_map(|person| person.tells.iter().map(move |tell| (person, tell)));
        let judged: Vec<String> = tells
            .filter(|(person, tell)| scene.told.contains_key(&format!("{}.{}", person.id, tell.name)))
            .filter(|(_, tell)| {
                let when = tell.when.iter().flat_map(passing).cloned();
                let frame = self.frame(scene);
                when.into_iter().any(|condition| !holds(&condition, frame))
            })
            .map(|(person, tell)| format!("{}.{}", person.id, tell.name))
            .collect();
        scene.told.retain(|name, _| !judged.contains(name));
    }

    pub(super) fn frame<'a>(&'a self, scene: &'a Scene) -> Frame<'a> {
        Frame { now: scene.now, scene, script: &self.setting.script, blobs: &self.store, facts: Some(&self.facts) }
    }

    /// What an objective is worth on a scene.
    pub(super) fn judge(&self, objective: usize, scene: &Scene) -> Graded {
        grade::graded(&self.setting.script.objectives[objective], self.frame(scene))
    }

    /// What all objectives are worth with these hand-ins.
    pub(super) fn worth(&self, swaps: &Swaps) -> (Decimal, Vec<Graded>) {
        let all = 0..self.setting.script.objectives.len();
        let graded: Vec<Graded> = all.map(|at| self.judge(at, &self.scene(at, swaps))).collect();
        (grade::reward(&graded), graded)
    }

    /// What a month that was lived to another end is worth.
    pub(super) fn worth_of(&self, state: &State) -> Decimal {
        grade::reward(&grade::objectives(&self.setting, state, &self.store, &self.facts))
    }

    /// The month as it begins, to be lived otherwise.
    pub(super) fn begin(&self) -> State {
        self.start.clone()
    }

    /// One call in a month that is lived otherwise.
    pub(super) fn call(&mut self, state: &mut State, call: &Call) -> session::Outcome {
        session::call(&self.setting, state, &mut self.store, 0, (call.tool, &call.arguments))
    }
}

/// The checks that are not held in full, by part and number: `model 2`, `draft 1`.
pub(super) fn lost(graded: &Graded) -> Vec<String> {
    rows(graded, |row| !row.verdict.held())
}

/// The checks that earn something.
pub(super) fn earned(graded: &Graded) -> Vec<String> {
    rows(graded, |row| !row.verdict.score.is_zero())
}

fn rows(graded: &Graded, wanted: fn(&Row) -> bool) -> Vec<String> {
    let rows = graded.parts.iter().flat_map(|part| part.rows.iter().enumerate().map(move |(at, row)| (part, at, row)));
    rows.filter(|(_, _, row)| wanted(row)).map(|(part, at, _)| format!("{} {}", part.name, at + 1)).collect()
}

/// The parts of a condition that want a deliverable to be right.
fn passing(when: &Condition) -> Vec<&Condition> {
    match when {
        Condition::Word { name, .. } if name == "passes" => vec![when],
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(passing).collect(),
        _ => Vec::new(),
    }
}

/// The address of a change.
pub(super) fn named_change(part: &Scheduled) -> Option<&str> {
    match part {
        Scheduled::Change(change) => Some(&change.address),
        _ => None,
    }
}
