//! The ground of a site: mud, gravel or concrete, tracks of wheels, puddles that mirror what stands behind them.

use super::camera::Seen;
use super::light::Facing;
use super::stage::Stage;
use crate::document::look::Colour;
use crate::document::picture::Weather;
use crate::formats::picture::colour::{mix, moved};
use crate::formats::picture::noise::Chance;

/// What lies on the ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    /// Dry and wet colour.
    dry: Colour,
    wet: Colour,
    /// How strong its grain is.
    grain: i32,
    /// Share of the ground under water or snow, of 256.
    pub(super) puddles: i32,
    pub(super) snow: bool,
}

/// Mud, gravel or a slab, in that weather.
pub(super) fn choose(stage: &mut Stage, place: &mut Chance, weather: Weather, progress: i32) -> Ground {
    let kinds = [
        (Colour(146, 122, 94), Colour(98, 80, 62), 44),
        (Colour(158, 148, 132), Colour(108, 101, 92), 56),
        (Colour(172, 168, 160), Colour(118, 116, 112), 26),
    ];
    let kind = if progress < 20 { 0 } else { place.between(0, 1) + i32::from(progress > 80) };
    let (dry, wet, grain) = kinds[kind as usize];
    let puddles = match weather {
        Weather::Rain => stage.chance.between(96, 116),
        Weather::Cloud | Weather::Fog => stage.chance.between(50, 94),
        Weather::Sun | Weather::Snow => stage.chance.between(0, 70),
    };
    Ground { dry, wet, grain, puddles, snow: weather == Weather::Snow }
}

/// Paints everything below the horizon.
pub(super) fn paint(stage: &mut Stage, ground: Ground, weather: Weather) {
    let (camera, light, field) = (stage.camera, stage.light, stage.field);
    let base = light.on(if weather == Weather::Rain { ground.wet } else { ground.dry }, Facing::Up, 256);
    let damp = light.on(ground.wet, Facing::Up, 256);
    let white = light.on(Colour(236, 240, 246), Facing::Up, 256);
    let track = Track::new(stage);
    let (width, height) = (stage.canvas.width, stage.canvas.height);
    let highest = camera.horizon_at(0).min(camera.horizon_at(width));
    for (y, row) in stage.canvas.rows(highest, height) {
        let Some(middle) = camera.ground(camera.middle, y.max(camera.horizon + 1)) else { continue };
        // Far grain is finer than a pixel: only its mean is seen.
        let near = 256 * 900 / (900 + middle.depth);
        let lost = light.lost(middle.depth);
        camera.ground_in_row(y, width, |x, Seen { right, away, .. }| {
            let patch = field.rough(right * 2, away * 2);
            let stone = field.speck(right >> 2, away >> 2);
            let stone = if stone > 236 {
                stone - 212
            } else if stone < 12 {
                -26
            } else {
                0
            };
            let grain = field.rough(right * 24 + 900, away * 24) - 128 + (field.speck(right, away) - 128) / 3 + stone;
            let mut colour = mix(base, damp, ((patch - 118) * 2).clamp(0, 200));
            let pressed = track.pressed(right, away);
            if ground.snow {
                colour = mix(colour, white, ((patch + 40 - pressed / 2) * 3 - 200).clamp(0, 236));
            }
            let rut = (pressed * field.rough(right * 9, away * 30).clamp(40, 216)) >> 8;
            let value = moved(colour, ((((grain * ground.grain) >> 7) * near) >> 8) - rut / 6);
            row[x as usize] = mix(value, light.haze, lost).into();
        });
    }
}

/// Lets the water on the ground mirror what was painted, below the row `from`.
pub(super) fn puddles(stage: &mut Stage, ground: Ground, from: i32) {
    if ground.puddles < 20 || ground.snow {
        return;
    }
    let (camera, field, width, height) = (stage.camera, stage.field, stage.canvas.width, stage.canvas.height);
    for y in from.max(0)..height {
        // A mirror of water is darker, and darker still seen from above.
        let clear = 216 - ((y - camera.horizon) * 140 / camera.horizon.max(1)).clamp(0, 130);
        camera.ground_in_row(y, width, |x, Seen { right, away, .. }| {
            let level = field.rough(right * 4 + 3_000, away * 3 + 9_000);
            if level + 32 < 240 - ground.puddles {
                return;
            }
            let shore = field.rough(right * 16, away * 12) / 8;
            let wet = ((level + shore + ground.puddles - 240) * 14).clamp(0, 256);
            if wet > 0 {
                let ripple = (field.rough(right * 40, away * 40) - 128) / 40;
                let mirrored = stage.canvas.at(x + ripple, 2 * camera.horizon_at(x) - y + ripple * 2);
                let pixel = &mut stage.canvas.pixels[(y * width + x) as usize];
                *pixel = mix((*pixel).into(), moved(mirrored, -18), (wet * clear) >> 8).into();
            }
        });
    }
}

/// Where vehicles drove: two bands that bend over the ground.
struct Track {
    at: i32,
    bend: i32,
    depth: i32,
}

impl Track {
    fn new(stage: &mut Stage) -> Track {
        let (right, _) = (stage.camera.stands.right, 0);
        Track {
            at: right + stage.chance.between(-500, 500),
            bend: stage.chance.between(-40, 40),
            depth: stage.chance.between(60, 240),
        }
    }

    /// How deep the wheels pressed there, up to 255.
    fn pressed(&self, right: i32, away: i32) -> i32 {
        let along = away >> 4;
        let aside = (right - self.at - ((along * self.bend) >> 5)).abs();
        let wheel = 42 - (aside - 95).abs();
        (wheel.clamp(0, 24) * 10 * self.depth) >> 8
    }
}
