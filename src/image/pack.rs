//! `pack`: entries become an image with its manifest and its two roots [L2]. No byte changes here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::files::{Entry, Files};
use crate::image::hash::{hex, hmac_sha256, sha256};
use crate::image::json::canonical;
use crate::image::{FORMAT, Image, Manifest, fault, paths, time};

/// How an image was made: everything that may differ between two builds of one world. Not part of the root.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    pub edition: u32,
    pub seed: String,
    /// As given with `--set`, printed.
    pub knobs: BTreeMap<String, String>,
    /// Version of the compiler.
    pub compiler: String,
    pub spec: String,
    /// Of the spec's objectives.
    pub schemas: BTreeSet<String>,
    /// Every file read, with its SHA-256.
    pub inputs: Vec<(String, String)>,
    /// Whether a salt keyed the secrets.
    pub salted: bool,
}

/// Puts entries together as an image in memory.
pub fn pack(files: Files, receipt: &Receipt) -> Result<Image, Diagnostic> {
    refuse_unsafe(&files)?;
    let receipt = receipt_json(receipt, &files.declared);
    let (open, sealed): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.entries.into_iter().partition(|(path, _)| !path.starts_with("sealed/"));
    let listed: Vec<Json> = open.iter().map(|(path, entry)| listing(path, entry, &files.timezone)).collect();
    let index = canonical(&Json::from_iter(sealed.iter().map(|(path, entry)| sealed_listing(path, entry))));
    let entries = Json::from(listed);
    let manifest = json!({
        "format": FORMAT,
        "os": files.os,
        "timezone": files.timezone,
        "public": sha256(canonical(&entries).as_bytes()),
        "sealed": hmac_sha256(&files.blind, index.as_bytes()),
        "entries": entries,
    });
    let mut store: BTreeMap<String, Arc<[u8]>> =
        open.into_iter().chain(sealed).filter_map(|(path, entry)| Some((path, entry.bytes?))).collect();
    store.insert("sealed/index.json".into(), index.into_bytes().into());
    store.insert("sealed/blind".into(), format!("{}\n", hex(&files.blind)).into_bytes().into());
    store.insert("receipt.json".into(), pretty(&receipt).into_bytes().into());
    let text = canonical(&manifest);
    store.insert("manifest.json".into(), text.clone().into_bytes().into());
    let manifest = Manifest::written(manifest, &text).map_err(|why| fault::damaged("manifest.json", &why))?;
    Ok(Image::in_memory(manifest, store))
}

/// Names are checked for the author when the plan is made; this is the last door before a disk.
fn refuse_unsafe(files: &Files) -> Result<(), Diagnostic> {
    for path in files.entries.keys() {
        if let Some(why) = paths::refusal(path) {
            return Err(fault::unsafe_path(path, why));
        }
    }
    match paths::clash(files.entries.keys().map(String::as_str)) {
        Some((one, other)) => Err(fault::unsafe_path(&other, &format!("differs from {one:?} only in capitals"))),
        None => Ok(()),
    }
}

fn listing(path: &str, entry: &Entry, timezone: &str) -> Json {
    let mtime = time::iso_with_offset(timezone, entry.time);
    match &entry.bytes {
        None => json!({"path": path, "type": "folder", "mode": "0755", "mtime": mtime}),
        Some(bytes) => json!({
            "path": path,
            "type": "file",
            "mode": "0644",
            "mtime": mtime,
            "size": bytes.len(),
            "sha256": sha256(bytes),
            "media": entry.media_type,
        }),
    }
}

fn sealed_listing(path: &str, entry: &Entry) -> Json {
    let bytes = entry.bytes.as_deref().unwrap_or_default();
    json!({"path": path, "size": bytes.len(), "sha256": sha256(bytes)})
}

fn receipt_json(receipt: &Receipt, declared: &BTreeMap<String, String>) -> Json {
    let inputs: BTreeMap<&String, &String> = receipt.inputs.iter().map(|(path, hash)| (path, hash)).collect();
    json!({
        "compiler": receipt.compiler,
        "edition": receipt.edition,
        "spec": receipt.spec,
        "seed": receipt.seed,
        "knobs": receipt.knobs,
        "salted": receipt.salted,
        "schemas": receipt.schemas,
        "inputs": inputs,
        "declared": declared,
    })
}

/// Readable JSON that ends in a line break.
fn pretty(value: &Json) -> String {
    format!("{value:#}\n")
}
