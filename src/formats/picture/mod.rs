//! Pictures: [`Picture`] → png, jpg, svg. Everything is drawn in whole numbers, so that the bytes are the same everywhere.

mod canvas;
mod chart;
mod colour;
mod drawing;
mod exif;
mod jpeg;
mod letters;
mod logo;
mod noise;
mod png;
mod scale;
mod scene;
mod shape;
mod text;
mod turn;

use crate::document::Properties;
use crate::document::picture::Picture;
use canvas::Canvas;
pub(crate) use drawing::{Drawing, Hold, Shape};
pub(crate) use shape::Point;

/// The bytes of a png file.
pub(crate) fn png(picture: &Picture, properties: &Properties) -> Vec<u8> {
    png::write(&canvas(picture, properties), properties, None)
}

/// The bytes of a jpeg file; a photo has what its camera wrote.
pub(crate) fn jpeg(picture: &Picture, properties: &Properties) -> Vec<u8> {
    let mut tags = exif::Tags {
        properties,
        camera: "",
        software: "worldc",
        taken: properties.created,
        orientation: 1,
        dots_per_inch: None,
        exposure: None,
    };
    if let Picture::Photo(photo) = picture {
        let (exposure, camera) = (scene::exposure(photo), photo.camera.as_str());
        tags = exif::Tags { camera, software: camera, taken: photo.taken, exposure: Some(exposure), ..tags };
    }
    jpeg::write(&canvas(picture, properties), &tags)
}

/// The text of a svg file, of what is drawn in shapes.
pub(crate) fn svg(picture: &Picture, properties: &Properties) -> Option<String> {
    drawing(picture, properties).map(|drawing| drawing.svg(&properties.title))
}

/// Width and height of a picture that has no shapes, in pixels.
pub(crate) fn size() -> (i32, i32) {
    scene::SIZE
}

/// What is drawn in shapes rather than in pixels.
pub(crate) fn drawing(picture: &Picture, properties: &Properties) -> Option<Drawing> {
    match picture {
        Picture::Chart(chart) => Some(chart::draw(chart, properties)),
        Picture::Logo(brand) => Some(logo::draw(brand)),
        Picture::Photo(_) => None,
    }
}

fn canvas(picture: &Picture, properties: &Properties) -> Canvas {
    match picture {
        Picture::Photo(photo) => scene::draw(photo),
        Picture::Chart(chart) => chart::draw(chart, properties).canvas(),
        Picture::Logo(brand) => logo::draw(brand).canvas(),
    }
}
