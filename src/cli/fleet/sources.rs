//! The specs of a fleet, each for every member, proven without a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::cli::build::spec_name;
use crate::cli::outcome::{Failure, read_text};
use crate::cli::world;
use crate::fleet::{Member, Source};
use crate::{Files, Spec, Unread, disk};

/// What the recipe says of the specs, and the specs in the same order.
pub(super) fn sources(specs: &[PathBuf], members: Option<&Path>) -> Result<(Vec<Source>, Vec<Arc<Spec>>), Failure> {
    let members = match members {
        None => None,
        Some(path) => Some((path, table(path)?)),
    };
    let (mut names, mut sources, mut checked) = (BTreeSet::new(), Vec::new(), Vec::new());
    for path in specs {
        let (name, spec) = (spec_name(path), Arc::new(world::checked(path)?));
        if !names.insert(name.clone()) {
            return Err(Failure::Wrong(format!(
                "two specs of the fleet are called `{name}`, and so would their worlds"
            )));
        }
        let Some((table, members)) = &members else {
            sources.push(Source::of(name, &spec));
            checked.push(spec);
            continue;
        };
        for member in members {
            let own =
                if member.files.is_empty() { Arc::clone(&spec) } else { Arc::new(with_files(path, table, member)?) };
            sources.push(Source::of(name.clone(), &own).for_member(member).map_err(Failure::Wrong)?);
            checked.push(own);
        }
    }
    Ok((sources, checked))
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
