//! Pictures before they have pixels.

use std::sync::Arc;

use super::Chart;
use super::look::Brand;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    Chart(Arc<Chart>),
    /// The mark of a company.
    Logo(Arc<Brand>),
}
