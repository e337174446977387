//! Members: `row.column`, `people.name`, `q1_reforecast.draft.by`, and what a bare name means inside a row or block.

use super::family::loops;
use super::scope::Meaning;
use super::{Evaluator, Fault, Outcome, Scope};
use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId, ModuleId, Source};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Ident};
use crate::value::{Applied, Item, Value};

impl<'p> Evaluator<'p> {
    /// The imported file a name stands for. A local of that name hides it; the checker refuses anything else that could.
    pub(super) fn module_of(&self, expr: &Expr, scope: &Scope<'_>) -> Option<ModuleId> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        match self.top_level(scope.module(), name) {
            Some(Meaning::Module(module)) if scope.local(name).is_none() => Some(module),
            _ => None,
        }
    }

    pub(super) fn member_of(&self, base: &Expr, member: &Ident, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let value = match &base.kind {
            ExprKind::Name(name) => match self.look_up(name, scope, base.span)? {
                Some(Meaning::Module(module)) => return self.imported_value(module, member, scope, span),
                meaning => self.meant_value(name, meaning, scope, base.span)?,
            },
            _ => self.value(base, scope)?,
        };
        match value {
            Value::List(turn) if matches!(&base.kind, ExprKind::Name(name) if &**name == "loop") => {
                self.loop_member(&turn, member)
            }
            Value::None => Ok(Value::None),
            Value::Item(item) => self.item_member(item, member),
            Value::Rows(rows) => self.column(&rows, member),
            Value::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items.iter() {
                    match item {
                        Value::Item(item) => values.push(self.item_member(*item, member)?),
                        Value::None => values.push(Value::None),
                        other => return Err(self.type_fault(base.span, "rows before `.`", other)),
                    }
                }
                Ok(Value::List(values.into()))
            }
            other => Err(self.type_fault(base.span, "a row, person or block before `.`", &other)),
        }
    }

    /// What an imported file declares under a name.
    fn imported_value(&self, module: ModuleId, member: &Ident, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        match self.top_level(module, &member.name) {
            Some(Meaning::Declaration(id)) => self.declaration_value(id, scope, span),
            _ => {
                let path = &self.program.modules[module.0 as usize].path;
                Err(Fault::wrong("E0101", member.span, format!("`{path}` has no `{}`", member.name)))
            }
        }
    }

    /// `loop.index`, `loop.first` and `loop.last` in text.
    fn loop_member(&self, turn: &[Value], member: &Ident) -> Outcome<Value> {
        let position = ["index", "first", "last"].iter().position(|name| **name == *member.name);
        position
            .and_then(|position| turn.get(position).cloned())
            .ok_or_else(|| Fault::wrong("E0102", member.span, "`loop` has `index`, `first` and `last`"))
    }

    /// A property, column, named child or derived member of an item.
    pub(crate) fn item_member(&self, item: Item, member: &Ident) -> Outcome<Value> {
        let shape = self.shape(item.family);
        if let Some(position) = shape.member(&member.name) {
            return self.member_value(item, position, member.span);
        }
        if let Some(child) = self.child(item, &member.name)? {
            return Ok(child);
        }
        if let Some(value) = self.derived(item, &member.name, member.span)? {
            return Ok(value);
        }
        if let Some(value) = self.key_of_key(item, &member.name, member.span)? {
            return Ok(value);
        }
        let declaration = self.program.get(shape.declaration);
        if crate::forms::has_property(declaration.kind, &member.name) {
            return Ok(Value::None);
        }
        if matches!(declaration.kind, Kind::Deliver | Kind::File) && crate::forms::is_run_word(&member.name) {
            return Err(Fault::NeedsRun);
        }
        Err(Diagnostic::error("E0102", member.span, format!("`{}` has no `{}`", shape.address, member.name))
            .cause(declaration.head, "declared here")
            .into())
    }

    /// What a bare name means on an item whose properties are bare, if anything.
    pub(crate) fn bare_member(&self, item: Item, name: &str, span: Span) -> Outcome<Option<Value>> {
        let shape = self.shape(item.family);
        let declaration = self.program.get(shape.declaration);
        let is_shown = declaration.kind == Kind::Table || crate::forms::is_bare(declaration.kind, name);
        if is_shown && let Some(member) = shape.member(name) {
            return self.member_value(item, member, span).map(Some);
        }
        match declaration.kind {
            Kind::Table if shape.lacks(name) => Ok(None),
            Kind::Table => {
                let value = self.key_of_key(item, name, span)?;
                if value.is_none() {
                    shape.note_lack(name);
                }
                Ok(value)
            }
            _ => Ok(shape
                .member(name)
                .filter(|member| shape.is_key(*member))
                .map(|member| shape.turns[item.index as usize].keys[member].clone())),
        }
    }

    /// A key of a row that is itself a key of this one, unless two offer the name [N3].
    fn key_of_key(&self, item: Item, name: &str, span: Span) -> Outcome<Option<Value>> {
        let shape = self.shape(item.family);
        let mut found = None;
        for key in &shape.turns[item.index as usize].keys {
            let Value::Item(row) = key else { continue };
            let inner = self.shape(row.family);
            let own = inner.member(name).filter(|member| *member < inner.keys);
            let value = own.map(|member| self.member_value(*row, member, span)).transpose()?;
            if value.is_some() && found.replace(value).is_some() {
                return Ok(None);
            }
        }
        Ok(found.flatten())
    }

    /// A block or fact declared inside this one, whose name is bare beside it. What a trap replaces is no name of it.
    pub(super) fn inner_block(&self, item: Item, name: &str) -> Option<DeclarationId> {
        let declaration = self.declaration_of(item);
        if matches!(declaration.kind, Kind::Table | Kind::Trap) {
            return None;
        }
        let named = |id: &&DeclarationId| self.program.get(**id).name.as_ref().is_some_and(|own| *own.name == *name);
        declaration.children.iter().find(named).copied()
    }

    /// A block named inside this one: a tell, a deliverable, a milestone.
    fn child(&self, item: Item, name: &str) -> Outcome<Option<Value>> {
        let shape = self.shape(item.family);
        let declaration = self.program.get(shape.declaration);
        let child = declaration
            .children
            .iter()
            .map(|id| self.program.get(*id))
            .find(|child| child.name.as_ref().is_some_and(|own| *own.name == *name));
        let Some(child) = child else { return Ok(None) };
        if matches!(child.kind, Kind::Let | Kind::Secret | Kind::Table) && child.params.is_none() {
            return self.declaration_value(child.id, &Scope::top(child.module), child.head).map(Some);
        }
        let family = self.family(child.id, &[], child.head)?;
        let label = &shape.turns[item.index as usize].label;
        if loops(child) > loops(declaration) {
            return Ok(Some(self.rows(family)));
        }
        Ok(Some(match self.index_of(family, label) {
            Some(index) => Value::Item(Item { family: family.id, index }),
            None => Value::None,
        }))
    }

    /// What a declaration's name is worth where it stands: a fact's value, a table, the turn of a family within its
    /// own loop and the whole family elsewhere [N4].
    pub(crate) fn declaration_value(&self, id: DeclarationId, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let declaration = self.program.get(id);
        match declaration.kind {
            Kind::Template | Kind::Schema if declaration.params.is_none() => {
                Ok(Value::Applied(Applied { declaration: id.0, arguments: Vec::new(), facts: Vec::new() }.into()))
            }
            Kind::Phrases if declaration.params.is_none() => {
                Ok(Value::Text(self.phrase(id, &[], scope, span)?.text.into()))
            }
            _ if declaration.params.is_some() => Err(self.needs_arguments(declaration, span)),
            Kind::Let | Kind::Secret | Kind::Knob => {
                let shape = self.family(id, &[], span)?;
                self.member_value(Item { family: shape.id, index: 0 }, shape.members.len() - 1, span)
            }
            Kind::Table => Ok(self.rows(self.family(id, &[], span)?)),
            _ => self.block_value(declaration, scope, span),
        }
    }

    fn needs_arguments(&self, declaration: &Declaration, span: Span) -> Fault {
        let names: Vec<&str> = super::family::params(declaration).iter().map(|param| &*param.name).collect();
        Diagnostic::error("E0104", span, format!("this needs its arguments ({})", names.join(", ")))
            .cause(declaration.head, "declared here")
            .into()
    }

    fn block_value(&self, declaration: &Declaration, scope: &Scope<'_>, span: Span) -> Outcome<Value> {
        let family = self.family(declaration.id, &[], span)?;
        if loops(declaration) == 0 {
            return Ok(match family.turns.is_empty() {
                true => Value::None,
                false => Value::Item(Item { family: family.id, index: 0 }),
            });
        }
        let mut labels = Vec::new();
        for binding in &declaration.bindings {
            if let Source::Loop { name, .. } = binding {
                match scope.local(&name.name) {
                    Some(value) => labels.push(self.label(value)),
                    None => return Ok(self.rows(family)),
                }
            }
        }
        Ok(match self.index_of(family, &labels.join(",")) {
            Some(index) => Value::Item(Item { family: family.id, index }),
            None => Value::None,
        })
    }
}
