//! Findings as data, for editors and scripts: byte ranges beside lines and columns.

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};

impl Diagnostics {
    /// All findings as a JSON list, in the order they are shown.
    pub fn json(&self) -> Value {
        self.list.iter().map(|diagnostic| finding(&self.sources, diagnostic)).collect()
    }
}

/// One finding.
fn finding(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let causes =
        diagnostic.causes.iter().map(|(span, words)| json!({ "place": place(sources, *span), "label": words }));
    json!({
        "code": diagnostic.code,
        "severity": severity,
        "message": diagnostic.message,
        "place": diagnostic.span.map(|span| place(sources, span)),
        "label": diagnostic.label,
        "causes": causes.collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    })
}

/// A place: file, bytes `start..end`, and line and column of its start, counted from 1.
fn place(sources: &Sources, span: Span) -> Value {
    let Some(source) = sources.find(span.source) else { return Value::Null };
    let (line, column) = sources.line_column(span.source, span.start);
    json!({ "path": source.path, "start": span.start, "end": span.end, "line": line, "column": column })
}
