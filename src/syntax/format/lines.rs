//! Lines as the author broke them, with canonical indentation and gaps; and writing them out.

use std::collections::BTreeSet;

use super::Starts;
use super::spacing::{Left, ends_value, gap};
use crate::syntax::scan::{Lexeme, Token, scan};

/// One token in its line.
pub(super) struct Piece<'t> {
    pub token: Token,
    pub text: &'t str,
    /// Spaces before it; none for the first of a line.
    pub gap: usize,
    /// Whether an item begins here.
    pub starts: bool,
    /// Where it stood in its line, and how many spaces stood before it.
    pub column: usize,
    pub written_gap: usize,
}

/// One line: tokens without a line break between them. A long text may carry breaks inside.
pub(super) struct Line<'t> {
    pub blank_before: bool,
    pub indent: usize,
    pub pieces: Vec<Piece<'t>>,
}

/// An open bracket: the line it stands on, and whether it holds items.
struct Open {
    line: usize,
    block: bool,
}

/// What the lines so far leave open.
struct Layout<'t, 's> {
    text: &'t str,
    starts: &'s Starts,
    lines: Vec<Line<'t>>,
    open: Vec<Open>,
    /// The last token that is no comment, and whether the one before it ends a value.
    before: Option<Lexeme>,
    value_before: bool,
    /// A place in the text and its column in its line.
    seen: (usize, usize),
}

/// The lines of a text whose items begin at `starts`.
pub(super) fn split<'t>(text: &'t str, starts: &Starts) -> Vec<Line<'t>> {
    let mut layout =
        Layout { text, starts, lines: Vec::new(), open: Vec::new(), before: None, value_before: false, seen: (0, 0) };
    let mut end = 0;
    for lexeme in scan(text) {
        let breaks = text[end..lexeme.start].matches('\n').count();
        if breaks > 0 || layout.lines.is_empty() {
            layout.begin(&lexeme, breaks);
        }
        layout.push(lexeme, end);
        end = lexeme.end;
    }
    layout.lines
}

impl<'t> Layout<'t, '_> {
    /// Begins a line with `lexeme`.
    fn begin(&mut self, lexeme: &Lexeme, breaks: usize) {
        let closes = self.closers_at(lexeme);
        let kept = &self.open[..self.open.len() - closes];
        let levels = kept.iter().map(|open| open.line).collect::<BTreeSet<_>>().len();
        let indent = levels + usize::from(self.continues(lexeme));
        self.lines.push(Line { blank_before: breaks > 1 && !self.lines.is_empty(), indent, pieces: Vec::new() });
    }

    /// How many brackets the closers that begin with `lexeme` close, in a row.
    fn closers_at(&self, lexeme: &Lexeme) -> usize {
        let line = self.text[lexeme.start..].chars().take_while(|character| *character != '\n');
        let marks = line.filter(|character| !character.is_whitespace());
        marks.take_while(|character| matches!(character, ')' | ']' | '}')).count().min(self.open.len())
    }

    /// Whether a line that begins with `lexeme` goes on with what the line before began.
    fn continues(&self, lexeme: &Lexeme) -> bool {
        let begins =
            matches!(lexeme.token, Token::Comment | Token::Close(_)) || self.starts.items.contains(&lexeme.start);
        let inside_value = self.open.last().is_some_and(|open| !open.block);
        let element = self
            .before
            .as_ref()
            .is_none_or(|before| matches!(before.token, Token::Open(_)) || before.text(self.text) == ",");
        !(begins || inside_value && element)
    }

    /// The column of `at`, which lies behind all places asked before.
    fn column(&mut self, at: usize) -> usize {
        let passed = &self.text[self.seen.0..at];
        let column = match passed.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.seen.1 + passed.chars().count(),
        };
        self.seen = (at, column);
        column
    }

    /// Adds a token to the last line.
    fn push(&mut self, lexeme: Lexeme, end: usize) {
        let text = self.text;
        let starts = self.starts.items.contains(&lexeme.start);
        let left =
            Left { piece: self.lines.last().and_then(|line| line.pieces.last()), value_before: self.value_before };
        let apart = starts || self.starts.messages.contains(&lexeme.start);
        let gap = gap(&left, &lexeme, lexeme.text(text), apart);
        let column = self.column(lexeme.start);
        let written_gap = lexeme.start - end;
        let piece = Piece { token: lexeme.token, text: lexeme.text(text), gap, starts, column, written_gap };
        let number = self.lines.len();
        match lexeme.token {
            Token::Open(bracket) => {
                self.open.push(Open { line: number, block: bracket == '{' && self.opens_block(&lexeme) })
            }
            Token::Close(_) => drop(self.open.pop()),
            _ => {}
        }
        if let Some(line) = self.lines.last_mut() {
            line.pieces.push(piece);
        }
        if lexeme.token != Token::Comment {
            self.value_before = self.before.is_some_and(|before| ends_value(before.token, before.text(text)));
            self.before = Some(lexeme);
        }
    }

    /// Whether a `{` opens a block: its first word begins an item, or it holds nothing and follows no sign.
    fn opens_block(&self, brace: &Lexeme) -> bool {
        let mut next = scan(&self.text[brace.end..]).filter(|lexeme| lexeme.token != Token::Comment);
        match next.next() {
            Some(lexeme) => self.starts.items.contains(&(brace.end + lexeme.start)),
            None => false,
        }
    }
}

impl Line<'_> {
    /// The number of characters up to and with the piece at `index`, on the last physical line.
    pub(super) fn width(&self, index: usize) -> usize {
        let mut width = self.indent * 2;
        for piece in &self.pieces[..=index.min(self.pieces.len() - 1)] {
            width += piece.gap;
            match piece.text.rsplit_once('\n') {
                Some((_, last)) => width = last.chars().count(),
                None => width += piece.text.chars().count(),
            }
        }
        width
    }
}

/// The lines as a text.
pub(super) fn write(lines: &[Line<'_>]) -> String {
    let mut out = String::new();
    for line in lines {
        if line.blank_before {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n(' ', line.indent * 2));
        for piece in &line.pieces {
            out.extend(std::iter::repeat_n(' ', piece.gap));
            out.push_str(
                piece.text.trim_end_matches(|last| piece.token == Token::Comment && matches!(last, ' ' | '\t')),
            );
        }
        out.push('\n');
    }
    out
}
