//! Programs from specs held in memory.

use std::collections::BTreeMap;

use super::program::{Program, Source, Target};
use super::resolve;
use crate::diag::Diagnostics;
use crate::forms::Kind;
use crate::source::{Files, Unread};
use crate::syntax::{ExprKind, Loaded};

const WORLD: &str = "worldspec 1\nworld w { owner = jana  month = 2026-03  company = \"A\" }\npersona jana { }\n";

/// Resolves `spec`, with other files beside it.
fn with(spec: &str, others: &[(&str, &str)]) -> (Option<Program>, Diagnostics) {
    let mut files: BTreeMap<String, Vec<u8>> =
        others.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    files.insert("w.world".into(), spec.as_bytes().to_vec());
    resolve("specs/w.world", &files)
}

/// The program of a spec without faults, after the world block.
fn program(rest: &str, others: &[(&str, &str)]) -> Program {
    let (program, found) = with(&format!("{WORLD}{rest}"), others);
    assert!(found.list.is_empty(), "{}", found.picture(false));
    program.expect("a program")
}

/// The codes and marked words of the faults of a spec, after the world block.
fn faults(rest: &str, others: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let (_, found) = with(&format!("{WORLD}{rest}"), others);
    let marked = |diagnostic: &crate::diag::Diagnostic| {
        let span = diagnostic.span.expect("a place");
        found.sources.get(span.source).text[span.start as usize..span.end as usize].to_string()
    };
    found.list.iter().map(|diagnostic| (diagnostic.code, marked(diagnostic))).collect()
}

fn one(rest: &str) -> (&'static str, String) {
    let found = faults(rest, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().expect("one fault")
}

fn find<'p>(program: &'p Program, name: &str) -> &'p super::program::Declaration {
    match program.modules[0].names.get(name) {
        Some(Target::Declaration(id)) => program.get(*id),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn loops_become_bindings_and_nested_names_are_global() {
    let spec = "for m in 2025-01..2026-01 { folder \"{{ m | ym }}\" { file memo \"m.docx\" for k in 1..3 { from = t(m) } } }\ntemplate t(m) { body = \"x\" }";
    let program = program(spec, &[]);
    let memo = find(&program, "memo");
    let names: Vec<&str> = memo.bindings.iter().map(|source| &*source.name().name).collect();
    assert_eq!(names, ["m", "k"]);
    assert_eq!(program.get(memo.parent.expect("a folder")).kind, Kind::Folder);
}

#[test]
fn tables_have_headers_rows_columns_and_sealed_columns() {
    let spec = "table a { | code | b in other | \n | \"1\" | \"2\" | }\ntable other for n in 1..3 { x = n  secret y ~ between(1, 9)  require x > 0 }";
    let program = program(spec, &[]);
    let a = find(&program, "a");
    assert_eq!((a.header.len(), a.rows.len()), (2, 1));
    assert!(a.header[1].1.is_some());
    let other = find(&program, "other");
    assert_eq!(other.fields.iter().map(|field| field.sealed).collect::<Vec<_>>(), [false, true]);
    assert_eq!(other.rules.len(), 1);
}

/// A device that fails on everything but the spec.
struct Failing(Vec<u8>);

impl Files for Failing {
    fn read(&self, path: &str) -> Result<Vec<u8>, Unread> {
        let failed = || Unread { reason: format!("`{path}` cannot be read: the device fails"), may_pass: true };
        if path == "w.world" { Ok(self.0.clone()) } else { Err(failed()) }
    }
}

#[test]
fn what_may_be_read_later_is_all_that_is_found() {
    let uses = "use \"lib/people.world\" as people\n";
    let rest = "table t { from = load(\"rows.csv\") }\nlet total = sum(t.amount)\nlet who = people.jana\n";
    let spec = WORLD.replacen("worldspec 1\n", &format!("worldspec 1\n{uses}"), 1) + rest;
    let (_, found) = resolve("w.world", &Failing(spec.into_bytes()));
    let codes: Vec<&str> = found.list.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["E0609", "E0609"], "{}", found.picture(false));
}

#[test]
fn faults_of_form_are_marked() {
    assert_eq!(one("persona p { manger = jana }"), ("E0110", "manger".into()));
    assert_eq!(one("persona p { first = \"J\" }"), ("E0110", "first".into()));
    assert_eq!(one("persno p { }"), ("E0124", "persno".into()));
    assert_eq!(one("persona p { role = \"a\"  role = \"b\" }"), ("E0126", "role".into()));
    assert_eq!(one("persona { }"), ("E0115", "persona".into()));
    assert_eq!(one("persona p \"x\" { }"), ("E0115", "\"x\"".into()));
    assert_eq!(one("tell t { }"), ("E0114", "tell t".into()));
    assert_eq!(one("persona jana { }"), ("E0112", "jana".into()));
    assert_eq!(one("let sum = 1"), ("E0113", "sum".into()));
    assert_eq!(one("let a = 1  let a = 2"), ("E0112", "a".into()));
    assert_eq!(one("knob k for x in [1] { }").0, "E0007");
    assert_eq!(one("world v { }"), ("E0112", "world v".into()));
    assert_eq!(one("mailbox jan { }"), ("E0101", "jan".into()));
    assert_eq!(one("table t { | a | b | \n | 1 | }"), ("E0118", "| 1 |".into()));
    assert_eq!(one("table t { }"), ("E0118", "table t".into()));
    assert_eq!(one("table t for a in [1] { a = 2 }"), ("E0112", "a".into()));
    assert_eq!(one("for x in [1] { objective o { } }"), ("E0116", "objective o".into()));
    assert_eq!(one("change c { at ~ between(wd1, wd2) }"), ("E0120", "at ~ between(wd1, wd2)".into()));
    assert_eq!(one("template t { chart \"c\" { kind = \"colum\" } }"), ("E0121", "\"colum\"".into()));
    assert_eq!(one("check 1 == 1"), ("E0117", "check 1 == 1".into()));
}

#[test]
fn a_spec_needs_a_world() {
    let (program, found) = with("worldspec 1\nlet a = 1", &[]);
    assert!(program.is_none());
    assert_eq!(found.list[0].code, "E0111");
}

#[test]
fn imports_are_read_once_and_rings_are_printed() {
    let spec = format!("{WORLD}use \"lib/a.world\" as a").replace("worldspec 1\n", "");
    let spec = format!("worldspec 1\nuse \"lib/a.world\" as a\n{}", spec.split("use").next().unwrap_or_default());
    let (program, found) = with(&spec, &[("lib/a.world", "worldspec 1\nlet x = 1")]);
    assert!(found.list.is_empty(), "{}", found.picture(false));
    let program = program.expect("a program");
    assert!(matches!(program.modules[0].names.get("a"), Some(Target::Module(_))));
    let ring =
        [("lib/a.world", "worldspec 1\nuse \"b.world\" as b"), ("lib/b.world", "worldspec 1\nuse \"a.world\" as a")];
    let (_, found) = with(&spec, &ring);
    assert_eq!(found.list[0].code, "E0107");
    assert_eq!(found.list[0].notes, ["lib/a.world → lib/b.world → lib/a.world"]);
    let (_, found) = with(&spec, &[("lib/a.world", "worldspec 1\npersona p { }")]);
    assert_eq!(found.list[0].code, "E0114");
}

#[test]
fn files_that_cannot_be_read_are_marked_where_they_are_asked_for() {
    assert_eq!(one("table t { from = load(\"x.yaml\") }"), ("E0122", "\"x.yaml\"".into()));
    assert_eq!(one("table t { from = load(\"../x.yaml\") }"), ("E0123", "\"../x.yaml\"".into()));
    assert_eq!(one("table t { from = load(\"x.exe\") }"), ("E0123", "\"x.exe\"".into()));
    assert_eq!(one("table t { from = load(a) }"), ("E0123", "a".into()));
}

#[test]
fn loaded_tables_have_unique_keys() {
    let spec = "table t { from = load(\"t.csv\") }";
    let program = program(spec, &[("t.csv", "a,b\n1,2\n3,4\n")]);
    let from = &find(&program, "t").field("from").expect("from").value;
    let ExprKind::Loaded(loaded) = &from.kind else { panic!("{from:?}") };
    assert!(matches!(&**loaded, Loaded::Table { rows, .. } if rows.len() == 2));
    let inputs = program.inputs.iter().map(|(path, _)| path.as_str()).filter(|path| !path.starts_with("std/"));
    assert_eq!(inputs.collect::<Vec<_>>(), ["t.csv", "w.world"]);
    assert_eq!(faults(spec, &[("t.csv", "a,b\n1,2\n1,4\n")]), [("E0232", "1,4".into())]);
    // A text that is spelled as nothing is not nothing.
    assert_eq!(faults(spec, &[("t.csv", "a,b\nNone,2\n,4\n")]), []);
}

#[test]
fn bodies_are_prose_in_their_own_file() {
    let spec = "template t(m) { body = load(\"t.md\") }";
    let program = program(spec, &[("t.md", "Hello {{ m }}")]);
    let body = &find(&program, "t").field("body").expect("body").value;
    let ExprKind::Loaded(loaded) = &body.kind else { panic!("{body:?}") };
    let Loaded::Body { prose, .. } = &**loaded else { panic!("{loaded:?}") };
    assert_eq!(program.sources.get(prose.span.source).path, "specs/t.md");
    assert_eq!(faults(spec, &[("t.md", "Hello {{ m")])[0].0, "E0009");
}

#[test]
fn persons_are_filled_from_files() {
    let spec = "persona p { role = \"CFO\"  from = load(\"p.yaml\") }";
    let file = "role: clerk\nmanager: jana\nreplies: 2h\nhours: 08:00..16:00\nhobby: chess\n";
    let program = program(spec, &[("p.yaml", file)]);
    let person = find(&program, "p");
    let kind = |name: &str| person.field(name).map(|field| field.value.kind.clone());
    assert!(matches!(kind("role"), Some(ExprKind::Text(text)) if &*text.value == "CFO"));
    assert!(matches!(kind("manager"), Some(ExprKind::Name(name)) if &*name == "jana"));
    assert!(matches!(kind("replies"), Some(ExprKind::Duration(_))));
    assert!(matches!(kind("hours"), Some(ExprKind::Range(..))));
    assert!(matches!(kind("about"), Some(ExprKind::Map(entries)) if entries.len() == 1));
    assert!(kind("from").is_none());
}

#[test]
fn schemas_are_filled_in() {
    let spec = "mail ask { at = wd1 09:00  body = \"x\" }\n\
        schema close(m, brief_mail) { brief = brief_mail  due = workday(2, m)  let limit = 400\n\
          deliver memo \"{{ m | ym }}.docx\" { check words >= limit }\n check untouched(\"a/**\") }\n\
        objective o { from = close(2026-02, ask)  weight = 2 }";
    let program = program(spec, &[]);
    let objective = find(&program, "o");
    assert!(matches!(&objective.field("brief").expect("brief").value.kind, ExprKind::Name(name) if &**name == "ask"));
    let kinds: Vec<Kind> = objective.children.iter().map(|child| program.get(*child).kind).collect();
    assert_eq!(kinds, [Kind::Let, Kind::Let, Kind::Deliver, Kind::Schema]);
    let deliver = program.get(objective.children[2]);
    assert!(
        matches!(&deliver.bindings[0], Source::Given { name, scope, .. } if &*name.name == "m" && *scope == objective.id)
    );
    assert_eq!(program.get(objective.children[3]).rules.len(), 1);
    assert!(find(&program, "close").children.is_empty());
}

#[test]
fn schemas_that_do_not_fit_are_marked() {
    let schema = "schema s(a) { deliver d \"x.txt\" { } }\n";
    assert_eq!(one(&format!("{schema}objective o {{ from = s() }}")).0, "E0119");
    assert_eq!(one(&format!("{schema}objective o {{ from = t(1) }}")), ("E0119", "t".into()));
    assert_eq!(one(&format!("{schema}mailbox jana {{ background = s(1) }}")).0, "E0119");
    assert_eq!(one("schema s { owner = jana }"), ("E0110", "owner".into()));
}

#[test]
fn top_level_requirements_belong_to_the_world() {
    let program = program("require 1 == 1 \"one\"", &[]);
    assert_eq!(program.get(program.world).rules.len(), 1);
}
