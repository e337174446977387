//! The run on paper. The first line is the header; every other line is one turn. Each ends with a hash over itself and
//! the one before, so that nothing can be changed, left out or put in between unseen [J3].

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::image::fault;
use crate::image::hash::{hex, unhex};
use crate::run::fault::{broken, foreign, no_run};

/// What stands between a line's content and its hash.
const CHAIN: &str = ",\"chain\":\"";
/// 64 hexadecimal digits, a quote and a brace.
const TAIL: usize = 64 + 2;

/// The journal of a run as it grows: only its last hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    last: [u8; 32],
}

/// One line that was read and whose hash holds.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub content: Json,
    /// The hash of everything up to it.
    pub hash: String,
    /// The first byte behind it.
    pub end: usize,
}

/// A journal as it was read: every line up to the first that does not hold.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    pub bytes: Vec<u8>,
    pub lines: Vec<Line>,
    /// The chain behind the last line.
    pub chain: Chain,
    /// The last line was cut while it was written; the turn after it never was.
    pub torn: bool,
}

/// Why a journal cannot be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The last line was cut while it was written: everything up to this byte stands, the turn after it never was.
    Torn { keep: usize },
    /// Something earlier was changed; the number of the line, from 1.
    Broken { line: usize },
}

impl Line {
    /// Whether it is a turn: not the header, nor where a fork begins.
    pub(crate) fn is_turn(&self) -> bool {
        self.content.get("turn").is_some()
    }
}

impl Journal {
    /// The first line, which says how the run is lived.
    pub(crate) fn header(&self) -> Option<&Json> {
        self.lines.first().map(|line| &line.content)
    }

    /// Everything that happened, in order.
    pub(crate) fn turns(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_turn())
    }

    /// The number of the last turn.
    pub(crate) fn count(&self) -> u64 {
        self.turns().count() as u64
    }
}

/// Reads the journal of a run. A torn last line is left out, anything else wrong is refused with its turn.
pub(crate) fn load(path: &Path) -> Result<Journal, Diagnostic> {
    let bytes = fs::read(path).map_err(|error| match (error.kind(), path.parent()) {
        (ErrorKind::NotFound, Some(folder)) => no_run(folder),
        _ => fault::unreadable(path, &error),
    })?;
    let (lines, chain, wrong) = read(&bytes);
    match wrong {
        Some(Fault::Broken { line }) => Err(broken(path, line)),
        _ if lines.is_empty() => Err(foreign(path, "has no header")),
        torn => Ok(Journal { bytes, lines, chain, torn: torn.is_some() }),
    }
}

impl Chain {
    /// The beginning of a journal.
    pub(crate) fn new() -> Chain {
        Chain { last: [0; 32] }
    }

    /// The chain behind the last line of some bytes that were read before.
    pub(crate) fn behind(bytes: &[u8]) -> Option<Chain> {
        let digits = bytes.strip_suffix(b"\"}\n")?;
        let digits = std::str::from_utf8(digits.get(digits.len().checked_sub(64)?..)?).ok()?;
        Some(Chain { last: unhex(digits)? })
    }

    /// The hash of everything so far.
    pub(crate) fn hash(&self) -> String {
        hex(&self.last)
    }

    /// The line of a JSON object with its hash, a line break at its end.
    pub(crate) fn line(&mut self, content: &Json) -> String {
        let text = content.to_string();
        let body = text.strip_suffix('}').unwrap_or(&text);
        self.last = link(self.last, body);
        format!("{body}{CHAIN}{}\"}}\n", hex(&self.last))
    }
}

fn link(last: [u8; 32], body: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(last);
    hash.update(body.as_bytes());
    hash.finalize().into()
}

/// All lines of a journal, the chain after the last, and what is wrong with the rest.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Line>, Chain, Option<Fault>) {
    let mut chain = Chain::new();
    let mut lines = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map(|length| at + length);
        let line = bytes.get(at..end.unwrap_or(bytes.len())).unwrap_or_default();
        let good = end.and_then(|end| checked(line, &chain, end + 1));
        let Some((line, next)) = good else {
            let last = end.is_none_or(|end| end + 1 == bytes.len());
            let fault = if last { Fault::Torn { keep: at } } else { Fault::Broken { line: lines.len() + 1 } };
            return (lines, chain, Some(fault));
        };
        at = line.end;
        lines.push(line);
        chain = next;
    }
    (lines, chain, None)
}

/// The line and the chain behind it, if its hash is the right one.
fn checked(line: &[u8], chain: &Chain, end: usize) -> Option<(Line, Chain)> {
    let text = std::str::from_utf8(line).ok()?;
    let (body, tail) = text.split_at_checked(text.len().checked_sub(TAIL + CHAIN.len())?)?;
    let claimed = tail.strip_prefix(CHAIN)?.strip_suffix("\"}")?;
    let next = Chain { last: link(chain.last, body) };
    let content = serde_json::from_str(&format!("{body}}}")).ok()?;
    let hash = next.hash();
    (claimed == hash).then_some((Line { content, hash, end }, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn journal() -> Vec<u8> {
        let mut chain = Chain::new();
        let lines =
            [json!({"journal": 1}), json!({"turn": 1, "tool": "read"}), json!({"turn": 2, "say": "a\n,\"chain\":"})];
        lines.iter().map(|line| chain.line(line)).collect::<String>().into_bytes()
    }

    #[test]
    fn what_was_written_reads_back() {
        let (lines, chain, fault) = read(&journal());
        assert_eq!((lines.len(), fault), (3, None));
        assert_eq!(lines[2].content["turn"], 2);
        assert!(String::from_utf8_lossy(&journal()).contains(&chain.hash()));
    }

    /// Every cut is a torn line or a shorter journal, every flipped byte of an earlier line is found.
    #[test]
    fn cuts_are_torn_and_changes_are_broken() {
        let whole = journal();
        for end in 0..whole.len() {
            let (lines, _, fault) = read(&whole[..end]);
            let kept: usize = whole[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let expected = (kept < end).then_some(Fault::Torn { keep: kept });
            assert_eq!((fault, lines.len()), (expected, whole[..kept].iter().filter(|byte| **byte == b'\n').count()));
        }
        let last_line = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
        for at in 0..last_line {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(matches!(read(&changed).2, Some(Fault::Broken { .. })), "byte {at}");
        }
    }
}
