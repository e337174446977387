//! For the tests of people who write worlds: a world as one text, to be compared and reviewed like code.

#[doc(hidden)]
pub mod documents;
#[doc(hidden)]
pub mod openings;
#[doc(hidden)]
pub mod reading;

use std::collections::BTreeMap;

use crate::image::{self, Image};

/// The golden text of a world: its tree with every hash, its facts, its calendar, and one file of each kind as text. A
/// world that changed shows where, in lines a person can read.
///
/// An image that is damaged shows as what is wrong with it, which equals no accepted text.
///
/// ```no_run
/// # fn image() -> worldc::Image { unimplemented!() }
/// let text: String = worldc::testing::snapshot(&image());
/// // insta::assert_snapshot!(text);
/// ```
pub fn snapshot(image: &Image) -> String {
    texts(image).iter().map(|(name, text)| format!("── {name}\n{}\n\n", text.trim_end())).collect()
}

/// The same as one text for each of its parts, by file name: `tree.txt`, `facts.yaml`, `calendar.txt` and renderings.
pub fn texts(image: &Image) -> BTreeMap<String, String> {
    image::snapshot(image).unwrap_or_else(|finding| {
        BTreeMap::from([("damaged.txt".to_owned(), format!("{}: {}\n", finding.code, finding.message))])
    })
}
