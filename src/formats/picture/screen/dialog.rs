//! A program that asks or complains.

use super::frame::{Bar, Frame};
use super::pen::{Letters, Pen, line};
use crate::document::Run;
use crate::document::look::Colour;
use crate::document::picture::{Desktop, Screenshot};

const WHITE: Colour = Colour::of(0xFFFFFF);
const PANEL: Colour = Colour::of(0xECECEC);
const FOOT: Colour = Colour::of(0xF0F0F0);
const EDGE: Colour = Colour::of(0xADADAD);
const ACCENT: Colour = Colour::of(0x0067C0);
const BLUE: Colour = Colour::of(0x0A7AFF);
const BUTTON: Colour = Colour::of(0xE1E1E1);
const WARNING: Colour = Colour::of(0xF7B500);
const SAID: Letters = Letters::of(12, 0x1A1A1A);
const SMALL: Letters = Letters::of(11, 0x262626);
const LEADING: i32 = 18;

/// Width and height of the window, in points.
pub(super) fn size(shot: &Screenshot, lines: &[Vec<Run>], buttons: &[Vec<Run>]) -> (i32, i32) {
    match shot.desktop {
        Desktop::Macos => {
            let asked = SAID.bold().wrapped(&line(&shot.heading), 228).len() as i32;
            let below = if buttons.len() > 2 { 34 * buttons.len() as i32 } else { 34 };
            (260, 112 + 17 * asked + 15 * broken(lines, SMALL, 228).len() as i32 + below)
        }
        Desktop::Windows => {
            let room = wide(lines) - 96;
            let said = LEADING * broken(lines, SAID, room).len() as i32;
            (wide(lines), 31 + 26 + said.max(32) + 26 + 48)
        }
    }
}

/// A window is as wide as what it says, within reason.
fn wide(lines: &[Vec<Run>]) -> i32 {
    let widest = lines.iter().map(|said| SAID.width(&line(said))).max().unwrap_or(0);
    (widest + 96).clamp(320, 520)
}

fn broken(lines: &[Vec<Run>], letters: Letters, room: i32) -> Vec<String> {
    lines.iter().flat_map(|said| letters.wrapped(&line(said), room)).collect()
}

pub(super) fn draw(pen: &mut Pen, frame: Frame, heading: &str, lines: &[Vec<Run>], buttons: &[Vec<Run>]) {
    let buttons: Vec<String> = buttons.iter().map(|words| line(words)).collect();
    match frame.desktop {
        Desktop::Macos => alert(pen, frame, heading, lines, &buttons),
        Desktop::Windows => message(pen, frame, heading, lines, &buttons),
    }
    frame.close(pen);
}

/// A bar, a sign and words beside it, buttons on a grey foot.
fn message(pen: &mut Pen, frame: Frame, heading: &str, lines: &[Vec<Run>], buttons: &[String]) {
    let bar = Bar { ground: WHITE, ink: Colour::of(0x1A1A1A), height: 31, asks: true };
    frame.open(pen, heading, WHITE, bar);
    sign(pen, (26, 57), 32);
    let lines = broken(lines, SAID, frame.width - 96);
    // A single line stands beside the middle of the sign.
    let mut y = if lines.len() == 1 { 77 } else { 70 };
    for said in &lines {
        pen.text(said, 72, y, SAID);
        y += LEADING;
    }
    let foot = frame.height - 48;
    pen.block(0, foot, frame.width, 48, FOOT);
    pen.across(0, foot, frame.width, Colour::of(0xDFDFDF));
    let mut x = frame.width - 14;
    for (at, words) in buttons.iter().enumerate().rev() {
        let wide = (SAID.width(words) + 28).max(86);
        x -= wide;
        pen.block(x, foot + 12, wide, 24, BUTTON);
        let (edge, thick) = if at == 0 { (ACCENT, 2) } else { (EDGE, 1) };
        pen.outline(x, foot + 12, wide, 24, thick, edge);
        pen.centred(words, x + wide / 2, foot + 28, SAID);
        x -= 8;
    }
}

/// A panel: a sign, the question in bold, words below, buttons across.
fn alert(pen: &mut Pen, frame: Frame, heading: &str, lines: &[Vec<Run>], buttons: &[String]) {
    pen.block(0, 0, frame.width, frame.height, PANEL);
    let middle = frame.width / 2;
    sign(pen, (middle - 24, 20), 48);
    let mut y = 94;
    for words in SAID.bold().wrapped(heading, frame.width - 32) {
        pen.centred(&words, middle, y, SAID.bold());
        y += 17;
    }
    y += 3;
    for said in broken(lines, SMALL, frame.width - 32) {
        pen.centred(&said, middle, y, SMALL);
        y += 15;
    }
    let stacked = buttons.len() > 2;
    let wide = if stacked {
        frame.width - 32
    } else {
        (frame.width - 24 - 8 * buttons.len() as i32) / buttons.len().max(1) as i32
    };
    for (at, words) in buttons.iter().enumerate() {
        // What Return answers stands on the right, or on top.
        let (x, top) = match stacked {
            true => (16, frame.height - 12 - 34 * (buttons.len() - at) as i32),
            false => (16 + (wide + 8) * (buttons.len() - 1 - at) as i32, frame.height - 44),
        };
        let (ground, ink) = if at == 0 { (BLUE, 0xFFFFFF) } else { (Colour::of(0xD5D5D5), 0x262626) };
        pen.rounded(x, top, wide, 28, 6, ground);
        let letters = Letters::of(13, ink);
        pen.centred(&letters.fitted(words, wide - 8), x + wide / 2, top + 19, letters);
    }
}

/// A yellow triangle with a stroke and a dot.
fn sign(pen: &mut Pen, (x, y): (i32, i32), size: i32) {
    let part = |share: i32| size * share / 32;
    let top = (x + part(16), y + part(2));
    pen.shape(&[top, (x + part(31), y + part(29)), (x + part(1), y + part(29))], WARNING);
    let dark = Colour::of(0x3A3000);
    pen.block(x + part(15), y + part(11), part(3).max(2), part(10), dark);
    pen.block(x + part(15), y + part(23), part(3).max(2), part(3), dark);
}
