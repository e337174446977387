//! Folders: what is in them. Names, arguments and answers are those of the reference filesystem server of MCP.

use serde_json::{Value as Json, json};

use super::{needed, optional};
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};
use crate::run::tree::{Entry, Kind as What};

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "create_directory",
        about: "Makes a folder, and those it stands in.",
        cost: 15,
        reads: false,
        arguments: &[needed("path", Kind::Text, "the folder")],
        run: create,
    },
    Tool {
        name: "list_directory",
        about: "Lists what stands in a folder.",
        cost: 15,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the folder")],
        run: list,
    },
    Tool {
        name: "list_directory_with_sizes",
        about: "Lists what stands in a folder, with sizes.",
        cost: 15,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the folder"), optional("sortBy", Kind::Text, "\"name\" or \"size\"")],
        run: list_sizes,
    },
    Tool {
        name: "directory_tree",
        about: "Shows a folder with everything below it as JSON.",
        cost: 40,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the folder"),
            optional("excludePatterns", Kind::Texts, "names or globs that are left out"),
        ],
        run: tree,
    },
    Tool {
        name: "get_file_info",
        about: "Tells size, time and type of a file or folder.",
        cost: 10,
        reads: true,
        arguments: &[needed("path", Kind::Text, "the file or folder")],
        run: info,
    },
    Tool {
        name: "list_allowed_directories",
        about: "Tells which folders can be reached.",
        cost: 10,
        reads: true,
        arguments: &[],
        run: allowed,
    },
];

/// The name of an entry without its folder.
pub(super) fn name(entry: &Entry) -> &str {
    entry.path.rsplit('/').next().unwrap_or(&entry.path)
}

/// The storage path of a folder that is there.
pub(super) fn folder(desk: &Desk<'_>, written: &str) -> Result<String, Refusal> {
    let path = desk.path(written)?;
    match desk.state.tree.is_folder(&path) {
        true => Ok(path),
        false if desk.state.tree.get(&path).is_some() => Err(Refusal::because(format!("{written} is a file"))),
        false => Err(Refusal::because(format!("the folder {written} does not exist"))),
    }
}

fn create(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let file = crate::image::paths::parents(&path).chain([path.as_str()]).find(|at| desk.state.tree.file(at).is_some());
    if let Some(file) = file {
        return Err(Refusal::because(format!("{} is a file", desk.setting.paths.shown(file))));
    }
    if !path.is_empty() {
        super::files::refuse_more(desk, &path, 0)?;
        desk.state.tree.make_folder(&path, desk.state.now);
    }
    Ok(format!("Successfully created directory {}", arguments.text("path")).into())
}

fn label(entry: &Entry) -> String {
    let kind = if entry.kind == What::Folder { "[DIR]" } else { "[FILE]" };
    format!("{kind} {}", name(entry))
}

fn list(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = folder(desk, arguments.text("path"))?;
    let lines: Vec<String> = desk.state.tree.children(&path).map(label).collect();
    Ok(lines.join("\n").into())
}

fn list_sizes(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = folder(desk, arguments.text("path"))?;
    let mut entries: Vec<&Entry> = desk.state.tree.children(&path).collect();
    if arguments.text("sortBy") == "size" {
        entries.sort_by_key(|entry| std::cmp::Reverse(size(entry)));
    }
    let files = entries.iter().filter(|entry| entry.kind != What::Folder).count();
    let line = |entry: &&Entry| match &entry.kind {
        What::Folder => label(entry),
        What::File { size, .. } => format!("{:<40} {:>12}", label(entry), human(*size)),
    };
    let mut lines: Vec<String> = entries.iter().map(line).collect();
    lines.push(String::new());
    lines.push(format!("Total: {files} files, {} directories", entries.len() - files));
    lines.push(format!("Combined size: {}", human(entries.iter().map(|entry| size(entry)).sum())));
    Ok(lines.join("\n").into())
}

fn size(entry: &Entry) -> u64 {
    match &entry.kind {
        What::File { size, .. } => *size,
        What::Folder => 0,
    }
}

/// `1.20 KB`, in steps of 1,024.
fn human(size: u64) -> String {
    const UNITS: [&str; 4] = ["B", "KB", "MB", "GB"];
    let (mut hundredths, mut unit) = (size * 100, 0);
    while hundredths >= 102_400 && unit + 1 < UNITS.len() {
        hundredths /= 1_024;
        unit += 1;
    }
    match unit {
        0 => format!("{size} B"),
        _ => format!("{}.{:02} {}", hundredths / 100, hundredths % 100, UNITS[unit]),
    }
}

fn tree(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = folder(desk, arguments.text("path"))?;
    let left_out = arguments.texts("excludePatterns");
    Ok(format!("{:#}", below(desk, &path, &left_out)).into())
}

fn below(desk: &Desk<'_>, folder: &str, left_out: &[&str]) -> Json {
    let shown = |entry: &&Entry| !left_out.iter().any(|glob| crate::plan::path::matches(glob, name(entry)));
    Json::from_iter(desk.state.tree.children(folder).filter(shown).map(|entry| match entry.kind {
        What::Folder => json!({
            "name": name(entry), "type": "directory", "children": below(desk, &entry.path, left_out),
        }),
        What::File { .. } => json!({"name": name(entry), "type": "file"}),
    }))
}

fn info(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let Some(entry) = desk.state.tree.get(&path) else {
        return Err(Refusal::because(format!("{} does not exist", arguments.text("path"))));
    };
    let folder = entry.kind == What::Folder;
    let time = entry.time.iso();
    Ok(format!("size: {}\nmodified: {time}\nisDirectory: {folder}\nisFile: {}", size(entry), !folder).into())
}

fn allowed(desk: &mut Desk<'_>, _: &Arguments<'_>) -> Result<Answer, Refusal> {
    let tops: Vec<String> = desk.state.tree.children("").map(|entry| desk.setting.paths.shown(&entry.path)).collect();
    Ok(format!("Allowed directories:\n{}", tops.join("\n")).into())
}
