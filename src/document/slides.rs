//! A document as slides [X7]: `#` is the title slide and later ones begin a section, `##` begins a slide, a rule parts it
//! into two columns, a paragraph `Note:` is what the speaker says.

use super::{Block, Doc, Run};

/// What a paragraph begins with that nobody in the room sees.
const NOTE: &str = "Note:";

/// What a slide is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlideKind {
    Title,
    Section,
    Content,
}

/// One slide in the order of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slide<'a> {
    pub(crate) kind: SlideKind,
    /// Empty where the slide has no heading or an empty one.
    pub(crate) title: &'a [Run],
    /// Blocks from left to right; the second column is empty unless a rule parts the slide.
    pub(crate) columns: [Vec<&'a Block>; 2],
    /// Paragraphs for the speaker, without the word that marks them.
    pub(crate) notes: Vec<Vec<Run>>,
}

impl<'a> Slide<'a> {
    fn new(kind: SlideKind, title: &'a [Run]) -> Slide<'a> {
        Slide { kind, title, columns: [Vec::new(), Vec::new()], notes: Vec::new() }
    }

    /// Without a second column, figures stand beside or below all else: they are read last.
    fn figures_last(&mut self) {
        if let [column, second] = &mut self.columns
            && second.is_empty()
        {
            column.sort_by_key(|block| is_figure(block));
        }
    }

    /// The title as plain text.
    pub(crate) fn heading(&self) -> String {
        self.title.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The slides of a document. Blocks before the first heading make a slide without a title, and so do those behind a page
/// break.
pub(crate) fn slides(doc: &Doc) -> Vec<Slide<'_>> {
    slides_of(&doc.blocks)
}

/// The same of bare blocks.
pub(crate) fn slides_of(blocks: &[Block]) -> Vec<Slide<'_>> {
    let mut slides: Vec<Slide<'_>> = Vec::new();
    let mut column = 0;
    for block in blocks {
        if let Some(slide) = begun(block, slides.is_empty()) {
            slides.push(slide);
            column = 0;
            continue;
        }
        if slides.is_empty() {
            slides.push(Slide::new(SlideKind::Content, &[]));
        }
        let Some(slide) = slides.last_mut() else { continue };
        match block {
            Block::Rule => column = 1,
            Block::Paragraph { runs } => match note(runs) {
                Some(note) => slide.notes.push(note),
                None => slide.columns[column].push(block),
            },
            _ => slide.columns[column].push(block),
        }
    }
    slides.iter_mut().for_each(Slide::figures_last);
    slides
}

/// Charts and pictures have places of their own on a slide.
pub(crate) fn is_figure(block: &Block) -> bool {
    matches!(block, Block::Chart { .. } | Block::Picture { .. })
}

/// The slide that a block begins.
fn begun(block: &Block, first: bool) -> Option<Slide<'_>> {
    match block {
        Block::Heading { level: 0, runs } if first => Some(Slide::new(SlideKind::Title, runs)),
        Block::Heading { level: 0, runs } => Some(Slide::new(SlideKind::Section, runs)),
        Block::Heading { level: 1, runs } => Some(Slide::new(SlideKind::Content, runs)),
        Block::PageBreak => Some(Slide::new(SlideKind::Content, &[])),
        _ => None,
    }
}

/// What the speaker says, if the paragraph is a note.
fn note(runs: &[Run]) -> Option<Vec<Run>> {
    let (first, rest) = runs.split_first()?;
    let said = first.text.trim_start().strip_prefix(NOTE)?.trim_start();
    let mut note = Vec::with_capacity(runs.len());
    if !said.is_empty() {
        note.push(Run { text: said.to_owned(), ..first.clone() });
    }
    note.extend_from_slice(rest);
    Some(note)
}

/// The same blocks with footnotes in the text: a slide has no foot of its own, so that each note is the last thing on the
/// slide of its mark, quoted, with a raised number.
pub(crate) fn with_notes_in_text(blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut open: Vec<Block> = Vec::new();
    let mut count = 0;
    for mut block in blocks {
        if begun(&block, false).is_some() {
            out.append(&mut open);
        }
        take_notes(&mut block, &mut count, &mut open);
        out.push(block);
    }
    out.append(&mut open);
    out
}

fn take_notes(block: &mut Block, count: &mut u32, notes: &mut Vec<Block>) {
    match block {
        Block::Heading { runs, .. } | Block::Paragraph { runs } => take_from(runs, count, notes),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| take_notes(block, count, notes)),
        Block::Table { header, rows, .. } => {
            header.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| take_from(cell, count, notes));
        }
        Block::Quote { blocks } => blocks.iter_mut().for_each(|block| take_notes(block, count, notes)),
        Block::Code { .. } | Block::Picture { .. } | Block::Chart { .. } | Block::Rule | Block::PageBreak => {}
    }
}

fn take_from(runs: &mut Vec<Run>, count: &mut u32, notes: &mut Vec<Block>) {
    let mut at = 0;
    while at < runs.len() {
        if let Some(note) = runs[at].footnote.take() {
            *count += 1;
            let mark = Run { text: raised(*count), ..Run::default() };
            let text =
                [Run { text: format!("{} ", mark.text), ..Run::default() }].into_iter().chain(note.iter().cloned());
            notes.push(Block::Quote { blocks: vec![Block::Paragraph { runs: text.collect() }] });
            at += 1;
            runs.insert(at, mark);
        }
        at += 1;
    }
}

/// A number in raised digits.
fn raised(number: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::from_markdown;
    use crate::document::tests::doc;

    fn told(text: &str) -> Vec<String> {
        let doc = doc(from_markdown(text, &[]));
        let tell = |slide: &Slide<'_>| {
            let counts = slide.columns.each_ref().map(Vec::len);
            let notes: Vec<String> =
                slide.notes.iter().map(|note| note.iter().map(|run| run.text.as_str()).collect()).collect();
            format!("{:?} {:?} {counts:?} {notes:?}", slide.kind, slide.heading())
        };
        slides(&doc).iter().map(tell).collect()
    }

    #[test]
    fn headings_rules_and_notes_make_slides() {
        let text = "# Pack\n\nFor the board\n\n## One\n\n- a\n\n---\n\n- b\n\nNote: say **this**\n\n# Part\n\n##\n\n<!-- pagebreak -->\n\nloose\n";
        assert_eq!(
            told(text),
            [
                "Title \"Pack\" [1, 0] []",
                "Content \"One\" [1, 1] [\"say this\"]",
                "Section \"Part\" [0, 0] []",
                "Content \"\" [0, 0] []",
                "Content \"\" [1, 0] []",
            ]
        );
    }

    #[test]
    fn footnotes_end_the_slide_of_their_mark() {
        let text = "## One\n\n- a[^x]\n- b\n\n## Two\n\nc[^x]\n\n[^x]: See *there*.\n";
        let blocks = with_notes_in_text(from_markdown(text, &[]));
        let written: Vec<String> =
            crate::document::places::paragraphs(&doc(blocks)).into_iter().map(|paragraph| paragraph.text).collect();
        assert_eq!(written, ["One", "a¹", "b", "¹ See there.", "Two", "c²", "² See there."]);
    }

    #[test]
    fn what_stands_before_a_heading_is_a_slide_too() {
        assert_eq!(told("alone\n\n# Title\n"), ["Content \"\" [1, 0] []", "Section \"Title\" [0, 0] []"]);
        assert_eq!(told(""), Vec::<String>::new());
    }
}
