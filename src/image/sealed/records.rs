//! Reading sealed records back, without the canary.

use serde_json::Value as Json;

use crate::diag::Diagnostic;
use crate::image::sealed::canary::removed;
use crate::image::{Image, fault};

/// A record that is one object.
pub(crate) fn one(image: &Image, name: &str) -> Result<Json, Diagnostic> {
    let path = format!("sealed/{name}");
    serde_json::from_str(&image.read_text(&path)?)
        .map(removed)
        .map_err(|error| fault::damaged(&path, &format!("is no JSON: {error}")))
}

/// A record that is a list of objects.
pub(crate) fn list(image: &Image, name: &str) -> Result<Vec<Json>, Diagnostic> {
    match one(image, name)? {
        Json::Array(items) => Ok(items.into_iter().map(removed).collect()),
        _ => Err(fault::damaged(&format!("sealed/{name}"), "is no list")),
    }
}

/// A record with one object a line.
pub(crate) fn lines(image: &Image, name: &str) -> Result<Vec<Json>, Diagnostic> {
    let path = format!("sealed/{name}");
    let text = image.read_text(&path)?;
    let parse = |line: &str| {
        serde_json::from_str(line)
            .map(removed)
            .map_err(|error| fault::damaged(&path, &format!("has a line that is no JSON: {error}")))
    };
    text.lines().map(parse).collect()
}
