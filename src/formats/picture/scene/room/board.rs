//! A whiteboard and what somebody wrote on it.

use super::super::camera::{Camera, spot};
use super::super::light::{Facing, Light};
use super::super::stage::{Block, Hand, Stage, surface};
use crate::document::Run;
use crate::document::look::Colour;
use crate::document::picture::Photo;
use crate::formats::fonts::Family;
use crate::formats::picture::noise::Chance;
use crate::formats::picture::shape::ONE;
use crate::formats::picture::text::{self, Style};

/// Markers.
const INKS: [Colour; 4] = [Colour(34, 44, 110), Colour(28, 30, 34), Colour(150, 34, 34), Colour(20, 96, 62)];

/// Draws a board that fills the picture, as one photographs it after a meeting.
pub(in super::super) fn draw(stage: &mut Stage, photo: &Photo) {
    let mut place = Chance::of(photo.place, 7);
    let (width, height) = (stage.canvas.width, stage.canvas.height);
    let chance = &mut stage.chance;
    let far = chance.between(215, 260);
    let stands = spot(chance.between(-70, 70), -far, chance.between(140, 165));
    let turn = -stands.right * 652 / far + chance.between(-40, 40);
    stage.camera =
        Camera::new(stands, width, height * chance.between(46, 54) / 100, width * chance.between(80, 92) / 100)
            .turned(turn, chance.between(-7, 7));
    stage.light = Light::inside(chance);
    let wall = [spot(-900, 3, -200), spot(900, 3, -200), spot(900, 3, 500), spot(-900, 3, 500)];
    let paint = surface(place.one(&[0xD9D4C8, 0xCFD6D8, 0xE2DFD6]), 8).sized(90);
    stage.wall(&wall, Facing::Towards, paint, 0, |across, down| 250 + across / 12 - down / 6);
    let board = Block::new(spot(-120, 0, 92), 240, 0, 124);
    hang(stage, &board, &photo.writing, 64 * 13);
    tray(stage, &board);
    if stage.chance.hits(55) {
        chairs(stage);
    }
}

/// Hangs a board on a wall and writes on it, in letters of `size` 64ths of a centimetre at most.
pub(super) fn hang(stage: &mut Stage, board: &Block, writing: &[Vec<Run>], size: i32) {
    let corner = board.corner;
    let around = |by: i32, lower: i32| {
        Block::new(
            spot(corner.right - by, corner.away, corner.up - by - lower),
            board.right + 2 * by,
            0,
            board.up + 2 * by,
        )
        .side(Facing::Towards)
    };
    stage.shadow(&around(3, 4), 60);
    stage.face(&around(3, 0), Facing::Towards, surface(0xA9ADB0, 0));
    let gleam = stage.chance.between(40, 216);
    let white = surface(0xF2F4F4, 5).sized(160);
    stage.wall(&around(0, 0), Facing::Towards, white, 10, |across, down| {
        // A lamp is mirrored somewhere on the board.
        let lamp = (60 - (across - gleam).abs() - (down - 50).abs() / 2).max(0);
        244 + lamp + across / 24
    });
    write(stage, board, writing, size);
}

fn write(stage: &mut Stage, board: &Block, writing: &[Vec<Run>], size: i32) {
    let face = crate::formats::fonts::Face { family: Family::Humanist, bold: false, italic: true };
    let corner = board.corner;
    let lines: Vec<String> = writing.iter().map(|runs| runs.iter().map(|run| run.text.as_str()).collect()).collect();
    let (room, high) = ((board.right - 24) * 64, (board.up - 18) * 64);
    let size = size.min(high * 10 / (16 * (lines.len() as i32 + 1)));
    let mut ink = stage.chance.one(&INKS[..2]);
    let mut up = high + 4 * 64 - size;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && stage.chance.hits(18) {
            ink = stage.chance.one(&INKS);
        }
        let style = Style { face, size, colour: ink };
        let wide = text::width(line, style).max(1);
        let height = if wide > room { (i64::from(size) * i64::from(room) / i64::from(wide)) as i32 } else { size };
        let slope = stage.chance.between(-3, 5);
        let right = 12 * 64 + stage.chance.between(-90, 160) + if line.starts_with(['-', '•']) { 200 } else { 0 };
        let strength = stage.chance.between(196, 240);
        stage.write(line, Hand { face, height, colour: ink, slope, strength }, corner, right, up);
        if at == 0 {
            let line = [(right - 40, up - size / 4), (right + wide.min(room), up - size / 5)];
            let ends = line.map(|(right, up)| stage.camera.on_wall(corner, right, up));
            if let [Some(from), Some(to)] = ends {
                stage.canvas.line(from, to, ONE * 2, ink);
            }
        }
        up -= size * (155 + stage.chance.between(-8, 12)) / 100;
    }
}

/// The ledge with pens and a sponge.
fn tray(stage: &mut Stage, board: &Block) {
    let corner = board.corner;
    stage.block(Block::new(spot(-70, corner.away - 8, corner.up - 7), 140, 8, 3), surface(0xB4B8BA, 0));
    for pen in 0..stage.chance.between(2, 4) {
        let right = -60 + pen * 26 + stage.chance.between(-4, 6);
        let cap = surface(stage.chance.one(&[0x22306E, 0x1C1E22, 0x962222, 0x14603E]), 0);
        stage.beam(
            spot(right, corner.away - 6, corner.up - 3),
            spot(right + 13, corner.away - 5, corner.up - 3),
            2,
            cap,
        );
    }
    stage.block(Block::new(spot(44, corner.away - 7, corner.up - 4), 14, 5, 5), surface(0x2E4A7A, 10));
}

/// Backs of chairs at the lower edge.
fn chairs(stage: &mut Stage) {
    for chair in 0..stage.chance.between(1, 3) {
        let foot = spot(-110 + chair * 95 + stage.chance.between(-20, 20), -90, 0);
        super::furniture::chair(stage, foot);
    }
}
