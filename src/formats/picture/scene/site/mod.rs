//! A building site from outside.

mod building;
mod crane;
mod green;
mod scaffold;
mod things;

use super::camera::{Camera, spot};
use super::stage::Stage;
use super::{ground, sky};
use crate::document::picture::Photo;
use crate::formats::picture::noise::Chance;
use crate::formats::picture::turn::sine;
use building::Building;

/// Draws the site as somebody saw it who walked around in front of it.
pub(super) fn draw(stage: &mut Stage, photo: &Photo) {
    let progress = i32::from(photo.progress);
    // What stands for good is the same on every photo of the place.
    let mut place = Chance::of(photo.place, 2);
    let building = Building::new(&mut place, progress);
    aim(stage, &building);
    sky::paint(stage, photo.weather);
    sky::backdrop(stage, &mut place);
    let floor = ground::choose(stage, &mut place, photo.weather, progress);
    ground::paint(stage, floor, photo.weather);
    behind(stage, &building, &mut place, photo);
    stage.ground_shadow(&building.hull());
    building.draw(stage);
    if building.is_scaffolded() && (24..94).contains(&progress) {
        scaffold::draw(stage, &building, &mut place);
    }
    beside(stage, &building, progress);
    let wet = stage.camera.point(spot(stage.camera.stands.right, -500, 0)).map_or(0, |point| point.y >> 8);
    ground::puddles(stage, floor, wet);
    before(stage, &building);
}

/// Chooses where the photographer stands and looks: at the whole, at a corner, up.
fn aim(stage: &mut Stage, building: &Building) {
    let chance = &mut stage.chance;
    let turn = chance.one(&[-1, 1]) * chance.between(40, 430);
    let far = chance.one(&[chance.clone().between(1_500, 2_200), chance.clone().between(2_200, 3_400)])
        + building.width() / 5;
    let right = building.width() / 2 + chance.between(-building.width() / 3, building.width() / 3);
    let stands = spot(right - far * sine(turn) / 32_768, -far * sine(turn + 1024) / 32_768, chance.between(150, 185));
    let (width, height) = (stage.canvas.width, stage.canvas.height);
    let horizon = height * chance.one(&[54, 60, 64, 68, 76]) / 100;
    let look = turn + chance.between(-60, 60);
    let focal = width.max(height) * chance.between(70, 100) / 100;
    stage.camera = Camera::new(stands, width, horizon, focal).turned(look, chance.between(-5, 5));
}

/// What stands behind the building and beside it for good.
fn behind(stage: &mut Stage, building: &Building, place: &mut Chance, photo: &Photo) {
    let month = photo.taken.date().month().number();
    let bare = !(4..=10).contains(&month);
    let (width, depth) = (building.width(), building.depth());
    for _ in 0..place.between(4, 9) {
        let foot = spot(place.between(-4_500, width + 4_500), depth + place.between(2_500, 5_500), 0);
        green::tree(stage, foot, place.between(700, 1_300), bare);
    }
    let left = place.hits(50);
    let beside = if left { -place.between(4_600, 5_600) } else { width + place.between(1_000, 1_800) };
    green::old_building(stage, place, spot(beside, depth / 2 + 300, 0));
    if (8..72).contains(&photo.progress) && place.hits(75) {
        let right = place.between(-300, width);
        let height = 1_400 + place.between(1_200, 2_400);
        crane::draw(stage, place, spot(right, depth + 500, 0), height);
    }
    if photo.progress < 96 {
        let right = if left { width + place.between(300, 900) } else { -place.between(1_500, 2_300) };
        let at = spot(right, place.between(0, depth), 0);
        things::cabins(stage, place, at);
    }
}

/// What stands between the building and the photographer, the farthest first.
fn beside(stage: &mut Stage, building: &Building, progress: i32) {
    let width = building.width();
    let mut things: Vec<(i32, i32, i32)> = Vec::new();
    for _ in 0..stage.chance.between(3, 6) {
        let away = -stage.chance.between(350, 1_500);
        things.push((away, stage.chance.between(-300, width + 300), stage.chance.between(0, 5)));
    }
    things.sort_unstable();
    for (away, right, kind) in things.into_iter().rev() {
        let at = spot(right, away, 0);
        match kind {
            0 => things::skip(stage, at),
            1 | 2 => things::pallets(stage, at),
            3 if progress < 60 => things::heap(stage, at, 700),
            4 if progress < 40 => things::digger(stage, at),
            _ => things::worker(stage, at),
        }
    }
    for _ in 0..stage.chance.between(0, 3) {
        let (right, away) = (stage.chance.between(0, width), -stage.chance.between(300, 1_300));
        things::worker(stage, spot(right, away, 0));
    }
}

/// What is near: cones, a fence.
fn before(stage: &mut Stage, building: &Building) {
    let middle = (stage.camera.stands.right + building.width() / 2) / 2;
    for _ in 0..stage.chance.between(0, 3) {
        let away = stage.camera.stands.away + stage.chance.between(700, 1_200);
        let right = middle + stage.chance.between(-400, 400);
        things::cone(stage, spot(right, away, 0));
    }
    if stage.chance.hits(24) {
        let from = spot(
            stage.camera.stands.right - stage.chance.between(700, 1_100),
            stage.camera.stands.away + stage.chance.between(420, 620),
            0,
        );
        let panels = stage.chance.between(2, 5);
        things::fence(stage, from, panels);
    }
}
