//! Fleets of small worlds in folders of their own.

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use super::{Folder, Index, Making, Pack, Prove, Recipe, Row, Seeds, Shard, Source, Status};
use crate::diag::Diagnostic;
use crate::{Settings, Spec};

/// A world that two seeds of three refuse.
pub(super) const PICKY: &str = include_str!("../../tests/fleet/picky.world");

fn hello() -> Spec {
    crate::check(crate::load(Path::new("specs/hello.world")).expect("it reads")).expect("it is right")
}

fn recipe(spec: &Spec, seeds: Seeds) -> Recipe {
    Recipe::of(vec![Source::of("hello".into(), spec)], seeds, &Settings::default())
}

/// The rows in memory, to be compared.
pub(super) fn all(index: &Index) -> Vec<Row> {
    index.rows.iter().collect::<Result<_, _>>().expect("every row is whole")
}

fn make(out: &Path, spec: &Spec, seeds: Seeds, shard: Shard) -> Result<Index, Diagnostic> {
    prove(out, spec, seeds, shard, Prove::Static)
}

fn prove(out: &Path, spec: &Spec, seeds: Seeds, shard: Shard, prove: Prove) -> Result<Index, Diagnostic> {
    let recipe = recipe(spec, seeds);
    let specs = &vec![std::sync::Arc::new(spec.clone())];
    Making { shard, prove, threads: 2, ..Making::of(&recipe, specs) }.run(out, &|_| ())
}

fn six() -> Seeds {
    Seeds::Ranges(vec![(1, 4), (9, 10)])
}

#[test]
fn a_fleet_has_the_worlds_that_single_builds_make() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let index = make(&folder.path().join("f"), &spec, six(), Shard::WHOLE).expect("it is made");
    let seeds: Vec<u64> = all(&index).iter().map(|row| row.seed).collect();
    assert_eq!(seeds, [1, 2, 3, 4, 9, 10]);
    for row in all(&index) {
        let alone = crate::build(&spec, &Settings::seed(row.seed)).expect("it builds");
        assert_eq!(row.root(), Some(alone.root()));
    }
    assert_eq!(index.stats().expect("they are whole").tasks, 1, "seeds of one spec are one task");
}

#[test]
fn shards_come_together_as_the_whole() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let (whole, parts) = (folder.path().join("whole"), folder.path().join("parts"));
    let whole = make(&whole, &spec, six(), Shard::WHOLE).expect("it is made");
    for index in [2, 0] {
        make(&parts, &spec, six(), Shard { index, of: 3 }).expect("it is made");
    }
    let fleet = Folder::open(&parts).expect("it stands");
    let early = Index::merged(&fleet).expect_err("a shard is missing");
    assert!(early.message.contains("2 worlds are missing, first hello@2"), "{}", early.message);
    make(&parts, &spec, six(), Shard { index: 1, of: 3 }).expect("it is made");
    let merged = Index::merged(&fleet).expect("all are there");
    assert_eq!((merged.root(), all(&merged)), (whole.root(), all(&whole)));
}

#[test]
fn what_a_kill_left_is_taken_up() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let out = folder.path().join("f");
    let whole = all(&make(&out, &spec, six(), Shard::WHOLE).expect("it is made"));
    let rows = out.join("rows/0of1.jsonl");
    let text = fs::read_to_string(&rows).expect("rows");
    // Torn in the third row, with a world half written, one damaged and one gone.
    let third = text.match_indices('\n').nth(1).expect("six rows").0;
    fs::write(&rows, &text[..third + 40]).expect("written");
    fs::create_dir_all(out.join("worlds/.hello@9.partial/disk")).expect("made");
    fs::write(out.join("worlds/hello@1/sealed/facts.json"), "[]").expect("written");
    fs::remove_dir_all(out.join("worlds/hello@10")).expect("removed");
    let again = make(&out, &spec, six(), Shard::WHOLE).expect("it is made");
    assert_eq!(all(&again), whole);
    let fleet = Folder::open(&out).expect("it stands");
    assert!(all(&again).iter().all(|row| fleet.image(row).is_ok()));
    assert!(!out.join("worlds/.hello@9.partial").exists());
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let out = folder.path().join("f");
    make(&out, &spec, Seeds::Ranges(vec![(1, 1)]), Shard::WHOLE).expect("it is made");
    let other = make(&out, &spec, Seeds::Ranges(vec![(1, 2)]), Shard::WHOLE).expect_err("another recipe");
    assert_eq!(other.code, "E0612");
    let foreign = make(folder.path(), &spec, six(), Shard::WHOLE).expect_err("no fleet");
    assert_eq!(foreign.code, "E0611");
    assert!(!folder.path().join("fleet.json").exists());
}

#[test]
fn the_next_seeds_are_the_first_that_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("picky.world"), PICKY).expect("written");
    let spec = crate::load(&folder.path().join("picky.world")).and_then(crate::check);
    let spec = spec.unwrap_or_else(|findings| panic!("{findings}"));
    let index = make(&folder.path().join("f"), &spec, Seeds::Next { from: 5, count: 3 }, Shard::WHOLE).expect("made");
    let passes = |seed: u64| crate::build(&spec, &Settings::seed(seed)).is_ok();
    let expected: Vec<u64> = (5..).filter(|seed| passes(*seed)).take(3).collect();
    assert_eq!(
        all(&index).iter().filter(|row| row.status == Status::Built).map(|row| row.seed).collect::<Vec<_>>(),
        expected
    );
    let rows = all(&index);
    let rejected = rows.iter().find(|row| row.status == Status::Rejected);
    assert_eq!(rejected.and_then(|row| row.code.as_deref()), Some("E0511"));
}

#[test]
fn a_larger_sample_contains_a_smaller_one() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let index = make(&folder.path().join("f"), &spec, six(), Shard::WHOLE).expect("it is made");
    let names = |count| {
        let sample = index.sample(count, |_| true).expect("they are whole");
        sample.iter().map(|row| row.expect("it is whole").world).collect::<Vec<_>>()
    };
    assert_eq!(names(5)[..2], names(2));
    assert_eq!(names(99).len(), 6);
}

#[test]
fn shards_count_from_nought() {
    assert_eq!("7/8".parse(), Ok(Shard { index: 7, of: 8 }));
    for wrong in ["8/8", "1", "0/0", "-1/2", "a/b"] {
        assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
    }
}

#[test]
fn another_compilers_fleet_is_named_and_left_alone() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let out = folder.path().join("f");
    make(&out, &spec, Seeds::Ranges(vec![(1, 1)]), Shard::WHOLE).expect("it is made");
    let recipe = fs::read_to_string(out.join("fleet.json")).expect("a recipe");
    let other = recipe.replace(env!("CARGO_PKG_VERSION"), "0.0.7");
    fs::write(out.join("fleet.json"), &other).expect("written");
    let refused = make(&out, &spec, Seeds::Ranges(vec![(1, 1)]), Shard::WHOLE).expect_err("another compiler's");
    assert_eq!(refused.code, "E0619");
    assert!(refused.message.contains("0.0.7"), "{}", refused.message);
    // What it wrote otherwise is no damage, and can be compared all the same.
    let name = |text: &str| serde_json::from_str::<Recipe>(text).expect("a recipe").name().to_owned();
    let (ours, theirs) = (fs::read_to_string(out.join("worlds.jsonl")).expect("an index"), out.join("worlds.jsonl"));
    let fewer = ours.replace(&name(&recipe), &name(&other)).replace("\"decoys\":0,", "");
    assert_ne!(fewer.len(), ours.len(), "a column is missing");
    for file in [theirs.clone(), out.join("rows/0of1.jsonl")] {
        fs::write(file, &fewer).expect("written");
    }
    let open = || Folder::open(&out).expect("it stands");
    assert_eq!(Index::read(&open()).map(drop).expect_err("another version's").code, "E0619");
    assert_eq!(Index::merged(&open()).map(drop).expect_err("another version's").code, "E0619");
    assert_eq!(open().row("hello@1").map(drop).expect_err("another version's").code, "E0619");
    let any = Folder::open_any_version(&out).expect("it stands");
    let compared = Index::read(&any).expect("worlds and roots are known").diff(&Index::read(&any).expect("again"));
    assert_eq!(compared.expect("they are there").len(), 0);
    assert!(any.image(&any.row("hello@1").expect("a row")).is_ok(), "its root says what it is");
    fs::write(out.join("fleet.json"), other.replacen('{', "{\"colour\": 1,", 1)).expect("written");
    assert_eq!(Folder::open(&out).map(drop).expect_err("another version's").code, "E0619");
    fs::write(&theirs, ours).expect("written");
    // A row that lacks a column of this version is no rejected seed.
    fs::write(out.join("fleet.json"), recipe).expect("written");
    let rows = fs::read_to_string(out.join("worlds.jsonl")).expect("an index");
    fs::write(out.join("worlds.jsonl"), rows.replace("\"persona\"", "\"owner\"")).expect("written");
    let lacking = Index::read(&Folder::open(&out).expect("it stands")).expect_err("a column is missing");
    assert_eq!(lacking.code, "E0613");
}

#[test]
fn worlds_are_proven_later_as_they_would_have_been_at_once() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let specs = &vec![std::sync::Arc::new(spec.clone())];
    for pack in [Pack::Folders, Pack::Shard, Pack::Archive] {
        if cfg!(not(feature = "pack")) && !pack.is_folders() {
            continue;
        }
        let recipe = recipe(&spec, six()).packed(pack);
        let made = |name: &str, prove| {
            let making = Making { prove, threads: 2, ..Making::of(&recipe, specs) };
            all(&making.run(&folder.path().join(format!("{name} {pack:?}")), &|_| ()).expect("it is made"))
        };
        assert!(made("later", Prove::Static).iter().all(|row| row.proof.is_none()));
        let at_once = made("at once", Prove::All);
        assert!(at_once.iter().all(|row| row.proof.is_some()));
        assert_eq!(made("later", Prove::All), at_once, "{pack:?}");
    }
}

#[test]
fn a_world_that_is_made_again_keeps_its_proof() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let (out, seeds) = (folder.path().join("f"), || Seeds::Ranges(vec![(1, 2)]));
    let proven = all(&prove(&out, &spec, seeds(), Shard::WHOLE, Prove::All).expect("it is made"));
    fs::remove_file(out.join("worlds/hello@2/manifest.json")).expect("it is ours");
    let again = all(&make(&out, &spec, seeds(), Shard::WHOLE).expect("it is mended"));
    assert!(proven.iter().all(|row| row.proof.is_some()));
    assert_eq!(again, proven);
    // Nothing of the old one is left beside it.
    let mut names: Vec<_> =
        fs::read_dir(out.join("worlds")).expect("worlds").flatten().map(|world| world.file_name()).collect();
    names.sort();
    assert_eq!(names, ["hello@1", "hello@2"]);
}

#[test]
fn an_index_does_not_outlive_the_rows_it_was_made_of() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let (out, seeds) = (folder.path().join("f"), || Seeds::Ranges(vec![(1, 2)]));
    let shards = [0, 1].map(|index| Shard { index, of: 2 });
    for shard in shards {
        make(&out, &spec, seeds(), shard).expect("it is made");
    }
    let fleet = Folder::open(&out).expect("a fleet");
    Index::merged(&fleet).and_then(|index| index.write(&fleet)).expect("both are done");
    make(&out, &spec, seeds(), shards[0]).expect("it stands");
    assert!(Index::read(&fleet).is_ok(), "nothing changed");
    prove(&out, &spec, seeds(), shards[0], Prove::All).expect("it stands");
    assert_eq!(Index::read(&fleet).map(drop).expect_err("a row says more now").code, "E0614");
    let merged = Index::merged(&fleet).expect("both are done").stats().expect("rows");
    assert_eq!((merged.built, merged.proven), (2, 1));
}

#[test]
fn of_two_recipes_that_begin_at_once_one_is_refused() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let recipes = [six(), Seeds::Ranges(vec![(1, 3)])].map(|seeds| recipe(&spec, seeds));
    for round in 0..40 {
        let (out, start) = (folder.path().join(round.to_string()), Barrier::new(2));
        fs::create_dir(&out).expect("a folder");
        let begin = |recipe| {
            start.wait();
            Folder::begin(&out, recipe).map(|folder| folder.recipe)
        };
        let begun = thread::scope(|scope| {
            let both = recipes.each_ref().map(|recipe| scope.spawn(move || begin(recipe)));
            both.map(|one| one.join().expect("no panic"))
        });
        let kept = Folder::open(&out).expect("one has begun").recipe;
        for (recipe, begun) in recipes.iter().zip(begun) {
            match begun {
                Ok(begun) => assert!(begun == kept && begun == *recipe, "who was told to go on is who stands there"),
                Err(fault) => assert!(fault.code == "E0612" && kept != *recipe, "{}: {}", fault.code, fault.message),
            }
        }
    }
}

#[test]
fn one_process_makes_a_shard() {
    let (folder, spec) = (tempfile::tempdir().expect("a folder"), hello());
    let out = folder.path().join("f");
    make(&out, &spec, six(), Shard { index: 0, of: 2 }).expect("it is made");
    let fleet = Folder::open(&out).expect("it stands");
    let held = fleet.resume(Shard { index: 0, of: 2 }, false).expect("nobody has it");
    let second = make(&out, &spec, six(), Shard { index: 0, of: 2 }).expect_err("it is held");
    assert_eq!(second.code, "E0618");
    make(&out, &spec, six(), Shard { index: 1, of: 2 }).expect("the other shard is free");
    drop(held);
    make(&out, &spec, six(), Shard { index: 0, of: 2 }).expect("it is free again");
}
