//! Data files as authors write them, and where they err.

use super::*;
use crate::diag::Diagnostic;
use crate::syntax::Loaded;

fn load(format: Format, text: &str) -> (Option<Loaded>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let path: Arc<str> = "data.x".into();
    let data = read(format, SourceId(0), text).expect("the text is well formed");
    (loaded(&path, &data, &mut found), found)
}

fn rows(format: Format, text: &str) -> Vec<Vec<Value>> {
    match load(format, text) {
        (Some(Loaded::Table { rows, .. }), _) => rows,
        other => panic!("no table: {other:?}"),
    }
}

fn number_of(text: &str) -> Value {
    Value::Number(Number::parse(text).expect("a number"))
}

#[test]
fn all_formats_type_alike() {
    let expected = vec![vec![Value::Text("4100".into()), number_of("1.10"), Value::Date(Date(0)), Value::None]];
    let yaml = "- code: \"4100\"\n  amount: 1.10\n  day: 1970-01-01\n  note:\n";
    let json = r#"[{"code": "4100", "amount": 1.10, "day": "1970-01-01", "note": null}]"#;
    let lines = r#"{"code": "4100", "amount": 1.10, "day": "1970-01-01", "note": null}"#;
    let csv = "code,amount,day,note\n\"4100\",1.10,1970-01-01,\n";
    for (format, text) in [(Format::Yaml, yaml), (Format::Json, json), (Format::JsonLines, lines), (Format::Csv, csv)] {
        assert_eq!(rows(format, text), expected, "{format:?}");
    }
}

#[test]
fn numbers_keep_their_places_and_codes_their_zeros() {
    let row = &rows(Format::Yaml, "- a: 1.10\n  b: 007\n  c: 1_000\n")[0];
    assert!(matches!(row[0], Value::Number(number) if number.places == 2));
    assert_eq!(row[1], Value::Text("007".into()));
    assert_eq!(row[2], Value::Text("1_000".into()));
}

#[test]
fn a_wrong_type_is_marked_in_its_line() {
    let text = "# suppliers\n- name: A\n  days: 3\n- name: B\n  days: soon\n";
    let (_, found) = load(Format::Yaml, text);
    assert_eq!(found.len(), 1);
    let span = found[0].span.expect("a place");
    assert_eq!(&text[span.start as usize..span.end as usize], "days: soon");
    assert_eq!(found[0].code, "E0208");
}

#[test]
fn ragged_rows_are_marked() {
    let (_, found) = load(Format::Yaml, "- name: A\n  days: 3\n- name: B\n  dayz: 4\n");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `days`?"));
    let short = read(Format::Csv, SourceId(0), "a,b\n1\n").expect_err("a ragged row");
    assert_eq!((short.span.start, short.span.end), (4, 5));
}

#[test]
fn broken_files_say_where() {
    for (format, text) in [
        (Format::Json, "[1, 2"),
        (Format::Json, "[1 2]"),
        (Format::Json, "{\"a\": 1e9}"),
        (Format::Json, "\"\\ud800\""),
        (Format::Json, "{\"a\": 1, \"a\": 2}"),
        (Format::Csv, "a,a\n1,2\n"),
        (Format::Yaml, "a: 1\na: 2\n"),
        (Format::Yaml, "a: [1\n"),
        (Format::Csv, "a,b\n\"x,1\n"),
    ] {
        let fault = read(format, SourceId(0), text).expect_err(text);
        assert!(fault.span.end as usize <= text.len(), "{text}");
    }
}

#[test]
fn entries_of_a_mapping_have_their_lines() {
    let text = "role: clerk\nname:\n  first: A\nhobby: chess\n";
    let (_, found) = load(Format::Yaml, text);
    let span = found[0].span.expect("a place");
    assert_eq!(&text[span.start as usize..span.end as usize], "name:");
}

#[test]
fn hostile_data_are_answered() {
    let wide: String = (0..20_000).map(|n| format!("k{n}: 1\n")).collect();
    assert!(load(Format::Yaml, &wide).0.is_some());
    assert!(load(Format::Yaml, &format!("- {}", wide.replace('\n', "\n  "))).0.is_none());
    for text in ["[".repeat(10_000), format!("a: {}", "{a: ".repeat(10_000)), "&a [*a, *a]".to_string()] {
        assert!(read(Format::Yaml, SourceId(0), &text).is_err());
    }
    assert!(read(Format::Json, SourceId(0), &"[".repeat(100_000)).is_err());
}
