//! Starting an agent's program, and ending it with everything it has started.

use std::io;
use std::process::{Child, Command};

use crate::run::agents::cell::Cell;

/// A program that runs. It is ended when nobody needs it any more.
pub(crate) struct Running {
    pub child: Child,
}

/// A command line, through the system's shell.
pub(crate) fn shell(command: &str) -> Command {
    if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", command]);
        return shell;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

impl Running {
    /// Starts a program, inside its cell if it has one.
    pub(crate) fn start(mut command: Command, cell: Option<&Cell>) -> io::Result<Running> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        // Walls stand around the thread that builds them and around what it starts; this one has no other work.
        let spawn = || cell.map_or(Ok(()), Cell::enter).and_then(|()| command.spawn());
        let spawned = std::thread::scope(|scope| scope.spawn(spawn).join());
        let child = spawned.unwrap_or_else(|_| Err(io::Error::other("the program was not started")))?;
        Ok(Running { child })
    }

    /// The system's number of it.
    #[cfg(all(feature = "run", unix))]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

/// Waits until a child has ended; whoever started it still takes it away.
#[cfg(all(feature = "run", unix))]
pub(crate) fn await_end(child: u32) {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    if let Some(child) = i32::try_from(child).ok().and_then(Pid::from_raw) {
        // An error says that there is no such child any more.
        let _ended = waitid(WaitId::Pid(child), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has had its say; one that does not end by itself is ended with its like, and is gone if that fails.
        #[cfg(all(feature = "run", unix))]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ended = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ended = self.child.kill();
        let _gone = self.child.wait();
    }
}
