//! Where everything on a slide stands, and how large its text is: the largest size at which all of it fits.

use std::sync::Arc;

use super::fit::{self, Measured};
use super::lines::{self, Line};
use crate::document::picture::Picture;
use crate::document::slides::{Slide, SlideKind};
use crate::document::{Alignment, Block, Chart, Run};
use crate::formats::columns;

/// English Metric Units in a point.
pub(super) const POINT: u32 = 12_700;
/// The area below the title, as the master has it.
const BODY: Frame = Frame { x: 609_600, y: 1_508_760, width: 10_972_800, height: 4_663_440 };
/// The same on a slide without a title.
const WHOLE: Frame = Frame { y: 609_600, height: 5_562_600, ..BODY };
/// Between two columns.
const GUTTER: u32 = 243_840;
/// Lines that a slide holds [X7].
const MOST_LINES: usize = 9;
/// Lines below the title of a title slide or section.
const SUBTITLE_LINES: usize = 3;
/// Sizes of text and of tables' text in points, tried in this order.
const SIZES: [(u32, u32); 7] = [(24, 18), (22, 18), (20, 16), (18, 14), (16, 13), (14, 12), (12, 11)];
/// The distance between paragraphs at least and at most, in percent of their size.
pub(super) const BEFORE: u32 = 50;
const MOST_BEFORE: u32 = 130;
/// Between things that stand one below the other, in points.
const GAP: u32 = 16;
/// What a chart or picture needs at least, in points.
const FIGURE: u32 = 150;
/// Above and below the text of a cell, and the tallest row of one line, in points.
const CELL_MARGIN: u32 = 10;
const TALLEST_ROW: u32 = 44;
/// Left and right of the text of a cell, in points.
const CELL_SIDE: u32 = 16;

/// A rectangle of a slide in English Metric Units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Frame {
    /// The largest frame of the shape of a picture in the middle of this one.
    pub(super) fn around(self, width: i32, height: i32) -> Frame {
        let (wide, high) = (u64::from(width.max(1) as u32), u64::from(height.max(1) as u32));
        let (most, tall) = (u64::from(self.width), u64::from(self.height));
        let across = most.min(tall * wide / high);
        let (width, height) = (across as u32, (across * high / wide) as u32);
        let (x, y) = (self.x + (self.width - width) / 2, self.y + self.height.saturating_sub(height) / 2);
        Frame { x, y, width, height }
    }
}

/// The layouts of the master, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Title = 1,
    Content = 2,
    Section = 3,
    TwoContents = 4,
    TitleOnly = 5,
    Blank = 6,
}

/// A table with the widths of its columns.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    pub(super) header: &'a [Vec<Run>],
    pub(super) rows: &'a [Vec<Vec<Run>>],
    pub(super) alignment: &'a [Alignment],
    /// In English Metric Units.
    pub(super) widths: Vec<u32>,
    /// The widths of the texts of its cells in thousandths of their size, the header first.
    texts: Vec<Vec<u32>>,
}

impl<'a> Table<'a> {
    fn new(header: &'a [Vec<Run>], rows: &'a [Vec<Vec<Run>>], alignment: &'a [Alignment]) -> Table<'a> {
        let measured = |bold: bool, cells: &[Vec<Run>]| cells.iter().map(|cell| fit::width(cell, bold)).collect();
        let head = (!header.is_empty()).then(|| measured(true, header));
        let texts = head.into_iter().chain(rows.iter().map(|row| measured(false, row))).collect();
        Table { header, rows, alignment, widths: Vec::new(), texts }
    }

    /// The heights of the rows at a size, in points, the header first.
    pub(super) fn heights(&self, size: u32) -> impl Iterator<Item = u32> + '_ {
        self.texts.iter().map(move |texts| {
            let room = |width: &u32| (width / POINT).saturating_sub(CELL_SIDE);
            let lines = texts.iter().zip(&self.widths).map(|(text, width)| fit::lines(*text, size, room(width)));
            lines.max().unwrap_or(1) * size * 6 / 5 + CELL_MARGIN
        })
    }
}

/// What stands in a frame.
#[derive(Clone, Debug)]
pub(super) enum Content<'a> {
    Text(Vec<Line<'a>>),
    Table(Table<'a>),
    Chart(&'a Arc<Chart>),
    /// With what is read where it is not seen.
    Picture(&'a Picture, &'a str),
}

impl Content<'_> {
    /// Whether it takes whatever room it gets.
    fn is_figure(&self) -> bool {
        matches!(self, Content::Chart(_) | Content::Picture(..))
    }
}

/// Something on a slide.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    pub(super) content: Content<'a>,
    pub(super) frame: Frame,
    /// Of its text, in points.
    pub(super) size: u32,
    /// The distance above its paragraphs, in percent of their size.
    pub(super) before: u32,
    /// The placeholder of the layout that it fills.
    pub(super) holder: Option<u32>,
}

/// A slide with everything in its place.
#[derive(Clone, Debug)]
pub(super) struct Arranged<'a> {
    pub(super) layout: Layout,
    pub(super) placed: Vec<Placed<'a>>,
    /// Why the slide cannot hold what is on it, as a sentence without its end.
    pub(super) fault: Option<String>,
}

/// What stands in a column, from top to bottom.
type Column<'a> = Vec<Content<'a>>;

/// Arranges a slide.
pub(super) fn arrange<'a>(slide: &Slide<'a>) -> Arranged<'a> {
    let columns = columns_of(slide);
    let layout = layout(slide, &columns);
    let mut arranged = Arranged { layout, placed: Vec::new(), fault: crowded(&columns) };
    let frames = frames(&columns, if layout == Layout::Blank { WHOLE } else { BODY });
    let columns = columns.into_iter().filter(|column| !column.is_empty());
    for (holder, (column, frame)) in (1..).zip(columns.zip(frames)) {
        match stacked(column, frame, holder) {
            Some(placed) => arranged.placed.extend(placed),
            None => drop(arranged.fault.get_or_insert_with(|| "its text does not fit even in small print".to_owned())),
        }
    }
    arranged
}

/// Titles and sections have room for a few lines and nothing else; with more they are slides like the others.
fn layout(slide: &Slide<'_>, columns: &[Column<'_>; 2]) -> Layout {
    let plain = match columns.each_ref().map(Vec::as_slice) {
        [[], []] => true,
        [[Content::Text(lines)], []] => lines.len() <= SUBTITLE_LINES,
        _ => false,
    };
    let count = columns.iter().filter(|column| !column.is_empty()).count();
    match (slide.kind, count) {
        (SlideKind::Title, _) if plain => Layout::Title,
        (SlideKind::Section, _) if plain => Layout::Section,
        (_, 0) if slide.title.is_empty() => Layout::Content,
        _ if slide.title.is_empty() => Layout::Blank,
        (_, 0) => Layout::TitleOnly,
        (_, 1) => Layout::Content,
        _ => Layout::TwoContents,
    }
}

/// Whether a slide has more lines than it may, however short they are.
pub(super) fn too_many_lines(slide: &Slide<'_>) -> Option<String> {
    crowded(&columns_of(slide))
}

fn crowded(columns: &[Column<'_>; 2]) -> Option<String> {
    let lines = |content: &Content<'_>| if let Content::Text(lines) = content { lines.len() } else { 0 };
    let most = columns.iter().map(|column| column.iter().map(lines).sum()).max().unwrap_or(0_usize);
    (most > MOST_LINES).then(|| format!("it has {most} lines, and a slide holds {MOST_LINES}"))
}

/// Contents from left to right, each column from top to bottom. Without a rule, a figure stands right of the text, and two
/// figures stand side by side.
fn columns_of<'a>(slide: &Slide<'a>) -> [Column<'a>; 2] {
    let [left, right] = slide.columns.each_ref().map(|blocks| contents(blocks));
    if !right.is_empty() {
        return [left, right];
    }
    let (mut figures, texts): (Vec<_>, Vec<_>) = left.into_iter().partition(Content::is_figure);
    match (texts.is_empty(), figures.len()) {
        (true, 2..) => {
            let second = figures.split_off(figures.len().div_ceil(2));
            [figures, second]
        }
        (true, _) => [figures, Vec::new()],
        (false, _) => [texts, figures],
    }
}

/// Blocks as contents; texts that follow each other are one.
fn contents<'a>(blocks: &[&'a Block]) -> Column<'a> {
    let mut contents: Column<'a> = Vec::new();
    for block in blocks {
        match block {
            Block::Table { header, rows, alignment } => {
                contents.push(Content::Table(Table::new(header, rows, alignment)))
            }
            Block::Chart { chart } => contents.push(Content::Chart(chart)),
            Block::Picture { picture, alt, .. } => contents.push(Content::Picture(picture, alt)),
            text => match contents.last_mut() {
                Some(Content::Text(lines)) => lines::add(text, lines),
                _ => {
                    let mut found = Vec::new();
                    lines::add(text, &mut found);
                    if !found.is_empty() {
                        contents.push(Content::Text(found));
                    }
                }
            },
        }
    }
    contents
}

/// The frames of the columns that have something. Text beside a figure takes two fifths.
fn frames(columns: &[Column<'_>; 2], body: Frame) -> Vec<Frame> {
    let [left, right] = columns;
    if left.is_empty() || right.is_empty() {
        return vec![body];
    }
    let room = body.width - GUTTER;
    let first = match (left.iter().any(Content::is_figure), right.iter().all(Content::is_figure)) {
        (false, true) => room * 2 / 5,
        _ => room / 2,
    };
    let second = body.x + first + GUTTER;
    vec![Frame { width: first, ..body }, Frame { x: second, width: room - first, ..body }]
}

/// The contents of a column, one below the other; nothing if they do not fit at any size.
fn stacked<'a>(column: Column<'a>, frame: Frame, holder: u32) -> Option<Vec<Placed<'a>>> {
    let column: Column<'a> = column.into_iter().map(|content| widened(content, frame.width)).collect();
    let (width, tall) = (frame.width / POINT, frame.height / POINT);
    let gaps = GAP * (column.len() as u32 - 1);
    let needs: Vec<Need<'_>> = column.iter().map(Need::of).collect();
    let (sizes, mut heights) = SIZES.into_iter().find_map(|sizes| {
        let heights: Vec<u32> = needs.iter().map(|need| need.height(sizes, width)).collect();
        (fit::sum(heights.iter().copied().chain([gaps])) <= tall).then_some((sizes, heights))
    })?;
    let spare = tall - heights.iter().sum::<u32>() - gaps;
    grow(&column, &mut heights, spare);
    let before = airy(&column, sizes.0, spare);
    let mut y = frame.y;
    let placed = column.into_iter().zip(heights).enumerate().map(|(index, (content, height))| {
        let height = height * POINT;
        let size = if matches!(content, Content::Table(_)) { sizes.1 } else { sizes.0 };
        let placed = Placed {
            content,
            frame: Frame { y, height, ..frame },
            size,
            before,
            holder: (index == 0).then_some(holder),
        };
        y += height + GAP * POINT;
        placed
    });
    Some(placed.collect())
}

fn widened(content: Content<'_>, width: u32) -> Content<'_> {
    match content {
        Content::Table(table) => {
            let widths = columns::share(table.header, table.rows, width);
            Content::Table(Table { widths, ..table })
        }
        other => other,
    }
}

/// What a content needs, measured once for all sizes.
enum Need<'a> {
    Lines(Vec<Measured>),
    Rows(&'a Table<'a>),
    Figure,
}

impl<'a> Need<'a> {
    fn of(content: &'a Content<'a>) -> Need<'a> {
        match content {
            Content::Text(lines) => Need::Lines(lines.iter().map(Line::measured).collect()),
            Content::Table(table) => Need::Rows(table),
            Content::Chart(_) | Content::Picture(..) => Need::Figure,
        }
    }

    /// The height at these sizes, in points.
    fn height(&self, (text, table): (u32, u32), width: u32) -> u32 {
        match self {
            Need::Lines(lines) => fit::height(lines, text, width),
            Need::Rows(rows) => fit::sum(rows.heights(table)),
            Need::Figure => FIGURE,
        }
    }
}

/// Spreads the paragraphs of a column that is all text over half of what is left.
fn airy(column: &[Content<'_>], size: u32, spare: u32) -> u32 {
    match column {
        [Content::Text(lines)] if lines.len() > 1 => {
            (BEFORE + spare * 50 / (size * (lines.len() as u32 - 1))).min(MOST_BEFORE)
        }
        _ => BEFORE,
    }
}

/// Gives what is left to those that look better with it: figures take all of it, tables until their rows are tall.
fn grow(column: &[Content<'_>], heights: &mut [u32], spare: u32) {
    let figures = column.iter().filter(|content| content.is_figure()).count() as u32;
    for (content, height) in column.iter().zip(heights.iter_mut()) {
        match content {
            Content::Chart(_) | Content::Picture(..) => *height += spare / figures,
            Content::Table(table) if figures == 0 => {
                let rows = table.rows.len() as u32 + u32::from(!table.header.is_empty());
                *height = (*height).max((rows * TALLEST_ROW).min(*height + spare));
            }
            _ => {}
        }
    }
    if figures == 0 && column.len() == 1 && matches!(column[0], Content::Text(_)) {
        heights[0] += spare;
    }
}
