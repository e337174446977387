//! What is added to a spec: one probe of each kind, worded so that it is recognised wherever it comes up.

use worldc::testing::openings::{Opening, What};

/// The word by which everything that comes from a probe is known.
pub const MARK: &str = "Qvist";
/// The number that a list or weights of numbers get.
const NUMBER: &str = "7";

/// One addition to a spec.
pub struct Probe {
    /// Its name in a report.
    pub name: String,
    /// The spec with it.
    pub text: String,
    /// The JSON of the value that draws may choose now; nothing where the probe offers none, so that no draw may change.
    pub newcomer: Option<String>,
    /// Whether tables have new rows, so that computed facts may change.
    pub grows_tables: bool,
}

/// The probe that fits into an opening; none where nothing can be added.
pub fn probe(text: &str, library: bool, opening: &Opening) -> Option<Probe> {
    let (word, addition, newcomer, grows_tables) = match &opening.what {
        What::Block { around, keys } => ("block", block(library, around, keys)?, None, false),
        What::Row { cells } => ("row", row(cells)?, Some(json_text(MARK)), true),
        What::Item { before } => item(before)?,
        What::Weight { entries } => weight(entries)?,
    };
    let (before, after) = (&text[..opening.range.start], &text[opening.range.end..]);
    let line = before.matches('\n').count() + 1;
    Some(Probe {
        name: format!("{word} at line {line}"),
        text: [before, &addition, after].concat(),
        newcomer,
        grows_tables,
    })
}

fn block(library: bool, around: &[String], keys: &[String]) -> Option<String> {
    let around: Vec<&str> = around.iter().map(String::as_str).collect();
    let blocks = match around.as_slice() {
        [] if library => FACTS.to_string(),
        [] => [FACTS, PERSONA, TEMPLATE, SCHEDULE, OBJECTIVE, DISK, CHAT].concat(),
        ["table"] => "probe_column = 7".to_string(),
        ["persona"] => format!("tell probe_tell {{ when = asked(\"qvist\")  say = \"{MARK}.\" }}"),
        ["chat"] => format!("post probe_post {{ from = world.owner  at = world.starts - 30d  body = \"{MARK}.\" }}"),
        ["objective"] => "milestone probe_stone { by = world.starts + 2d  check sent(to: world.owner) }".to_string(),
        ["objective", "deliver"] => format!("rubric 1 \"{MARK}\""),
        ["change"] => file(keys),
        kinds if kinds.iter().all(|kind| *kind == "for") => [file(keys), turn(keys)].concat(),
        kinds if kinds.iter().all(|kind| matches!(*kind, "for" | "folder")) => {
            format!("{} folder \"{MARK} leer{}\" {{ }}", file(keys), printed(keys))
        }
        _ => return None,
    };
    Some(format!("\n{blocks}\n"))
}

/// A file whose name differs in each turn of the loops around it.
fn file(keys: &[String]) -> String {
    let name = printed(keys);
    format!("file probe_file \"{MARK}{name}.md\" {{ from = \"{MARK} was here.\"  saved = world.starts - 30d }}")
}

fn turn(keys: &[String]) -> String {
    let name = printed(keys);
    format!(
        " mail probe_mail {{ from = outside(\"Zora {MARK}\", \"zora@qvist.example\")  at = world.starts - 30d  \
         subject = \"{MARK}{name}\"  body = \"{MARK}.\" }} event probe_event \"{MARK}{name}\" {{ who = [world.owner]  at = world.starts - 20d }}"
    )
}

fn printed(keys: &[String]) -> String {
    keys.iter().map(|key| format!(" {key}")).collect()
}

const FACTS: &str = r#"
let probe_fact = 7
table probe_table { | name | size |  | "Qvist" | 7 | }
table probe_drawn for n in 1..5 { size ~ between(1, 900) }
phrases probe_words = ["Qvist.", "Qvist!"]
"#;
const PERSONA: &str = "\npersona probe_person { role = \"Qvist\"  name = \"Zora Qvist\" }";
const TEMPLATE: &str =
    "\ntemplate probe_note { title = \"Qvist\"  body = \"Qvist {{ probe_fact }}. {{ probe_words }}\" }";
const SCHEDULE: &str = r#"
mail probe_mail { from = probe_person  at = world.starts - 30d  subject = "Qvist"  attach = [probe_file]  body = "{{ probe_words }}" }
mail probe_later { from = probe_person  at = world.starts + 2d  subject = "Qvist"  body = "Qvist." }
event "Qvist" { who = [probe_person]  at = world.starts - 20d }
change probe_change { at = world.starts + 3d  file "Qvist later.txt" { from = probe_note } }
"#;
const OBJECTIVE: &str = r#"
mail probe_brief { from = probe_person  at = world.starts + 1h  subject = "Qvist"
  body = "The word Qvist, please, by {{ probe_goal.due | day }}." }
objective probe_goal { brief = probe_brief  due = world.starts + 10d
  deliver probe_answer "Documents/Qvist answer.txt" { check mentions("Qvist") } }
"#;
const DISK: &str = r#"
folder "Documents/Qvist" { file "Qvist.docx" { from = probe_note  saved = world.starts - 33d } folder "Qvist leer" { } }
file probe_file "Desktop/Qvist.txt" { from = probe_note  saved = world.starts - 33d }
"#;
const CHAT: &str = r#"
chat "qvist" { who = [probe_person]  post { from = probe_person  at = world.starts - 30d  body = "{{ probe_words }}" } }
"#;

/// A row like the one before, with a key of its own.
fn row(cells: &[String]) -> Option<String> {
    let (key, others) = cells.split_first()?;
    let key = newcomer(key)?;
    Some(format!("\n| {} |\n", [&[key], others].concat().join(" | ")))
}

/// Something of the kind of `like` that was not there.
fn newcomer(like: &str) -> Option<String> {
    match like.chars().next()? {
        '"' => Some(format!("\"{MARK}\"")),
        '0'..='9' if like.chars().all(|digit| digit.is_ascii_digit() || digit == '_') => Some(NUMBER.to_string()),
        _ => None,
    }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn json_of(written: &str) -> String {
    match written.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => json_text(text),
        None => serde_json::json!({"number": written}).to_string(),
    }
}

type Addition = (&'static str, String, Option<String>, bool);

fn item(before: &str) -> Option<Addition> {
    if let Some(guard) = guard(before) {
        return Some(("card", format!("\"{MARK} \": {guard}, "), None, false));
    }
    let written = newcomer(before)?;
    Some(("item", format!("{written}, "), Some(json_of(&written)), false))
}

/// The condition of a card written as `"text": condition`.
fn guard(before: &str) -> Option<&str> {
    let (text, guard) = before.split_at(1 + before.get(1..)?.find('"')? + 1);
    text.starts_with('"').then_some(guard)?.strip_prefix(": ")
}

/// A tenth for the newcomer, taken from everybody evenly: so no other choice changes places with another.
fn weight(entries: &[(String, String)]) -> Option<Addition> {
    let written = newcomer(&entries.first()?.0)?;
    if entries.iter().any(|(value, _)| *value == written) {
        return None;
    }
    let mut parts = vec![format!("{written}: 10%")];
    for (value, share) in entries {
        let tenths = share.strip_suffix('%')?.parse::<u32>().ok()? * 9;
        parts.push(format!("{value}: {}.{}%", tenths / 10, tenths % 10));
    }
    Some(("weight", parts.join(", "), Some(json_of(&written)), false))
}
