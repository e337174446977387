//! worldc compiles office worlds from facts: same spec and seed, same bytes.
//!
//! ```text
//! text ─parse─▶ Tree ─resolve─▶ Program ─check─▶ Spec ─plan(seed)─▶ Plan ─render─▶ Files ─pack─▶ Image
//! ```

pub(crate) mod check;
#[doc(hidden)]
pub mod cli;
pub(crate) mod diag;
pub(crate) mod disk;
pub(crate) mod document;
pub(crate) mod draw;
pub(crate) mod formats;
pub(crate) mod forms;
pub(crate) mod image;
pub(crate) mod plan;
pub(crate) mod resolve;
pub(crate) mod settings;
pub(crate) mod source;
pub(crate) mod syntax;
pub(crate) mod template;
pub(crate) mod value;

pub use diag::{Diagnostic, Diagnostics, Severity};
pub use settings::Settings;
