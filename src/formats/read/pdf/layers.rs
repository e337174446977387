//! The layers of a file, which its reader can switch on and off.

use std::collections::BTreeSet;

use super::file::File;
use super::object::{Dictionary, Object};

/// The layers that are off when the file is opened, by their numbers.
#[derive(Default)]
pub(super) struct Layers {
    off: BTreeSet<u32>,
}

impl Layers {
    pub(super) fn of(file: &File<'_>, catalogue: &Dictionary) -> Layers {
        let Some(all) = file.part(catalogue, b"OCProperties") else { return Layers::default() };
        let usual = file.part(&all, b"D").unwrap_or_default();
        let numbers = |dictionary: &Dictionary, name: &[u8]| -> BTreeSet<u32> {
            let list = file.get(dictionary, name);
            list.items()
                .iter()
                .filter_map(|item| if let Object::Reference(number) = item { Some(*number) } else { None })
                .collect()
        };
        let mut off = numbers(&usual, b"OFF");
        if usual.is(b"BaseState", b"OFF") {
            off.extend(numbers(&all, b"OCGs"));
            let on = numbers(&usual, b"ON");
            off.retain(|number| !on.contains(number));
        }
        Layers { off }
    }

    /// Whether what belongs to a layer, or to several, is not shown.
    pub(super) fn hides(&self, file: &File<'_>, layer: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if let Object::Reference(number) = layer
            && self.off.contains(number)
        {
            return true;
        }
        let Some(group) = file.dictionary(layer).filter(|group| group.is(b"Type", b"OCMD")) else { return false };
        let is_off = |layer: &Object| matches!(layer, Object::Reference(number) if self.off.contains(number));
        let list = file.get(&group, b"OCGs");
        let one = [group.get(b"OCGs").clone()];
        let members = if list.items().is_empty() { &one } else { list.items() };
        match group.get(b"P").name() {
            Some(b"AllOn") => members.iter().any(is_off),
            Some(b"AnyOff") => !members.iter().any(is_off),
            Some(b"AllOff") => !members.iter().all(is_off),
            _ => members.iter().all(is_off),
        }
    }
}
