//! What stands in an office.

use super::super::camera::{Spot, spot};
use super::super::light::Facing;
use super::super::stage::{Block, Stage, surface};
use crate::document::look::Colour;
use crate::formats::picture::noise::Chance;

/// Panels of light in a ceiling.
pub(super) fn lamps(stage: &mut Stage, width: i32, depth: i32, height: i32) {
    for row in 0..3 {
        for column in 0..2 {
            let (right, away) = (width * (1 + 2 * column) / 4 - 60, 260 + row * (depth - 260) / 3);
            let panel = [(0, 0), (120, 0), (120, 30), (0, 30)].map(|(x, y)| spot(right + x, away + y, height - 1));
            let outline = stage.camera.outline(&panel);
            if outline.len() > 2 {
                stage.canvas.fill(&outline, Colour(255, 255, 252));
            }
        }
    }
}

/// A desk with a screen, a keyboard and papers; the screen looks to the camera or away.
pub(super) fn desk(stage: &mut Stage, place: &mut Chance, at: Spot) {
    let top = surface(place.one(&[0xD9CBB0, 0xC9A877, 0xE4E2DC]), 10).sized(50);
    let frame = surface(0x8E9294, 0);
    let foot = [
        spot(at.right - 6, at.away - 6, 0),
        spot(at.right + 166, at.away - 6, 0),
        spot(at.right + 166, at.away + 86, 0),
        spot(at.right - 6, at.away + 86, 0),
    ];
    stage.shadow(&foot, 56);
    for (right, away) in [(6, 74), (154, 74), (6, 6), (154, 6)] {
        let leg = spot(at.right + right, at.away + away, 0);
        stage.beam(leg, spot(leg.right, leg.away, 70), 5, frame);
    }
    stage.block(Block::new(spot(at.right + 112, at.away + 20, 8), 40, 50, 58), surface(0xB8BABA, 6));
    stage.block(Block::new(spot(at.right, at.away, 70), 160, 80, 4), top);
    let screens = place.between(1, 2);
    for screen in 0..screens {
        let right = at.right + 30 + screen * 58;
        stage.block(Block::new(spot(right + 20, at.away + 58, 74), 12, 10, 14), surface(0x333536, 0));
        let block = Block::new(spot(right, at.away + 60, 86), 54, 4, 33);
        stage.block(block, surface(0x232425, 0));
        if stage.chance.hits(60) {
            lit_screen(stage, &block);
        }
    }
    stage.block(Block::new(spot(at.right + 44, at.away + 18, 74), 44, 14, 2), surface(0x2E2F30, 0));
    for _ in 0..stage.chance.between(1, 4) {
        let (right, away) = (stage.chance.between(4, 120), stage.chance.between(4, 50));
        let sheet = Block::new(spot(at.right + right, at.away + away, 75), 21, 28, 0);
        stage.face(&sheet.side(Facing::Up), Facing::Up, surface(0xF4F3EF, 4));
    }
    if stage.chance.hits(50) {
        let mug = surface(stage.chance.one(&[0xB33A2A, 0x2E5C8A, 0xE8E6E0]), 0);
        stage.upright(spot(at.right + 136, at.away + 30, 74), &[(-4, 0), (4, 0), (5, 10), (-5, 10)], mug);
    }
}

/// A screen that is on: a bar on top, rows of something.
fn lit_screen(stage: &mut Stage, block: &Block) {
    let face = |left: i32, low: i32, right: i32, high: i32| {
        let corner = block.corner;
        [(left, low), (right, low), (right, high), (left, high)]
            .map(|(x, y)| spot(corner.right + x, corner.away - 1, corner.up + y))
    };
    let glow = |stage: &mut Stage, shape: [Spot; 4], colour: Colour| {
        let outline = stage.camera.outline(&shape);
        if outline.len() > 2 {
            stage.canvas.fill(&outline, colour);
        }
    };
    glow(stage, face(2, 2, 52, 31), Colour(236, 241, 247));
    glow(stage, face(2, 27, 52, 31), Colour(44, 92, 156));
    for row in 0..5 {
        let wide = stage.chance.between(14, 44);
        glow(stage, face(5, 5 + row * 4, 5 + wide, 7 + row * 4), Colour(150, 166, 186));
    }
}

/// A swivel chair seen from behind.
pub(super) fn chair(stage: &mut Stage, foot: Spot) {
    let cloth = surface(stage.chance.one(&[0x2F3A46, 0x3A3A3C, 0x37566E, 0x6E2F2F]), 10);
    let steel = surface(0x2A2B2C, 0);
    for (right, away) in [(-26, 0), (26, 0), (-14, 22), (14, 22), (0, -24)] {
        stage.beam(spot(foot.right, foot.away, 10), spot(foot.right + right, foot.away + away, 4), 5, steel);
    }
    stage.beam(spot(foot.right, foot.away, 8), spot(foot.right, foot.away, 44), 6, steel);
    stage.block(Block::new(spot(foot.right - 24, foot.away - 22, 44), 48, 46, 8), cloth);
    let back = [(-20, 56), (20, 56), (23, 78), (21, 96), (12, 102), (-12, 102), (-21, 96), (-23, 78)];
    stage.upright(spot(foot.right, foot.away - 22, 0), &back, cloth);
}

/// A steel cabinet with drawers, or shelves with folders.
pub(super) fn cabinet(stage: &mut Stage, place: &mut Chance, at: Spot) {
    if place.hits(50) {
        let block = Block::new(at, 80, 45, 132);
        stage.block(block, surface(0xBFC1BE, 8));
        for drawer in 0..4 {
            let low = drawer * 33 + 2;
            let front = Block::new(spot(at.right + 3, at.away - 1, low), 74, 0, 30).side(Facing::Towards);
            stage.face(&front, Facing::Towards, surface(0xB2B5B2, 4));
            let grip = Block::new(spot(at.right + 32, at.away - 2, low + 20), 16, 0, 3).side(Facing::Towards);
            stage.face(&grip, Facing::Towards, surface(0x55585A, 0));
        }
        return;
    }
    stage.block(Block::new(at, 90, 34, 200), surface(0xC8B48C, 10));
    for shelf in 0..5 {
        let low = 6 + shelf * 39;
        let hollow = Block::new(spot(at.right + 3, at.away - 1, low), 84, 0, 35).side(Facing::Towards);
        stage.face(&hollow, Facing::Towards, surface(0x6B6252, 20));
        let mut right = at.right + 5;
        while right < at.right + 78 && stage.chance.hits(88) {
            let wide = stage.chance.one(&[4, 7, 7, 8]);
            let spine = surface(stage.chance.one(&[0x2B2D30, 0xB33A2A, 0x2E5C8A, 0xE4E2DA, 0x4A7A4A, 0xD8A21E]), 0);
            let folder = Block::new(spot(right, at.away - 2, low), wide - 1, 0, 30).side(Facing::Towards);
            stage.face(&folder, Facing::Towards, spine);
            right += wide;
        }
    }
}

/// A plant in a pot.
pub(super) fn plant(stage: &mut Stage, foot: Spot) {
    stage.upright(foot, &[(-14, 0), (14, 0), (17, 34), (-17, 34)], surface(0x8A5A44, 0));
    for leaf in 0..16 {
        let (side, up) = (stage.chance.between(-38, 38), stage.chance.between(50, 125));
        let from = spot(foot.right, foot.away, 32 + leaf);
        let green = surface(stage.chance.one(&[0x3F6B38, 0x4C7C40, 0x35592F]), 0);
        let tip = spot(foot.right + side, foot.away, up);
        stage.beam(from, tip, 2, green);
        stage.upright(tip, &[(-3, -12), (4, -10), (6, 2), (0, 14), (-6, 3)], green);
    }
}
