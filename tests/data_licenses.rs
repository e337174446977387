//! Every list of data under `specs/` has a line in the table of licences with the hash of its bytes, so that no list
//! comes in, or changes, without somebody saying where it is from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

const TABLE: &str = "specs/data/DATA-LICENSES.md";

/// The hash of every list the table names, by its path below `specs/`.
fn stated() -> BTreeMap<String, String> {
    let table = fs::read_to_string(TABLE).expect("the table of licences is part of the repository");
    let lines = table.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            (cells[1].to_string(), cells[4].to_string())
        })
        .collect()
}

/// Adds the data files below `folder` with the hash of their bytes.
fn collect(folder: &Path, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("specs/ can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path
            .extension()
            .is_some_and(|kind| ["csv", "yaml", "json", "jsonl", "z"].iter().any(|data| kind == *data))
        {
            let bytes = fs::read(&path).expect("a data file can be read");
            let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let below =
                path.strip_prefix("specs").expect("the walk began at specs").to_string_lossy().replace('\\', "/");
            into.insert(below, hash);
        }
    }
}

#[test]
fn every_list_says_where_it_comes_from() {
    let mut found = BTreeMap::new();
    collect(Path::new("specs"), &mut found);
    assert_eq!(stated(), found, "{TABLE} must name each data file under specs/ with its SHA-256");
}
