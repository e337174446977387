//! Trees around a site, in leaf or bare, and the older building beside it.

use super::super::camera::{Spot, spot};
use super::super::light::Facing;
use super::super::stage::{Block, Stage, surface};
use crate::document::look::Colour;
use crate::formats::picture::colour::{mix, moved};
use crate::formats::picture::noise::Chance;
use crate::formats::picture::shape::ONE;

/// A tree that high, in centimetres.
pub(super) fn tree(stage: &mut Stage, foot: Spot, height: i32, bare: bool) {
    stage.beam(foot, spot(foot.right, foot.away, height / 2), height / 28, surface(0x4A4036, 0));
    if bare {
        for branch in 0..9 {
            let low = height * (3 + branch % 5) / 12;
            let side = if branch % 2 == 0 { 1 } else { -1 };
            let reach = side * stage.chance.between(height / 10, height / 3);
            let rise = stage.chance.between(height / 5, height / 3);
            stage.beam(
                spot(foot.right, foot.away, low),
                spot(foot.right + reach, foot.away, low + rise),
                height / 70,
                surface(0x55493E, 0),
            );
        }
    }
    let Some(middle) = stage.camera.point(spot(foot.right, foot.away, height * 2 / 3)) else { return };
    let depth = stage.camera.depth(foot);
    let (across, up) =
        (stage.camera.scale(depth) * height * 2 / 5 / ONE, stage.camera.scale(depth) * height * 2 / 5 / ONE);
    let greens = [Colour(70, 92, 48), Colour(86, 100, 52), Colour(62, 84, 58)];
    let leaf = if bare { Colour(92, 82, 70) } else { stage.chance.one(&greens) };
    let leaf = stage.light.on(leaf, Facing::Towards, 220);
    let (haze, lost, field) = (stage.light.haze, stage.light.lost(depth), stage.field);
    let drift = stage.chance.between(0, 1 << 14);
    let (x, y, across, up) = (middle.x / ONE, middle.y / ONE, across.max(2), up.max(2));
    let crown = [(-8, 2), (-6, -6), (0, -9), (6, -6), (8, 2), (5, 7), (-5, 7)]
        .map(|(right, down)| middle.plus(right * across * ONE / 7, down * up * ONE / 7));
    stage.canvas.paint(&crown, |px, py| {
        let (right, down) = ((px - x) * 256 / across, (py - y) * 256 / up);
        let inside = 256 - (right * right + down * down) / 256;
        let clump = field.rough((px - x) * 2_600 / across + drift, (py - y) * 2_600 / up);
        let speck = field.speck(px, py) - 128;
        let share = (inside + (clump - 128) * 4 + speck / 2) * if bare { 1 } else { 4 };
        let shade = (clump - 128) / 3 - down / 9 + speck / 10;
        (mix(moved(leaf, shade), haze, lost), share.clamp(0, if bare { 90 } else { 256 }))
    });
}

/// A building of brick that was there before.
pub(super) fn old_building(stage: &mut Stage, place: &mut Chance, corner: Spot) {
    let brick = surface(place.one(&[0x8E5A46, 0xA0694E, 0x9A8468]), 22).sized(45);
    let (storeys, bays) = (place.between(1, 2), place.between(5, 9));
    let hull = Block::new(corner, bays * 420, 1_200, storeys * 340 + 40);
    stage.ground_shadow(&hull);
    stage.block(hull, brick);
    for storey in 0..storeys {
        for bay in 0..bays {
            let at = spot(corner.right + bay * 420 + 90, corner.away - 4, storey * 340 + 95);
            let frame = Block::new(spot(at.right - 8, at.away, at.up - 8), 256, 0, 176);
            stage.face(&frame.side(Facing::Towards), Facing::Towards, surface(0xD8D6CE, 0));
            for pane in 0..2 {
                let glass = Block::new(spot(at.right + pane * 124, at.away - 1, at.up), 116, 0, 160);
                stage.face(&glass.side(Facing::Towards), Facing::Towards, surface(0x4A5964, 40).sized(200));
            }
        }
    }
    let (eaves, ridge) = (corner.up + hull.up, corner.up + hull.up + 330);
    let edge = |right: i32, away: i32, up: i32| spot(corner.right + right, corner.away + away, up);
    let slope = [
        edge(-40, -40, eaves),
        edge(hull.right + 40, -40, eaves),
        edge(hull.right - 160, 600, ridge),
        edge(160, 600, ridge),
    ];
    stage.face(&slope, Facing::Up, surface(place.one(&[0x5A5552, 0x7A4E40]), 24).sized(60));
    for (side, foot) in [(Facing::Left, 0), (Facing::Right, hull.right)] {
        let out = if side == Facing::Left { -40 } else { 40 };
        let top = if side == Facing::Left { 160 } else { hull.right - 160 };
        if stage.seen_sides(&hull).contains(&side) {
            let hip = [edge(foot + out, -40, eaves), edge(foot + out, 1_240, eaves), edge(top, 600, ridge)];
            stage.face(&hip, side, surface(0x5A5552, 24).sized(60));
        }
    }
}
