//! What a pdf holds beside its pages: what lies over them, and what the file says about itself.

use std::sync::Arc;

use super::cmap::utf16;
use super::encoding::Encoding;
use super::file::File;
use super::geometry::{Area, Matrix};
use super::lines::Piece;
use super::object::{Dictionary, Object};
use super::page::Painter;
use super::token::ONE;
use crate::document::{Beside, Place};
use crate::formats::read::{Line, Role};

/// Annotations of one page.
const MOST_OVER: usize = 4_096;
/// The flags of an annotation that is not shown: hidden, or in no view.
const UNSEEN: i64 = 2 | 32;

/// A text outside the pages: two bytes for each letter if it begins with a mark that says so.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some(letters) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(letters);
    }
    if let Some(letters) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(letters).into_owned();
    }
    bytes.iter().map(|byte| Encoding::Document.letter(*byte).unwrap_or('\u{FFFD}')).collect()
}

/// What the file says about itself.
pub(super) fn properties(file: &File<'_>) -> Vec<Line> {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"Title", "title"),
        (b"Author", "author"),
        (b"Subject", "subject"),
        (b"Keywords", "keywords"),
        (b"Creator", "creator"),
        (b"CreationDate", "created"),
        (b"ModDate", "changed"),
    ];
    let about = file.part(&file.trailer, b"Info").unwrap_or_default();
    let line = |(key, name): &(&[u8], &str)| {
        let value = text(file.get(&about, key).text()?);
        let value = if key.ends_with(b"Date") { moment(&value) } else { value };
        let value = Some(value.trim()).filter(|value| !value.is_empty())?;
        Some(Line::new(Place::Property((*name).to_owned()), Role::Property, value))
    };
    KNOWN.iter().filter_map(line).collect()
}

/// `D:20260304090000+01'00'` as `2026-03-04T09:00:00+01:00`; as it is if it is spelled otherwise.
fn moment(text: &str) -> String {
    let digits = text.strip_prefix("D:").unwrap_or(text);
    let (Some(local), Some(zone)) = (digits.get(..14), digits.get(14..)) else { return text.to_owned() };
    if !local.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let part = |from: usize, to: usize| &local[from..to];
    let (date, time) =
        ([part(0, 4), part(4, 6), part(6, 8)].join("-"), [part(8, 10), part(10, 12), part(12, 14)].join(":"));
    let zone = zone.trim_end_matches('\'').replace('\'', ":");
    format!("{date}T{time}{zone}")
}

/// What lies over a page: links are put to the texts below them, remarks are lines of their own, and what has a look of its
/// own is drawn.
pub(super) fn over(painter: &mut Painter<'_, '_>, page: &Dictionary, number: u32, remarks: &mut Vec<Line>) {
    let file = painter.file();
    let all = file.get(page, b"Annots");
    for item in all.items().iter().take(MOST_OVER) {
        let Some(over) = file.dictionary(item) else { continue };
        let area = Area::of(&file.numbers(&over, b"Rect"));
        match (over.get(b"Subtype").name().unwrap_or_default(), area) {
            (b"Link", Some(area)) => link(file, &over, area, &mut painter.pieces),
            (b"Popup", _) => {}
            (kind, area) => {
                if !matches!(kind, b"FreeText" | b"Widget") {
                    remarks.extend(remark(file, &over, number, remarks.len()));
                }
                if let Some(area) = area.filter(|_| file.get(&over, b"F").whole().unwrap_or(0) & UNSEEN == 0) {
                    look(painter, &over, area);
                }
            }
        }
    }
}

fn link(file: &File<'_>, over: &Dictionary, area: Area, pieces: &mut [Piece]) {
    let Some(action) = file.part(over, b"A") else { return };
    let Some(target) = file.get(&action, b"URI").text().map(text) else { return };
    let target: Arc<str> = target.into();
    if file.spend(pieces.len() / 16 + 1) {
        let below = pieces.iter_mut().filter(|piece| area.holds(piece.area.middle()));
        below.for_each(|piece| piece.link = Some(Arc::clone(&target)));
    }
}

fn remark(file: &File<'_>, over: &Dictionary, page: u32, before: usize) -> Option<Line> {
    let said = text(file.get(over, b"Contents").text()?);
    let said = Some(said.trim()).filter(|said| !said.is_empty())?;
    let author = file.get(over, b"T").text().map(text).unwrap_or_default();
    let place = Place::Beside { kind: Beside::Comment, number: before as u32 + 1, paragraph: 1 };
    Some(Line { page, ..Line::new(place, Role::Comment { author, on: None }, said) })
}

/// Draws what a field of a form or a box of text looks like, in its place.
fn look(painter: &mut Painter<'_, '_>, over: &Dictionary, area: Area) {
    let file = painter.file();
    let looks = file.part(over, b"AP").unwrap_or_default();
    let mut normal = file.get(&looks, b"N");
    if let Object::Dictionary(states) = &normal {
        normal = file.get(states, file.get(over, b"AS").name().unwrap_or_default());
    }
    let Some(about) = normal.dictionary() else { return };
    let own = Area::of(&file.numbers(about, b"BBox")).unwrap_or(Area::UNIT);
    let own = Matrix::of(&file.numbers(about, b"Matrix")).area(own);
    let factor = |wanted: i64, own: i64| {
        if own == 0 { ONE } else { (i128::from(wanted) * i128::from(ONE) / i128::from(own)) as i64 }
    };
    let (wide, high) =
        (factor(area.right - area.left, own.right - own.left), factor(area.top - area.bottom, own.top - own.bottom));
    let scale = Matrix([wide, 0, 0, high, 0, 0]);
    let (left, bottom) = scale.point(own.left, own.bottom);
    painter.form(&normal, scale.then(Matrix::moved(area.left - left, area.bottom - bottom)), &Dictionary::default(), 0);
}
