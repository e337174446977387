//! Pictures before they have pixels.

use std::borrow::Cow;
use std::sync::Arc;

use super::look::Brand;
use super::places::union;
use super::{Cell, CellValue, Chart, Facts, Properties, Run};
use crate::value::Moment;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    Chart(Arc<Chart>),
    /// The mark of a company.
    Logo(Arc<Brand>),
    Photo(Photo),
    Screenshot(Screenshot),
}

/// A picture that is a file: png, jpg, svg.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFile {
    pub properties: Properties,
    pub picture: Arc<Picture>,
}

/// What somebody photographed.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    pub scene: Scene,
    pub weather: Weather,
    /// How far the works are, in per cent.
    pub progress: u8,
    /// Lines that are written on what is seen, as on a whiteboard.
    pub writing: Vec<Vec<Run>>,
    /// What weather and progress were read from.
    pub facts: Facts,
    pub taken: Moment,
    /// The maker and model of the camera, as the file has it.
    pub camera: String,
    /// Decides what the place looks like: photos of one place show the same building or room.
    pub place: u64,
    /// Decides whatever else the story leaves open, so that no two photos are alike.
    pub variation: u64,
}

/// Where a photo was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A building site from outside.
    Site,
    /// A room that is being built.
    Interior,
    Office,
    Whiteboard,
}

/// What the sky does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Sun,
    Cloud,
    Rain,
    Fog,
    Snow,
}

/// A window as somebody's computer showed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Screenshot {
    pub desktop: Desktop,
    /// What stands in the bar of the window.
    pub heading: Vec<Run>,
    pub window: Window,
    /// BCP 47 of the numbers on that computer: `de-DE`.
    pub locale: String,
    /// Decides how that computer is set up: how fine its screen is, what lies behind the windows.
    pub computer: u64,
    /// Decides how much around the window was caught.
    pub variation: u64,
}

/// Whose windows are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desktop {
    Windows,
    Macos,
}

/// What a window holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Window {
    Cells(SeenCells),
    /// A question or complaint of a program, with what can be answered.
    Dialog {
        lines: Vec<Vec<Run>>,
        buttons: Vec<Vec<Run>>,
    },
    Chat(Vec<Said>),
}

/// The part of a sheet that a window shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SeenCells {
    /// The names on the tabs, and which of them is on top.
    pub tabs: Vec<String>,
    pub tab: usize,
    /// How the sheet begins, whatever is seen of it: with a header row, or a title.
    pub header: bool,
    /// Row and column of the first cell that is seen, from 0.
    pub first: (u32, u32),
    pub rows: Vec<Vec<Cell>>,
    /// Whether the sheet goes on below them.
    pub below: bool,
    /// Row and column of the chosen cell, from 0.
    pub chosen: (u32, u32),
}

/// One message of a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub by: Vec<Run>,
    pub words: Vec<Run>,
    /// By whoever sits at the computer.
    pub own: bool,
}

impl Screenshot {
    /// Everything that is written in it, line by line, but for cells.
    pub(crate) fn lines(&self) -> Vec<&[Run]> {
        let mut lines = vec![self.heading.as_slice()];
        match &self.window {
            Window::Cells(_) => {}
            Window::Dialog { lines: said, buttons } => lines.extend(said.iter().chain(buttons).map(Vec::as_slice)),
            Window::Chat(said) => lines.extend(said.iter().flat_map(|said| [&*said.by, &*said.words])),
        }
        lines
    }

    /// The cells that are seen.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &Cell> {
        let rows = match &self.window {
            Window::Cells(seen) => seen.rows.as_slice(),
            _ => &[],
        };
        rows.iter().flatten()
    }
}

impl Picture {
    /// Everything that is written in it; numbers are written in digits.
    pub(crate) fn texts(&self) -> Vec<Cow<'_, str>> {
        let joined = |line: &[Run]| Cow::Owned(line.iter().map(|run| run.text.as_str()).collect());
        match self {
            Picture::Chart(chart) => {
                let names = chart.series.iter().map(|series| &series.name).chain(&chart.categories);
                names.chain([&chart.title]).map(|name| Cow::Borrowed(name.as_str())).collect()
            }
            Picture::Logo(brand) => vec![Cow::Borrowed(brand.company.as_str())],
            Picture::Photo(photo) => photo.writing.iter().map(|line| joined(line)).collect(),
            Picture::Screenshot(shot) => {
                let cells = shot.cells().filter_map(|cell| match &cell.value {
                    CellValue::Text(text) => Some(Cow::Borrowed(&**text)),
                    _ => None,
                });
                shot.lines().into_iter().map(joined).chain(cells).collect()
            }
        }
    }

    /// Everything it was made from, each fact once.
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Picture::Chart(chart) => union(chart.facts()),
            Picture::Logo(_) => Facts::default(),
            Picture::Photo(photo) => {
                let written = photo.writing.iter().flatten().filter_map(|run| run.facts.as_ref());
                union(written.chain([&photo.facts]))
            }
            Picture::Screenshot(shot) => {
                let written = shot.lines().into_iter().flatten().filter_map(|run| run.facts.as_ref());
                union(written.chain(shot.cells().filter_map(|cell| cell.facts.as_ref())))
            }
        }
    }
}
