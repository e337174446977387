//! The shell as people and scripts meet it: exit codes, refusals, JSON, and one root whatever the machine is like.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const HELLO: &str = "specs/hello.world";

/// The program, started in the folder of the package.
fn worldc(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worldc"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    worldc(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&stdout(output)).unwrap_or_else(|error| panic!("{error} in {}", stdout(output)))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is a place for temporary files")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

/// A spec with a mistake in it, in a folder of its own.
fn wrong_spec(folder: &TempDir) -> String {
    let path = folder.path().join("wrong.world");
    fs::write(&path, "worldspec 1\nworld w \"W\" { owner = nobody }\n").expect("the folder is ours");
    text(&path).to_owned()
}

#[test]
fn help_is_no_error_and_a_wrong_command_line_is() {
    for arguments in [&["--help"][..], &["--version"], &["build", "--help"]] {
        assert_eq!(code(&run(arguments)), Some(0), "{arguments:?}");
    }
    // More threads than a machine starts would keep it busy with nothing else.
    let crowd = &["prove", HELLO, "--seed", "1", "--threads", "1025"];
    let wrong = [&[][..], &["bild"], &["build"], &["build", HELLO, "--seed", "x"], &["seeds", HELLO, "5..3"], crowd];
    for arguments in wrong {
        assert_eq!(code(&run(arguments)), Some(2), "{arguments:?}");
    }
}

#[test]
fn every_command_shows_an_example() {
    let help = stdout(&run(&["--help"]));
    let listed =
        help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1).take_while(|line| !line.is_empty());
    // Names stand two spaces in; what wraps stands further in.
    let named = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for command in named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        let page = stdout(&run(&[command, "--help"]));
        assert!(page.contains("Example"), "{command} shows no example:\n{page}");
    }
}

#[test]
fn wrong_input_is_code_2_with_a_sentence() {
    let folder = folder();
    let wrong = wrong_spec(&folder);
    let text_file = folder.path().join("bytes.world");
    fs::write(&text_file, [0xff, 0xfe, 0]).expect("the folder is ours");
    let missing = text(&folder.path().join("missing")).to_owned();
    for arguments in [
        &["check", &wrong][..],
        &["build", &wrong, "--seed", "1", "--out", &missing],
        &["check", &missing],
        &["check", text(folder.path())],
        &["check", text(&text_file)],
        &["fmt", text(&text_file)],
        &["show", &missing],
        &["verify", &missing],
        &["verify", text(folder.path())],
        &["explain", "no such thing at all"],
        &["build", HELLO, "--seed", "1", "--salt-file", &missing],
        &["build", HELLO, "--seeds", "1..3", "--shard", "8/8"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("error"), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!Path::new(&missing).exists(), "nothing is left behind");
}

#[test]
fn findings_as_json_name_bytes_lines_and_columns() {
    let folder = folder();
    let output = run(&["check", &wrong_spec(&folder), "--json"]);
    assert_eq!(code(&output), Some(2));
    let findings = json(&output);
    let finding = &findings["findings"][0];
    assert!(finding["code"].as_str().is_some_and(|code| code.starts_with('E')), "{findings:#}");
    let place = &finding["place"];
    for number in ["start", "end", "line", "column"] {
        assert!(place[number].is_u64(), "{number} in {findings:#}");
    }
}

#[test]
fn who_asks_for_json_reads_failures_as_json() {
    let folder = folder();
    let wrong = wrong_spec(&folder);
    let missing = text(&folder.path().join("missing")).to_owned();
    for arguments in [
        &["build", &wrong, "--seed", "1", "--out", &missing][..],
        &["seeds", &wrong, "1"],
        &["check", &missing],
        &["show", &missing],
        &["why", &missing, "x"],
        &["diff", &missing, &missing],
        &["verify", &missing],
        &["build", HELLO, "--seed", "1", "--salt-file", &missing],
        &["build", HELLO, "--seeds", "1..3", "--shard", "8/8"],
    ] {
        let output = run(&[arguments, &["--json"]].concat());
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert_eq!(stderr(&output), "", "{arguments:?}");
        let answer = json(&output);
        assert!(answer["errors"].as_u64() >= Some(1) && answer["findings"][0]["message"].is_string(), "{answer:#}");
    }
}

#[test]
fn an_existing_place_is_refused_and_only_images_are_replaced() {
    let folder = folder();
    let out = folder.path().join("hello");
    let build = ["build", HELLO, "--seed", "1", "--out", text(&out)];
    assert_eq!(code(&run(&build)), Some(0));
    let again = run(&build);
    assert_eq!(code(&again), Some(2));
    assert!(stderr(&again).contains("--force"), "{}", stderr(&again));
    assert_eq!(code(&run(&[&build[..], &["--force"]].concat())), Some(0));

    let precious = folder.path().join("precious");
    fs::create_dir(&precious).expect("the folder is ours");
    fs::write(precious.join("thesis.txt"), "years of work").expect("the folder is ours");
    for manifest in [None, Some("{\"name\": \"my-extension\"}")] {
        if let Some(other) = manifest {
            fs::write(precious.join("manifest.json"), other).expect("the folder is ours");
        }
        let forced = run(&["build", HELLO, "--seed", "1", "--out", text(&precious), "--force"]);
        assert_eq!(code(&forced), Some(2), "{}", stderr(&forced));
        assert!(precious.join("thesis.txt").exists());
    }
    let names = fs::read_dir(folder.path()).expect("the folder is ours").count();
    assert_eq!(names, 2, "nothing else stands beside them");
}

/// What is different about the machine on which a command runs.
type Change = dyn Fn(&mut Command) -> &mut Command;

#[test]
fn the_machine_decides_nothing() {
    let folder = folder();
    let root = |name: &str, prepare: &Change, more: &[&str]| {
        let out = folder.path().join(name);
        let mut command = worldc(&[&["build", HELLO, "--seed", "7", "--json", "--out", text(&out)], more].concat());
        prepare(&mut command);
        let output = command.output().expect("the program starts");
        assert_eq!(code(&output), Some(0), "{name}: {}", stderr(&output));
        json(&output)["root"].as_str().map(str::to_owned)
    };
    let expected = root("plain", &|command| command, &[]);
    assert!(expected.as_ref().is_some_and(|root| root.len() == 64));
    let changes: [(&str, &Change); 4] = [
        ("zone", &|command| command.env("TZ", "Pacific/Kiritimati")),
        ("locale", &|command| command.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8")),
        ("home", &|command| command.env("HOME", "/nowhere")),
        ("nothing", &|command| command.env_clear()),
    ];
    for (name, change) in changes {
        assert_eq!(root(name, change, &[]), expected, "{name}");
    }
    for threads in ["1", "2", "8"] {
        assert_eq!(
            root(&format!("{threads} threads"), &|command| command, &["--threads", threads]),
            expected,
            "{threads} threads"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_umask_decides_nothing() {
    let folder = folder();
    let manifest = |umask: &str| {
        let out = folder.path().join(umask);
        let line = format!("umask {umask}; exec \"$0\" build {HELLO} --seed 7 --out \"$1\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_worldc"), text(&out)]).current_dir(env!("CARGO_MANIFEST_DIR"));
        assert!(shell.output().expect("there is a shell").status.success());
        fs::read(out.join("manifest.json")).expect("an image has a manifest")
    };
    assert_eq!(manifest("022"), manifest("077"));
}

#[test]
fn colours_are_for_terminals() {
    let folder = folder();
    let wrong = wrong_spec(&folder);
    for colour in [None, Some("1")] {
        let mut command = worldc(&["check", &wrong]);
        colour.map(|value| command.env("NO_COLOR", value));
        let output = command.output().expect("the program starts");
        assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = worldc(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(code(&output), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_new_world_checks_and_is_laid_out_well() {
    let folder = folder();
    for (name, more) in
        [("word", &[][..]), ("sheet", &["--hand-in", "Report.xlsx", "--country", "gb", "--os", "macos"])]
    {
        let path = folder.path().join(format!("{name}.world"));
        let spec = text(&path);
        assert_eq!(code(&run(&[&["new", "--yes", spec], more].concat())), Some(0));
        assert_eq!(code(&run(&["new", "--yes", spec])), Some(2), "an existing file is refused");
        let check = run(&["check", spec, "--seed", "1"]);
        assert_eq!((code(&check), stderr(&check)), (Some(0), String::new()), "{name}");
        let layout = run(&["fmt", "--check", spec]);
        assert_eq!(code(&layout), Some(0), "{name} is not laid out the standard way");
    }
}

/// People stand in the folder of their specs.
#[test]
fn a_file_in_the_folder_one_stands_in_is_written() {
    let folder = folder();
    fs::write(folder.path().join("picky.world"), PICKY.replace("  ", " ")).expect("the folder is ours");
    for words in [&["fmt", "picky.world"][..], &["lock", "picky.world", "--seeds", "2"]] {
        let done = worldc(words).current_dir(folder.path()).output().expect("worldc runs");
        assert_eq!(code(&done), Some(0), "{words:?}: {}", stderr(&done));
    }
    let names = fs::read_dir(folder.path()).expect("the folder is ours").flatten().map(|file| file.file_name());
    assert_eq!(names.collect::<std::collections::BTreeSet<_>>(), ["picky.world", "world.lock"].map(Into::into).into());
}

#[test]
fn the_world_of_the_readme_checks() {
    let readme = fs::read_to_string("README.md").expect("there is a README");
    let world = readme.split("```").find_map(|block| block.strip_prefix("text\n")).expect("the README shows a world");
    assert_eq!(world.lines().count(), 10, "it is a ten-line world");
    let folder = folder();
    let path = folder.path().join("readme.world");
    fs::write(&path, world).expect("the folder is ours");
    let check = run(&["check", text(&path), "--seed", "1"]);
    assert_eq!((code(&check), stderr(&check)), (Some(0), String::new()));
    let layout = run(&["fmt", "--check", text(&path)]);
    assert_eq!(code(&layout), Some(0), "it is not laid out the standard way");
}

#[test]
fn a_tool_that_there_is_not_costs_nothing() {
    let folder = folder();
    let path = folder.path().join("small.world");
    for (costs, wrong) in [
        ("{ \"list_mails\": 5m }", ""),
        ("{ \"search_txt\": 2m }", "did you mean `search_text`?"),
        ("{ \"list_mails\": 0m }", "at least ten seconds"),
        ("{ \"list_mails\": 5 }", "E0203"),
    ] {
        let world = format!("world w {{ owner = ana  month = 2026-03  company = \"Acme\"  costs = {costs} }}");
        let spec = format!("worldspec 1\n{world}\npersona ana {{ role = \"Analyst\" }}\n");
        std::fs::write(&path, spec).expect("the folder is writable");
        let output = run(&["seeds", text(&path), "1"]);
        assert_eq!(code(&output), Some(i32::from(!wrong.is_empty())), "{costs}");
        assert!(String::from_utf8_lossy(&output.stdout).contains(wrong), "{costs}: {output:?}");
    }
}

#[test]
fn seeds_say_which_make_a_world() {
    let output = run(&["seeds", HELLO, "1..3", "--json"]);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let answers = json(&output);
    assert_eq!(answers.as_array().map(Vec::len), Some(3));
    assert!(answers[0]["root"] != answers[1]["root"], "seeds are different worlds");
}

#[test]
fn a_lock_holds_until_the_facts_move() {
    let folder = folder();
    let path = folder.path().join("small.world");
    let spec = text(&path);
    assert_eq!(code(&run(&["new", "--yes", spec])), Some(0));
    assert_eq!(code(&run(&["verify", spec])), Some(2), "there is no lock yet");
    assert_eq!(code(&run(&["lock", spec, "--seeds", "1,7"])), Some(0));
    assert_eq!(code(&run(&["verify", spec])), Some(0));

    let before = fs::read_to_string(&path).expect("the spec is ours");
    fs::write(&path, format!("{before}# a remark\n")).expect("the spec is ours");
    assert_eq!(code(&run(&["verify", spec])), Some(0), "a comment makes the same world");
    fs::write(&path, before.replace("40_000", "41_000")).expect("the spec is ours");
    let moved = run(&["verify", spec]);
    assert_eq!(code(&moved), Some(1));
    let said = stdout(&moved);
    assert!(said.contains("plan") && said.contains("Sales.xlsx") && said.contains("small.world"), "{said}");
}

#[test]
fn a_damaged_image_is_found() {
    let folder = folder();
    let out = folder.path().join("hello");
    let image = text(&out);
    assert_eq!(code(&run(&["build", HELLO, "--seed", "1", "--out", image])), Some(0));
    assert_eq!(code(&run(&["verify", image])), Some(0));
    let manifest: Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("an image has a manifest"))
            .expect("it is JSON");
    let entries = manifest["entries"].as_array().expect("a manifest lists entries");
    let path = entries.iter().find(|entry| entry["type"] == "file").expect("a world has files")["path"].as_str();
    let path = path.expect("an entry has a path");
    fs::write(out.join(path), "something else").expect("the image is ours");
    let output = run(&["verify", image]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains(path), "{}", stderr(&output));
}

#[test]
fn twins_share_the_open_world() {
    let folder = folder();
    let spec = folder.path().join("small.world");
    assert_eq!(code(&run(&["new", "--yes", text(&spec)])), Some(0));
    let twin = |salt: &str| {
        let file = folder.path().join(format!("{salt}.salt"));
        fs::write(&file, salt).expect("the folder is ours");
        let out = folder.path().join(salt);
        let output =
            run(&["build", text(&spec), "--seed", "1", "--salt-file", text(&file), "--out", text(&out), "--json"]);
        assert_eq!(code(&output), Some(0), "{}", stderr(&output));
        json(&output)
    };
    let (one, two) = (twin("one"), twin("two"));
    assert_eq!(one["public_root"], two["public_root"]);
    assert_ne!(one["root"], two["root"]);
}

/// A secret is used where a check stands on what was computed from it.
#[test]
fn secrets_say_who_knows_them_and_which_check_wants_them() {
    let folder = folder();
    let (spec, out) = (folder.path().join("small.world"), folder.path().join("small"));
    assert_eq!(code(&run(&["new", "--yes", text(&spec)])), Some(0));
    assert_eq!(code(&run(&["build", text(&spec), "--seed", "1", "--out", text(&out)])), Some(0));
    let said = stdout(&run(&["show", text(&out), "--secrets"]));
    for part in ["refund = ", "when asked(\"refund\", \"credit\")", "pointed at in request", "used by report.result"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_fleet_is_made_in_shards_merged_and_asked() {
    let folder = folder();
    let fleet = folder.path().join("fleet");
    let fleet = text(&fleet);
    let shard = |shard: &str| run(&["build", HELLO, "--seeds", "1..3", "--shard", shard, "--out", fleet, "--json"]);
    let first = shard("0/2");
    assert_eq!(code(&first), Some(0), "{}", stderr(&first));
    assert_eq!(json(&first)["built"], 2);
    assert_eq!(code(&run(&["fleet", "merge", fleet])), Some(2), "a shard is missing");
    assert_eq!(code(&shard("1/2")), Some(0));
    assert_eq!(code(&shard("2/2")), Some(2), "there is no such shard");
    assert_eq!(code(&run(&["fleet", "merge", fleet])), Some(0));
    let stats = json(&run(&["fleet", "stats", fleet, "--json"]));
    assert_eq!((&stats["built"], &stats["tasks"]), (&Value::from(3), &Value::from(1)));
    assert_eq!(code(&run(&["fleet", "verify", fleet, "--spec", HELLO])), Some(0));

    let other = folder.path().join("other");
    let other = text(&other);
    assert_eq!(code(&run(&["build", HELLO, "--seeds", "2..4", "--out", other])), Some(0));
    let changes = run(&["fleet", "diff", fleet, other, "--json"]);
    assert_eq!(code(&changes), Some(1));
    let changes: Vec<String> = json(&changes)
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| format!("{} {}", row["world"], row["change"]))
        .collect();
    assert_eq!(changes, [r#""hello@1" "gone""#, r#""hello@4" "new""#]);

    fs::create_dir(Path::new(fleet).join("worlds/holiday pictures")).expect("the fleet is ours");
    let foreign = run(&["fleet", "verify", fleet, "--json"]);
    assert_eq!((code(&foreign), &json(&foreign)["foreign"][0]), (Some(1), &Value::from("worlds/holiday pictures")));
    let facts = Path::new(fleet).join("worlds/hello@2/sealed/facts.json");
    fs::write(facts, "[]").expect("the fleet is ours");
    assert_eq!(code(&run(&["fleet", "verify", fleet])), Some(2), "a world is damaged");
    assert_eq!(code(&run(&["build", HELLO, HELLO, "--seeds", "1..3", "--out", fleet])), Some(2), "one name, two specs");
}

#[test]
fn every_member_of_a_fleet_has_her_worlds() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the folder is ours");
    write(
        "note.world",
        "worldspec 1\nworld note \"A note\" { owner = owner  os = \"linux\"  month = 2026-03  company = \"Notes\" }\n\
         persona owner { from = load(\"owner.yaml\") }\nknob sheets = 3 in 1..9\n\
         template note { body = \"{{ sheets }} sheets by {{ owner.name }}\" }\n\
         file \"Documents/note.txt\" { from = note  saved = 2026-02-03 }\n",
    );
    write("owner.yaml", "name: Ada Byron\nrole: Analyst\n");
    write("anna.yaml", "name: Anna Krause\nrole: Clerk\n");
    write(
        "members.yaml",
        "- name: anna\n  files: { owner.yaml: anna.yaml }\n- name: ben\n  files: { owner.yaml: { name: Ben Okafor, role: Buyer } }\n\
         - name: many\n  set: { sheets: 7 }\n",
    );
    let [spec, members, fleet] = ["note.world", "members.yaml", "fleet"].map(|name| folder.path().join(name));
    let (spec, members, fleet) = (text(&spec), text(&members), text(&fleet));
    let build = ["build", spec, "--seeds", "1..2", "--members", members, "--out", fleet];
    let built = run(&build);
    assert_eq!(code(&built), Some(0), "{}", stderr(&built));
    let note = |world: &str| {
        let documents = Path::new(fleet).join(format!("worlds/{world}/disk/home"));
        let home = fs::read_dir(documents).expect("she has a home").flatten().next().expect("of her own");
        fs::read_to_string(home.path().join("Documents/note.txt")).expect("the note is there")
    };
    assert_eq!(note("note+anna@1").trim(), "3 sheets by Anna Krause");
    assert_eq!(note("note+ben@2").trim(), "3 sheets by Ben Okafor");
    assert_eq!(note("note+many@1").trim(), "7 sheets by Ada Byron");
    let verified = run(&["fleet", "verify", fleet, "--spec", spec, "--members", members, "--json"]);
    assert_eq!((code(&verified), &json(&verified)["rebuilt"]), (Some(0), &Value::from(6)));
    write("anna.yaml", "name: Anna Krauss\nrole: Clerk\n");
    assert!(stderr(&run(&build)).contains("E0612"), "the recipe knows what stood in her file");
    write("members.yaml", "- name: anna\n  files: { other.yaml: anna.yaml }\n");
    assert!(stderr(&run(&build)).contains("which the spec does not read"));
}

#[cfg(feature = "pack")]
#[test]
fn a_world_comes_out_of_a_packed_fleet() {
    let folder = folder();
    let [fleet, out] = ["fleet", "one"].map(|name| folder.path().join(name));
    let (fleet, out) = (text(&fleet), text(&out));
    for shard in ["0/2", "1/2"] {
        let words = ["build", HELLO, "--seeds", "1..5", "--shard", shard, "--pack", "shard", "--out", fleet];
        assert_eq!(code(&run(&words)), Some(0));
    }
    assert_eq!(code(&run(&["fleet", "merge", fleet])), Some(0));
    assert_eq!(code(&run(&["fleet", "verify", fleet, "--spec", HELLO])), Some(0));
    let taken = json(&run(&["fleet", "take", fleet, "hello@4", "--out", out, "--json"]));
    let alone = json(&run(&["build", HELLO, "--seed", "4", "--json", "--out", text(&folder.path().join("alone"))]));
    assert_eq!(taken["root"], alone["root"]);
    let alone = folder.path().join("alone");
    assert_eq!(stdout(&run(&["show", out])), stdout(&run(&["show", text(&alone)])));
    // The whole image is the same wherever its spec stands.
    let elsewhere = folder.path().join("hello.world");
    fs::copy(HELLO, &elsewhere).expect("the folder is ours");
    let again = folder.path().join("again");
    assert_eq!(code(&run(&["build", text(&elsewhere), "--seed", "4", "--out", text(&again)])), Some(0));
    let receipt = |image: &Path| fs::read_to_string(image.join("receipt.json")).expect("an image has a receipt");
    assert_eq!((receipt(Path::new(out)), receipt(&alone)), (receipt(&again), receipt(&again)));
    assert!(stderr(&run(&["fleet", "take", fleet, "hello@9"])).contains("E0620"));
    assert_eq!(code(&run(&["build", HELLO, "--seed", "1", "--pack", "shard"])), Some(2), "one world is no fleet");
}

#[test]
fn what_a_fleet_has_not_is_refused_with_a_sentence() {
    let folder = folder();
    let [fleet, other, none] = ["fleet", "other", "none.yaml"].map(|name| folder.path().join(name));
    let (fleet, other, none) = (text(&fleet), text(&other), text(&none));
    fs::write(none, "[]\n").expect("the folder is ours");
    let seeds = ["build", HELLO, "--seeds", "1..2", "--out", fleet];
    let more = |words: &[&str]| run(&[&seeds[..], words].concat());
    let refused = |output: &Output, sentence: &str| {
        assert_eq!(code(output), Some(2), "{sentence}: {}", stderr(output));
        assert!(stderr(output).contains(sentence), "{}", stderr(output));
    };
    refused(&more(&["--force"]), "a fleet has no --force");
    refused(&more(&["--prove", "static", "--clerk"]), "--clerk has no world to live in");
    refused(&more(&["--shard", "0/0"]), "at least one shard");
    refused(&more(&["--members", none]), "it has no members");
    refused(&more(&["--set", "nonsense=1"]), "E0592");
    refused(&more(&["--set", "nonsense=1", "--set", "nonsense=2"]), "set twice");
    refused(&run(&["show", HELLO]), "it is a file");
    refused(&run(&["build", HELLO, "--seed", "1", "--shard", "0/2", "--out", fleet]), "--seeds");
    refused(&run(&["build", HELLO, "--count", "0", "--out", fleet]), "'--count <N>'");
    assert!(!Path::new(fleet).exists(), "what is refused begins no fleet");

    assert_eq!(code(&more(&[])), Some(0));
    refused(&run(&["fleet", "sample", fleet, "--split", "foo"]), "train, test");
    let take = ["fleet", "take", fleet, "hello@1", "--out", other];
    assert_eq!(code(&run(&take)), Some(0));
    refused(&run(&take), "give another folder with --out");
    assert!(!stderr(&run(&take)).contains("--force"), "`fleet take` has none");
    assert!(stderr(&run(&["build", HELLO, "--seed", "1", "--out", other])).contains("--force"), "`build` has it");
    assert_eq!(code(&run(&["build", HELLO, "--seed", "1", "--out", other, "--force"])), Some(0));

    let later = folder.path().join("later");
    assert_eq!(code(&run(&["build", HELLO, "--seeds", "2..5", "--out", text(&later)])), Some(0));
    let changes = stdout(&run(&["fleet", "diff", fleet, text(&later)]));
    assert!(changes.contains("4 of 5 worlds differ"), "{changes}");
}

/// A world that two seeds of three refuse.
const PICKY: &str = include_str!("fleet/picky.world");

/// Changes what stands in a file.
fn edit(path: &Path, from: &str, to: &str) {
    let before = fs::read_to_string(path).expect("it is text");
    let after = before.replacen(from, to, 1);
    assert!(before != after, "{} has no {from}", path.display());
    fs::write(path, after).expect("the folder is ours");
}

#[test]
fn a_fleet_is_verified_to_its_last_byte() {
    let folder = folder();
    let [spec, fleet, shards] = ["picky.world", "fleet", "shards"].map(|name| folder.path().join(name));
    fs::write(&spec, PICKY).expect("the folder is ours");
    let build = |out: &Path, more: &[&str]| {
        run(&[&["build", text(&spec), "--seeds", "1..9", "--out", text(out)], more].concat())
    };
    let verify = |out: &Path| run(&["fleet", "verify", text(out), "--spec", text(&spec)]);
    let said = |output: &Output| format!("{}{}", stdout(output), stderr(output));
    let made = stdout(&build(&fleet, &[]));
    assert!(made.contains("seeds rejected\n"), "{made}");
    assert!(stdout(&build(&fleet, &[])).contains("seeds rejected, 9 of them there before"));
    assert_eq!(code(&verify(&fleet)), Some(0));
    let root = |seed: u32| fleet.join(format!("worlds/picky@{seed}"));
    let built = (1..=9).map(root).find(|world| world.exists()).expect("some seed makes a world");

    fs::write(built.join("answers.txt"), "").expect("the folder is ours");
    let foreign = verify(&fleet);
    assert!(
        code(&foreign) == Some(1) && said(&foreign).contains("/answers.txt belongs to no world"),
        "{}",
        said(&foreign)
    );
    fs::remove_file(built.join("answers.txt")).expect("the folder is ours");

    edit(&built.join("receipt.json"), "\"inputs\"", "\"read\"");
    let receipt = verify(&fleet);
    assert!(code(&receipt) == Some(2) && said(&receipt).contains("E0613"), "{}", said(&receipt));
    edit(&built.join("receipt.json"), "\"read\"", "\"inputs\"");

    // A seed that makes a world, or none for that reason, is told from what its row says.
    edit(&fleet.join("rows/0of1.jsonl"), "\"code\":\"E0511\"", "\"code\":\"E0512\"");
    assert_eq!(code(&run(&["fleet", "merge", text(&fleet)])), Some(0));
    let otherwise = verify(&fleet);
    assert!(
        code(&otherwise) == Some(1) && said(&otherwise).contains("9 built again, 1 of them otherwise"),
        "{}",
        said(&otherwise)
    );

    if cfg!(feature = "pack") {
        assert_eq!(code(&build(&shards, &["--pack", "shard"])), Some(0));
        assert_eq!(code(&verify(&shards)), Some(0));
        for half in ["open", "sealed"] {
            let path = shards.join(format!("shards/0of1.{half}.tar.zst"));
            let mut bytes = fs::read(&path).expect("it is there");
            *bytes.last_mut().expect("it is not empty") ^= 1;
            fs::write(&path, &bytes).expect("the folder is ours");
            let torn = verify(&shards);
            assert!(code(&torn) == Some(2) && said(&torn).contains("does not end behind"), "{}", said(&torn));
            assert_eq!(code(&build(&shards, &["--pack", "shard"])), Some(0));
            assert_eq!(code(&verify(&shards)), Some(0));
        }
    }
}

#[test]
fn a_spec_that_no_seed_can_help_is_wrong() {
    let folder = folder();
    let [spec, fleet] = ["mem.world", "fleet"].map(|name| folder.path().join(name));
    let other = "let rate = load(\"rate.yaml\")\nlet twice = rate * 2\ntemplate note { body = \"{{ twice }} sheets\" }";
    fs::write(folder.path().join("rate.yaml"), "per: day\n").expect("the folder is ours");
    let text_of = PICKY.lines().filter(|line| !line.starts_with("let") && !line.starts_with("require"));
    let lines: Vec<&str> = text_of.map(|line| if line.starts_with("template") { other } else { line }).collect();
    fs::write(&spec, lines.join("\n")).expect("the folder is ours");
    let built = run(&["build", text(&spec), "--seeds", "1..3", "--out", text(&fleet)]);
    assert_eq!(code(&built), Some(2), "{}{}", stdout(&built), stderr(&built));
    assert!(stderr(&built).contains("E0615") && stderr(&built).contains("E0201"), "{}", stderr(&built));
    // No shard alone can say so.
    let parts = folder.path().join("parts");
    for shard in ["0/2", "1/2"] {
        let built = run(&["build", text(&spec), "--seeds", "1..3", "--shard", shard, "--out", text(&parts)]);
        assert_eq!(code(&built), Some(0), "{}{}", stdout(&built), stderr(&built));
    }
    let merged = run(&["fleet", "merge", text(&parts)]);
    assert_eq!(code(&merged), Some(2), "{}{}", stdout(&merged), stderr(&merged));
    assert!(stderr(&merged).contains("E0615"), "{}", stderr(&merged));
}

/// A spec whose worlds differ from those of [`HELLO`] in facts that are computed from what is drawn.
fn hello_of_a_richer_shop(folder: &TempDir) -> String {
    let spec = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(HELLO)).expect("it is there");
    assert!(spec.contains("18_000"));
    let path = folder.path().join("hello.world");
    fs::write(&path, spec.replace("18_000", "19_000")).expect("the folder is ours");
    text(&path).to_owned()
}

#[cfg(feature = "pack")]
#[test]
fn container_images_stand_beside_a_fleet() {
    let folder = folder();
    let fleet = folder.path().join("fleet");
    assert_eq!(code(&run(&["build", HELLO, "--seeds", "1..2", "--out", text(&fleet)])), Some(0));
    for inside in ["", "images", "not/yet/there", "worlds/../images"] {
        let refused = run(&["fleet", "oci", text(&fleet), "--out", text(&fleet.join(inside))]);
        assert_eq!(code(&refused), Some(2), "{inside}: {}", stdout(&refused));
        assert!(stderr(&refused).contains("is a fleet"), "{inside}: {}", stderr(&refused));
    }
    let beside = run(&["fleet", "oci", text(&fleet), "--out", text(&fleet.join("../images"))]);
    assert_eq!(code(&beside), Some(0), "{}", stderr(&beside));
    assert_eq!(code(&run(&["fleet", "verify", text(&fleet)])), Some(0), "nothing was put into it");
}

/// The facts of all worlds are named, however the two fleets are kept and divided.
#[cfg(feature = "pack")]
#[test]
fn two_fleets_differ_in_named_facts() {
    let folder = folder();
    let other = hello_of_a_richer_shop(&folder);
    let place = |name: &str| text(&folder.path().join(name)).to_owned();
    for (pack, shards) in [("folders", 1), ("shard", 1), ("archive", 2)] {
        for shard in 0..shards {
            let shard = format!("{shard}/{shards}");
            let words = ["--seeds", "1..5", "--shard", &shard, "--pack", pack, "--out"];
            for (spec, fleet) in [(HELLO, place(pack)), (&other, place(&format!("other {pack}")))] {
                assert_eq!(code(&run(&[&["build", spec][..], &words, &[&fleet]].concat())), Some(0));
            }
        }
        for fleet in [place(pack), place(&format!("other {pack}"))] {
            assert_eq!(code(&run(&["fleet", "merge", &fleet])), Some(0));
        }
    }
    for (one, two) in [("folders", "archive"), ("archive", "shard"), ("archive", "archive"), ("shard", "folders")] {
        let (one, two) = (place(one), place(&format!("other {two}")));
        let changes = run(&["fleet", "diff", &one, &two, "--json"]);
        assert_eq!(code(&changes), Some(1), "{}", stderr(&changes));
        let changes = json(&changes);
        let worlds: Vec<&str> =
            changes.as_array().into_iter().flatten().filter_map(|row| row["world"].as_str()).collect();
        assert_eq!(worlds, ["hello@1", "hello@2", "hello@3", "hello@4", "hello@5"], "{one} {two}");
        for row in changes.as_array().into_iter().flatten() {
            assert_eq!((&row["facts"][0], &row["fact_count"]), (&"sale[2025-05].amount".into(), &13.into()), "{row}");
        }
    }
}

#[test]
fn a_damaged_world_does_not_pass_for_one_without_changed_facts() {
    let folder = folder();
    let other = hello_of_a_richer_shop(&folder);
    let [before, after] = ["before", "after"].map(|name| text(&folder.path().join(name)).to_owned());
    for (spec, fleet) in [(HELLO, &before), (&other, &after)] {
        assert_eq!(code(&run(&["build", spec, "--seeds", "1..4", "--out", fleet])), Some(0));
    }
    fs::write(Path::new(&after).join("worlds/hello@2/sealed/facts.json"), "[]").expect("the fleet is ours");
    for fleet in [&before, &after] {
        fs::remove_dir_all(Path::new(fleet).join("worlds/hello@3/mail")).expect("the fleet is ours");
    }
    let changes = run(&["fleet", "diff", &before, &after]);
    assert_eq!((code(&changes), stdout(&changes)), (Some(2), String::new()));
    for world in ["hello@2", "hello@3"] {
        assert!(stderr(&changes).contains(&format!("{world}: the image is damaged")), "{}", stderr(&changes));
    }
    for (fleet, times) in [(&before, 1), (&after, 2)] {
        let said = stderr(&changes);
        assert_eq!(said.matches(&format!("{fleet}/worlds.jsonl")).count(), times, "it says in which fleet: {said}");
    }
    let findings = run(&["fleet", "diff", &before, &after, "--json"]);
    assert_eq!((code(&findings), &json(&findings)["errors"]), (Some(2), &3.into()));
}

#[test]
fn what_may_pass_by_itself_is_told_from_what_is_wrong() {
    let folder = folder();
    let fleet = folder.path().join("fleet");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("the folder is ours");
    let within = file.join("fleet");
    let build = |out: &Path| run(&["build", HELLO, "--seeds", "1..2", "--out", text(out), "--json"]);
    assert_eq!(code(&build(&fleet)), Some(0));
    let found = |output: &Output| json(output)["findings"][0]["code"].clone();
    let in_the_way = build(&within);
    assert_eq!((code(&in_the_way), found(&in_the_way)), (Some(2), "E0601".into()), "a file is no folder, ever");
    let rows = fs::File::options().append(true).open(fleet.join("rows/0of1.jsonl")).expect("the fleet is ours");
    rows.try_lock().expect("nobody makes the shard");
    let held = build(&fleet);
    assert_eq!((code(&held), found(&held)), (Some(75), "E0618".into()), "whoever holds the shard lets it go");
    drop(rows);
    assert_eq!(code(&build(&fleet)), Some(0));
    if cfg!(target_os = "linux") {
        let full = run(&["prove", HELLO, "--seed", "1", "--out", "/dev/full", "--json"]);
        assert_eq!((code(&full), json(&full)["errors"].clone()), (Some(75), 1.into()), "the disk is full");
        // A file of the system that fails like a broken device.
        let broken = "/proc/self/mem";
        assert_eq!(code(&run(&["check", broken])), Some(75), "a spec");
        for option in ["--salt-file", "--members"] {
            let read =
                run(&["build", HELLO, "--seeds", "1..2", option, broken, "--out", text(&folder.path().join("new"))]);
            assert_eq!(code(&read), Some(75), "{option}: {}", stderr(&read));
        }
    }
}

/// Where a process may mount a disk of its own, one that is full in the middle of a fleet is a matter for later.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_in_the_middle_of_a_fleet_can_be_tried_again() {
    let packs = [("folders", "800k"), ("shard", "90k"), ("archive", "60k")];
    for (pack, size) in packs.into_iter().take(if cfg!(feature = "pack") { 3 } else { 1 }) {
        let (folder, whole) = (folder(), folder());
        let mount = format!(
            r#"mount -t tmpfs -o size={size} tmpfs "$2" && cp /dev/null "$2/probe" || exit 99
            build() {{ "$1" build {HELLO} --seeds 1..30 --pack {pack} --threads 2 --out "$2/f" 2>&1; }}
            rm "$2/probe"; build "$@"; [ $? = 75 ] || exit 1
            build "$@" | grep -q "disk is full" || exit 2
            mount -o remount,size=100m "$2" && build "$@" && cp -r "$2/f/." "$3""#
        );
        let arguments = ["-rm", "sh", "-c", &mount, "sh", env!("CARGO_BIN_EXE_worldc")];
        let mut command = Command::new("unshare");
        command.args(arguments).args([folder.path(), whole.path()]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let Ok(done) = command.output() else { return };
        if code(&done) == Some(99) || stderr(&done).contains("unshare") {
            return;
        }
        assert_eq!(code(&done), Some(0), "{pack}: {}{}", stdout(&done), stderr(&done));
        let calm = folder.path().join("calm");
        let built = run(&["build", HELLO, "--seeds", "1..30", "--pack", pack, "--out", text(&calm)]);
        assert_eq!(code(&built), Some(0));
        let index = |fleet: &Path| fs::read(fleet.join("worlds.jsonl")).expect("a fleet that is done has an index");
        assert!(index(whole.path()) == index(&calm), "{pack}: another fleet came of it");
    }
}

#[test]
fn an_image_is_proven_as_the_world_it_was_built_as() {
    let folder = folder();
    let image = folder.path().join("hello");
    let image = text(&image);
    assert_eq!(code(&run(&["build", HELLO, "--seed", "1", "--out", image])), Some(0));
    let (alone, built) = (run(&["prove", image, "--json"]), run(&["prove", HELLO, "--seed", "1", "--json"]));
    assert_eq!((code(&alone), stdout(&alone)), (Some(0), stdout(&built)));
    assert_eq!(code(&run(&["prove", image, "--seed", "1"])), Some(2), "an image has its seed");
    assert_eq!(code(&run(&["prove", HELLO])), Some(2), "a spec has many");
}
