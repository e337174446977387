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
mod scan;
mod scene;
mod screen;
mod shape;
mod text;
mod turn;

use crate::document::Properties;
use crate::document::look::Brand;
use crate::document::picture::Picture;
use crate::formats::fonts::{Face, Glyph};
use canvas::Canvas;
pub(crate) use drawing::{Drawing, Hold, Shape};
pub(crate) use scan::Scan;
pub(crate) use shape::Point;

/// The bytes of a png file.
pub(crate) fn png(picture: &Picture, properties: &Properties) -> Vec<u8> {
    png_of(&canvas(picture, properties), picture, properties)
}

/// A computer that takes a picture of its windows knows no title and no author.
fn png_of(canvas: &Canvas, picture: &Picture, properties: &Properties) -> Vec<u8> {
    let Picture::Screenshot(shot) = picture else { return png::write(canvas, properties, None) };
    let unnamed = Properties { title: String::new(), author: String::new(), ..properties.clone() };
    png::write(canvas, &unnamed, Some(screen::dots_per_inch(shot)))
}

/// The bytes of a jpeg file; a photo has what its camera wrote.
pub(crate) fn jpeg(picture: &Picture, properties: &Properties) -> Vec<u8> {
    jpeg_of(&canvas(picture, properties), picture, properties)
}

fn jpeg_of(canvas: &Canvas, picture: &Picture, properties: &Properties) -> Vec<u8> {
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
    jpeg::write(canvas, &tags)
}

/// A picture as other files hold it.
pub(crate) struct Embedded {
    pub(crate) bytes: Vec<u8>,
    /// `jpg` of what was photographed, `png` of what was drawn.
    pub(crate) extension: &'static str,
    /// In pixels.
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// The picture in the format that suits it.
pub(crate) fn embedded(picture: &Picture, properties: &Properties) -> Embedded {
    if matches!(picture, Picture::Photo(_)) {
        return photographed(picture, properties);
    }
    let canvas = canvas(picture, properties);
    Embedded {
        bytes: png_of(&canvas, picture, properties),
        extension: "png",
        width: canvas.width,
        height: canvas.height,
    }
}

/// The picture as a jpeg, whatever suits it.
pub(crate) fn photographed(picture: &Picture, properties: &Properties) -> Embedded {
    let canvas = canvas(picture, properties);
    let (bytes, width, height) = (jpeg_of(&canvas, picture, properties), canvas.width, canvas.height);
    Embedded { bytes, extension: "jpg", width, height }
}

/// The mark of a company as a drawing, and how many of its pixels are room around it.
pub(crate) fn mark(brand: &Brand) -> (Drawing, i32) {
    (logo::mark(brand), logo::AROUND)
}

/// The text of a svg file, of what is drawn in shapes.
pub(crate) fn svg(picture: &Picture, properties: &Properties) -> Option<String> {
    drawing(picture, properties).map(|drawing| drawing.svg(&properties.title))
}

/// The first letter of a text that no font has, and where it begins.
pub(crate) fn undrawn(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, letter)| crate::formats::fonts::glyph(*letter).is_none())
}

/// The closed paths of a letter, in quarters of a thousandth of its size, upwards from its line.
pub(crate) fn letter(face: Face, glyph: Glyph) -> impl Iterator<Item = impl Iterator<Item = (i32, i32)>> {
    letters::paths(face, glyph).iter().map(|path| path.iter().map(|point| (point.x, point.y)))
}

/// The corners of a shape that is round to the eye.
pub(crate) fn circle((x, y): (i32, i32), radius: i32) -> Vec<(i32, i32)> {
    let part = |angle: i32| (i64::from(radius) * i64::from(turn::sine(angle)) / 32_768) as i32;
    (0..64).map(|corner| corner * 64).map(|angle| (x + part(angle + 1024), y + part(angle))).collect()
}

/// What is drawn in shapes rather than in pixels.
pub(crate) fn drawing(picture: &Picture, properties: &Properties) -> Option<Drawing> {
    match picture {
        Picture::Chart(chart) => Some(chart::draw(chart, properties)),
        Picture::Logo(brand) => Some(logo::draw(brand)),
        Picture::Photo(_) | Picture::Screenshot(_) => None,
    }
}

fn canvas(picture: &Picture, properties: &Properties) -> Canvas {
    match picture {
        Picture::Photo(photo) => scene::draw(photo),
        Picture::Screenshot(shot) => screen::draw(shot, properties),
        Picture::Chart(chart) => chart::draw(chart, properties).canvas(),
        Picture::Logo(brand) => logo::draw(brand).canvas(),
    }
}
