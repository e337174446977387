//! A scene in the making: things in the world become lit, weathered and hazy areas of the picture.

use super::camera::{Camera, Spot, spot};
use super::light::{Facing, Light};
use crate::document::look::Colour;
use crate::formats::fonts::Face;
use crate::formats::picture::canvas::Canvas;
use crate::formats::picture::colour::{lit, mix, moved};
use crate::formats::picture::noise::{Chance, Field, UNIT};
use crate::formats::picture::shape::{ONE, Outline, Point};
use crate::formats::picture::text;

/// No line is drawn thinner than this, in 256ths of a pixel: it would drown in grain.
const THINNEST: i32 = 90;

/// Canvas, camera and light, and what varies.
pub(super) struct Stage {
    pub(super) canvas: Canvas,
    pub(super) camera: Camera,
    pub(super) light: Light,
    pub(super) chance: Chance,
    pub(super) field: Field,
}

/// How something is written on a wall.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    pub(super) face: Face,
    /// In 64ths of a centimetre.
    pub(super) height: i32,
    pub(super) colour: Colour,
    /// How far a line rises, in 256ths.
    pub(super) slope: i32,
    /// How much ink there is, of 256.
    pub(super) strength: i32,
}

/// What a thing is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surface {
    pub(super) colour: Colour,
    /// How stained it is: the most by which its brightness varies.
    pub(super) stains: i32,
    /// The size of its stains in centimetres.
    pub(super) size: i32,
}

/// A material of a colour with stains of a usual size.
pub(super) const fn surface(digits: u32, stains: i32) -> Surface {
    Surface { colour: Colour::of(digits), stains, size: 60 }
}

impl Surface {
    pub(super) const fn sized(self, size: i32) -> Surface {
        Surface { size, ..self }
    }
}

/// An upright block: its near left lower corner and how far it goes right, away and up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) corner: Spot,
    pub(super) right: i32,
    pub(super) away: i32,
    pub(super) up: i32,
}

impl Block {
    pub(super) const fn new(corner: Spot, right: i32, away: i32, up: i32) -> Block {
        Block { corner, right, away, up }
    }

    fn at(&self, right: bool, away: bool, up: bool) -> Spot {
        let part = |from: i32, by: i32, whole: bool| if whole { from + by } else { from };
        spot(
            part(self.corner.right, self.right, right),
            part(self.corner.away, self.away, away),
            part(self.corner.up, self.up, up),
        )
    }

    /// The four corners of one side, around it.
    pub(super) fn side(&self, facing: Facing) -> [Spot; 4] {
        let (no, yes) = (false, true);
        match facing {
            Facing::Towards => [self.at(no, no, no), self.at(yes, no, no), self.at(yes, no, yes), self.at(no, no, yes)],
            Facing::Away => {
                [self.at(no, yes, no), self.at(yes, yes, no), self.at(yes, yes, yes), self.at(no, yes, yes)]
            }
            Facing::Left => [self.at(no, no, no), self.at(no, yes, no), self.at(no, yes, yes), self.at(no, no, yes)],
            Facing::Right => {
                [self.at(yes, no, no), self.at(yes, yes, no), self.at(yes, yes, yes), self.at(yes, no, yes)]
            }
            Facing::Up => [self.at(no, no, yes), self.at(yes, no, yes), self.at(yes, yes, yes), self.at(no, yes, yes)],
            Facing::Down => [self.at(no, no, no), self.at(yes, no, no), self.at(yes, yes, no), self.at(no, yes, no)],
        }
    }
}

impl Stage {
    /// A flat shape of one material.
    pub(super) fn face(&mut self, shape: &[Spot], facing: Facing, material: Surface) {
        let outline = self.camera.outline(shape);
        let Some(anchor) = outline.first().copied() else { return };
        let depth = shape.iter().map(|place| self.camera.depth(*place).max(60)).sum::<i32>() / shape.len() as i32;
        let plain = self.light.on(material.colour, facing, 256);
        let lost = self.light.lost(depth);
        let (haze, field) = (self.light.haze, self.field);
        if material.stains == 0 {
            return self.canvas.fill(&outline, mix(plain, haze, lost));
        }
        // Units of the field for each pixel: a stain is one knot wide.
        let step = UNIT * ONE / (self.camera.scale(depth) * material.size).max(1);
        let seed = (shape[0].right.wrapping_mul(31) ^ shape[0].up.wrapping_mul(57)) & 0xFFFF;
        let (left, top) = (anchor.x / ONE, anchor.y / ONE);
        self.canvas.paint(&outline, |x, y| {
            let stain = field.rough((x - left) * step + seed, (y - top) * step) - 128;
            (mix(moved(plain, (stain * material.stains) >> 7), haze, lost), 256)
        });
    }

    /// The sides of a block that the camera sees.
    pub(super) fn block(&mut self, block: Block, material: Surface) {
        for facing in self.seen_sides(&block) {
            self.face(&block.side(facing), facing, material);
        }
    }

    pub(super) fn seen_sides(&self, block: &Block) -> Vec<Facing> {
        let Spot { right, away, up } = self.camera.stands;
        let corner = block.corner;
        let sides = [
            (Facing::Down, up < corner.up),
            (Facing::Up, up > corner.up + block.up),
            (Facing::Away, away > corner.away + block.away),
            (Facing::Left, right < corner.right),
            (Facing::Right, right > corner.right + block.right),
            (Facing::Towards, away < corner.away),
        ];
        sides.into_iter().filter(|(_, seen)| *seen).map(|(facing, _)| facing).collect()
    }

    /// A long thin thing, `thick` centimetres across.
    pub(super) fn beam(&mut self, from: Spot, to: Spot, thick: i32, material: Surface) {
        let (Some(start), Some(end)) = (self.camera.point(from), self.camera.point(to)) else { return };
        let depth = (self.camera.depth(from) + self.camera.depth(to)) / 2;
        let width = (self.camera.scale(depth) * thick).max(THINNEST);
        let colour = mix(self.light.on(material.colour, Facing::Towards, 160), self.light.haze, self.light.lost(depth));
        self.canvas.line(start, end, width, colour);
    }

    /// A wall, a floor or a ceiling: as bright as `light` says of each place, in 256ths across and down the part of the
    /// picture it fills, and darker by `edge` of 256 where it meets others.
    pub(super) fn wall(
        &mut self,
        shape: &[Spot; 4],
        facing: Facing,
        material: Surface,
        edge: i32,
        light: impl Fn(i32, i32) -> i32,
    ) {
        let outline = self.camera.outline(shape);
        if outline.len() < 3 {
            return;
        }
        let plain = self.light.on(material.colour, facing, 256);
        let field = self.field;
        let (left, right) = (outline.iter().map(|point| point.x).min(), outline.iter().map(|point| point.x).max());
        let (top, bottom) = (outline.iter().map(|point| point.y).min(), outline.iter().map(|point| point.y).max());
        let (left, top) = (left.unwrap_or(0) / ONE, top.unwrap_or(0) / ONE);
        let (wide, high) = ((right.unwrap_or(0) / ONE - left).max(1), (bottom.unwrap_or(0) / ONE - top).max(1));
        let step = UNIT * 60 / material.size.max(1) / 40;
        let across: Vec<i32> = (0..self.canvas.width).map(|x| (x - left) * 256 / wide).collect();
        let down: Vec<i32> = (0..self.canvas.height).map(|y| (y - top) * 256 / high).collect();
        self.canvas.paint(&outline, |x, y| {
            let (across, down) = (across[x as usize], down[y as usize]);
            let near = 40 - across.min(256 - across).min(down).min(256 - down).clamp(0, 40);
            let corner = 256 - near * near * edge / 1_600;
            let stain = field.rough(x * step, y * step) - 128 + (field.speck(x, y) - 128) / 3;
            let colour = moved(plain, (stain * material.stains) >> 7);
            (lit(colour, (light(across, down) * corner) >> 8), 256)
        });
    }

    /// Writes on a wall that looks towards the camera's first direction. `height` is the size of the letters, all in
    /// 64ths of a centimetre from a spot.
    pub(super) fn write(&mut self, text: &str, hand: Hand, from: Spot, right: i32, up: i32) {
        let mut outline = Outline::default();
        for path in text::paths(text, hand.face, hand.height) {
            let placed = path.iter().map(|point| {
                let rise = up - point.y + point.x * hand.slope / 256;
                self.camera.on_wall(from, right + point.x, rise)
            });
            if let Some(path) = placed.collect::<Option<Vec<Point>>>() {
                outline.add(&path);
            }
        }
        self.canvas.paint_all(&outline, |_, _| (hand.colour, hand.strength));
    }

    /// Darkens an area of the ground.
    pub(super) fn shadow(&mut self, shape: &[Spot], strength: i32) {
        let outline = self.camera.outline(shape);
        if !outline.is_empty() {
            self.canvas.paint(&outline, |_, _| (Colour(24, 26, 34), strength));
        }
    }

    /// The shadow a block throws on the ground in the sun, and the dark line it stands in.
    pub(super) fn ground_shadow(&mut self, block: &Block) {
        let around =
            Block::new(spot(block.corner.right - 6, block.corner.away - 6, 0), block.right + 12, block.away + 12, 0);
        self.shadow(&around.side(Facing::Down), 70);
        let Some((right, away)) = self.light.shadow else { return };
        let height = block.corner.up + block.up;
        let (across, along) = (right * height / 100, away * height / 100);
        let foot = block.side(Facing::Down).map(|place| spot(place.right, place.away, 0));
        let moved = foot.map(|place| spot(place.right + across, place.away + along, 0));
        let all: Vec<Spot> = foot.into_iter().chain(moved).collect();
        self.shadow(&hull(all), 118);
    }

    /// Something that stands upright and faces the camera: a shape in centimetres around its foot.
    pub(super) fn upright(&mut self, foot: Spot, shape: &[(i32, i32)], material: Surface) {
        let Some(base) = self.camera.point(foot) else { return };
        let depth = self.camera.depth(foot);
        let scale = self.camera.scale(depth);
        let place = |&(right, up): &(i32, i32)| base.plus(right * scale, -up * scale);
        let outline: Vec<Point> = shape.iter().map(place).collect();
        let colour = mix(self.light.on(material.colour, Facing::Towards, 200), self.light.haze, self.light.lost(depth));
        self.canvas.fill(&outline, colour);
    }

    /// Paints an outline that is known in the picture, faded by its distance.
    pub(super) fn flat(&mut self, outline: &Outline, depth: i32, colour: Colour) {
        let colour = mix(colour, self.light.haze, self.light.lost(depth));
        self.canvas.fill_all(outline, colour);
    }
}

/// The smallest convex shape around places of the ground (Andrew's monotone chain).
fn hull(mut places: Vec<Spot>) -> Vec<Spot> {
    places.sort_by_key(|place| (place.right, place.away));
    places.dedup();
    let left_of = |a: &Spot, b: &Spot, c: &Spot| {
        let (right, away) = (i64::from(b.right - a.right), i64::from(b.away - a.away));
        right * i64::from(c.away - a.away) - away * i64::from(c.right - a.right) > 0
    };
    let chain = |places: &mut dyn Iterator<Item = Spot>| {
        let mut kept: Vec<Spot> = Vec::new();
        for place in places {
            while kept.len() >= 2 && !left_of(&kept[kept.len() - 2], &kept[kept.len() - 1], &place) {
                kept.pop();
            }
            kept.push(place);
        }
        kept.pop();
        kept
    };
    let mut lower = chain(&mut places.iter().copied());
    lower.extend(chain(&mut places.iter().rev().copied()));
    lower
}
