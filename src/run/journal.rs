//! The run on paper. The first line is the header; every other line is one turn. Each ends with a hash over itself and
//! the one before, so that nothing can be changed, left out or put in between unseen [J3].

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::image::hash::hex;

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
}

/// Why a journal cannot be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The last line was cut while it was written: everything up to this byte stands, the turn after it never was.
    Torn { keep: usize },
    /// Something earlier was changed; the number of the line, from 1.
    Broken { line: usize },
}

impl Chain {
    /// The beginning of a journal; of a fork, the hash it goes on from.
    pub(crate) fn from(parent: [u8; 32]) -> Chain {
        Chain { last: parent }
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
pub(crate) fn read(bytes: &[u8], parent: [u8; 32]) -> (Vec<Line>, Chain, Option<Fault>) {
    let mut chain = Chain::from(parent);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|byte| *byte == b'\n').map(|length| at + length);
        let line = bytes.get(at..end.unwrap_or(bytes.len())).unwrap_or_default();
        let good = end.and_then(|_| checked(line, &chain));
        let Some((line, next)) = good else {
            let last = end.is_none_or(|end| end + 1 == bytes.len());
            let fault = if last { Fault::Torn { keep: at } } else { Fault::Broken { line: lines.len() + 1 } };
            return (lines, chain, Some(fault));
        };
        lines.push(line);
        chain = next;
        at = end.unwrap_or(bytes.len()) + 1;
    }
    (lines, chain, None)
}

/// The line and the chain behind it, if its hash is the right one.
fn checked(line: &[u8], chain: &Chain) -> Option<(Line, Chain)> {
    let text = std::str::from_utf8(line).ok()?;
    let (body, tail) = text.split_at_checked(text.len().checked_sub(TAIL + CHAIN.len())?)?;
    let claimed = tail.strip_prefix(CHAIN)?.strip_suffix("\"}")?;
    let next = Chain { last: link(chain.last, body) };
    let content = serde_json::from_str(&format!("{body}}}")).ok()?;
    (claimed == next.hash()).then(|| (Line { content }, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn journal() -> Vec<u8> {
        let mut chain = Chain::from([0; 32]);
        let lines =
            [json!({"journal": 1}), json!({"turn": 1, "tool": "read"}), json!({"turn": 2, "say": "a\n,\"chain\":"})];
        lines.iter().map(|line| chain.line(line)).collect::<String>().into_bytes()
    }

    #[test]
    fn what_was_written_reads_back() {
        let (lines, chain, fault) = read(&journal(), [0; 32]);
        assert_eq!((lines.len(), fault), (3, None));
        assert_eq!(lines[2].content["turn"], 2);
        assert!(String::from_utf8_lossy(&journal()).contains(&chain.hash()));
    }

    /// Every cut is a torn line or a shorter journal, every flipped byte of an earlier line is found.
    #[test]
    fn cuts_are_torn_and_changes_are_broken() {
        let whole = journal();
        for end in 0..whole.len() {
            let (lines, _, fault) = read(&whole[..end], [0; 32]);
            let kept: usize = whole[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let expected = (kept < end).then_some(Fault::Torn { keep: kept });
            assert_eq!((fault, lines.len()), (expected, whole[..kept].iter().filter(|byte| **byte == b'\n').count()));
        }
        let last_line = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
        for at in 0..last_line {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(matches!(read(&changed, [0; 32]).2, Some(Fault::Broken { .. })), "byte {at}");
        }
    }
}
