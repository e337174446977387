//! The paragraphs of a pdf as our own writer and most office programs lay them out: lines of one paragraph at equal
//! distances, nothing of the text in the margins or in what is marked as no part of it.

mod fonts;
mod scan;

use fonts::Fonts;
use scan::{Scanner, Token};

use super::{Extract, LIMIT, Role, Unreadable, zip};
use crate::document::{Beside, Place};

/// Above and below these heights, in thousandths of a point on A4, stand headers and footers.
const MARGINS: std::ops::Range<i64> = 55_000..785_000;

/// Reads every content stream in the order of the file, which is the order of the pages in what we write.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Unreadable> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unreadable::because("it is no pdf"));
    }
    let fonts = Fonts::of(bytes);
    let mut lines = Vec::new();
    let mut rest = bytes;
    let mut total = 0;
    let mut page = 0;
    while let Some((dictionary, stream, after)) = next_stream(rest) {
        if let Some(content) = content(dictionary, stream) {
            total += content.len();
            if total > LIMIT {
                return Err(Unreadable::because("its pages hold more than 64 MiB"));
            }
            show(&content, page, &fonts, &mut lines);
            page += 1;
        }
        rest = after;
    }
    let (notes, text): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.note.is_some());
    let numbered = |at: usize| Place::Paragraph(at as u32 + 1);
    let text = paragraphs(text).into_iter().enumerate().map(|(at, part)| (numbered(at), Role::Text, part));
    let notes = notes.chunk_by(|a, b| a.note == b.note).enumerate().map(|(at, note)| {
        let place = Place::Beside { kind: Beside::Footnote, number: at as u32 + 1, paragraph: 1 };
        let parts = paragraphs(note.to_vec());
        let page = parts.first().map_or(0, |(page, _)| *page);
        let texts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
        (place, Role::Footnote, (page, texts.join(" ")))
    });
    let lines = text.chain(notes).map(|(place, role, (page, text))| super::Line {
        page: page as u32 + 1,
        ..super::Line::new(place, role, text.trim_start())
    });
    Ok(Extract::of(lines.collect()))
}

/// The next stream: what stands before it since the last object began, its bytes, and the rest of the file.
fn next_stream(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let at = find(bytes, b"stream")?;
    let head = &bytes[..at];
    let object = head.windows(4).rposition(|window| window == b" obj").unwrap_or(0);
    let body = bytes.get(at + 6..)?;
    let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    let end = find(body, b"endstream")?;
    Some((&head[object..], &body[..end], &body[end + 9..]))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// The operators of a page; none for fonts, pictures and metadata.
fn content(dictionary: &[u8], stream: &[u8]) -> Option<Vec<u8>> {
    let has = |word: &[u8]| find(dictionary, word).is_some();
    if has(b"/CMap")
        || has(b"/Subtype")
        || has(b"/FontFile")
        || has(b"/Metadata")
        || has(b"/ObjStm")
        || has(b"/Length1")
    {
        return None;
    }
    match has(b"FlateDecode") {
        true => zip::inflate(flate2::read::ZlibDecoder::new(stream), LIMIT),
        false => Some(stream.to_vec()),
    }
}

/// Text that stands on one height of a page; lengths are thousandths of a point.
#[derive(Clone, Debug, Default)]
struct Line {
    page: usize,
    y: i64,
    size: i64,
    text: String,
    /// The footnote it belongs to, from 1.
    note: Option<u32>,
}

/// Runs through the operators of a page: moves end a line, strings go on with it.
fn show(content: &[u8], page: usize, fonts: &Fonts, lines: &mut Vec<Line>) {
    let mut line = Line { page, ..Line::default() };
    let mut numbers: Vec<i64> = Vec::new();
    let (mut name, mut font): (&[u8], &[u8]) = (b"", b"");
    let mut shown = String::new();
    let mut marks = Marks { notes: lines.iter().filter_map(|line| line.note).max().unwrap_or(0), ..Marks::default() };
    let mut scanner = Scanner { bytes: content, at: 0 };
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(text) => shown.push_str(&fonts.text(font, &text)),
            // Inside the list of a `TJ`, a step of a quarter of the letters' height to the right is a space.
            Token::Number(step) if !shown.is_empty() && step < -200_000 => shown.push(' '),
            Token::Number(number) => numbers.push(number),
            Token::Name(called) => name = called,
            Token::Operator(operator) => {
                if operator == b"Tf" {
                    font = name;
                }
                marks.operate(operator, name, &numbers);
                let seen = if marks.is_text() { shown.as_str() } else { "" };
                if line.text.is_empty() && !seen.is_empty() {
                    line.note = marks.note.map(|(_, number)| number);
                }
                operate(operator, &numbers, seen, &mut line, lines);
                numbers.clear();
                shown.clear();
            }
        }
    }
    end(&mut line, lines);
}

/// What stands beside the text of a page, as its marks say.
#[derive(Default)]
struct Marks {
    depth: usize,
    /// The depth of a mark whose content is no part of the document.
    artifact: Option<usize>,
    /// The depth of a footnote and its number.
    note: Option<(usize, u32)>,
    notes: u32,
    /// Numbers of footnotes are raised.
    raised: bool,
}

impl Marks {
    fn operate(&mut self, operator: &[u8], name: &[u8], numbers: &[i64]) {
        match operator {
            b"BMC" | b"BDC" => {
                self.depth += 1;
                if name == b"Artifact" {
                    self.artifact = self.artifact.or(Some(self.depth));
                } else if name == b"Note" {
                    self.notes += 1;
                    self.note = Some((self.depth, self.notes));
                }
            }
            b"EMC" => {
                self.artifact = self.artifact.filter(|depth| *depth != self.depth);
                self.note = self.note.filter(|(depth, _)| *depth != self.depth);
                self.depth = self.depth.saturating_sub(1);
            }
            b"Ts" => self.raised = numbers.last().is_some_and(|rise| *rise > 0),
            _ => {}
        }
    }

    fn is_text(&self) -> bool {
        self.artifact.is_none() && !self.raised
    }
}

fn operate(operator: &[u8], numbers: &[i64], shown: &str, line: &mut Line, lines: &mut Vec<Line>) {
    let last = numbers.last().copied().unwrap_or(0);
    match operator {
        b"Tj" | b"TJ" => line.text.push_str(shown),
        b"Tf" if line.text.is_empty() => line.size = last,
        b"BT" => {
            end(line, lines);
            line.y = 0;
        }
        b"Td" | b"TD" => {
            end(line, lines);
            line.y = line.y.saturating_add(last);
        }
        b"Tm" => {
            end(line, lines);
            line.y = last;
        }
        b"T*" | b"'" | b"\"" => {
            end(line, lines);
            line.y = line.y.saturating_sub(leading(line.size));
            line.text.push_str(shown);
        }
        _ => {}
    }
}

fn end(line: &mut Line, lines: &mut Vec<Line>) {
    let text = std::mem::take(&mut line.text);
    if !text.trim().is_empty() && MARGINS.contains(&line.y) {
        lines.push(Line { text, ..line.clone() });
    }
}

/// From one line of a paragraph to the next.
fn leading(size: i64) -> i64 {
    size.saturating_mul(135) / 100
}

/// Joins the lines of paragraphs, each with the page it begins on; the marks of list items are no text.
fn paragraphs(lines: Vec<Line>) -> Vec<(usize, String)> {
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines {
        match (&before, paragraphs.last_mut()) {
            (Some(above), Some((_, text))) if is_mark(above) && above.y == line.y => text.clone_from(&line.text),
            (Some(above), Some((_, text))) if goes_on(above, &line) => {
                text.push(' ');
                text.push_str(&line.text);
            }
            _ => paragraphs.push((line.page, line.text.clone())),
        }
        before = Some(line);
    }
    paragraphs
}

fn is_mark(line: &Line) -> bool {
    let text = line.text.trim();
    let counter = text.strip_suffix('.').is_some_and(|text| text.chars().all(|letter| letter.is_ascii_alphanumeric()));
    matches!(text, "•" | "–") || (counter && text.len() <= 4)
}

/// A line goes on with the paragraph if it stands one line lower in the same size, or on top of the next page after an
/// unfinished sentence.
fn goes_on(above: &Line, line: &Line) -> bool {
    if above.size != line.size || is_mark(line) {
        return false;
    }
    let distance = above.y.saturating_sub(line.y);
    let unfinished = !above.text.trim_end().ends_with(['.', '!', '?', ':']);
    match above.page == line.page {
        true => (line.size.saturating_mul(110) / 100..line.size.saturating_mul(155) / 100).contains(&distance),
        false => unfinished && line.text.starts_with(|letter: char| letter.is_lowercase()),
    }
}
