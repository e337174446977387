//! Lowering the items of a tree to declarations: blocks and bindings become members of the arena, loops become bindings
//! of what they hold.

use std::sync::Arc;

use super::Resolver;
use super::program::{Declaration, DeclarationId, ModuleId, Source};
use crate::diag::Diagnostic;
use crate::forms::{self, Kind};
use crate::source::Span;
use crate::syntax::{Bind, BindKind, Binding, Expr, Field, Ident, Item, Loop, Row, Rule, RuleKind};

/// Where an item stands.
#[derive(Clone)]
pub(super) struct Place {
    pub module: ModuleId,
    pub parent: Option<DeclarationId>,
    /// The loops around it, outermost first; in a schema's body its parameters before them.
    pub bindings: Vec<Source>,
    /// In the body of a schema: its names are not global.
    pub instance: bool,
    /// Directly in a loop, not in a block in it.
    pub in_loop: Option<Span>,
}

impl Place {
    /// The top level of a file.
    pub(super) fn top(module: ModuleId) -> Place {
        Place { module, parent: None, bindings: Vec::new(), instance: false, in_loop: None }
    }

    /// Inside a block that was just declared.
    pub(super) fn inside(&self, id: DeclarationId, bindings: Vec<Source>) -> Place {
        Place { parent: Some(id), bindings, in_loop: None, ..self.clone() }
    }
}

impl Resolver<'_> {
    /// Lowers every file that was read; the spec first.
    pub(super) fn lower_modules(&mut self) {
        for index in 0..self.trees.len() {
            let Some(tree) = self.trees[index].take() else { continue };
            let place = Place::top(ModuleId(index as u32));
            tree.items.iter().for_each(|item| self.item(item, &place));
        }
    }

    /// Lowers one item.
    pub(super) fn item(&mut self, item: &Item, place: &Place) {
        match item {
            Item::Block(block) => self.block(block, place),
            Item::Bind(bind) => self.bind(bind, place),
            Item::Loop(turn) => self.turns(turn, place),
            Item::Field(field) => self.field(field, place),
            Item::Rule(rule) => self.rule(rule, place),
            Item::Row(row) => self.row(row, place),
        }
    }

    fn turns(&mut self, turn: &Loop, place: &Place) {
        let mut inner = place.clone();
        inner.in_loop = Some(turn.span);
        inner.bindings.extend(self.bindings(&turn.bindings, place.module));
        for item in &turn.items {
            match item {
                Item::Block(_) | Item::Bind(_) | Item::Loop(_) => self.item(item, &inner),
                Item::Field(Field { span, .. }) | Item::Rule(Rule { span, .. }) | Item::Row(Row { span, .. }) => {
                    let error = Diagnostic::error("E0116", *span, "a loop around it repeats blocks, nothing else");
                    self.report(error.help("write `for` after the name of a block: `table x for y in … { … }`"));
                }
            }
        }
    }

    /// `for` bindings with their expressions lowered.
    pub(super) fn bindings(&mut self, bindings: &[Binding], module: ModuleId) -> Vec<Source> {
        bindings.iter().map(|binding| self.binding(binding, module)).collect()
    }

    fn binding(&mut self, binding: &Binding, module: ModuleId) -> Source {
        Source::Loop {
            name: binding.name.clone(),
            table: self.expression(&binding.table, module),
            condition: binding.condition.as_ref().map(|condition| self.expression(condition, module)),
        }
    }

    /// Two loops around one block may not use one name.
    pub(super) fn check_bindings(&mut self, bindings: &[Source]) {
        for (index, source) in bindings.iter().enumerate() {
            let name = source.name();
            if let Some(earlier) = bindings[..index].iter().find(|other| other.name().name == name.name) {
                let error = Diagnostic::error("E0112", name.span, format!("`{}` runs in two loops at once", name.name))
                    .label("again here")
                    .cause(earlier.name().span, "first here")
                    .help("give each loop its own name");
                self.report(error);
            }
        }
    }

    /// `let`, `secret`, `knob`, `phrases`; a `secret` in a table is a column.
    fn bind(&mut self, bind: &Bind, place: &Place) {
        let kind = match bind.kind {
            BindKind::Let => Kind::Let,
            BindKind::Secret => Kind::Secret,
            BindKind::Knob => Kind::Knob,
            BindKind::Phrases => Kind::Phrases,
        };
        let head = bind.kind_span();
        if !self.may_stand(kind, head, place) {
            return;
        }
        if self.kind_of(place.parent) == Some(Kind::Table) {
            return self.sealed_column(bind, place);
        }
        self.check_loop(kind, head, place);
        self.check_params(bind.params.as_deref());
        if kind == Kind::Knob && bind.params.is_some() {
            let error = Diagnostic::error("E0115", bind.name.span, "a `knob` takes no parameters");
            self.report(error.help("use `let` for something that is computed"));
        }
        let declaration = Declaration {
            name: Some(bind.name.clone()),
            params: bind.params.clone(),
            value: Some(self.expression(&bind.value, place.module)),
            draw: bind.draw,
            head,
            ..self.blank(kind, place)
        };
        self.declare(declaration, place);
    }

    /// A declaration with nothing in it yet.
    pub(super) fn blank(&self, kind: Kind, place: &Place) -> Declaration {
        Declaration {
            id: DeclarationId(self.declarations.len() as u32),
            kind,
            module: place.module,
            name: None,
            params: None,
            label: None,
            bindings: place.bindings.clone(),
            parent: place.parent,
            fields: Vec::new(),
            children: Vec::new(),
            rules: Vec::new(),
            rows: Vec::new(),
            header: Vec::new(),
            value: None,
            draw: false,
            head: Span::default(),
        }
    }

    /// Adds a declaration to the arena, to its parent and to the names.
    pub(super) fn declare(&mut self, mut declaration: Declaration, place: &Place) -> DeclarationId {
        let id = DeclarationId(self.declarations.len() as u32);
        declaration.id = id;
        self.declarations.push(declaration);
        if let Some(parent) = place.parent {
            self.get_mut(parent).children.push(id);
        }
        self.enter(id, place.instance);
        id
    }

    /// Parameters of one declaration have different names.
    pub(super) fn check_params(&mut self, params: Option<&[Ident]>) {
        let params = params.unwrap_or_default();
        for (index, param) in params.iter().enumerate() {
            if let Some(earlier) = params[..index].iter().find(|other| other.name == param.name) {
                let error =
                    Diagnostic::error("E0112", param.span, format!("two parameters are called `{}`", param.name))
                        .cause(earlier.span, "the first one")
                        .help("rename one of them");
                self.report(error);
            }
        }
    }

    /// `require`, `check` and `rubric`. At top level `require` belongs to the world.
    fn rule(&mut self, rule: &Rule, place: &Place) {
        let word = match rule.kind {
            RuleKind::Require => "require",
            RuleKind::Check => "check",
            RuleKind::Rubric => "rubric",
        };
        let allowed = match self.kind_of(place.parent) {
            Some(kind) => forms::form(kind).rules.contains(&word),
            None => word == "require" && place.module == ModuleId(0),
        };
        if !allowed {
            return self.misplaced_rule(word, rule.span, place);
        }
        let rule = Rule {
            condition: self.expression(&rule.condition, place.module),
            message: rule.message.as_ref().map(|message| self.expression(message, place.module)),
            ..rule.clone()
        };
        match place.parent {
            Some(parent) => self.get_mut(parent).rules.push(rule),
            None => self.requirements.push(rule),
        }
    }

    fn misplaced_rule(&mut self, word: &str, span: Span, place: &Place) {
        let here = self
            .kind_of(place.parent)
            .map_or("the top level of a file".to_string(), |kind| format!("a `{}`", kind.keyword()));
        let homes: Vec<String> = forms::BLOCKS
            .iter()
            .filter(|form| form.rules.contains(&word))
            .map(|form| format!("`{}`", form.keyword))
            .collect();
        let top = if word == "require" { " or at the top level of the spec" } else { "" };
        let error = Diagnostic::error("E0117", span, format!("`{word}` cannot stand in {here}"));
        self.report(error.help(format!("it stands in {}{top}", homes.join(", "))));
    }
}

impl Bind {
    /// The word and the name, for errors.
    fn kind_span(&self) -> Span {
        Span { end: self.name.span.end, ..self.span }
    }
}

/// A name as an expression.
pub(super) fn named(name: &Arc<str>, span: Span) -> Expr {
    Expr { kind: crate::syntax::ExprKind::Name(name.clone()), span }
}
