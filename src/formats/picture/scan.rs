//! A printed page as an office scanner keeps it: grey, a little askew, with specks and the shadow of its edge.

use super::canvas::Canvas;
use super::exif::Tags;
use super::jpeg;
use super::noise::Chance;
use super::shape::{ONE, Outline, Point, stroke};
use super::turn::sine;
use crate::document::Properties;
use crate::document::look::Colour;

/// What office scanners are set to for text, so that a page is small enough for a mail.
const DOTS_PER_INCH: i64 = 110;
/// Thousandths of a point in an inch.
const INCH: i64 = 72_000;
/// The most a page lies askew, in 4096ths of a turn: three quarters of a degree.
const ASKEW: i32 = 8;
/// How light paper is, and how far single dots of it lie off.
const PAPER: u8 = 247;
const GRAIN: i32 = 2;
/// Specks of dust on a page, and how dark they are.
const SPECKS: i32 = 24;

/// A page under the lid. Lengths are thousandths of a point, from the lower left corner.
pub(crate) struct Scan {
    canvas: Canvas,
    chance: Chance,
    size: (i32, i32),
    /// Sine and cosine of the turn, in 2^15ths.
    turn: (i64, i64),
}

impl Scan {
    /// An empty page; `seed` decides whatever the page leaves open.
    pub(crate) fn new(size: (i32, i32), seed: u64) -> Scan {
        let pixels = |length: i32| (i64::from(length) * DOTS_PER_INCH / INCH) as i32;
        let mut chance = Chance::of(seed, 1);
        let angle = chance.between(-ASKEW, ASKEW);
        let paper = Colour(PAPER, PAPER, PAPER);
        Scan {
            canvas: Canvas::new(pixels(size.0), pixels(size.1), paper),
            chance,
            size,
            turn: (i64::from(sine(angle)), i64::from(sine(angle + 1024))),
        }
    }

    /// Where a place of the page lies in the picture.
    fn place(&self, (x, y): (i32, i32)) -> Point {
        let (x, y) = (i64::from(x) - i64::from(self.size.0 / 2), i64::from(self.size.1 / 2) - i64::from(y));
        let (sine, cosine) = self.turn;
        let (across, down) = ((x * cosine - y * sine) >> 15, (x * sine + y * cosine) >> 15);
        let scaled = |length: i64, middle: i32| {
            length * DOTS_PER_INCH * i64::from(ONE) / INCH + i64::from(middle) * i64::from(ONE) / 2
        };
        Point::exact(scaled(across, self.canvas.width), scaled(down, self.canvas.height))
    }

    /// Fills closed paths.
    pub(crate) fn fill(&mut self, paths: &[Vec<(i32, i32)>], colour: Colour) {
        let mut outline = Outline::default();
        for path in paths {
            outline.add(&path.iter().map(|point| self.place(*point)).collect::<Vec<_>>());
        }
        let ink = grey(colour);
        self.canvas.fill_all(&outline, ink);
    }

    /// Draws straight lines from point to point.
    pub(crate) fn lines(&mut self, path: &[(i32, i32)], width: i32, colour: Colour) {
        let thickness = (i64::from(width) * DOTS_PER_INCH * i64::from(ONE) / INCH) as i32;
        for pair in path.windows(2) {
            let line = stroke(self.place(pair[0]), self.place(pair[1]), thickness.max(ONE / 2));
            self.canvas.fill(&line, grey(colour));
        }
    }

    /// The picture as a jpeg file, with its width and height.
    pub(crate) fn jpeg(mut self, properties: &Properties) -> (Vec<u8>, i32, i32) {
        self.dust();
        self.grain();
        let tags = Tags {
            properties,
            camera: "",
            software: "worldc",
            taken: properties.created,
            orientation: 1,
            dots_per_inch: Some(DOTS_PER_INCH as u32),
            exposure: None,
        };
        let bytes = jpeg::write(&self.canvas, &tags);
        (bytes, self.canvas.width, self.canvas.height)
    }

    fn dust(&mut self) {
        for _ in 0..SPECKS {
            let (x, y) =
                (self.chance.between(0, self.canvas.width - 1), self.chance.between(0, self.canvas.height - 1));
            let dark = self.chance.between(120, 215) as u8;
            self.canvas.pixels[(y * self.canvas.width + x) as usize] = [dark; 3];
        }
    }

    /// Paper is not even, and under the hinge of the lid it is dark.
    fn grain(&mut self) {
        let edge = self.chance.between(4, 12);
        let width = self.canvas.width as usize;
        for row in self.canvas.pixels.chunks_exact_mut(width) {
            let mut word = self.chance.word();
            for (x, pixel) in row.iter_mut().enumerate() {
                let shadow = (edge - x as i32).max(0) * 7;
                let off = (word & 0xFF) as i32 * (2 * GRAIN + 1) / 256 - GRAIN;
                word = if x % 8 == 7 { self.chance.word() } else { word >> 8 };
                let light = (i32::from(pixel[0]) + off - shadow).clamp(0, 255) as u8;
                *pixel = [light; 3];
            }
        }
    }
}

/// How light a colour is on grey paper: the weights of ITU-R BT.601, in 1024ths.
fn grey(Colour(red, green, blue): Colour) -> Colour {
    let light = (u32::from(red) * 306 + u32::from(green) * 601 + u32::from(blue) * 117) >> 10;
    let light = (light * u32::from(PAPER) / 255) as u8;
    Colour(light, light, light)
}
