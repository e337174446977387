//! Rows as lines of a file: those of a shard as they come, and those of the index.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::fault;
use super::row::Row;
use crate::diag::Diagnostic;
use crate::image::fault::{unreadable, unwritable};
use crate::run::store::write_whole;

/// All rows of a file.
pub(super) fn read_rows(path: &Path) -> Result<Vec<Row>, Diagnostic> {
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => fault::damaged(path, "is not there: some shard is not done"),
        _ => unreadable(path, &error),
    })?;
    rows(path, &text)
}

fn rows(path: &Path, text: &str) -> Result<Vec<Row>, Diagnostic> {
    let parse = |(line, text): (usize, &str)| {
        let row: Result<Row, _> = serde_json::from_str(text);
        let why = match row {
            Ok(row) if row.is_whole() => return Ok(row),
            Ok(_) => "a column is missing".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(fault::damaged(path, &format!("has no row of this version in line {}: {why}", line + 1)))
    };
    text.lines().enumerate().map(parse).collect()
}

/// Of the rows of a world the last one, where the first one stood.
fn latest(rows: Vec<Row>) -> Vec<Row> {
    let mut places = BTreeMap::new();
    let mut latest: Vec<Row> = Vec::new();
    for row in rows {
        match places.get(&row.world) {
            Some(place) => latest[*place] = row,
            None => {
                places.insert(row.world.clone(), latest.len());
                latest.push(row);
            }
        }
    }
    latest
}

/// Puts bytes in a file's place in one step.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    write_whole(path, bytes, true).map_err(|error| unwritable(path, &error))
}

/// Rows as their lines.
pub(super) fn lines<'r>(rows: impl IntoIterator<Item = &'r Row>) -> String {
    rows.into_iter().map(|row| serde_json::to_string(row).expect("names and numbers have a JSON form") + "\n").collect()
}

/// Adds rows to a shard's file, which one process holds.
pub(crate) struct Pen {
    path: PathBuf,
    file: File,
}

impl Pen {
    /// The rows of a file that may not be there yet, and a pen behind them. A torn last line is cut off.
    pub(super) fn take(path: PathBuf) -> Result<(Vec<Row>, Pen), Diagnostic> {
        let file = OpenOptions::new().create(true).read(true).append(true).open(&path);
        let mut file = file.map_err(|error| unwritable(&path, &error))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(fault::in_use(&path));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| unreadable(&path, &error))?;
        bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1));
        let rows = latest(rows(&path, &String::from_utf8_lossy(&bytes))?);
        file.set_len(bytes.len() as u64).map_err(|error| unwritable(&path, &error))?;
        Ok((rows, Pen { path, file }))
    }

    /// The lines go to the system in one piece.
    pub(super) fn write<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) -> Result<(), Diagnostic> {
        self.file.write_all(lines(rows).as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts these rows in the place of all others.
    pub(super) fn rewrite(&mut self, rows: &[Row]) -> Result<(), Diagnostic> {
        let emptied = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        emptied.map_err(|error| unwritable(&self.path, &error))?;
        self.write(rows)
    }
}
