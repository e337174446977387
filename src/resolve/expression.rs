//! Expressions: text with `{{ }}` becomes prose, `load("…")` becomes what the file holds. Names stay names.

use std::sync::Arc;

use super::module::Purpose;
use super::program::ModuleId;
use super::{Resolver, data, path};
use crate::diag::Diagnostic;
use crate::forms;
use crate::source::Span;
use crate::syntax::{Argument, Each, Expr, ExprKind, Loaded, Prose, Text};
use crate::template;

impl Resolver<'_> {
    /// The expression with all its texts and files read.
    pub(super) fn expression(&mut self, expr: &Expr, module: ModuleId) -> Expr {
        Expr { kind: self.kind(expr, module), span: expr.span }
    }

    fn kind(&mut self, expr: &Expr, module: ModuleId) -> ExprKind {
        match &expr.kind {
            ExprKind::Text(text) => self.text(text),
            ExprKind::Call(callee, arguments) => match (&callee.kind, arguments.as_slice()) {
                (ExprKind::Name(name), [only]) if &**name == "load" => self.load(expr, only, module),
                _ => self.call(callee, arguments, module),
            },
            ExprKind::List(items) => ExprKind::List(items.iter().map(|item| self.expression(item, module)).collect()),
            ExprKind::Map(entries) => {
                ExprKind::Map(entries.iter().map(|(key, value)| self.entry(key, value, module)).collect())
            }
            ExprKind::Member(of, name) => ExprKind::Member(self.boxed(of, module), name.clone()),
            ExprKind::Not(inner) => ExprKind::Not(self.boxed(inner, module)),
            ExprKind::Negate(inner) => ExprKind::Negate(self.boxed(inner, module)),
            ExprKind::Binary(operator, left, right) => {
                ExprKind::Binary(*operator, self.boxed(left, module), self.boxed(right, module))
            }
            ExprKind::Range(from, to) => ExprKind::Range(self.boxed(from, module), self.boxed(to, module)),
            ExprKind::Within(test, by) => ExprKind::Within(self.boxed(test, module), self.boxed(by, module)),
            ExprKind::Where(of, test) => ExprKind::Where(self.boxed(of, module), self.boxed(test, module)),
            ExprKind::Filter(of, name, arguments) => {
                let arguments = arguments.iter().map(|argument| self.expression(argument, module)).collect();
                ExprKind::Filter(self.boxed(of, module), name.clone(), arguments)
            }
            other => other.clone(),
        }
    }

    fn boxed(&mut self, expr: &Expr, module: ModuleId) -> Box<Expr> {
        Box::new(self.expression(expr, module))
    }

    fn entry(&mut self, key: &Expr, value: &Expr, module: ModuleId) -> (Expr, Expr) {
        (self.expression(key, module), self.expression(value, module))
    }

    fn call(&mut self, callee: &Expr, arguments: &[Argument], module: ModuleId) -> ExprKind {
        let callee = self.boxed(callee, module);
        ExprKind::Call(callee, arguments.iter().map(|argument| self.argument(argument, module)).collect())
    }

    fn argument(&mut self, argument: &Argument, module: ModuleId) -> Argument {
        Argument {
            name: argument.name.clone(),
            value: self.expression(&argument.value, module),
            each: argument.each.as_ref().map(|each| Each {
                variable: each.variable.clone(),
                condition: each.condition.as_ref().map(|condition| self.expression(condition, module)),
                body: each.body.as_ref().map(|body| self.expression(body, module)),
            }),
        }
    }

    /// Text with holes is read; where that fails it stays plain, so that other findings are still made.
    fn text(&mut self, text: &Text) -> ExprKind {
        if !template::has_holes(&text.value) {
            return ExprKind::Text(text.clone());
        }
        match template::parse_prose(&text.value, |start, end| text.span_of(start, end)) {
            Ok(prose) => ExprKind::Prose(Arc::new(prose)),
            Err(error) => {
                self.report(error);
                ExprKind::Text(text.clone())
            }
        }
    }

    /// `load("path")`. What cannot be read stays a call: it was reported, and nobody mistakes it for data.
    fn load(&mut self, call: &Expr, argument: &Argument, module: ModuleId) -> ExprKind {
        let ExprKind::Text(written) = &argument.value.kind else {
            let error = Diagnostic::error("E0123", argument.value.span, "`load` takes the path of a file, in quotes");
            self.report(error.help("files are read before anything is known, so the path cannot be computed"));
            return call.kind.clone();
        };
        let base = self.library_path(module);
        let path = match path::join(&base, &written.value) {
            Ok(path) => path,
            Err(reason) => {
                let error = Diagnostic::error("E0123", written.span, reason);
                self.report(error.help("move the file into the folder of the spec"));
                return call.kind.clone();
            }
        };
        if !self.loaded.contains_key(&path) {
            let loaded = self.load_file(&path, written.span).map(Arc::new);
            self.loaded.insert(path.clone(), loaded);
        }
        match self.loaded.get(&path) {
            Some(Some(loaded)) => ExprKind::Loaded(loaded.clone()),
            _ => call.kind.clone(),
        }
    }

    fn load_file(&mut self, path: &str, asked: Span) -> Option<Loaded> {
        let shared: Arc<str> = path.into();
        if let Some(format) = data::Format::of(path) {
            let source = self.read_text(path, Some(asked), Purpose::Data)?;
            return self.load_data(&shared, format, source, asked);
        }
        if !matches!(path.rsplit_once('.'), Some((_, "md" | "html" | "txt"))) {
            let error = Diagnostic::error("E0123", asked, format!("`{path}` is of no kind that can be loaded"));
            self.report(error.help("data are .yaml, .json, .jsonl or .csv; bodies are .md, .html or .txt"));
            return None;
        }
        let source = self.read_text(path, Some(asked), Purpose::Text)?;
        let text = self.sources.get(source).text.clone();
        match template::parse_prose(&text, |start, end| Span::new(source, start, end)) {
            Ok(prose) => Some(Loaded::Body { path: shared, prose }),
            Err(error) => {
                self.report(error);
                let prose = Prose { parts: Vec::new(), span: Span::new(source, 0, text.len()) };
                Some(Loaded::Body { path: shared, prose })
            }
        }
    }

    fn load_data(
        &mut self,
        path: &Arc<str>,
        format: data::Format,
        source: crate::source::SourceId,
        asked: Span,
    ) -> Option<Loaded> {
        let text = self.sources.get(source).text.clone();
        match data::read(format, source, &text) {
            Ok(datum) => data::loaded(path, &datum, &mut self.found),
            Err(fault) => {
                let error =
                    Diagnostic::error("E0231", fault.span, format!("`{path}` cannot be read: {}", fault.reason));
                self.report(error.cause(asked, "loaded here").help("correct the file at this place"));
                None
            }
        }
    }

    /// The path of a file as `use` and `load` in it count from it.
    fn library_path(&self, module: ModuleId) -> String {
        let known = self.by_path.iter().find(|(_, id)| **id == Some(module));
        known.map_or_else(|| self.spec.clone(), |(path, _)| path.clone())
    }

    /// The candidate nearest to an unknown name, as a sentence.
    pub(super) fn near<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<String> {
        forms::did_you_mean(name, candidates).map(|near| format!("did you mean `{near}`?"))
    }
}
