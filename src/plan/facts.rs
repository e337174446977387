//! The list of facts: everything that was read while planning, and every column and secret of the spec besides.

use crate::eval::FactPlace;
use crate::forms::Kind;
use crate::plan::Planner;
use crate::plan::types::Fact;
use crate::value::{Item, Value};

impl Planner<'_> {
    /// Evaluates what nothing has asked for yet, then lists all facts by number. `sealed` tells of a declaration's
    /// member whether it depends on a secret.
    pub(super) fn collect_facts(&mut self, sealed: &dyn Fn(u32, &str) -> bool) {
        for kind in [Kind::Let, Kind::Secret, Kind::Table] {
            for declaration in self.blocks(kind) {
                if declaration.params.is_some() || declaration.module.0 != 0 {
                    continue;
                }
                if let Err(fault) = self.touch(declaration) {
                    self.report(fault);
                }
            }
        }
        if let Err(fault) = self.derive() {
            self.report(fault);
        }
        self.list_facts(sealed);
    }

    /// Lists the facts that were read so far.
    pub(super) fn list_facts(&mut self, sealed: &dyn Fn(u32, &str) -> bool) {
        let places = self.eval.facts();
        self.plan.facts = places.into_iter().map(|place| self.fact(place, sealed)).collect();
        self.plan.families = self.eval.turn_addresses();
    }

    fn touch(&self, declaration: &crate::resolve::program::Declaration) -> crate::eval::Outcome<()> {
        let shape = self.eval.family(declaration.id, &[], declaration.head)?;
        for index in shape.all.iter() {
            let item = Item { family: shape.id, index: *index };
            for member in 0..shape.members.len() {
                match self.eval.member_value(item, member, declaration.head)? {
                    Value::None | Value::Rows(_) | Value::Item(_) | Value::Applied(_) => {}
                    _ => {
                        self.eval.fact_id(FactPlace { item, member: member as u32 });
                    }
                }
            }
        }
        Ok(())
    }

    fn fact(&self, place: FactPlace, sealed: &dyn Fn(u32, &str) -> bool) -> Fact {
        let shape = self.eval.shape(place.item.family);
        let (declared, secret, drawn) = self.eval.fact_origin(place);
        let value = self.eval.member_value(place.item, place.member as usize, declared).unwrap_or_default();
        let member = &shape.members[place.member as usize];
        Fact {
            address: self.eval.fact_address(place),
            value,
            sealed: secret || sealed(shape.declaration.0, member),
            drawn,
            declared,
        }
    }
}
