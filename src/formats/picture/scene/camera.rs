//! Where one stands and looks: places in the world become places in the picture.

use crate::formats::picture::shape::{ONE, Point};
use crate::formats::picture::turn::sine;

/// Nothing nearer than this is drawn, in centimetres.
const NEAR: i64 = 60;
/// Nothing farther than this is told apart, in centimetres.
const FARTHEST: i32 = 60_000;

/// A place in the world in centimetres: to the right, away from the camera's first direction, up from the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Spot {
    pub(super) right: i32,
    pub(super) away: i32,
    pub(super) up: i32,
}

/// Shorthand for a place in the world.
pub(super) const fn spot(right: i32, away: i32, up: i32) -> Spot {
    Spot { right, away, up }
}

/// A camera that looks level: verticals stay vertical but for a slight roll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Camera {
    pub(super) stands: Spot,
    /// Sine and cosine of the turn to the right, in 2^15ths.
    turn: (i32, i32),
    /// Pixels in which a thing as wide as it is far away is seen.
    pub(super) focal: i32,
    /// The middle column, and the row of the horizon there.
    pub(super) middle: i32,
    pub(super) horizon: i32,
    /// How far the horizon falls to the right, in 256ths.
    roll: i32,
}

impl Camera {
    /// A camera at a place, for a picture of that width.
    pub(super) fn new(stands: Spot, width: i32, horizon: i32, focal: i32) -> Camera {
        Camera { stands, turn: (0, 1 << 15), focal, middle: width / 2, horizon, roll: 0 }
    }

    /// The same camera turned to the right by 4096ths of a full turn and rolled by 256ths.
    pub(super) fn turned(self, turn: i32, roll: i32) -> Camera {
        Camera { turn: (sine(turn), sine(turn + 1024)), roll, ..self }
    }

    /// A place as the camera has it: right of its axis, in front of it, above the ground.
    fn seen(&self, place: Spot) -> [i64; 3] {
        let right = i64::from(place.right - self.stands.right);
        let away = i64::from(place.away - self.stands.away);
        let (sine, cosine) = (i64::from(self.turn.0), i64::from(self.turn.1));
        [(right * cosine - away * sine) >> 15, (right * sine + away * cosine) >> 15, i64::from(place.up)]
    }

    /// How far in front of the camera a place is.
    pub(super) fn depth(&self, place: Spot) -> i32 {
        self.seen(place)[1] as i32
    }

    fn project(&self, [right, away, up]: [i64; 3]) -> Point {
        let (focal, one) = (i64::from(self.focal), i64::from(ONE));
        let x = right * focal * one / away;
        let down = (i64::from(self.stands.up) - up) * focal * one / away;
        let y = i64::from(self.horizon) * one + down + ((x * i64::from(self.roll)) >> 8);
        Point::exact(i64::from(self.middle) * one + x, y)
    }

    /// The outline of a flat shape in the picture; empty when it is behind the camera.
    pub(super) fn outline(&self, shape: &[Spot]) -> Vec<Point> {
        let seen: Vec<[i64; 3]> = shape.iter().map(|place| self.seen(*place)).collect();
        let mut outline = Vec::with_capacity(seen.len() + 2);
        for (at, one) in seen.iter().enumerate() {
            let other = &seen[(at + 1) % seen.len()];
            if one[1] >= NEAR {
                outline.push(self.project(*one));
            }
            if (one[1] >= NEAR) != (other[1] >= NEAR) {
                outline.push(self.project(crossing(*one, *other)));
            }
        }
        outline
    }

    /// One place in the picture, if it is in front of the camera.
    pub(super) fn point(&self, place: Spot) -> Option<Point> {
        let seen = self.seen(place);
        (seen[1] >= NEAR).then(|| self.project(seen))
    }

    /// A place on a wall that looks towards the camera's first direction, in 64ths of a centimetre right of a spot and
    /// above it: fine enough for writing.
    pub(super) fn on_wall(&self, from: Spot, right: i32, up: i32) -> Option<Point> {
        let across = i64::from(from.right - self.stands.right) * 64 + i64::from(right);
        let away = i64::from(from.away - self.stands.away) * 64;
        let (sine, cosine) = (i64::from(self.turn.0), i64::from(self.turn.1));
        let (across, depth) = ((across * cosine - away * sine) >> 15, (across * sine + away * cosine) >> 15);
        let fine = Camera { stands: spot(0, 0, self.stands.up * 64), ..*self };
        (depth >= NEAR * 64).then(|| fine.project([across, depth, i64::from(from.up) * 64 + i64::from(up)]))
    }

    /// How many 256ths of a pixel a centimetre is at that distance.
    pub(super) fn scale(&self, depth: i32) -> i32 {
        self.focal * ONE / depth.max(1)
    }

    /// The row of the horizon in a column.
    pub(super) fn horizon_at(&self, x: i32) -> i32 {
        self.horizon + (((x - self.middle) * self.roll) >> 8)
    }

    /// How far in front of the camera the ground in a pixel below the horizon is.
    fn distance(&self, x: i32, y: i32) -> Option<i32> {
        let below = (y - self.horizon) * 256 + 128 - (x - self.middle) * self.roll;
        (below > 0).then(|| (self.stands.up * self.focal * 256 / below).min(FARTHEST))
    }

    /// The ground that is seen in a pixel; none at and above the horizon.
    pub(super) fn ground(&self, x: i32, y: i32) -> Option<Seen> {
        let depth = self.distance(x, y)?;
        let across = (x - self.middle) * depth / self.focal;
        let (sine, cosine) = (i64::from(self.turn.0), i64::from(self.turn.1));
        let turned = |one: i32, by: i64, other: i32, with: i64| (i64::from(one) * by + i64::from(other) * with) >> 15;
        Some(Seen {
            right: self.stands.right + turned(across, cosine, depth, sine) as i32,
            away: self.stands.away + turned(depth, cosine, across, -sine) as i32,
            depth,
        })
    }

    /// Calls `paint` with the ground in each pixel of a row, exact at every sixteenth and in straight lines between.
    pub(super) fn ground_in_row(&self, y: i32, width: i32, mut paint: impl FnMut(i32, Seen)) {
        let mut from = self.ground(0, y);
        for left in (0..width).step_by(16) {
            let to = self.ground(left + 16, y);
            if let (Some(from), Some(to)) = (from, to) {
                for part in 0..16.min(width - left) {
                    paint(left + part, from.towards(to, part));
                }
            }
            from = to;
        }
    }
}

/// A place of the ground as the camera sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) right: i32,
    pub(super) away: i32,
    /// How far in front of the camera.
    pub(super) depth: i32,
}

impl Seen {
    /// Sixteenths of the way to another place.
    fn towards(self, other: Seen, part: i32) -> Seen {
        let between = |from: i32, to: i32| from + (((to - from) * part) >> 4);
        Seen {
            right: between(self.right, other.right),
            away: between(self.away, other.away),
            depth: between(self.depth, other.depth),
        }
    }
}

/// Where the edge between two places crosses the nearest plane that is drawn.
fn crossing(one: [i64; 3], other: [i64; 3]) -> [i64; 3] {
    let part = |from: i64, to: i64| from + (to - from) * (NEAR - one[1]) / (other[1] - one[1]);
    [part(one[0], other[0]), NEAR, part(one[2], other[2])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ground_and_picture_are_one_another_s_inverse() {
        let camera = Camera::new(spot(0, 0, 160), 640, 230, 520).turned(150, 5);
        for (right, away) in [(0, 900), (-400, 1_500), (700, 3_000)] {
            let point = camera.point(spot(right, away, 0)).expect("it is in front");
            let seen = camera.ground(point.x.div_euclid(ONE), point.y.div_euclid(ONE)).expect("it is on the ground");
            assert!(
                (seen.right - right).abs() < 40 && (seen.away - away).abs() < away / 30,
                "{right} {away}: {seen:?}"
            );
        }
    }

    #[test]
    fn what_is_behind_is_cut_off() {
        let camera = Camera::new(spot(0, 0, 160), 640, 240, 520);
        assert!(camera.outline(&[spot(0, -5, 0), spot(5, -5, 0), spot(5, -9, 0)]).is_empty());
        assert_eq!(camera.outline(&[spot(-50, -50, 0), spot(50, -50, 0), spot(0, 500, 0)]).len(), 3);
    }
}
