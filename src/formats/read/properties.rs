//! What an office file says about itself: title, author and the like.

use super::package::Package;
use super::xml::{Element, tree};
use super::{Line, Role, Unreadable};
use crate::document::Place;

/// Part, element and the name of the property it holds.
const KNOWN: [(&str, &[(&str, &str)]); 2] = [
    (
        "docProps/core.xml",
        &[
            ("title", "title"),
            ("creator", "author"),
            ("subject", "subject"),
            ("keywords", "keywords"),
            ("description", "description"),
            ("category", "category"),
            ("lastModifiedBy", "changed by"),
            ("created", "created"),
            ("modified", "changed"),
        ],
    ),
    ("docProps/app.xml", &[("Company", "company")]),
];

/// The properties of a package that are set.
pub(super) fn properties(package: &Package) -> Result<Vec<Line>, Unreadable> {
    let mut lines = Vec::new();
    for (part, names) in KNOWN {
        let Some(text) = package.text(part)? else { continue };
        let document = tree(&text)?;
        let root = document.root_element();
        for (element, name) in names {
            let value = root.child(element).and_then(|node| node.text()).filter(|value| !value.trim().is_empty());
            lines.extend(value.map(|value| Line::new(Place::Property((*name).to_owned()), Role::Property, value)));
        }
    }
    Ok(lines)
}
