//! The words of a pdf file, in its objects and on its pages: strings, names, numbers, brackets.

use std::borrow::Cow;

/// Numbers are counted in millionths: the matrices of some programs scale by less than a thousandth.
pub(super) const ONE: i64 = 1_000_000;
/// No number of a page is larger; whoever multiplies two of them has room.
const LARGEST: i64 = 1_000_000_000_000_000;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// As the font counts its letters.
    Text(Vec<u8>),
    /// Without its slash.
    Name(Cow<'a, [u8]>),
    /// In millionths.
    Number(i64),
    /// `Tj`, `obj`, `R`, `true`.
    Word(&'a [u8]),
    OpenList,
    CloseList,
    OpenDictionary,
    CloseDictionary,
}

/// Goes through the words of a part of a file.
pub(super) struct Scanner<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Scanner<'a> {
        Scanner { bytes, at }
    }

    /// The next word, if there is one.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            let twice = self.bytes.get(self.at + 1) == Some(&byte);
            match byte {
                b'(' => return Some(Token::Text(self.literal())),
                b'<' if twice => return Some(self.bracket(2, Token::OpenDictionary)),
                b'>' if twice => return Some(self.bracket(2, Token::CloseDictionary)),
                b'<' => return Some(Token::Text(self.hexadecimal())),
                b'[' => return Some(self.bracket(1, Token::OpenList)),
                b']' => return Some(self.bracket(1, Token::CloseList)),
                b'-' | b'+' | b'.' | b'0'..=b'9' => return Some(Token::Number(millionths(self.word()))),
                b'/' => return Some(Token::Name(self.name())),
                b'%' => self.at += self.rest().iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
                b' ' | b'\t' | b'\n' | b'\r' | b'\0' | b'\x0C' | b')' | b'>' | b'{' | b'}' => self.at += 1,
                _ => return Some(Token::Word(self.word())),
            }
        }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn bracket(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len()).max(1);
        self.at += length;
        &rest[..length]
    }

    /// `/Name`, in which `#20` is a space.
    fn name(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let rest = self.rest();
        let length = rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len());
        self.at += length;
        let name = &rest[..length];
        if !name.contains(&b'#') {
            return Cow::Borrowed(name);
        }
        let mut spelled = Vec::with_capacity(name.len());
        let mut left = name;
        while let Some((&first, after)) = left.split_first() {
            let code = (first == b'#').then(|| Some((digit(*after.first()?)?, digit(*after.get(1)?)?))).flatten();
            spelled.push(code.map_or(first, |(high, low)| high << 4 | low));
            left = if code.is_some() { &after[2..] } else { after };
        }
        Cow::Owned(spelled)
    }

    /// `(text)` with escapes and balanced brackets.
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' if depth == 0 => depth = 1,
                b')' if depth == 1 => break,
                b'\\' => text.extend(self.escape()),
                _ => {
                    depth += i32::from(byte == b'(') - i32::from(byte == b')');
                    text.push(byte);
                }
            }
        }
        text
    }

    fn escape(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(b'\x08'),
            b'f' => Some(b'\x0C'),
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n'));
                None
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at) else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                Some(value as u8)
            }
            other => Some(other),
        }
    }

    /// `<48656c6c6f>`.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let rest = &self.bytes[self.at + 1..];
        let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        self.at = (self.at + length + 2).min(self.bytes.len());
        hexadecimal(&rest[..length])
    }
}

/// Two digits are one byte; a last one alone has a nought behind it, and what is no digit does not count.
pub(super) fn hexadecimal(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text.iter().filter_map(|byte| digit(*byte)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn digit(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|digit| digit as u8)
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte)
}

/// A decimal in millionths; what is none is nought, what is beyond any page is cut.
fn millionths(word: &[u8]) -> i64 {
    let negative = word.first() == Some(&b'-');
    let (mut value, mut places) = (0_i64, None);
    for byte in word {
        match (byte, places) {
            (b'0'..=b'9', Some(6..)) => {}
            (b'0'..=b'9', _) => {
                value = (value * 10 + i64::from(byte - b'0')).min(LARGEST);
                places = places.map(|places| places + 1);
            }
            (b'.', None) => places = Some(0),
            (b'-' | b'+', _) => {}
            _ => return 0,
        }
    }
    let scale = 10_i64.pow(6 - places.unwrap_or(0).min(6));
    let value = value.saturating_mul(scale).min(LARGEST);
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        let mut scanner = Scanner::new(text.as_bytes(), 0);
        std::iter::from_fn(|| scanner.next()).collect()
    }

    #[test]
    fn numbers_are_read_in_millionths() {
        let numbers = [("12", 12 * ONE), ("-.5", -500_000), ("+3.25", 3_250_000), ("0.0000019", 1), ("4.", 4 * ONE)];
        for (text, value) in numbers {
            assert_eq!(tokens(text), [Token::Number(value)], "{text}");
        }
        assert_eq!(tokens("99999999999999999999999 1e9"), [Token::Number(LARGEST), Token::Number(0)]);
    }

    #[test]
    fn names_and_strings_are_spelled_out() {
        let name = |text: &'static [u8]| Token::Name(Cow::Borrowed(text));
        assert_eq!(tokens("/A#20B/#zz"), [name(b"A B"), name(b"#zz")]);
        assert_eq!(tokens(r"(a(b)\)\101\n)<4 1 4>"), [Token::Text(b"a(b))A\n".to_vec()), Token::Text(b"A@".to_vec())]);
        assert_eq!(tokens("<</K[true]>>%x\rR").len(), 7);
    }
}
