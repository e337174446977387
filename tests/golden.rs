//! What the worlds of `specs/` are, as text under `golden/`: every byte is pinned by its hash, the rest is for reading.
//!
//! A change that is meant to move a world is accepted with `INSTA_UPDATE=always cargo test --test golden` and reviewed
//! as a difference of text in the commit that moves it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use worldc::{Settings, build, check, load};

/// Compares one world, text by text, and finds texts that nothing makes any more.
fn golden(spec: &str, seed: u64) {
    let loaded = load(&Path::new("specs").join(format!("{spec}.world")));
    let image = loaded.and_then(check).and_then(|spec| build(&spec, &Settings::seed(seed)));
    let image = image.unwrap_or_else(|findings| panic!("{spec}@{seed}:\n{findings}"));
    let texts = worldc::testing::texts(&image);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{spec}@{seed}"));
    for (name, text) in &texts {
        insta::with_settings!({
            snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true,
        }, {
            insta::assert_snapshot!(name.as_str(), text);
        });
    }
    let made: BTreeSet<String> = texts.keys().map(|name| format!("{name}.snap")).collect();
    let stale: Vec<String> = names(&folder).into_iter().filter(|name| !made.contains(name)).collect();
    assert!(stale.is_empty(), "nothing makes these any more; delete them from {}: {stale:?}", folder.display());
}

/// What stands in a folder, apart from what insta has not been told to accept.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.ends_with(".new")).collect()
}

#[test]
fn site_manager() {
    golden("site_manager", 7);
}

#[test]
fn hello() {
    golden("hello", 1);
    golden("hello", 7);
}

#[test]
fn fpa_march() {
    golden("fpa_march", 1);
    golden("fpa_march", 7);
}
