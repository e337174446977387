//! Locality: whatever is added to a spec, everything else stays as it was, byte by byte. The exceptions are derived from
//! the sealed records of both worlds: a fact that something prints has another value or is new, or its draw chose the
//! newcomer.

#[path = "stability/compare.rs"]
mod compare;
#[path = "stability/entries.rs"]
mod entries;
#[path = "stability/probe.rs"]
mod probe;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use worldc::testing::openings::{bodies, chunks, openings};
use worldc::{Files, Image, Settings, Unread, build, check, load_from};

use entries::{Parts, parts};
use probe::Probe;

/// A spec among the files of `specs/`, one of which may have another text.
struct World<'t> {
    name: &'t str,
    path: &'t str,
    text: &'t str,
}

impl Files for World<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        match path {
            path if path == self.path => Ok(self.text.as_bytes().to_vec()),
            "small.world" => Ok(SMALL.as_bytes().to_vec()),
            _ => std::fs::read(Path::new("specs").join(path)).map_err(Unread::from),
        }
    }
}

/// What a world says of additions that it cannot have: a column for a loaded table, a card for no case, a file named like
/// another, a chart that a body asks for by the name of a row, a demand on the sum of all rows.
const REFUSALS: [&str; 5] = ["E0118", "E0224", "E0505", "E0509", "E0511"];
/// Most places in a hundred that may be such.
const MOST_REFUSED: usize = 2;

/// A little of everything, and quick to build.
const SMALL: &str = include_str!("stability/small.world");

fn text_of(path: &str) -> String {
    let nothing = World { name: "", path: "", text: "" };
    String::from_utf8(nothing.read(path).expect("the spec is there")).expect("specs are text")
}

fn built(world: &World<'_>, settings: &Settings) -> Result<Image, String> {
    let spec = load_from(world.name, world).and_then(check);
    spec.and_then(|spec| build(&spec, settings)).map_err(|findings| findings.to_string())
}

/// Builds a spec as it stands.
fn image(name: &str, settings: &Settings) -> Image {
    built(&World { name, path: "", text: "" }, settings).unwrap_or_else(|findings| panic!("{name}:\n{findings}"))
}

/// All probes of one text.
fn probes(path: &str, text: &str) -> Vec<Probe> {
    let places = openings(text).expect("the spec can be read");
    places.iter().filter_map(|place| probe::probe(text, path.contains('/'), place)).collect()
}

/// What a probe in the file at `path` breaks in the world of `name`; nothing at a place where the world itself forbids
/// additions, which counts as refused.
fn broken(name: &str, path: &str, before: &Parts, probe: &Probe, refused: &AtomicUsize) -> Vec<String> {
    // One thread for each world: the probes themselves are spread over all.
    let settings = Settings { threads: 1, ..Settings::seed(1) };
    match built(&World { name, path, text: &probe.text }, &settings) {
        Ok(image) => compare::violations(before, &parts(&image), &image, probe),
        Err(findings) if REFUSALS.iter().any(|code| findings.starts_with(&format!("error[{code}]"))) => {
            refused.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        }
        Err(findings) => vec![format!("{}: does not build:\n{findings}", probe.name)],
    }
}

/// Works through a list on all processors. A pool of threads would begin one more world whenever it waits for the
/// inner pool of another, and hold them all in memory.
fn spread<T: Sync>(list: &[T], work: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = list.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let lines = work(item);
                    found.lock().expect("no thread panics while it holds the list").extend(lines);
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no thread panics while it holds the list");
    found.sort();
    found
}

/// Inserts `most` probes, evenly spread, in the files of a world; fails with everything that moved.
fn local(name: &str, files: &[&str], most: usize) {
    let before = parts(&image(name, &Settings::seed(1)));
    let texts: Vec<(&str, String)> = files.iter().map(|path| (*path, text_of(path))).collect();
    let all: Vec<(&str, Probe)> =
        texts.iter().flat_map(|(path, text)| probes(path, text).into_iter().map(|probe| (*path, probe))).collect();
    let count = all.len().min(most);
    assert!(count > 0, "{name} has no place for a probe");
    let chosen: Vec<&(&str, Probe)> = (0..count).map(|at| &all[at * all.len() / count]).collect();
    let refused = AtomicUsize::new(0);
    let found = spread(&chosen, |(path, probe)| {
        let broken = broken(name, path, &before, probe, &refused);
        broken.into_iter().map(|what| format!("{path}, {what}")).collect()
    });
    let shown: Vec<&str> = found.iter().map(String::as_str).take(40).collect();
    assert!(found.is_empty(), "{name}: {} things moved at {count} probes:\n{}", found.len(), shown.join("\n"));
    let refused = refused.into_inner();
    assert!(refused <= (count * MOST_REFUSED).div_ceil(100), "{name}: {refused} of {count} places refuse a probe");
}

/// The comparison has to see what moves: two seeds are no additions to each other.
#[test]
fn another_seed_is_seen() {
    let [one, other] = [1, 2].map(|seed| image("small.world", &Settings::seed(seed)));
    let nothing = Probe { name: "nothing".into(), text: String::new(), newcomer: None, grows_tables: false };
    let found = compare::violations(&parts(&one), &parts(&other), &other, &nothing);
    // The record of a person prints her name in her sign-off, so it may follow; that the name moved is said as a fact.
    let kinds =
        ["the fact sale[", "the fact ada.name", "disk/", ".mbox ", "calendar.ics ", "contacts.vcf ", "chat.jsonl "];
    for kind in kinds {
        assert!(found.iter().any(|what| what.contains(kind)), "nothing is said of {kind}");
    }
}

const MARCH: [&str; 3] = ["fpa_march.world", "lib/finance.world", "lib/wording.world"];

#[test]
fn nothing_moves_in_small_worlds() {
    local("small.world", &["small.world"], usize::MAX);
    local("hello.world", &["hello.world"], usize::MAX);
}

#[test]
fn nothing_moves_in_march() {
    local("fpa_march.world", &MARCH, 12);
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn nothing_moves_in_march_anywhere() {
    local("fpa_march.world", &MARCH, usize::MAX);
}

/// The text with its ranges in the opposite order; what stands between them stays where it is.
fn reversed(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (place, other) in ranges.iter().zip(ranges.iter().rev()) {
        out.push_str(&text[at..place.start]);
        out.push_str(&text[other.clone()]);
        at = place.end;
    }
    out + &text[at..]
}

fn joined<'r>(text: &str, order: impl Iterator<Item = &'r Range<usize>>) -> String {
    order.map(|range| &text[range.clone()]).collect::<Vec<_>>().join("\n")
}

/// Where two images differ first, among the open files and then the sealed ones.
fn first_difference(one: &Image, other: &Image) -> String {
    let sealed = ["facts.json", "people.json", "objectives.json", "schedule.jsonl", "calendar.jsonl", "mess.json"];
    let more = ["world.json", "declarations.json", "provenance.jsonl", "index.json"];
    let sealed = sealed.iter().chain(&more).map(|name| format!("sealed/{name}"));
    let read = |image: &Image, path: &str| image.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    for path in
        one.manifest().entries.iter().filter(|entry| entry.kind == "file").map(|entry| entry.path.clone()).chain(sealed)
    {
        let (Ok(was), Ok(now)) = (read(one, &path), read(other, &path)) else {
            return format!("{path} is in one only");
        };
        if let Some((was, now)) = was.lines().zip(now.lines()).find(|(was, now)| was != now) {
            return format!("{path} differs:\n{was}\n{now}");
        }
    }
    "the roots differ, and no line does".to_string()
}

/// The order of blocks never matters [N1]: not at top level, not in folders, loops, chats and people.
fn order_is_free(name: &str) {
    let settings = Settings::seed(1);
    let world = image(name, &settings);
    let root = world.root();
    let text = text_of(name);
    let pieces = chunks(&text).expect("the spec can be read");
    let middle = pieces.len() / 2;
    let mut orders = vec![
        ("backwards", joined(&text, pieces.iter().take(1).chain(pieces[1..].iter().rev()))),
        ("cut like cards", joined(&text, pieces.iter().take(1).chain(&pieces[middle..]).chain(&pieces[1..middle]))),
    ];
    for body in bodies(&text).expect("the spec can be read").into_iter().filter(|body| body.len() > 1) {
        orders.push(("one body backwards", reversed(&text, &body)));
    }
    for (order, text) in orders {
        let other = built(&World { name, path: name, text: &text }, &settings);
        let other = other.unwrap_or_else(|findings| panic!("{name}, {order}:\n{findings}"));
        assert!(other.root() == root, "{name}, {order}: {}", first_difference(&world, &other));
    }
}

#[test]
fn the_order_of_blocks_changes_nothing() {
    order_is_free("small.world");
    order_is_free("hello.world");
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn the_order_of_blocks_changes_nothing_in_march() {
    order_is_free("fpa_march.world");
}

#[test]
fn names_of_loop_variables_draw_nothing() {
    let text = SMALL.replace("{{ turn", "{{ round").replace("for turn in", "for round in").replace("(turn", "(round");
    assert_ne!(text, SMALL, "the world has no loop over `turn`");
    let renamed = built(&World { name: "small.world", path: "small.world", text: &text }, &Settings::seed(1));
    let renamed = renamed.unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(renamed.public_root(), image("small.world", &Settings::seed(1)).public_root());
}

/// Every piece of planted mess: what it is, of which file, with its bytes and time. A version's number counts from the
/// oldest one, so that the same piece may have another number in a messier world.
fn mess(image: &Image) -> BTreeSet<String> {
    let bytes = image.read("sealed/mess.json").expect("every image lists its mess");
    let list: serde_json::Value = serde_json::from_slice(&bytes).expect("the list is JSON");
    // What a thread quotes is no planted file: it is there in a tidy world too.
    let piece = |record: &serde_json::Value| {
        let entry = image.manifest().entry(record["file"].as_str()?).expect("mess stands on the disk");
        Some(format!("{} of {}: {:?} {}", record["kind"], record["of"], entry.sha256, entry.mtime))
    };
    list.as_array().into_iter().flatten().filter_map(piece).collect()
}

fn more_mess_contains_less(name: &str) {
    let at = |level: &str| image(name, &Settings { set: vec![("mess".into(), level.into())], ..Settings::seed(1) });
    let levels = ["0%", "50%", "100%", "130%", "200%"].map(|level| mess(&at(level)));
    assert!(levels[0].is_empty() && levels[2].len() < levels[4].len(), "{:?}", levels.each_ref().map(BTreeSet::len));
    for pair in levels.windows(2) {
        let missing: Vec<&String> = pair[0].difference(&pair[1]).collect();
        assert!(missing.is_empty(), "{name}: a messier world lacks {missing:#?}");
    }
}

#[test]
fn a_messier_world_has_all_the_mess_of_a_tidier_one() {
    more_mess_contains_less("small.world");
}

#[test]
#[ignore = "takes long without optimisation"]
fn a_messier_march_has_all_the_mess_of_a_tidier_one() {
    more_mess_contains_less("fpa_march.world");
}

#[test]
fn a_salt_changes_secrets_and_nothing_else() {
    for name in ["small.world", "fpa_march.world"] {
        let salted = |salt: &str| image(name, &Settings { salt: Some(salt.into()), ..Settings::seed(1) });
        let (plain, one, two) = (image(name, &Settings::seed(1)), salted("one"), salted("two"));
        assert_eq!([one.public_root(), two.public_root()], [plain.public_root(); 2], "{name}");
        let secrets = [&plain, &one, &two].map(|image| image.show_secrets().expect("secrets can be shown"));
        assert_eq!(BTreeSet::from(secrets).len(), 3, "{name}: two salts share their secrets");
    }
}

#[test]
fn any_number_of_threads_makes_the_same_world() {
    for name in ["small.world", "hello.world"] {
        let roots =
            [1, 2, 3, 8].map(|threads| image(name, &Settings { threads, ..Settings::seed(1) }).root().to_string());
        assert_eq!(BTreeSet::from(roots).len(), 1, "{name}");
    }
}
