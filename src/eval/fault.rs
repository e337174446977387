//! Why an evaluation has no value.

use crate::diag::Diagnostic;
use crate::source::Span;

/// The value, or why there is none.
pub(crate) type Outcome<T> = Result<T, Fault>;

#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// It depends on a draw, and no seed is given.
    NeedsSeed,
    /// It depends on what the agent does during the month.
    NeedsRun,
    Wrong(Box<Diagnostic>),
}

impl Fault {
    /// A finding at a place.
    pub fn wrong(code: &'static str, span: Span, message: impl Into<String>) -> Fault {
        Fault::Wrong(Box::new(Diagnostic::error(code, span, message)))
    }

    /// A limit of the compiler that this program passes.
    pub fn limit(span: Span, message: impl Into<String>) -> Fault {
        Fault::Wrong(Box::new(
            Diagnostic::error("E0590", span, message)
                .help("make the loops smaller; `worldc explain E0590` lists the limits"),
        ))
    }

    /// Adds where a call came from, innermost first.
    pub fn called_from(self, span: Span, words: &str) -> Fault {
        match self {
            Fault::Wrong(diagnostic) if diagnostic.causes.len() < 3 && diagnostic.span != Some(span) => {
                Fault::Wrong(Box::new(diagnostic.cause(span, words)))
            }
            other => other,
        }
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Fault {
        Fault::Wrong(Box::new(diagnostic))
    }
}
