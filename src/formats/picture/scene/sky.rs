//! Sky, clouds, and the far edge of the land.

use super::stage::Stage;
use crate::document::look::Colour;
use crate::document::picture::Weather;
use crate::formats::picture::colour::{mix, moved};
use crate::formats::picture::noise::Chance;
use crate::formats::picture::shape::{ONE, Outline, Point};

/// Colours of the sky at its top and at the horizon, and of a cloud in light and in shade.
struct Shades {
    top: Colour,
    edge: Colour,
    bright: Colour,
    dark: Colour,
    /// How much of the sky is covered, of 256.
    cover: i32,
    /// How hard the edges of clouds are.
    contrast: i32,
}

fn shades(stage: &mut Stage, weather: Weather) -> Shades {
    let haze = stage.light.haze;
    match weather {
        Weather::Sun => Shades {
            top: mix(Colour(64, 116, 184), Colour(96, 140, 190), stage.chance.between(0, 256)),
            edge: Colour(188, 208, 228),
            bright: Colour(250, 250, 250),
            dark: Colour(196, 204, 216),
            cover: stage.chance.between(20, 130),
            contrast: stage.chance.between(500, 900),
        },
        Weather::Cloud => Shades {
            top: Colour(168, 176, 186),
            edge: Colour(214, 217, 220),
            bright: Colour(232, 233, 235),
            dark: Colour(150, 157, 166),
            cover: stage.chance.between(150, 230),
            contrast: stage.chance.between(260, 420),
        },
        Weather::Rain => Shades {
            top: Colour(128, 135, 143),
            edge: Colour(182, 186, 189),
            bright: Colour(182, 186, 190),
            dark: Colour(112, 118, 126),
            cover: 170,
            contrast: 240,
        },
        Weather::Fog | Weather::Snow => Shades {
            top: moved(haze, -8),
            edge: haze,
            bright: moved(haze, 8),
            dark: moved(haze, -14),
            cover: 128,
            contrast: 120,
        },
    }
}

/// Paints everything above the horizon.
pub(super) fn paint(stage: &mut Stage, weather: Weather) {
    let shades = shades(stage, weather);
    let (field, camera) = (stage.field, stage.camera);
    let drift = stage.chance.between(0, 1 << 16);
    let height = camera.horizon.max(1);
    let lowest = camera.horizon_at(0).max(camera.horizon_at(stage.canvas.width)) + 1;
    for (y, row) in stage.canvas.rows(0, lowest) {
        let above = (camera.horizon - y).max(1);
        let clear = mix(shades.edge, shades.top, (above * 256 / height).min(256));
        // A flat ceiling of clouds: nearer the horizon they are farther away.
        let far = 44_000 / (above + 26);
        let low = 128 + (above * 256 / (height / 3 + 1)).min(256) / 2;
        let step = far / 100 + 1;
        for (x, pixel) in row.iter_mut().enumerate() {
            let across = (x as i32 - camera.middle) * step + drift;
            let puff = field.rough(across, far * 9 + drift);
            let cover = (((puff - 256 + shades.cover) * shades.contrast) >> 7).clamp(0, 256);
            if cover == 0 {
                *pixel = clear.into();
                continue;
            }
            let thick = field.rough(across / 2 + 400, far * 5 + drift + 700);
            let cloud = mix(shades.bright, shades.dark, (thick * 2 - 128).clamp(0, 256));
            *pixel = mix(clear, cloud, (cover * low) >> 8).into();
        }
    }
}

/// Trees and roofs where land and sky meet.
pub(super) fn backdrop(stage: &mut Stage, place: &mut Chance) {
    hedge(stage, place, 26_000, 1_500, Colour(84, 98, 86));
    if place.hits(65) {
        houses(stage, place);
    }
    hedge(stage, place, 12_000, 700, Colour(66, 80, 54));
}

/// A line of trees that far away and up to that high.
fn hedge(stage: &mut Stage, place: &mut Chance, depth: i32, height: i32, colour: Colour) {
    let (camera, field, light) = (stage.camera, stage.field, stage.light);
    let scale = camera.scale(depth);
    let drift = stage.chance.between(0, 1 << 18);
    let bare = place.between(60, 170);
    let shade = mix(light.on(colour, super::light::Facing::Towards, 180), light.haze, light.lost(depth));
    for x in 0..stage.canvas.width {
        let rise = field.rough(x * 60_000 / (scale + 1) + drift, depth) + field.rough(x * 90 + drift, 9) / 3 - bare;
        let top = height * rise.clamp(12, 256) / 256 * scale;
        let foot = camera.horizon_at(x) + camera.stands.up * scale / ONE + 1;
        let crown = foot * ONE - top;
        for y in crown.div_euclid(ONE)..=foot {
            let share = ((y + 1) * ONE - crown).clamp(0, 256);
            let leaf = field.speck(x, y) - 128;
            if y >= 0 && y < stage.canvas.height {
                let under = stage.canvas.at(x, y);
                let leaves = mix(under, moved(shade, leaf / 8), share);
                stage.canvas.pixels[(y * stage.canvas.width + x) as usize] = leaves.into();
            }
        }
    }
}

/// A street of houses behind the site.
fn houses(stage: &mut Stage, place: &mut Chance) {
    let light = stage.light;
    let depth = 16_000;
    let scale = stage.camera.scale(depth);
    let walls = [Colour(176, 120, 96), Colour(206, 196, 180), Colour(188, 140, 112), Colour(222, 218, 208)];
    let roofs = [Colour(98, 84, 80), Colour(124, 82, 68), Colour(84, 88, 94)];
    let mut x = -stage.chance.between(0, 60);
    while x < stage.canvas.width {
        let wide = place.between(800, 2_000) * scale / ONE;
        let foot = stage.camera.horizon_at(x) * ONE + stage.camera.stands.up * scale;
        let high = place.between(280, 620);
        let (eaves, ridge) = (foot - high * scale, foot - (high + 310) * scale);
        let (left, right) = (x * ONE, x * ONE + wide * ONE);
        let front = super::light::Facing::Towards;
        let wall = light.on(place.one(&walls), front, 200);
        let roof = light.on(place.one(&roofs), front, 220);
        let corner = |x: i32, y: i32| Point { x, y };
        let inset = (right - left) / 9;
        let shape = [corner(left, foot), corner(left, eaves), corner(right, eaves), corner(right, foot)];
        stage.flat(&Outline::of(&shape), depth, wall);
        let shape = [
            corner(left - 40 * scale, eaves),
            corner(left + inset, ridge),
            corner(right - inset, ridge),
            corner(right + 40 * scale, eaves),
        ];
        stage.flat(&Outline::of(&shape), depth, roof);
        for window in 0..3 {
            let at = left + (right - left) * (2 * window + 1) / 7 + inset / 2;
            for floor in [high - 230, high - 500].into_iter().filter(|floor| *floor > 40) {
                let (top, size) = (foot - (floor + 130) * scale, 110 * scale);
                let pane =
                    [corner(at, top), corner(at + size, top), corner(at + size, top + size), corner(at, top + size)];
                stage.flat(&Outline::of(&pane), depth, Colour(66, 74, 84));
            }
        }
        x += wide + place.between(0, 4) * 9;
    }
}
