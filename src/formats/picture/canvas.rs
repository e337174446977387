//! Pixels: a rectangle of colours that shapes are laid on, one over the other.

use super::colour::mix;
use super::shape::{ONE, Outline, Point};
use crate::document::look::Colour;

/// Outlines are entered so many pixels at a time, or a row: 64 kB of cells stay near the processor.
const MOST_CELLS: i32 = 8_192;

/// A picture in the making. Pixel (0, 0) is the upper left one.
pub(crate) struct Canvas {
    pub(super) width: i32,
    pub(super) height: i32,
    /// Red, green and blue of each, row by row.
    pub(super) pixels: Vec<[u8; 3]>,
    /// Scratch for outlines: what each pixel of the rows in work is covered by.
    cells: Vec<[i32; 2]>,
    /// Edges are drawn in sixteen steps only, so that few colours come of it.
    pub(super) coarse: bool,
}

impl Canvas {
    /// A canvas of one colour.
    pub(super) fn new(width: i32, height: i32, ground: Colour) -> Canvas {
        let mut pixels = vec![[0; 3]; (width * height) as usize];
        flood(&mut pixels, ground);
        Canvas { width, height, pixels, cells: Vec::new(), coarse: false }
    }

    /// The colour of a pixel; outside, of the nearest one.
    pub(super) fn at(&self, x: i32, y: i32) -> Colour {
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        self.pixels[(y * self.width + x) as usize].into()
    }

    /// Whether it has no colours.
    pub(super) fn is_grey(&self) -> bool {
        self.pixels.iter().all(|[red, green, blue]| red == green && green == blue)
    }

    /// The rows from one to the one before another, each with its number.
    pub(super) fn rows(&mut self, from: i32, to: i32) -> impl Iterator<Item = (i32, &mut [[u8; 3]])> {
        let (from, to) = (from.clamp(0, self.height), to.clamp(0, self.height));
        let width = self.width as usize;
        let rows = self.pixels.chunks_exact_mut(width).enumerate().map(|(y, row)| (y as i32, row));
        rows.skip(from as usize).take((to - from).max(0) as usize)
    }

    /// Fills the pixels from one corner to before another.
    pub(super) fn block(&mut self, (left, top): (i32, i32), (right, bottom): (i32, i32), colour: Colour) {
        let (left, right) = (left.clamp(0, self.width), right.clamp(0, self.width));
        for (_, row) in self.rows(top, bottom) {
            flood(&mut row[left as usize..right.max(left) as usize], colour);
        }
    }

    /// Fills a closed outline with one colour.
    pub(super) fn fill(&mut self, outline: &[Point], colour: Colour) {
        self.fill_all(&Outline::of(outline), colour);
    }

    /// Fills an outline of several closed paths with one colour.
    pub(super) fn fill_all(&mut self, outline: &Outline, colour: Colour) {
        self.cover(outline, |pixels, _, share| match share {
            256 => flood(pixels, colour),
            _ => pixels.iter_mut().for_each(|pixel| *pixel = mix((*pixel).into(), colour, share).into()),
        });
    }

    /// Fills a closed outline with what `paint` says of each pixel: its colour and how much of it is seen, out of 256.
    pub(super) fn paint(&mut self, outline: &[Point], paint: impl FnMut(i32, i32) -> (Colour, i32)) {
        self.paint_all(&Outline::of(outline), paint);
    }

    /// The same for an outline of several closed paths.
    pub(super) fn paint_all(&mut self, outline: &Outline, mut paint: impl FnMut(i32, i32) -> (Colour, i32)) {
        self.cover(outline, |pixels, (left, y), share| {
            for (x, pixel) in (left..).zip(pixels) {
                let (colour, seen) = paint(x, y);
                let all = share * seen == 1 << 16;
                *pixel = if all { colour } else { mix((*pixel).into(), colour, (share * seen) >> 8) }.into();
            }
        });
    }

    /// A straight line of some thickness.
    pub(super) fn line(&mut self, from: Point, to: Point, thickness: i32, colour: Colour) {
        self.fill(&super::shape::stroke(from, to, thickness), colour);
    }

    /// Hands on what an outline covers: pixels of one row that it covers alike, where they begin, their share out of 256.
    fn cover(&mut self, outline: &Outline, mut lay: impl FnMut(&mut [[u8; 3]], (i32, i32), i32)) {
        let Some(bounds) = outline.bounds(self.width, self.height) else { return };
        let mut cells = std::mem::take(&mut self.cells);
        for band in bounds.bands((MOST_CELLS / bounds.width()).max(1)) {
            outline.cover(band, &mut cells);
            for (y, covers) in (band.top..).zip(cells.chunks_exact(band.width() as usize)) {
                self.cover_row((band.left, y), covers, &mut lay);
            }
        }
        self.cells = cells;
    }

    fn cover_row(
        &mut self,
        (mut x, y): (i32, i32),
        covers: &[[i32; 2]],
        lay: &mut impl FnMut(&mut [[u8; 3]], (i32, i32), i32),
    ) {
        let (mut cover, mut rest) = (0, covers);
        while let Some(([edge, area], after)) = rest.split_first() {
            // Behind a pixel with an edge, all pixels up to the next edge are covered alike.
            let quiet = quiet(after);
            rest = &after[quiet..];
            cover += edge;
            for (length, area) in [(1, *area), (quiet as i32, 0)] {
                let share = ((cover * 2 * ONE - area).abs() >> 9).min(256);
                let share = if self.coarse { (share + 8) & !15 } else { share };
                if share > 0 {
                    let start = (y * self.width + x) as usize;
                    lay(&mut self.pixels[start..start + length as usize], (x, y), share);
                }
                x += length;
            }
        }
    }
}

/// Gives all pixels one colour: many at a time, since processors have no word for three bytes.
fn flood(pixels: &mut [[u8; 3]], colour: Colour) {
    let many = [colour.into(); 64];
    let mut chunks = pixels.chunks_exact_mut(many.len());
    chunks.by_ref().for_each(|chunk| chunk.copy_from_slice(&many));
    chunks.into_remainder().fill(colour.into());
}

/// How many cells from the first on no edge touches.
fn quiet(cells: &[[i32; 2]]) -> usize {
    // Eight are asked at once: most rows are long stretches without an edge.
    let untouched = |cells: &&[[i32; 2]]| cells.iter().fold(0, |any, [edge, area]| any | edge | area) == 0;
    let many = 8 * cells.chunks_exact(8).take_while(untouched).count();
    many + cells[many..].iter().take_while(|cell| **cell == [0, 0]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::picture::drawing::disc;

    /// Stretches of a colour are laid at once, painted pixels one by one.
    #[test]
    fn what_is_filled_is_as_if_it_were_painted_pixel_by_pixel() {
        let colour = Colour(200, 30, 90);
        for coarse in [false, true] {
            for (middle, radius) in [((1400, 1100), 900), ((0, 300), 2500), ((5000, 2000), 300)] {
                let outline = disc(Point { x: middle.0, y: middle.1 }, radius);
                let mut canvases = [(); 2].map(|()| Canvas::new(20, 9, Colour(10, 250, 120)));
                canvases.iter_mut().for_each(|canvas| canvas.coarse = coarse);
                let [filled, painted] = &mut canvases;
                filled.fill(&outline, colour);
                let mut seen = Vec::new();
                painted.paint(&outline, |x, y| {
                    seen.push((y, x));
                    (colour, 256)
                });
                assert_eq!(filled.pixels, painted.pixels, "{middle:?}, {radius}");
                assert!(seen.is_sorted_by(|before, pixel| before < pixel), "each pixel once: {seen:?}");
            }
        }
    }

    #[test]
    fn any_stretch_is_flooded_to_its_end() {
        for length in 0..200 {
            let mut pixels = vec![[9; 3]; length + 2];
            flood(&mut pixels[1..=length], Colour(1, 2, 3));
            let told = pixels.iter().filter(|pixel| **pixel == [1, 2, 3]).count();
            assert_eq!((told, pixels[0], pixels[length + 1]), (length, [9; 3], [9; 3]));
        }
    }

    #[test]
    fn a_stretch_is_quiet_up_to_its_first_edge() {
        for edge in 0..40 {
            for touched in [[1, 0], [0, -1], [i32::MIN, 0]] {
                let mut cells = vec![[0, 0]; 40];
                cells[edge] = touched;
                assert_eq!((quiet(&cells), quiet(&cells[..edge])), (edge, edge));
            }
        }
    }
}
