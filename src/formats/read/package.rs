//! Office packages: an archive whose parts point at each other through relations.

use std::collections::BTreeMap;

use super::Unreadable;
use super::xml::{Element, Node, tree};
use super::zip::Archive;

/// An office file.
pub(in crate::formats) struct Package<'a> {
    pub(in crate::formats) archive: Archive<'a>,
}

/// The relations of one part by their identifier.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Relations(BTreeMap<String, Relation>);

/// Where a relation leads.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Relation {
    /// The last word of its type: `slide`, `image`, `comments`.
    pub(in crate::formats) kind: String,
    /// The name of a part, without a leading slash; an address if it is `outside`.
    pub(in crate::formats) target: String,
    pub(in crate::formats) outside: bool,
}

impl<'a> Package<'a> {
    pub(in crate::formats) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unreadable> {
        Ok(Package { archive: Archive::open(bytes)? })
    }

    /// The part with the document itself, whatever its program calls it; `usual` if no relation leads there.
    pub(in crate::formats) fn main_part(&self, usual: &str) -> Result<String, Unreadable> {
        let relations = self.relations("")?;
        let main = relations.0.values().find(|relation| relation.kind == "officeDocument" && !relation.outside);
        Ok(main.map_or_else(|| usual.to_owned(), |relation| relation.target.clone()))
    }

    /// The text of a part; none if the package has no such part.
    pub(in crate::formats) fn text(&self, part: &str) -> Result<Option<String>, Unreadable> {
        self.archive.text(part)
    }

    /// The relations of a part; of the package itself for "".
    pub(in crate::formats) fn relations(&self, part: &str) -> Result<Relations, Unreadable> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Relations::default());
        };
        let document = tree(&text)?;
        let relations = document.root_element().all("Relationship").filter_map(|node| relation(node, folder));
        Ok(Relations(relations.collect()))
    }
}

impl Relations {
    pub(in crate::formats) fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The part a relation leads to.
    pub(in crate::formats) fn part(&self, id: &str) -> Option<&str> {
        self.get(id).filter(|relation| !relation.outside).map(|relation| relation.target.as_str())
    }

    /// The parts of one kind, in the order of their identifiers.
    pub(in crate::formats) fn parts<'k>(&'k self, kind: &'k str) -> impl Iterator<Item = &'k str> {
        let inside = self.0.values().filter(move |relation| relation.kind == kind && !relation.outside);
        inside.map(|relation| relation.target.as_str())
    }

    /// The address that a link leads to.
    pub(in crate::formats) fn address(&self, id: &str) -> Option<&str> {
        self.get(id).map(|relation| relation.target.as_str())
    }
}

fn relation(node: Node<'_>, folder: &str) -> Option<(String, Relation)> {
    let (id, kind, target) = (node.get("Id")?, node.get("Type")?, node.get("Target")?);
    let outside = node.get("TargetMode") == Some("External");
    let target = if outside { target.to_owned() } else { resolved(folder, target) };
    let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
    Some((id.to_owned(), Relation { kind, target, outside }))
}

/// The name of the part that `target` means from within `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
