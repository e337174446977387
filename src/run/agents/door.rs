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
    /// Nobody: whoever waits for a first act need not wait any longer.
    Enough,
}

/// The outer side: whoever has a copy may call. When the last copy is gone, the agent has left.
#[derive(Clone)]
pub(crate) struct Knocker(Sender<Knock>);

/// Says when it goes, however that comes, that a first act need not be waited for any longer.
pub(crate) struct Enough(Knocker);

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

    /// Another copy, which says one thing only.
    pub(crate) fn enough(&self) -> Enough {
        Enough(self.clone())
    }

    /// The agent leaves.
    pub(crate) fn leave(&self, end: End) {
        // If the month is over already, nobody needs to hear it.
        let _heard = self.0.send(Knock::Leave(end));
    }
}

impl Drop for Enough {
    fn drop(&mut self) {
        // If the month is over already, nobody waits.
        let _heard = self.0.0.send(Knock::Enough);
    }
}

impl Door {
    /// Answers everybody who still knocks when the month is over, until the last has gone.
    pub(crate) fn refuse(&mut self, outcome: &Outcome) {
        while let None | Some(Act::Call(_)) = self.next() {
            self.answer(outcome);
        }
    }

    /// Waits for the next act and leaves it to be taken; there is none when it was enough with waiting.
    pub(crate) fn ahead(&mut self) -> Option<Act> {
        self.ahead = self.next();
        self.ahead.clone()
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

    /// What the next knock asks of the run, if anything.
    fn next(&mut self) -> Option<Act> {
        match self.knock() {
            Ok(Knock::Call(call, reply)) => {
                self.reply = Some(reply);
                Some(Act::Call(*call))
            }
            Ok(Knock::Leave(end)) => Some(Act::Leave(end)),
            Ok(Knock::Enough) => None,
            Err(RecvTimeoutError::Timeout) => Some(Act::Leave(End::AgentTimeout)),
            Err(RecvTimeoutError::Disconnected) => Some(Act::Leave(End::AgentExit)),
        }
    }
}

impl Agent for Door {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        if let Some(act) = self.ahead.take() {
            return act;
        }
        answer.into_iter().for_each(|answer| self.answer(answer));
        loop {
            if let Some(act) = self.next() {
                return act;
            }
        }
    }

    fn over(&mut self, answer: &Outcome) {
        self.answer(answer);
    }
}
