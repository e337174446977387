//! The operators of a page: strings, numbers in thousandths, words.

/// One operand or operator.
pub(super) enum Token<'a> {
    /// As the font counts its letters.
    Text(Vec<u8>),
    /// Without its slash.
    Name(&'a [u8]),
    /// In thousandths.
    Number(i64),
    Operator(&'a [u8]),
}

/// Goes through the operators of one page.
pub(super) struct Scanner<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    /// The next operand or operator, if there is one.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.bytes.get(self.at)? {
                b'(' => return Some(Token::Text(self.literal())),
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => return Some(Token::Text(self.hexadecimal())),
                b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"' => return Some(Token::Operator(self.word())),
                b'-' | b'+' | b'.' | b'0'..=b'9' => return Some(Token::Number(thousandths(self.word()))),
                b'/' => {
                    self.at += 1;
                    return Some(Token::Name(self.word()));
                }
                b'%' => self.at += self.bytes[self.at..].iter().take_while(|byte| **byte != b'\n').count(),
                _ => self.at += 1,
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]{}/%".contains(byte);
        let length = rest.iter().position(ends).unwrap_or(rest.len()).max(1);
        self.at += length;
        &rest[..length]
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
            b'b' | b'f' | b'\n' => None,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                while let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at).filter(|_| value < 32) {
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
        self.at += length + 2;
        let digits: Vec<u8> =
            rest[..length].iter().filter_map(|byte| (*byte as char).to_digit(16)).map(|digit| digit as u8).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }
}

/// A decimal in thousandths; what is none, or beyond any page, is nought.
fn thousandths(word: &[u8]) -> i64 {
    let text = String::from_utf8_lossy(word);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{:0<3.3}", part);
    digits.parse().unwrap_or(0)
}

/// A letter of Windows code page 1252.
pub(super) fn letter(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => byte as char,
    }
}
