//! Tables: pipe rows, sealed columns, loaded rows, and that these are not mixed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Resolver;
use super::lower::Place;
use super::program::{DeclarationId, FieldDeclaration, Source};
use crate::diag::Diagnostic;
use crate::forms::Kind;
use crate::source::Span;
use crate::syntax::{Bind, Expr, ExprKind, Ident, Loaded, Operator, Row};
use crate::value::Value;
use crate::value::comparison::are_distinct;

impl Resolver<'_> {
    /// `| cell | cell |`: the header, or a row below it.
    pub(super) fn row(&mut self, row: &Row, place: &Place) {
        let Some(parent) = place.parent.filter(|parent| self.get(*parent).kind == Kind::Table) else {
            let error = Diagnostic::error("E0117", row.span, "rows between `|` stand in a table");
            return self.report(error.help("put them into `table name { … }`"));
        };
        if self.get(parent).header.is_empty() {
            let header: Vec<_> = row.cells.iter().filter_map(|cell| self.header_cell(cell, place)).collect();
            self.get_mut(parent).header = header;
            return;
        }
        let (cells, columns) = (row.cells.len(), self.get(parent).header.len());
        if cells != columns {
            let start = self.get(parent).header[0].0.span;
            let error =
                Diagnostic::error("E0118", row.span, format!("this row has {cells} cells, the header has {columns}"))
                    .cause(start, "the header")
                    .help("write `none` where there is nothing");
            return self.report(error);
        }
        let cells = row.cells.iter().map(|cell| self.expression(cell, place.module)).collect();
        self.get_mut(parent).rows.push(cells);
    }

    /// `name` or `name in table`.
    fn header_cell(&mut self, cell: &Expr, place: &Place) -> Option<(Ident, Option<Expr>)> {
        match &cell.kind {
            ExprKind::Name(name) => Some((Ident { name: name.clone(), span: cell.span }, None)),
            ExprKind::Binary(Operator::In, left, table) if matches!(left.kind, ExprKind::Name(_)) => {
                let (name, _) = self.header_cell(left, place)?;
                Some((name, Some(self.expression(table, place.module))))
            }
            _ => {
                let error =
                    Diagnostic::error("E0118", cell.span, "the first row of a table holds the names of its columns");
                self.report(
                    error.help("for example `| code | title | base |`, or `pkg in package` for keys of another table"),
                );
                None
            }
        }
    }

    /// `secret name = …` in a table.
    pub(super) fn sealed_column(&mut self, bind: &Bind, place: &Place) {
        let Some(parent) = place.parent else { return };
        if bind.params.is_some() {
            let error = Diagnostic::error("E0115", bind.name.span, "a column takes no parameters");
            return self
                .report(error.help("it sees its row already; for a function, write `secret` outside of the table"));
        }
        if self.is_repeated(parent, &bind.name) {
            return;
        }
        let value = self.expression(&bind.value, place.module);
        let column = FieldDeclaration { name: bind.name.clone(), draw: bind.draw, sealed: true, value };
        self.get_mut(parent).fields.push(column);
    }

    /// A table gets its rows in one way, and no two of its names are alike.
    pub(super) fn check_table(&mut self, id: DeclarationId) {
        let table = self.get(id);
        let own = table.bindings.iter().filter(|source| matches!(source, Source::Loop { .. })).count();
        let ways = [
            (!table.header.is_empty()).then_some("rows between `|`"),
            (own > 0).then_some("`for`"),
            table.field("from").map(|_| "`from`"),
        ];
        let ways: Vec<&str> = ways.into_iter().flatten().collect();
        let head = table.head;
        match ways.as_slice() {
            [] => self.report(
                Diagnostic::error("E0118", head, "nothing says which rows this table has")
                    .help("write rows between `|`, or `for x in …` after its name, or `from = load(\"…\")`"),
            ),
            [_] => {}
            several => {
                let error =
                    Diagnostic::error("E0118", head, format!("this table has its rows from {}", several.join(" and ")));
                self.report(error.help("keep one of them; make a second table `for row in` the first"));
            }
        }
        self.check_columns(id);
        self.check_loaded(id);
    }

    fn check_columns(&mut self, id: DeclarationId) {
        let table = self.get(id);
        let header = table.header.iter().map(|(name, _)| name);
        let keys = table.bindings.iter().map(Source::name);
        let fields = table.fields.iter().map(|field| &field.name);
        let names: Vec<Ident> = keys.chain(header).chain(fields).cloned().collect();
        for (index, name) in names.iter().enumerate() {
            if let Some(earlier) = names[..index].iter().find(|other| other.name == name.name) {
                let error =
                    Diagnostic::error("E0112", name.span, format!("this table has two columns `{}`", name.name))
                        .label("again here")
                        .cause(earlier.span, "first here")
                        .help("rename one of them");
                self.report(error);
            }
        }
    }

    /// `from` loads rows, whose first column is their key [N3], and takes no columns beside them.
    fn check_loaded(&mut self, id: DeclarationId) {
        let table = self.get(id);
        let Some(from) = table.field("from") else { return };
        let value = from.value.clone();
        let extra = table.fields.iter().find(|field| !matches!(&*field.name.name, "from" | "stream"));
        if let Some(extra) = extra {
            let error = Diagnostic::error("E0118", extra.name.span, "a loaded table has the columns of its file only")
                .help("make a second table `for row in` this one, and give it the column");
            self.report(error);
        }
        match &value.kind {
            ExprKind::Loaded(loaded) => match &**loaded {
                Loaded::Table { columns, rows, places, .. } => self.check_keys(&columns[0], rows, places),
                Loaded::List { items, .. } if items.is_empty() => {}
                _ => self.report(
                    Diagnostic::error("E0230", value.span, "this file holds no rows")
                        .help("rows are a list of mappings, JSON lines, or CSV with a header; a plain list is used with `pick` or `for`"),
                ),
            },
            // A file that cannot be read was reported where it was asked for.
            ExprKind::Call(callee, _) if matches!(&callee.kind, ExprKind::Name(name) if &**name == "load") => {}
            _ => self.report(
                Diagnostic::error("E0118", value.span, "a table takes its rows from a file: `from = load(\"…\")`")
                    .help("to select rows of another table, write `table name for row in other where … { }`"),
            ),
        }
    }

    fn check_keys(&mut self, column: &str, rows: &[Vec<Value>], places: &[Span]) {
        let keys: Vec<Key<'_>> = rows.iter().map(|row| key(&row[0])).collect();
        if are_distinct(keys.iter().collect()) {
            return;
        }
        let mut seen: BTreeMap<&Key<'_>, Span> = BTreeMap::new();
        for ((row, key), place) in rows.iter().zip(&keys).zip(places) {
            if let Some(earlier) = seen.insert(key, *place) {
                let shown = row[0].to_text().unwrap_or_default();
                let error = Diagnostic::error("E0232", *place, format!("two rows have the key `{shown}`"))
                    .label(format!("`{column}` is the key, as the first column"))
                    .cause(earlier, "the first one")
                    .help("give each row its own key, or put another column first");
                self.report(error);
            }
        }
    }
}

/// A value as a key: whether it is text, and the text itself or how the value is spelled with its type.
type Key<'v> = (bool, Cow<'v, str>);

fn key(value: &Value) -> Key<'_> {
    match value {
        Value::Text(text) => (true, Cow::Borrowed(text)),
        other => (false, Cow::Owned(format!("{other:?}"))),
    }
}
