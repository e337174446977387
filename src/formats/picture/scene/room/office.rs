//! An office: desks, chairs, cabinets, daylight from one side.

use super::super::camera::spot;
use super::super::stage::{Block, Stage, surface};
use super::{Room, Shell, board, furniture};
use crate::document::picture::Photo;
use crate::formats::picture::noise::Chance;

/// Draws an office; what is written hangs on its back wall.
pub(in super::super) fn draw(stage: &mut Stage, photo: &Photo) {
    let mut place = Chance::of(photo.place, 6);
    let height = place.between(262, 290);
    let room = Room::new(&mut place, (620, 900), (760, 1_050), height);
    room.enter(stage);
    let paints = [0xE9E6DD, 0xE2E7E6, 0xEDE9E1, 0xDDE3E8];
    let floors = [0x6E7276, 0x7D7466, 0x54687A, 0x8A7A66];
    let shell = Shell {
        walls: surface(place.one(&paints), 6).sized(200),
        floor: surface(place.one(&floors), 14).sized(8),
        ceiling: surface(0xF2F2EE, 4),
    };
    room.shell(stage, shell);
    room.windows(stage, surface(0xE8E8E6, 0), 3);
    for row in 0..room.depth / 60 {
        let line = (spot(0, 200 + row * 60, room.height), spot(room.width, 200 + row * 60, room.height));
        stage.beam(line.0, line.1, 1, surface(0xD4D5D2, 0));
    }
    furniture::lamps(stage, room.width, room.depth, room.height);
    let board = Block::new(spot(room.width / 2 - 120, room.depth - 3, 95), 240, 0, 120);
    board::hang(stage, &board, &photo.writing, 4 * 64);
    let shady = if room.sunny_left { room.width - 40 } else { 4 };
    furniture::cabinet(stage, &mut place, spot(shady.min(room.width - 95), room.depth - 60, 0));
    let mut rows: Vec<(i32, i32)> = Vec::new();
    for row in 0..3 {
        for column in 0..2 {
            rows.push((room.depth - 230 - row * 210, 60 + column * (room.width - 320)));
        }
    }
    for (away, right) in rows {
        if away > 260 && place.hits(86) {
            furniture::desk(stage, &mut place, spot(right, away, 0));
            let foot = spot(right + stage.chance.between(50, 110), away - stage.chance.between(20, 60), 0);
            furniture::chair(stage, foot);
        }
    }
    if place.hits(70) {
        let corner = if room.sunny_left { 50 } else { room.width - 50 };
        furniture::plant(stage, spot(corner, stage.chance.clone().between(300, 420), 0));
    }
}
