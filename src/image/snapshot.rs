//! The golden text of a world: small files that a person reviews, in which every change of the world shows.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diag::Diagnostic;
use crate::image::files::extension;
use crate::image::hash::sha256;
use crate::image::sealed::records;
use crate::image::{Image, Listing, show, time};

/// The most lines of one rendering; the rest is a number and a digest.
const LINES: usize = 60;

/// `tree.txt`, `facts.yaml`, `calendar.txt`, and one rendering for each declaration that makes files.
pub fn snapshot(image: &Image) -> Result<BTreeMap<String, String>, Diagnostic> {
    let declarations = records::one(image, "declarations.json")?;
    let mut texts = BTreeMap::from([
        ("tree.txt".to_string(), tree(image)?),
        ("facts.yaml".to_string(), show::facts(image, show::SCREEN)?),
        ("calendar.txt".to_string(), show::calendar(image)?),
    ]);
    for (name, path) in instances(image, &declarations) {
        // A format without a reader is pinned by its hash in the tree.
        if let Ok(text) = show::file(image, path) {
            texts.insert(format!("{name}.txt"), shortened(&text));
        }
    }
    Ok(texts)
}

/// One line for each file: path, size, time, twelve digits of its hash, declaration; the roots first, sealed files last.
pub(crate) fn tree(image: &Image) -> Result<String, Diagnostic> {
    let declarations = records::one(image, "declarations.json")?;
    let mut lines = vec![format!("root {}", &image.root()[..12]), format!("public {}", &image.public_root()[..12])];
    lines.extend(image.manifest().entries.iter().map(|entry| line(entry, &declarations)));
    let sealed = image.sealed_index()?;
    lines.extend(sealed.iter().map(|entry| format!("{}  {}  {}", entry.path, entry.size, &entry.sha256[..12])));
    Ok(lines.join("\n") + "\n")
}

fn line(entry: &Listing, declarations: &Json) -> String {
    let time = time::minute(&entry.mtime);
    if entry.is_folder() {
        return format!("{}/  {time}", entry.path);
    }
    let declaration = declarations[entry.path.as_str()].as_str().unwrap_or("");
    let hash = entry.sha256.get(..12).unwrap_or_default();
    format!("{}  {}  {time}  {hash}  {declaration}", entry.path, entry.size).trim_end().to_string()
}

/// The first file of each declaration and format, by a name for its rendering; and what is in the mail folder.
fn instances<'a>(image: &'a Image, declarations: &Json) -> BTreeMap<String, &'a str> {
    let mut instances = BTreeMap::new();
    for entry in image.manifest().entries.iter().filter(|entry| !entry.is_folder()) {
        let name = match declarations[entry.path.as_str()].as_str() {
            Some(declaration) => format!("{}.{}", without_keys(declaration), extension(&entry.path)),
            None => entry.path.rsplit('/').next().unwrap_or(&entry.path).to_string(),
        };
        instances.entry(safe(&name)).or_insert(entry.path.as_str());
    }
    instances
}

/// `noise[Documents/Finance].versions[memo[2025-03],1]` is `noise.versions`; what has no name is called by the last part
/// of the path it was declared with, `file "Packs/Board.pptx".abandoned` is `Board.abandoned`.
fn without_keys(declaration: &str) -> String {
    let quoted = declaration.strip_prefix("file \"").and_then(|rest| rest.split_once('"'));
    if let Some((path, mess)) = quoted {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        return format!("{stem}{}", outside_of_keys(mess));
    }
    outside_of_keys(declaration)
}

fn outside_of_keys(declaration: &str) -> String {
    let mut depth = 0_usize;
    let outside = |letter: &char| {
        depth += usize::from(*letter == '[');
        let kept = depth == 0;
        depth -= usize::from(*letter == ']').min(depth);
        kept
    };
    declaration.chars().filter(outside).collect()
}

/// Letters, digits, points and dashes, as every disk takes them; everything else is one line below.
fn safe(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
    let words = name.split(|letter| !plain(letter)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

fn shortened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= LINES {
        return text.to_string();
    }
    let digest = sha256(lines[LINES..].join("\n").as_bytes());
    format!("{}\n… {} more lines, digest {}\n", lines[..LINES].join("\n"), lines.len() - LINES, &digest[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_named_without_their_keys() {
        assert_eq!(without_keys("noise[Documents/Finance].versions[memo[2025-03],1]"), "noise.versions");
        assert_eq!(without_keys("memo"), "memo");
        assert_eq!(without_keys("file \"Policies/Travel policy.pdf\""), "Travel policy");
        assert_eq!(without_keys("file \"Packs/Board.pptx\".version[2]"), "Board.version");
        assert_eq!(without_keys("odd]"), "odd]");
    }

    #[test]
    fn long_texts_keep_a_digest_of_their_rest() {
        let long = |last: &str| shortened(&("line\n".repeat(70) + last));
        assert!(long("a").lines().count() == LINES + 1);
        assert_ne!(long("a"), long("b"));
    }
}
