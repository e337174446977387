//! Places on a page, and how they are moved, turned and scaled. Lengths and factors are millionths; points that lie beyond
//! any page stay there.

use super::token::ONE;

/// Farther than any page reaches.
const FARTHEST: i128 = 1_000_000_000_000_000;

/// What a length becomes by a factor.
pub(super) fn scaled(length: i64, factor: i64) -> i64 {
    cut(i128::from(length) * i128::from(factor) / i128::from(ONE))
}

fn cut(value: i128) -> i64 {
    value.clamp(-FARTHEST, FARTHEST) as i64
}

/// `[a b c d e f]`: (x, y) comes to (ax + cy + e, bx + dy + f).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Matrix(pub(super) [i64; 6]);

impl Matrix {
    pub(super) const SAME: Matrix = Matrix([ONE, 0, 0, ONE, 0, 0]);

    pub(super) fn moved(x: i64, y: i64) -> Matrix {
        Matrix([ONE, 0, 0, ONE, x, y])
    }

    /// The matrix of six numbers; that which changes nothing if there are fewer.
    pub(super) fn of(numbers: &[i64]) -> Matrix {
        numbers.first_chunk::<6>().map_or(Matrix::SAME, |numbers| Matrix(*numbers))
    }

    /// First by this, then by the other.
    pub(super) fn then(self, other: Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let (e, f) = other.point(e, f);
        let ((a, b), (c, d)) = (other.direction(a, b), other.direction(c, d));
        Matrix([a, b, c, d, e, f])
    }

    pub(super) fn point(self, x: i64, y: i64) -> (i64, i64) {
        let (along, up) = self.direction(x, y);
        (cut(i128::from(along) + i128::from(self.0[4])), cut(i128::from(up) + i128::from(self.0[5])))
    }

    fn direction(self, x: i64, y: i64) -> (i64, i64) {
        let [a, b, c, d, ..] = self.0.map(i128::from);
        let (x, y) = (i128::from(x), i128::from(y));
        let one = i128::from(ONE);
        (cut((a * x + c * y) / one), cut((b * x + d * y) / one))
    }

    /// How long an upright line becomes.
    pub(super) fn height(self, length: i64) -> i64 {
        let (x, y) = self.direction(0, length);
        let (x, y) = (u128::from(x.unsigned_abs()), u128::from(y.unsigned_abs()));
        cut((x * x + y * y).isqrt() as i128)
    }

    /// Whether upright rectangles stay upright.
    pub(super) fn is_upright(self) -> bool {
        let [a, b, c, d, ..] = self.0;
        (b == 0 && c == 0) || (a == 0 && d == 0)
    }

    /// The smallest upright rectangle around another that was moved and turned.
    pub(super) fn area(self, area: Area) -> Area {
        let corners =
            [(area.left, area.bottom), (area.right, area.bottom), (area.left, area.top), (area.right, area.top)];
        Area::around(corners.map(|(x, y)| self.point(x, y)))
    }
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i64,
    pub(super) bottom: i64,
    pub(super) right: i64,
    pub(super) top: i64,
}

impl Area {
    pub(super) const UNIT: Area = Area { left: 0, bottom: 0, right: ONE, top: ONE };

    /// The rectangle of two corners; none if there are fewer numbers.
    pub(super) fn of(corners: &[i64]) -> Option<Area> {
        let [a, b, c, d] = *corners.first_chunk::<4>()?;
        Some(Area::around([(a, b), (c, d)]))
    }

    pub(super) fn around(points: impl IntoIterator<Item = (i64, i64)>) -> Area {
        let nothing = Area { left: i64::MAX, bottom: i64::MAX, right: i64::MIN, top: i64::MIN };
        points.into_iter().fold(nothing, |area, (x, y)| Area {
            left: area.left.min(x),
            bottom: area.bottom.min(y),
            right: area.right.max(x),
            top: area.top.max(y),
        })
    }

    /// What lies in both; it has no size if nothing does.
    pub(super) fn within(self, other: Area) -> Area {
        let (left, bottom) = (self.left.max(other.left), self.bottom.max(other.bottom));
        Area { left, bottom, right: self.right.min(other.right).max(left), top: self.top.min(other.top).max(bottom) }
    }

    fn size(self) -> i128 {
        i128::from(self.right - self.left).max(1) * i128::from(self.top - self.bottom).max(1)
    }

    /// How many hundredths of this lie in another.
    pub(super) fn share_in(self, other: Area) -> i64 {
        let common = self.within(other);
        let apart = |common: i64, own: i64| common <= 0 && own > 0;
        if apart(common.right - common.left, self.right - self.left)
            || apart(common.top - common.bottom, self.top - self.bottom)
        {
            return 0;
        }
        (common.size() * 100 / self.size()) as i64
    }

    pub(super) fn middle(self) -> (i64, i64) {
        (self.left / 2 + self.right / 2, self.bottom / 2 + self.top / 2)
    }

    pub(super) fn holds(self, (x, y): (i64, i64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_are_done_one_after_the_other() {
        let twice = Matrix([2 * ONE, 0, 0, 2 * ONE, 0, 0]);
        assert_eq!(Matrix::moved(3 * ONE, 0).then(twice).point(ONE, ONE), (8 * ONE, 2 * ONE));
        assert_eq!(twice.then(Matrix::moved(3 * ONE, 0)).point(ONE, ONE), (5 * ONE, 2 * ONE));
        let turned = Matrix([0, ONE, -ONE, 0, 0, 0]);
        assert_eq!((turned.height(7), turned.is_upright()), (7, true));
    }

    #[test]
    fn shares_are_counted_in_hundredths() {
        let area = Area { left: 0, bottom: 0, right: 100, top: 10 };
        let half = Area { left: 50, ..area };
        assert_eq!((area.share_in(half), half.share_in(area)), (50, 100));
        assert_eq!(area.share_in(Area { left: 200, right: 300, ..area }), 0);
    }
}
