//! The head of a block: its name, parameters and string.

use super::Resolver;
use super::program::DeclarationId;
use crate::diag::Diagnostic;
use crate::forms::{self, Form, Kind, Slot};
use crate::source::Span;
use crate::syntax::{Block, ExprKind};

impl Resolver<'_> {
    /// Holds a head against the form of its kind.
    pub(super) fn check_head(&mut self, kind: Kind, block: &Block) {
        let form = forms::form(kind);
        let name = block.name.as_ref().map(|name| name.span);
        let label = block.label.as_ref().map(|label| label.span);
        let params = block.params.as_ref().map(|_| block.head);
        self.check_slot(form, form.name, "a name", name, block.head);
        self.check_slot(form, form.label, "a string", label, block.head);
        self.check_slot(form, form.params, "parameters", params, block.head);
        self.check_params(block.params.as_deref());
        if let Some(label) = &block.label
            && !matches!(label.kind, ExprKind::Text(_))
        {
            let error = Diagnostic::error("E0115", label.span, "only a name, parameters and a string can stand here");
            self.report(error.help(format!("for example: {}", first_line(form))));
        }
    }

    fn check_slot(&mut self, form: &Form, slot: Slot, what: &str, found: Option<Span>, head: Span) {
        let word = form.keyword;
        match (slot, found) {
            (Slot::Required | Slot::Reference, None) => {
                let meaning = if what == "a string" { format!(" ({})", form.label_doc) } else { String::new() };
                let error = Diagnostic::error("E0115", head, format!("`{word}` needs {what}{meaning}"))
                    .label(format!("{what} is missing").replace("parameters is", "parameters are"))
                    .help(format!("for example: {}", first_line(form)));
                self.report(error);
            }
            (Slot::Forbidden, Some(span)) => {
                let error =
                    Diagnostic::error("E0115", span, format!("`{word}` takes no {}", what.trim_start_matches("a ")));
                self.report(error.help(format!("for example: {}", first_line(form))));
            }
            _ => {}
        }
    }

    /// A deliverable is one thing: a file, a mail or a meeting.
    pub(super) fn check_deliver(&mut self, id: DeclarationId) {
        let deliver = self.get(id);
        let ways = [deliver.label.is_some(), deliver.field("to").is_some(), deliver.field("who").is_some()];
        let head = deliver.head;
        match ways.iter().filter(|way| **way).count() {
            1 => {}
            0 => self.report(Diagnostic::error("E0106", head, "nothing says what is delivered").help(
                "give the path of a file after the name, or `to = […]` for a mail, or `who = […]` for a meeting",
            )),
            _ => self.report(
                Diagnostic::error("E0115", head, "a deliverable is a file, a mail or a meeting, not several of them")
                    .help("write one `deliver` for each"),
            ),
        }
    }
}

/// The example of a form, without what stands in the block.
fn first_line(form: &Form) -> String {
    let line = form.example.lines().next().unwrap_or_default();
    line.split_once('{').map_or(line, |(head, _)| head).trim_end().to_string() + " { … }"
}
