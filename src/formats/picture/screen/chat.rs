//! A conversation: what others said on the left, what was answered on the right.

use super::frame::{Bar, Frame};
use super::pen::{Letters, Pen, line};
use crate::document::Properties;
use crate::document::look::Colour;
use crate::document::picture::{Desktop, Said};
use crate::formats::{palette, wording};

const WIDTH: i32 = 440;
const BAR: i32 = 44;
const FOOT: i32 = 52;
/// The room for words in a bubble.
const ROOM: i32 = 252;
const LEADING: i32 = 18;
const WHITE: Colour = Colour::of(0xFFFFFF);
const WORDS: Letters = Letters::of(13, 0x1C1C1E);
const NAME: Letters = Letters::of(11, 0x6E6E73);

/// Width and height of the window, in points.
pub(super) fn size(said: &[Said]) -> (i32, i32) {
    let mut height = BAR + 14;
    for (at, message) in said.iter().enumerate() {
        height += above(said, at) + lines(message).len() as i32 * LEADING + 16;
    }
    (WIDTH, height.max(BAR + 120) + 16 + FOOT)
}

fn lines(message: &Said) -> Vec<String> {
    WORDS.wrapped(&line(&message.words), ROOM)
}

/// The room above a message: a name stands there when somebody else begins to speak.
fn above(said: &[Said], at: usize) -> i32 {
    let goes_on = at > 0 && line(&said[at - 1].by) == line(&said[at].by);
    match (goes_on, said[at].own) {
        (true, _) => 4,
        (false, true) => 12,
        (false, false) => 28,
    }
}

pub(super) fn draw(pen: &mut Pen, frame: Frame, heading: &str, said: &[Said], properties: &Properties) {
    let own = match frame.desktop {
        Desktop::Macos => Colour::of(0x0A7AFF),
        Desktop::Windows => Colour::of(0xE8EBFA),
    };
    let bar = Bar { ground: Colour::of(0xF5F5F5), ink: WORDS.colour, height: BAR, asks: false };
    frame.open(pen, heading, WHITE, bar);
    pen.across(0, BAR, frame.width, Colour::of(0xDCDCDC));
    let colours = palette::of(properties).series;
    let mut y = BAR + 14;
    for (at, message) in said.iter().enumerate() {
        let gap = above(said, at);
        y += gap;
        let lines = lines(message);
        let wide = lines.iter().map(|line| WORDS.width(line)).max().unwrap_or(0) + 24;
        let tall = lines.len() as i32 * LEADING + 12;
        let (x, ground, ink) = match message.own {
            true if frame.desktop == Desktop::Macos => (frame.width - 18 - wide, own, Letters::of(13, 0xFFFFFF)),
            true => (frame.width - 18 - wide, own, WORDS),
            false => (56, Colour::of(0xE9E9EB), WORDS),
        };
        if gap == 28 {
            let name = line(&message.by);
            pen.text(&NAME.fitted(&name, ROOM), x + 2, y - 6, NAME);
            let colour = colours[name.bytes().map(usize::from).sum::<usize>() % colours.len()];
            pen.disc(32, y + 14, 15, colour);
            pen.centred(&initials(&name), 32, y + 18, Letters::of(11, 0xFFFFFF).bold());
        }
        pen.rounded(x, y, wide, tall, 12, ground);
        for (at, line) in lines.iter().enumerate() {
            pen.text(line, x + 12, y + 19 + at as i32 * LEADING, ink);
        }
        y += tall + 4;
    }
    foot(pen, frame, properties);
    frame.close(pen);
}

/// Where the next message is typed.
fn foot(pen: &mut Pen, frame: Frame, properties: &Properties) {
    let top = frame.height - FOOT;
    pen.across(0, top, frame.width, Colour::of(0xDCDCDC));
    pen.rounded(17, top + 10, frame.width - 34, 32, 15, Colour::of(0xDCDCDC));
    pen.rounded(18, top + 11, frame.width - 36, 30, 14, WHITE);
    pen.text(wording::screen(&properties.language).message, 34, top + 31, Letters::of(13, 0x9A9A9E));
    let right = frame.width - 36;
    pen.shape(
        &[(right - 7, top + 19), (right + 8, top + 26), (right - 7, top + 33), (right - 4, top + 26)],
        Colour::of(0x8A8A8E),
    );
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}
