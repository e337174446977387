//! Blocks: what they are, whether they may stand where they stand.

use std::sync::Arc;

use super::Resolver;
use super::lower::Place;
use super::program::{Declaration, DeclarationId, ModuleId};
use crate::diag::Diagnostic;
use crate::forms::{self, Form, Kind};
use crate::source::Span;
use crate::syntax::{Block, Ident};

/// What a schema's body may hold wherever it is used: facts and wording of its own.
const OF_EVERY_SCHEMA: [Kind; 5] = [Kind::Let, Kind::Secret, Kind::Table, Kind::Phrases, Kind::Template];

impl Resolver<'_> {
    /// Lowers a block and all that is in it.
    pub(super) fn block(&mut self, block: &Block, place: &Place) {
        let Some(kind) = self.block_kind(block, place) else { return };
        if !self.may_stand(kind, block.head, place) {
            return;
        }
        self.check_loop(kind, block.bindings.first().map_or(block.head, |binding| binding.span), place);
        self.check_own_loop(kind, block);
        self.check_head(kind, block);
        let mut place = place.clone();
        place.bindings.extend(self.bindings(&block.bindings, place.module));
        self.check_bindings(&place.bindings);
        let declaration = Declaration {
            name: if kind == Kind::Replace { Some(block.kind.clone()) } else { block.name.clone() },
            params: block.params.clone(),
            label: block.label.as_ref().map(|label| self.expression(label, place.module)),
            head: block.head,
            ..self.blank(kind, &place)
        };
        let id = self.declare(declaration, &place);
        match kind {
            Kind::Schema => self.define_schema(id, block, &place),
            _ => self.body(id, block, &place),
        }
    }

    fn body(&mut self, id: DeclarationId, block: &Block, place: &Place) {
        let inner = place.inside(id, place.bindings.clone());
        block.items.iter().for_each(|item| self.item(item, &inner));
        match self.get(id).kind {
            Kind::World => self.enter_world(id),
            Kind::Table => self.check_table(id),
            Kind::Persona => self.fill_person(id),
            Kind::Deliver => self.check_deliver(id),
            _ => {}
        }
    }

    /// Checks a schema's body once, whether or not it is used, and keeps it for its uses.
    fn define_schema(&mut self, id: DeclarationId, block: &Block, place: &Place) {
        let mut inner = place.inside(id, Vec::new());
        inner.instance = true;
        block.items.iter().for_each(|item| self.item(item, &inner));
        self.declarations.truncate(id.0 as usize + 1);
        let schema = self.get_mut(id);
        schema.children.clear();
        schema.fields.clear();
        schema.rules.clear();
        self.schemas.insert(id, Arc::new(block.clone()));
    }

    fn enter_world(&mut self, id: DeclarationId) {
        match self.world {
            None => self.world = Some(id),
            Some(first) => {
                let cause = self.get(first).head;
                let error =
                    Diagnostic::error("E0112", self.get(id).head, "a spec has one `world`, and this is a second")
                        .cause(cause, "the first one")
                        .help("remove one of them");
                self.report(error);
            }
        }
    }

    /// The kind a block's first word means; inside a trap it is the name of a table.
    fn block_kind(&mut self, block: &Block, place: &Place) -> Option<Kind> {
        if self.kind_of(place.parent) == Some(Kind::Trap) {
            return Some(Kind::Replace);
        }
        match forms::form_named(&block.kind.name) {
            Some(form) => Some(form.kind),
            None => {
                let error = self.unknown_block(&block.kind, place);
                self.report(error);
                None
            }
        }
    }

    fn unknown_block(&self, word: &Ident, place: &Place) -> Diagnostic {
        let here: Vec<&str> =
            forms::BLOCKS.iter().filter(|form| self.fits(form, place)).map(|form| form.keyword).collect();
        let all = forms::BLOCKS.iter().map(|form| form.keyword);
        let near =
            forms::did_you_mean(&word.name, here.iter().copied()).or_else(|| forms::did_you_mean(&word.name, all));
        let error = Diagnostic::error("E0124", word.span, format!("there is no block called `{}`", word.name));
        match near {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if here.is_empty() => error.help("no block can stand here; properties are written `name = value`"),
            None => error.help(format!("here can stand: {}", here.join(", "))),
        }
    }

    /// Whether a block of that form may stand at `place`.
    pub(super) fn fits(&self, form: &Form, place: &Place) -> bool {
        match place.parent {
            None if place.module == ModuleId(0) => form.top,
            None => form.library,
            Some(parent) => {
                let parent = self.get(parent).kind;
                form.parents.contains(&parent) || (place.instance && self.fits_schema(form.kind, parent))
            }
        }
    }

    /// Facts of a schema stand in whatever block uses it.
    fn fits_schema(&self, kind: Kind, parent: Kind) -> bool {
        let host = matches!(parent, Kind::Objective | Kind::Mailbox | Kind::Chat | Kind::Clutter);
        host && OF_EVERY_SCHEMA.contains(&kind)
    }

    /// Whether a block may stand here; reports if not.
    pub(super) fn may_stand(&mut self, kind: Kind, span: Span, place: &Place) -> bool {
        let form = forms::form(kind);
        let fits = self.fits(form, place);
        if !fits {
            let error = self.misplaced(form, span, place);
            self.report(error);
        }
        fits
    }

    fn misplaced(&self, form: &Form, span: Span, place: &Place) -> Diagnostic {
        let word = form.keyword;
        let message = match self.kind_of(place.parent) {
            None if place.module == ModuleId(0) => format!("`{word}` cannot stand at the top level"),
            None => format!("`{word}` cannot stand in an imported file"),
            Some(Kind::Table) if form.kind == Kind::Let => "a column is written without `let`".to_string(),
            Some(parent) => format!("`{word}` cannot stand in a `{}`", parent.keyword()),
        };
        let error = Diagnostic::error("E0114", span, message);
        match self.kind_of(place.parent) {
            None if place.module != ModuleId(0) && form.top => error.help(
                "imported files hold tables, `let`, `secret`, `phrases`, templates and schemas; put it into the spec",
            ),
            Some(Kind::Table) if form.kind == Kind::Let => error.help("write `name = …` or `name ~ …`"),
            _ => error.help(format!("it stands {}", homes(form))),
        }
    }

    /// Blocks that exist once cannot stand in a loop.
    pub(super) fn check_loop(&mut self, kind: Kind, span: Span, place: &Place) {
        if let Some(turn) = place.in_loop
            && !forms::form(kind).loops
        {
            let error = Diagnostic::error("E0116", span, format!("`{}` cannot stand in a loop", kind.keyword()))
                .cause(Span { end: turn.start + 3, ..turn }, "this loop")
                .help("take it out of the loop");
            self.report(error);
        }
    }

    fn check_own_loop(&mut self, kind: Kind, block: &Block) {
        if let Some(binding) = block.bindings.first()
            && !forms::form(kind).loops
        {
            let error = Diagnostic::error("E0116", binding.span, format!("`{}` takes no `for`", kind.keyword()));
            self.report(error.help("write it once for each, or move the loop into it"));
        }
    }
}

/// Where a block stands, in words: "in a `folder` or at the top level".
fn homes(form: &Form) -> String {
    let parents = form.parents.iter().map(|parent| format!("in a `{}`", parent.keyword()));
    let top = form.top.then(|| "at the top level".to_string());
    let homes: Vec<String> = top.into_iter().chain(parents).collect();
    match homes.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => homes.concat(),
    }
}
