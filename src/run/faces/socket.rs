//! The tools on a Unix socket: JSON lines, one connection or many. The `world` client speaks it.
//!
//! `{"hello": true}` is answered with the orientation and the tools and costs nothing; everything else is a call.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;

use crate::run::agents::Knocker;
use crate::run::agents::lines::{Call, LONGEST, answer};

/// How long a client may take to read its answer.
const DELIVERY: Duration = Duration::from_secs(30);

/// A socket that listens as long as it lives.
pub(crate) struct Socket {
    path: PathBuf,
}

impl Socket {
    /// Listens at a path; one that a killed run left behind is replaced.
    pub(crate) fn open(path: &Path, knocker: Knocker, hello: &Json) -> io::Result<Socket> {
        if UnixStream::connect(path).is_err() && path.exists() {
            fs::remove_file(path)?;
        }
        let listener = UnixListener::bind(path)?;
        let hello: Arc<str> = hello.to_string().into();
        std::thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                let (knocker, hello) = (knocker.clone(), Arc::clone(&hello));
                std::thread::spawn(move || converse(visitor, &knocker, &hello));
            }
        });
        Ok(Socket { path: path.to_owned() })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // If it is gone already, all the better.
        let _gone = fs::remove_file(&self.path);
    }
}

/// Reads calls line by line until the client closes, or says more than anybody may.
fn converse(visitor: UnixStream, knocker: &Knocker, hello: &str) -> Option<()> {
    visitor.set_write_timeout(Some(DELIVERY)).ok()?;
    let mut lines = BufReader::new(visitor.try_clone().ok()?);
    loop {
        let mut line = Vec::new();
        let read = lines.by_ref().take(LONGEST).read_until(b'\n', &mut line).ok()?;
        if read == 0 || !line.ends_with(b"\n") {
            return None;
        }
        if serde_json::from_slice::<Json>(&line).is_ok_and(|line| line.get("hello").is_some()) {
            writeln!(&visitor, "{hello}").ok()?;
            continue;
        }
        let call = Call::read(&line);
        let (visitor, id) = (visitor.try_clone().ok()?, call.id.clone());
        // A client that reads no more has lost its answer; the turn was made all the same.
        let reply = move |outcome: &_| drop(writeln!(&visitor, "{}", answer(outcome, id.as_deref())));
        if !knocker.call(call, Box::new(reply)) {
            return None;
        }
    }
}
