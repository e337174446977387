//! What an area that is filled reaches over, and whether it is a rectangle.

use super::geometry::{Area, Matrix};

/// Rectangles of one path; what more there are is taken as one area.
const MOST_RECTANGLES: usize = 4_096;

/// The path that is being drawn.
#[derive(Default)]
pub(super) struct Path {
    rectangles: Vec<Area>,
    /// Corners of lines and curves.
    points: Option<Area>,
    corners: Vec<(i64, i64)>,
    curved: bool,
    clips: bool,
}

impl Path {
    /// An operator that adds to the path; whether it was one.
    pub(super) fn operate(&mut self, operator: &[u8], numbers: &[i64], matrix: Matrix) -> bool {
        match (operator, numbers) {
            (b"re", &[x, y, width, height]) => {
                let area = Area::around([(x, y), (x.saturating_add(width), y.saturating_add(height))]);
                match matrix.is_upright() && self.rectangles.len() < MOST_RECTANGLES {
                    true => self.rectangles.push(matrix.area(area)),
                    false => self.reach(matrix.area(area), true),
                }
            }
            (b"m" | b"l", &[x, y]) => self.point(matrix.point(x, y), false),
            (b"c" | b"v" | b"y", points) => {
                points.chunks_exact(2).for_each(|point| self.point(matrix.point(point[0], point[1]), true));
            }
            (b"W" | b"W*", _) => self.clips = true,
            (b"h" | b"re" | b"m" | b"l", _) => {}
            _ => return false,
        }
        true
    }

    fn point(&mut self, point: (i64, i64), curved: bool) {
        if self.corners.len() < 8 {
            self.corners.push(point);
        }
        self.reach(Area::around([point]), curved);
    }

    fn reach(&mut self, area: Area, curved: bool) {
        self.curved |= curved;
        let corners = |area: Area| [(area.left, area.bottom), (area.right, area.top)];
        self.points = Some(match self.points {
            Some(known) => Area::around(corners(known).into_iter().chain(corners(area))),
            None => area,
        });
    }

    /// What is filled when the path is, and whether it is all of the area.
    pub(super) fn areas(&self) -> Vec<(Area, bool)> {
        let full = self.rectangles.iter().map(|area| (*area, true));
        full.chain(self.points.map(|area| (area, self.is_rectangle()))).collect()
    }

    /// Four corners, each straight beside or above the one before.
    fn is_rectangle(&self) -> bool {
        let straight = |pair: &[(i64, i64)]| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1;
        !self.curved && (4..=5).contains(&self.corners.len()) && self.corners.windows(2).all(straight)
    }

    /// Ends the path; what is let through from here on, if it says that.
    pub(super) fn end(&mut self) -> Option<Area> {
        let path = std::mem::take(self);
        if !path.clips {
            return None;
        }
        let corners = |area: &Area| [(area.left, area.bottom), (area.right, area.top)];
        let areas: Vec<Area> = path.rectangles.iter().copied().chain(path.points).collect();
        Some(Area::around(areas.iter().flat_map(corners))).filter(|_| !areas.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(steps: &[(&[u8], &[i64])]) -> Vec<(Area, bool)> {
        let mut path = Path::default();
        steps.iter().for_each(|(operator, numbers)| assert!(path.operate(operator, numbers, Matrix::SAME)));
        path.areas()
    }

    #[test]
    fn rectangles_fill_their_area_and_triangles_do_not() {
        let area = Area { left: 1, bottom: 2, right: 11, top: 22 };
        assert_eq!(areas(&[(b"re", &[1, 2, 10, 20])]), [(area, true)]);
        let corners: [(&[u8], &[i64]); 4] = [(b"m", &[1, 2]), (b"l", &[11, 2]), (b"l", &[11, 22]), (b"l", &[1, 22])];
        assert_eq!(areas(&corners), [(area, true)]);
        assert_eq!(areas(&[(b"m", &[1, 2]), (b"l", &[11, 2]), (b"l", &[5, 22])]), [(area, false)]);
        assert_eq!(areas(&[(b"m", &[1, 2]), (b"c", &[11, 2, 11, 22, 1, 22])]), [(area, false)]);
    }
}
