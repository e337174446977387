//! How the clerk makes things: workbooks in the likeness of the likest one, texts from the figures beside them.

use serde_json::{Value as Json, json};

use super::brief::Order;
use super::{folder, name};

const LINE: &str =
    "This was prepared from the files at hand, in the way it is done every month, and is open to questions.";

/// A path of the brief as her tools take it.
pub(super) fn concrete(home: &str, path: &str) -> String {
    let path = path.replace(['*', '?'], "");
    let mark = if home.contains('\\') { '\\' } else { '/' };
    format!("{}{mark}{path}", home.trim_end_matches(['/', '\\']))
}

/// Labels and figures of a sheet: the first words and the last value of each row.
pub(super) fn figures(sheet: &str) -> Vec<(String, String)> {
    let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
    for line in sheet.lines() {
        let Some((place, value)) = line.split_once("  ") else { continue };
        let row = place.rsplit('!').next().unwrap_or_default().trim_start_matches(char::is_alphabetic).to_owned();
        let value = value.split("  (=").next().unwrap_or(value).trim();
        match rows.last_mut().filter(|(last, _)| *last == row) {
            Some((_, cells)) => cells.push(value),
            None => rows.push((row, vec![value])),
        }
    }
    let is_figure = |cell: &&&str| cell.chars().any(|letter| letter.is_ascii_digit());
    let labelled = rows.iter().filter_map(|(_, cells)| {
        let label = cells.iter().find(|cell| cell.chars().all(|letter| !letter.is_ascii_digit()))?;
        let figure = cells.iter().rev().find(is_figure)?;
        Some(((*label).to_owned(), (*figure).to_owned()))
    });
    labelled.take(30).collect()
}

/// The calls that make the next file of an order and hand it in.
pub(super) fn file(
    path: &str,
    order: &Order,
    files: &[String],
    figures: &[(String, String)],
) -> Vec<(&'static str, Json)> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let mut calls = match ending {
        "xlsx" => likeness(path, files),
        "pptx" => {
            let slides: String =
                (1..order.least().max(3)).map(|_| format!("## Where we stand\n\n- {LINE}\n\n")).collect();
            vec![("create_slides", json!({"path": path, "content": format!("# {}\n\n{slides}", name(path))}))]
        }
        _ => {
            let mut lines: Vec<String> = figures.iter().map(|(label, figure)| format!("{label}: {figure}")).collect();
            let words = LINE.split(' ').count() as u32;
            lines.extend((0..=order.least() / words).map(|_| LINE.to_owned()));
            let content = format!("# {}\n\n{}\n", name(path), lines.join("\n\n"));
            vec![("create_document", json!({"path": path, "content": content}))]
        }
    };
    calls.push(("submit_deliverable", json!({"path": path})));
    calls
}

/// A copy of the workbook with the likest name, with a remark of her own.
fn likeness(path: &str, files: &[String]) -> Vec<(&'static str, Json)> {
    let words = |path: &str| -> Vec<String> {
        path.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
    };
    let wanted = words(path);
    let like = |file: &&String| {
        let same = words(file).iter().filter(|word| wanted.contains(word)).count();
        (same, usize::from(folder(file) == folder(path)), (*file).clone())
    };
    let likest = files.iter().filter(|file| file.ends_with(".xlsx")).max_by_key(like);
    let mut calls = Vec::new();
    if let Some(likest) = likest.filter(|likest| **likest != path) {
        calls.push(("copy_file", json!({"source": likest, "destination": path})));
    }
    for tab in ["Summary", "Programme", "Events", "RFIs", "Sheet1"] {
        let cell = json!({"path": path, "tab": tab, "cell": "Z60", "value": "looked through"});
        calls.push(("edit_spreadsheet", cell));
    }
    calls
}

/// The mails and meetings of an order.
pub(super) fn deeds(home: &str, order: &Order) -> Vec<(&'static str, Json)> {
    let texts = |path: &&String| !path.ends_with(".xlsx");
    let paths: Vec<String> = order.files.iter().map(|(path, _)| concrete(home, path)).collect();
    let mails = order.mails.iter().map(|(readers, only)| {
        let attached: Vec<&String> = match only {
            Some(only) => paths.iter().filter(|path| name(path) == only).collect(),
            None => paths.iter().filter(texts).collect(),
        };
        let body = "Please find attached what you asked for.";
        ("send_mail", json!({"to": readers, "subject": "As asked for", "body": body, "attachments": attached}))
    });
    let meetings = order.meetings.iter().filter_map(|(guests, first)| {
        let day = crate::judge::dates::dates(first).first()?.to_string();
        let (start, end) = (format!("{day} 11:00"), format!("{day} 12:00"));
        Some(("create_event", json!({"summary": "As asked for", "start": start, "end": end, "attendees": guests})))
    });
    mails.chain(meetings).collect()
}
