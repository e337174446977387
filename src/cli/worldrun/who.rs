//! Who acts, as `--agent` names it.

use std::path::PathBuf;
use std::str::FromStr;

/// The agents and the faces through which they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Does nothing.
    Idle,
    /// Knows where to look and whom to ask, and writes only what was seen.
    Oracle,
    /// Works through the month by rote, without anything sealed.
    Clerk,
    /// A program that speaks JSON lines.
    Lines(String),
    /// A program with a shell on the run's disk, which calls tools by the `world` client.
    Shell(String),
    /// A client of MCP that has started us and speaks over standard input and output.
    Mcp,
    /// Clients of MCP over HTTP, on this port.
    Http(u16),
    /// Whoever connects to a Unix socket.
    Socket(Option<PathBuf>),
}

/// What may stand behind `--agent`.
pub(super) const HELP: &str = "Who acts: `idle`, `oracle` or `clerk`; `cmd:` and a command line that speaks JSON lines; `shell:` and one \
                               that works on the disk and calls `world`; `mcp` over standard \
                               input and output; `http` or `http:PORT`; `socket` or `socket:PATH`";

impl FromStr for Who {
    type Err = String;

    fn from_str(word: &str) -> Result<Who, String> {
        let (kind, rest) = word.split_once(':').map_or((word, None), |(kind, rest)| (kind, Some(rest)));
        match (kind, rest) {
            ("idle", None) => Ok(Who::Idle),
            ("oracle", None) => Ok(Who::Oracle),
            ("clerk", None) => Ok(Who::Clerk),
            ("cmd", Some(command)) if !command.trim().is_empty() => Ok(Who::Lines(command.to_owned())),
            ("shell", Some(command)) if !command.trim().is_empty() => Ok(Who::Shell(command.to_owned())),
            ("mcp", None) => Ok(Who::Mcp),
            ("http", None) => Ok(Who::Http(0)),
            ("http", Some(port)) => port.parse().map(Who::Http).map_err(|_| format!("`{port}` is no port")),
            ("socket", path) => Ok(Who::Socket(path.map(PathBuf::from))),
            _ => {
                Err("an agent is idle, oracle, clerk, cmd: or shell: and a command line, mcp, http, http:PORT, socket or socket:PATH"
                    .to_owned())
            }
        }
    }
}

impl Who {
    /// The command line of a program that we start.
    pub(super) fn command(&self) -> Option<&str> {
        match self {
            Who::Lines(command) | Who::Shell(command) => Some(command),
            Who::Idle | Who::Oracle | Who::Clerk | Who::Mcp | Who::Http(_) | Who::Socket(_) => None,
        }
    }

    /// The face through which the agent comes, as a run's header names it.
    pub(super) fn face(&self) -> &'static str {
        match self {
            Who::Idle | Who::Oracle | Who::Clerk => "none",
            Who::Lines(_) => "lines",
            Who::Mcp => "mcp",
            Who::Http(_) => "http",
            Who::Socket(_) | Who::Shell(_) => "socket",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_have_names() {
        let read = |word: &str| word.parse::<Who>();
        assert_eq!(read("cmd:python3 a.py: x"), Ok(Who::Lines("python3 a.py: x".to_owned())));
        assert_eq!(read("http:8080"), Ok(Who::Http(8080)));
        assert_eq!(read("socket:/run/w.sock"), Ok(Who::Socket(Some("/run/w.sock".into()))));
        for word in ["", "cmd:", "cmd", "idle:", "http:x", "oracel"] {
            assert!(read(word).is_err(), "{word}");
        }
    }
}
