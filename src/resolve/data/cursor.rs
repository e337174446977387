//! A place in a data file that is being read, byte by byte.

use crate::source::{SourceId, Span};

pub(super) struct Cursor<'t> {
    pub(super) source: SourceId,
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a file.
    pub(super) fn new(source: SourceId, text: &'t str) -> Cursor<'t> {
        Cursor { source, text, at: 0 }
    }

    /// The byte that comes next.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over all bytes that are `wanted`.
    pub(super) fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// What was read since `start`.
    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(self.source, start, self.at)
    }
}
