//! A scaffold before a wall: tubes, boards, rails, here and there a net.

use super::super::camera::spot;
use super::super::stage::{Block, Stage, surface};
use super::building::Building;
use crate::document::look::Colour;
use crate::formats::picture::colour::{mix, moved};
use crate::formats::picture::noise::Chance;

/// Distance of standards and of lifts, in centimetres.
const STEP: i32 = 220;
const LIFT: i32 = 200;

/// Draws the scaffold along the front.
pub(super) fn draw(stage: &mut Stage, building: &Building, place: &mut Chance) {
    let lifts = building.height() / LIFT + 1;
    let (from, to) = (place.between(-1, 1) * STEP, building.width() + place.between(-2, 1) * STEP);
    let steps = (to - from) / STEP;
    let net = place.hits(45);
    let nets = [Colour(70, 122, 92), Colour(214, 218, 218), Colour(60, 96, 140)];
    let (tint, board) = (place.one(&nets), surface(0xB08F62, 24).sized(90));
    let tube = surface(0xA9AFB2, 0);
    for lift in 1..lifts {
        let up = lift * LIFT;
        stage.block(Block::new(spot(from, -140, up - 6), to - from, 90, 6), board);
    }
    for (row, away) in [(0, -50), (1, -145)] {
        for step in 0..=steps {
            let right = from + step * STEP;
            stage.beam(spot(right, away, 0), spot(right, away, lifts * LIFT - 60), 6, tube);
        }
        for lift in 1..lifts {
            for rail in [0, 50, 100] {
                if rail == 0 || row == 1 {
                    stage.beam(spot(from, away, lift * LIFT + rail), spot(to, away, lift * LIFT + rail), 5, tube);
                }
            }
        }
    }
    for brace in 0..steps / 3 {
        let right = from + brace * 3 * STEP;
        for lift in (0..lifts - 1).step_by(2) {
            stage.beam(
                spot(right, -146, lift * LIFT),
                spot(right + STEP, -146, (lift + 2).min(lifts) * LIFT - 60),
                5,
                tube,
            );
        }
    }
    if net {
        self::net(stage, place, (from, to), lifts, tint);
    }
}

/// Sheets of net, tied from lift to lift, that let some light through.
fn net(stage: &mut Stage, place: &mut Chance, (from, to): (i32, i32), lifts: i32, tint: Colour) {
    let field = stage.field;
    let mut right = from;
    while right < to {
        let wide = place.between(2, 5) * STEP;
        let end = (right + wide).min(to);
        if place.hits(64) {
            let (low, high) = (place.between(0, 1) * LIFT, lifts * LIFT - 80);
            let sheet = [spot(right, -150, low), spot(end, -150, low), spot(end, -150, high), spot(right, -150, high)];
            let outline = stage.camera.outline(&sheet);
            let depth = stage.camera.depth(sheet[0]);
            let lit = stage.light.on(tint, super::super::light::Facing::Towards, 200);
            let lost = stage.light.lost(depth);
            let haze = stage.light.haze;
            stage.canvas.paint(&outline, |x, y| {
                let fold = field.rough(x * 60, y * 8) - 128;
                let colour = moved(lit, fold / 3);
                (mix(colour, haze, lost), 150 + fold / 4)
            });
        }
        right = end;
    }
}
