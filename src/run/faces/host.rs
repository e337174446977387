//! A face that is open: it listens on threads of its own while the run lives on this one.

use std::io;
use std::path::Path;
#[cfg(unix)]
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::diag::Diagnostic;
#[cfg(unix)]
use crate::run::agents::cell::Cell;
#[cfg(unix)]
use crate::run::agents::door;
#[cfg(unix)]
use crate::run::agents::launch::{self, Running};
use crate::run::agents::{Door, Knocker};
use crate::run::faces::http::Gate;
use crate::run::faces::mcp::Server;
#[cfg(unix)]
use crate::run::faces::socket::Socket;
use crate::run::orientation::{self, Briefing};
use crate::run::play::Run;
use crate::run::session::Outcome;
#[cfg(unix)]
use crate::run::state::End;

/// How long a program may go on when the month is over and it asks for nothing more.
#[cfg(unix)]
const PARTING: Duration = Duration::from_secs(10);

/// An open face, with the door behind which the run waits for calls.
pub(crate) struct Host {
    pub door: Door,
    /// Where clients find it; nothing where the client has started us.
    pub place: Option<String>,
    ending: Ending,
}

/// What is left to do when the month is over.
enum Ending {
    /// The client of the standard streams is answered until it closes them.
    Client(JoinHandle<io::Result<()>>),
    /// Answers that are under way are finished.
    Gate(watch::Sender<bool>, JoinHandle<io::Result<()>>),
    /// The program that was started is waited for, and ended if it does not end.
    #[cfg(unix)]
    Worker(#[expect(dead_code, reason = "it listens as long as it lives")] Socket, Running),
    #[cfg(unix)]
    Socket(#[expect(dead_code, reason = "it listens as long as it lives")] Socket),
}

impl Host {
    /// MCP over this process's standard input and output.
    pub(crate) fn stdio(briefing: Briefing, (knocker, door): (Knocker, Door)) -> io::Result<Host> {
        let server = Server::new(knocker, briefing);
        let runtime = runtime()?;
        let thread = std::thread::spawn(move || {
            let served = runtime.block_on(server.over_stdio());
            // Nobody reads any more, but a thread of the runtime may wait for input for ever.
            runtime.shutdown_background();
            served
        });
        Ok(Host { door, place: None, ending: Ending::Client(thread) })
    }

    /// MCP over HTTP on a port of this computer's own.
    pub(crate) fn http(briefing: Briefing, port: u16, (knocker, door): (Knocker, Door)) -> io::Result<Host> {
        let server = Server::new(knocker, briefing);
        let runtime = runtime()?;
        let gate = runtime.block_on(Gate::open(port))?;
        let place = Some(gate.url()?);
        let (over, seen) = watch::channel(false);
        let thread = std::thread::spawn(move || runtime.block_on(gate.serve(server, seen)));
        Ok(Host { door, place, ending: Ending::Gate(over, thread) })
    }

    /// JSON lines on a Unix socket, for the `world` client.
    #[cfg(unix)]
    pub(crate) fn socket(run: &Run, path: &Path, patience: Option<Duration>) -> Result<Host, Diagnostic> {
        let (knocker, door) = door(patience);
        let hello = orientation::hello(run)?;
        let socket = Socket::open(path, knocker, &hello);
        let socket = socket.map_err(|error| crate::image::fault::unwritable(path, &error))?;
        Ok(Host { door, place: Some(path.display().to_string()), ending: Ending::Socket(socket) })
    }

    /// A program with a shell: it is started with the socket's path in `WORLD_SOCKET`, and the agent is gone when it is.
    #[cfg(unix)]
    pub(crate) fn worker(
        run: &Run,
        path: &Path,
        mut command: Command,
        cell: Option<&Cell>,
        patience: Option<Duration>,
    ) -> Result<Host, Diagnostic> {
        let unwritable = |error: io::Error| crate::image::fault::unwritable(path, &error);
        let (knocker, door) = door(patience);
        let socket = Socket::open(path, knocker.clone(), &orientation::hello(run)?).map_err(unwritable)?;
        // What it prints is for people who watch; standard output is ours.
        command.env("WORLD_SOCKET", path).stdin(Stdio::null()).stdout(io::stderr());
        let running = Running::start(command, cell).map_err(unwritable)?;
        let child = running.id();
        std::thread::spawn(move || {
            launch::await_end(child);
            knocker.leave(End::AgentExit);
        });
        Ok(Host { door, place: None, ending: Ending::Worker(socket, running) })
    }

    /// The month is over: whoever was answered gets her answer, whoever still asks hears the last one.
    pub(crate) fn close(mut self, last: &Outcome) -> io::Result<()> {
        // Nothing is asked of an agent any more, so she may take her time; servers end with their last client.
        self.door.patience = None;
        match self.ending {
            Ending::Client(thread) => {
                self.door.refuse(last);
                joined(thread)
            }
            Ending::Gate(over, thread) => {
                // A server that has ended by itself needs no word.
                let _heard = over.send(true);
                self.door.refuse(last);
                joined(thread)
            }
            #[cfg(unix)]
            Ending::Worker(_, running) => {
                // It may still ask, and hears that the month is over.
                self.door.patience = Some(PARTING);
                self.door.refuse(last);
                drop(running);
                Ok(())
            }
            #[cfg(unix)]
            Ending::Socket(_) => Ok(()),
        }
    }
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

fn joined(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the server ended in a panic")))
}
