//! A tower crane: mast, cab, jib and counter jib of latticed tubes, ties, a hook with or without a load.

use super::super::camera::{Spot, spot};
use super::super::stage::{Block, Stage, Surface, surface};
use crate::formats::picture::noise::Chance;
use crate::formats::picture::turn::sine;

/// Width of mast and jib, in centimetres.
const SIDE: i32 = 170;

/// Draws a crane whose mast stands at `foot`.
pub(super) fn draw(stage: &mut Stage, place: &mut Chance, foot: Spot, height: i32) {
    let paint = surface(place.one(&[0xD8A21E, 0xC9472F, 0xE6E4DC, 0xD8A21E]), 0);
    let turn = stage.chance.between(0, 4095);
    mast(stage, foot, height, paint);
    let arm = |length: i32, up: i32| {
        spot(foot.right + length * sine(turn) / 32_768, foot.away + length * sine(turn + 1024) / 32_768, up)
    };
    let jib = place.between(3_200, 4_600);
    let counter = -1_250;
    lattice(stage, arm(0, height), arm(jib, height), 120, paint);
    lattice(stage, arm(0, height), arm(counter, height), 90, paint);
    let peak = spot(foot.right, foot.away, height + 620);
    stage.beam(spot(foot.right - 60, foot.away, height), peak, 24, paint);
    stage.beam(spot(foot.right + 60, foot.away, height), peak, 24, paint);
    let tie = surface(0x4A4A4A, 0);
    stage.beam(peak, arm(jib * 2 / 3, height + 60), 7, tie);
    stage.beam(peak, arm(jib / 3, height + 60), 7, tie);
    stage.beam(peak, arm(counter, height + 60), 7, tie);
    let end = arm(counter, height - 180);
    stage.block(Block::new(spot(end.right - 90, end.away - 90, end.up), 180, 180, 200), surface(0x8D8B86, 12));
    let cab = Block::new(spot(foot.right + 70, foot.away - 120, height - 230), 150, 150, 200);
    stage.block(cab, surface(0x5C6E7C, 20));
    let trolley = jib * stage.chance.between(30, 85) / 100;
    let hook = height - stage.chance.between(700, height * 2 / 3);
    stage.beam(arm(trolley, height - 20), arm(trolley, hook), 5, tie);
    let load = arm(trolley, hook - 90);
    match stage.chance.between(0, 2) {
        0 => stage
            .block(Block::new(spot(load.right - 110, load.away - 60, load.up), 220, 120, 90), surface(0xB58A55, 20)),
        1 => stage.beam(
            spot(load.right - 300, load.away, load.up),
            spot(load.right + 300, load.away, load.up),
            30,
            surface(0x8A3B2E, 0),
        ),
        _ => stage
            .block(Block::new(spot(load.right - 20, load.away - 20, load.up + 30), 40, 40, 60), surface(0xD8A21E, 0)),
    }
}

fn mast(stage: &mut Stage, foot: Spot, height: i32, paint: Surface) {
    let half = SIDE / 2;
    let corners = [(half, half), (-half, half), (half, -half), (-half, -half)];
    let corner = |(right, away): (i32, i32), up: i32| spot(foot.right + right, foot.away + away, up);
    for at in corners {
        stage.beam(corner(at, 0), corner(at, height), 20, paint);
    }
    let mut up = 0;
    let mut crossed = false;
    while up < height {
        let next = (up + 230).min(height);
        for (one, other) in [(corners[2], corners[3]), (corners[0], corners[2]), (corners[1], corners[3])] {
            let (one, other) = if crossed { (one, other) } else { (other, one) };
            stage.beam(corner(one, up), corner(other, next), 8, paint);
            stage.beam(corner(one, next), corner(other, next), 8, paint);
        }
        up = next;
        crossed = !crossed;
    }
}

/// An arm of two lower tubes and an upper one, with zigzag between.
fn lattice(stage: &mut Stage, from: Spot, to: Spot, rise: i32, paint: Surface) {
    let steps = 18;
    let part = |from: i32, to: i32, at: i32| from + (to - from) * at / steps;
    let low = |at: i32| spot(part(from.right, to.right, at), part(from.away, to.away, at), part(from.up, to.up, at));
    let high = |at: i32| {
        let place = low(at);
        spot(place.right, place.away, place.up + rise)
    };
    stage.beam(low(0), low(steps), 14, paint);
    stage.beam(high(0), high(steps - 1), 12, paint);
    for at in 0..steps - 1 {
        stage.beam(low(at), high(at), 6, paint);
        stage.beam(high(at), low(at + 1), 6, paint);
    }
    stage.beam(high(steps - 1), low(steps), 10, paint);
}
