//! Rooms: being built, worked in, or seen for what is written on a wall.

mod board;
mod furniture;
mod office;
mod unfinished;

pub(super) use board::draw as whiteboard;
pub(super) use office::draw as office;
pub(super) use unfinished::draw as unfinished;

use super::camera::{Camera, spot};
use super::light::{Facing, Light};
use super::stage::{Block, Stage, Surface};
use crate::formats::picture::noise::Chance;

/// A room from its front left corner; the camera stands inside and looks to the back.
#[derive(Clone, Copy, Debug)]
struct Room {
    width: i32,
    depth: i32,
    height: i32,
    /// Whether the windows are on the left side; else on the right.
    sunny_left: bool,
}

/// What the inside of a room is covered with.
#[derive(Clone, Copy, Debug)]
struct Shell {
    walls: Surface,
    floor: Surface,
    ceiling: Surface,
}

impl Room {
    fn new(place: &mut Chance, width: (i32, i32), depth: (i32, i32), height: i32) -> Room {
        Room {
            width: place.between(width.0, width.1),
            depth: place.between(depth.0, depth.1),
            height,
            sunny_left: place.hits(50),
        }
    }

    /// Lets somebody stand near the front and look into the room.
    fn enter(&self, stage: &mut Stage) {
        let chance = &mut stage.chance;
        let stands = spot(self.width * chance.between(25, 75) / 100, chance.between(40, 130), chance.between(145, 172));
        let (width, height) = (stage.canvas.width, stage.canvas.height);
        // Whoever stands at the side looks to the middle.
        let turn = (self.width / 2 - stands.right) * 500 / self.depth + chance.between(-90, 90);
        let horizon = height * chance.between(38, 54) / 100;
        stage.camera = Camera::new(stands, width, horizon, width.max(height) * chance.between(62, 78) / 100)
            .turned(turn, chance.between(-5, 5));
        stage.light = Light::inside(chance);
    }

    fn block(&self) -> Block {
        Block::new(spot(0, 0, 0), self.width, self.depth, self.height)
    }

    /// Paints floor, ceiling and walls, brighter towards the windows.
    fn shell(&self, stage: &mut Stage, shell: Shell) {
        let block = self.block();
        let sunny = self.sunny_left;
        let towards = move |across: i32| 256 + (if sunny { 128 - across } else { across - 128 }) / 3;
        stage.wall(&block.side(Facing::Down), Facing::Up, shell.floor, 44, |across, down| {
            (towards(across) * (200 + down / 5)) >> 8
        });
        stage.wall(&block.side(Facing::Up), Facing::Down, shell.ceiling, 44, |across, _| towards(across));
        stage.wall(&block.side(Facing::Away), Facing::Towards, shell.walls, 44, |across, _| towards(across));
        stage.wall(&block.side(Facing::Left), Facing::Right, shell.walls, 44, |_, _| if sunny { 206 } else { 272 });
        stage.wall(&block.side(Facing::Right), Facing::Left, shell.walls, 44, |_, _| if sunny { 272 } else { 206 });
    }

    /// Windows in the side wall: too bright for the camera, and with light on the floor before them.
    fn windows(&self, stage: &mut Stage, frame: Surface, count: i32) {
        let wall = if self.sunny_left { 0 } else { self.width };
        let inward = if self.sunny_left { 1 } else { -1 };
        let facing = if self.sunny_left { Facing::Right } else { Facing::Left };
        let bay = (self.depth - 120) / count;
        let bright = Surface { colour: crate::document::look::Colour(255, 255, 255), stains: 10, size: 200 };
        for window in 0..count {
            let from = 150 + window * bay;
            let to = from + bay * 3 / 4;
            let pane = |from: i32, to: i32, low: i32, high: i32| {
                let wall = wall + inward;
                [spot(wall, from, low), spot(wall, to, low), spot(wall, to, high), spot(wall, from, high)]
            };
            let (low, high) = (92, self.height - 34);
            let light = [
                spot(wall + inward * 60, from, 0),
                spot(wall + inward * 60, to, 0),
                spot(wall + inward * 260, to + 60, 0),
                spot(wall + inward * 260, from + 60, 0),
            ];
            let outline = stage.camera.outline(&light);
            if outline.len() > 2 {
                stage.canvas.paint(&outline, |_, _| (crate::document::look::Colour(255, 252, 240), 34));
            }
            stage.face(&pane(from - 7, to + 7, low - 7, high + 7), facing, frame);
            stage.wall(&pane(from, to, low, high), facing, bright, 0, |_, down| 330 - down / 4);
            let middle = (from + to) / 2;
            stage.face(&pane(middle - 3, middle + 3, low, high), facing, frame);
        }
    }
}
