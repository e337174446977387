//! Traps: the facts that a wrong answer believes, and the wrong values it has for them [O6].

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::syntax::{Expr, ExprKind, Ident};

use super::Checker;
use super::known::{Family, Known, Type};
use super::scope::Scope;
use super::timing::block_named;

impl Checker<'_> {
    /// A trap names facts and gives them wrong values of the same kind [O6].
    pub(super) fn check_trap(&mut self, family: &Family, declaration: &Declaration) {
        let scope = self.scope_of(family);
        if let Some(label) = &declaration.label {
            self.expect(label, &scope, &Type::Text, "what a trap is about");
        }
        for field in &declaration.fields {
            match declaration.kind {
                Kind::Trap => self.check_replaced_fact(declaration, field, &scope),
                _ => self.check_replaced_column(declaration, field, &scope),
            }
        }
    }

    fn check_replaced_fact(&mut self, trap: &Declaration, field: &FieldDeclaration, scope: &Scope) {
        self.refuse_no_fact(trap, &field.name);
        let truth = self.lookup(&field.name.name, field.name.span, scope);
        let wrong = self.infer(&field.value, scope);
        self.must_replace(field, &truth, &wrong);
    }

    fn must_replace(&mut self, field: &FieldDeclaration, truth: &Known, wrong: &Known) {
        if self.fits(&wrong.ty, &truth.ty) {
            return;
        }
        let (found, wanted) = (self.describe(&wrong.ty), self.describe(&truth.ty));
        self.emit(
            Diagnostic::error(
                "E0203",
                field.value.span,
                format!("`{}` is {wanted}, and the trap makes it {found}", field.name.name),
            )
            .label(format!("this is {found}"))
            .help("a wrong answer is of the same kind as the right one"),
        );
    }

    fn check_replaced_column(&mut self, declaration: &Declaration, field: &FieldDeclaration, scope: &Scope) {
        let Some(name) = &declaration.name else { return };
        let outer = self.module_scope(declaration.module);
        let table = self.lookup(&name.name, name.span, &outer);
        let Type::Rows(family) = table.ty else {
            return self.no_table_to_replace(name, &table.ty);
        };
        self.refuse_key(&family, &field.name);
        let truth = self.member(&Known::of(Type::Row(family.clone())), &field.name, &name_expr(name), scope);
        let wrong = self.loosely(|checker| checker.infer(&field.value, &scope.inside(Some(family))));
        self.must_replace(field, &truth, &wrong);
    }

    fn no_table_to_replace(&mut self, name: &Ident, ty: &Type) {
        if ty.is_free() {
            return;
        }
        let found = self.describe(ty);
        self.emit(
            Diagnostic::error("E0204", name.span, format!("a trap replaces columns of a table, and this is {found}"))
                .label("not a table")
                .help("name a table, or replace a fact with `fact = wrong`"),
        );
    }

    /// What a trap names in place of a fact: a knob builds another world, and what is no fact has no wrong value.
    fn refuse_no_fact(&mut self, trap: &Declaration, name: &Ident) {
        let named = block_named(self.program, trap, &name_expr(name));
        let Some(named) = named.filter(|named| !matches!(named.kind, Kind::Let | Kind::Secret)) else { return };
        let what = named.kind.keyword();
        let help = match named.kind {
            Kind::Knob => format!(
                "a knob builds another world, `--set {}=…`: state what is believed with `let`, and replace that",
                name.name
            ),
            Kind::Table => format!("replace its columns: `{} {{ column = wrong }}`", name.name),
            _ => "a trap replaces a `let`, a `secret`, or columns of a table".to_string(),
        };
        let place = self.place_of(named.id);
        self.emit(
            Diagnostic::error("E0223", name.span, format!("a trap replaces facts, and `{}` is a {what}", name.name))
                .label(format!("a {what}"))
                .cause(place, "declared here")
                .help(help),
        );
    }

    /// A key says which row it is: with another key it is another row, not a wrong fact about this one.
    fn refuse_key(&mut self, family: &Family, column: &Ident) {
        if self.keys(family).iter().all(|key| key.name != column.name) {
            return;
        }
        let (table, place) = (self.name_of(family.declaration), self.place_of(family.declaration));
        self.emit(
            Diagnostic::error(
                "E0223",
                column.span,
                format!("a trap replaces facts, and `{}` is a key of `{table}`", column.name),
            )
            .label("a key")
            .cause(place, "declared here")
            .help("replace the columns of its rows, or the fact by which rows are chosen"),
        );
    }
}

/// A name as an expression, for looking up its members.
fn name_expr(name: &Ident) -> Expr {
    Expr { kind: ExprKind::Name(name.name.clone()), span: name.span }
}
