//! Pixels: a rectangle of colours that shapes are laid on, one over the other.

use super::colour::mix;
use super::shape::{ONE, Outline, Point};
use crate::document::look::Colour;

/// A picture in the making. Pixel (0, 0) is the upper left one.
pub(crate) struct Canvas {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) pixels: Vec<Colour>,
    /// Scratch for outlines: what each pixel of the rows in work is covered by.
    cells: Vec<[i32; 2]>,
    /// Edges are drawn in sixteen steps only, so that few colours come of it.
    pub(super) coarse: bool,
}

impl Canvas {
    /// A canvas of one colour.
    pub(super) fn new(width: i32, height: i32, ground: Colour) -> Canvas {
        Canvas { width, height, pixels: vec![ground; (width * height) as usize], cells: Vec::new(), coarse: false }
    }

    /// The colour of a pixel; outside, of the nearest one.
    pub(super) fn at(&self, x: i32, y: i32) -> Colour {
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        self.pixels[(y * self.width + x) as usize]
    }

    /// The rows from one to the one before another, each with its number.
    pub(super) fn rows(&mut self, from: i32, to: i32) -> impl Iterator<Item = (i32, &mut [Colour])> {
        let (from, to) = (from.clamp(0, self.height), to.clamp(0, self.height));
        let width = self.width as usize;
        let rows = self.pixels.chunks_exact_mut(width).enumerate().map(|(y, row)| (y as i32, row));
        rows.skip(from as usize).take((to - from).max(0) as usize)
    }

    /// Fills the pixels from one corner to before another.
    pub(super) fn block(&mut self, (left, top): (i32, i32), (right, bottom): (i32, i32), colour: Colour) {
        let (left, right) = (left.clamp(0, self.width), right.clamp(0, self.width));
        for (_, row) in self.rows(top, bottom) {
            row[left as usize..right.max(left) as usize].fill(colour);
        }
    }

    /// Fills a closed outline with one colour.
    pub(super) fn fill(&mut self, outline: &[Point], colour: Colour) {
        self.fill_all(&Outline::of(outline), |_, _| (colour, 256));
    }

    /// Fills a closed outline with what `paint` says of each pixel.
    pub(super) fn paint(&mut self, outline: &[Point], paint: impl FnMut(i32, i32) -> (Colour, i32)) {
        self.fill_all(&Outline::of(outline), paint);
    }

    /// A straight line of some thickness.
    pub(super) fn line(&mut self, from: Point, to: Point, thickness: i32, colour: Colour) {
        self.fill(&super::shape::stroke(from, to, thickness), colour);
    }

    /// Fills an outline of several closed paths; `paint` gives the colour of a pixel and how much of it is seen, out of
    /// 256.
    pub(super) fn fill_all(&mut self, outline: &Outline, mut paint: impl FnMut(i32, i32) -> (Colour, i32)) {
        let Some(bounds) = outline.bounds(self.width, self.height) else { return };
        let mut cells = std::mem::take(&mut self.cells);
        outline.cover(bounds, &mut cells);
        let (width, coarse) = (bounds.width() as usize, self.coarse);
        for (row, covers) in cells.chunks_exact(width).enumerate() {
            let y = bounds.top + row as i32;
            let start = (y * self.width + bounds.left) as usize;
            let pixels = &mut self.pixels[start..start + width];
            let mut cover = 0;
            for (column, ([edge, area], pixel)) in covers.iter().zip(pixels).enumerate() {
                cover += edge;
                let share = ((cover * 2 * ONE - area).abs() >> 9).min(256);
                let share = if coarse { (share + 8) & !15 } else { share };
                if share > 0 {
                    let (colour, seen) = paint(bounds.left + column as i32, y);
                    *pixel = if share * seen == 1 << 16 { colour } else { mix(*pixel, colour, (share * seen) >> 8) };
                }
            }
        }
        self.cells = cells;
    }
}
