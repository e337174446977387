//! The disk during the month: changes that change nothing, and files dated in the month that are there too early.

use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::resolve::program::{Declaration, DeclarationId};
use crate::syntax::{Expr, ExprKind};

use super::Checker;
use super::secrecy::Exposure;
use super::timing::{block_named, enclosing};
use super::walk::each_expr;

impl Checker<'_> {
    /// Checks every change, and the dates of all files on the disk.
    pub(crate) fn check_changes(&mut self) {
        let program = self.program;
        for block in &program.declarations {
            match block.kind {
                Kind::Change => self.check_change(block),
                Kind::File => self.check_saved(block),
                _ => {}
            }
        }
    }

    fn check_change(&mut self, change: &Declaration) {
        let alters =
            ["remove", "move"].iter().any(|name| change.field(name).is_some_and(|field| !is_empty(&field.value)));
        if change.children.is_empty() && !alters {
            self.emit(
                Diagnostic::error("E0404", change.head, format!("the {} changes nothing", self.named(change.id)))
                    .label("no file appears, goes or moves")
                    .help("put a `file` in it, or say `remove = […]` or `move = {…}`"),
            );
        }
        for file in self.files_within(change.id) {
            self.check_changed_file(file);
        }
    }

    fn files_within(&self, id: DeclarationId) -> Vec<DeclarationId> {
        let files = self.program.declarations.iter().filter(|block| block.kind == Kind::File);
        files.map(|file| file.id).filter(|file| self.is_inside(*file, id)).collect()
    }

    /// A file that appears where the same file already is.
    fn check_changed_file(&mut self, id: DeclarationId) {
        let program = self.program;
        let file = program.get(id);
        let (Some(path), Some(from)) = (self.whole_path(file), file.field("from")) else { return };
        let on_disk = |other: &&Declaration| other.kind == Kind::File && self.exposure(other) == Exposure::Disk;
        let earlier =
            program.declarations.iter().filter(on_disk).find(|other| self.whole_path(other).as_ref() == Some(&path));
        let Some(earlier) = earlier else { return };
        let Some(before) = earlier.field("from") else { return };
        if self.same_content(file, &from.value, &before.value) {
            self.emit(
                Diagnostic::error("E0404", from.value.span, "this change changes nothing: the file is the same before and after")
                    .label("the same content")
                    .cause(before.value.span, "as it is on the disk already")
                    .help("fill it in with something else, or use the parameter that should make the difference in the template"),
            );
        }
    }

    /// The path of a file whose folders and name are typed without holes.
    fn whole_path(&self, file: &Declaration) -> Option<String> {
        let mut parts = Vec::new();
        for block in self.program.lineage(file) {
            if matches!(block.kind, Kind::File | Kind::Folder) {
                match &block.label.as_ref()?.kind {
                    ExprKind::Text(text) => parts.push(text.value.to_string()),
                    _ => return None,
                }
            }
        }
        parts.reverse();
        Some(parts.join("/"))
    }

    /// The same template with the same arguments, as far as it uses them.
    fn same_content(&self, block: &Declaration, after: &Expr, before: &Expr) -> bool {
        let (Some(template), Some(other)) =
            (block_named(self.program, block, after), block_named(self.program, block, before))
        else {
            return false;
        };
        if template.id != other.id || template.kind != Kind::Template {
            return false;
        }
        let (ExprKind::Call(_, after), ExprKind::Call(_, before)) = (&after.kind, &before.kind) else {
            return matches!(
                (&after.kind, &before.kind),
                (ExprKind::Name(_) | ExprKind::Member(..), ExprKind::Name(_) | ExprKind::Member(..))
            );
        };
        let params = template.params.as_deref().unwrap_or(&[]);
        after.len() == before.len()
            && params.iter().zip(after.iter().zip(before)).all(|(param, (after, before))| {
                alike(&after.value, &before.value) || !self.template_uses(template, &param.name)
            })
    }

    fn template_uses(&self, template: &Declaration, name: &str) -> bool {
        let blocks = std::iter::once(template).chain(template.children.iter().map(|id| self.program.get(*id)));
        let mut found = false;
        for block in blocks {
            let tables = block.bindings.iter().filter_map(|source| match source {
                crate::resolve::program::Source::Loop { table, .. } => Some(table),
                _ => None,
            });
            let values = block.fields.iter().map(|field| &field.value).chain(&block.label).chain(tables);
            for value in values {
                each_expr(value, &mut |expr| found |= matches!(&expr.kind, ExprKind::Name(own) if **own == *name));
            }
        }
        found
    }

    /// A file on the disk that was saved in the month appears only then [T2].
    fn check_saved(&mut self, file: &Declaration) {
        let Some(saved) = file.field("saved").filter(|field| !field.draw) else { return };
        if self.exposure(file) != Exposure::Disk || enclosing(self.program, file.id, Kind::Noise).is_some() {
            return;
        }
        let dated = self.dated(file, saved).unwrap_or_default();
        let Some(late) = dated.iter().find(|dated| self.is_in_month(dated)) else { return };
        let message = format!("the {} is saved in the month, but stands on the disk before it", self.named(file.id));
        let mut error = Diagnostic::error("E0405", saved.value.span, message)
            .label("after the month began")
            .cause(self.place_of(file.id), "on the disk as the month begins")
            .help("let it appear then: `change name { at = …  file \"…\" { … } }`, or date it before the month");
        if !late.turn.is_empty() {
            error = error.note(format!("in the turn {}", late.turn));
        }
        self.emit(error);
    }
}

fn is_empty(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::List(items) => items.is_empty(),
        ExprKind::Map(entries) => entries.is_empty(),
        ExprKind::None => true,
        _ => false,
    }
}

/// Whether two expressions are written alike, wherever they stand.
fn alike(a: &Expr, b: &Expr) -> bool {
    match (&a.kind, &b.kind) {
        (ExprKind::Text(a), ExprKind::Text(b)) => a.value == b.value,
        (ExprKind::Prose(_), _) | (_, ExprKind::Prose(_)) => false,
        (ExprKind::Member(a, x), ExprKind::Member(b, y)) => x.name == y.name && alike(a, b),
        (ExprKind::List(a), ExprKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (ExprKind::Call(a, x), ExprKind::Call(b, y)) => {
            alike(a, b)
                && x.len() == y.len()
                && x.iter().zip(y).all(|(a, b)| a.each.is_none() && b.each.is_none() && alike(&a.value, &b.value))
        }
        (ExprKind::Binary(p, a, b), ExprKind::Binary(q, c, d)) => p == q && alike(a, c) && alike(b, d),
        (ExprKind::Range(a, b), ExprKind::Range(c, d)) => alike(a, c) && alike(b, d),
        (ExprKind::Negate(a), ExprKind::Negate(b)) => alike(a, b),
        (ExprKind::Where(a, b), ExprKind::Where(c, d)) => alike(a, c) && alike(b, d),
        (a, b) => a == b,
    }
}
