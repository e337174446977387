//! The specs of a fleet, each for every member, proven without a seed.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::Value as Json;

use crate::cli::build::spec_name;
use crate::cli::outcome::{Failure, read_text};
use crate::cli::world;
use crate::fleet::fault::changed;
use crate::fleet::{Member, Source, Specs, of_the_seed};
use crate::{Diagnostic, Files, Settings, Spec, Unread, disk};

/// So many specs of members who bring files are kept beside those that are being made: the worlds of one stand together.
const RECENT: usize = 4;

/// What the recipe says of the specs, each of which was proven. Those of members who bring files are read again when their
/// worlds are made: there may be many, and one takes megabytes.
pub(super) struct Checked {
    pub(super) sources: Vec<Source>,
    specs: Vec<Kept>,
    recent: Mutex<VecDeque<(usize, Arc<Cell>)>>,
}

/// Where a spec is made from.
enum Kept {
    Here(Arc<Spec>),
    With { spec: Arc<PathBuf>, table: Arc<PathBuf>, member: Member },
}

/// A spec that is read once, by whoever comes first.
type Cell = OnceLock<Result<Arc<Spec>, Diagnostic>>;

impl Checked {
    /// Reads and proves all, at the knobs of the fleet.
    pub(super) fn of(
        specs: &[PathBuf],
        members: Option<&Path>,
        set: &BTreeMap<String, String>,
    ) -> Result<Checked, Failure> {
        let members = match members {
            None => None,
            Some(path) => Some((Arc::new(path.to_owned()), table(path)?)),
        };
        let mut names = BTreeMap::new();
        let mut checked = Checked { sources: Vec::new(), specs: Vec::new(), recent: Mutex::default() };
        for path in specs {
            let (name, spec) = (spec_name(path), Arc::new(world::checked(path)?));
            if let Some(other) = names.insert(name.to_lowercase(), name.clone()) {
                return Err(Failure::Wrong(format!(
                    "two specs of the fleet are called `{other}` and `{name}`, and so would their worlds, which not every \
                     system could tell apart"
                )));
            }
            let Some((table, members)) = &members else {
                checked.add(Source::of(name, &spec), &spec, set, Kept::Here(Arc::clone(&spec)))?;
                continue;
            };
            let path = Arc::new(path.clone());
            for member in members {
                let (own, kept) = match member.files.is_empty() {
                    true => (Arc::clone(&spec), Kept::Here(Arc::clone(&spec))),
                    false => {
                        let (spec, table) = (Arc::clone(&path), Arc::clone(table));
                        let own = Arc::new(with_files(&spec, &table, member)?);
                        (own, Kept::With { spec, table, member: member.clone() })
                    }
                };
                let source = Source::of(name.clone(), &own).for_member(member).map_err(Failure::Wrong)?;
                checked.add(source, &own, set, kept)?;
            }
        }
        Ok(checked)
    }

    fn add(&mut self, source: Source, spec: &Spec, set: &BTreeMap<String, String>, kept: Kept) -> Result<(), Failure> {
        // No seed can help a knob that is not there.
        spec.expect_knobs(&Settings { set: source.knobs(set).into_iter().collect(), ..Settings::default() })?;
        self.sources.push(source);
        self.specs.push(kept);
        Ok(())
    }

    /// The spec of a source as it was when the fleet was begun.
    fn again(&self, at: usize, spec: &Path, table: &Path, member: &Member) -> Result<Arc<Spec>, Diagnostic> {
        let source = &self.sources[at];
        match with_files(spec, table, member) {
            Ok(spec) if source.is_of(&spec) => Ok(Arc::new(spec)),
            Err(Failure::Temporary(sentence)) => Err(Diagnostic::global("E0609", sentence)),
            Err(Failure::Findings(findings)) => {
                Err(of_the_seed(findings).err().unwrap_or_else(|| changed(&source.title())))
            }
            _ => Err(changed(&source.title())),
        }
    }
}

impl Specs for Checked {
    fn get(&self, at: usize) -> Result<Arc<Spec>, Diagnostic> {
        let (spec, table, member) = match &self.specs[at] {
            Kept::Here(spec) => return Ok(Arc::clone(spec)),
            Kept::With { spec, table, member } => (spec, table, member),
        };
        let cell = {
            let mut recent = self.recent.lock().expect("nobody panics over a list");
            match recent.iter().find(|(other, _)| *other == at) {
                Some((_, cell)) => Arc::clone(cell),
                None => {
                    recent.truncate(RECENT - 1);
                    recent.push_front((at, Arc::default()));
                    Arc::clone(&recent[0].1)
                }
            }
        };
        cell.get_or_init(|| self.again(at, spec, table, member)).clone()
    }
}

fn table(path: &Path) -> Result<Vec<Member>, Failure> {
    let by_lines = path.extension().is_some_and(|ending| ending == "jsonl");
    let wrong = |why| Failure::Wrong(format!("`{}` is no table of members: {why}", path.display()));
    Member::table(&read_text(path)?, by_lines).map_err(wrong)
}

/// The spec as it is with a member's files in the place of its own.
fn with_files(spec: &Path, table: &Path, member: &Member) -> Result<Spec, Failure> {
    let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    let mut instead = BTreeMap::new();
    for (path, file) in &member.files {
        let bytes = match file {
            Json::String(name) => read_text(&folder(table).join(name))?.into_bytes(),
            content => content.to_string().into_bytes(),
        };
        instead.insert(path.clone(), bytes);
    }
    let beside = folder(spec);
    let beside = if beside.as_os_str().is_empty() { PathBuf::from(".") } else { beside };
    let files = Overlaid { folder: disk::Folder::new(beside), instead };
    let spec = crate::load_from(&spec.to_string_lossy(), &files).and_then(crate::check)?;
    let read = |path: &String| spec.inputs().iter().any(|(input, _)| input == path);
    match member.files.keys().find(|path| !read(path)) {
        Some(path) => Err(Failure::Wrong(format!("`{}` brings a `{path}`, which the spec does not read", member.name))),
        None => Ok(spec),
    }
}

/// A folder in which some files are other ones.
struct Overlaid {
    folder: disk::Folder,
    instead: BTreeMap<String, Vec<u8>>,
}

impl Files for Overlaid {
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        self.instead.get(path).map_or_else(|| self.folder.read(path), |bytes| Ok(bytes.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SPEC: &str = r#"worldspec 1
world notes "Notes" { owner = ada  os = "linux"  month = 2026-03  company = "Notes" }
persona ada { role = "Analyst"  name = "Ada Byron" }
table sheets { from = load("sheets.csv") }
template note { body = "{{ sum(sheets.count) }} sheets" }
file "Documents/note.txt" { from = note  saved = 2026-02-03 }
"#;

    #[test]
    fn of_many_members_who_bring_files_few_specs_are_in_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("the folder is ours");
            path
        };
        let (spec, mut table) = (put("notes.world", SPEC), String::new());
        put("sheets.csv", "sheet,count\na,1\n");
        for number in 0..RECENT * 3 {
            put(&format!("{number}.csv"), &format!("sheet,count\na,{number}\n"));
            table += &format!("- name: m{number}\n  files: {{ sheets.csv: {number}.csv }}\n");
        }
        let members = put("members.yaml", &table);
        let checked =
            Checked::of(&[spec], Some(&members), &BTreeMap::new()).unwrap_or_else(|fault| panic!("{fault:?}"));
        for at in 0..RECENT * 3 {
            let (one, other) = (checked.get(at).expect("it is right"), checked.get(at).expect("it is right"));
            assert!(Arc::ptr_eq(&one, &other), "it is read once while it is in use");
            assert!(checked.sources[at].is_of(&one), "each has her own");
        }
        assert_eq!(checked.recent.lock().expect("nobody panicked").len(), RECENT);
        // What changed meanwhile is not built into another fleet.
        put("0.csv", "sheet,count\na,9\n");
        assert_eq!(checked.get(0).map(drop).expect_err("another file").code, "E0612");
    }
}
