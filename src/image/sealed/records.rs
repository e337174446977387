//! Reading sealed records back, without the canary.

use serde::de::DeserializeOwned;
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

/// How many records there are with one object a line.
pub(crate) fn count(image: &Image, name: &str) -> Result<u64, Diagnostic> {
    Ok(image.read_text(&format!("sealed/{name}"))?.lines().count() as u64)
}

/// Of a record what is asked of it, which it must have.
pub(crate) fn part<T: DeserializeOwned>(image: &Image, name: &str) -> Result<T, Diagnostic> {
    let path = format!("sealed/{name}");
    shaped(&path, serde_json::from_str(&image.read_text(&path)?))
}

/// What was read of the record at that path, unless it lacks something.
pub(crate) fn shaped<T>(path: &str, read: serde_json::Result<T>) -> Result<T, Diagnostic> {
    read.map_err(|error| fault::damaged(path, &format!("has not the shape of a record: {error}")))
}
