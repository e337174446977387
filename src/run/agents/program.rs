//! Any program as an agent: it reads JSON lines and writes JSON lines.
//!
//! First it gets `{"hello": …}` with the orientation, the tools, and what was said before if the run goes on. Then it writes
//! `{"tool": …, "arguments": {…}}`, with an `"id"` if it likes, and gets `{"text": …, "refused": …, "clock": …, "id": …}`,
//! until it closes its output.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use serde_json::Value as Json;

use crate::run::agents::cell::Cell;
use crate::run::agents::launch::Running;
use crate::run::agents::lines::{self, Call, LONGEST};
use crate::run::agents::{Act, Agent};
use crate::run::session::Outcome;
use crate::run::state::End;

/// How long a program may take to end by itself when the month is over, and how many lines it may still say.
const PARTING: (Duration, usize) = (Duration::from_secs(5), 1_000);

/// A program that runs beside the runner.
pub(crate) struct Program {
    /// What it is told; nothing when it is told no more.
    input: Option<Sender<String>>,
    lines: Receiver<io::Result<Vec<u8>>>,
    patience: Duration,
    last_id: Option<String>,
    _running: Running,
}

impl Program {
    /// Starts a program and greets it. `patience` is how long one act may take.
    pub(crate) fn start(
        mut command: Command,
        cell: Option<&Cell>,
        greeting: &Json,
        patience: Duration,
    ) -> io::Result<Program> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = Running::start(command, cell)?;
        let input = running.child.stdin.take().map(speak);
        let lines = running.child.stdout.take().map(listen).unwrap_or_else(|| mpsc::channel().1);
        let mut program = Program { input, lines, patience, last_id: None, _running: running };
        program.tell(greeting);
        Ok(program)
    }

    /// A program that reads no more will be noticed when it is asked for its next act.
    fn tell(&mut self, message: &Json) {
        let told = self.input.as_ref().map(|input| input.send(format!("{message}\n")));
        if told.is_some_and(|told| told.is_err()) {
            self.input = None;
        }
    }
}

/// Tells the program what it is sent, on a thread of its own: one that does not read may not keep the runner.
fn speak(mut input: ChildStdin) -> Sender<String> {
    let (to, from) = mpsc::channel::<String>();
    std::thread::spawn(move || {
        while let Ok(line) = from.recv() {
            if input.write_all(line.as_bytes()).and_then(|()| input.flush()).is_err() {
                return;
            }
        }
    });
    to
}

/// Lines of the program as they come, on a thread of their own so that silence can be told from work.
fn listen(output: ChildStdout) -> Receiver<io::Result<Vec<u8>>> {
    let (to, from) = mpsc::sync_channel(1);
    let read = move || {
        let mut output = BufReader::new(output);
        loop {
            let mut line = Vec::new();
            let read = output.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            let over = matches!(read, Ok(0) | Err(_)) || (line.len() as u64 == LONGEST && !line.ends_with(b"\n"));
            let sent = over || to.send(read.map(|_| line)).is_err();
            if sent {
                return;
            }
        }
    };
    std::thread::spawn(read);
    from
}

impl Agent for Program {
    fn act(&mut self, answer: Option<&Outcome>) -> Act {
        if let Some(answer) = answer {
            self.tell(&lines::answer(answer, self.last_id.as_deref()));
        }
        let line = match self.lines.recv_timeout(self.patience) {
            Ok(Ok(line)) => line,
            Err(RecvTimeoutError::Timeout) => return Act::Leave(End::AgentTimeout),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Act::Leave(End::AgentExit),
        };
        let call = Call::read(&line);
        self.last_id.clone_from(&call.id);
        Act::Call(call)
    }

    fn over(&mut self, answer: &Outcome) {
        self.tell(&lines::answer(answer, self.last_id.as_deref()));
    }
}

impl Drop for Program {
    /// Its input is closed; it may say its last and end before it is ended.
    fn drop(&mut self) {
        self.input = None;
        let ended = |_: &usize| self.lines.recv_timeout(PARTING.0).is_err();
        let _ended = (0..PARTING.1).find(ended);
    }
}
