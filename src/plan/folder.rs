//! Folders that hold nothing: those every home has, and those the spec declares and leaves empty [X8].

use std::collections::BTreeSet;

use crate::eval::Outcome;
use crate::forms::Kind;
use crate::plan::types::Standing;
use crate::plan::{Planner, path};
use crate::resolve::program::Declaration;
use crate::value::Item;

/// Folders that always exist in a home.
const HOME: [&str; 4] = ["Desktop", "Documents", "Downloads", "Pictures"];

impl Planner<'_> {
    /// Finds the folders that no file stands in. Called again once noise has added files.
    pub(super) fn plan_folders(&mut self) -> Outcome<()> {
        let mut folders: BTreeSet<String> = HOME.iter().map(|name| path::storage(name, &self.plan.world)).collect();
        for (declaration, item) in self.items_of(Kind::Folder)? {
            if let Some(folder) = self.folder_path(declaration, item)? {
                folders.insert(folder);
            }
        }
        self.declared_folders = folders;
        Ok(())
    }

    fn folder_path(&self, declaration: &Declaration, item: Item) -> Outcome<Option<String>> {
        let mut whole = String::new();
        let mut chain: Vec<&Declaration> = self.eval.program.lineage(declaration).collect();
        if chain.iter().any(|block| block.kind == Kind::Change) {
            return Ok(None);
        }
        chain.reverse();
        for block in chain {
            if let (Kind::Folder, Some(label)) = (block.kind, &block.label) {
                let part = self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?.text;
                whole = path::join(&whole, &part);
            }
        }
        Ok(Some(path::storage(&whole, &self.plan.world)))
    }

    /// Keeps the folders in which nothing stands.
    pub(super) fn keep_empty_folders(&mut self) {
        let on_disk: Vec<&str> = self
            .plan
            .documents
            .iter()
            .filter(|document| document.stands == Standing::Disk)
            .map(|document| document.path.as_str())
            .collect();
        let folders = std::mem::take(&mut self.declared_folders);
        let holds = |folder: &str, path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let inner = |folder: &String| {
            on_disk.iter().any(|path| holds(folder, path)) || folders.iter().any(|other| holds(folder, other))
        };
        self.plan.empty_folders = folders.iter().filter(|folder| !inner(folder)).cloned().collect();
    }
}
