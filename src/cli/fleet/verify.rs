//! `worldc fleet verify`: whether a fleet is what it says, and with its specs whether they make it again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::answers::Verified;
use super::few;
use super::sources::Checked;
use crate::cli::choices::salt;
use crate::cli::outcome::{Done, Failure};
use crate::cli::terminal::Terminal;
use crate::fleet::{Folder, Index, Recipe, Row, Rows, Source, Specs, of_the_seed};
use crate::{Diagnostic, Diagnostics};

/// So many of the fleet's specs and members are named where another one was asked for.
const SHOWN: usize = 5;

/// What is built again and compared.
pub(super) struct Again<'a> {
    pub(super) specs: &'a [PathBuf],
    pub(super) members: Option<&'a Path>,
    pub(super) salt: Option<&'a Path>,
}

/// Looks whether all that the fleet says of its worlds is so, and nothing stands beside them.
pub(super) fn verify(
    terminal: &Terminal,
    fleet: &Path,
    sample: Option<usize>,
    again: &Again<'_>,
    in_json: bool,
) -> Result<Done, Failure> {
    let folder = Folder::open(fleet)?;
    let rebuilding = rebuilding(&folder, again)?;
    let index = Index::read(&folder)?;
    index.expect_its_files(&folder)?;
    let rows = match sample {
        Some(count) => index.sample(count, |_| true)?,
        None => index.built(|_| true)?,
    };
    let rejected = match (&rebuilding, sample) {
        (None, _) => None,
        (Some(_), Some(count)) => Some(index.rejected()?.sample(count)?),
        (Some(_), None) => Some(index.rejected()?),
    };
    let progress = terminal.progress((rows.len() + rejected.as_ref().map_or(0, Rows::len)) as u64, "worlds");
    let (mut rebuilt, mut other, mut damaged) = (0, Vec::new(), Vec::new());
    let mut compare = |row: Row| {
        progress.step();
        let same = rebuilding.as_ref().map_or(Ok(None), |again| again.comes_again(&folder.recipe, &row))?;
        rebuilt += usize::from(same.is_some());
        if same == Some(false) {
            other.push(row.world);
        }
        Ok::<(), Diagnostic>(())
    };
    folder.each(&rows, &mut |row, image| {
        damaged.extend(image.err());
        compare(row)
    })?;
    rejected.iter().flat_map(Rows::iter).try_for_each(|row| compare(row?))?;
    drop(progress);
    if !damaged.is_empty() {
        return Err(Diagnostics { list: few(damaged), ..Diagnostics::default() }.into());
    }
    folder.expect_nothing_else(&index.rows)?;
    let foreign = folder.foreign(&index)?;
    let answer = Verified { whole: rows.len(), rebuilt, other, foreign, fleet_root: index.root()? };
    Ok(Done::told(answer.other.is_empty() && answer.foreign.is_empty(), in_json, &answer))
}

/// The specs of which worlds are built again, and their salt.
struct Rebuilding {
    specs: Checked,
    /// Where each stands among them, by what its worlds are called.
    titles: BTreeMap<String, usize>,
    salt: Option<Vec<u8>>,
}

impl Rebuilding {
    /// Whether a seed comes to what its row says, by its root or by why it was rejected; none of another spec.
    fn comes_again(&self, recipe: &Recipe, row: &Row) -> Result<Option<bool>, Diagnostic> {
        let found = recipe.found(&row.world);
        let found = found.and_then(|(source, seed)| Some((source, seed, *self.titles.get(&source.title())?)));
        let Some((source, seed, at)) = found else { return Ok(None) };
        let settings = recipe.settings(source, seed, self.salt.as_deref());
        Ok(Some(match crate::build(&*self.specs.get(at)?, &settings) {
            Ok(image) => row.root() == Some(image.root()),
            Err(findings) => *row == Row::rejected(recipe, source, seed, &of_the_seed(findings)?),
        }))
    }
}

/// What is to be built again, if it is of this fleet and this compiler.
fn rebuilding(folder: &Folder, again: &Again<'_>) -> Result<Option<Rebuilding>, Failure> {
    if again.specs.is_empty() {
        return Ok(None);
    }
    folder.expect_this_compiler()?;
    let salt = again.salt.map(salt).transpose()?;
    if !folder.recipe.is_salted_with(salt.as_deref()) {
        let why = match (folder.recipe.salted, &salt) {
            (true, None) => "the fleet is salted: give its salt with --salt-file, or no --spec",
            (true, Some(_)) => "the fleet has another salt",
            (false, _) => "the fleet has no salt",
        };
        return Err(Failure::Wrong(why.into()));
    }
    let specs = Checked::of(again.specs, again.members, &folder.recipe.knobs)?;
    let titles: BTreeMap<String, usize> = specs.sources.iter().map(Source::title).zip(0..).collect();
    let known: BTreeSet<String> = folder.recipe.specs.iter().map(Source::title).collect();
    if let Some(other) = titles.keys().find(|title| !known.contains(*title)) {
        let of = if known.len() > SHOWN { " such as" } else { "" };
        let shown = known.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let members = if again.members.is_none() && known.iter().any(|title| title.contains('+')) {
            "; give its members with --members"
        } else {
            ""
        };
        return Err(Failure::Wrong(format!(
            "the fleet has no worlds of `{other}`; it has specs and members{of} {shown}{members}"
        )));
    }
    Ok(Some(Rebuilding { specs, titles, salt }))
}
