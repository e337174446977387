//! What a bare name means where it stands [N1]: bindings and parameters, columns, the objective's or chat's own names,
//! the top level of the file.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::forms::{Kind, is_bare};
use crate::resolve::program::{Declaration, DeclarationId, ModuleId, Source, Target};
use crate::source::Span;

use super::Checker;
use super::known::{Family, Known, Type, Via};

/// Which kinds of words may stand in an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Mode {
    /// After `~`: samplers may be called [D1].
    pub(crate) draws: bool,
    /// In `when`, `by` and checks: words of the run may stand [P4].
    pub(crate) run: bool,
    /// In the body of a template: no arithmetic, no `where` [X1].
    pub(crate) body: bool,
    /// In the columns or cells of a sheet: `row`, `col`, `live` may stand [X4].
    pub(crate) sheet: bool,
}

/// A loop variable or parameter.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) name: Arc<str>,
    pub(crate) known: Known,
    pub(crate) span: Span,
}

/// Rows whose columns are bare: the table an expression stands in, a `where`, the rows of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct RowScope {
    /// None: rows nobody knows the columns of, or the empty table `none`.
    pub(crate) family: Option<Family>,
}

/// Where an expression stands.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub(crate) module: ModuleId,
    /// The block it stands in.
    pub(crate) place: Option<DeclarationId>,
    /// Outermost first.
    pub(crate) locals: Vec<Local>,
    /// Outermost first.
    pub(crate) rows: Vec<RowScope>,
    pub(crate) mode: Mode,
}

impl Scope {
    /// The same place with one more local name.
    pub(crate) fn with(&self, name: &Arc<str>, known: Known, span: Span) -> Scope {
        let mut scope = self.clone();
        scope.locals.push(Local { name: name.clone(), known, span });
        scope
    }

    /// The same place inside rows of `family`.
    pub(crate) fn inside(&self, family: Option<Family>) -> Scope {
        let mut scope = self.clone();
        scope.rows.push(RowScope { family });
        scope
    }

    /// The same place with other words allowed.
    pub(crate) fn with_mode(&self, change: impl FnOnce(&mut Mode)) -> Scope {
        let mut scope = self.clone();
        change(&mut scope.mode);
        scope
    }

    /// The same place where words of the run may stand.
    pub(crate) fn of_run(&self) -> Scope {
        self.with_mode(|mode| mode.run = true)
    }
}

/// One meaning of a bare name.
struct Meaning {
    known: Known,
    span: Span,
    words: String,
}

impl Checker<'_> {
    /// The scope at the top level of a file.
    pub(crate) fn module_scope(&self, module: ModuleId) -> Scope {
        Scope { module, place: None, locals: Vec::new(), rows: Vec::new(), mode: Mode::default() }
    }

    /// The scope of a block's properties: its loops, its parameters as given.
    pub(crate) fn scope_of(&mut self, family: &Family) -> Scope {
        let program = self.program;
        let declaration = program.get(family.declaration);
        let mut scope = self.module_scope(declaration.module);
        scope.place = declaration.parent;
        self.push_outer_arguments(declaration, &mut scope);
        for (index, param) in declaration.params.iter().flatten().enumerate() {
            let known = family.arguments.get(index).cloned().unwrap_or_else(Known::unknown);
            scope.locals.push(Local { name: param.name.clone(), known, span: param.span });
        }
        for local in self.bindings(family, &scope) {
            scope.locals.push(local);
        }
        scope.place = Some(declaration.id);
        scope
    }

    /// Blocks inside a template see the template's arguments.
    fn push_outer_arguments(&mut self, declaration: &Declaration, scope: &mut Scope) {
        let Some(outer) = self.template_arguments.last().cloned() else { return };
        if !self.is_inside(declaration.id, outer.declaration) {
            return;
        }
        let program = self.program;
        for (index, param) in program.get(outer.declaration).params.iter().flatten().enumerate() {
            let known = outer.arguments.get(index).cloned().unwrap_or_else(Known::unknown);
            scope.locals.push(Local { name: param.name.clone(), known, span: param.span });
        }
    }

    /// Whether a declaration stands somewhere inside another.
    pub(crate) fn is_inside(&self, inner: DeclarationId, outer: DeclarationId) -> bool {
        self.program.ancestors(self.program.get(inner)).any(|block| block.id == outer)
    }

    /// The loop variables of a family with their types, remembered.
    fn bindings(&mut self, family: &Family, outer: &Scope) -> Vec<Local> {
        let known = self.binding_memo.get(&family.declaration).into_iter().flatten();
        if let Some((_, locals)) = known.clone().find(|(arguments, _)| *arguments == family.arguments) {
            return locals.clone();
        }
        let program = self.program;
        let mut scope = outer.clone();
        let start = scope.locals.len();
        for source in &program.get(family.declaration).bindings {
            let local = self.binding(source, &scope);
            scope.locals.push(local);
        }
        let locals = scope.locals.split_off(start);
        if self.template_arguments.is_empty() {
            let memo = self.binding_memo.entry(family.declaration).or_default();
            memo.push((family.arguments.clone(), locals.clone()));
        }
        locals
    }

    fn binding(&mut self, source: &Source, scope: &Scope) -> Local {
        match source {
            Source::Loop { name, table, condition } => {
                let known = self.infer(table, scope);
                let mut element = self.element(&known, table);
                if let Some(condition) = condition {
                    let inner = scope.with(&name.name, element.clone(), name.span);
                    let test = self.infer_condition(condition, &inner);
                    element.add_via(&test, Via::Condition);
                }
                Local { name: name.name.clone(), known: element, span: name.span }
            }
            Source::Given { name, value, scope: given } => {
                let place = self.scope_of(&Family::plain(*given));
                let known = self.infer(value, &place);
                Local { name: name.name.clone(), known, span: name.span }
            }
        }
    }

    /// What one turn over `known` is; an error if it cannot be run over.
    pub(crate) fn element(&mut self, known: &Known, at: &crate::syntax::Expr) -> Known {
        match known.ty.element() {
            Some(ty) => {
                let mut element = known.clone().typed(ty);
                element.through(Via::Condition);
                element
            }
            None => {
                let found = self.describe(&known.ty);
                self.emit(
                    Diagnostic::error(
                        "E0204",
                        at.span,
                        format!("only a table or a list can be run over, and this is {found}"),
                    )
                    .label("needs a table, a list or a range")
                    .help("name a table, write a list `[…]`, or a range of numbers, days or months"),
                );
                Known::unknown()
            }
        }
    }

    /// The meaning of a bare name.
    pub(crate) fn lookup(&mut self, name: &Arc<str>, span: Span, scope: &Scope) -> Known {
        let mut meanings = self.near_meanings(name, scope);
        if meanings.is_empty() {
            meanings = self.offered_meanings(name, scope);
        }
        if meanings.is_empty() {
            meanings.extend(self.block_meaning(name, scope));
        }
        if let [near] = meanings.as_slice()
            && let Some(top) = self.clashing_top(name, scope, near.span)
        {
            meanings.push(top);
        }
        if meanings.len() > 1 {
            return self.ambiguous(name, span, &meanings);
        }
        match meanings.pop() {
            Some(meaning) => meaning.known.met_at(span),
            None => self.lookup_top(name, span, scope),
        }
    }

    /// Bindings, parameters, columns.
    fn near_meanings(&mut self, name: &Arc<str>, scope: &Scope) -> Vec<Meaning> {
        let mut meanings: Vec<Meaning> = Vec::new();
        for local in scope.locals.iter().filter(|local| local.name == *name) {
            if meanings.iter().all(|known| known.span != local.span) {
                let words = format!("`{name}` here is a name of this block");
                meanings.push(Meaning { known: local.known.clone(), span: local.span, words });
            }
        }
        for row in scope.rows.clone() {
            if let Some(meaning) = self.column_meaning(name, &row)
                && meanings.iter().all(|known| known.span != meaning.span)
            {
                meanings.push(meaning);
            }
        }
        meanings
    }

    fn column_meaning(&mut self, name: &Arc<str>, row: &RowScope) -> Option<Meaning> {
        let family = row.family.as_ref()?;
        let span = self.column_place(family.declaration, name)?;
        let table = self.name_of(family.declaration);
        let known = self.column(family, name, span);
        Some(Meaning { known, span, words: format!("a column of `{table}`") })
    }

    /// Keys of rows in reach can be read bare, unless two offer the name [N3].
    fn offered_meanings(&mut self, name: &Arc<str>, scope: &Scope) -> Vec<Meaning> {
        let mut offers: Vec<Local> = scope.locals.clone();
        for row in scope.rows.clone() {
            let keys = row.family.map(|family| self.keys(&family)).unwrap_or_default();
            offers.extend(keys);
        }
        let mut meanings = Vec::new();
        let mut offered: Vec<Span> = Vec::new();
        for offer in offers {
            if let Some(meaning) = self.offered_key(name, &offer)
                && !offered.contains(&offer.span)
            {
                offered.push(offer.span);
                meanings.push(meaning);
            }
        }
        meanings
    }

    fn offered_key(&mut self, name: &Arc<str>, offer: &Local) -> Option<Meaning> {
        let Type::Row(family) = &offer.known.ty else { return None };
        if self.program.get(family.declaration).kind != Kind::Table {
            return None;
        }
        let key = self.keys(family).into_iter().find(|key| key.name == *name)?;
        let mut known = key.known;
        known.add(&offer.known);
        Some(Meaning { known, span: offer.span, words: format!("`{name}` of the row `{}`", offer.name) })
    }

    /// Names of the blocks around: `due`, deliverables and milestones of the objective, `who` of the chat, facts that
    /// stand in a schema.
    fn block_meaning(&mut self, name: &Arc<str>, scope: &Scope) -> Option<Meaning> {
        let program = self.program;
        let place = program.get(scope.place?);
        for block in program.lineage(place) {
            let id = block.id;
            if is_bare(block.kind, name) {
                let span = block.field(name).map_or(block.head, |field| field.name.span);
                let known = self.field_of(&Family::plain(id), name, span);
                return Some(Meaning { known, span, words: format!("`{name}` of the {}", self.named(id)) });
            }
            if let Some(child) = self.named_child(id, name) {
                let span = self.place_of(child);
                let known = self.declared(child, span, scope);
                return Some(Meaning { known, span, words: format!("the {}", self.named(child)) });
            }
        }
        None
    }

    /// The block of that name directly inside another.
    pub(crate) fn named_child(&self, id: DeclarationId, name: &str) -> Option<DeclarationId> {
        let children = &self.program.get(id).children;
        children.iter().copied().find(|child| {
            let child = self.program.get(*child);
            child.name.as_ref().is_some_and(|own| &*own.name == name)
        })
    }

    /// A fact at the top level that a nearer name would hide.
    fn clashing_top(&mut self, name: &Arc<str>, scope: &Scope, near: Span) -> Option<Meaning> {
        let module = &self.program.modules[scope.module.0 as usize];
        let Some(Target::Declaration(id)) = module.names.get(name) else { return None };
        let declaration = self.program.get(*id);
        let fact = matches!(
            declaration.kind,
            Kind::Let | Kind::Secret | Kind::Knob | Kind::Table | Kind::Phrases | Kind::Template | Kind::Persona
        );
        let span = self.place_of(*id);
        (fact && span != near).then(|| Meaning {
            known: Known::unknown(),
            span,
            words: format!("the {}", self.named(*id)),
        })
    }

    fn ambiguous(&mut self, name: &str, span: Span, meanings: &[Meaning]) -> Known {
        let mut error = Diagnostic::error("E0103", span, format!("`{name}` could mean two things here"))
            .label("which one?")
            .help("rename one of them, or bind the row: `x in table where x.column == …`");
        for meaning in meanings {
            error = error.cause(meaning.span, meaning.words.clone());
        }
        self.emit(error);
        Known::unknown()
    }

    /// The top level of the file, then the words of the language.
    fn lookup_top(&mut self, name: &Arc<str>, span: Span, scope: &Scope) -> Known {
        let module = &self.program.modules[scope.module.0 as usize];
        match module.names.get(name).copied() {
            Some(Target::Module(module)) => Known::of(Type::Module(module)),
            Some(Target::Declaration(id)) => self.declared(id, span, scope),
            None => self.lookup_word(name, span, scope),
        }
    }

    fn lookup_word(&mut self, name: &Arc<str>, span: Span, scope: &Scope) -> Known {
        if &**name == "world" {
            return Known::of(Type::World);
        }
        if &**name == "row" && scope.mode.sheet {
            return self.own_row(scope);
        }
        if let Some(known) = self.bare_word(name, span, scope) {
            return known;
        }
        if scope.rows.iter().any(|row| row.family.is_none()) {
            return Known::unknown();
        }
        self.unknown_name(name, span, scope)
    }

    fn own_row(&self, scope: &Scope) -> Known {
        match scope.rows.last().and_then(|row| row.family.clone()) {
            Some(family) => Known::of(Type::Row(family)),
            None => Known::unknown(),
        }
    }

    /// What a declaration means by its bare name: its value, its rows, or the member of this turn [N4].
    pub(crate) fn declared(&mut self, id: DeclarationId, span: Span, scope: &Scope) -> Known {
        let declaration = self.program.get(id);
        if declaration.params.as_ref().is_some_and(|params| !params.is_empty()) {
            return Known::of(Type::Function(id));
        }
        let family = Family::plain(id);
        match declaration.kind {
            Kind::Let | Kind::Secret | Kind::Knob | Kind::Phrases => self.value_of(&family, span).met_at(span),
            Kind::Template => Known::of(Type::Applied(family)),
            Kind::Table => Known::of(Type::Rows(family)),
            Kind::World => Known::of(Type::World),
            _ => self.turn_of(family, scope),
        }
    }

    fn turn_of(&mut self, family: Family, scope: &Scope) -> Known {
        let own =
            self.program.get(family.declaration).bindings.iter().filter(|source| matches!(source, Source::Loop { .. }));
        let within = |source: &Source| scope.locals.iter().any(|local| local.span == source.name().span);
        let all_bound = own.clone().all(within);
        match all_bound {
            true => Known::of(Type::Row(family)),
            false => Known::of(Type::Rows(family)),
        }
    }
}
