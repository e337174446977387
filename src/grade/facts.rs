//! The facts of an image as the judge knows them.

use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::image::Image;
use crate::image::script::Given;
use crate::image::sealed::derivations;
use crate::image::sealed::facts::read;
use crate::judge::facts::{Facts, Known};

/// Every fact with a value that can be said.
pub(crate) fn facts(image: &Image) -> Result<Facts, Diagnostic> {
    let mut derivations = derivations::read(image)?;
    let stored = read(image)?.into_iter().filter_map(|fact| {
        let value = Given::deserialize(&fact.value).ok()?;
        let domain = derivations.remove(&fact.id).unwrap_or_default().domain;
        Some((fact.id, Known { address: fact.address, value, domain }))
    });
    Ok(Facts::of(stored))
}
