//! Photos: scenes that are built from the story's facts and from what a seed leaves open, and seen by a phone.

mod camera;
mod film;
mod ground;
mod light;
mod room;
mod site;
mod sky;
mod stage;

use super::canvas::Canvas;
use super::noise::{Chance, Field};
use crate::document::look::Colour;
use crate::document::picture::{Photo, Scene, Weather};
use camera::{Camera, spot};
use light::Light;
use stage::Stage;

/// The size of a photo as it was sent from a phone.
pub(super) const SIZE: (i32, i32) = (640, 480);

/// The pixels of a photo.
pub(super) fn draw(photo: &Photo) -> Canvas {
    let mut chance = Chance::of(photo.variation, 1);
    let light = Light::outside(photo.weather, photo.taken, &mut chance);
    let field = Field::new(&mut chance);
    let (width, height) = SIZE;
    let canvas = Canvas::new(width, height, Colour(128, 128, 128));
    let camera = Camera::new(spot(0, 0, 160), width, height / 2, width);
    let mut stage = Stage { canvas, camera, light, chance, field };
    match photo.scene {
        Scene::Site => site::draw(&mut stage, photo),
        Scene::Interior => room::unfinished(&mut stage, photo),
        Scene::Office => room::office(&mut stage, photo),
        Scene::Whiteboard => room::whiteboard(&mut stage, photo),
    }
    film::develop(&mut stage.canvas, dim(photo), &mut stage.chance);
    stage.canvas
}

/// How dark it was: 0 in the sun.
fn dim(photo: &Photo) -> i32 {
    match photo.weather {
        _ if photo.scene != Scene::Site => 12,
        Weather::Sun | Weather::Snow => 0,
        Weather::Cloud => 20,
        Weather::Rain | Weather::Fog => 50,
    }
}

/// How a camera took it: one over so many seconds, and at which sensitivity.
pub(super) fn exposure(photo: &Photo) -> (u32, u16) {
    let mut chance = Chance::of(photo.variation, 3);
    let speed = 1_400 / (1 + dim(photo)) + chance.between(30, 120);
    (speed as u32, chance.one(&[50, 64, 80, 100, 125]) + dim(photo) as u16 * 4)
}
