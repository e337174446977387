//! The import order of the house, read from the sources: a module may use only those that stand left of it.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, in the order of the pipeline.
const ORDER: &[&str] = &[
    "source", "settings", "disk", "value", "diag", "document", "forms", "syntax", "template", "formats", "resolve",
    "draw", "eval", "check", "plan", "image", "testing", "judge", "run", "grade", "prove", "fleet", "cli", "bin",
];

/// Renderers see documents and values alone, so they cannot draw, read facts or know the seed.
const FORMATS_MAY_USE: &[&str] = &["document", "value", "formats"];

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for file in sources(Path::new("src")) {
        let room = room(&file);
        if room == "lib" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("sources are readable text");
        for (line, used) in imports(&text) {
            if !allowed(&room, &used) {
                wrong.push(format!("{}:{line}: `{room}` may not use `{used}`", file.display()));
            }
        }
        wrong.extend(reaches_past_its_room(&file, &text));
    }
    assert!(wrong.is_empty(), "imports against the order of the house:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_place() {
    for file in sources(Path::new("src")) {
        let room = room(&file);
        assert!(room == "lib" || ORDER.contains(&room.as_str()), "{} is in no room of the order", file.display());
    }
}

#[test]
fn the_map_of_the_house_shows_its_rooms_in_order() {
    let map = fs::read_to_string("src/lib.rs").expect("the crate has a root");
    let shown = map.lines().filter_map(|line| line.strip_prefix("//! | `")?.split('`').next());
    let rooms = ORDER.iter().copied().filter(|room| *room != "bin");
    assert_eq!(shown.collect::<Vec<_>>(), rooms.collect::<Vec<_>>());
}

#[test]
fn super_is_followed_to_where_it_leads() {
    let leads_out = |file: &str, text: &str| reaches_past_its_room(Path::new(file), text).is_some();
    assert!(leads_out("src/plan/mail.rs", "use super::super::cli::Done;"));
    assert!(leads_out("src/plan/mod.rs", "use super::cli::Done;"));
    assert!(!leads_out("src/plan/mail.rs", "use super::Planner; // super::super::cli"));
    assert!(!leads_out("src/plan/mail.rs", "mod tests {\n    use super::super::tests::plan;"));
}

#[test]
fn the_reader_of_imports_sees_them() {
    let text = "use crate::value::{Date, Month};\nuse crate::{diag, source::Span};\n// crate::plan\nlet x = crate::image::open();\n";
    let used: Vec<(usize, String)> = imports(text);
    let expected = [(1, "value"), (2, "diag"), (2, "source"), (4, "image")];
    assert_eq!(used, expected.map(|(line, name)| (line, name.to_owned())));
    assert!(allowed("plan", "value") && !allowed("value", "plan") && !allowed("formats", "source"));
}

/// All Rust files below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room a file belongs to: `src/plan/types.rs` and `src/plan.rs` are `plan`.
fn room(file: &Path) -> String {
    let inside = file.strip_prefix("src").expect("only files of src are asked about");
    let first = inside.iter().next().expect("a file has a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn allowed(room: &str, used: &str) -> bool {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    if room == "formats" {
        return FORMATS_MAY_USE.contains(&used);
    }
    // What is no room is an item of lib.rs, the public surface: for those who drive the whole pipeline.
    place(used).map_or(matches!(room, "fleet" | "cli"), |used| Some(used) <= place(room))
}

/// Every room named through `crate::`, with its line.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            if code[..at].ends_with('$') {
                continue;
            }
            let rest = &code[at + "crate::".len()..];
            let names = if rest.starts_with('{') { group(text, number, at) } else { vec![first_name(rest)] };
            found.extend(names.into_iter().map(|name| (number + 1, name)));
        }
    }
    found
}

/// The first names of `{a, b::{c, d}}` that begins on that line after `crate::`, wherever the brace closes.
fn group(text: &str, line: usize, column: usize) -> Vec<String> {
    let rest = text.lines().skip(line).collect::<Vec<_>>().join("\n");
    let (mut depth, mut names, mut item) = (0, Vec::new(), String::new());
    for letter in rest[column + "crate::".len()..].chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(first_name(&std::mem::take(&mut item))),
            _ if depth == 1 => item.push(letter),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.push(first_name(&item));
    names.retain(|name| !name.is_empty());
    names
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Where `super::` leads out of a room without saying `crate::`: each leads one module up, and a room stands one below the crate.
fn reaches_past_its_room(file: &Path, text: &str) -> Option<String> {
    let inside = file.strip_prefix("src").expect("only files of src are asked about");
    let depth = inside.iter().count() - usize::from(inside.ends_with("mod.rs"));
    let tests = text.lines().position(|line| line.ends_with("mod tests {")).unwrap_or(usize::MAX);
    let leads_out = |(number, line): (usize, &str)| steps_up(line) >= depth + usize::from(number > tests);
    let line = text.lines().enumerate().position(leads_out)?;
    Some(format!("{}:{}: `super` leads out of the room", file.display(), line + 1))
}

/// How many modules up the longest `super::super::…` of a line leads.
fn steps_up(line: &str) -> usize {
    let code = line.split("//").next().unwrap_or_default();
    let steps = |from: usize| code[from..].split("super::").take_while(|between| between.is_empty()).count();
    code.match_indices("super::").map(|(at, _)| steps(at)).max().unwrap_or(0)
}
