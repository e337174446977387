//! Drawings: shapes and text that become pixels, or stay shapes in a svg file.

use std::fmt::Write;

use super::canvas::Canvas;
use super::shape::{ONE, Outline, Point, stroke};
use super::text::Style;
use crate::document::look::Colour;
use crate::formats::fonts::Family;
use crate::formats::xml;

/// Shapes on a sheet, the lowest first.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// In pixels.
    pub(crate) width: i32,
    pub(crate) height: i32,
    ground: Colour,
    pub(crate) shapes: Vec<Shape>,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// A closed path.
    Area {
        path: Vec<Point>,
        colour: Colour,
    },
    Disc {
        middle: Point,
        radius: i32,
        colour: Colour,
    },
    /// Straight lines from point to point.
    Lines {
        path: Vec<Point>,
        thickness: i32,
        colour: Colour,
    },
    Text {
        text: String,
        at: Point,
        hold: Hold,
        style: Style,
    },
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    Start,
    Middle,
    End,
}

impl Drawing {
    pub(super) fn new(width: i32, height: i32, ground: Colour) -> Drawing {
        Drawing { width, height, ground, shapes: Vec::new() }
    }

    pub(super) fn area(&mut self, path: Vec<Point>, colour: Colour) {
        self.shapes.push(Shape::Area { path, colour });
    }

    /// `radius` in 256ths of a pixel.
    pub(super) fn disc(&mut self, middle: Point, radius: i32, colour: Colour) {
        self.shapes.push(Shape::Disc { middle, radius, colour });
    }

    /// A rectangle between two corners, in pixels.
    pub(super) fn rectangle(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
        let (right, bottom) = (x + width, y + height);
        self.area([(x, y), (right, y), (right, bottom), (x, bottom)].map(|(x, y)| Point::at(x, y)).to_vec(), colour);
    }

    /// `thickness` in 256ths of a pixel.
    pub(super) fn lines(&mut self, path: Vec<Point>, thickness: i32, colour: Colour) {
        self.shapes.push(Shape::Lines { path, thickness, colour });
    }

    pub(super) fn text(&mut self, text: impl Into<String>, at: Point, hold: Hold, style: Style) {
        self.shapes.push(Shape::Text { text: text.into(), at, hold, style });
    }

    /// The pixels of the drawing.
    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::new(self.width, self.height, self.ground);
        canvas.coarse = true;
        for shape in &self.shapes {
            match shape {
                Shape::Area { path, colour } => canvas.fill(path, *colour),
                Shape::Disc { middle, radius, colour } => canvas.fill(&disc(*middle, *radius), *colour),
                Shape::Lines { path, thickness, colour } => {
                    let mut outline = Outline::default();
                    for pair in path.windows(2) {
                        outline.add(&stroke(pair[0], pair[1], *thickness));
                    }
                    // Strokes meet at their middles: a dot fills the corner.
                    path.iter().skip(1).for_each(|point| outline.add(&disc(*point, *thickness / 2)));
                    canvas.fill_all(&outline, *colour);
                }
                Shape::Text { text, at, hold, style } => match hold {
                    Hold::Start => canvas.text(text, *at, *style),
                    Hold::Middle => canvas.text_around(text, *at, *style),
                    Hold::End => canvas.text_ending(text, *at, *style),
                },
            }
        }
        canvas
    }

    /// The drawing as the text of a svg file.
    pub(super) fn svg(&self, title: &str) -> String {
        let (width, height) = (self.width, self.height);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        );
        out.push_str("<title>");
        xml::text(title, &mut out);
        let _ = writeln!(out, "</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#{}\"/>", self.ground);
        self.shapes.iter().for_each(|shape| shape.write(&mut out));
        out.push_str("</svg>\n");
        out
    }
}

impl Shape {
    fn write(&self, out: &mut String) {
        let _ = match self {
            Shape::Area { path, colour } => writeln!(out, "<path d=\"{}Z\" fill=\"#{colour}\"/>", commands(path)),
            Shape::Disc { middle, radius, colour } => {
                let (x, y, radius) = (pixels(middle.x), pixels(middle.y), pixels(*radius));
                writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"#{colour}\"/>")
            }
            Shape::Lines { path, thickness, colour } => {
                let (path, thick) = (commands(path), pixels(*thickness));
                writeln!(
                    out,
                    "<path d=\"{path}\" fill=\"none\" stroke=\"#{colour}\" stroke-width=\"{thick}\" stroke-linejoin=\"round\"/>"
                )
            }
            Shape::Text { text, at, hold, style } => {
                let (x, y, size) = (pixels(at.x), pixels(at.y), pixels(style.size));
                let anchor = match hold {
                    Hold::Start => "start",
                    Hold::Middle => "middle",
                    Hold::End => "end",
                };
                let weight = if style.face.bold { " font-weight=\"bold\"" } else { "" };
                let family = family(style.face.family);
                let colour = style.colour;
                let _ = write!(
                    out,
                    "<text x=\"{x}\" y=\"{y}\" font-family=\"{family}\" font-size=\"{size}\"{weight} text-anchor=\"{anchor}\" fill=\"#{colour}\">"
                );
                xml::text(text, out);
                writeln!(out, "</text>")
            }
        };
    }
}

fn commands(path: &[Point]) -> String {
    let mut out = String::new();
    for (at, point) in path.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if at == 0 { 'M' } else { 'L' }, pixels(point.x), pixels(point.y));
    }
    out
}

/// 256ths of a pixel with two places.
fn pixels(part: i32) -> String {
    let hundredths = (i64::from(part) * 100 + 128) >> 8;
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest => format!("{sign}{}.{rest:02}", size / 100),
    }
}

fn family(family: Family) -> &'static str {
    match family {
        Family::Sans => "Noto Sans, Segoe UI, Helvetica, sans-serif",
        Family::Humanist => "Calibri, Carlito, sans-serif",
        Family::Serif => "Noto Serif, Cambria, serif",
        Family::Mono => "Noto Sans Mono, Consolas, monospace",
    }
}

/// A disc as a path that nobody can tell from a circle.
pub(super) fn disc(middle: Point, radius: i32) -> Vec<Point> {
    let corners = (radius / ONE * 2).clamp(16, 180);
    (0..corners).map(|corner| around(middle, radius, corner * 4096 / corners)).collect()
}

/// A point on a circle; 4096ths of a turn clockwise from the top.
pub(super) fn around(middle: Point, radius: i32, turn: i32) -> Point {
    let part = |share: i32| (i64::from(radius) * i64::from(share) / 32_768) as i32;
    middle.plus(part(super::turn::sine(turn)), -part(super::turn::sine(turn + 1024)))
}

/// A part of a disc from one turn to another, in 4096ths.
pub(super) fn slice(middle: Point, radius: i32, from: i32, to: i32) -> Vec<Point> {
    let steps = ((to - from) / 32).max(1);
    let rim = (0..=steps).map(|step| around(middle, radius, from + (to - from) * step / steps));
    std::iter::once(middle).chain(rim).collect()
}
