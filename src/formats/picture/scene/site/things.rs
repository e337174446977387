//! What stands about on a site: cabins, skips, pallets, heaps, diggers, cones, people.

use super::super::camera::{Spot, spot};
use super::super::light::Facing;
use super::super::stage::{Block, Stage, surface};
use crate::formats::picture::noise::Chance;

/// One or two storeys of containers with a door and windows.
pub(super) fn cabins(stage: &mut Stage, place: &mut Chance, corner: Spot) {
    let count = place.between(1, 3);
    let floors = place.between(1, 2);
    let paint = surface(place.one(&[0x3E6A8E, 0xD7D6CF, 0x55775A, 0x8C9297, 0xC7B58A]), 14);
    for floor in 0..floors {
        for cabin in 0..count {
            let at = spot(corner.right + cabin * 620, corner.away, corner.up + floor * 270);
            let block = Block::new(at, 605, 245, 262);
            if floor == 0 {
                stage.ground_shadow(&block);
            }
            stage.block(block, paint);
            let panel = |left: i32, low: i32, wide: i32, high: i32| {
                Block::new(spot(at.right + left, at.away - 3, at.up + low), wide, 3, high)
            };
            for (left, low, wide, high) in [(60, 100, 120, 100), (420, 100, 120, 100)] {
                stage.face(&panel(left, low, wide, high).side(Facing::Towards), Facing::Towards, surface(0x39434C, 26));
            }
            stage.face(&panel(260, 8, 92, 205).side(Facing::Towards), Facing::Towards, surface(0xB9BDBE, 10));
            let rib = surface(0x2F3336, 0);
            stage.beam(
                spot(at.right, at.away - 2, at.up + 262),
                spot(at.right + 605, at.away - 2, at.up + 262),
                8,
                rib,
            );
        }
    }
}

/// An open steel tub, heaped or not.
pub(super) fn skip(stage: &mut Stage, at: Spot) {
    let paint = surface(stage.chance.one(&[0xC9A227, 0x2F6F4F, 0xB23A2C, 0x55606A]), 40).sized(50);
    stage.ground_shadow(&Block::new(at, 360, 170, 110));
    let (low, high) = (50, 0);
    let rim = |right: i32, away: i32| spot(at.right + right, at.away + away, 120);
    let foot = |right: i32, away: i32| spot(at.right + right, at.away + away, 8);
    stage.face(
        &[rim(high, 0), rim(360, 0), rim(360, 170), rim(high, 170)],
        Facing::Down,
        surface(0x4A443C, 60).sized(30),
    );
    if stage.chance.hits(60) {
        for _ in 0..7 {
            let (right, away) = (stage.chance.between(30, 270), stage.chance.between(30, 110));
            let end = (stage.chance.between(-90, 90), stage.chance.between(10, 70));
            let wood = surface(stage.chance.one(&[0xB58A55, 0x9A9A94, 0xD6D2C4, 0x7A6A52]), 0);
            stage.beam(rim(right, away), spot(at.right + right + end.0, at.away + away, 120 + end.1), 12, wood);
        }
    }
    stage.face(&[foot(low, 20), foot(360 - low, 20), rim(360, 0), rim(high, 0)], Facing::Towards, paint);
    for rib in [90, 180, 270] {
        stage.beam(foot(low + rib * (360 - 2 * low) / 360, 18), rim(rib, -2), 7, surface(0x3B3B38, 0));
    }
}

/// Blocks, boards, bags or pipes, on pallets.
pub(super) fn pallets(stage: &mut Stage, at: Spot) {
    let kind = stage.chance.between(0, 3);
    for pile in 0..stage.chance.between(2, 4) {
        let corner = spot(at.right + pile * stage.chance.between(135, 170), at.away + stage.chance.between(-40, 40), 0);
        let height = stage.chance.between(60, 130);
        let block = Block::new(spot(corner.right, corner.away, 14), 118, 100, height);
        stage.ground_shadow(&Block::new(spot(corner.right, corner.away, 0), 118, 100, height + 14));
        stage.block(Block::new(corner, 118, 100, 14), surface(0x8F7348, 16));
        let goods = match kind {
            0 => surface(0xB4B1AA, 40).sized(22),
            1 => surface(0xE2E4E2, 36).sized(30),
            2 => surface(0xA8563F, 50).sized(14),
            _ => surface(0xC2A06A, 26).sized(40),
        };
        stage.block(block, goods);
        if kind == 0 || kind == 2 {
            for layer in 1..height / 22 {
                let up = 14 + layer * 22;
                stage.beam(
                    spot(corner.right, corner.away - 1, up),
                    spot(corner.right + 118, corner.away - 1, up),
                    2,
                    surface(0x6E6A64, 0),
                );
            }
        }
    }
}

/// A heap of earth or sand.
pub(super) fn heap(stage: &mut Stage, at: Spot, wide: i32) {
    let earth = surface(stage.chance.one(&[0x7A6248, 0xA08A68, 0x8C8478]), 60).sized(90);
    let mut shape = vec![spot(at.right, at.away, 0)];
    for step in 1..12 {
        let bow = step * (12 - step) * wide / 110;
        let up = bow + stage.chance.between(-wide / 40, wide / 40);
        shape.push(spot(at.right + wide * step / 12, at.away, up.max(0)));
    }
    shape.push(spot(at.right + wide, at.away, 0));
    stage.face(&shape, Facing::Towards, earth);
}

/// An excavator.
pub(super) fn digger(stage: &mut Stage, at: Spot) {
    let paint = surface(stage.chance.one(&[0xD7A01C, 0xD7A01C, 0xC8641E]), 18);
    let dark = surface(0x2C2C2B, 20);
    let flip = stage.chance.one(&[-1, 1]);
    let place = |along: i32, aside: i32, up: i32| spot(at.right + along * flip, at.away + aside, up);
    let block = |along: i32, aside: i32, up: i32, long: i32, wide: i32, high: i32| {
        let left = if flip > 0 { along } else { -along - long };
        Block::new(spot(at.right + left, at.away + aside, up), long, wide, high)
    };
    stage.ground_shadow(&block(-190, 0, 0, 380, 250, 240));
    stage.block(block(-190, 190, 0, 380, 55, 85), dark);
    stage.block(block(-190, 0, 0, 380, 55, 85), dark);
    stage.block(block(-220, 10, 95, 330, 230, 110), paint);
    stage.block(block(10, 120, 100, 120, 115, 210), surface(0x3A4650, 30));
    stage.block(block(6, 116, 300, 128, 122, 14), paint);
    let elbow = place(380, 60, 430);
    stage.beam(place(90, 60, 190), elbow, 48, paint);
    stage.beam(elbow, place(560, 60, 150), 36, paint);
    stage.beam(place(200, 60, 260), place(330, 60, 420), 14, surface(0xB8B8B4, 0));
    let bucket = [place(530, 60, 170), place(600, 60, 150), place(590, 60, 60), place(500, 60, 70)];
    stage.face(&bucket, Facing::Towards, surface(0x55504A, 30));
}

/// What the people of a site wear, in light and in their own shadow.
const JACKETS: [(u32, u32); 4] =
    [(0xD8702C, 0x9C4A1E), (0xC6CC32, 0x8A9024), (0xC9632A, 0x8E421C), (0xB4BE2E, 0x7C8420)];
const TROUSERS: [(u32, u32); 3] = [(0x39404A, 0x252A32), (0x47443E, 0x2E2C28), (0x5A5E50, 0x3C4036)];
const HELMETS: [u32; 4] = [0xDEDED8, 0xD2AE2A, 0x35608F, 0xDEDED8];

/// Somebody in a bright jacket and a helmet: lit from one side, in folds, on one leg or the other.
pub(super) fn worker(stage: &mut Stage, foot: Spot) {
    let (jacket, folds) = stage.chance.one(&JACKETS);
    let (trousers, shade) = stage.chance.one(&TROUSERS);
    let helmet = stage.chance.one(&HELMETS);
    let (lean, reach, step) =
        (stage.chance.between(-6, 6), stage.chance.between(-26, 30), stage.chance.between(-5, 12));
    let (flip, size) = (stage.chance.one(&[-1, 1]), stage.chance.between(92, 107));
    stage.shadow(&Block::new(spot(foot.right - 24, foot.away - 14, foot.up), 50, 34, 0).side(Facing::Down), 90);
    let mut part = |shape: &[(i32, i32)], colour: u32| {
        let placed: Vec<(i32, i32)> = shape.iter().map(|(x, y)| (x * flip * size / 100, y * size / 100)).collect();
        stage.upright(foot, &placed, surface(colour, 0));
    };
    // Legs, the farther one in shadow, and boots.
    part(&[(2, 4), (13 + step, 4), (17, 86), (-2, 86)], shade);
    part(&[(-18 - step / 2, 4), (-6 - step / 2, 4), (4, 80), (3, 88), (-17, 88)], trousers);
    part(&[(2, 0), (18 + step, 0), (14 + step, 9), (2, 9)], 0x2A2622);
    part(&[(-19 - step / 2, 0), (-2 - step / 2, 0), (-6 - step / 2, 9), (-19 - step / 2, 9)], 0x332E28);
    // The arm behind, the jacket, its shadowed side, a crease, the bands and the arm in front.
    part(&[(15, 140), (25 + reach, 98), (33 + reach, 101), (25 + lean, 143)], folds);
    part(&[(-20, 80), (19, 80), (22 + lean, 136), (15 + lean, 148), (-11 + lean, 149), (-22 + lean, 138)], jacket);
    part(&[(8, 80), (19, 80), (22 + lean, 136), (15 + lean, 148), (9 + lean, 146), (12, 112)], folds);
    part(&[(-9, 80), (-5, 80), (2, 118), (-1, 118)], folds);
    part(&[(-21, 98), (20, 98), (20, 105), (-21, 105)], 0xB9BDB8);
    part(&[(-13 + lean, 105), (-9 + lean, 105), (-7 + lean, 148), (-11 + lean, 148)], 0xB9BDB8);
    part(&[(-22 + lean, 140), (-30, 104), (-24, 84), (-17, 88), (-20, 106), (-13 + lean, 134)], jacket);
    part(&[(-24, 84), (-17, 88), (-15, 80), (-20, 76)], 0x8A6A52);
    // The head below its helmet, with the shadow of the brim.
    part(
        &[(-5 + lean, 146), (6 + lean, 146), (8 + lean, 158), (6 + lean, 167), (-6 + lean, 167), (-7 + lean, 156)],
        0xB58A6E,
    );
    part(&[(1 + lean, 146), (6 + lean, 146), (8 + lean, 158), (6 + lean, 167), (2 + lean, 167)], 0x8E6850);
    part(&[(-7 + lean, 162), (8 + lean, 162), (7 + lean, 167), (-7 + lean, 167)], 0x5E4638);
    part(
        &[(-13 + lean, 165), (12 + lean, 165), (9 + lean, 174), (2 + lean, 178), (-5 + lean, 177), (-9 + lean, 173)],
        helmet,
    );
}

/// A cone.
pub(super) fn cone(stage: &mut Stage, foot: Spot) {
    stage.upright(foot, &[(-19, 0), (19, 0), (19, 5), (-19, 5)], surface(0x3A3A38, 0));
    stage.upright(foot, &[(-14, 5), (14, 5), (4, 72), (-4, 72)], surface(0xE2561E, 0));
    stage.upright(foot, &[(-10, 26), (10, 26), (7, 44), (-7, 44)], surface(0xE8E6E0, 0));
}

/// Panels of mesh on rubber feet, one beside the other.
pub(super) fn fence(stage: &mut Stage, from: Spot, panels: i32) {
    let tube = surface(0xA4AAAD, 0);
    let wire = surface(0x8F9599, 0);
    for panel in 0..panels {
        let left = from.right + panel * 350;
        let place = |right: i32, up: i32| spot(left + right, from.away, up);
        for at in (12..340).step_by(11) {
            stage.beam(place(at, 12), place(at, 196), 1, wire);
        }
        for up in [60, 110, 160] {
            stage.beam(place(4, up), place(343, up), 1, wire);
        }
        for (one, other) in [((3, 0), (3, 202)), ((344, 0), (344, 202)), ((3, 10), (344, 10)), ((3, 198), (344, 198))] {
            stage.beam(place(one.0, one.1), place(other.0, other.1), 4, tube);
        }
        stage.block(Block::new(spot(left - 12, from.away - 30, 0), 24, 62, 13), surface(0x4A4742, 16));
    }
}
