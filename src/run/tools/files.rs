//! Files one by one. Names, arguments and answers are those of the reference filesystem server of MCP.

use serde_json::Value as Json;
use similar::TextDiff;

use super::{needed, optional};
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};

/// No text that is read or written is larger.
pub(super) const LARGEST: usize = 8 << 20;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "read_text_file",
        about: "Reads a file as text; `head` or `tail` limit it to that many lines.",
        cost: 60,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the file"),
            optional("head", Kind::Whole, "only the first lines"),
            optional("tail", Kind::Whole, "only the last lines"),
        ],
        run: read_text,
    },
    Tool {
        name: "read_media_file",
        about: "Reads a picture or another file that is no text; the content is given in base64.",
        cost: 60,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the file")],
        run: read_media,
    },
    Tool {
        name: "read_multiple_files",
        about: "Reads several files as text; one that cannot be read does not stop the others.",
        cost: 120,
        reads: true,
        arguments: &[needed("paths", Kind::Texts, "the files")],
        run: read_several,
    },
    Tool {
        name: "write_file",
        about: "Writes a text into a file, new or in place of what it held.",
        cost: 300,
        reads: false,
        arguments: &[needed("path", Kind::Text, "the file"), needed("content", Kind::Text, "the whole text")],
        run: write,
    },
    Tool {
        name: "edit_file",
        about: "Replaces pieces of a text file; shows what changes as a diff, and with `dryRun` changes nothing.",
        cost: 180,
        reads: false,
        arguments: &[
            needed("path", Kind::Text, "the file"),
            needed("edits", Kind::Any, "a list of {oldText, newText}; each old text must stand in the file"),
            optional("dryRun", Kind::YesNo, "only show the diff"),
        ],
        run: edit,
    },
    Tool {
        name: "copy_file",
        about: "Copies a file.",
        cost: 20,
        reads: false,
        arguments: &[needed("source", Kind::Text, "the file"), needed("destination", Kind::Text, "the new path")],
        run: copy,
    },
    Tool {
        name: "move_file",
        about: "Moves or renames a file or folder; nothing may stand at the destination.",
        cost: 20,
        reads: false,
        arguments: &[needed("source", Kind::Text, "what is moved"), needed("destination", Kind::Text, "the new path")],
        run: relocate,
    },
    Tool {
        name: "delete_file",
        about: "Puts a file or folder into the trash of the computer.",
        cost: 15,
        reads: false,
        arguments: &[needed("path", Kind::Text, "what is deleted")],
        run: delete,
    },
    Tool {
        name: "save_attachment",
        about: "Saves a file that is attached to a mail.",
        cost: 20,
        reads: false,
        arguments: &[
            needed("mail_id", Kind::Text, "the id of the mail"),
            needed("name", Kind::Text, "the name of the attached file"),
            needed("path", Kind::Text, "where it is saved: a folder, or a path with a name"),
        ],
        run: save_attachment,
    },
];

/// The file as text, or why it is none.
fn text(desk: &Desk<'_>, written: &str) -> Result<String, Refusal> {
    let path = desk.path(written)?;
    let bytes = desk.bytes(&path)?;
    if bytes.len() > LARGEST {
        return Err(Refusal::because(format!(
            "{written} has {} bytes, more than the {LARGEST} that are read",
            bytes.len()
        )));
    }
    String::from_utf8(bytes.to_vec())
        .map_err(|_| Refusal::because(format!("{written} is not a text; read_document_content reads documents")))
}

fn read_text(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let text = text(desk, arguments.text("path"))?;
    let count = |name| arguments.whole(name).map(|count| usize::try_from(count).unwrap_or(0));
    let lines: Vec<&str> = text.lines().collect();
    Ok(match (count("head"), count("tail")) {
        (Some(_), Some(_)) => return Err(Refusal::because("either head or tail, not both")),
        (Some(head), None) => lines[..head.min(lines.len())].join("\n"),
        (None, Some(tail)) => lines[lines.len().saturating_sub(tail)..].join("\n"),
        (None, None) => text,
    }
    .into())
}

fn read_media(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let bytes = desk.bytes(&path)?;
    if bytes.len() > LARGEST {
        return Err(Refusal::because(format!("the file has {} bytes, more than {LARGEST}", bytes.len())));
    }
    let media = crate::image::files::media_type(&path);
    let mut text = format!("data:{media};base64,").into_bytes();
    crate::formats::base64(&bytes, "", &mut text);
    Ok(String::from_utf8_lossy(&text).into_owned().into())
}

fn read_several(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let paths = arguments.texts("paths");
    if paths.len() > 50 {
        return Err(Refusal::because("at most 50 files at once"));
    }
    let one = |path: &&str| match text(desk, path) {
        Ok(text) => format!("{path}:\n{text}\n"),
        Err(Refusal(why)) => format!("{path}: Error - {why}"),
    };
    Ok(paths.iter().map(one).collect::<Vec<_>>().join("\n---\n").into())
}

fn write(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    put(desk, &path, arguments.text("content").as_bytes())?;
    Ok(format!("Successfully wrote to {}", arguments.text("path")).into())
}

/// Writes bytes to a storage path, if a file may stand there.
pub(super) fn put(desk: &mut Desk<'_>, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
    refuse_place(desk, path)?;
    if bytes.len() > LARGEST {
        return Err(Refusal::because(format!("{} bytes are more than the {LARGEST} that are written", bytes.len())));
    }
    refuse_more(desk, path, bytes.len() as u64)?;
    let digest = desk.store.keep(bytes);
    desk.state.written += bytes.len() as u64;
    desk.state.tree.write(path, digest, bytes.len() as u64, desk.state.now);
    Ok(())
}

/// Why the disk takes no more: the bytes of the run are used up, or what would stand on it is too much.
pub(super) fn refuse_more(desk: &Desk<'_>, path: &str, bytes: u64) -> Result<(), Refusal> {
    let limits = desk.setting.limits;
    let new = crate::image::paths::parents(path).chain([path]).filter(|part| desk.state.tree.get(part).is_none());
    if desk.state.tree.count() + new.count() as u64 > limits.files {
        return Err(Refusal::because(format!("the disk is full: it holds {} files and folders at most", limits.files)));
    }
    if desk.state.written + bytes > limits.bytes {
        return Err(Refusal::because(format!("the disk is full: {} bytes may be written in a month", limits.bytes)));
    }
    Ok(())
}

/// Why no file may stand at a path: it is a folder, or a file stands where a folder would have to.
fn refuse_place(desk: &Desk<'_>, path: &str) -> Result<(), Refusal> {
    let shown = |path: &str| desk.setting.paths.shown(path);
    if desk.state.tree.is_folder(path) {
        return Err(Refusal::because(format!("{} is a folder", shown(path))));
    }
    match crate::image::paths::parents(path).find(|folder| desk.state.tree.file(folder).is_some()) {
        Some(file) => Err(Refusal::because(format!("{} is a file, not a folder", shown(file)))),
        None => Ok(()),
    }
}

fn edit(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let written = arguments.text("path");
    let before = text(desk, written)?;
    let mut after = before.clone();
    for edit in edits(arguments.any("edits"))? {
        if !after.contains(edit.0) {
            return Err(Refusal::because(format!("the file does not hold the text {:?}", edit.0)));
        }
        after = after.replacen(edit.0, edit.1, 1);
    }
    let diff = TextDiff::from_lines(&before, &after).unified_diff().header(written, written).to_string();
    if !arguments.yes("dryRun") {
        let path = desk.path(written)?;
        put(desk, &path, after.as_bytes())?;
    }
    Ok(format!("```diff\n{diff}```").into())
}

fn edits(json: &Json) -> Result<Vec<(&str, &str)>, Refusal> {
    let wrong = || Refusal::because("edits is a list of objects with oldText and newText");
    json.as_array()
        .ok_or_else(wrong)?
        .iter()
        .map(|edit| {
            let text = |name: &str| edit.get(name).and_then(Json::as_str);
            text("oldText").filter(|old| !old.is_empty()).zip(text("newText")).ok_or_else(wrong)
        })
        .collect()
}

fn copy(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (from, to) = (desk.path(arguments.text("source"))?, desk.path(arguments.text("destination"))?);
    let bytes = desk.bytes(&from)?;
    refuse_taken(desk, &to)?;
    put(desk, &to, &bytes)?;
    Ok(format!("Successfully copied {} to {}", arguments.text("source"), arguments.text("destination")).into())
}

fn refuse_taken(desk: &Desk<'_>, path: &str) -> Result<(), Refusal> {
    match desk.state.tree.get(path) {
        Some(_) => Err(Refusal::because(format!("{} is there already", desk.setting.paths.shown(path)))),
        None => Ok(()),
    }
}

fn relocate(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (from, to) = (desk.path(arguments.text("source"))?, desk.path(arguments.text("destination"))?);
    move_to(desk, &from, &to)?;
    Ok(format!("Successfully moved {} to {}", arguments.text("source"), arguments.text("destination")).into())
}

fn move_to(desk: &mut Desk<'_>, from: &str, to: &str) -> Result<(), Refusal> {
    let shown = |path: &str| desk.setting.paths.shown(path);
    let home = &desk.setting.paths.home;
    let (Some(entry), false) = (desk.state.tree.get(from), from.is_empty()) else {
        return Err(Refusal::because(format!("{} does not exist", shown(from))));
    };
    if *home == entry.path || home.starts_with(&format!("{}/", entry.path)) {
        return Err(Refusal::because(format!("{} holds the home folder and stays", shown(from))));
    }
    if to.to_lowercase().starts_with(&format!("{}/", from.to_lowercase())) {
        return Err(Refusal::because("a folder cannot be moved into itself"));
    }
    let same = desk.state.tree.get(to).is_some_and(|other| other.path == entry.path);
    if !same {
        refuse_taken(desk, to)?;
    }
    refuse_place(desk, to).or_else(|why| if same { Ok(()) } else { Err(why) })?;
    refuse_more(desk, to, 0)?;
    desk.state.tree.rename(from, to, desk.state.now);
    Ok(())
}

fn delete(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let trash = desk.setting.paths.trash();
    let name = path.rsplit('/').next().unwrap_or_default();
    let free = (0..).map(|count| match count {
        0 => format!("{trash}/{name}"),
        count => format!("{trash}/{count} {name}"),
    });
    let place = free.into_iter().find(|place| desk.state.tree.get(place).is_none()).unwrap_or_default();
    move_to(desk, &path, &place)?;
    Ok(format!("Moved {} to {}", arguments.text("path"), desk.setting.paths.shown(&place)).into())
}

fn save_attachment(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let (id, name) = (arguments.text("mail_id"), arguments.text("name"));
    let letter =
        desk.state.mail.find(id).ok_or_else(|| Refusal::because(format!("there is no mail with the id {id}")))?;
    let attached = letter.attachments.iter().find(|(attached, _)| attached == name);
    let (name, digest) = attached.cloned().ok_or_else(|| {
        let names: Vec<_> = letter.attachments.iter().map(|(name, _)| name.as_str()).collect();
        Refusal::because(format!("the mail has no attachment {name:?}; it has: {}", names.join(", ")))
    })?;
    let mut path = desk.path(arguments.text("path"))?;
    if desk.state.tree.is_folder(&path) {
        path = format!("{path}/{name}");
    }
    let bytes = desk.store.bytes(&digest).ok_or_else(|| Refusal::because("the attachment cannot be read"))?;
    put(desk, &path, &bytes)?;
    Ok(format!("Saved {}", desk.setting.paths.shown(&path)).into())
}
