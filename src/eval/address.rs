//! What facts and declarations are called [D2]: their addresses, wherever they stand in the text.

use super::family::Member;
use super::{Evaluator, FactPlace};
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind};

impl<'p> Evaluator<'p> {
    /// The address of a fact: `actual[2026-01,4100].amount`; a `let` is its own name.
    pub(crate) fn fact_address(&self, place: FactPlace) -> String {
        let shape = self.shape(place.item.family);
        let mut address = shape.turn_address(place.item.index);
        if !matches!(shape.sources.get(place.member as usize), Some(Member::Value) | None) {
            address.extend([".", &*shape.members[place.member as usize]]);
        }
        address
    }

    /// Where a fact is declared, whether it is sealed by declaration, and whether it is drawn.
    pub(crate) fn fact_origin(&self, place: FactPlace) -> (Span, bool, bool) {
        let shape = self.shape(place.item.family);
        let declaration = self.program.get(shape.declaration);
        match shape.sources.get(place.member as usize) {
            Some(Member::Field(field)) => {
                let field = &declaration.fields[*field];
                (field.name.span, field.sealed, field.draw)
            }
            Some(Member::Value) => (declaration.head, declaration.kind == Kind::Secret, declaration.draw),
            Some(Member::Cell(column)) => (declaration.rows[place.item.index as usize][*column].span, false, false),
            _ => (declaration.head, false, false),
        }
    }

    /// What a declaration *is* [D2]: its owner and its name, or its kind and its first string as written.
    pub(crate) fn address(&self, id: DeclarationId) -> String {
        let declaration = self.program.get(id);
        let own = match &declaration.name {
            Some(name) => name.name.to_string(),
            // A person has one hand: what it says does not name it.
            None if declaration.kind == Kind::Hand => declaration.kind.keyword().to_string(),
            None => match self.first_string(declaration) {
                Some(text) => format!("{} \"{text}\"", declaration.kind.keyword()),
                None => declaration.kind.keyword().to_string(),
            },
        };
        let owner = self.program.ancestors(declaration).find(|block| block.kind != Kind::Folder);
        match owner {
            Some(owner) => format!("{}.{own}", self.address(owner.id)),
            None if declaration.module.0 == 0 => own,
            None => {
                format!("{}.{own}", self.module_name(declaration.module))
            }
        }
    }

    /// What a library is called in addresses: its path from the spec's folder, wherever the author stands.
    fn module_name(&self, module: crate::resolve::program::ModuleId) -> &str {
        let spec = &self.program.modules[0].path;
        let folder = spec.rfind('/').map_or("", |end| &spec[..=end]);
        let path = &self.program.modules[module.0 as usize].path;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        inside.strip_suffix(".world").unwrap_or(inside)
    }

    fn first_string(&self, declaration: &Declaration) -> Option<String> {
        let label = declaration.label.iter().chain(declaration.fields.iter().map(|field| &field.value));
        label.filter_map(|expr| self.as_written(expr)).next()
    }

    /// A string literal as written, without its quotes.
    pub(crate) fn as_written(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Text(text) => Some(text.value.to_string()),
            ExprKind::Prose(_) => {
                let source = self.program.sources.get(expr.span.source);
                let text = source.text.get(expr.span.start as usize..expr.span.end as usize)?;
                Some(text.trim_matches('"').to_string())
            }
            _ => None,
        }
    }
}
