//! A room that is being built: bare walls and pipes, then boards and joints, then paint and a floor.

use super::super::camera::{Spot, spot};
use super::super::light::Facing;
use super::super::stage::{Block, Stage, Surface, surface};
use super::{Room, Shell};
use crate::document::picture::Photo;
use crate::formats::picture::noise::Chance;

/// Draws the room as far as it is.
pub(in super::super) fn draw(stage: &mut Stage, photo: &Photo) {
    let mut place = Chance::of(photo.place, 4);
    // A building has more than one room: the photographer chooses.
    let mut own = Chance::of(photo.place.wrapping_add(stage.chance.between(1, 9) as u64), 5);
    let room = Room::new(&mut own, (520, 900), (650, 1_100), place.between(285, 330));
    let progress = i32::from(photo.progress);
    room.enter(stage);
    let boarded = progress >= 45;
    let painted = progress >= 78;
    room.shell(stage, shell(&mut place, boarded, painted));
    if !boarded {
        courses(stage, &room);
    } else if !painted {
        joints(stage, &room);
    }
    room.windows(stage, surface(if boarded { 0xE8E8E4 } else { 0x3A3A38 }, 0), own.between(2, 3));
    if !boarded {
        studs(stage, &room);
    }
    door(stage, &room, &mut own, painted);
    if progress < 88 {
        services(stage, &room, &mut own);
        things(stage, &room, painted);
    } else {
        tiles(stage, &room);
    }
}

fn shell(place: &mut Chance, boarded: bool, painted: bool) -> Shell {
    let raw = surface(place.one(&[0xBDB9B1, 0xB4A99F, 0xC2BFB8]), 14).sized(44);
    let paint = surface(place.one(&[0xEDEBE4, 0xE6EAE8, 0xF0ECE0]), 6);
    let floors = surface(place.one(&[0x5E7180, 0x8A8378, 0x70806E]), 12).sized(30);
    Shell {
        walls: if painted {
            paint
        } else if boarded {
            surface(0xD2CCBE, 8).sized(120)
        } else {
            raw
        },
        floor: if painted { floors } else { surface(0xA9A49B, 22).sized(60) },
        ceiling: if painted { surface(0xF1F1EE, 4) } else { surface(0x9F9C96, 12).sized(80) },
    }
}

/// The joints of blocks in the side walls and at the back.
fn courses(stage: &mut Stage, room: &Room) {
    let mortar = surface(0x8F8A82, 0);
    for course in 1..room.height / 22 {
        let up = course * 22;
        stage.beam(spot(0, room.depth, up), spot(room.width, room.depth, up), 1, mortar);
        stage.beam(spot(0, 120, up), spot(0, room.depth, up), 1, mortar);
        stage.beam(spot(room.width, 120, up), spot(room.width, room.depth, up), 1, mortar);
        for joint in 0..room.width / 45 {
            let right = joint * 45 + if course % 2 == 0 { 22 } else { 0 };
            stage.beam(spot(right, room.depth, up), spot(right, room.depth, up - 22), 1, mortar);
        }
    }
}

/// Metal studs before the back wall.
fn studs(stage: &mut Stage, room: &Room) {
    let metal = surface(0xB9BDBE, 10);
    let away = room.depth - 130;
    for stud in 0..=room.width / 60 {
        let right = stud * 60;
        if stage.chance.hits(92) {
            stage.block(Block::new(spot(right, away, 0), 6, 7, room.height), metal);
        }
    }
    stage.block(Block::new(spot(0, away, 0), room.width, 7, 5), metal);
    stage.block(Block::new(spot(0, away, room.height - 5), room.width, 7, 5), metal);
    if stage.chance.hits(60) {
        let boards = stage.chance.between(1, room.width / 120 - 1);
        stage.block(Block::new(spot(0, away - 2, 0), boards * 120, 2, room.height - 40), surface(0xC9C3B4, 14));
    }
}

/// Joints of boards, filled with white, on the back wall.
fn joints(stage: &mut Stage, room: &Room) {
    let filler = surface(0xEFEDE6, 14).sized(20);
    for joint in 1..=room.width / 120 {
        let right = joint * 120;
        let line = [
            spot(right - 6, room.depth - 1, 0),
            spot(right + 6, room.depth - 1, 0),
            spot(right + 5, room.depth - 1, room.height),
            spot(right - 5, room.depth - 1, room.height),
        ];
        stage.face(&line, Facing::Towards, filler);
        for screw in 0..room.height / 40 {
            let (right, up) = (right - 60, 25 + screw * 40);
            let dot = [(0, 0), (5, 0), (5, 5), (0, 5)].map(|(x, y)| spot(right + x, room.depth - 1, up + y));
            stage.face(&dot, Facing::Towards, filler);
        }
    }
}

/// An opening or a door in the back wall.
fn door(stage: &mut Stage, room: &Room, own: &mut Chance, hung: bool) {
    let right = own.between(40, room.width - 160);
    let side = |left: i32, wide: i32, high: i32, before: i32| {
        Block::new(spot(right + left, room.depth - before, 0), wide, 0, high).side(Facing::Towards)
    };
    stage.face(&side(-7, 107, 214, 2), Facing::Towards, surface(if hung { 0xF4F3EE } else { 0x9A8A6A }, 4));
    let leaf =
        if hung { surface(own.one(&[0xB48A5A, 0x6D7F8C, 0xD8D4C8]), 12) } else { surface(0x3B3A38, 30).sized(160) };
    stage.face(&side(0, 93, 207, 3), Facing::Towards, leaf);
    if hung {
        let handle = Block::new(spot(right + 78, room.depth - 5, 100), 11, 0, 4);
        stage.face(&handle.side(Facing::Towards), Facing::Towards, surface(0x55585A, 0));
    }
}

/// Ducts, trays and hanging wires below the ceiling.
fn services(stage: &mut Stage, room: &Room, own: &mut Chance) {
    let up = room.height - own.between(48, 70);
    let duct = surface(0xB4B9BB, 22).sized(50);
    let right = own.between(60, room.width - 160);
    stage.block(Block::new(spot(right, 200, up), 62, room.depth - 200, 36), duct);
    for seam in 0..room.depth / 120 {
        let away = 230 + seam * 120;
        let ring = [
            spot(right - 1, away, up - 1),
            spot(right + 63, away, up - 1),
            spot(right + 63, away + 5, up - 1),
            spot(right - 1, away + 5, up - 1),
        ];
        stage.face(&ring, Facing::Down, surface(0x8A8F92, 0));
    }
    let tray = own.between(30, room.width - 60);
    stage.block(Block::new(spot(tray, 160, up + 14), 30, room.depth - 160, 5), surface(0xA4A8A8, 8));
    let pipe = if own.hits(50) { 0xB8703E } else { 0xC9C5BA };
    for line in 0..2 {
        let right = right + 90 + line * 14;
        stage.beam(spot(right, 240, up + 24), spot(right, room.depth, up + 24), 4, surface(pipe, 0));
    }
    for _ in 0..stage.chance.between(2, 5) {
        let at = spot(tray + stage.chance.between(0, 28), stage.chance.between(260, room.depth - 60), up + 14);
        let end = spot(at.right + stage.chance.between(-8, 8), at.away, up - stage.chance.between(30, 120));
        let colours = [0xE4E2DA, 0x2A2A2A, 0xB33A2A, 0x3A6FA8];
        let cable = surface(stage.chance.one(&colours), 0);
        stage.beam(at, end, 2, cable);
    }
}

/// What workers leave in a room.
fn things(stage: &mut Stage, room: &Room, painted: bool) {
    let mut places: Vec<(i32, i32)> = Vec::new();
    for _ in 0..stage.chance.between(3, 5) {
        places.push((stage.chance.between(280, room.depth - 120), stage.chance.between(40, room.width - 150)));
    }
    places.sort_unstable();
    for (away, right) in places.into_iter().rev() {
        let at = spot(right, away, 0);
        let around = [
            spot(right - 8, away - 8, 0),
            spot(right + 110, away - 8, 0),
            spot(right + 110, away + 60, 0),
            spot(right - 8, away + 60, 0),
        ];
        stage.shadow(&around, 44);
        match stage.chance.between(0, 4) {
            0 => ladder(stage, at),
            1 if !painted => stage
                .block(Block::new(at, 240, 60, stage.chance.clone().between(10, 46)), surface(0xCFC9BA, 26).sized(18)),
            1 | 2 => bucket(stage, at),
            3 => bags(stage, at),
            _ => trestle(stage, at),
        }
    }
}

fn ladder(stage: &mut Stage, at: Spot) {
    let metal = surface(stage.chance.one(&[0xB9BDBF, 0xD08A2A]), 0);
    for (foot, top) in [(0, 14), (46, 32)] {
        stage.beam(at_by(at, foot, 0, 0), at_by(at, top, 30, 190), 5, metal);
        stage.beam(at_by(at, foot, 90, 0), at_by(at, top, 44, 190), 4, metal);
    }
    for rung in 1..7 {
        let (up, inset) = (rung * 27, rung * 2);
        stage.beam(at_by(at, inset, rung * 4, up), at_by(at, 46 - inset, rung * 4, up), 7, metal);
    }
}

fn at_by(at: Spot, right: i32, away: i32, up: i32) -> Spot {
    spot(at.right + right, at.away + away, at.up + up)
}

fn bucket(stage: &mut Stage, foot: Spot) {
    let plastic = surface(stage.chance.one(&[0xE8E6DE, 0x2B2B2B, 0xC2452E, 0x3C64A0]), 0);
    stage.upright(foot, &[(-12, 0), (12, 0), (16, 31), (-16, 31)], plastic);
    stage.upright(foot, &[(-16, 31), (16, 31), (13, 35), (-13, 35)], surface(0x6B6A66, 0));
}

fn bags(stage: &mut Stage, at: Spot) {
    let paper = surface(stage.chance.one(&[0xD8CDB4, 0xE8E6E0, 0xC9B48A]), 0);
    for (right, up) in [(0, 0), (44, 0), (20, 16)] {
        let foot = at_by(at, right, 0, up);
        stage.upright(
            foot,
            &[(-22, 2), (-18, 0), (20, 0), (23, 4), (20, 15), (-14, 17), (-23, 12)],
            Surface { ..paper },
        );
    }
}

/// A workbench of two trestles and a board.
fn trestle(stage: &mut Stage, at: Spot) {
    let wood = surface(0xB08F62, 18).sized(40);
    for right in [10, 150] {
        for away in [0, 50] {
            stage.beam(at_by(at, right, away, 0), at_by(at, right + 6, 25, 78), 5, wood);
        }
    }
    stage.block(Block::new(spot(at.right, at.away, 78), 170, 55, 4), wood);
    stage.block(Block::new(spot(at.right + 40, at.away + 10, 82), 36, 20, 18), surface(0x2F6E5A, 8));
}

/// A hung ceiling of tiles with lamps.
fn tiles(stage: &mut Stage, room: &Room) {
    let line = surface(0xC4C6C4, 0);
    for row in 0..room.depth / 60 {
        stage.beam(spot(0, 200 + row * 60, room.height), spot(room.width, 200 + row * 60, room.height), 2, line);
    }
    for column in 1..room.width / 60 + 1 {
        stage.beam(spot(column * 60, 140, room.height), spot(column * 60, room.depth, room.height), 2, line);
    }
    super::furniture::lamps(stage, room.width, room.depth, room.height);
}
