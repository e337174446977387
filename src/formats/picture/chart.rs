//! Charts drawn by hand: columns, bars, lines, slices, with an axis of round numbers.

use super::drawing::{Drawing, Hold, around, slice};
use super::scale::Scale;
use super::shape::{ONE, Point};
use super::text::{self, Style};
use crate::document::look::{Colour, Palette};
use crate::document::{Chart, ChartKind, Properties};
use crate::formats::fonts::Family;
use crate::formats::palette;
use crate::value::Number;
use crate::value::locale::Locale;

const WIDTH: i32 = 960;
const HEIGHT: i32 = 540;
const MARGIN: i32 = 32;
const GRID: Colour = Colour::of(0xD9D9D9);
const INK: Colour = Colour::of(0x404040);
const PAPER: Colour = Colour::of(0xFFFFFF);
const LABEL: i32 = 15;

/// A chart as a drawing in the colours of a document.
pub(super) fn draw(chart: &Chart, properties: &Properties) -> Drawing {
    let look = Look::of(properties);
    let mut drawing = Drawing::new(WIDTH, HEIGHT, PAPER);
    let mut top = MARGIN;
    if !chart.title.is_empty() {
        let style = Style { colour: look.palette.accent, ..look.text(24) }.bold();
        let title = text::fitted(&chart.title, style, (WIDTH - 2 * MARGIN) * ONE);
        drawing.text(title, Point::at(MARGIN, top + 18), Hold::Start, style);
        top += 44;
    }
    let named = chart.series.len() > 1 || chart.kind == ChartKind::Pie;
    let bottom = HEIGHT - MARGIN - if named { 34 } else { 0 };
    if named {
        legend(&mut drawing, chart, &look);
    }
    let frame = Frame { left: MARGIN, right: WIDTH - MARGIN, top, bottom };
    match chart.kind {
        ChartKind::Pie => pie(&mut drawing, chart, &look, frame),
        ChartKind::Bar => lying(&mut drawing, chart, &look, frame),
        ChartKind::Column | ChartKind::Line => standing(&mut drawing, chart, &look, frame),
    }
    drawing
}

/// Colours, font and digits of the document.
struct Look {
    palette: Palette,
    family: Family,
    locale: Option<&'static Locale>,
}

impl Look {
    fn of(properties: &Properties) -> Look {
        Look {
            palette: palette::of(properties),
            family: Family::standing_for(&properties.brand.body_font),
            locale: Locale::named(&properties.language),
        }
    }

    fn text(&self, pixels: i32) -> Style {
        Style::new(self.family, pixels, INK)
    }

    fn series(&self, at: usize) -> Colour {
        self.palette.series[at % self.palette.series.len()]
    }

    fn number(&self, number: &Number) -> String {
        self.locale.map_or_else(|| number.to_string(), |locale| locale.number(number))
    }
}

/// Where the axes and what they measure stand, in pixels.
#[derive(Clone, Copy)]
struct Frame {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
}

fn legend(drawing: &mut Drawing, chart: &Chart, look: &Look) {
    let style = look.text(LABEL);
    let names: Vec<&String> = match chart.kind {
        ChartKind::Pie => chart.categories.iter().collect(),
        _ => chart.series.iter().map(|series| &series.name).collect(),
    };
    let room = (WIDTH - 2 * MARGIN) * ONE / names.len().max(1) as i32 - 44 * ONE;
    let names: Vec<String> = names.into_iter().map(|name| text::fitted(name, style, room)).collect();
    let whole: i32 = names.iter().map(|name| text::width(name, style) + 44 * ONE).sum();
    let mut x = (WIDTH * ONE - whole) / 2;
    for (at, name) in names.into_iter().enumerate() {
        let wide = text::width(&name, style);
        drawing.rectangle(x / ONE, HEIGHT - MARGIN - 12, 14, 14, look.series(at));
        drawing.text(name, Point { x: x + 20 * ONE, y: (HEIGHT - MARGIN) * ONE }, Hold::Start, style);
        x += wide + 44 * ONE;
    }
}

/// The values of a chart as whole numbers of one unit, and the scale they fit.
fn measured(chart: &Chart) -> (Vec<Vec<i128>>, Scale) {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().map(|(number, _)| number));
    let scale = Scale::of(values());
    let units = chart.series.iter().map(|series| series.values.iter().map(|(number, _)| scale.units(number)).collect());
    (units.collect(), scale)
}

/// Columns or lines over their categories.
fn standing(drawing: &mut Drawing, chart: &Chart, look: &Look, frame: Frame) {
    let (values, scale) = measured(chart);
    let style = look.text(LABEL);
    let labels: Vec<String> = scale.ticks().iter().map(|tick| look.number(&scale.number(*tick))).collect();
    let widest = labels.iter().map(|label| text::width(label, style)).max().unwrap_or(0) / ONE;
    let frame = Frame { left: frame.left + widest + 12, bottom: frame.bottom - 30, ..frame };
    let height = |units: i128| frame.bottom * ONE - scale.place(units, (frame.bottom - frame.top) * ONE);
    for (tick, label) in scale.ticks().iter().zip(&labels) {
        let y = height(*tick);
        let (from, to) = (Point { x: frame.left * ONE, y }, Point { x: frame.right * ONE, y });
        drawing.lines(vec![from, to], if *tick == 0 { 384 } else { 256 }, if *tick == 0 { INK } else { GRID });
        drawing.text(label.as_str(), from.plus(-10 * ONE, 5 * ONE), Hold::End, style);
    }
    let count = chart.categories.len().max(1) as i32;
    let room = (frame.right - frame.left) * ONE / count;
    names(
        drawing,
        chart,
        style,
        |at| Point { x: frame.left * ONE + room * at + room / 2, y: (frame.bottom + 22) * ONE },
        room,
    );
    let middle = |at: usize| frame.left * ONE + room * at as i32 + room / 2;
    for (order, series) in values.iter().enumerate() {
        let colour = look.series(order);
        if chart.kind == ChartKind::Line {
            let path: Vec<Point> =
                series.iter().enumerate().map(|(at, units)| Point { x: middle(at), y: height(*units) }).collect();
            path.iter().for_each(|point| drawing.disc(*point, 4 * ONE, colour));
            drawing.lines(path, 3 * ONE, colour);
            continue;
        }
        let wide = room * 2 / 3 / values.len() as i32;
        for (at, units) in series.iter().enumerate() {
            let left = middle(at) - room / 3 + wide * order as i32;
            let (one, other) = (height(*units), height(0));
            drawing.area(corners(left + wide / 20, one, left + wide - wide / 20, other), colour);
        }
    }
}

/// The names of categories, as many as there is room for.
fn names(drawing: &mut Drawing, chart: &Chart, style: Style, place: impl Fn(i32) -> Point, room: i32) {
    let widest = chart.categories.iter().map(|name| text::width(name, style)).max().unwrap_or(0);
    let every = (widest + 8 * ONE) / room.max(1) + 1;
    let (every, most) =
        if every > 1 && chart.categories.len() <= 12 { (1, room - 4 * ONE) } else { (every, every * room) };
    for (at, name) in chart.categories.iter().enumerate().step_by(every as usize) {
        drawing.text(text::fitted(name, style, most), place(at as i32), Hold::Middle, style);
    }
}

/// Bars beside their categories, the first on top.
fn lying(drawing: &mut Drawing, chart: &Chart, look: &Look, frame: Frame) {
    let (values, scale) = measured(chart);
    let style = look.text(LABEL);
    let widest = chart.categories.iter().map(|name| text::width(name, style)).max().unwrap_or(0) / ONE;
    let frame = Frame {
        left: frame.left + widest.min(WIDTH / 3) + 12,
        bottom: frame.bottom - 26,
        right: frame.right - 20,
        ..frame
    };
    let along = |units: i128| frame.left * ONE + scale.place(units, (frame.right - frame.left) * ONE);
    for tick in scale.ticks() {
        let x = along(tick);
        let (from, to) = (Point { x, y: frame.top * ONE }, Point { x, y: frame.bottom * ONE });
        drawing.lines(vec![from, to], if tick == 0 { 384 } else { 256 }, if tick == 0 { INK } else { GRID });
        drawing.text(look.number(&scale.number(tick)), to.plus(0, 22 * ONE), Hold::Middle, style);
    }
    let room = (frame.bottom - frame.top) * ONE / chart.categories.len().max(1) as i32;
    for (at, name) in chart.categories.iter().enumerate() {
        let y = frame.top * ONE + room * at as i32 + room / 2;
        let name = text::fitted(name, style, (WIDTH / 3) * ONE);
        drawing.text(name, Point { x: (frame.left - 10) * ONE, y: y + 5 * ONE }, Hold::End, style);
        let thick = room * 2 / 3 / values.len().max(1) as i32;
        for (order, series) in values.iter().enumerate() {
            let Some(units) = series.get(at) else { continue };
            let top = y - room / 3 + thick * order as i32;
            drawing
                .area(corners(along(0), top + thick / 20, along(*units), top + thick - thick / 20), look.series(order));
        }
    }
}

fn corners(left: i32, top: i32, right: i32, bottom: i32) -> Vec<Point> {
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point { x, y }).to_vec()
}

/// The shares of the first series, with their per cent where there is room.
fn pie(drawing: &mut Drawing, chart: &Chart, look: &Look, frame: Frame) {
    let (values, _) = measured(chart);
    let Some(values) = values.first() else { return };
    let whole: i128 = values.iter().map(|units| (*units).max(0)).sum::<i128>().max(1);
    let middle = Point::at(WIDTH / 2, (frame.top + frame.bottom) / 2);
    let radius = (frame.bottom - frame.top) * ONE * 48 / 100;
    let mut sum = 0;
    for (at, units) in values.iter().enumerate() {
        let from = (sum * 4096 / whole) as i32;
        sum += (*units).max(0);
        let to = (sum * 4096 / whole) as i32;
        if from < to {
            drawing.area(slice(middle, radius, from, to), look.series(at));
        }
    }
    let mut sum = 0;
    for units in values {
        let from = (sum * 4096 / whole) as i32;
        sum += (*units).max(0);
        let to = (sum * 4096 / whole) as i32;
        drawing.lines(vec![middle, around(middle, radius, from)], 384, PAPER);
        if to - from > 160 {
            let per_cent = ((*units).max(0) * 100 + whole / 2) / whole;
            let place = around(middle, radius * 2 / 3, (from + to) / 2).plus(0, 6 * ONE);
            drawing.text(format!("{per_cent}%"), place, Hold::Middle, look.text(17).bold().coloured(PAPER));
        }
    }
}
