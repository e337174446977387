//! Outlines and how much of each pixel they cover, in whole numbers: the same on every machine.

/// Parts of a pixel in which points are given.
pub(super) const ONE: i32 = 256;
/// No point is farther out than this many pixels; what is cannot be told from it.
const FAR: i64 = 1 << 14;

/// A place on the canvas, in 256ths of a pixel from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Point {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

impl Point {
    /// A corner between whole pixels.
    pub(super) const fn at(x: i32, y: i32) -> Point {
        Point { x: x * ONE, y: y * ONE }
    }

    /// A place in 256ths that may be anywhere.
    pub(super) fn exact(x: i64, y: i64) -> Point {
        let far = FAR * i64::from(ONE);
        Point { x: x.clamp(-far, far) as i32, y: y.clamp(-far, far) as i32 }
    }

    pub(super) fn plus(self, x: i32, y: i32) -> Point {
        Point { x: self.x + x, y: self.y + y }
    }
}

/// Closed paths. A pixel is inside where they wind around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// The edges, each from one point to the next.
    edges: Vec<(Point, Point)>,
}

/// The pixels an outline may touch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) left: i32,
    pub(super) top: i32,
    right: i32,
    bottom: i32,
}

impl Bounds {
    pub(super) fn width(self) -> i32 {
        self.right - self.left
    }

    /// The same from top to bottom in parts of so many rows.
    pub(super) fn bands(self, rows: i32) -> impl Iterator<Item = Bounds> {
        let tops = (self.top..self.bottom).step_by(rows as usize);
        tops.map(move |top| Bounds { top, bottom: (top + rows).min(self.bottom), ..self })
    }
}

impl Outline {
    /// One closed path.
    pub(super) fn of(path: &[Point]) -> Outline {
        let mut outline = Outline::default();
        outline.add(path);
        outline
    }

    /// Adds a closed path.
    pub(super) fn add(&mut self, path: &[Point]) {
        let next = path.iter().skip(1).chain(path.first());
        self.edges.extend(path.iter().zip(next).map(|(from, to)| (*from, *to)));
    }

    /// The pixels of the canvas it may touch; nothing if there are none.
    pub(super) fn bounds(&self, width: i32, height: i32) -> Option<Bounds> {
        let points = || self.edges.iter().map(|(from, _)| from);
        let low = |values: Option<i32>| values.unwrap_or(0).div_euclid(ONE).max(0);
        let high = |values: Option<i32>, most: i32| (values.unwrap_or(0).div_euclid(ONE) + 1).min(most);
        let bounds = Bounds {
            left: low(points().map(|point| point.x).min()),
            top: low(points().map(|point| point.y).min()),
            right: high(points().map(|point| point.x).max(), width),
            bottom: high(points().map(|point| point.y).max(), height),
        };
        (bounds.left < bounds.right && bounds.top < bounds.bottom).then_some(bounds)
    }

    /// For each pixel of the bounds, row by row: the height of the edges in it, and twice the area left of them.
    pub(super) fn cover(&self, bounds: Bounds, cells: &mut Vec<[i32; 2]>) {
        cells.clear();
        cells.resize((bounds.width() * (bounds.bottom - bounds.top)) as usize, [0, 0]);
        let shift = |point: Point| point.plus(-bounds.left * ONE, -bounds.top * ONE);
        let mut sheet = Sheet { width: bounds.width(), height: bounds.bottom - bounds.top, cells };
        for (from, to) in &self.edges {
            sheet.edge(shift(*from), shift(*to));
        }
    }
}

/// The cells edges are entered in.
struct Sheet<'a> {
    width: i32,
    height: i32,
    cells: &'a mut [[i32; 2]],
}

impl Sheet<'_> {
    /// Enters an edge, row by row.
    fn edge(&mut self, from: Point, to: Point) {
        if from.y == to.y {
            return;
        }
        let (upper, lower, sign) = if from.y < to.y { (from, to, 1) } else { (to, from, -1) };
        let (top, bottom) = (upper.y.max(0), lower.y.min(self.height * ONE));
        if top >= bottom {
            return;
        }
        let x_at = |y: i32| {
            let (run, rise) = (i64::from(lower.x - upper.x), i64::from(lower.y - upper.y));
            upper.x + (run * i64::from(y - upper.y)).div_euclid(rise) as i32
        };
        let mut y = top;
        let mut x = x_at(y.min(lower.y));
        while y < bottom {
            let end = ((y.div_euclid(ONE) + 1) * ONE).min(bottom);
            let next = x_at(end);
            self.stretch(y.div_euclid(ONE), Stretch { x, next, height: (end - y) * sign });
            (x, y) = (next, end);
        }
    }

    /// Enters what of an edge lies in one row, left and right of the sheet too.
    fn stretch(&mut self, row: i32, stretch: Stretch) {
        let Stretch { x, next, height } = stretch;
        let edge = self.width * ONE;
        let ordered = if x <= next { stretch } else { Stretch { x: next, next: x, height } };
        if ordered.x >= edge {
            return;
        }
        if ordered.next <= 0 {
            return self.enter(row, 0, height, 0);
        }
        let inside = Stretch { x: ordered.x.max(0), next: ordered.next.min(edge), height: 0 };
        let share = |from: i32, to: i32| {
            // Most lie in one pixel as a whole.
            if (from, to) == (ordered.x, ordered.next) {
                return height;
            }
            let part = |x: i32| i64::from(height) * i64::from(x - ordered.x) / i64::from(ordered.next - ordered.x);
            (part(to) - part(from)) as i32
        };
        if ordered.x < 0 {
            self.enter(row, 0, share(ordered.x, 0), 0);
        }
        let mut x = inside.x;
        loop {
            let column = x.div_euclid(ONE).min(self.width - 1);
            let end = ((column + 1) * ONE).min(inside.next);
            let (start, stop) = (x - column * ONE, end - column * ONE);
            self.enter(row, column, share(x, end), start + stop);
            x = end;
            if x >= inside.next {
                return;
            }
        }
    }

    fn enter(&mut self, row: i32, column: i32, height: i32, sides: i32) {
        let cell = &mut self.cells[(row * self.width + column) as usize];
        cell[0] += height;
        cell[1] += height * sides;
    }
}

/// A part of an edge in one row: where it enters, where it leaves, its height with its direction.
#[derive(Clone, Copy)]
struct Stretch {
    x: i32,
    next: i32,
    height: i32,
}

/// The outline of a straight line of some thickness, in 256ths.
pub(super) fn stroke(from: Point, to: Point, thickness: i32) -> [Point; 4] {
    let (run, rise) = (i64::from(to.x - from.x), i64::from(to.y - from.y));
    let length = (run * run + rise * rise).isqrt().max(1);
    let aside = |part: i64| (part * i64::from(thickness) / (2 * length)) as i32;
    let (x, y) = (aside(-rise), aside(run));
    [from.plus(x, y), to.plus(x, y), to.plus(-x, -y), from.plus(-x, -y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much of each pixel a path covers, out of 256.
    fn shares(path: &[Point], width: i32, height: i32) -> Vec<i32> {
        let outline = Outline::of(path);
        let bounds = outline.bounds(width, height).expect("the path lies on the sheet");
        let mut cells = Vec::new();
        outline.cover(bounds, &mut cells);
        let mut shares = Vec::new();
        for row in cells.chunks_exact(bounds.width() as usize) {
            let mut cover = 0;
            shares.extend(row.iter().map(|[edge, area]| {
                cover += edge;
                (cover * 2 * ONE - area).abs() >> 9
            }));
        }
        shares
    }

    #[test]
    fn pixels_are_covered_by_their_share() {
        let quarter =
            [Point { x: 128, y: 128 }, Point { x: 384, y: 128 }, Point { x: 384, y: 256 }, Point { x: 128, y: 256 }];
        assert_eq!(shares(&quarter, 2, 1), [64, 64]);
        let half = [Point::at(0, 0), Point::at(2, 0), Point::at(0, 2)];
        assert_eq!(shares(&half, 2, 2), [256, 128, 128, 0]);
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let wide = [Point::at(-9, -9), Point::at(9, -9), Point::at(9, 9), Point::at(-9, 9)];
        assert_eq!(shares(&wide, 2, 2), [256; 4]);
        // The diagonal passes through the sheet from far outside.
        let slanted = [Point::at(-100, -100), Point::at(100, 100), Point::at(-100, 100)];
        assert_eq!(shares(&slanted, 2, 2), [128, 0, 256, 128]);
        assert!(Outline::of(&[Point::at(5, 5), Point::at(6, 5), Point::at(6, 6)]).bounds(4, 4).is_none());
    }

    #[test]
    fn what_is_covered_band_by_band_is_what_is_covered_at_once() {
        let path = [(300, -700), (5100, 900), (2050, 8190), (-400, 3333), (2600, 2000)].map(|(x, y)| Point { x, y });
        let outline = Outline::of(&path);
        let bounds = outline.bounds(17, 30).expect("the path lies on the sheet");
        let (mut whole, mut cells) = (Vec::new(), Vec::new());
        outline.cover(bounds, &mut whole);
        for rows in [1, 4, 7] {
            let mut parts = Vec::new();
            for band in bounds.bands(rows) {
                outline.cover(band, &mut cells);
                parts.extend_from_slice(&cells);
            }
            assert_eq!(parts, whole, "{rows} rows at a time");
        }
    }
}
