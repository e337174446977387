//! Mail: a single message or an mbox of them; headers that people read, the text, the names of attachments.

use super::mime::{self, Message};
use super::{Extract, Line, Role, Unreadable};
use crate::document::Place;

/// A message on its own: its headers as properties, its text line by line.
pub(super) fn read_one(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let message = mime::parse(bytes)?;
    let field =
        |(name, value): (String, String)| Line::new(Place::Property(name.to_lowercase()), Role::Field(name), value);
    let headers = shown(&message).into_iter().map(field);
    let text = message.text.lines().enumerate();
    let text = text.map(|(at, line)| Line::new(Place::Line(at as u32 + 1), Role::Text, line));
    Ok(Extract::of(headers.chain(text).collect()))
}

/// All messages of a mailbox in their order, each line at the place of its message.
pub(super) fn read_mbox(bytes: &[u8]) -> Result<Extract, Unreadable> {
    let mut lines = Vec::new();
    for raw in split(bytes) {
        let message = mime::parse(&raw)?;
        let id = message.header("Message-ID").unwrap_or_default().trim_matches(['<', '>']).to_owned();
        let place = Place::Entry(id);
        let fields = shown(&message).into_iter();
        lines.extend(fields.map(|(name, value)| Line::new(place.clone(), Role::Field(name), value)));
        lines.extend(message.text.trim_end().lines().map(|line| Line::new(place.clone(), Role::Text, line)));
    }
    Ok(Extract::of(lines))
}

fn shown(message: &Message) -> Vec<(String, String)> {
    let headers = ["Date", "From", "To", "Cc", "Subject"];
    let mut shown: Vec<(String, String)> =
        headers.iter().filter_map(|name| Some(((*name).to_owned(), message.header(name)?.to_owned()))).collect();
    shown.extend(message.attachments.iter().map(|name| ("Attachment".to_owned(), name.clone())));
    shown
}

/// The messages between the `From ` lines, with the quoting of such lines inside them undone.
fn split(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut after_blank = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if after_blank && line.starts_with(b"From ") {
            messages.push(Vec::new());
        } else if let Some(message) = messages.last_mut() {
            let quoted = line.starts_with(b">")
                && line.trim_ascii_start().iter().skip_while(|b| **b == b'>').take(5).eq(b"From ");
            message.extend_from_slice(if quoted { &line[1..] } else { line });
        }
        after_blank = line.trim_ascii_end().is_empty();
    }
    messages
}
