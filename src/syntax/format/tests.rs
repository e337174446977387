use super::format;
use crate::source::Sources;
use crate::syntax::parse;

/// A tree as text, without places.
fn shape(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("test.world", text);
    let (tree, found) = parse(&sources, id);
    assert_eq!(found, []);
    without_places(&format!("{tree:?}"))
}

/// Cuts `Span { … }` and the origins of texts.
fn without_places(tree: &str) -> String {
    let mut shape = String::new();
    for (index, part) in tree.split("Span { ").enumerate() {
        let rest = if index == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) };
        shape.push_str(match rest.split_once("origin: [") {
            Some((before, _)) => before,
            None => rest,
        });
    }
    shape
}

fn holds(text: &str) -> String {
    let once = format(text).expect("the text is well formed");
    assert_eq!(format(&once).expect("a formatted text is well formed"), once, "formatting twice changes nothing");
    assert_eq!(shape(&once), shape(text), "formatting changes no meaning");
    once
}

/// All worlds of the repository.
fn worlds() -> Vec<(String, String)> {
    let mut worlds = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/examples"), root.join("specs")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("world") => {
                    worlds.push((path.display().to_string(), std::fs::read_to_string(&path).expect("readable")))
                }
                _ if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    worlds
}

#[test]
fn worlds_keep_their_meaning_and_are_stable() {
    let worlds = worlds();
    assert!(worlds.len() >= 2);
    for (path, text) in worlds {
        let Ok(once) = format(&text) else { panic!("{path} is not well formed") };
        assert_eq!(holds(&text), once, "{path}");
        let comments = |text: &str| text.matches('#').count();
        assert_eq!(comments(&once), comments(&text), "{path}");
    }
}

#[test]
fn layout_is_canonical() {
    let cases = [
        ("a{b=1 c~f( 1 ,2 )}", "a { b = 1  c ~ f(1, 2) }"),
        ("a {\nb=- 1\n\n\n   cc   = 2-1 # x\n}", "a {\n  b = -1\n\n  cc = 2 - 1  # x\n}"),
        ("a {\n b    = 1\n cdefg= 2\n hi   = 3\n}", "a {\n  b     = 1\n  cdefg = 2\n  hi    = 3\n}"),
        ("a {\n b   = 1\n cdefg= 2\n}", "a {\n  b = 1\n  cdefg = 2\n}"),
        ("t x{|a|bb|\n|1|\"long\"|\n|1_000|none|}", "t x { | a | bb |\n  | 1 | \"long\" |\n  | 1_000 | none | }"),
        (
            "t x{\n|a|bb|\n|1|\"long\"|\n|1_000|none|\n}",
            "t x {\n  | a     | bb     |\n  |     1 | \"long\" |\n  | 1_000 | none   |\n}",
        ),
        ("let x = { 1 :2 , 3:4 }", "let x = { 1: 2, 3: 4 }"),
        ("check not( a ) .b   \"m\"", "check not (a).b  \"m\""),
        ("x = [\n1,\n2 +\n3\n]", "x = [\n  1,\n  2 +\n    3\n]"),
        ("a { b { c = 1\n} }", "a { b { c = 1\n} }"),
        ("# one\n\n\n#two\na {\n# in\n}", "# one\n\n#two\na {\n  # in\n}"),
        ("x = wd1   09:12 + 2026-01 .. 2026-03", "x = wd1 09:12 + 2026-01..2026-03"),
        ("x = \"\"\"\n      keep\n    \"\"\"   y = 1", "x = \"\"\"\n      keep\n    \"\"\"  y = 1"),
    ];
    for (text, expected) in cases {
        assert_eq!(holds(&format!("worldspec 1\n{text}")), format!("worldspec 1\n{expected}\n"), "{text}");
    }
}
