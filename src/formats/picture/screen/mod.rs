//! Windows as somebody's computer showed them: drawn from what they hold, in few colours, as fine as the screen was.

mod chat;
mod dialog;
mod frame;
mod masked;
mod pen;
mod table;

use super::canvas::Canvas;
use super::noise::Chance;
use crate::document::Properties;
use crate::document::look::Colour;
use crate::document::picture::{Desktop, Screenshot, Window};
use frame::Frame;
use pen::Pen;

/// What lies behind the windows: plain grounds and the middle tones of landscapes.
const WALLPAPERS: [u32; 7] = [0x1E3A5F, 0x3A6EA5, 0x4A5A52, 0x5B4B6B, 0x2B2B2B, 0x7C8FA0, 0x35506B];

/// How a computer is set up; the same in all its pictures.
struct Setup {
    /// Pixels to four points.
    scale: i32,
    wallpaper: Colour,
}

impl Setup {
    fn of(shot: &Screenshot) -> Setup {
        let mut chance = Chance::of(shot.computer, 11);
        let scale = match shot.desktop {
            Desktop::Macos => 8,
            Desktop::Windows => chance.one(&[4, 4, 5]),
        };
        Setup { scale, wallpaper: Colour::of(chance.one(&WALLPAPERS)) }
    }
}

/// Dots to the inch, as its system writes them into the file.
pub(super) fn dots_per_inch(shot: &Screenshot) -> u32 {
    24 * Setup::of(shot).scale as u32
}

/// The pixels of a screenshot.
pub(super) fn draw(shot: &Screenshot, properties: &Properties) -> Canvas {
    let setup = Setup::of(shot);
    let mut chance = Chance::of(shot.variation, 12);
    // Who pulls a rectangle around a window catches some of what lies behind it.
    let mut caught = || match shot.desktop {
        Desktop::Macos => chance.between(5, 26),
        Desktop::Windows => chance.between(0, 9),
    };
    let (left, top, right, bottom) = (caught(), caught(), caught(), caught());
    let size = match &shot.window {
        Window::Cells(seen) => table::size(seen, shot),
        Window::Dialog { lines, buttons } => dialog::size(shot, lines, buttons),
        Window::Chat(said) => chat::size(said),
    };
    let mut pen = Pen::new((left + size.0 + right, top + size.1 + bottom), setup.scale, setup.wallpaper);
    pen.origin = (left, top);
    let frame = Frame { desktop: shot.desktop, width: size.0, height: size.1, ground: setup.wallpaper };
    let heading = pen::line(&shot.heading);
    match &shot.window {
        Window::Cells(seen) => table::draw(&mut pen, frame, &heading, seen, shot, properties),
        Window::Dialog { lines, buttons } => dialog::draw(&mut pen, frame, &heading, lines, buttons),
        Window::Chat(said) => chat::draw(&mut pen, frame, &heading, said, properties),
    }
    pen.canvas
}
