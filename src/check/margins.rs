//! What belongs to the cells of a sheet: each entry of `formats`, `notes`, `highlight`, `names` and `errors` names a
//! column of the sheet or a cell.

use crate::diag::Diagnostic;
use crate::document::FormulaError;
use crate::formats::cell_name_fault;
use crate::forms::Kind;
use crate::resolve::program::Declaration;
use crate::syntax::{Expr, ExprKind};
use crate::value::number_format;

use super::Checker;
use super::content::headers;
use super::known::{Known, Type};
use super::scope::Scope;

impl Checker<'_> {
    /// One of the maps beside a sheet's cells.
    pub(super) fn infer_margin(&mut self, sheet: &Declaration, name: &str, value: &Expr, scope: &Scope) -> Known {
        let ExprKind::Map(entries) = &value.kind else {
            let of = Type::Map(Box::new(Type::Text), Box::new(Type::Unknown));
            return self.expect(value, scope, &of, &format!("`{name}` of a sheet"));
        };
        let mut known = Known::of(Type::Text);
        for (key, entry) in entries {
            known.add(&self.expect(key, scope, &Type::Text, "the name of a column or cell"));
            self.check_spot(sheet, if name == "names" { entry } else { key });
            match (name, typed(key), typed(entry)) {
                ("names", Some(name), _) => self.check_name(name, key),
                ("formats", _, Some(format)) => self.check_format(format, entry),
                _ => {}
            }
            known.add(&match (name, &entry.kind) {
                ("highlight", ExprKind::Text(word)) => self.check_shade(&word.value, entry),
                ("highlight", _) => self.expect(entry, scope, &Type::Bool, "what makes cells stand out"),
                ("errors", _) => self.infer_error(entry, scope),
                _ => self.expect(entry, scope, &Type::Text, &format!("an entry of `{name}`")),
            });
        }
        known
    }

    /// A typed key is a header of this sheet or the address of a cell.
    fn check_spot(&mut self, sheet: &Declaration, key: &Expr) {
        let Some(text) = typed(key) else { return };
        let headers = headers(sheet);
        let is_header = headers.iter().any(|header| **header == *text);
        let as_cell = text.starts_with(|letter: char| letter.is_ascii_uppercase())
            && text.ends_with(|letter: char| letter.is_ascii_digit());
        match (is_header, as_cell || headers.is_empty()) {
            (true, _) => {}
            (false, true) => self.check_address(key),
            (false, false) => self.no_header(text, key.span, &headers),
        }
    }

    fn check_name(&mut self, name: &str, key: &Expr) {
        if let Some(why) = cell_name_fault(name) {
            let help = "write it like `Contract_sum`";
            self.emit(Diagnostic::error("E0222", key.span, why).label("no name for a cell").help(help));
        }
    }

    fn check_format(&mut self, format: &str, entry: &Expr) {
        if !number_format::is_known(format) {
            let message = format!("no number is shown as \"{format}\"");
            let found = Diagnostic::error("E0121", entry.span, message).label("no number format");
            self.emit(found.help(number_format::KNOWN));
        }
    }

    fn check_shade(&mut self, word: &str, entry: &Expr) -> Known {
        if !matches!(word, "bars" | "scale") {
            self.emit(
                Diagnostic::error("E0121", entry.span, format!("cells do not stand out by \"{word}\""))
                    .label("neither `bars` nor `scale`")
                    .help("compare columns, `col(\"Forecast\") > col(\"Budget\")`, or write \"bars\" or \"scale\""),
            );
        }
        Known::of(Type::Text)
    }

    /// What a broken cell shows; `none` where it is not broken.
    fn infer_error(&mut self, entry: &Expr, scope: &Scope) -> Known {
        if let Some(word) = typed(entry).filter(|word| FormulaError::named(word).is_none()) {
            let all = FormulaError::ALL.map(FormulaError::shown).join(", ");
            self.emit(
                Diagnostic::error("E0121", entry.span, format!("no formula shows \"{word}\" when it fails"))
                    .label("no error of a formula")
                    .help(format!("it shows one of {all}")),
            );
        }
        self.expect(entry, scope, &Type::Text, "what a broken cell shows")
    }

    /// A workbook whose sheets are all hidden, as far as that is typed out.
    pub(super) fn refuse_unseen(&mut self, template: &Declaration) {
        let program = self.program;
        let mut parts = template.children.iter().map(|id| program.get(*id)).peekable();
        let is_hidden = |part: &Declaration| {
            let typed = part.field("hidden").map(|field| &field.value.kind);
            part.kind == Kind::Sheet && matches!(typed, Some(ExprKind::Bool(true)))
        };
        if parts.peek().is_some() && parts.all(is_hidden) {
            self.emit(
                Diagnostic::error("E0228", template.head, "every sheet of this workbook is hidden")
                    .label("nothing to be seen")
                    .help("leave one of them to be seen"),
            );
        }
    }
}

/// A text as it is written.
fn typed(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Text(text) => Some(&text.value),
        _ => None,
    }
}
