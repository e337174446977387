//! Packed fleets of small worlds.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use super::super::rows::Rows;
use super::super::tests::{PICKY, all};
use super::super::{Folder, Index, Making, Recipe, Seeds, Shard, Source};
use super::files::ShardFiles;
use super::half::{Half, Halves};
use super::{Pack, frames};
use crate::diag::Diagnostic;
use crate::{Settings, Spec};

const PACKED: [Pack; 2] = [Pack::Shard, Pack::Archive];

fn hello() -> Spec {
    crate::check(crate::load(Path::new("specs/hello.world")).expect("it reads")).expect("it is right")
}

/// Thirty worlds: more than the dictionary is made from.
fn made(out: &Path, spec: &Spec, pack: Pack, threads: usize, repair: bool) -> Result<Index, Diagnostic> {
    let seeds = Seeds::Ranges(vec![(1, 30)]);
    let recipe = Recipe::of(vec![Source::of("hello".into(), spec)], seeds, &Settings::default());
    let (recipe, specs) = (recipe.packed(pack), &vec![std::sync::Arc::new(spec.clone())]);
    Making { threads, repair, ..Making::of(&recipe, specs) }.run(out, &|_| ())
}

/// Every file of a fleet by its path.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for part in ["shards", "rows", "."] {
        for entry in fs::read_dir(out.join(part)).expect("the fleet is ours").flatten().filter(|e| e.path().is_file()) {
            let bytes = fs::read(entry.path()).expect("the fleet is ours");
            found.insert(format!("{part}/{}", entry.file_name().to_string_lossy()), bytes);
        }
    }
    found
}

#[test]
fn packed_worlds_come_out_as_they_went_in() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    for pack in PACKED {
        let out = folder.path().join(format!("{pack:?}"));
        let index = made(&out, &spec, pack, 2, false).expect("it is made");
        let fleet = Folder::open(&out).expect("it stands");
        let alone = crate::build(&spec, &Settings::seed(27)).expect("it builds");
        let image = fleet.image(&fleet.row("hello@27").expect("it has a row")).expect("it is there");
        assert_eq!(image.stored_paths(), alone.stored_paths());
        assert_eq!(image.read_text("sealed/facts.json"), alone.read_text("sealed/facts.json"));
        let mut seen = 0;
        fleet
            .each(&index.rows, &mut |_, image| {
                seen += 1;
                image.map(|_| ())
            })
            .expect("all are whole");
        assert_eq!(seen, 30);
        assert!(!out.join("worlds").exists());
    }
}

#[test]
fn what_cannot_be_written_leaves_both_halves_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = Rows::read(Vec::new(), "").expect("there are none");
    let mut files = ShardFiles::behind(folder.path(), Shard::WHOLE, &none).expect("they are new");
    let frames = |text: &str| Halves { open: text.as_bytes().to_vec(), sealed: text.as_bytes().to_vec() };
    files.append(&frames("first")).expect("it is written");
    let full = files.grow(|half, file| match half {
        Half::Open => file.write_all(b"half a world"),
        Half::Sealed => file.write_all(b"less").and(Err(std::io::ErrorKind::StorageFull.into())),
    });
    assert!(full.is_err());
    let place = files.append(&frames("second")).expect("there is room again");
    for half in Half::BOTH {
        assert_eq!(place.of(half), (5, 6));
        let path = super::files::path(folder.path(), "0of1", half, "tar.zst");
        assert_eq!(fs::read(path).expect("it is ours"), b"firstsecond");
    }
}

#[test]
fn a_shard_has_the_same_bytes_whoever_was_faster() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    for pack in PACKED {
        let [one, eight] = [1, 8].map(|threads| {
            let out = folder.path().join(format!("{pack:?}{threads}"));
            made(&out, &spec, pack, threads, false).expect("it is made");
            files(&out)
        });
        assert_eq!(one.keys().collect::<Vec<_>>(), eight.keys().collect::<Vec<_>>());
        assert!(one.iter().all(|(path, bytes)| eight[path] == *bytes), "{pack:?}");
    }
}

#[test]
fn rejected_seeds_change_no_byte_of_a_shard() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("picky.world"), PICKY).expect("written");
    let spec = crate::load(&folder.path().join("picky.world")).and_then(crate::check).expect("it is right");
    let from = (1..).find(|seed| crate::build(&spec, &Settings::seed(*seed)).is_err()).expect("it is picky");
    let seeds = Seeds::Next { from, count: 20 };
    let recipe = Recipe::of(vec![Source::of("picky".into(), &spec)], seeds, &Settings::default());
    let specs = &vec![std::sync::Arc::new(spec)];
    for pack in PACKED {
        let recipe = recipe.clone().packed(pack);
        let made = |out: &Path, threads| {
            let making = Making { threads, ..Making::of(&recipe, specs) };
            making.run(out, &|_| ()).expect("it is made");
            files(out)
        };
        let [one, other] = [1, 3].map(|threads| folder.path().join(format!("{pack:?}{threads}")));
        let whole = made(&one, 1);
        assert!(made(&other, 3) == whole, "{pack:?}");
        // Torn behind the first row, which is a rejected seed's: as if nothing was there.
        let rows = fs::read_to_string(other.join("rows/0of1.jsonl")).expect("rows");
        let (first, _) = rows.split_once('\n').expect("rows");
        assert!(first.contains("rejected"), "{first}");
        fs::write(other.join("rows/0of1.jsonl"), format!("{first}\n{{")).expect("written");
        assert!(made(&other, 2) == whole, "{pack:?}");
    }
}

#[test]
fn what_a_kill_left_of_a_shard_is_taken_up() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    for pack in PACKED {
        let out = folder.path().join(format!("{pack:?}"));
        made(&out, &spec, pack, 2, false).expect("it is made");
        let whole = files(&out);
        // A torn row, behind frames that no row tells of.
        let rows = out.join("rows/0of1.jsonl");
        let text = fs::read_to_string(&rows).expect("rows");
        let cut = text.match_indices('\n').nth(24).expect("thirty rows").0;
        fs::write(&rows, &text[..cut + 40]).expect("written");
        made(&out, &spec, pack, 2, false).expect("it goes on");
        assert!(files(&out) == whole, "{pack:?}");
        // Before any row was written.
        fs::write(&rows, "").expect("written");
        made(&out, &spec, pack, 2, false).expect("it goes on");
        assert!(files(&out) == whole, "{pack:?}");
    }
}

#[test]
fn a_damaged_shard_is_refused_and_made_again_when_asked() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    for pack in PACKED {
        let out = folder.path().join(format!("{pack:?}"));
        let index = made(&out, &spec, pack, 2, false).expect("it is made");
        let whole = files(&out);
        for (half, ending, world) in [
            (Half::Open, "tar.zst", if pack == Pack::Shard { "hello@20" } else { "hello@1" }),
            (Half::Sealed, "tar.zst", if pack == Pack::Shard { "hello@20" } else { "hello@1" }),
            (Half::Open, "dict.zst", "hello@1"),
        ] {
            let path = super::files::path(&out, "0of1", half, ending);
            let Ok(mut bytes) = fs::read(&path) else { continue };
            let place = all(&index)[19].place.as_ref().expect("it was packed").of(half);
            let at = if ending == "dict.zst" { bytes.len() / 2 } else { (place.0 + place.1 / 2) as usize };
            bytes[at] ^= 0x55;
            fs::write(&path, bytes).expect("written");
            let fault = made(&out, &spec, pack, 2, false).expect_err("it is damaged");
            assert_eq!(fault.code, "E0616");
            let named = fault.message.contains(&format!("{world}:")) || pack == Pack::Archive;
            assert!(named, "{pack:?} {half:?} {ending}: {}", fault.message);
            let fleet = Folder::open(&out).expect("it stands");
            assert!(fleet.each(&index.rows, &mut |_, image| image.map(|_| ())).is_err());
            made(&out, &spec, pack, 2, true).expect("it is made again");
            assert!(files(&out) == whole, "{pack:?} {half:?} {ending}");
        }
    }
}

#[test]
fn rows_that_tell_of_more_than_there_is_are_refused() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let out = folder.path().join("f");
    made(&out, &spec, Pack::Shard, 2, false).expect("it is made");
    let rows = fs::read_to_string(out.join("rows/0of1.jsonl")).expect("rows");
    let last = rows.lines().last().expect("thirty rows");
    let place = last.find(",\"shard\"").expect("it was packed");
    for (told, code) in [
        (format!("{}}}", &last[..place]), "E0613"),
        (last.replace("\"length\":", "\"length\":18446744073709"), "E0613"),
        (last.replace("\"offset\":", "\"offset\":9999999999"), "E0616"),
        (last.replace("\"offset\":", "\"offset\":-"), "E0613"),
    ] {
        fs::write(out.join("rows/0of1.jsonl"), rows.replace(last, &told)).expect("written");
        let fault = made(&out, &spec, Pack::Shard, 2, false).expect_err(&told);
        assert_eq!(fault.code, code, "{}", fault.message);
    }
}

#[test]
fn open_files_hold_nothing_sealed() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    for pack in PACKED {
        let out = folder.path().join(format!("{pack:?}"));
        let index = made(&out, &spec, pack, 2, false).expect("it is made");
        let mut paths = BTreeMap::from([("open", Vec::new()), ("sealed", Vec::new())]);
        for half in Half::BOTH {
            let dictionary = super::files::dictionary(&out, "0of1", half).expect("it is whole");
            let bytes = fs::read(super::files::path(&out, "0of1", half, "tar.zst")).expect("the shard is there");
            let (mut tar, mut rest) = (Vec::new(), &bytes[..]);
            let mut ends: Vec<u64> =
                all(&index).iter().filter_map(|row| row.place.as_ref()).map(|place| place.of(half).1).collect();
            if pack == Pack::Archive {
                ends.truncate(1);
            }
            ends.push(bytes.len() as u64);
            for length in ends {
                let (frame, next) = rest.split_at(rest.len().min(length as usize));
                frames::unframed(frame, &dictionary).expect("a frame").read_to_end(&mut tar).expect("it is whole");
                rest = next;
            }
            // All frames behind each other are one tar, as `zstd -d -D` writes it.
            for entry in tar::Archive::new(&tar[..]).entries().expect("a tar") {
                let entry = entry.expect("an entry");
                if entry.header().entry_type().is_file() {
                    let path = entry.path().expect("a name").to_string_lossy().into_owned();
                    paths.get_mut(half.name()).expect("both are there").push(path);
                }
            }
        }
        let seen = |path: &String| {
            path.split_once('/').is_some_and(|(_, path)| path.starts_with("disk/") || path.starts_with("mail/"))
        };
        assert!(paths["open"].len() > 100 && paths["open"].iter().all(seen));
        assert!(!paths["sealed"].iter().any(seen));
        // The seed makes everything, so that no name tells it.
        assert!(!paths["open"].iter().any(|path| path.contains("hello@")), "{:?}", paths["open"][0]);
    }
}
