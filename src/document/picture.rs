//! Pictures before they have pixels.

use std::sync::Arc;

use super::look::Brand;
use super::places::union;
use super::{Chart, Facts, Properties, Run};
use crate::value::Moment;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    Chart(Arc<Chart>),
    /// The mark of a company.
    Logo(Arc<Brand>),
    Photo(Photo),
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

impl Picture {
    /// Everything it was made from, each fact once.
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Picture::Chart(chart) => union(chart.facts()),
            Picture::Logo(_) => Facts::default(),
            Picture::Photo(photo) => {
                let written = photo.writing.iter().flatten().filter_map(|run| run.facts.as_ref());
                union(written.chain([&photo.facts]))
            }
        }
    }
}
