//! What templates put into documents: bodies, sheets, charts; and the secrets a document would show.

use crate::diag::Diagnostic;
use crate::formats::text_fault;
use crate::forms::{Kind, form};
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};

use super::Checker;
use super::known::{Family, Known, Type, Via};
use super::scope::Scope;

impl Checker<'_> {
    /// Checks a template as it is called at `span`, once for each kind of arguments.
    pub(crate) fn check_template_call(&mut self, family: &Family, span: Span) {
        if self.contents.iter().any(|(known, _)| known == family) {
            return;
        }
        let called = !family.arguments.is_empty() && span != self.program.get(family.declaration).head;
        if called {
            let what = self.named(family.declaration);
            self.calls.push((span, format!("the {what} is filled in here")));
        }
        self.contents.push((family.clone(), Known::of(Type::Text)));
        let known = self.infer_content(family);
        if let Some(entry) = self.contents.iter_mut().find(|(known, _)| known == family) {
            entry.1 = known;
        }
        if called {
            self.calls.pop();
        }
    }

    /// What a document from this template depends on.
    pub(crate) fn content_of(&mut self, family: &Family, span: Span) -> Known {
        self.check_template_call(family, span);
        let found = self.contents.iter().find(|(known, _)| known == family);
        found.map_or_else(Known::unknown, |(_, known)| known.clone())
    }

    fn infer_content(&mut self, family: &Family) -> Known {
        let program = self.program;
        let template = program.get(family.declaration);
        let scope = self.scope_of(family);
        self.template_arguments.push(family.clone());
        let mut known = Known::of(Type::Text);
        for field in &template.fields {
            if &*field.name.name == "files" {
                known.add(&self.infer_archive(&field.value, &scope));
                continue;
            }
            let inner = scope.with_mode(|mode| mode.body = &*field.name.name == "body");
            let wanted = if &*field.name.name == "scanned" { Type::Bool } else { Type::Text };
            known.add(&self.expect(&field.value, &inner, &wanted, &format!("`{}` of a template", field.name.name)));
        }
        self.refuse_unseen(template);
        for child in &template.children {
            known.add(&match program.get(*child).kind {
                Kind::Sheet | Kind::Chart => self.infer_sheet(*child),
                _ => self.infer_block(*child),
            });
        }
        self.template_arguments.pop();
        known
    }

    /// `files = { "Readme.txt": readme }`: an archive shows what its files show.
    fn infer_archive(&mut self, value: &Expr, scope: &Scope) -> Known {
        let mut known = Known::of(Type::Text);
        let ExprKind::Map(entries) = &value.kind else {
            let message = "`files` of a template is a map of names and templates";
            self.emit(
                Diagnostic::error("E0203", value.span, message)
                    .label("not a map")
                    .help("write `files = { \"Readme.txt\": readme }`"),
            );
            return known;
        };
        for (name, made_from) in entries {
            known.add(&self.expect(name, scope, &Type::Text, "the name of a file"));
            known.add(&self.infer_made(made_from, scope));
        }
        known
    }

    /// What is made of a template inside another one: a file of an archive, a workbook on a screen.
    fn infer_made(&mut self, made_from: &Expr, scope: &Scope) -> Known {
        let mut known = self.infer(made_from, scope);
        match known.ty.clone() {
            Type::Applied(family) if self.program.get(family.declaration).kind == Kind::Template => {
                known.add(&self.infer_archived(&family, made_from));
            }
            ty if ty.is_free() => {}
            ty => {
                let what = self.describe(&ty);
                self.emit(
                    Diagnostic::error(
                        "E0203",
                        made_from.span,
                        format!("a file is made from a template, and this is {what}"),
                    )
                    .label("no template")
                    .help("name a template, with its arguments if it has parameters"),
                );
            }
        }
        known
    }

    fn infer_archived(&mut self, family: &Family, made_from: &Expr) -> Known {
        if self.template_arguments.iter().any(|open| open.declaration == family.declaration) {
            let what = self.named(family.declaration);
            self.emit(
                Diagnostic::error("E0227", made_from.span, format!("the {what} would hold itself"))
                    .label("it cannot be in itself")
                    .cause(self.program.get(family.declaration).head, "it is made here")
                    .help("leave this file out, or make it from another template"),
            );
            return Known::of(Type::Text);
        }
        self.content_of(family, made_from.span)
    }

    fn infer_sheet(&mut self, id: DeclarationId) -> Known {
        let program = self.program;
        let sheet = program.get(id);
        let scope = self.scope_of(&Family::plain(id)).with_mode(|mode| mode.sheet = true);
        let mut known = Known::of(Type::Text);
        if let Some(label) = &sheet.label {
            known.add(&self.expect(label, &scope, &Type::Text, "the name of a sheet"));
        }
        let rows = sheet.field("rows").map(|field| (self.infer(&field.value, &scope), &field.value));
        let inner = match &rows {
            Some((rows, at)) => self.row_scope(rows, at, &scope),
            None => scope.clone(),
        };
        if let Some((rows, _)) = &rows {
            known.add_via(rows, Via::Count);
        }
        for field in &sheet.fields {
            known.add(&self.infer_sheet_field(sheet, &field.name.name, &field.value, &scope, &inner));
        }
        known
    }

    /// A picture and the like: properties of a block that stands in a template.
    fn infer_block(&mut self, id: DeclarationId) -> Known {
        let part = self.program.get(id);
        let scope = self.scope_of(&Family::plain(id));
        let mut known = Known::of(Type::Text);
        for field in &part.fields {
            if part.kind == Kind::Screenshot && &*field.name.name == "from" {
                known.add(&self.infer_made(&field.value, &scope));
                continue;
            }
            let value = self.infer(&field.value, &scope);
            if let Some(property) = form(part.kind).property(&field.name.name) {
                self.check_property(part, field, property, &value);
            }
            known.add(&value);
        }
        self.check_required(part);
        known
    }

    fn row_scope(&mut self, rows: &Known, at: &Expr, scope: &Scope) -> Scope {
        match &rows.ty {
            Type::Rows(family) => scope.inside(Some(family.clone())),
            Type::List(of) => match &**of {
                Type::Row(family) => scope.inside(Some(family.clone())),
                _ => scope.inside(None),
            },
            ty if ty.is_free() => scope.inside(None),
            other => {
                let found = self.describe(other);
                self.emit(
                    Diagnostic::error("E0204", at.span, format!("`rows` of a sheet is a table, and this is {found}"))
                        .label("not a table")
                        .help("name a table, or `table where …`"),
                );
                scope.inside(None)
            }
        }
    }

    fn infer_sheet_field(
        &mut self,
        sheet: &Declaration,
        name: &str,
        value: &Expr,
        outer: &Scope,
        inner: &Scope,
    ) -> Known {
        match name {
            "rows" => Known::of(Type::Text),
            "columns" => self.infer_cells(value, inner),
            "cells" => self.infer_addressed(value, outer),
            "total" => self.infer_total(sheet, value, outer),
            "formats" | "notes" | "highlight" | "names" | "errors" => self.infer_margin(sheet, name, value, outer),
            "hidden" => self.expect(value, outer, &Type::Bool, "`hidden` of a sheet"),
            "by" | "value" if sheet.kind == Kind::Chart => self.infer(value, inner),
            _ => self.infer(value, outer),
        }
    }

    fn infer_cells(&mut self, value: &Expr, scope: &Scope) -> Known {
        let ExprKind::Map(entries) = &value.kind else {
            return self.expect(value, scope, &Type::Map(Box::new(Type::Text), Box::new(Type::Unknown)), "`columns`");
        };
        let mut known = Known::of(Type::Text);
        for (header, cell) in entries {
            known.add(&self.expect(header, scope, &Type::Text, "a header"));
            let value = self.infer(cell, scope);
            self.must_be_cell(&value, cell);
            self.must_fit_cell(cell);
            known.add(&value);
        }
        known
    }

    fn must_be_cell(&mut self, value: &Known, cell: &Expr) {
        let fits = matches!(
            value.ty,
            Type::Bool
                | Type::Number
                | Type::Text
                | Type::Date
                | Type::Month
                | Type::Time
                | Type::Moment
                | Type::Duration
        );
        if fits || value.ty.is_free() {
            return;
        }
        let found = self.describe(&value.ty);
        let help = match &value.ty {
            Type::Row(_) | Type::Item(_) => "name the column or part that is meant: `row.column`",
            _ => "write a number, a date or a text",
        };
        self.emit(
            Diagnostic::error("E0203", cell.span, format!("a cell cannot hold {found}"))
                .label(format!("this is {found}"))
                .help(help),
        );
    }

    /// A typed text that no spreadsheet program can hold; what a seed makes of others is asked when it is built.
    fn must_fit_cell(&mut self, cell: &Expr) {
        let ExprKind::Text(text) = &cell.kind else { return };
        if let Some(fault) = text_fault(&text.value) {
            self.emit(
                Diagnostic::error("E0229", cell.span, format!("this cell {fault}"))
                    .label("no cell can hold this")
                    .help("part the text over several cells, or write it into a document"),
            );
        }
    }

    /// `cells = { "B6": … }`: each key is the address of a cell.
    fn infer_addressed(&mut self, value: &Expr, scope: &Scope) -> Known {
        if let ExprKind::Map(entries) = &value.kind {
            for (address, _) in entries {
                self.check_address(address);
            }
        }
        self.infer_cells(value, scope)
    }

    pub(super) fn check_address(&mut self, address: &Expr) {
        let ExprKind::Text(text) = &address.kind else { return };
        let letters = text.value.chars().take_while(char::is_ascii_uppercase).count();
        let digits = text.value[letters..].chars().all(|digit| digit.is_ascii_digit());
        let row: Option<u32> = text.value[letters..].parse().ok();
        if !(1..=3).contains(&letters) || !digits || !row.is_some_and(|row| (1..=1_048_576).contains(&row)) {
            self.emit(
                Diagnostic::error("E0203", address.span, format!("\"{}\" is not the address of a cell", text.value))
                    .label("not a cell")
                    .help("write a column's letters and a row's number: `\"B6\"`"),
            );
        }
    }

    /// `total = ["Amount"]` names headers of this sheet.
    fn infer_total(&mut self, sheet: &Declaration, value: &Expr, scope: &Scope) -> Known {
        let known = self.infer(value, scope);
        let headers = headers(sheet);
        let ExprKind::List(items) = &value.kind else { return known };
        for item in items {
            let ExprKind::Text(text) = &item.kind else { continue };
            if !headers.is_empty() && !headers.iter().any(|header| **header == *text.value) {
                self.no_header(&text.value, item.span, &headers);
            }
        }
        known
    }

    pub(super) fn no_header(&mut self, name: &str, span: Span, headers: &[std::sync::Arc<str>]) {
        let names: Vec<&str> = headers.iter().map(|header| &**header).collect();
        let help = match crate::forms::did_you_mean(name, names.iter().copied()) {
            Some(close) => format!("did you mean \"{close}\"?"),
            None => format!("its columns are {}", super::suggest::listed(&names)),
        };
        self.emit(
            Diagnostic::error("E0102", span, format!("this sheet has no column \"{name}\""))
                .label("no such header")
                .help(help),
        );
    }
}

/// The headers of a sheet's columns that are typed out.
pub(crate) fn headers(sheet: &Declaration) -> Vec<std::sync::Arc<str>> {
    let Some(columns) = sheet.field("columns") else { return Vec::new() };
    let ExprKind::Map(entries) = &columns.value.kind else { return Vec::new() };
    let texts = entries.iter().filter_map(|(header, _)| match &header.kind {
        ExprKind::Text(text) => Some(text.value.clone()),
        _ => None,
    });
    texts.collect()
}
