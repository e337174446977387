//! Finding files by name or by what they hold.

use super::{folders, needed, optional};
use crate::formats::read;
use crate::image::files::extension;
use crate::plan::path::matches;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};

/// Hits that are shown.
const SHOWN: usize = 100;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "search_files",
        about: "Finds files and folders below a folder whose name fits a pattern such as *.xlsx or **/Close/*.docx.",
        cost: 30,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the folder"),
            needed("pattern", Kind::Text, "a glob, or a part of a name"),
            optional("excludePatterns", Kind::Texts, "globs that are left out"),
        ],
        run: search_files,
    },
    Tool {
        name: "search_text",
        about: "Finds documents below a folder that hold a text, as a search box does; shows the lines.",
        cost: 60,
        reads: true,
        arguments: &[
            needed("path", Kind::Text, "the folder"),
            needed("text", Kind::Text, "what is searched, without regard to case"),
        ],
        run: search_text,
    },
];

fn search_files(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let top = folders::folder(desk, arguments.text("path"))?;
    let pattern = arguments.text("pattern").to_lowercase();
    let left_out = arguments.texts("excludePatterns");
    let inside = |path: &str| path[top.len()..].trim_start_matches('/').to_lowercase();
    let fits = |path: &str| {
        let inside = inside(path);
        let name = inside.rsplit('/').next().unwrap_or_default();
        let found = match pattern.contains(['*', '?']) {
            true => matches(&pattern, &inside) || matches(&pattern, name),
            false => name.contains(&pattern),
        };
        found && !left_out.iter().any(|glob| matches(&glob.to_lowercase(), &inside))
    };
    let found = desk.state.tree.below(&top).filter(|entry| fits(&entry.path));
    let lines: Vec<String> = found.map(|entry| desk.setting.paths.shown(&entry.path)).collect();
    Ok(if lines.is_empty() { "No matches found".to_owned() } else { lines.join("\n") }.into())
}

fn search_text(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let top = folders::folder(desk, arguments.text("path"))?;
    let wanted = arguments.text("text").to_lowercase();
    if wanted.trim().is_empty() {
        return Err(Refusal::because("there is nothing to search for"));
    }
    let files = desk.state.tree.files().filter(|(path, ..)| top.is_empty() || path.starts_with(&format!("{top}/")));
    let mut lines = Vec::new();
    for (path, digest, _) in files {
        let Some(bytes) = desk.store.bytes(digest) else { continue };
        let Ok(extract) = read::read(&bytes, &extension(path)) else { continue };
        let hits = extract.lines.iter().filter(|line| line.seen().to_lowercase().contains(&wanted));
        lines.extend(hits.take(3).map(|line| format!("{}: {}", desk.setting.paths.shown(path), line.seen().trim())));
        if lines.len() >= SHOWN {
            break;
        }
    }
    Ok(if lines.is_empty() { "No matches found".to_owned() } else { lines.join("\n") }.into())
}
