//! The texts that the cells of a workbook share.

use std::sync::Arc;

use crate::formats::read::package::Package;
use crate::formats::read::xml::{Step, walk};
use crate::formats::read::{LARGEST_TEXT, Unreadable};

/// All shared texts in their order; readings beside a text (furigana) are left out.
pub(super) fn strings(package: &Package, part: Option<&str>) -> Result<Vec<Arc<str>>, Unreadable> {
    let text = part.map(|part| package.text(part)).transpose()?.flatten();
    let Some(text) = text else { return Ok(Vec::new()) };
    let mut strings = Vec::new();
    let mut current = String::new();
    let (mut printing, mut reading, mut size) = (false, false, 0_usize);
    walk(&text, |step| {
        match step {
            Step::Open(tag) => match tag.local_name().as_ref() {
                "t" => printing = !reading,
                "rPh" => reading = true,
                _ => {}
            },
            Step::Text(text) if printing => current.push_str(&text),
            Step::Text(_) => {}
            Step::Close("t") => printing = false,
            Step::Close("rPh") => reading = false,
            Step::Close("si") => {
                size += current.len() + 16;
                strings.push(unescaped(&current).into());
                current.clear();
            }
            Step::Close(_) => {}
        }
        match size > LARGEST_TEXT {
            true => Err(Unreadable::because(format!("its texts are longer than {} MiB", LARGEST_TEXT >> 20))),
            false => Ok(()),
        }
    })?;
    Ok(strings)
}

/// `_x000D_` stands for a letter that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match escaped(rest) {
            Some(letter) => {
                out.push(letter);
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The letter that `_x0041_` at the head of a text stands for.
fn escaped(text: &str) -> Option<char> {
    let digits = text.get(2..6).filter(|_| text.as_bytes().get(6) == Some(&b'_'))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}
