//! Traps: the wrong answers people give. Each is a world in which some facts are replaced; the checks of its objective
//! must expect something else there, or the trap could not be told from the truth [O6], [O8].

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::eval::{Evaluator, FactPlace, Fault, Outcome, Replacement, Variant};
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::objective::{checks_of, is_settled};
use crate::plan::sentence::Names;
use crate::plan::types::{Check, Content, Trap};
use crate::resolve::program::{Declaration, DeclarationId, Target};
use crate::syntax::{Ident, Rule};
use crate::value::comparison::equals;
use crate::value::{Item, Moment, Number, Value};

/// Figures at which two numbers must differ to be two numbers for a reader.
const FIGURES: usize = 4;

impl<'e> Planner<'e> {
    /// The traps of an objective; one that cannot be told from the truth is reported.
    pub(super) fn traps(&mut self, objective: &'e Declaration, item: Item, due: Moment) -> Vec<Trap> {
        let program = self.eval.program;
        let children = objective.children.iter().map(|id| program.get(*id));
        let traps = children.filter(|child| child.kind == Kind::Trap);
        self.each(traps, |planner, trap| planner.trap(trap, item, due).map(Some))
    }

    fn trap(&self, declaration: &'e Declaration, objective: Item, due: Moment) -> Outcome<Trap> {
        let replaced = self.replacements(declaration)?;
        let wrong = self.eval.with_variant(Variant { replaced, ..Variant::default() });
        let truth = self.earning_checks(self.eval, objective)?;
        let trapped = self
            .earning_checks(&wrong, objective)
            .map_err(|fault| fault.called_from(declaration.head, "in the world of this trap"))?;
        self.read_replaced(&wrong)?;
        let moved = replaced_facts(&wrong);
        if truth.len() == trapped.len() && !truth.iter().zip(&trapped).any(|(one, other)| differs(one, other)) {
            return Err(self.indistinguishable(declaration, &moved));
        }
        let named = |name: &Ident| name.name.to_string();
        Ok(Trap {
            name: declaration.name.as_ref().map(named).unwrap_or_default(),
            why: self.trap_text(declaration)?,
            replaces: moved.into_values().map(|(address, _, wrong)| (address, wrong)).collect(),
            solutions: self.wrong_solutions(&wrong, objective, due)?,
            checks: trapped,
        })
    }

    /// What would be handed in for each deliverable in the world of `wrong`.
    fn wrong_solutions(
        &self,
        wrong: &Evaluator<'e>,
        objective: Item,
        due: Moment,
    ) -> Outcome<Vec<Option<Arc<Content>>>> {
        let parts = self.parts(objective, Kind::Deliver)?.into_iter();
        let solution = |part: Item| {
            let target = self.target(self.eval.declaration_of(part), part)?;
            self.solution(wrong, part, &target, due)
        };
        parts.map(solution).collect()
    }

    fn trap_text(&self, declaration: &Declaration) -> Outcome<String> {
        let Some(label) = &declaration.label else { return Ok(String::new()) };
        self.eval.in_scope_of(declaration.id, |scope| self.eval.printed(label, scope)).map(|printed| printed.text)
    }

    /// What a trap replaces: facts by name, columns by table and name.
    fn replacements(
        &self,
        trap: &Declaration,
    ) -> Outcome<BTreeMap<(DeclarationId, Option<std::sync::Arc<str>>), Replacement>> {
        let program = self.eval.program;
        let mut replaced = BTreeMap::new();
        for field in &trap.fields {
            let fact = self.fact_named(trap, &field.name)?;
            let replacement = Replacement { value: field.value.clone(), scope: trap.id };
            replaced.insert((fact, None), replacement);
        }
        for block in trap.children.iter().map(|id| program.get(*id)).filter(|child| child.kind == Kind::Replace) {
            let Some(name) = &block.name else { continue };
            let table = self.fact_named(trap, name)?;
            for field in &block.fields {
                let replacement = Replacement { value: field.value.clone(), scope: block.id };
                replaced.insert((table, Some(field.name.name.clone())), replacement);
            }
        }
        Ok(replaced)
    }

    /// The fact or table of that name: of the schema the trap came from, or at the top level of its file.
    pub(super) fn fact_named(&self, trap: &Declaration, name: &Ident) -> Outcome<DeclarationId> {
        let program = self.eval.program;
        let named = |id: &&DeclarationId| {
            let child = program.get(**id);
            matches!(child.kind, Kind::Let | Kind::Secret | Kind::Table)
                && child.name.as_ref().is_some_and(|own| own.name == name.name)
        };
        if let Some(id) = program.ancestors(trap).flat_map(|block| &block.children).find(named) {
            return Ok(*id);
        }
        match program.modules[trap.module.0 as usize].names.get(&name.name) {
            Some(Target::Declaration(id)) => Ok(*id),
            _ => Err(Fault::wrong("E0101", name.span, format!("no fact or table is called `{}`", name.name))),
        }
    }

    /// The checks that earn credit, in the world of `eval`.
    fn earning_checks(&self, eval: &Evaluator<'e>, objective: Item) -> Outcome<Vec<Check>> {
        let rules = self.earning_rules(objective)?;
        rules.into_iter().map(|(part, rule)| self.condition_in(eval, part, rule)).collect()
    }

    /// The rules of the checks that earn credit, each with the deliver or milestone it belongs to, without those that the
    /// seed has settled.
    pub(super) fn earning_rules(&self, objective: Item) -> Outcome<Vec<(Item, &'e Rule)>> {
        let mut rules = Vec::new();
        for kind in [Kind::Deliver, Kind::Milestone] {
            for part in self.parts(objective, kind)? {
                for rule in checks_of(self.eval.declaration_of(part)) {
                    if !is_settled(&self.condition_in(self.eval, part, rule)?) {
                        rules.push((part, rule));
                    }
                }
            }
        }
        Ok(rules)
    }

    /// Asks for every replaced fact, also those no check reads: the oracle works in the whole wrong world.
    fn read_replaced(&self, wrong: &Evaluator<'e>) -> Outcome<()> {
        for (id, column) in wrong.replaced_members() {
            let declaration = self.eval.program.get(*id);
            if declaration.params.is_some() {
                continue;
            }
            let shape = self.eval.family(*id, &[], declaration.head)?;
            let member = match column {
                Some(column) => shape.member(column),
                None => shape.members.len().checked_sub(1),
            };
            let Some(member) = member else { continue };
            for index in shape.all.iter() {
                wrong.member_value(Item { family: shape.id, index: *index }, member, declaration.head)?;
            }
        }
        Ok(())
    }

    fn indistinguishable(&self, trap: &Declaration, moved: &Moved) -> Fault {
        let name = trap.name.as_ref().map(|name| name.name.to_string()).unwrap_or_default();
        let names = Names { planner: self };
        let message = match moved.values().next() {
            Some((address, truth, wrong)) => format!(
                "nobody could tell the trap `{name}` from the truth at this seed: no check expects another value when \
                 `{address}` is {} instead of {}",
                names.value(wrong),
                names.value(truth)
            ),
            None => format!("the trap `{name}` changes nothing at this seed: its wrong values are the true ones"),
        };
        Diagnostic::error("E0513", trap.head, message)
            .note(format!("two numbers are told apart at {FIGURES} figures, and by more than a check's `within`"))
            .help("widen what is drawn, or `require` a distance between the right and the wrong value")
            .into()
    }
}

/// Replaced facts with their address, true and wrong value.
type Moved = BTreeMap<FactPlace, (String, Value, Value)>;

fn replaced_facts(wrong: &Evaluator<'_>) -> Moved {
    let moved = wrong.moved().into_iter().filter(|(_, truth, wrong)| !equals(truth, wrong));
    moved.map(|(place, truth, value)| (place, (wrong.fact_address(place), truth, value))).collect()
}

/// Whether two worlds expect something else of one check.
pub(super) fn differs(truth: &Check, wrong: &Check) -> bool {
    match (truth, wrong) {
        (Check::Known { value: truth, .. }, Check::Known { value: wrong, .. }) => distinct(truth, wrong, None),
        (Check::Word { arguments: truth, .. }, Check::Word { arguments: wrong, .. }) => {
            any_differs(truth.iter().map(|(_, check)| check), wrong.iter().map(|(_, check)| check))
        }
        (Check::Not(truth), Check::Not(wrong)) => differs(truth, wrong),
        (Check::All(truth), Check::All(wrong))
        | (Check::Any(truth), Check::Any(wrong))
        | (Check::List(truth), Check::List(wrong)) => any_differs(truth.iter(), wrong.iter()),
        (Check::Each(truth), Check::Each(wrong)) => {
            truth.iter().zip(wrong).any(|((one, _), (other, _))| one != other)
                || any_differs(truth.iter().map(|(_, check)| check), wrong.iter().map(|(_, check)| check))
        }
        (Check::Compare { left, right, within, .. }, Check::Compare { left: other_left, right: other_right, .. }) => {
            side_differs(left, other_left, within.as_ref()) || side_differs(right, other_right, within.as_ref())
        }
        (Check::Arithmetic { left, right, .. }, Check::Arithmetic { left: other_left, right: other_right, .. }) => {
            differs(left, other_left) || differs(right, other_right)
        }
        _ => true,
    }
}

fn any_differs<'a>(
    truth: impl ExactSizeIterator<Item = &'a Check>,
    wrong: impl ExactSizeIterator<Item = &'a Check>,
) -> bool {
    truth.len() != wrong.len() || truth.zip(wrong).any(|(one, other)| differs(one, other))
}

/// One side of a comparison: a value inside the tolerance would still be right.
fn side_differs(truth: &Check, wrong: &Check, within: Option<&Value>) -> bool {
    match (truth, wrong) {
        (Check::Known { value: truth, .. }, Check::Known { value: wrong, .. }) => distinct(truth, wrong, within),
        _ => differs(truth, wrong),
    }
}

fn distinct(truth: &Value, wrong: &Value, within: Option<&Value>) -> bool {
    match (truth, wrong) {
        (Value::Number(truth), Value::Number(wrong)) => {
            figures(*truth) != figures(*wrong) && !is_within(*truth, *wrong, within)
        }
        (Value::List(truth), Value::List(wrong)) => {
            truth.len() != wrong.len() || truth.iter().zip(wrong.iter()).any(|(one, other)| distinct(one, other, None))
        }
        _ => truth != wrong,
    }
}

fn is_within(truth: Number, wrong: Number, within: Option<&Value>) -> bool {
    let Some(Value::Number(within)) = within else { return false };
    let allowed = if within.percent { truth.multiply(*within) } else { Ok(*within) };
    match (truth.subtract(wrong), allowed) {
        (Ok(distance), Ok(allowed)) => distance.absolute() <= allowed.absolute(),
        _ => false,
    }
}

/// Sign, leading figures and how many digits stand before the point: all that a reader compares.
fn figures(number: Number) -> (bool, String, i64) {
    let (mantissa, scale) = number.parts();
    let length = mantissa.unsigned_abs().to_string().len();
    let dropped = length.saturating_sub(FIGURES) as u32;
    let unit = 10_u128.pow(dropped.min(28));
    let leading = (mantissa.unsigned_abs() + unit / 2) / unit;
    if leading == 0 {
        return (false, String::new(), 0);
    }
    let digits = leading.to_string();
    let size = digits.len() as i64 + i64::from(dropped) - i64::from(scale);
    (mantissa < 0, digits.trim_end_matches('0').to_string(), size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(one: &str, other: &str, within: Option<&str>) -> bool {
        let number = |text: &str| Value::Number(Number::parse(text).expect("a number"));
        let within = within.map(number);
        distinct(&number(one), &number(other), within.as_ref())
    }

    #[test]
    fn numbers_are_told_apart_at_four_figures() {
        assert!(!apart("2004113.52", "2004400", None));
        assert!(apart("2004113.52", "2006000", None));
        assert!(!apart("0.012341", "0.012344", None));
        assert!(apart("0.012341", "0.01236", None));
        assert!(apart("5", "-5", None));
        assert!(apart("1", "10", None));
        assert!(apart("0", "0.5", None));
        assert!(!apart("99996", "100000", None));
    }

    #[test]
    fn what_a_tolerance_forgives_is_not_told_apart() {
        assert!(apart("1000", "1010", Some("5")));
        assert!(!apart("1000", "1010", Some("10")));
    }
}
