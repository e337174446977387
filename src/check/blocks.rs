//! Every block of the program: its properties against the table of forms, its rules, its rows.

use crate::diag::Diagnostic;
use crate::forms::{self, Kind, form, type_words};
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::syntax::{ExprKind, Rule, RuleKind};

use super::Checker;
use super::known::{Family, Known, Type};
use super::scope::Scope;
use super::timing::block_named;

impl Checker<'_> {
    /// Checks all that is declared.
    pub(crate) fn check_blocks(&mut self) {
        let program = self.program;
        for declaration in &program.declarations {
            if self.stands_in_pattern(declaration) {
                continue;
            }
            self.check_declaration(declaration);
        }
        self.check_uncalled();
    }

    /// Blocks of a template or schema, and whatever takes parameters, are checked at each call [N5].
    fn stands_in_pattern(&self, declaration: &Declaration) -> bool {
        self.program.lineage(declaration).any(|block| {
            let called = block.params.as_ref().is_some_and(|params| !params.is_empty());
            called || block.kind == Kind::Schema || (block.kind == Kind::Template && block.id != declaration.id)
        })
    }

    /// What nobody calls is still checked for names, with arguments of which nothing is known.
    fn check_uncalled(&mut self) {
        let program = self.program;
        for declaration in &program.declarations {
            let called = declaration.params.as_ref().is_some_and(|params| !params.is_empty());
            if called && declaration.parent.is_none() && !self.was_called(declaration.id) {
                self.check_pattern(declaration);
            }
        }
    }

    fn was_called(&self, id: crate::resolve::program::DeclarationId) -> bool {
        self.memo.keys().any(|(known, _)| *known == id)
            || self.contents.iter().any(|(family, _)| family.declaration == id)
            || self.instantiated(id)
    }

    fn check_pattern(&mut self, declaration: &Declaration) {
        let params = declaration.params.as_ref().map_or(0, Vec::len);
        let family = Family::called(declaration.id, vec![Known::unknown(); params]);
        match declaration.kind {
            Kind::Template => self.check_template_call(&family, declaration.head),
            Kind::Table => self.check_table(&family, declaration),
            Kind::Schema => {}
            _ => drop(self.value_of(&family, declaration.head)),
        }
    }

    fn check_declaration(&mut self, declaration: &Declaration) {
        let family = Family::plain(declaration.id);
        match declaration.kind {
            Kind::Let | Kind::Secret | Kind::Knob | Kind::Phrases => {
                self.value_of(&family, declaration.head);
            }
            Kind::Table => self.check_table(&family, declaration),
            Kind::Template => self.check_template_call(&family, declaration.head),
            Kind::Trap | Kind::Replace => self.check_trap(&family, declaration),
            _ => self.check_block(&family, declaration),
        }
    }

    fn check_table(&mut self, family: &Family, declaration: &Declaration) {
        for key in self.keys(family) {
            self.column(family, &key.name, key.span);
        }
        for (name, _) in &declaration.header {
            self.column(family, &name.name, name.span);
        }
        for field in &declaration.fields {
            if !matches!(&*field.name.name, "from" | "stream") {
                self.column(family, &field.name.name, field.name.span);
            }
        }
        let scope = self.scope_of(family).inside(Some(family.clone()));
        self.check_rules(&declaration.rules, &scope);
    }

    fn check_block(&mut self, family: &Family, declaration: &Declaration) {
        let scope = self.scope_of(family);
        if let Some(label) = &declaration.label {
            let known = self.expect(label, &scope, &Type::Text, "a name");
            self.sink_label(family, declaration, label, &known);
        }
        self.sink_existence(family, declaration);
        for field in &declaration.fields {
            self.field_of(family, &field.name.name, field.name.span);
        }
        self.check_required(declaration);
        self.check_hands(declaration);
        self.check_rules(&declaration.rules, &scope);
    }

    /// Nobody writes in two hands.
    fn check_hands(&mut self, declaration: &Declaration) {
        let program = self.program;
        let mut hands = declaration.children.iter().map(|id| program.get(*id)).filter(|child| child.kind == Kind::Hand);
        let (Some(first), Some(second)) = (hands.next(), hands.next()) else { return };
        let message = format!("the {} has two hands", self.named(declaration.id));
        self.emit(
            Diagnostic::error("E0112", second.head, message)
                .label("again here")
                .cause(first.head, "the first one")
                .help("put all habits into one `hand`"),
        );
    }

    fn check_rules(&mut self, rules: &[Rule], scope: &Scope) {
        for rule in rules {
            let of_run = matches!(rule.kind, RuleKind::Check);
            let scope = if of_run { scope.of_run() } else { scope.clone() };
            match rule.kind {
                RuleKind::Rubric => drop(self.expect(&rule.condition, &scope, &Type::Number, "the weight of a rubric")),
                _ => drop(self.infer_condition(&rule.condition, &scope)),
            }
            if let Some(message) = &rule.message {
                self.expect(message, &scope, &Type::Text, "the message");
            }
        }
    }

    /// Reports properties that must be there and are not.
    pub(crate) fn check_required(&mut self, declaration: &Declaration) {
        if declaration.kind == Kind::Screenshot {
            self.check_window(declaration);
        }
        if declaration.field("from").is_some() && matches!(declaration.kind, Kind::Persona) {
            return;
        }
        for property in form(declaration.kind).properties {
            let given = declaration.field(property.name).is_some();
            if property.required && !given && !excused(declaration, property.name) {
                self.missing_property(declaration, property);
            }
        }
    }

    /// A window of a workbook shows one, as far as that is typed out.
    fn check_window(&mut self, screenshot: &Declaration) {
        let window = screenshot.field("window").map(|field| &field.value.kind);
        let Some(ExprKind::Text(typed)) = window else { return };
        let Some(from) = screenshot.field("from") else {
            let wanted = form(Kind::Screenshot).property("from").filter(|_| &*typed.value == "workbook");
            return wanted.map_or((), |property| self.missing_property(screenshot, property));
        };
        let program = self.program;
        let Some(template) = block_named(program, screenshot, &from.value) else { return };
        let mut parts = template.children.iter().map(|id| program.get(*id).kind);
        if template.kind == Kind::Template && !parts.any(|kind| matches!(kind, Kind::Sheet | Kind::Chart)) {
            self.emit(
                Diagnostic::error(
                    "E0220",
                    from.value.span,
                    "a screenshot shows a workbook, and this template makes none",
                )
                .label("no workbook")
                .cause(template.head, "it has no `sheet`")
                .help("name a template with a `sheet`"),
            );
        }
    }

    fn missing_property(&mut self, declaration: &Declaration, property: &forms::Property) {
        let (code, message) = match (declaration.kind, property.name) {
            (Kind::Objective, "brief") => {
                ("E0403", format!("the {} has no brief: nobody asks for it", self.named(declaration.id)))
            }
            (Kind::File, "from") => ("E0106", format!("the {} has no content", self.named(declaration.id))),
            _ => ("E0106", format!("the {} needs `{}`", self.named(declaration.id), property.name)),
        };
        self.emit(
            Diagnostic::error(code, declaration.head, message)
                .label(format!("`{}` is missing", property.name))
                .help(format!("add for instance `{}`", property.example)),
        );
    }

    /// What is known of a property; checks it against its form, and what it gives away.
    pub(crate) fn infer_property(
        &mut self,
        family: &Family,
        declaration: &Declaration,
        field: &FieldDeclaration,
    ) -> Known {
        let property = form(declaration.kind).property(&field.name.name);
        let conditional = property.is_some_and(|property| property.types == [forms::Type::Condition]);
        let text = matches!(&*field.name.name, "body" | "say" | "not_yet");
        let scope = self.scope_of(family).with_mode(|mode| {
            mode.draws = field.draw;
            mode.run = conditional || &*field.name.name == "by";
            mode.body = text;
        });
        let mut known = match conditional {
            true => self.infer_condition(&field.value, &scope),
            false => self.infer(&field.value, &scope),
        };
        if field.draw {
            known = self.drawn(known, &field.value);
        }
        if let Some(property) = property {
            self.check_property(declaration, field, property, &known);
        }
        self.sink_property(family, declaration, field, &known);
        known
    }

    pub(crate) fn check_property(
        &mut self,
        declaration: &Declaration,
        field: &FieldDeclaration,
        property: &forms::Property,
        known: &Known,
    ) {
        if !self.fits_any(&known.ty, property.types) {
            let (found, wanted) = (self.describe(&known.ty), type_words(property.types));
            let what = format!("`{}` of a {}", property.name, declaration.kind.keyword());
            self.emit(
                Diagnostic::error("E0203", field.value.span, format!("{what} is a {wanted}, and this is {found}"))
                    .label(format!("this is {found}"))
                    .help(format!("for instance `{}`", property.example)),
            );
        }
    }
}

/// Properties that something else stands for.
fn excused(declaration: &Declaration, property: &str) -> bool {
    match (declaration.kind, property) {
        (Kind::Mail, "at" | "body") => false,
        (Kind::Objective, _) => declaration.field("from").is_some() && property != "brief" && property != "due",
        _ => false,
    }
}
