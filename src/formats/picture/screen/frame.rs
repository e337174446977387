//! The bar and the edges of a window, as each system draws them.

use super::pen::{Letters, Pen};
use crate::document::look::Colour;
use crate::document::picture::Desktop;

/// What a window stands on and how large it is, in points.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) desktop: Desktop,
    pub(super) width: i32,
    pub(super) height: i32,
    /// What is seen around it.
    pub(super) ground: Colour,
}

/// The bar of a window: what it is filled with, and what is written on it.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    pub(super) ground: Colour,
    pub(super) ink: Colour,
    pub(super) height: i32,
    /// A window that only asks something has nothing but a cross.
    pub(super) asks: bool,
}

/// Red, yellow and green, from the left.
const LIGHTS: [u32; 3] = [0xFF5F57, 0xFEBC2E, 0x28C840];
const EDGE: Colour = Colour::of(0xB5B5B5);

impl Frame {
    /// How round its corners are.
    fn radius(self) -> i32 {
        if self.desktop == Desktop::Macos { 10 } else { 0 }
    }

    /// Fills the window and draws its bar.
    pub(super) fn open(self, pen: &mut Pen, heading: &str, paper: Colour, bar: Bar) {
        pen.block(0, 0, self.width, self.height, paper);
        pen.block(0, 0, self.width, bar.height, bar.ground);
        let line = bar.height / 2 + 4;
        let letters = Letters { colour: bar.ink, ..Letters::of(12, 0) };
        match self.desktop {
            Desktop::Macos => {
                for (at, light) in LIGHTS.into_iter().enumerate() {
                    pen.disc(20 + 20 * at as i32, bar.height / 2, 6, Colour::of(light));
                }
                let letters = Letters { size: 13, ..letters }.bold();
                let heading = letters.fitted(heading, self.width - 160);
                pen.centred(&heading, self.width / 2, line, letters);
            }
            Desktop::Windows => {
                let heading = letters.fitted(heading, self.width - 240);
                if bar.asks {
                    pen.text(&heading, 12, line, letters);
                } else {
                    pen.centred(&heading, self.width / 2, line, letters);
                }
                self.buttons(pen, bar);
            }
        }
    }

    /// To the right of a bar: smaller, larger, away.
    fn buttons(self, pen: &mut Pen, bar: Bar) {
        let middle = bar.height / 2;
        let right = self.width - 23;
        pen.strokes(&[(right - 5, middle - 5), (right + 5, middle + 5)], 4, bar.ink);
        pen.strokes(&[(right - 5, middle + 5), (right + 5, middle - 5)], 4, bar.ink);
        if bar.asks {
            return;
        }
        pen.outline(right - 51, middle - 5, 10, 10, 1, bar.ink);
        pen.block(right - 97, middle, 10, 1, bar.ink);
    }

    /// Draws what lies over everything in the window: its edges and corners.
    pub(super) fn close(self, pen: &mut Pen) {
        if self.radius() > 0 {
            return pen.corners(self.width, self.height, self.radius(), self.ground);
        }
        pen.across(0, 0, self.width, EDGE);
        pen.across(0, self.height - 1, self.width, EDGE);
        pen.down(0, 0, self.height, EDGE);
        pen.down(self.width - 1, 0, self.height, EDGE);
    }
}
