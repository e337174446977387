//! Schemas: a block with `from = schema(…)` or `background = schema(…)` gets the schema's body as its own [H3]. The body
//! is lowered anew for each use, with the schema's parameters as its outermost names and the schema's file for bare
//! names.

use std::sync::Arc;

use super::Resolver;
use super::field::unknown_property;
use super::lower::{Place, named};
use super::program::{Declaration, DeclarationId, FieldDeclaration, ModuleId, Source, Target};
use crate::diag::Diagnostic;
use crate::forms::{self, Kind};
use crate::source::Span;
use crate::syntax::{Argument, Block, Expr, ExprKind, Field, Ident, Item};

/// One use of a schema.
struct Use {
    target: DeclarationId,
    schema: DeclarationId,
    given: Vec<Source>,
    /// The call, for errors.
    span: Span,
}

impl Resolver<'_> {
    /// Fills every block that names a schema.
    pub(super) fn fill_schemas(&mut self) {
        for index in 0..self.declarations.len() {
            let id = DeclarationId(index as u32);
            let name = match self.get(id).kind {
                Kind::Objective => "from",
                Kind::Mailbox | Kind::Chat | Kind::Clutter => "background",
                _ => continue,
            };
            let Some(call) = self.get(id).field(name).map(|field| field.value.clone()) else { continue };
            if let Some(used) = self.schema_use(id, &call) {
                self.fill_schema(&used);
            }
        }
    }

    fn schema_use(&mut self, target: DeclarationId, call: &Expr) -> Option<Use> {
        let (callee, arguments) = match &call.kind {
            ExprKind::Call(callee, arguments) => (&**callee, arguments.as_slice()),
            _ => (call, &[][..]),
        };
        let module = self.get(target).module;
        let Some(schema) = self.schema_named(callee, module) else {
            if self.stands_on_unread(callee, module) {
                return None;
            }
            let error = self.no_schema(callee, module);
            self.report(error);
            return None;
        };
        let given = self.given(target, schema, arguments, call.span)?;
        Some(Use { target, schema, given, span: call.span })
    }

    fn schema_named(&self, callee: &Expr, module: ModuleId) -> Option<DeclarationId> {
        let target = match &callee.kind {
            ExprKind::Name(name) => self.target(module, name),
            ExprKind::Member(of, name) => match &of.kind {
                ExprKind::Name(file) => match self.target(module, file)? {
                    Target::Module(file) => self.target(file, &name.name),
                    Target::Declaration(_) => None,
                },
                _ => None,
            },
            _ => None,
        };
        match target? {
            Target::Declaration(id) if self.get(id).kind == Kind::Schema => Some(id),
            _ => None,
        }
    }

    /// Whether a name begins with an import that was reported already.
    fn stands_on_unread(&self, callee: &Expr, module: ModuleId) -> bool {
        match &callee.kind {
            ExprKind::Member(of, _) => {
                matches!(&of.kind, ExprKind::Name(file) if self.unread.contains(&(module, file.clone())))
            }
            _ => false,
        }
    }

    fn no_schema(&self, callee: &Expr, module: ModuleId) -> Diagnostic {
        let error = Diagnostic::error("E0119", callee.span, "this names no schema").label("a schema is wanted here");
        let (file, name) = match &callee.kind {
            ExprKind::Name(name) => (Some(Target::Module(module)), name),
            ExprKind::Member(of, name) => match &of.kind {
                ExprKind::Name(file) => (self.target(module, file), &name.name),
                _ => return error.help("write `schema_name(…)` or `file.schema_name(…)`"),
            },
            _ => return error.help("write `schema_name(…)` or `file.schema_name(…)`"),
        };
        let Some(Target::Module(file)) = file else {
            return error.help("import the file that declares it with `use \"…\" as name`");
        };
        let schemas = self.modules[file.0 as usize].names.iter().filter_map(|(name, target)| match target {
            Target::Declaration(id) if self.get(*id).kind == Kind::Schema => Some(&**name),
            _ => None,
        });
        let schemas: Vec<&str> = schemas.collect();
        match Self::near(name, schemas.iter().copied()) {
            Some(near) => error.help(near),
            None if schemas.is_empty() => error.help("this file declares no schema"),
            None => error.help(format!("it declares: {}", schemas.join(", "))),
        }
    }

    /// The schema's parameters with the arguments of a call.
    fn given(
        &mut self,
        target: DeclarationId,
        schema: DeclarationId,
        arguments: &[Argument],
        span: Span,
    ) -> Option<Vec<Source>> {
        let params = self.get(schema).params.clone().unwrap_or_default();
        let mut values: Vec<Option<Expr>> = vec![None; params.len()];
        for (index, argument) in arguments.iter().enumerate() {
            let slot = match &argument.name {
                Some(name) => params.iter().position(|param| param.name == name.name),
                None => (index < params.len()).then_some(index),
            };
            match slot {
                Some(slot) if values[slot].is_none() && argument.each.is_none() => {
                    values[slot] = Some(argument.value.clone())
                }
                _ => {
                    self.wrong_arguments(schema, &params, argument.value.span);
                    return None;
                }
            }
        }
        let pairs: Option<Vec<(Ident, Expr)>> =
            params.iter().cloned().zip(values).map(|(name, value)| Some((name, value?))).collect();
        match pairs {
            Some(pairs) => {
                Some(pairs.into_iter().map(|(name, value)| Source::Given { name, value, scope: target }).collect())
            }
            None => {
                self.wrong_arguments(schema, &params, span);
                None
            }
        }
    }

    fn wrong_arguments(&mut self, schema: DeclarationId, params: &[Ident], span: Span) {
        let names: Vec<&str> = params.iter().map(|param| &*param.name).collect();
        let place = self.place_of(schema);
        let error = Diagnostic::error("E0119", span, "these arguments do not fit the schema")
            .label(format!("it takes {} of them", params.len()))
            .cause(place, "declared here")
            .help(format!("it takes: {}", if names.is_empty() { "nothing".to_string() } else { names.join(", ") }));
        self.report(error);
    }

    fn fill_schema(&mut self, used: &Use) {
        let Some(body) = self.schemas.get(&used.schema).cloned() else { return };
        let place = Place {
            module: self.get(used.schema).module,
            parent: Some(used.target),
            bindings: used.given.clone(),
            instance: true,
            in_loop: None,
        };
        for item in &body.items {
            match item {
                Item::Field(field) => self.schema_field(field, used, &place),
                Item::Rule(_) => {}
                Item::Block(block) if !self.fits_here(block, &place) => self.misfit(block, used),
                _ => self.item(item, &place),
            }
        }
        self.schema_guards(&body, used, &place);
    }

    fn fits_here(&self, block: &Block, place: &Place) -> bool {
        forms::form_named(&block.kind.name).is_some_and(|form| self.fits(form, place))
    }

    fn misfit(&mut self, block: &Block, used: &Use) {
        let home = self.get(used.target).kind.keyword();
        let error = Diagnostic::error(
            "E0119",
            used.span,
            format!("this schema holds a `{}`, which cannot stand in a `{home}`", block.kind.name),
        )
        .cause(block.head, "in the schema's body")
        .help(format!("use a schema made for a `{home}`"));
        self.report(error);
    }

    /// A property in the body is the block's own. A parameter passed on is replaced by its argument; anything else is
    /// kept as a `let` in the schema's scope, under a name nobody can write.
    fn schema_field(&mut self, field: &Field, used: &Use, place: &Place) {
        let kind = self.get(used.target).kind;
        let form = forms::form(kind);
        if form.property(&field.name.name).is_none() {
            return self.report(unknown_property(form, &field.name).cause(used.span, "used here"));
        }
        if self.is_repeated(used.target, &field.name) {
            return;
        }
        let value = self.expression(&field.value, place.module);
        let value = match argument(&value, &used.given) {
            Some(argument) => argument,
            None => self.hidden(&field.name, value, used, place),
        };
        let field = FieldDeclaration { name: field.name.clone(), draw: false, sealed: false, value };
        self.get_mut(used.target).fields.push(field);
    }

    fn hidden(&mut self, property: &Ident, value: Expr, used: &Use, place: &Place) -> Expr {
        let name: Arc<str> = format!("{} of the schema", property.name).into();
        let declaration = Declaration {
            name: Some(Ident { name: name.clone(), span: property.span }),
            head: property.span,
            value: Some(value),
            ..self.blank(Kind::Let, place)
        };
        self.declare(declaration, place);
        named(&name, used.span)
    }

    /// Guards of a schema stand in a child of their own, because their names are those of the schema.
    fn schema_guards(&mut self, body: &Block, used: &Use, place: &Place) {
        let rules: Vec<&Item> = body.items.iter().filter(|item| matches!(item, Item::Rule(_))).collect();
        if rules.is_empty() {
            return;
        }
        if self.get(used.target).kind != Kind::Objective {
            let error =
                Diagnostic::error("E0119", used.span, "this schema holds checks, and only an objective is checked");
            return self.report(error.cause(body.head, "the schema").help("use it with `objective name { from = … }`"));
        }
        let declaration = Declaration { head: body.head, ..self.blank(Kind::Schema, place) };
        let id = self.declare(declaration, place);
        let inner = place.inside(id, place.bindings.clone());
        rules.into_iter().for_each(|rule| self.item(rule, &inner));
    }
}

/// The argument that a value passes on unchanged.
fn argument(value: &Expr, given: &[Source]) -> Option<Expr> {
    let ExprKind::Name(name) = &value.kind else { return None };
    given.iter().find_map(|source| match source {
        Source::Given { name: param, value, .. } if param.name == *name => Some(value.clone()),
        _ => None,
    })
}
