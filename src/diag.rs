//! The one error type users meet: what is wrong in the author's words, where, why, and one way out.

mod json;
mod picture;

use std::sync::Arc;

use crate::source::{SourceId, Sources, Span};

/// Whether a finding stops the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// One finding. Codes: E00xx parse, E01xx–E02xx names, forms and types, E03xx secrecy, E04xx solvability, E05xx this
/// seed, E06xx the disk, images, fleets and runs; W0xxx warnings. Every code has a page in `worldc explain`.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    /// The place that is wrong; none for findings about a whole world (a path of a planned file).
    pub span: Option<Span>,
    /// A few words at the place.
    pub label: String,
    /// Other places with a few words each: the cause when it is elsewhere.
    pub causes: Vec<(Span, String)>,
    pub notes: Vec<String>,
    /// One way out.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: Some(span),
            label: String::new(),
            causes: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// An error about the whole world rather than a place in a text.
    pub fn global(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { span: None, ..Diagnostic::error(code, Span::default(), message) }
    }

    /// Adds a few words at the place.
    pub fn label(mut self, words: impl Into<String>) -> Diagnostic {
        self.label = words.into();
        self
    }

    /// Adds a cause elsewhere.
    pub fn cause(mut self, span: Span, words: impl Into<String>) -> Diagnostic {
        self.causes.push((span, words.into()));
        self
    }

    /// Adds a note below the picture.
    pub fn note(mut self, words: impl Into<String>) -> Diagnostic {
        self.notes.push(words.into());
        self
    }

    /// Offers the way out.
    pub fn help(mut self, words: impl Into<String>) -> Diagnostic {
        self.help = Some(words.into());
        self
    }
}

/// All findings of a run over one program, with the texts they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    pub sources: Arc<Sources>,
    pub list: Vec<Diagnostic>,
}

impl From<Diagnostic> for Diagnostics {
    fn from(finding: Diagnostic) -> Diagnostics {
        Diagnostics { list: vec![finding], ..Diagnostics::default() }
    }
}

impl Diagnostics {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The same findings about a text whose path the reader of the text did not know.
    pub(crate) fn with_path(mut self, path: &str) -> Diagnostics {
        Arc::make_mut(&mut self.sources).rename(SourceId(0), path);
        self
    }
}
