//! The words and marks of a text, with comments: what the balance check and the formatter look at.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name or keyword.
    Word,
    /// Anything that begins with a digit, and `wd4`: digits, letters, the marks inside dates and times.
    Literal,
    /// `"…"`.
    Text,
    /// `"""…"""`.
    LongText,
    /// `# …` without its newline.
    Comment,
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// An operator or separator, of one or two characters.
    Mark,
    /// A string that does not end where it should.
    Unclosed,
    /// A character the language does not use.
    Stray,
}

/// One token and its bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

impl Lexeme {
    /// The token as written.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// All tokens of a text in order. Every byte that is not white space belongs to exactly one.
pub(crate) fn scan(text: &str) -> Scan<'_> {
    Scan { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } }
}

/// The tokens of a text, one after another.
#[derive(Clone, Debug)]
pub(crate) struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Scan<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        let start = self.at;
        let (token, length) = token_at(&self.text[start..])?;
        self.at = start + length;
        Some(Lexeme { token, start, end: self.at })
    }
}

/// The token at the beginning of `rest` and its length; none at the end of the text.
fn token_at(rest: &str) -> Option<(Token, usize)> {
    let first = rest.chars().next()?;
    Some(match first {
        '#' => (Token::Comment, comment_length(rest)),
        '"' => string_at(rest),
        '(' | '[' | '{' => (Token::Open(first), 1),
        ')' | ']' | '}' => (Token::Close(first), 1),
        '0'..='9' => (Token::Literal, literal_length(rest)),
        'a'..='z' | 'A'..='Z' | '_' => word_at(rest),
        '=' | '!' | '<' | '>' | '.' | '~' | ':' | ',' | ';' | '|' | '+' | '-' | '*' | '/' => {
            (Token::Mark, mark_length(rest))
        }
        _ => (Token::Stray, first.len_utf8()),
    })
}

/// The length of a comment, without a carriage return at its end.
fn comment_length(rest: &str) -> usize {
    let line = rest.find('\n').unwrap_or(rest.len());
    rest[..line].trim_end_matches('\r').len()
}

/// A string, long or short; one that is not closed reaches to the end of its line (short) or text (long).
fn string_at(rest: &str) -> (Token, usize) {
    if let Some(inside) = rest.strip_prefix("\"\"\"") {
        return match inside.find("\"\"\"") {
            Some(end) => (Token::LongText, end + 6),
            None => (Token::Unclosed, rest.len()),
        };
    }
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return (Token::Text, at + 1),
            b'\n' => break,
            b'\\' if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => at += 2,
            _ => at += 1,
        }
    }
    (Token::Unclosed, at.min(bytes.len()))
}

/// A name, or `wd4`.
fn word_at(rest: &str) -> (Token, usize) {
    let length = rest.bytes().take_while(|byte| is_word(*byte)).count();
    let digits = rest[..length].strip_prefix("wd").unwrap_or("");
    let literal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (if literal { Token::Literal } else { Token::Word }, length)
}

/// Whether the byte may stand inside a name.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a number, date, time or duration, by the same rules as the grammar.
fn literal_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    day_length(bytes).or_else(|| time_length(bytes)).unwrap_or_else(|| number_length(bytes))
}

/// How many digits stand at `at`, at most `limit`.
fn digits(bytes: &[u8], at: usize, limit: usize) -> usize {
    bytes.iter().skip(at).take(limit).take_while(|byte| byte.is_ascii_digit()).count()
}

/// `2026-03` or `2026-03-02`.
fn day_length(bytes: &[u8]) -> Option<usize> {
    let century = bytes.starts_with(b"19") || bytes.starts_with(b"20");
    if !century || digits(bytes, 0, 4) < 4 || bytes.get(4) != Some(&b'-') {
        return None;
    }
    let mut end = 5 + Some(digits(bytes, 5, 2)).filter(|count| *count > 0)?;
    if bytes.get(end) == Some(&b'-') && digits(bytes, end + 1, 2) > 0 {
        end += 1 + digits(bytes, end + 1, 2);
    }
    (!bytes.get(end).is_some_and(|byte| is_word(*byte))).then_some(end)
}

/// `09:12`.
fn time_length(bytes: &[u8]) -> Option<usize> {
    if digits(bytes, 0, 2) < 2 || bytes.get(2) != Some(&b':') || digits(bytes, 3, 2) < 2 {
        return None;
    }
    let fraction = bytes.get(5) == Some(&b'.') && digits(bytes, 6, 1) > 0;
    let more = bytes.get(5).is_some_and(|byte| is_word(*byte) || *byte == b'%');
    (!fraction && !more).then_some(5)
}

/// `212_000`, `0.25`, `3%`, `4h`, and misspelt ones such as `4hours`.
fn number_length(bytes: &[u8]) -> usize {
    let mut end = bytes.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'_').count();
    if bytes.get(end) == Some(&b'.') && digits(bytes, end + 1, 1) > 0 {
        end += 1 + digits(bytes, end + 1, usize::MAX);
    }
    if bytes.get(end) == Some(&b'%') {
        return end + 1;
    }
    end + bytes.iter().skip(end).take_while(|byte| is_word(**byte)).count()
}

/// Two for `==`, `!=`, `<=`, `>=` and `..`, else one.
fn mark_length(rest: &str) -> usize {
    if ["==", "!=", "<=", ">=", ".."].iter().any(|mark| rest.starts_with(mark)) { 2 } else { 1 }
}
