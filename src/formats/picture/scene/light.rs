//! The light of a day: where the sun stands, how bright the shadows are, what the air does to what is far away.

use crate::document::look::Colour;
use crate::document::picture::Weather;
use crate::formats::picture::colour::{lit, mix};
use crate::formats::picture::noise::Chance;
use crate::value::Moment;

/// Which way a surface looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facing {
    Left,
    Right,
    Towards,
    Away,
    Up,
    Down,
}

/// The light of a scene. Strengths are 256ths of what leaves a colour as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Light {
    /// What the sun adds, by [`Facing`].
    direct: [i32; 6],
    /// What the sky gives, by [`Facing`].
    diffuse: [i32; 6],
    /// The colour of sunlight.
    warmth: Colour,
    /// What far things fade into.
    pub(super) haze: Colour,
    /// How much they do over a hundred metres, of 256.
    pub(super) density: i32,
    /// How far a shadow reaches to the right and away for each metre of height, in centimetres; none without sun.
    pub(super) shadow: Option<(i32, i32)>,
}

impl Light {
    /// The light outside at that time.
    pub(super) fn outside(weather: Weather, taken: Moment, chance: &mut Chance) -> Light {
        let (hour, minute, _) = taken.time().hms();
        let month = taken.date().month().number() as i32;
        // How many minutes from noon, and how high the sun is: highest in June.
        let from_noon = (hour as i32 * 60 + minute as i32 - 12 * 60 - 30).clamp(-480, 480);
        let season = (month - 6).abs().min(6);
        let height = (100 - season * 11 - from_noon.abs() / 9).clamp(14, 100);
        let side = chance.one(&[-1, 1]) * (40 + chance.between(0, 60));
        let front = chance.between(10, 90);
        let dim = 256 - (from_noon.abs() - 240).clamp(0, 200) * 2 / 3;
        let sunny = weather == Weather::Sun;
        let direct = if sunny { dim } else { 0 };
        let towards = |share: i32| (share.max(0) * direct * (140 - height) / 100) / 150;
        let sky = dim * if sunny { 128 } else { 222 } / 256;
        Light {
            direct: [towards(side), towards(-side), towards(front), 0, direct * (40 + height) / 150, 0],
            diffuse: [sky * 86 / 100, sky * 80 / 100, sky * 84 / 100, sky * 62 / 100, sky, sky * 42 / 100],
            warmth: mix(Colour(255, 248, 232), Colour(255, 214, 160), (60 - height).clamp(0, 46) * 5),
            haze: haze(weather),
            density: match weather {
                Weather::Sun => 26 + chance.between(0, 16),
                Weather::Cloud => 38 + chance.between(0, 16),
                Weather::Rain => 84 + chance.between(0, 30),
                Weather::Snow => 110 + chance.between(0, 30),
                Weather::Fog => 330 + chance.between(0, 170),
            },
            shadow: sunny.then_some((side * (130 - height) / 60, front * (130 - height) / 60)),
        }
    }

    /// The light in a room with windows behind the camera and lamps at the ceiling.
    pub(super) fn inside(chance: &mut Chance) -> Light {
        let lamps = 200 + chance.between(0, 36);
        let of = |percent: i32| lamps * percent / 100;
        Light {
            direct: [0; 6],
            diffuse: [of(88), of(94), of(106), of(70), of(112), of(84)],
            warmth: Colour(255, 255, 255),
            haze: Colour(190, 188, 182),
            density: 0,
            shadow: None,
        }
    }

    /// A colour on a surface that looks somewhere, `shade` of 256 of the sun reaching it.
    pub(super) fn on(&self, colour: Colour, facing: Facing, shade: i32) -> Colour {
        let direct = (self.direct[facing as usize] * shade) >> 8;
        let sunlit = lit(self.tinted(colour), direct);
        let sky = lit(colour, self.diffuse[facing as usize]);
        let sum = |one: u8, other: u8| one.saturating_add(other);
        Colour(sum(sunlit.0, sky.0), sum(sunlit.1, sky.1), sum(sunlit.2, sky.2))
    }

    fn tinted(&self, colour: Colour) -> Colour {
        let part = |part: u8, warm: u8| (i32::from(part) * i32::from(warm) / 255) as u8;
        Colour(part(colour.0, self.warmth.0), part(colour.1, self.warmth.1), part(colour.2, self.warmth.2))
    }

    /// How much of something that far away is lost in the air, of 256.
    pub(super) fn lost(&self, depth: i32) -> i32 {
        let thickness = (i64::from(depth) * i64::from(self.density) / 10_000) as i32;
        // 1 − 1 / (1 + t): the air never hides a thing wholly.
        256 * thickness / (256 + thickness)
    }
}

fn haze(weather: Weather) -> Colour {
    match weather {
        Weather::Sun => Colour(196, 212, 228),
        Weather::Cloud => Colour(202, 207, 212),
        Weather::Rain => Colour(172, 177, 181),
        Weather::Fog => Colour(206, 208, 208),
        Weather::Snow => Colour(218, 221, 224),
    }
}
