//! A month lived in memory: no folder, no journal, the same calls.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::grade;
use crate::judge::facts::Facts;
use crate::run::agents::lines::Call;
use crate::run::agents::{Act, Agent};
use crate::run::session;
use crate::run::setting::Setting;
use crate::run::state::{End, State};
use crate::run::store::MemoryStore;

/// What became of it.
pub(super) struct Lived {
    pub state: State,
    pub store: MemoryStore,
    /// Every call in order.
    pub calls: Vec<(String, Json)>,
    /// Seconds of work that the calls cost; waiting for others and for the next day is none.
    pub worked: i64,
}

/// Lets an agent live a month.
pub(super) fn live(setting: &Arc<Setting>, agent: &mut dyn Agent) -> Lived {
    let store = MemoryStore::of(Arc::clone(setting));
    let mut lived = Lived { state: State::start(setting), store, calls: Vec::new(), worked: 0 };
    let mut answer = None;
    while lived.state.ended.is_none() {
        match agent.act(answer.as_ref()) {
            Act::Call(Call { tool, arguments, .. }) => {
                let told = session::call(setting, &mut lived.state, &mut lived.store, 0, (&tool, &arguments));
                lived.worked += told.cost;
                answer = Some(told);
                lived.calls.push((tool, arguments));
            }
            Act::Leave(end) => session::finish(setting, &mut lived.state, &lived.store, end),
        }
    }
    lived
}

/// Whether the same calls lead to the same state once more.
pub(super) fn again(setting: &Arc<Setting>, lived: &Lived) -> bool {
    let (mut state, mut store) = (State::start(setting), MemoryStore::of(Arc::clone(setting)));
    for (tool, arguments) in &lived.calls {
        session::call(setting, &mut state, &mut store, 0, (tool, arguments));
    }
    if state.ended.is_none() {
        session::finish(setting, &mut state, &store, lived.state.ended.unwrap_or(End::Finished));
    }
    state.root(setting) == lived.state.root(setting)
}

impl Lived {
    /// The reward of the month.
    pub(super) fn worth(&self, setting: &Setting, facts: &Facts) -> Decimal {
        let graded = grade::objectives(setting, &self.state, &self.store, facts);
        grade::reward(&graded)
    }
}
