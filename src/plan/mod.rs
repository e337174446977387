//! `plan`: everything a seed decides. All draws, facts, documents, messages, the schedule of the month and the sealed
//! objectives, as plain data without a byte of any format.

mod blocks;
mod brief;
mod change;
mod chart;
mod check;
pub(crate) mod content;
mod derive;
mod disk;
mod event;
mod facts;
mod folder;
mod formula;
mod look;
mod mail;
mod margins;
mod noise;
mod objective;
#[cfg(feature = "run")]
mod outline;
pub(crate) mod path;
mod picture;
mod post;
mod prose;
mod screenshot;
pub(crate) mod sentence;
mod tell;
mod thread;
mod trap;
pub(crate) mod types;
mod typo;
mod words;
mod workbook;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "run")]
pub(crate) use outline::{Outline, outlined};
pub use types::*;

use crate::diag::{Diagnostic, Diagnostics};
use crate::draw::Key;
use crate::eval::{Evaluator, Fault, Outcome, Roots};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, Program};
use crate::settings::Settings;
use crate::syntax::{EDITION, Expr, Ident};
use crate::value::{Item, Value};

/// A plan in the making.
pub(crate) struct Planner<'e> {
    eval: &'e Evaluator<'e>,
    roots: Roots,
    plan: Plan,
    owner: usize,
    person_items: Vec<Item>,
    /// The looks of the companies that people work at.
    brands: BTreeMap<String, Arc<crate::document::look::Brand>>,
    /// Words that nobody mistypes.
    kept: typo::Kept,
    laid: content::Laid,
    document_of: BTreeMap<Item, usize>,
    message_of: BTreeMap<Item, usize>,
    declared_folders: std::collections::BTreeSet<String>,
    problems: Vec<Diagnostic>,
    /// All declarations by address: the order of blocks in the text must not reach the bytes [N1].
    ordered: Vec<&'e Declaration>,
    /// Only the outline is wanted: documents and solutions are left blank.
    blank: bool,
}

/// Plans the world of a seed. The program has been checked.
pub(crate) fn plan(
    program: &Program,
    sealed: &dyn Fn(u32, &str) -> bool,
    settings: &Settings,
) -> Result<Plan, Diagnostics> {
    let steps = |planner: &mut Planner<'_>| {
        planner.run(sealed)?;
        planner.collect_facts(sealed);
        planner.name_revealed_secrets();
        Ok(())
    };
    planned(program, settings, steps, |planner, ()| planner.plan)
}

/// Takes the steps of a plan, and gives what they made to `end` while the evaluator stands.
fn planned<S, T>(
    program: &Program,
    settings: &Settings,
    steps: impl FnOnce(&mut Planner<'_>) -> Outcome<S>,
    end: impl FnOnce(Planner<'_>, S) -> T,
) -> Result<T, Diagnostics> {
    let failed = |list: Vec<Diagnostic>| Diagnostics { sources: program.sources.clone(), list };
    let knobs = read_knobs(program, settings).map_err(|diagnostic| failed(vec![diagnostic]))?;
    let roots = roots(settings);
    let eval = Evaluator::new(program, Some(roots.clone()), knobs.clone());
    let outcome = Planner::start(&eval, roots).and_then(|mut planner| {
        planner.plan.knobs = knobs.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        let made = steps(&mut planner)?;
        Ok((planner, made))
    });
    match outcome {
        Ok((planner, made)) if planner.problems.is_empty() => Ok(end(planner, made)),
        Ok((planner, _)) => Err(failed(planner.problems)),
        Err(fault) => Err(failed(vec![finding(fault)])),
    }
}

/// All declarations, sorted by what they are rather than by where they stand.
fn by_address<'e>(eval: &Evaluator<'e>) -> Vec<&'e Declaration> {
    let program = eval.program;
    let mut ordered: Vec<&Declaration> = program.declarations.iter().collect();
    ordered.sort_by_cached_key(|declaration| eval.address(declaration.id));
    ordered
}

/// The keys of the draws: a salt changes those of secrets only [S7].
fn roots(settings: &Settings) -> Roots {
    let open = Key::root(EDITION, settings.seed);
    let sealed = match &settings.salt {
        Some(salt) => open.salted(salt),
        None => open,
    };
    Roots { open, sealed }
}

/// A fault as a finding.
fn finding(fault: Fault) -> Diagnostic {
    match fault {
        Fault::Wrong(diagnostic) => *diagnostic,
        Fault::NeedsSeed => Diagnostic::global("E0591", "a draw was asked for without a seed"),
        Fault::NeedsRun => Diagnostic::global("E0210", "a word of the month stands where only facts can stand"),
    }
}

/// The knobs as set, read with the type of their defaults.
pub(crate) fn read_knobs(program: &Program, settings: &Settings) -> Result<BTreeMap<Arc<str>, Value>, Diagnostic> {
    let mut knobs = BTreeMap::new();
    for (name, text) in &settings.set {
        let knob = program.declarations.iter().find(|declaration| {
            declaration.kind == Kind::Knob && declaration.name.as_ref().is_some_and(|own| *own.name == **name)
        });
        let Some(knob) = knob else {
            return Err(Diagnostic::global("E0592", format!("no knob is called `{name}`"))
                .help("knobs are declared with `knob`"));
        };
        let value = match crate::value::Number::parse(text) {
            Some(number) => Value::Number(number),
            None => Value::Text(text.as_str().into()),
        };
        refuse_choice(knob, &value, program)?;
        knobs.insert(Arc::from(name.as_str()), value);
    }
    Ok(knobs)
}

/// A knob with choices takes one of them, a number takes a number.
fn refuse_choice(knob: &Declaration, value: &Value, program: &Program) -> Result<(), Diagnostic> {
    let eval = Evaluator::new(program, None, BTreeMap::new());
    let scope = crate::eval::Scope::top(knob.module);
    let Some(written) = &knob.value else { return Ok(()) };
    let (default, choices) = match &written.kind {
        crate::syntax::ExprKind::Binary(crate::syntax::Operator::In, default, choices) => {
            (&**default, Some(&**choices))
        }
        _ => (written, None),
    };
    let allowed = match choices.map(|choices| eval.value(choices, &scope)) {
        Some(Ok(Value::List(items))) => items.contains(value),
        _ => true,
    };
    let default = eval.value(default, &scope).map_err(finding)?;
    let same_type = std::mem::discriminant(&default) == std::mem::discriminant(value);
    match allowed && same_type {
        true => Ok(()),
        false => Err(Diagnostic::error("E0592", written.span, format!("the knob cannot be {}", eval.label(value)))
            .help(format!("it is {} by default", eval.label(&default)))),
    }
}

impl<'e> Planner<'e> {
    fn start(eval: &'e Evaluator<'e>, roots: Roots) -> Outcome<Planner<'e>> {
        let world = world::world(eval, 0, "")?;
        let blind = roots.sealed.child("blind").0;
        let plan = Plan {
            world,
            facts: Vec::new(),
            secrets: BTreeMap::new(),
            families: Vec::new(),
            knobs: BTreeMap::new(),
            people: Vec::new(),
            documents: Vec::new(),
            empty_folders: Vec::new(),
            messages: Vec::new(),
            posts: Vec::new(),
            events: Vec::new(),
            changes: Vec::new(),
            objectives: Vec::new(),
            mess: Vec::new(),
            derivations: BTreeMap::new(),
            blind,
        };
        let mut planner = Planner {
            eval,
            roots,
            plan,
            owner: 0,
            person_items: Vec::new(),
            brands: BTreeMap::new(),
            kept: typo::kept(eval.program),
            laid: Default::default(),
            document_of: BTreeMap::new(),
            message_of: BTreeMap::new(),
            declared_folders: Default::default(),
            problems: Vec::new(),
            ordered: by_address(eval),
            blank: false,
        };
        planner.plan_people()?;
        let owner = planner.property(eval.world_item()?, "owner")?;
        let head = eval.program.get(eval.program.world).head;
        planner.owner = planner.person_of(&owner).ok_or_else(|| {
            Fault::wrong("E0106", head, "the world needs its owner: the persona whose computer this is")
        })?;
        let account = planner.plan.people[planner.owner].account.clone();
        planner.plan.world = world::world(eval, planner.owner, &account)?;
        planner.plan_brands()?;
        Ok(planner)
    }

    /// Plans all but the list of facts. What files are made from comes back.
    fn run(&mut self, sealed: brief::Sealed<'_>) -> Outcome<Vec<disk::Draft>> {
        self.refuse_unmet()?;
        let drafts = self.draft_files()?;
        let letters = self.draft_mail()?;
        let first_mail = self.first_mail(&letters);
        let saved = self.make_documents(drafts.clone(), &first_mail);
        self.plan_folders()?;
        self.plan_noise(&drafts)?;
        self.refuse_clashes();
        self.plan_messages(letters);
        self.plan_posts()?;
        self.plan_events()?;
        self.plan_changes()?;
        self.plan_tells()?;
        self.plan_objectives()?;
        self.complete_briefs(sealed)?;
        self.finish_mails();
        self.label_quotes()?;
        self.label_defeats()?;
        self.refuse_disorder();
        self.keep_empty_folders();
        Ok(saved)
    }

    /// Top-level `require`s, evaluated for this seed [D5].
    fn refuse_unmet(&mut self) -> Outcome<()> {
        let world = self.eval.program.get(self.eval.program.world);
        for rule in &world.rules {
            let scope = crate::eval::Scope::top(world.module);
            match self.eval.holds(Some(&rule.condition), &scope) {
                Ok(true) => {}
                Ok(false) => {
                    let why = match &rule.message {
                        Some(message) => self.eval.printed(message, &scope)?.text,
                        None => "a requirement of the spec does not hold at this seed".to_string(),
                    };
                    self.problems.push(
                        Diagnostic::error("E0511", rule.span, why)
                            .help("take another seed: `worldc seeds SPEC 1..50` lists those that pass"),
                    );
                }
                Err(fault) => self.report(fault),
            }
        }
        Ok(())
    }

    /// A property of an item; `none` where it is not set.
    fn property(&self, item: Item, name: &str) -> Outcome<Value> {
        let declaration = self.eval.declaration_of(item);
        match declaration.field(name) {
            Some(field) => self.eval.item_member(item, &Ident { name: name.into(), span: field.value.span }),
            None => Ok(Value::None),
        }
    }

    /// A printed property with its facts.
    fn printed(&self, item: Item, name: &str) -> Outcome<Words> {
        let declaration = self.eval.declaration_of(item);
        match declaration.field(name) {
            Some(field) => self.printed_text(item, &field.value),
            None => Ok(Words::default()),
        }
    }

    /// A text that stands in a block, printed with its facts.
    fn printed_text(&self, item: Item, text: &Expr) -> Outcome<Words> {
        let key = self.roots.open.child(&format!("document {}", self.address(item)));
        let site = crate::eval::DocumentSite::new(Some(key), None);
        self.eval.in_scope(item, |scope| {
            let inner = scope.inside(crate::eval::Frame::Local("", &Value::None)).within_document(Some(&site));
            self.eval.printed(text, &inner).map(content::words)
        })
    }

    /// The `when` of a message, event, change or tell.
    fn condition(&self, item: Item, declaration: &Declaration) -> Outcome<Option<Check>> {
        let Some(field) = declaration.field("when") else { return Ok(None) };
        let conditions = self.conditions(self.eval);
        self.eval.in_scope(item, |scope| conditions.check(&field.value, scope)).map(Some)
    }

    /// Reads conditions in the world of `eval`: the truth, or that of a trap.
    fn conditions<'a>(&'a self, eval: &'a Evaluator<'e>) -> check::Conditions<'a, 'e> {
        check::Conditions { eval, world: &self.plan.world }
    }

    fn address(&self, item: Item) -> String {
        self.eval.shape(item.family).turn_address(item.index)
    }

    fn report(&mut self, fault: Fault) {
        let diagnostic = finding(fault);
        if !self.problems.contains(&diagnostic) && self.problems.len() < 50 {
            self.problems.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests;
