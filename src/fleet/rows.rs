//! Rows as lines of files: those of a shard as they come, and those of the index. They stay there: what is kept of each in
//! memory is where its line stands, so that a fleet of any size can be made and read.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use super::fault;
use super::row::Row;
use crate::diag::Diagnostic;
use crate::disk::whole::put_whole;
use crate::image::fault::{unreadable, unwritable};
use crate::image::hash::sha256;

/// Where a line stands: in which of several files, from which byte on, how many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    file: u32,
    length: u32,
    at: u64,
}

/// Rows of one recipe in an order of their own, read one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    files: Arc<Vec<(PathBuf, File)>>,
    spans: Vec<Span>,
    /// The name of the recipe.
    recipe: Arc<str>,
    /// Whether each says all that this version writes, and nothing else.
    exact: bool,
}

impl Rows {
    /// The rows of these files, each file from its beginning to its last whole line: a shard may be writing the next.
    pub(super) fn read(paths: Vec<PathBuf>, recipe: &str) -> Result<Rows, Diagnostic> {
        let opened = paths.into_iter().map(|path| match File::open(&path) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(unreadable(&path, &error)),
        });
        let mut rows = Rows {
            files: Arc::new(opened.collect::<Result<_, _>>()?),
            spans: Vec::new(),
            recipe: recipe.into(),
            exact: true,
        };
        for (number, (path, file)) in (0..).zip(rows.files.iter()) {
            rows.spans.extend(spans(number, file).map_err(|error| unreadable(path, &error))?);
        }
        Ok(rows)
    }

    /// The same rows, of which another version may have written more or less than this one does.
    pub(super) fn of_any_version(self) -> Rows {
        Rows { exact: false, ..self }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = Result<Row, Diagnostic>> + '_ {
        self.spans.iter().map(|span| self.row(*span))
    }

    /// The rows with where each stands.
    pub(super) fn with_spans(&self) -> impl Iterator<Item = Result<(Span, Row), Diagnostic>> + '_ {
        self.spans.iter().map(|span| Ok((*span, self.row(*span)?)))
    }

    /// Those of these rows that stand there, in that order.
    pub(super) fn at(&self, spans: Vec<Span>) -> Rows {
        Rows { spans, ..self.clone() }
    }

    /// Writes the lines, which were read before, as they stand.
    pub(super) fn write(&self, file: &mut impl Write, path: &Path) -> Result<(), Diagnostic> {
        self.spans.iter().try_for_each(|span| {
            let line = self.line(*span)?;
            file.write_all(&line).map_err(|error| unwritable(path, &error))
        })
    }

    /// The place in the order of the first row of which that holds.
    pub(super) fn position(&self, holds: impl Fn(&Row) -> bool) -> Result<Option<usize>, Diagnostic> {
        for (position, row) in self.iter().enumerate() {
            if holds(&row?) {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The last row of which that holds.
    pub(super) fn last(&self, holds: impl Fn(&Row) -> bool) -> Result<Option<Row>, Diagnostic> {
        self.iter().rev().find(|row| row.as_ref().map_or(true, &holds)).transpose()
    }

    /// The rows of which that holds.
    pub(super) fn only(&self, holds: impl Fn(&Row) -> bool) -> Result<Rows, Diagnostic> {
        let kept = self.with_spans().filter(|row| row.as_ref().map_or(true, |(_, row)| holds(row)));
        Ok(self.at(kept.map(|row| row.map(|(span, _)| span)).collect::<Result<_, _>>()?))
    }

    /// Shows the rows frame by frame, in the order in which they are kept.
    pub(super) fn framed(&self, visit: &mut dyn FnMut(Vec<Row>) -> Result<(), Diagnostic>) -> Result<(), Diagnostic> {
        let mut places = Vec::new();
        for row in self.with_spans() {
            let (span, row) = row?;
            places.push((row.place.map(|place| (place.shard, place.offset)), span));
        }
        places.sort_by(|(one, _), (other, _)| one.cmp(other));
        for frame in places.chunk_by(|(one, _), (other, _)| one == other) {
            visit(frame.iter().map(|(_, span)| self.row(*span)).collect::<Result<_, _>>()?)?;
        }
        Ok(())
    }

    /// So many of them, chosen by the hash of their names.
    pub(crate) fn sample(&self, count: usize) -> Result<Rows, Diagnostic> {
        let mut chosen = Vec::new();
        for row in self.with_spans() {
            let (span, row) = row?;
            chosen.push((sha256(row.world.as_bytes()), span));
        }
        chosen.sort_by(|(one, _), (other, _)| one.cmp(other));
        chosen.truncate(count);
        Ok(self.at(chosen.into_iter().map(|(_, span)| span).collect()))
    }

    /// Leaves all but the first rows out.
    pub(super) fn truncate(&mut self, length: usize) {
        self.spans.truncate(length);
    }

    /// Of the rows of a world the last one, where the first one stood.
    fn latest(self) -> Result<Rows, Diagnostic> {
        let (mut places, mut latest) = (BTreeMap::new(), Vec::new());
        for found in self.with_spans() {
            let (span, row) = found?;
            match places.get(&row.world) {
                Some(place) => latest[*place] = span,
                None => {
                    places.insert(row.world, latest.len());
                    latest.push(span);
                }
            }
        }
        Ok(self.at(latest))
    }

    /// The file in which it stands.
    pub(super) fn path(&self, span: Span) -> &Path {
        &self.files[span.file as usize].0
    }

    /// The row that stands there.
    pub(crate) fn row(&self, span: Span) -> Result<Row, Diagnostic> {
        let line = self.line(span)?;
        parsed(&line, &self.recipe, self.exact).map_err(|why| {
            let begin: String = String::from_utf8_lossy(&line).trim_end().chars().take(60).collect();
            fault::no_row(&self.files[span.file as usize].0, span.at, &begin, &why)
        })
    }

    fn line(&self, span: Span) -> Result<Vec<u8>, Diagnostic> {
        let (path, file) = &self.files[span.file as usize];
        let (mut file, mut line) = (file, vec![0; span.length as usize]);
        let read = file.seek(SeekFrom::Start(span.at)).and_then(|_| file.read_exact(&mut line));
        read.map(|()| line).map_err(|error| unreadable(path, &error))
    }
}

/// Where the lines of a file stand; a torn last one is none.
fn spans(number: u32, mut file: &File) -> io::Result<Vec<Span>> {
    file.seek(SeekFrom::Start(0))?;
    let (mut reader, mut line, mut at, mut spans) = (BufReader::new(file), Vec::new(), 0, Vec::new());
    while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        let length = u32::try_from(line.len()).map_err(|_| io::Error::other("it has a line of more than 4 GB"))?;
        spans.push(Span { file: number, length, at });
        at += u64::from(length);
        line.clear();
    }
    Ok(spans)
}

/// A row of a world of this recipe; if it is to be exact, it says all that this version writes, and nothing else.
fn parsed(line: &[u8], recipe: &str, exact: bool) -> Result<Row, String> {
    let mut written: Json = serde_json::from_slice(line).map_err(|_| "it is no JSON".to_owned())?;
    if !exact {
        Row::complete(&mut written);
    }
    let row: Row = serde_json::from_value(written.clone()).map_err(|error| error.to_string())?;
    if row.recipe != recipe {
        return Err("its world is one of another recipe".to_owned());
    }
    // Half a proof and half a place are read as none, and so is what another version writes.
    let known = serde_json::to_value(&row).expect("names and numbers have a JSON form");
    match row.is_whole() && (!exact || known == written) {
        true => Ok(row),
        false => Err("a column is missing, or it is one of another version".to_owned()),
    }
}

/// Puts a file in its place in one step, once it is whole.
pub(super) fn put(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    put_whole(path, true, |error| unwritable(path, &error), fill)
}

/// A row as its line.
fn line(row: &Row) -> String {
    serde_json::to_string(row).expect("names and numbers have a JSON form") + "\n"
}

/// Adds rows to a shard's file, which one process holds.
pub(crate) struct Pen {
    /// Every line of the file.
    rows: Rows,
    /// Whether lines were cut off as it was taken up.
    pub(super) was_cut: bool,
}

impl Pen {
    /// The rows of a file that may not be there yet, the last of each world, and a pen behind them. A torn last line is cut
    /// off. Anything else that is no row is refused; with `repair` it is cut off with all behind it.
    pub(super) fn take(path: PathBuf, recipe: &str, repair: bool) -> Result<(Rows, Pen), Diagnostic> {
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let file = file.map_err(|error| unwritable(&path, &error))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(fault::in_use(&path));
        }
        mend(&path, &file)?;
        let whole = spans(0, &file).map_err(|error| unreadable(&path, &error))?;
        let rows = Rows { files: Arc::new(vec![(path, file)]), spans: whole, recipe: recipe.into(), exact: true };
        let mut pen = Pen { rows, was_cut: false };
        pen.cut(pen.rows.len())?;
        let bad = pen.rows.iter().enumerate().find_map(|(position, row)| Some((position, row.err()?)));
        match bad {
            Some((_, fault)) if !repair || !fault::is_damage(&fault) => return Err(fault),
            Some((position, _)) => {
                pen.cut(position)?;
                pen.was_cut = true;
            }
            None => {}
        }
        Ok((pen.rows.clone().latest()?, pen))
    }

    /// What was read or written as a row.
    pub(super) fn row(&self, span: Span) -> Result<Row, Diagnostic> {
        self.rows.row(span)
    }

    /// Writes rows behind the others, and says where they stand. What fails leaves nothing behind.
    pub(super) fn write<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) -> Result<Vec<Span>, Diagnostic> {
        let (mut text, mut spans, end) = (String::new(), Vec::new(), end(&self.rows.spans));
        for row in rows {
            let line = line(row);
            spans.push(Span { file: 0, length: line.len() as u32, at: end + text.len() as u64 });
            text.push_str(&line);
        }
        let (path, mut file) = self.file();
        let written = file.seek(SeekFrom::Start(end)).and_then(|_| file.write_all(text.as_bytes()));
        if let Err(error) = written {
            // The first error is the one to tell.
            let _ = file.set_len(end);
            return Err(unwritable(path, &error));
        }
        self.rows.spans.extend(&spans);
        Ok(spans)
    }

    /// Leaves only these rows, which stand in the file, in their order.
    pub(super) fn keep(&mut self, kept: &Rows) -> Result<Rows, Diagnostic> {
        if self.rows.spans.starts_with(&kept.spans) {
            self.cut(kept.len())?;
            return Ok(kept.clone());
        }
        let (path, file) = self.file();
        let aside = aside(path);
        put(&aside, |file| kept.write(file, &aside))?;
        mend(path, file)?;
        self.rows.spans = spans(0, file).map_err(|error| unreadable(path, &error))?;
        Ok(self.rows.clone())
    }

    /// Leaves the file to others, with the rows that stand there in that order.
    pub(super) fn release(self, spans: Vec<Span>) -> Result<Rows, Diagnostic> {
        let Rows { files, recipe, exact, .. } = self.rows;
        let (path, held) = &files[0];
        // The index, which is written next, is to tell of nothing that a loss of power takes away; and some systems let
        // nobody else read what is locked.
        held.sync_data().and_then(|()| held.unlock()).map_err(|error| unwritable(path, &error))?;
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        Ok(Rows { files: Arc::new(vec![(path.clone(), file)]), spans, recipe, exact })
    }

    /// Cuts all but the first lines off.
    fn cut(&mut self, lines: usize) -> Result<(), Diagnostic> {
        self.rows.spans.truncate(lines);
        let (path, file) = self.file();
        file.set_len(end(&self.rows.spans)).map_err(|error| unwritable(path, &error))
    }

    fn file(&self) -> (&PathBuf, &File) {
        let (path, file) = &self.rows.files[0];
        (path, file)
    }
}

/// Where rows stand that are to take the place of those in a file.
fn aside(path: &Path) -> PathBuf {
    path.with_extension("aside")
}

/// Puts the rows that stand aside in their place. Whoever is killed over it leaves them to the next.
fn mend(path: &Path, mut file: &File) -> Result<(), Diagnostic> {
    let aside = aside(path);
    let mut kept = match File::open(&aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        kept => kept.map_err(|error| unreadable(&aside, &error))?,
    };
    let copied =
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| io::copy(&mut kept, &mut file));
    let settled = copied.and_then(|_| file.sync_data()).and_then(|()| fs::remove_file(&aside));
    settled.map_err(|error| unwritable(path, &error))
}

/// Where the next line goes.
fn end(spans: &[Span]) -> u64 {
    spans.last().map_or(0, |last| last.at + u64::from(last.length))
}
