//! Any program as an agent: it reads JSON lines and writes JSON lines.
//!
//! First it gets `{"hello": …}` with the orientation, the tools, and what was said before if the run goes on. Then it writes `{"tool": …, "arguments": {…}}`, with an
//! `"id"` if it likes, and gets `{"text": …, "refused": …, "clock": …, "id": …}`, until it closes its output.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::Value as Json;

use crate::run::agents::lines::{self, Call, LONGEST};
use crate::run::agents::{Act, Agent};
use crate::run::session::Outcome;
use crate::run::state::End;

/// A program that runs beside the runner.
pub(crate) struct Program {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<io::Result<Vec<u8>>>,
    patience: Duration,
    last_id: Option<String>,
}

impl Program {
    /// Starts a command line through the system's shell and greets it. `patience` is how long one act may take.
    pub(crate) fn start(command: &str, greeting: &Json, patience: Duration) -> io::Result<Program> {
        let mut child = shell(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take();
        let lines = child.stdout.take().map(listen).unwrap_or_else(|| mpsc::channel().1);
        let mut program = Program { child, input, lines, patience, last_id: None };
        program.tell(greeting);
        Ok(program)
    }

    /// A program that reads no more will be noticed when it is asked for its next act.
    fn tell(&mut self, message: &Json) {
        if let Some(input) = &mut self.input {
            let told = writeln!(input, "{message}").and_then(|()| input.flush());
            if told.is_err() {
                self.input = None;
            }
        }
    }
}

fn shell(command: &str) -> Command {
    if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", command]);
        return shell;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
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
        Act::Call { tool: call.tool, arguments: call.arguments, id: call.id }
    }

    fn over(&mut self, answer: &Outcome) {
        self.tell(&lines::answer(answer, self.last_id.as_deref()));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.input = None;
        // It has had its say; one that does not end by itself is ended, and is gone if that fails.
        let _ended = self.child.kill();
        let _gone = self.child.wait();
    }
}
