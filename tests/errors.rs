//! Every kind of mistake, as data: `tests/errors/<code>_<slug>.world` is a spec with one or more mistakes, and its last
//! lines say what must be found, and where: `#! E0301 25:17-25:29 cause 3:8-3:20`.
//!
//! `WORLDC_BLESS=1 cargo test --test errors` writes these lines anew, for a person to review, and
//! `WORLDC_SHOW=e0301 cargo test --test errors -- --nocapture` prints what an author would see.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use worldc::Diagnostics;

/// All cases, in order of their names.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let entries = std::fs::read_dir(folder).expect("the folder of cases is part of the repository");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "world"));
    cases.sort();
    cases
}

/// What the compiler finds before any seed.
fn findings(path: &Path) -> Diagnostics {
    match worldc::load(path) {
        Err(found) => found,
        Ok(program) => match worldc::check(program) {
            Err(found) => found,
            Ok(spec) => spec.warnings(),
        },
    }
}

/// One line for each finding, as a case expects it.
fn lines(path: &Path) -> Vec<String> {
    let found = findings(path).json();
    let found = found.as_array().cloned().unwrap_or_default();
    found.iter().map(|finding| line(finding, path)).collect()
}

fn line(finding: &Value, case: &Path) -> String {
    let code = finding["code"].as_str().unwrap_or("no code");
    let mut line = format!("#! {code} {}", place(&finding["place"], case));
    for cause in finding["causes"].as_array().into_iter().flatten() {
        write!(line, " cause {}", place(&cause["place"], case)).expect("writing to a string cannot fail");
    }
    line
}

/// `25:17-25:29`, with the file's name before it when it is not the case itself.
fn place(place: &Value, case: &Path) -> String {
    let Some(path) = place["path"].as_str() else { return "world".to_string() };
    let text = std::fs::read_to_string(path).expect("findings point into files that were read");
    let at = |name: &str| {
        let offset = place[name].as_u64().unwrap_or(0) as usize;
        let before = &text[..offset];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        format!("{}:{}", before.matches('\n').count() + 1, before[line..].chars().count() + 1)
    };
    let span = format!("{}-{}", at("start"), at("end"));
    match Path::new(path).strip_prefix(case.parent().unwrap_or(case)) {
        Ok(other) if Path::new(path) != case => format!("{}:{span}", other.display()),
        _ => span,
    }
}

fn expected(text: &str) -> Vec<String> {
    text.lines().filter(|line| line.starts_with("#! ")).map(str::to_string).collect()
}

/// Writes the lines that a case expects anew.
fn bless(path: &Path, text: &str, lines: &[String]) {
    let spec: String = text.split_inclusive('\n').filter(|line| !line.starts_with("#! ")).collect();
    let blessed = format!("{}\n\n{}\n", spec.trim_end(), lines.join("\n"));
    std::fs::write(path, blessed).expect("cases can be written");
}

#[test]
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "whoever runs the test asks for its help so")]
fn every_mistake_is_found_where_it_is() {
    let bless_all = std::env::var_os("WORLDC_BLESS").is_some();
    let show = std::env::var("WORLDC_SHOW").ok();
    let mut wrong = String::new();
    for path in cases() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_string();
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let lines = lines(&path);
        if show.as_ref().is_some_and(|show| name.contains(show.as_str())) {
            println!("=== {name}\n{}", findings(&path).picture(false));
        }
        if bless_all {
            bless(&path, &text, &lines);
        } else if expected(&text) != lines {
            let (wanted, found) = (expected(&text).join("\n  "), lines.join("\n  "));
            writeln!(wrong, "{name}\n wanted\n  {wanted}\n found\n  {found}").expect("writing to a string cannot fail");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_case_finds_the_code_in_its_name() {
    for path in cases() {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_uppercase();
        let code = name.split('_').next().unwrap_or_default().to_string();
        let found = expected(&text).iter().any(|line| line.contains(&code));
        assert!(found, "{name} does not expect {code}");
    }
}

#[test]
fn there_are_enough_cases() {
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut with_cause = BTreeSet::new();
    for path in cases() {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        for line in expected(&text) {
            let code = line.split_whitespace().nth(1).unwrap_or_default().to_string();
            *codes.entry(code).or_default() += 1;
            if line.contains(" cause ") {
                with_cause.insert(path.clone());
            }
        }
    }
    assert!(cases().len() >= 100, "only {} cases", cases().len());
    assert!(with_cause.len() >= 15, "only {} cases show a cause elsewhere", with_cause.len());
    assert!(codes.len() >= 50, "only {} codes have a case", codes.len());
}
