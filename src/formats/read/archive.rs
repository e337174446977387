//! Archives: what is in them, and the text of what can be read, within limits that hold for all of it.

use std::sync::Arc;

use super::extract::{Extract, InnerFile, Line, Section};
use super::zip::Archive;
use super::{MOST_LINES, Unreadable};
use crate::document::Place;

/// Archives in archives are opened so often.
const DEEPEST: usize = 2;
/// Members that are read; more are listed only.
const MOST_READ: usize = 200;
/// A member larger than that is listed only.
const LARGEST_READ: u64 = 4 << 20;
/// So are those behind so many bytes of read ones.
const LARGEST_SUM: u64 = 32 << 20;

/// Lists an archive and reads its members.
pub(super) fn read(bytes: &[u8], depth: usize) -> Result<Extract, Unreadable> {
    let archive = Archive::open(bytes)?;
    let mut extract = Extract::default();
    let (mut read, mut sum) = (0, 0);
    for member in archive.members().iter().filter(|member| !member.is_folder()) {
        extract.files.push(InnerFile { name: member.name.clone(), size: member.size });
        extract.sections.push(Section::new(member.name.clone(), None));
        let extension = member.name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        if super::reader(&extension).is_none() {
            continue;
        }
        sum += member.size.min(LARGEST_READ);
        let too_much = read == MOST_READ || member.size > LARGEST_READ || sum > LARGEST_SUM;
        if too_much || depth == DEEPEST && extension == "zip" {
            extract.gaps.push(format!("{} is listed and not read", member.name));
            continue;
        }
        read += 1;
        let content = archive.unpack(member)?;
        match super::read_nested(&content, &extension, depth + 1) {
            Ok(inner) => include(&mut extract, &member.name, inner),
            Err(reason) => extract.gaps.push(format!("{} was not read: {reason}", member.name)),
        }
        if extract.lines.len() > MOST_LINES {
            return Err(Unreadable::because(format!("its members have more than {MOST_LINES} lines")));
        }
    }
    Ok(extract)
}

/// Puts what was read of an inner file into the extract of the outer one.
pub(super) fn include(extract: &mut Extract, name: &str, inner: Extract) {
    let file: Arc<str> = name.into();
    let inside = |place: Place| Place::Inside { file: Arc::clone(&file), place: Box::new(place) };
    extract.lines.extend(inner.lines.into_iter().map(|line| Line { place: inside(line.place), ..line }));
    extract.tables.extend(inner.tables.into_iter().map(|mut table| {
        for cell in table.rows.iter_mut().flatten() {
            cell.place = cell.place.take().map(inside);
        }
        table
    }));
    extract.charts.extend(inner.charts);
    extract
        .files
        .extend(inner.files.into_iter().map(|held| InnerFile { name: format!("{name}/{}", held.name), ..held }));
    extract.gaps.extend(inner.gaps.into_iter().map(|gap| format!("{name}: {gap}")));
}
