//! The facts of an image as the judge knows them.

use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::script::Given;
use crate::image::sealed::facts::read;
use crate::judge::facts::{Facts, Known};

/// Every fact with a value that can be said.
pub(crate) fn facts(image: &Image) -> Result<Facts, Diagnostic> {
    let stored = read(image)?.into_iter().filter_map(|fact| {
        let value = Given::deserialize(&fact.value).ok()?;
        Some((fact.id, Known { address: fact.address, value, domain: Vec::new() }))
    });
    Ok(Facts::of(stored))
}
