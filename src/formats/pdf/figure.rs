//! Pictures between the paragraphs: drawings stay shapes and letters, photos are embedded as they are.

use std::sync::Arc;

use super::font::Cut;
use super::layout::{LEFT, Layout, TOP, WIDTH};
use super::lines::{self, Look};
use super::page::{Area, Image};
use crate::document::picture::Picture;
use crate::document::{Chart, Run};
use crate::formats::fonts::Family;
use crate::formats::picture::{self, Drawing, Hold, Point, Shape};

/// No picture is taller, so that its caption has room on the page.
const TALLEST: i32 = 560_000;
/// A pixel of a drawing, in thousandths of a point, where the page is wide enough.
const PIXEL: i32 = 480;

/// Draws a chart below its title, which is text like any other.
pub(super) fn chart(layout: &mut Layout, chart: &Arc<Chart>) {
    let size = layout.cuts.body.body();
    let untitled = Arc::new(Chart { title: String::new(), ..Chart::clone(chart) });
    let Some(drawing) = picture::drawing(&Picture::Chart(untitled), &layout.properties) else { return };
    let look = Look { cut: layout.cuts.heading, ..Look::plain(layout.cuts, size).bold() };
    let title = Run { text: chart.title.clone(), ..Run::default() };
    let titles = if chart.title.is_empty() { Vec::new() } else { lines::wrap(&[title], look, WIDTH, 0) };
    let (width, height) = fitted(drawing.width, drawing.height);
    layout.space(10_000);
    layout.need(height + titles.len() as i32 * layout.leading(size));
    let ink = layout.palette.accent;
    for line in &titles {
        layout.line(line, LEFT, layout.leading(size), ink);
    }
    layout.y -= height;
    let y = layout.y;
    show(layout, &drawing, Area { x: LEFT, y, width, height });
    layout.leave(12_000);
}

/// Draws any picture.
pub(super) fn picture(layout: &mut Layout, shown: &Arc<Picture>) {
    if let Picture::Chart(shown) = &**shown {
        return chart(layout, shown);
    }
    let drawing = picture::drawing(shown, &layout.properties);
    let pixels = drawing.is_none().then(|| picture::photographed(shown, &layout.properties));
    let size = drawing.as_ref().map(|drawing| (drawing.width, drawing.height));
    let (width, height) = size.or(pixels.as_ref().map(|pixels| (pixels.width, pixels.height))).unwrap_or_default();
    let (wide, tall) = fitted(width, height);
    layout.space(8_000);
    layout.need(tall);
    layout.y -= tall;
    let area = Area { x: LEFT, y: layout.y, width: wide, height: tall };
    if let Some(drawing) = drawing {
        show(layout, &drawing, area);
    }
    if let Some(picture::Embedded { bytes, .. }) = pixels {
        let image = layout.image(Image { bytes, width, height, grey: false });
        layout.page().image(image, area);
    }
    layout.leave(8_000);
}

/// How large so many pixels are on the page.
fn fitted(width: i32, height: i32) -> (i32, i32) {
    let (width, height) = (i64::from(width.max(1)), i64::from(height.max(1)));
    let wide = i64::from(WIDTH).min(width * i64::from(PIXEL)).min(i64::from(TALLEST.min(TOP)) * width / height);
    (wide as i32, (wide * height / width) as i32)
}

/// Draws shapes into an area of the page that is being written. What is written on them is no part of the text.
fn show(layout: &mut Layout, drawing: &Drawing, area: Area) {
    layout.page().begin("Artifact");
    let page = layout.pages.len() - 1;
    draw(layout, page, drawing, area, Cut::Drawn);
    layout.page().end();
}

/// Draws shapes into an area of a page; `cut` says in what letters.
pub(super) fn draw(layout: &mut Layout, page: usize, drawing: &Drawing, area: Area, cut: impl Fn(Family) -> Cut) {
    let scaled = |part: i32| (i64::from(part) * i64::from(area.width) / (256 * i64::from(drawing.width.max(1)))) as i32;
    let place = |point: &Point| (area.x + scaled(point.x), area.y + area.height - scaled(point.y));
    for shape in &drawing.shapes {
        match shape {
            Shape::Area { path, colour } => {
                layout.pages[page].polygon(&path.iter().map(place).collect::<Vec<_>>(), *colour);
            }
            Shape::Disc { middle, radius, colour } => layout.pages[page].disc(place(middle), scaled(*radius), *colour),
            Shape::Lines { path, thickness, colour } => {
                let path: Vec<(i32, i32)> = path.iter().map(place).collect();
                layout.pages[page].polyline(&path, scaled(*thickness), *colour);
            }
            Shape::Text { text, at, hold, style } => {
                let cut = cut(style.face.family);
                let (bold, italic) = (style.face.bold, style.face.italic);
                let look = Look { cut, code: cut, size: scaled(style.size), bold, italic };
                let run = Run { text: text.clone(), ..Run::default() };
                let (x, y) = place(at);
                for line in lines::wrap(&[run], look, area.width * 4, 0).iter().take(1) {
                    let shift = match hold {
                        Hold::Start => 0,
                        Hold::Middle => line.width / 2,
                        Hold::End => line.width,
                    };
                    layout.pages[page].line(line, x - shift, y, style.colour, &mut layout.used);
                }
            }
        }
    }
}
