//! What is known of declared things: values, columns, properties; each inferred once, cycles found on the way.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, FieldDeclaration, Source};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Loaded};

use super::Checker;
use super::infer::value_type;
use super::known::{Entry, Family, Known, Reads, Secret, Type, Via};
use super::properties::property_type;
use super::scope::{Local, Scope};

/// Something that has one value: a declaration's value, or one of its columns or properties.
pub(crate) type Cell = (Family, Option<Arc<str>>);

/// A cell whose inference is under way.
pub(crate) struct Frame {
    cell: Cell,
    /// Where it was asked for.
    span: Span,
    /// Whether it was asked of another row, so that only a seed can tell whether it ends.
    loose: bool,
}

/// A fact named in an expression counts as so many expressions, because more is kept of it while it is inferred.
const FACT_DEPTH: u32 = 4;

impl Checker<'_> {
    /// Infers a cell once; asking for it again while that is under way is a cycle.
    fn remembered(&mut self, cell: Cell, span: Span, infer: impl FnOnce(&mut Self) -> Known) -> Known {
        let (family, part) = &cell;
        let place = (family.declaration, part.clone());
        let known = self.memo.get(&place).into_iter().flatten();
        if let Some((_, known)) = known.clone().find(|(arguments, _)| *arguments == family.arguments) {
            return known.clone();
        }
        if let Some(start) = self.stack.iter().position(|frame| same_cell(&frame.cell, &cell)) {
            self.report_ring(start, span);
            return Known::unknown();
        }
        let loose = std::mem::replace(&mut self.loose, false);
        self.stack.push(Frame { cell: cell.clone(), span, loose });
        self.depth += FACT_DEPTH;
        let known = infer(self);
        self.depth -= FACT_DEPTH;
        self.stack.pop();
        self.loose = loose;
        self.memo.entry(place).or_default().push((cell.0.arguments, known.clone()));
        known
    }

    /// Prints the ring of facts that need each other, unless another row is asked on the way.
    fn report_ring(&mut self, start: usize, span: Span) {
        let ring = &self.stack[start..];
        if self.loose || ring.iter().skip(1).any(|frame| frame.loose) {
            return;
        }
        let mut names: Vec<String> = ring.iter().map(|frame| self.cell_name(&frame.cell)).collect();
        names.push(names[0].clone());
        let causes: Vec<(Span, String)> =
            ring.iter().skip(1).map(|frame| (frame.span, format!("needs `{}`", self.cell_name(&frame.cell)))).collect();
        let mut error = Diagnostic::error("E0105", span, format!("`{}` needs itself: {}", names[0], names.join(" → ")))
            .label(format!("needs `{}` again", names[0]))
            .help("state one of them without the others");
        error.causes = causes;
        self.emit(error);
    }

    fn cell_name(&self, cell: &Cell) -> String {
        let owner = self.name_of(cell.0.declaration);
        cell.1.as_ref().map_or(owner.clone(), |column| format!("{owner}.{column}"))
    }

    /// The value of a `let`, `secret`, `knob` or `phrases`.
    pub(crate) fn value_of(&mut self, family: &Family, span: Span) -> Known {
        self.remembered((family.clone(), None), span, |checker| checker.infer_value(family))
    }

    fn infer_value(&mut self, family: &Family) -> Known {
        let program = self.program;
        let declaration = program.get(family.declaration);
        let Some(value) = &declaration.value else { return Known::unknown() };
        let draws = declaration.draw;
        let scope = self.scope_of(family).with_mode(|mode| mode.draws = draws);
        let known = match declaration.kind {
            Kind::Knob => self.infer_knob(value, &scope),
            Kind::Phrases => self.infer_phrases(value, &scope),
            _ => self.infer(value, &scope),
        };
        let known = if draws { self.drawn(known, value) } else { known };
        self.seal_declared(declaration, known)
    }

    /// A knob may list what it can be: `"brief" in ["brief", "long"]`.
    fn infer_knob(&mut self, value: &Expr, scope: &Scope) -> Known {
        let known = match &value.kind {
            ExprKind::Binary(crate::syntax::Operator::In, default, choices) => {
                let mut known = self.infer(default, scope);
                known.add(&self.infer(choices, scope));
                known
            }
            _ => self.infer(value, scope),
        };
        if known.reads.facts || known.sealed() {
            self.emit(
                Diagnostic::error(
                    "E0203",
                    value.span,
                    "a knob is known before anything is drawn, and this stands on facts",
                )
                .label("not known yet")
                .help("type its value: a number, a percentage, or `\"brief\" in [\"brief\", \"long\"]`"),
            );
        }
        known
    }

    /// Which of several wordings is chosen depends on their conditions.
    fn infer_phrases(&mut self, value: &Expr, scope: &Scope) -> Known {
        let ExprKind::Map(entries) = &value.kind else { return self.infer(value, scope).typed(Type::Text) };
        let mut known = Known::of(Type::Text);
        for (wording, condition) in entries {
            known.add(&self.expect(wording, scope, &Type::Text, "a wording"));
            let test = self.infer_condition(condition, scope);
            known.add_via(&test, Via::Condition);
        }
        known
    }

    /// What a distribution gives.
    pub(crate) fn drawn(&mut self, known: Known, value: &Expr) -> Known {
        let mut drawn = known.clone();
        drawn.reads.draws = true;
        match known.ty {
            Type::Distribution(of) => drawn.typed(*of),
            Type::Unknown | Type::Text => drawn,
            other => {
                let found = self.describe(&other);
                self.emit(
                    Diagnostic::error(
                        "E0206",
                        value.span,
                        format!("`~` draws from a distribution, and this is {found}"),
                    )
                    .label("always the same")
                    .help("fix a value with `=`, or draw: `between(a, b)`, `around(m, p)`, `pick([…])`, `chance(p)`"),
                );
                drawn.typed(other)
            }
        }
    }

    /// A `secret` seals its value; a declared fact counts as read from here on.
    fn seal_declared(&mut self, declaration: &Declaration, mut known: Known) -> Known {
        if declaration.kind == Kind::Secret {
            self.sealed_by(declaration, None, &mut known);
        }
        known.reads = Reads { facts: declaration.kind != Kind::Knob, draws: false };
        known
    }

    /// Seals a value; one that could be recomputed from open facts is no secret [S1].
    fn sealed_by(&mut self, declaration: &Declaration, column: Option<&FieldDeclaration>, known: &mut Known) {
        let name = column.map_or_else(|| declaration.name.as_ref(), |field| Some(&field.name));
        let Some(name) = name else { return };
        if known.reads.facts && !known.reads.draws && known.seal.is_empty() && known.ty != Type::Unknown {
            self.emit(
                Diagnostic::error(
                    "E0305",
                    name.span,
                    format!("`{}` is no secret: it is computed from open facts only", name.name),
                )
                .label("whoever has the files can compute it")
                .help("draw it with `~`, or declare it with `let`"),
            );
        }
        let secret = Secret { declaration: declaration.id, column: column.map(|field| field.name.name.clone()) };
        known.seal.insert(secret, Entry { via: Via::Value, span: name.span });
    }

    /// The keys of a family: its loop variables; of pipe and loaded tables the first column [N3].
    pub(crate) fn keys(&mut self, family: &Family) -> Vec<Local> {
        let program = self.program;
        let declaration = program.get(family.declaration);
        let loops: Vec<Arc<str>> = loop_names(declaration).cloned().collect();
        if !loops.is_empty() || declaration.kind != Kind::Table {
            let scope = self.scope_of(family);
            return scope.locals.into_iter().filter(|local| loops.contains(&local.name)).collect();
        }
        let Some((name, span)) = first_column(declaration) else { return Vec::new() };
        let known = self.column(family, &name, span);
        vec![Local { name, known, span }]
    }

    /// Where a column of a table is declared, if there is one of that name.
    pub(crate) fn column_place(&self, id: crate::resolve::program::DeclarationId, name: &str) -> Option<Span> {
        let declaration = self.program.get(id);
        let looped = declaration.bindings.iter().map(Source::name).find(|own| &*own.name == name);
        let field = declaration.fields.iter().map(|field| &field.name).find(|own| &*own.name == name && name != "from");
        let header = declaration.header.iter().map(|(own, _)| own).find(|own| &*own.name == name);
        looped.or(field).or(header).map(|own| own.span).or_else(|| loaded_place(declaration, name))
    }

    /// What is known of a key or column of a table.
    pub(crate) fn column(&mut self, family: &Family, name: &Arc<str>, span: Span) -> Known {
        let program = self.program;
        let declaration = program.get(family.declaration);
        if loop_names(declaration).any(|own| own == name) {
            let scope = self.scope_of(family);
            let local = scope.locals.iter().rev().find(|local| local.name == *name);
            return local.map_or_else(Known::unknown, |local| local.known.clone());
        }
        let cell = (family.clone(), Some(name.clone()));
        self.remembered(cell, span, |checker| checker.infer_column(family, name))
    }

    fn infer_column(&mut self, family: &Family, name: &Arc<str>) -> Known {
        let program = self.program;
        let declaration = program.get(family.declaration);
        let mut known = match declaration.field(name) {
            Some(field) => self.infer_table_field(family, declaration, field),
            None => self.infer_typed_column(family, declaration, name),
        };
        let existence = self.existence(family);
        known.add_via(&existence, Via::Condition);
        known.reads = Reads { facts: true, draws: false };
        known
    }

    /// What decides how many rows a family has: the tables it runs over and their conditions.
    pub(crate) fn existence(&mut self, family: &Family) -> Known {
        let mut known = Known::of(Type::Bool);
        for local in self.scope_of(family).locals {
            known.add_via(&local.known, Via::Condition);
        }
        known
    }

    fn infer_table_field(&mut self, family: &Family, declaration: &Declaration, field: &FieldDeclaration) -> Known {
        let scope = self.scope_of(family).inside(Some(family.clone())).with_mode(|mode| mode.draws = field.draw);
        let mut known = self.infer(&field.value, &scope);
        if field.draw {
            known = self.drawn(known, &field.value);
        }
        if field.sealed {
            self.sealed_by(declaration, Some(field), &mut known);
        }
        known
    }

    /// A column of a pipe table or of loaded data.
    fn infer_typed_column(&mut self, family: &Family, declaration: &Declaration, name: &Arc<str>) -> Known {
        match declaration.header.iter().position(|(own, _)| own.name == *name) {
            Some(index) => self.infer_pipe_column(family, declaration, index),
            None => self.infer_loaded_column(declaration, name),
        }
    }

    fn infer_pipe_column(&mut self, family: &Family, declaration: &Declaration, index: usize) -> Known {
        let scope = self.scope_of(family);
        if let Some(table) = &declaration.header[index].1 {
            let known = self.infer(table, &scope);
            return self.element(&known, table);
        }
        let mut known = Known::of(Type::None);
        let mut first: Option<Span> = None;
        for cell in declaration.rows.iter().filter_map(|row| row.get(index)) {
            let next = self.infer(cell, &scope);
            known.add(&next);
            match known.ty.join(&next.ty, self.kinds()) {
                Some(joined) => known.ty = joined,
                None => self.odd_cell(cell.span, &next.ty, &known.ty, first),
            }
            first = first.or(Some(cell.span));
        }
        known
    }

    fn odd_cell(&mut self, span: Span, found: &Type, wanted: &Type, first: Option<Span>) {
        let (found, wanted) = (self.describe(found), self.describe(wanted));
        let mut error =
            Diagnostic::error("E0207", span, format!("this column holds {wanted}, and here stands {found}"))
                .label(format!("this is {found}"))
                .help("make the whole column alike; codes are texts: `\"4100\"`");
        if let Some(first) = first {
            error = error.cause(first, format!("the column begins with {wanted}"));
        }
        self.emit(error);
    }

    fn infer_loaded_column(&mut self, declaration: &Declaration, name: &str) -> Known {
        let Some(loaded) = loaded_rows(declaration) else { return Known::unknown() };
        let Loaded::Table { columns, rows, places, .. } = loaded else { return Known::unknown() };
        let Some(index) = columns.iter().position(|column| &**column == name) else { return Known::unknown() };
        let mut known = Known::of(Type::None);
        for (line, row) in rows.iter().enumerate() {
            let found = row.get(index).map_or(Type::None, value_type);
            match known.ty.join(&found, self.kinds()) {
                Some(joined) => known.ty = joined,
                None => {
                    let span = places.get(line).copied().unwrap_or(declaration.head);
                    self.odd_cell(span, &found, &known.ty, places.first().copied());
                }
            }
        }
        known
    }

    /// A property of a block, as written or as it is by default.
    pub(crate) fn field_of(&mut self, family: &Family, name: &str, span: Span) -> Known {
        let program = self.program;
        let declaration = program.get(family.declaration);
        let Some(field) = declaration.field(name) else {
            return Known::of(property_type(declaration.kind, name).unwrap_or(Type::Unknown));
        };
        let cell = (family.clone(), Some(field.name.name.clone()));
        self.remembered(cell, span, |checker| checker.infer_property(family, declaration, field))
    }
}

/// Whether two cells are one; a function that asks itself does so whatever the arguments, because recursion is refused.
fn same_cell(one: &Cell, other: &Cell) -> bool {
    let same_function = one.1.is_none() && other.1.is_none() && one.0.declaration == other.0.declaration;
    same_function || one == other
}

/// The loop variables of a declaration; of these it has one member for each turn.
pub(crate) fn loop_names(declaration: &Declaration) -> impl Iterator<Item = &Arc<str>> {
    declaration.bindings.iter().filter_map(|source| match source {
        Source::Loop { name, .. } => Some(&name.name),
        Source::Given { .. } => None,
    })
}

/// The data a table is loaded from.
pub(crate) fn loaded_rows(declaration: &Declaration) -> Option<&Loaded> {
    match &declaration.field("from")?.value.kind {
        ExprKind::Loaded(loaded) => Some(loaded),
        _ => None,
    }
}

fn loaded_place(declaration: &Declaration, name: &str) -> Option<Span> {
    match loaded_rows(declaration)? {
        Loaded::Table { columns, .. } if columns.iter().any(|column| &**column == name) => {
            declaration.field("from").map(|field| field.value.span)
        }
        _ => None,
    }
}

fn first_column(declaration: &Declaration) -> Option<(Arc<str>, Span)> {
    if let Some((name, _)) = declaration.header.first() {
        return Some((name.name.clone(), name.span));
    }
    match loaded_rows(declaration)? {
        Loaded::Table { columns, .. } => Some((columns.first()?.clone(), declaration.field("from")?.value.span)),
        _ => None,
    }
}

/// All names a row of a table offers, for suggestions.
pub(crate) fn column_names(declaration: &Declaration) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = loop_names(declaration).cloned().collect();
    names.extend(declaration.header.iter().map(|(name, _)| name.name.clone()));
    names.extend(declaration.fields.iter().map(|field| field.name.name.clone()).filter(|name| &**name != "from"));
    if let Some(Loaded::Table { columns, .. }) = loaded_rows(declaration) {
        names.extend(columns.iter().cloned());
    }
    names
}
