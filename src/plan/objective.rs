//! Objectives as they are graded: what is to be made, the checks with their values at this seed, milestones and guards.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::Properties;
use crate::eval::{Evaluator, Outcome};
use crate::forms::Kind;
use crate::plan::blocks::items_in;
use crate::plan::content::{self, Order};
use crate::plan::disk::moment_of;
use crate::plan::sentence::Names;
use crate::plan::types::{
    Check, Content, Correspondent, Deliver, DeliverTarget, Judged, Late, Milestone, Objective, Rubric,
};
use crate::plan::world::property_span;
use crate::plan::{Planner, path};
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Ident, Rule, RuleKind};
use crate::value::{Item, Moment, Number, Time, Value};

impl<'e> Planner<'e> {
    /// All objectives, in the order of the spec.
    pub(super) fn plan_objectives(&mut self) -> Outcome<()> {
        let plan = |planner: &mut Self, declaration, item| planner.objective(declaration, item).map(Some);
        self.plan.objectives = self.each_of(Kind::Objective, plan)?;
        Ok(())
    }

    fn objective(&mut self, declaration: &'e Declaration, item: Item) -> Outcome<Objective> {
        let brief = items_in(&self.property(item, "brief")?);
        let due = self.moment(declaration, item, "due")?;
        Ok(Objective {
            name: self.address(item),
            brief: brief.first().and_then(|mail| self.message_of.get(mail).copied()),
            due,
            weight: self.weight(item)?,
            delivers: self.each_part(item, Kind::Deliver, |planner, part| planner.deliver(part, due))?,
            milestones: self.each_part(item, Kind::Milestone, Self::milestone)?,
            guards: self.guards(declaration, item)?,
            rubrics: self.rubrics(item)?,
            traps: self.traps(declaration, item, due),
            late: self.late(item)?,
        })
    }

    /// All turns of the blocks of one kind that stand in an objective.
    pub(super) fn parts(&self, objective: Item, kind: Kind) -> Outcome<Vec<Item>> {
        let program = self.eval.program;
        let mut parts = Vec::new();
        for child in self.eval.declaration_of(objective).children.iter().map(|id| program.get(*id)) {
            if child.kind == kind {
                parts.extend(self.turns_within(child, objective)?);
            }
        }
        Ok(parts)
    }

    /// Plans each part, as [`Planner::each`] does.
    fn each_part<T>(
        &mut self,
        objective: Item,
        kind: Kind,
        plan: impl Fn(&mut Self, Item) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let parts = self.parts(objective, kind)?;
        Ok(self.each(parts, |planner, part| plan(planner, part).map(Some)))
    }

    fn deliver(&mut self, item: Item, due: Moment) -> Outcome<Deliver> {
        let declaration = self.eval.declaration_of(item);
        let target = self.target(declaration, item)?;
        Ok(Deliver {
            name: self.part_name(declaration, item),
            weight: self.weight(item)?,
            checks: self.judged(declaration, item),
            rubrics: self.rubrics(item)?,
            solution: self.solution(self.eval, item, &target, due)?,
            target,
        })
    }

    /// `memo`, in a loop `memo[2026-02]`.
    fn part_name(&self, declaration: &Declaration, item: Item) -> String {
        let name = declaration.name.as_ref().map(|name| name.name.to_string()).unwrap_or_default();
        let label = &self.eval.shape(item.family).turns[item.index as usize].label;
        if label.is_empty() { name } else { format!("{name}[{label}]") }
    }

    /// What is handed in: a file, a mail or a meeting [O2].
    pub(super) fn target(&self, declaration: &Declaration, item: Item) -> Outcome<DeliverTarget> {
        if let Some(label) = &declaration.label {
            let text = self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?.text;
            return self.file_target(&text, label.span);
        }
        if declaration.field("to").is_some() {
            let to = self.correspondents(&self.property(item, "to")?, declaration)?;
            return match to.is_empty() {
                false => Ok(DeliverTarget::Mail { to }),
                true => Err(Diagnostic::error(
                    "E0514",
                    property_span(declaration, "to"),
                    "at this seed nobody is left to send this mail to",
                )
                .help("name a persona")
                .into()),
            };
        }
        let guests = self.correspondents(&self.property(item, "who")?, declaration)?;
        let who = guests.into_iter().filter_map(|guest| match guest {
            Correspondent::Person(person) => Some(person),
            Correspondent::Outside { .. } => None,
        });
        let (from, until) = self.window(declaration, item)?;
        Ok(DeliverTarget::Meeting { who: who.collect(), from, until })
    }

    fn file_target(&self, text: &str, span: Span) -> Outcome<DeliverTarget> {
        // The signs of a pattern stand for letters that a name may have.
        let sample = text.replace(['*', '?'], "x");
        match path::refused(&sample, self.plan.world.os) {
            Some(message) => Err(Diagnostic::error("E0508", span, message)
                .help("leave the character out, or make a drawn name safe with `| filename`")
                .into()),
            None => Ok(DeliverTarget::File(path::storage(text, &self.plan.world))),
        }
    }

    /// When a meeting may take place; the whole month unless the author says so.
    fn window(&self, declaration: &Declaration, item: Item) -> Outcome<(Moment, Moment)> {
        let at = self.property(item, "at")?;
        let ends = match &at {
            Value::None => return Ok((self.plan.world.starts, self.plan.world.ends)),
            Value::Interval(ends) => Some((ends.0.clone(), ends.1.clone())),
            Value::List(days) => days.first().cloned().zip(days.last().cloned()),
            Value::Month(month) => Some((Value::Date(month.first()), Value::Date(month.last()))),
            one => Some((one.clone(), one.clone())),
        };
        let moments = ends.and_then(|(from, until)| moment_of(&from, Time::START).zip(moment_of(&until, Time::END)));
        moments.ok_or_else(|| {
            self.eval.type_fault(property_span(declaration, "at"), "a range of days or moments, as `wd13..wd16`", &at)
        })
    }

    /// What the oracle hands in; none where it composes one itself [O5].
    pub(super) fn solution(
        &self,
        eval: &Evaluator<'e>,
        item: Item,
        target: &DeliverTarget,
        due: Moment,
    ) -> Outcome<Option<Arc<Content>>> {
        let field = self.eval.declaration_of(item).field("solution");
        let Some(field) = field.filter(|_| !self.blank) else { return Ok(None) };
        let value = eval.item_member(item, &Ident { name: "solution".into(), span: field.value.span })?;
        let Some(applied) = content::applied(&value) else {
            return match value {
                Value::Text(_) => Ok(Some(Arc::new(Content::Text(self.printed_text(item, &field.value)?)))),
                other => Err(self.eval.type_fault(field.value.span, "a template with its arguments", &other)),
            };
        };
        let path = match target {
            DeliverTarget::File(path) => path.as_str(),
            DeliverTarget::Mail { .. } | DeliverTarget::Meeting { .. } => "solution.txt",
        };
        let (stem, extension) = path::split_extension(path::split_folder(path).1);
        let address = format!("solution {}", self.address(item));
        let order = Order { applied, address: &address, extension, span: field.value.span, typist: None, laid: None };
        let (content, _) = content::content(eval, &order, &self.solution_properties(stem, due))?;
        if crate::formats::writes(extension) != crate::formats::Writes::NotYet {
            super::disk::refuse_unwritable(&content, extension, field.value.span)?;
        }
        Ok(Some(Arc::new(content)))
    }

    fn solution_properties(&self, title: &str, due: Moment) -> Properties {
        let author = &self.plan.people[self.owner];
        Properties {
            title: title.to_string(),
            author: author.name.clone(),
            email: author.email.clone(),
            company: author.company.clone(),
            created: due,
            modified: due,
            zone: self.plan.world.zone(),
            language: self.plan.world.prose_language(),
            theme: String::new(),
            brand: self.brand_of(&author.company),
            hand: author.habits.hand,
            addressee: None,
            scanned: false,
        }
    }

    fn milestone(&mut self, item: Item) -> Outcome<Milestone> {
        let declaration = self.eval.declaration_of(item);
        Ok(Milestone {
            name: self.part_name(declaration, item),
            by: self.moment(declaration, item, "by")?,
            weight: self.weight(item)?,
            checks: self.judged(declaration, item),
        })
    }

    /// Checks directly in the objective, and those of its schema.
    fn guards(&mut self, declaration: &'e Declaration, item: Item) -> Outcome<Vec<Judged>> {
        let mut guards = self.judged(declaration, item);
        for part in self.parts(item, Kind::Schema)? {
            guards.extend(self.judged(self.eval.declaration_of(part), part));
        }
        Ok(guards)
    }

    fn late(&self, objective: Item) -> Outcome<Option<Late>> {
        let Some(item) = self.parts(objective, Kind::Late)?.first().copied() else { return Ok(None) };
        let declaration = self.eval.declaration_of(item);
        let credit = self.property(item, "credit")?;
        Ok(Some(Late { credit, until: self.moment(declaration, item, "until")? }))
    }

    /// The checks of a block; a faulty one is reported and left out. One that the seed has settled asks for nothing.
    fn judged(&mut self, declaration: &'e Declaration, item: Item) -> Vec<Judged> {
        self.each(checks_of(declaration), |planner, rule| {
            let judged = planner.judge(item, rule)?;
            Ok((!is_settled(&judged.check)).then_some(judged))
        })
    }

    fn judge(&self, item: Item, rule: &Rule) -> Outcome<Judged> {
        let check = self.condition_in(self.eval, item, rule)?;
        let message = rule.message.as_ref().map(|message| self.printed_text(item, message)).transpose()?;
        let sentence = Names { planner: self }.sentence(&check);
        Ok(Judged { check, message, sentence })
    }

    /// A check in the world of `eval`.
    pub(super) fn condition_in(&self, eval: &Evaluator<'e>, item: Item, rule: &Rule) -> Outcome<Check> {
        let conditions = self.conditions(eval);
        eval.in_scope(item, |scope| conditions.check(&rule.condition, scope))
    }

    fn rubrics(&self, item: Item) -> Outcome<Vec<Rubric>> {
        let declaration = self.eval.declaration_of(item);
        let mut rubrics = Vec::new();
        for rule in declaration.rules.iter().filter(|rule| rule.kind == RuleKind::Rubric) {
            let weight = self.eval.in_scope(item, |scope| self.eval.value(&rule.condition, scope))?;
            let text = match &rule.message {
                Some(text) => self.printed_text(item, text)?,
                None => Default::default(),
            };
            rubrics.push(Rubric { weight, text });
        }
        Ok(rubrics)
    }

    /// Everything weighs 1 unless stated [O1].
    fn weight(&self, item: Item) -> Outcome<Value> {
        Ok(match self.property(item, "weight")? {
            Value::None => Value::Number(Number::from_i64(1)),
            weight => weight,
        })
    }

    /// A moment that a block must have; a date means the end of that day.
    fn moment(&self, declaration: &Declaration, item: Item, name: &str) -> Outcome<Moment> {
        let value = self.property(item, name)?;
        let span = property_span(declaration, name);
        moment_of(&value, Time::END).ok_or_else(|| self.eval.type_fault(span, "a moment", &value))
    }
}

/// Whether a check holds at this seed whatever anybody does: `each` over nothing.
pub(super) fn is_settled(check: &Check) -> bool {
    matches!(check, Check::Known { value: Value::Bool(true), .. })
}

/// The checks of a block, without its rubrics.
pub(super) fn checks_of(declaration: &Declaration) -> impl Iterator<Item = &Rule> {
    declaration.rules.iter().filter(|rule| rule.kind == RuleKind::Check)
}
