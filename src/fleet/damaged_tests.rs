//! What a fleet says when something in its folder is not as it was written, and how it is mended.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::tests::{PICKY, all};
use super::{Folder, Index, Indexed, Making, Pack, Recipe, Row, Seeds, Shard, Source, changed_facts};
use crate::diag::Diagnostic;
use crate::{Settings, Spec};

const EVERY: [Pack; 3] = [Pack::Folders, Pack::Shard, Pack::Archive];

/// A fleet that is asked for.
#[derive(Clone)]
struct Asked {
    spec: Arc<Spec>,
    recipe: Recipe,
    shard: Shard,
    salt: Option<Vec<u8>>,
    repair: bool,
}

impl Asked {
    fn of(name: &str, spec: Spec, seeds: Seeds) -> Asked {
        let recipe = Recipe::of(vec![Source::of(name.into(), &spec)], seeds, &Settings::default());
        Asked { spec: Arc::new(spec), recipe, shard: Shard::WHOLE, salt: None, repair: false }
    }

    /// Twenty worlds.
    fn hello(pack: Pack) -> Asked {
        let spec = crate::check(crate::load(Path::new("specs/hello.world")).expect("it reads")).expect("it is right");
        let asked = Asked::of("hello", spec, Seeds::Ranges(vec![(1, 20)]));
        Asked { recipe: asked.recipe.clone().packed(pack), ..asked }
    }

    fn salted(self, salt: &[u8]) -> Asked {
        let settings = Settings { salt: Some(salt.to_vec()), ..Settings::default() };
        let recipe = Recipe::of(self.recipe.specs, self.recipe.seeds, &settings);
        Asked { recipe, salt: settings.salt, ..self }
    }

    fn make(&self, out: &Path) -> Result<Index, Diagnostic> {
        let specs = &vec![Arc::clone(&self.spec)];
        let Asked { shard, salt, repair, .. } = self.clone();
        Making { shard, salt, repair, threads: 1, ..Making::of(&self.recipe, specs) }.run(out, &|_| ())
    }

    /// The code with which it is refused.
    fn refused(&self, out: &Path) -> &'static str {
        self.make(out).expect_err("it is refused").code
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it is ours").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path()).into_iter().map(|(path, b)| (format!("{name}/{path}"), b))),
            false => drop(found.insert(name, fs::read(entry.path()).expect("it is ours"))),
        }
    }
    found
}

/// Changes the seventh line of a file of rows.
fn change(path: &Path, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).expect("it is ours");
    let lines = text.lines().enumerate().map(|(at, line)| if at == 6 { change(line) } else { line.to_owned() } + "\n");
    fs::write(path, lines.collect::<String>()).expect("it is ours");
}

#[test]
fn rows_that_are_none_are_refused_and_made_again_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    type Damage = fn(&str) -> String;
    let damages: [(&str, Damage); 5] = [
        ("no JSON", |_| "{garbage".into()),
        ("a column less", |line| line.replace("\"persona\"", "\"owner\"")),
        ("a column more", |line| line.replacen('{', "{\"mood\":\"good\",", 1)),
        ("half a proof", |line| line.replacen('{', "{\"proven\":true,\"floor\":0,", 1)),
        ("another recipe", |line| line.replace("\"recipe\":\"", "\"recipe\":\"0")),
    ];
    for pack in EVERY {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        asked.make(&out).expect("it is made");
        let whole = files(&out);
        for (damage, how) in damages {
            change(&out.join("rows/0of1.jsonl"), how);
            let before = files(&out);
            assert_eq!(asked.refused(&out), "E0613", "{damage}");
            assert!(files(&out) == before, "{damage}: nothing was touched");
            Asked { repair: true, ..asked.clone() }.make(&out).expect("it is mended");
            assert!(files(&out) == whole, "{pack:?}, {damage}");
        }
    }
}

#[test]
fn an_index_is_every_world_of_the_recipe_once() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Shard));
    asked.make(folder.path()).expect("it is made");
    let (fleet, whole) = (Folder::open(folder.path()).expect("it stands"), files(folder.path()));
    let (lines, table) = (fleet.file("worlds.jsonl"), fleet.file("worlds.parquet"));
    let text = String::from_utf8(whole["worlds.jsonl"].clone()).expect("rows are text");
    let first_five: String = text.split_inclusive('\n').take(5).collect();
    let twice = text.clone() + text.lines().last().expect("twenty rows") + "\n";
    for damaged in
        [first_five, String::new(), twice, text.replace("hello@7\"", "hello@8\""), text[..text.len() - 9].into()]
    {
        fs::write(&lines, &damaged).expect("it is ours");
        assert_eq!(Index::read(&fleet).expect_err("it is damaged").code, "E0613");
    }
    fs::write(&lines, text.replacen("\"secrets\":0", "\"secrets\":3", 1)).expect("it is ours");
    let index = Index::read(&fleet).expect("it has every world");
    assert_eq!(index.expect_its_files(&fleet).expect_err("no shard says so").code, "E0613");
    Index::merged(&fleet).and_then(|index| index.write(&fleet)).expect("it is made again");
    assert!(files(folder.path()) == whole);
    let index = Index::read(&fleet).expect("it is whole");
    index.expect_its_files(&fleet).expect("it is what the shards say");
    fs::write(table, "PAR1").expect("it is ours");
    assert_eq!(index.expect_its_files(&fleet).expect_err("it is no table").code, "E0613");
    fs::remove_file(lines).expect("it is ours");
    assert_eq!(Index::read(&fleet).expect_err("it is gone").code, "E0614");
}

#[test]
fn the_next_seeds_that_make_a_world_merge_into_what_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("picky.world"), PICKY).expect("written");
    let spec = crate::load(&folder.path().join("picky.world")).and_then(crate::check).expect("it is right");
    let out = folder.path().join("f");
    Asked::of("picky", spec.clone(), Seeds::Next { from: 1, count: 7 }).make(&out).expect("it is made");
    let (fleet, whole) = (Folder::open(&out).expect("it stands"), files(&out));
    Index::merged(&fleet).and_then(|index| index.write(&fleet)).expect("it is made again");
    assert!(files(&out) == whole && Index::read(&fleet).expect("it is whole").rows.len() > 7);
    // There is no seed behind the last one.
    let hello = Asked::hello(Pack::Folders);
    let last = Asked::of("hello", (*hello.spec).clone(), Seeds::Next { from: u64::MAX, count: 1 });
    assert_eq!(all(&last.make(&folder.path().join("last")).expect("it is made"))[0].seed, u64::MAX);
    let more = Asked::of("hello", (*hello.spec).clone(), Seeds::Next { from: u64::MAX, count: 2 });
    let none_left = more.make(&folder.path().join("more")).expect_err("there is one").message;
    assert!(none_left.contains("1 world is missing"), "{none_left}");
}

#[test]
fn what_is_made_again_is_what_it_was() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Folders));
    let out = folder.path().join("f");
    let whole = all(&asked.clone().salted(b"one").make(&out).expect("it is made"));
    assert_eq!(asked.clone().salted(b"another").refused(&out), "E0612", "two salts are two fleets");
    assert_eq!(asked.refused(&out), "E0612", "no salt is another one");
    let root = whole[6].root().expect("it was built").to_owned();
    change(&out.join("rows/0of1.jsonl"), |line| line.replace(&root, &"0".repeat(64)));
    assert_eq!(asked.clone().salted(b"one").refused(&out), "E0610");
    let again = Asked { repair: true, ..asked.salted(b"one") }.make(&out).expect("it is mended");
    assert_eq!(all(&again), whole);
}

#[test]
fn a_row_says_what_its_world_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for pack in EVERY {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        let rows = all(&asked.make(&out).expect("it is made"));
        change(&out.join("rows/0of1.jsonl"), |line| line.replacen("\"secrets\":0", "\"secrets\":3", 1));
        let fleet = Folder::open(&out).expect("it stands");
        let row = fleet.row(&rows[6].world).expect("it has one");
        assert_eq!(fleet.image(&row).expect_err("the world has none").code, "E0613");
        // A folder is made again, and its row with it; of a shard all behind it has to be.
        if !pack.is_folders() {
            assert_eq!(asked.refused(&out), "E0613");
        }
        let again = Asked { repair: !pack.is_folders(), ..asked }.make(&out).expect("it is mended");
        assert_eq!(all(&again), rows);
    }
}

#[test]
fn any_worlds_of_a_frame_are_read_in_any_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for pack in EVERY {
        let out = folder.path().join(pack.name());
        let index = Asked::hello(pack).make(&out).expect("it is made");
        let fleet = Folder::open(&out).expect("it stands");
        for count in [1, 5, 19] {
            let mut seen = 0;
            let sample = index.sample(count, |_| true).expect("they are whole");
            let mut visit = |_, image: Result<crate::Image, _>| image.map(|_| seen += 1);
            fleet.each(&sample, &mut visit).expect("all are whole");
            assert_eq!(seen, count, "{pack:?}");
        }
    }
}

/// Members who bring nothing of their own live in equal worlds.
#[test]
fn worlds_of_one_root_stand_beside_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    for pack in EVERY {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        let twin = |name: &str| Source { name: name.to_owned(), ..asked.recipe.specs[0].clone() };
        let specs = vec![twin("anna"), twin("ben")];
        let recipe = Recipe { specs, seeds: Seeds::Ranges(vec![(1, 1)]), ..asked.recipe.clone() };
        let making = |recipe: &Recipe| {
            let specs = &vec![Arc::clone(&asked.spec), Arc::clone(&asked.spec)];
            Making { threads: 2, ..Making::of(recipe, specs) }.run(&out, &|_| ())
        };
        let rows = all(&making(&recipe).expect("it is made"));
        assert_eq!(rows[0].root(), rows[1].root());
        let (fleet, whole) = (Folder::open(&out).expect("it stands"), files(&out));
        assert!(rows.iter().all(|row| fleet.image(row).is_ok()), "{pack:?}");
        making(&recipe).expect("nothing is left to do");
        assert!(files(&out) == whole, "{pack:?}: no frame was taken for one that goes on");
    }
}

#[test]
fn rows_that_were_put_aside_come_back_after_a_kill() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Shard));
    asked.make(folder.path()).expect("it is made");
    let whole = files(folder.path());
    let rows = folder.path().join("rows/0of1.jsonl");
    fs::write(rows.with_extension("aside"), &whole["rows/0of1.jsonl"]).expect("it is ours");
    fs::write(&rows, &whole["rows/0of1.jsonl"][..3_000]).expect("it is ours");
    let fleet = Folder::open(folder.path()).expect("it stands");
    let (back, pen) = fleet.resume(Shard::WHOLE, false).expect("nobody has it");
    assert_eq!(back.len(), 20, "no world has to be made again");
    drop((back, pen));
    asked.make(folder.path()).expect("nothing is left to do");
    assert!(files(folder.path()) == whole);
}

#[test]
fn what_was_half_written_is_cleared_away() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Shard));
    asked.make(folder.path()).expect("it is made");
    let whole = files(folder.path());
    for name in ["fleet.7-0", "worlds.7-0", "rows/0of1.7-0", "shards/0of1.open.dict.7-0"] {
        fs::write(folder.path().join(format!("{name}.unfinished")), "half").expect("it is ours");
    }
    let fleet = Folder::open(folder.path()).expect("it stands");
    let index = Index::read(&fleet).expect("it is whole");
    assert_eq!(fleet.foreign(&index).expect("it is listed"), Vec::<String>::new(), "it does no harm");
    let notes = folder.path().join("notes.unfinished");
    fs::write(&notes, "somebody's").expect("it is ours");
    assert_eq!(fleet.foreign(&index).expect("it is listed"), ["notes.unfinished"]);
    asked.make(folder.path()).expect("nothing is left to do");
    assert_eq!(fs::read(&notes).expect("it is left alone"), b"somebody's");
    fs::remove_file(notes).expect("it is ours");
    assert!(files(folder.path()) == whole);
}

#[test]
fn a_world_of_another_shape_is_made_again() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Folders));
    asked.make(folder.path()).expect("it is made");
    // A row that is written again stands behind the others.
    let files = || files(folder.path()).into_iter().filter(|(path, _)| !path.starts_with("rows/")).collect::<Vec<_>>();
    let whole = files();
    let world = folder.path().join("worlds/hello@7");
    fs::remove_dir_all(world.join("disk")).and_then(|()| fs::write(world.join("disk"), "")).expect("it is ours");
    let record = world.join("sealed/world.json");
    fs::remove_file(&record).and_then(|()| fs::create_dir(record)).expect("it is ours");
    asked.make(folder.path()).expect("it is made again");
    assert!(files() == whole);
}

#[test]
fn a_fleet_that_is_done_is_not_written_to() {
    let (folder, old) = (tempfile::tempdir().expect("a folder"), std::time::UNIX_EPOCH);
    for pack in [Pack::Shard, Pack::Archive] {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        asked.make(&out).expect("it is made");
        let shard = out.join("shards/0of1.sealed.tar.zst");
        let file = fs::File::options().write(true).open(&shard).expect("it is ours");
        file.set_modified(old).expect("it is ours");
        asked.make(&out).expect("nothing is left to do");
        assert_eq!(fs::metadata(&shard).and_then(|about| about.modified()).expect("it is there"), old);
    }
}

#[test]
fn a_recipe_alone_is_a_fleet_to_be_made() {
    let folder = tempfile::tempdir().expect("a folder");
    for pack in EVERY {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        asked.make(&out).expect("it is made");
        let whole = files(&out);
        let recipe = fs::read(out.join("fleet.json")).expect("it is ours");
        fs::remove_dir_all(&out).and_then(|()| fs::create_dir(&out)).expect("it is ours");
        fs::write(out.join("fleet.json"), recipe).expect("it is ours");
        asked.make(&out).expect("it is made again");
        assert!(files(&out) == whole, "{pack:?}");
    }
}

#[test]
fn rows_of_worlds_that_are_kept_elsewhere_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let [loose, packed] = [Pack::Folders, Pack::Shard].map(Asked::hello);
    let [one, other] = ["loose", "packed"].map(|name| folder.path().join(name));
    loose.make(&one).expect("it is made");
    packed.make(&other).expect("it is made");
    let whole = files(&one);
    fs::copy(other.join("rows/0of1.jsonl"), one.join("rows/0of1.jsonl")).expect("they are ours");
    assert_eq!(loose.refused(&one), "E0613");
    let told = Index::merged(&Folder::open(&one).expect("it stands")).map(drop);
    assert_eq!(told.expect_err("nothing is in a shard").code, "E0613");
    Asked { repair: true, ..loose }.make(&one).expect("it is mended");
    assert!(files(&one) == whole);
    // The rows of two shards, each taken for the other's.
    let out = folder.path().join("shards");
    let half = |index| Asked { shard: Shard { index, of: 2 }, ..packed.clone() };
    half(0).make(&out).and_then(|_| half(1).make(&out)).expect("they are made");
    let [one, other, aside] = ["0of2.jsonl", "1of2.jsonl", "aside"].map(|name| out.join("rows").join(name));
    for (from, to) in [(&one, &aside), (&other, &one), (&aside, &other)] {
        fs::rename(from, to).expect("they are ours");
    }
    let before = files(&out);
    assert_eq!(half(0).refused(&out), "E0613");
    let fleet = Folder::open(&out).expect("it stands");
    assert_eq!(Index::merged(&fleet).map(drop).expect_err("they are the other's").code, "E0613");
    assert!(files(&out) == before, "nothing was cut");
}

#[test]
fn what_no_row_tells_of_is_seen_between_two_worlds() {
    let folder = tempfile::tempdir().expect("a folder");
    for (pack, code) in [(Pack::Shard, "E0613"), (Pack::Archive, "E0616")] {
        let (out, asked) = (folder.path().join(pack.name()), Asked::hello(pack));
        let index = asked.make(&out).expect("it is made");
        let (fleet, whole) = (Folder::open(&out).expect("it stands"), files(&out));
        fleet.expect_nothing_else(&index.rows).expect("there is nothing");
        let without = index.built(|row| row.seed != 7).expect("rows");
        let is_seen = fleet.expect_nothing_else(&without).is_err();
        assert_eq!(is_seen, pack == Pack::Shard, "an archive shows what stands in a frame only when it is read");
        let rows = out.join("rows/0of1.jsonl");
        let text = fs::read_to_string(&rows).expect("it is ours");
        let lines = text.split_inclusive('\n').enumerate().filter(|(at, _)| *at != 6);
        fs::write(&rows, lines.map(|(_, line)| line).collect::<String>()).expect("it is ours");
        assert_eq!(asked.refused(&out), code);
        Asked { repair: true, ..asked }.make(&out).expect("it is mended");
        assert!(files(&out) == whole, "{pack:?}");
    }
}

#[test]
fn what_the_system_does_not_give_is_not_cut_off() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Shard));
    asked.make(folder.path()).expect("it is made");
    // Where a file should be that nobody can read as one.
    let dictionary = folder.path().join("shards/0of1.open.dict.zst");
    fs::rename(&dictionary, folder.path().join("kept")).expect("it is ours");
    fs::create_dir(&dictionary).expect("it is ours");
    let before = files(folder.path());
    assert_eq!(Asked { repair: true, ..asked.clone() }.refused(folder.path()), "E0602");
    assert!(files(folder.path()) == before, "nothing was cut");
}

#[test]
fn what_stands_where_a_fleet_is_to_begin_is_left_alone() {
    for place in ["worlds/hello@1/notes", "shards/0of1.open.tar.zst", "rows/notes.txt", "fleet of ships"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(&path, "precious").expect("written");
        for pack in EVERY {
            assert_eq!(Asked::hello(pack).refused(folder.path()), "E0611", "{place}");
        }
        assert!(files(folder.path()) == BTreeMap::from([(place.to_owned(), b"precious".to_vec())]));
    }
}

#[test]
fn a_fleet_is_divided_as_it_was_begun() {
    let (folder, asked) = (tempfile::tempdir().expect("a folder"), Asked::hello(Pack::Folders));
    let out = folder.path().join("f");
    Asked { shard: Shard { index: 0, of: 2 }, ..asked.clone() }.make(&out).expect("it is made");
    assert_eq!(Asked { shard: Shard { index: 1, of: 3 }, ..asked.clone() }.refused(&out), "E0612");
    assert_eq!(asked.refused(&out), "E0612");
}

#[test]
fn rows_of_another_fleet_are_not_taken_for_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    let asked = Asked::hello(Pack::Folders);
    let half = |index, seeds| {
        let recipe = Recipe { seeds: Seeds::Ranges(vec![seeds]), ..asked.recipe.clone() };
        Asked { recipe, shard: Shard { index, of: 2 }, ..asked.clone() }
    };
    half(0, (1, 4)).make(&one).expect("it is made");
    half(1, (1, 6)).make(&other).expect("it is made");
    fs::copy(other.join("rows/1of2.jsonl"), one.join("rows/1of2.jsonl")).expect("they are ours");
    let fleet = Folder::open(&one).expect("it stands");
    assert_eq!(Index::merged(&fleet).expect_err("they are another recipe's").code, "E0613");
    assert_eq!(half(1, (1, 4)).refused(&one), "E0613");
}

#[test]
fn every_damaged_world_is_shown_and_foreign_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = Asked::hello(Pack::Folders);
    let index = asked.make(folder.path()).expect("it is made");
    for world in ["hello@3", "hello@9"] {
        let path = folder.path().join("worlds").join(world).join("sealed/facts.json");
        fs::write(path, "[]").expect("it is ours");
    }
    let fleet = Folder::open(folder.path()).expect("it stands");
    let mut damaged = Vec::new();
    let mut visit = |row: Row, image: Result<crate::Image, crate::Diagnostic>| {
        damaged.extend(image.err().map(|fault| (row.world.clone(), fault.message.starts_with(&row.world))));
        Ok(())
    };
    fleet.each(&index.rows, &mut visit).expect("all are looked at");
    assert_eq!(damaged, [("hello@3".to_owned(), true), ("hello@9".to_owned(), true)]);
    for name in ["junk", "rows/junk", "worlds/junk"] {
        fs::write(folder.path().join(name), "").expect("it is ours");
    }
    assert_eq!(fleet.foreign(&index).expect("it is listed"), ["junk", "rows/junk", "worlds/junk"]);
}

/// The facts of more worlds are compared than are held at once, in whatever order they are kept.
#[test]
fn every_world_of_two_fleets_is_compared_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string("specs/hello.world").expect("it is there").replace("18_000", "19_000");
    fs::write(folder.path().join("hello.world"), text).expect("written");
    let richer = crate::load(&folder.path().join("hello.world")).and_then(crate::check).expect("it is right");
    let recipe = Asked::of("hello", richer.clone(), Seeds::Ranges(vec![(1, 20)])).recipe;
    let fleets = EVERY.map(|pack| {
        let asked = Asked::hello(pack);
        let (old, new) = (folder.path().join(pack.name()), folder.path().join(format!("richer {}", pack.name())));
        let recipe = recipe.clone().packed(pack);
        let index = asked.make(&old).expect("it is made");
        let richer = Asked { spec: Arc::new(richer.clone()), recipe, ..asked }.make(&new).expect("it is made");
        (pack, (Folder::open(&old).expect("it stands"), index), (Folder::open(&new).expect("it stands"), richer))
    });
    for (one, (old_folder, old), _) in &fleets {
        for (other, _, (new_folder, new)) in &fleets {
            let differences = old.diff(new).expect("they are whole");
            let both = (Indexed { folder: old_folder, index: old }, Indexed { folder: new_folder, index: new });
            let mut seen = Vec::new();
            let mut tell = |world: &str, facts: Result<Vec<String>, _>| {
                seen.push((world.to_owned(), facts.expect("they are whole").len()));
            };
            changed_facts(both, &differences, &mut tell).expect("they are whole");
            seen.sort();
            let mut expected: Vec<(String, usize)> = (1..=20).map(|seed| (format!("hello@{seed}"), 13)).collect();
            expected.sort();
            assert_eq!(seen, expected, "{one:?} {other:?}");
        }
    }
}

#[test]
fn one_owner_of_one_company_is_on_one_side_of_a_split() {
    let asked = Asked::hello(Pack::Folders);
    let image = crate::build(&asked.spec, &Settings::seed(1)).expect("it builds");
    let splits = (0..40).map(|copy| {
        let source = Source { name: format!("copy{copy}"), ..asked.recipe.specs[0].clone() };
        let row = Row::built(&asked.recipe, &source, 1, &image).expect("it is whole");
        row.about.expect("it was built").split
    });
    assert_eq!(splits.collect::<std::collections::BTreeSet<_>>().len(), 1);
}
