//! The door through which calls come in from other threads: one after the other, in the order in which they are accepted.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::run::agents::lines::Call;
use crate::run::agents::{Act, Agent};
use crate::run::session::Outcome;
use crate::run::state::End;

/// What happens with the answer to a call.
pub(crate) type Reply = Box<dyn FnOnce(&Outcome) + Send>;

enum Knock {
    Call(Box<Call>, Reply),
    Leave(End),
}

/// The outer side: whoever has a copy may call. When the last copy is gone, the agent has left.
#[derive(Clone)]
pub(crate) struct Knocker(Sender<Knock>);

/// The inner side: the agent as the run knows her.
pub(crate) struct Door {
    knocks: Receiver<Knock>,
    /// How long one act may take; for ever if it is not said.
    pub patience: Option<Duration>,
    reply: Option<Reply>,
    /// An act that was looked at and not taken.
    ahead: Option<Act>,
}

/// A door with its knocker.
pub(crate) fn door(patience: Option<Duration>) -> (Knocker, Door) {
    let (out, knocks) = mpsc::channel();
    (Knocker(out), Door { knocks, patience, reply: None, ahead: None })
}

impl Knocker {
    /// Asks for a call; `reply` hears the answer. False when nobody listens any more.
    pub(crate) fn call(&self, call: Call, reply: Reply) -> bool {
        self.0.send(Knock::Call(Box::new(call), reply)).is_ok()
    }

    /// The agent leaves.
    pub(crate) fn leave(&self, end: End) {
        // If the month is over already, nobody needs to hear it.
        let _heard = self.0.send(Knock::Leave(end));
    }
}

impl Door {
    /// Answers everybody who still knocks when the month is over, until the last has gone.
    pub(crate) fn refuse(&self, outcome: &Outcome) {
        while let Ok(Knock::Call(_, reply)) = self.knock() {
            reply(outcome);
        }
    }

    /// Waits for the next act and leaves it to be taken.
    pub(crate) fn ahead(&mut self) -> Act {
        let act = self.act(None);
        self.ahead = Some(act.clone());
        act
    }

    /// Answers the act that was looked at, which is then done with.
    pub(crate) fn answer_ahead(&mut self, outcome: &Outcome) {
        self.ahead = None;
        self.answer(outcome);
    }

    fn answer(&mut self, outcome: &Outcome) {
        if let Some(reply) = self.reply.take() {
            reply(outcome);
        }
    }

    fn knock(&self) -> Result<Knock, RecvTimeoutError> {
        match self.patience {
            Some(patience) => self.knocks.recv_timeout(patience),
            None => self.knocks.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }
}

impl Agent for Door {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        if let Some(act) = self.ahead.take() {
            return act;
        }
        answer.into_iter().for_each(|answer| self.answer(answer));
        match self.knock() {
            Ok(Knock::Call(call, reply)) => {
                self.reply = Some(reply);
                Act::Call(*call)
            }
            Ok(Knock::Leave(end)) => Act::Leave(end),
            Err(RecvTimeoutError::Timeout) => Act::Leave(End::AgentTimeout),
            Err(RecvTimeoutError::Disconnected) => Act::Leave(End::AgentExit),
        }
    }

    fn over(&mut self, answer: &Outcome) {
        self.answer(answer);
    }
}
