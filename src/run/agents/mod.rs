//! Who acts. An agent is a function of what it has seen: it is told the answer to its last call and says the next.

#[cfg_attr(not(all(feature = "run", target_os = "linux")), path = "cell_none.rs")]
pub(crate) mod cell;
mod clerk;
#[cfg(feature = "run")]
mod door;
pub(crate) mod launch;
pub(crate) mod lines;
pub(crate) mod oracle;
mod program;

pub(crate) use clerk::Clerk;
#[cfg(feature = "run")]
pub(crate) use door::{Door, Enough, Knocker, door};
pub(crate) use oracle::Oracle;
pub(crate) use program::Program;

use crate::diag::Diagnostic;
use crate::run::agents::lines::Call;
use crate::run::play::Run;
use crate::run::session::Outcome;
use crate::run::state::End;

/// What an agent does next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    Call(Call),
    Leave(End),
}

/// Somebody who lives a month.
pub(crate) trait Agent {
    /// The next act; `answer` is that to the one before, nothing at the beginning.
    fn act(&mut self, answer: Option<&Outcome>) -> Act;

    /// The month is over; that was the answer to her last call.
    fn over(&mut self, _answer: &Outcome) {}
}

/// Does nothing at all: what a world grades at nought.
pub(crate) struct Idle;

impl Agent for Idle {
    fn act(&mut self, _: Option<&Outcome>) -> Act {
        Act::Leave(End::Finished)
    }
}

/// Lets an agent live until the month is over; `turn` hears of every turn.
pub(crate) fn live(run: &mut Run, agent: &mut dyn Agent, turn: &mut dyn FnMut(&Run)) -> Result<(), Diagnostic> {
    let mut answer = None;
    while run.state.ended.is_none() {
        match agent.act(answer.as_ref()) {
            _ if run.is_stopped() => {
                run.end(End::Stopped)?;
                answer = Some(run.refusal());
            }
            Act::Call(Call { tool, arguments, id, about }) => {
                answer = Some(run.call(&tool, &arguments, id.as_deref())?);
                run.note(about)?;
            }
            Act::Leave(end) => run.end(end)?,
        }
        turn(run);
    }
    answer.iter().for_each(|answer| agent.over(answer));
    Ok(())
}
