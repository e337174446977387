//! Where secrets may not go: everything that is open as the month begins [S1], [S2].

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::source::Span;
use crate::syntax::Expr;

use super::Checker;
use super::known::{Entry, Family, Known, Secret, Type, Via};

/// How open the place is where something is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Exposure {
    /// On the agent's disk as the month begins.
    Disk,
    /// In mail, chat or calendar that may be there as the month begins.
    Mail,
    /// What everybody knows: people, the world.
    Public,
    /// Sealed until the month, or for good.
    Sealed,
}

impl Checker<'_> {
    /// How open a block is.
    pub(crate) fn exposure(&self, declaration: &Declaration) -> Exposure {
        match declaration.kind {
            Kind::World | Kind::Brand | Kind::Persona | Kind::Hand | Kind::Mailbox | Kind::Chat => Exposure::Public,
            Kind::Folder
            | Kind::Noise
            | Kind::Versions
            | Kind::Reviewed
            | Kind::Duplicates
            | Kind::Abandoned
            | Kind::Misfiled
            | Kind::Clutter => self.exposure_within(declaration, Exposure::Disk),
            Kind::File => self.exposure_within(declaration, Exposure::Disk),
            Kind::Mail | Kind::Post => self.exposure_at(declaration, "at"),
            Kind::Event => self.exposure_at(declaration, "invited"),
            _ => Exposure::Sealed,
        }
    }

    /// Files held by people, attached to mail or appearing in the month are as open as that.
    fn exposure_within(&self, declaration: &Declaration, own: Exposure) -> Exposure {
        for block in self.program.ancestors(declaration) {
            match block.kind {
                Kind::Persona | Kind::Change => return Exposure::Sealed,
                Kind::Mail => return self.exposure_at(block, "at"),
                _ => {}
            }
        }
        own
    }

    fn exposure_at(&self, declaration: &Declaration, field: &str) -> Exposure {
        let dated = declaration.field(field).filter(|field| !field.draw);
        match dated.is_some_and(|field| self.surely_in_month(declaration, field)) {
            true => Exposure::Sealed,
            false => Exposure::Mail,
        }
    }

    /// A path, title or other name.
    pub(crate) fn sink_label(&mut self, family: &Family, declaration: &Declaration, label: &Expr, known: &Known) {
        let exposure = self.exposure(declaration);
        if exposure == Exposure::Sealed {
            return;
        }
        let known = self.beyond_existence(family, known);
        let what = match declaration.kind {
            Kind::Event => "the title of an event",
            Kind::Folder => "the name of a folder",
            Kind::Brand => "the name of a company",
            _ => "the name of a file",
        };
        for (secret, entry) in known.seal.clone() {
            let error = self.leak("E0303", &secret, entry, format!("would stand in {what}"), label.span);
            self.emit(error.label("names are open").help("name it after something that is not a secret"));
        }
    }

    /// Whether a block exists may not depend on a secret where everybody can see it.
    pub(crate) fn sink_existence(&mut self, family: &Family, declaration: &Declaration) {
        if self.exposure(declaration) == Exposure::Sealed || declaration.bindings.is_empty() {
            return;
        }
        let known = self.existence(family);
        for (secret, entry) in known.seal {
            let what = format!("decides whether the {} exists", self.named(declaration.id));
            let error = self.leak("E0302", &secret, entry, what, declaration.head);
            self.emit(
                error
                    .label("what is there shows what is true")
                    .help("choose by an open fact, or let the file appear in a `change`"),
            );
        }
    }

    /// Leaves out what was reported already because it decides whether the block exists at all.
    fn beyond_existence(&mut self, family: &Family, known: &Known) -> Known {
        let existence = self.existence(family);
        let mut known = known.clone();
        known.seal.retain(|secret, entry| entry.via == Via::Value || !existence.seal.contains_key(secret));
        known
    }

    /// A property of a block that is open.
    pub(crate) fn sink_property(
        &mut self,
        family: &Family,
        declaration: &Declaration,
        field: &FieldDeclaration,
        known: &Known,
    ) {
        let exposure = self.exposure(declaration);
        if exposure == Exposure::Sealed || matches!(&*field.name.name, "hints" | "stream") {
            return;
        }
        if let Type::Applied(template) = &known.ty
            && self.program.get(template.declaration).kind == Kind::Template
            && declaration.kind == Kind::File
        {
            return self.sink_content(declaration, field, &template.clone());
        }
        let known = self.beyond_existence(family, known);
        for (secret, entry) in known.seal.clone() {
            self.sink_one(declaration, field, exposure, &secret, entry);
        }
    }

    fn sink_one(
        &mut self,
        declaration: &Declaration,
        field: &FieldDeclaration,
        exposure: Exposure,
        secret: &Secret,
        entry: Entry,
    ) {
        let place = match exposure {
            Exposure::Disk => "be written to the agent's disk".to_string(),
            Exposure::Mail => {
                format!("stand in a {} that may be there as the month begins", declaration.kind.keyword())
            }
            _ => format!("be public as `{}` of the {}", field.name.name, self.named(declaration.id)),
        };
        let help = match exposure {
            Exposure::Mail => "date it in the month with `wdN`, or say it in a `tell`",
            _ => "let a persona reveal it with `tell`, or declare it with `let` if it is not a secret",
        };
        let (code, what) = spoken(entry.via, &place);
        let error = self.leak(code, secret, entry, what, field.value.span);
        self.emit(error.label(format!("`{}` may use only open facts", field.name.name)).help(help));
    }

    /// What a file on the disk shows of its template.
    fn sink_content(&mut self, declaration: &Declaration, field: &FieldDeclaration, template: &Family) {
        let known = self.content_of(template, field.value.span);
        let file = self.named(declaration.id);
        for (secret, entry) in known.seal {
            let (code, what) = spoken(entry.via, "be written to the agent's disk");
            let mut error =
                self.leak(code, &secret, entry, what, field.value.span).label("a file body may use only open facts");
            if error.span != Some(field.value.span) {
                error = error.cause(field.value.span, format!("the {file} is written from it"));
            }
            self.emit(
                error.help("let a persona reveal it with `tell`, or declare it with `let` if it is not a secret"),
            );
        }
    }

    /// An error about a secret that would become open: where it is met, where it is declared.
    fn leak(&self, code: &'static str, secret: &Secret, entry: Entry, what: String, fallback: Span) -> Diagnostic {
        let span = if entry.span == Span::default() { fallback } else { entry.span };
        let name = self.secret_name(secret);
        let error = Diagnostic::error(code, span, format!("the secret `{name}` {what}"))
            .cause(self.secret_place(secret), "declared secret here");
        let text = &self.program.sources.get(span.source).text;
        match text.get(span.start as usize..span.end as usize) {
            Some(words) if words != name && words.chars().count() <= 40 => {
                error.note(format!("`{words}` depends on it"))
            }
            _ => error,
        }
    }

    /// All secrets that something depends on.
    pub(crate) fn secrets_of(&self, known: &Known) -> Vec<Secret> {
        known.seal.keys().cloned().collect()
    }
}

/// The code and the words for how a secret would become open.
fn spoken(via: Via, place: &str) -> (&'static str, String) {
    match via {
        Via::Value => ("E0301", format!("would {place}")),
        Via::Condition => ("E0302", format!("would show: a choice that depends on it would {place}")),
        Via::Count => ("E0304", format!("would show in a number of things: the count would {place}")),
        Via::Order => ("E0304", format!("would show in an order: what is sorted by it would {place}")),
    }
}
