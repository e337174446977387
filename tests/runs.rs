//! Runs as processes: killed at any instant and resumed, changed in any byte and caught, lived through a socket.
//!
//! The agent is `cat`: a file of calls, one a line. The long bars stand behind `--include-ignored`.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The spec of the image in a place.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/hello.world");

/// A temporary place with an image and a file of calls.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(turns: usize) -> Place {
        Place::of(SPEC, turns)
    }

    fn of(spec: &str, turns: usize) -> Place {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let place = Place { folder };
        let mut build = Command::new(env!("CARGO_BIN_EXE_worldc"));
        build.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", spec, "--seed", "1", "--out"]);
        let built = build.arg(place.at("image")).output().expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        fs::write(place.at("calls"), calls(turns)).expect("writable");
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `worldrun` with these words; `@` stands for the folder, `^` for a blank within a word.
    fn worldrun(&self, words: &str) -> Command {
        let folder = self.folder.path().to_str().expect("temporary paths are text");
        let mut command = Command::new(env!("CARGO_BIN_EXE_worldrun"));
        command.args(words.split(' ').map(|word| word.replace('^', " ").replace('@', folder)));
        command.stdin(Stdio::null());
        command
    }

    /// Lives with all calls behind those that were made, in a new run or in one that goes on; the journal's hash.
    fn live(&self, run: &str) -> String {
        let done = turns(&self.at(run));
        let how = format!("--agent cmd:tail^-n^+{}^@/calls --agent-folder @ --unconfined --no-sync --json", done + 1);
        let words = match self.at(run).join("journal.jsonl").exists() {
            true => format!("resume @/{run} --image @/image {how}"),
            false => format!("run @/image --out @/{run} {how}"),
        };
        let told = self.worldrun(&words).output().expect("the program starts");
        assert!(told.status.success(), "{words}: {}", String::from_utf8_lossy(&told.stderr));
        let told: Value = serde_json::from_slice(&told.stdout).expect("it was asked for JSON");
        assert_eq!(told["end"], "finished");
        told["journal"].as_str().expect("a hash").to_owned()
    }

    fn replay(&self, run: &str) -> Output {
        self.worldrun(&format!("replay @/{run} --image @/image")).output().expect("the program starts")
    }
}

/// Everyday work that needs to know nothing of the world; the last call ends the month.
fn calls(turns: usize) -> String {
    let one = |turn: usize| {
        let note = format!("Documents/note {}.txt", turn % 40);
        match turn % 10 {
            0 => {
                json!({"tool": "write_file", "arguments": {"path": note, "content": format!("turn {turn}\n").repeat(turn % 300)}})
            }
            1 => json!({"tool": "list_mails", "arguments": {"offset": turn % 30}}),
            2 => {
                json!({"tool": "read_text_file", "arguments": {"path": format!("Documents/note {}.txt", (turn - 2) % 40)}})
            }
            3 => json!({"tool": "directory_tree", "arguments": {"path": "Documents"}}),
            4 => json!({"tool": "search_contacts", "arguments": {"query": ""}}),
            5 => json!({"tool": "edit_file", "id": format!("edit {turn}"), "arguments": {
                "path": format!("Documents/note {}.txt", (turn - 5) % 40), "edits": [{"oldText": "turn", "newText": "Turn"}]}}),
            6 => json!({"tool": "copy_file", "arguments": {
                "source": format!("Documents/note {}.txt", (turn - 6) % 40), "destination": format!("Documents/copy {turn}.txt")}}),
            7 => json!({"tool": "get_current_time", "arguments": {}}),
            8 => json!({"tool": "delete_file", "arguments": {"path": format!("Documents/copy {}.txt", turn - 2)}}),
            _ => json!({"tool": "search_text", "arguments": {"path": "Documents", "text": format!("turn {turn}")}}),
        }
    };
    let last = json!({"tool": "finish_month", "arguments": {}});
    (0..turns - 1).map(one).chain([last]).map(|call| format!("{call}\n")).collect()
}

/// Turns that stand in a run's journal whole.
fn turns(run: &Path) -> usize {
    let journal = fs::read(run.join("journal.jsonl")).unwrap_or_default();
    journal.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1)
}

/// Numbers that are spread as evenly as a bar needs, the same every time.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    (1..=count).map(|at| at.wrapping_mul(2_654_435_761) % 1_000_003)
}

/// The agent kills the runner when it has said so many calls, wherever the runner is with them by then.
fn killed_and_resumed(place: &Place, times: usize, in_all: usize) {
    let whole = place.live("whole");
    for (at, random) in spread(times).enumerate() {
        let (run, said) = (format!("killed{at}"), random % in_all);
        let agent = format!("cmd:head^-n^{said}^@/calls;^kill^-9^$PPID");
        let words = format!("run @/image --out @/{run} --agent {agent} --agent-folder @ --unconfined --no-sync");
        let killed = place.worldrun(&words).output().expect("the program starts");
        assert!(killed.status.code().is_none(), "it was killed: {killed:?}");
        let done = turns(&place.at(&run));
        assert_eq!(place.live(&run), whole, "killed after {said} calls were said and {done} done");
        fs::remove_dir_all(place.at(&run)).expect("it is ours");
    }
}

#[test]
fn a_run_that_was_killed_ends_as_if_it_had_not_been() {
    killed_and_resumed(&Place::new(60), 10, 60);
}

#[test]
#[ignore = "two hundred kills take minutes: tests/runner_bars.sh"]
fn two_hundred_killed_runs_end_as_if_they_had_not_been() {
    killed_and_resumed(&Place::new(400), 200, 400);
}

/// Flips one byte after the other and hears which file or turn it was.
fn flipped_and_found(place: &Place, times: usize) {
    place.live("run");
    let files =
        [files(&place.at("run/blobs")), files(&place.at("image")), vec![place.at("run/journal.jsonl")]].concat();
    // What lies beside the root says nothing about the world.
    let files: Vec<PathBuf> = files.into_iter().filter(|file| !file.ends_with("receipt.json")).collect();
    for random in spread(times) {
        let file = &files[random % files.len()];
        let whole = fs::read(file).expect("readable");
        let mut changed = whole.clone();
        let at = random % whole.len();
        changed[at] ^= 1 << (random % 8);
        fs::write(file, changed).expect("writable");
        let told = place.replay("run");
        let said = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
        assert!(!told.status.success(), "byte {at} of {} was flipped unseen", file.display());
        let name = file.file_name().expect("it has one").to_string_lossy().into_owned();
        let named = if name == "journal.jsonl" {
            said.contains("turn") || said.contains("header")
        } else {
            said.contains(&name)
        };
        assert!(named, "byte {at} of {}: {said}", file.display());
        fs::write(file, whole).expect("writable");
    }
    assert!(place.replay("run").status.success());
}

/// Every file below a folder that holds something.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.retain(|file| fs::metadata(file).is_ok_and(|file| file.len() > 0));
    found.sort();
    found
}

#[test]
fn a_flipped_byte_is_found_and_named() {
    flipped_and_found(&Place::new(40), 30);
}

#[test]
#[ignore = "a thousand replays take minutes: tests/runner_bars.sh"]
fn a_thousand_flipped_bytes_are_found_and_named() {
    flipped_and_found(&Place::new(40), 1_000);
}

/// Two thousand turns, lived again.
#[test]
#[ignore = "it takes half a minute: tests/runner_bars.sh"]
fn a_long_run_replays() {
    let place = Place::new(2_000);
    let hash = place.live("run");
    assert_eq!(turns(&place.at("run")), 2_000);
    let told = place.replay("run");
    assert!(String::from_utf8_lossy(&told.stdout).contains(&hash), "{told:?}");
}

/// Programs that hang, die or say too much end the month, and the run can be lived again.
#[test]
fn strange_programs_end_the_month() {
    let place = Place::new(3);
    for (name, program, end) in [
        ("hangs", "sleep^1000", "agent_timeout"),
        ("dies", "kill^-9^$$", "agent_exit"),
        ("floods", "yes", "turn_limit"),
        ("mumbles", "head^-c^1000^/dev/urandom", "agent_exit"),
        ("endless", "tr^-d^'\\n'^</dev/zero", "agent_exit"),
    ] {
        let words =
            format!("run @/image --out @/{name} --agent cmd:{program} --patience 1 --calls 300 --no-sync --json");
        let told = place.worldrun(&words).output().expect("the program starts");
        assert!(told.status.success(), "{name}: {}", String::from_utf8_lossy(&told.stderr));
        let told: Value = serde_json::from_slice(&told.stdout).expect("it was asked for JSON");
        assert_eq!(told["end"], end, "{name}");
        assert!(place.replay(name).status.success(), "{name}");
    }
}

/// An operator ends a run that is lived, from its next turn on, and one that nobody lives, at once.
#[test]
fn an_operator_stops_a_run() {
    let place = Place::new(30);
    // It says five calls, waits until they are made, asks the operator to stop the run, and goes on.
    let program =
        "head -n 5 calls; until [ $(wc -l < lived/journal.jsonl) -gt 5 ]; do :; done; ./stop >&2; tail -n +6 calls";
    let stop = format!(
        "#!/bin/sh\nexec {} stop {} --image {}\n",
        env!("CARGO_BIN_EXE_worldrun"),
        place.at("lived").display(),
        place.at("image").display()
    );
    fs::write(place.at("stop"), stop).expect("writable");
    fs::set_permissions(place.at("stop"), std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("it is ours");
    let program = program.replace(' ', "^");
    let words =
        format!("run @/image --out @/lived --agent cmd:{program} --agent-folder @ --unconfined --no-sync --json");
    let told = place.worldrun(&words).output().expect("the program starts");
    let told: Value = serde_json::from_slice(&told.stdout).expect("it was asked for JSON");
    assert_eq!((&told["end"], &told["turns"]), (&json!("stopped"), &json!(6)));
    let killed = "run @/image --out @/killed --agent cmd:head^-n^5^@/calls;^kill^-9^$PPID --agent-folder @ --unconfined --no-sync";
    assert!(place.worldrun(killed).output().expect("the program starts").status.code().is_none());
    let stopped = place.worldrun("stop @/killed --image @/image").output().expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&stopped.stdout), "the run is ended\n");
    for run in ["lived", "killed"] {
        assert!(place.replay(run).status.success(), "{run}");
        let shown = place.worldrun(&format!("show @/{run}")).output().expect("the program starts");
        assert!(String::from_utf8_lossy(&shown.stdout).contains("the month ends: stopped"));
    }
}

/// What nobody understood is listed, and a check that was lost after it is marked.
#[test]
fn a_check_that_was_lost_after_a_miss_is_marked() {
    let place = Place::of("specs/fpa_march.world", 3);
    let people = fs::read_to_string(place.at("image/sealed/people.json")).expect("an image has people");
    let people: Value = serde_json::from_str(&people).expect("records are JSON");
    let knows = |person: &&Value| {
        person["tells"].as_array().is_some_and(|tells| tells.iter().any(|tell| tell["reveals"] != ""))
    };
    let people: Vec<&Value> = people.as_array().expect("a list").iter().filter(knows).collect();
    let lunch = |person: &&Value| {
        json!({"tool": "send_mail", "arguments": {
        "to": [person["email"]], "subject": "Lunch", "body": "How was your weekend?"}})
    };
    let days = (0..5).map(|_| json!({"tool": "end_day", "arguments": {}}));
    let last = json!({"tool": "finish_month", "arguments": {}});
    let calls = people.iter().map(lunch).chain(days).chain([last]).map(|call| format!("{call}\n"));
    fs::write(place.at("calls"), calls.collect::<String>()).expect("writable");
    place.live("run");
    let told = |words: &str| {
        let told = place.worldrun(words).output().expect("the program starts");
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    assert_eq!(told("misses @/run --image @/image").matches("How was your weekend?").count(), people.len());
    assert!(told("grade @/run --image @/image").contains("  people?\n"));
}

/// The `world` client asks over the socket; the run is one like any other.
#[test]
fn the_client_calls_tools_over_the_socket() {
    let place = Place::new(3);
    let mut server = place.worldrun("run @/image --out @/run --agent socket --no-sync");
    let mut server = server.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut socket = String::new();
    let output = server.stdout.take().expect("it is piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut socket).expect("it says where it listens");
    let world = |words: &[&str]| {
        let mut client = Command::new(env!("CARGO_BIN_EXE_world"));
        client.args(["--socket", socket.trim()]).args(words).output().expect("the program starts")
    };
    let said = |told: &Output| String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(said(&world(&[])).contains("send_mail"));
    assert!(said(&world(&["help", "write_file"])).contains("content (string): the whole text"));
    assert!(world(&["write_file", "Documents/x.txt", "--content", "hello"]).status.success());
    assert_eq!(said(&world(&["read_text_file", "path=Documents/x.txt"])).trim(), "hello");
    assert_eq!(world(&["read_text_file", "/etc/passwd"]).status.code(), Some(1));
    assert_eq!(world(&["no_such_tool"]).status.code(), Some(2));
    assert!(world(&["finish_month"]).status.success());
    assert!(server.wait().expect("it ends").success());
    assert_eq!(world(&["list_mails"]).status.code(), Some(75));
    assert!(place.replay("run").status.success());
}

/// A program with a shell sees its own folder and the disk, and nothing of the run or the image.
#[test]
fn a_program_is_kept_inside_its_walls() {
    let place = Place::new(3);
    fs::create_dir(place.at("own")).expect("writable");
    let script = "world write_file Documents/a.txt a && cat Documents/a.txt > Documents/b.txt\n\
                  for f in @/image/sealed/blind @/run/journal.jsonl @/calls @/image/manifest.json; do cat $f && echo in >> Documents/in.txt; done\n\
                  ln -s @/image/sealed/blind Documents/link.txt; ln @/image/sealed/blind Documents/hard.txt\n\
                  echo x > @/out.txt\nworld read_text_file Documents/link.txt > $AGENT_FOLDER/said.txt\nworld finish_month\n";
    let folder = place.folder.path().to_str().expect("text");
    fs::write(place.at("own/agent.sh"), script.replace('@', folder)).expect("writable");
    let words = "run @/image --out @/run --agent shell:sh^$AGENT_FOLDER/agent.sh --agent-folder @/own --no-sync --json";
    let told = place.worldrun(words).output().expect("the program starts");
    let header = fs::read_to_string(place.at("run/journal.jsonl")).expect("a journal");
    if !header.contains("\"confined\":true") {
        // This system has no walls; the run has said so.
        assert!(header.contains("\"confined\":false"), "{told:?}");
        return;
    }
    let home = files(&place.at("run/disk")).into_iter().find(|file| file.ends_with("Documents/b.txt"));
    let documents = home.expect("the shell wrote it").parent().expect("a folder").to_owned();
    assert!(
        !documents.join("in.txt").exists() && !documents.join("hard.txt").exists() && !place.at("out.txt").exists()
    );
    let said = fs::read_to_string(place.at("own/said.txt")).expect("its own folder takes it");
    assert_eq!(said.trim(), format!("{folder}/image/sealed/blind"));
    assert!(place.replay("run").status.success());
}

/// A client of MCP that has started the runner.
struct Client {
    server: Child,
    says: ChildStdin,
    hears: Lines<BufReader<ChildStdout>>,
    /// What she was told when she came.
    told: Value,
}

impl Client {
    /// Starts the runner with these words and greets it.
    fn greet(place: &Place, words: &str) -> Client {
        let mut server = place.worldrun(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let says = server.stdin.take().expect("piped");
        let hears = BufReader::new(server.stdout.take().expect("piped")).lines();
        let mut client = Client { server, says, hears, told: Value::Null };
        client.told = client.ask("initialize", &about_her());
        writeln!(client.says, "{}", json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
            .expect("it listens");
        client
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        writeln!(self.says, "{request}").expect("it listens");
        let line = self.hears.next().expect("it answers").expect("text");
        serde_json::from_str(&line).expect("JSON")
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({"name": tool, "arguments": arguments}))
    }

    fn transcript(&mut self) -> Value {
        self.ask("resources/read", &json!({"uri": "world://transcript"}))
    }

    /// Goes; the runner ends well.
    fn leave(mut self) {
        drop(self.says);
        assert!(self.server.wait().expect("it ends").success());
    }
}

/// What a client says of herself when she comes.
fn about_her() -> Value {
    json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}})
}

/// Reads a file and then the mail as a client of MCP; what was answered.
fn read_by_mcp(place: &Place, words: &str, path: &str) -> Vec<Value> {
    let mut client = Client::greet(place, words);
    let file = client.call("read_document_content", &json!({"path": path}));
    let answers = vec![client.told.clone(), file, client.call("list_mails", &json!({})), client.transcript()];
    client.leave();
    answers
}

/// [J2]: whoever starts from a spec is answered before its world stands, and lives the same run.
#[test]
fn a_run_from_a_spec_is_the_run_on_its_image() {
    let place = Place::new(4);
    let path = "Documents/Letter.docx";
    let instant = read_by_mcp(&place, &format!("run {SPEC} --seed 1 --agent mcp --no-sync --out @/instant"), path);
    let built = read_by_mcp(&place, "run @/image --agent mcp --no-sync --out @/built", path);
    assert_eq!(instant, built);
    let journal = |run: &str| fs::read_to_string(place.at(run).join("journal.jsonl")).expect("readable");
    assert_eq!(journal("instant"), journal("built"));
    let words = format!("run {SPEC} --seed 1 --agent mcp --out @/instant");
    let taken = place.worldrun(&words).output().expect("it starts");
    assert_eq!(taken.status.code(), Some(2), "{}", String::from_utf8_lossy(&taken.stderr));
}

/// Whoever only asks where the run stands makes no call to wait for; it begins when its world stands.
#[test]
fn a_run_from_a_spec_begins_without_a_call() {
    let place = Place::new(4);
    let asked = |words: &str| {
        let mut client = Client::greet(&place, words);
        let transcript = client.transcript();
        client.leave();
        transcript
    };
    let instant = asked(&format!("run {SPEC} --seed 1 --agent mcp --no-sync --out @/instant"));
    assert_eq!(instant, asked("run @/image --agent mcp --no-sync --out @/built"));
    assert!(place.replay("instant").status.success());
}

/// The folder of a run is its own before the first answer, not only when the world stands.
#[test]
fn a_run_from_a_spec_takes_its_folder_before_it_answers() {
    let place = Place::new(4);
    let mut first = Client::greet(&place, &format!("run {SPEC} --seed 1 --agent mcp --no-sync --out @/run"));
    let second = place.worldrun("run @/image --agent idle --no-sync --out @/run").output().expect("it starts");
    let told = String::from_utf8_lossy(&second.stderr);
    // In use while the world is made, and taken once the run has begun.
    match second.status.code() {
        Some(75) => assert!(told.contains("E0622"), "{told}"),
        Some(2) => assert!(told.contains("E0621"), "{told}"),
        other => panic!("{other:?}: {told}"),
    }
    first.call("list_mails", &json!({}));
    first.leave();
}

/// Nobody is answered in a run that has no place to stand.
#[test]
fn a_run_from_a_spec_is_not_served_where_it_cannot_stand() {
    let place = Place::new(4);
    // The calls are a file, so that no folder can stand below them.
    let mut server = place.worldrun(&format!("run {SPEC} --seed 1 --agent mcp --out @/calls/run"));
    let mut server = server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let greeting = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about_her()});
    let mut says = server.stdin.take().expect("piped");
    // It may have gone already, which is what it should do.
    let _heard = writeln!(says, "{greeting}");
    let mut heard = String::new();
    let mut hears = BufReader::new(server.stdout.take().expect("piped"));
    hears.read_line(&mut heard).expect("text");
    drop(says);
    assert_eq!((server.wait().expect("it ends").code(), heard.as_str()), (Some(2), ""));
}

/// Whoever was too slow is told so however late she asks.
#[test]
fn a_client_without_patience_left_hears_that_the_month_is_over() {
    let place = Place::new(4);
    let over = |client: &mut Client| client.call("list_mails", &json!({}))["result"]["content"][0]["text"].clone();
    let mut late = Client::greet(&place, "run @/image --agent mcp --no-sync --patience 0 --out @/late");
    assert_eq!(over(&mut late), "the month is over: agent_timeout");
    late.leave();
}

/// What was begun nowhere cannot be gone on with, and nothing is left where it was looked for.
#[test]
fn a_folder_without_a_run_is_not_resumed() {
    let place = Place::new(4);
    fs::create_dir(place.at("empty")).expect("writable");
    for name in ["nosuch", "empty"] {
        let words = format!("resume @/{name} --image @/image --agent idle");
        let told = place.worldrun(&words).output().expect("it starts");
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(2), "{said}");
        assert!(said.contains("holds no run") && said.contains("worldrun run"), "{said}");
    }
    assert_eq!(fs::read_dir(place.at("empty")).expect("readable").count(), 0);
}

/// A choice that cannot be followed is refused with a sentence that names it.
#[test]
fn an_image_has_made_its_choices() {
    let place = Place::new(4);
    for (choice, named) in [("--seed 1", "--seed"), ("--set a=1", "--set"), ("--salt-file @/calls", "--salt-file")] {
        let words = format!("run @/image --agent idle --out @/run {choice}");
        let told = place.worldrun(&words).output().expect("it starts");
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(2), "{choice}: {said}");
        assert!(said.contains(named), "{choice}: {said}");
    }
    let told = place.worldrun("run @/nosuch --agent idle --out @/run").output().expect("it starts");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.status.code() == Some(2) && said.contains("nosuch") && said.contains("does not exist"), "{said}");
    assert!(!place.at("run").exists());
}
