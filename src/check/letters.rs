//! Letters that a file cannot hold: none of its fonts has them, or no office program can.

use crate::diag::Diagnostic;
use crate::formats;
use crate::forms::Kind;
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Part};

use super::Checker;
use super::claims::parts_of;
use super::figures::is_named;
use super::timing::block_named;

impl Checker<'_> {
    /// Checks what is typed into the texts of files. What is printed is asked when it is built.
    pub(super) fn check_letters(&mut self) {
        let program = self.program;
        for part in program.declarations.iter().filter(|block| matches!(block.kind, Kind::Photo | Kind::Screenshot)) {
            let texts = ["heading", "lines", "buttons"].into_iter().filter_map(|name| part.field(name));
            if let Some((letter, span)) =
                texts.flat_map(|field| listed(&field.value)).find_map(|text| in_parts("png", &parts_of(text)))
            {
                let (message, help) = formats::lost_message("png", letter);
                self.emit(Diagnostic::error("E0226", span, message).label("this letter").help(help));
            }
        }
        for file in program.declarations.iter().filter(|block| block.kind == Kind::File) {
            let Some(extension) = EXTENSIONS.into_iter().find(|extension| is_named(file, &format!(".{extension}")))
            else {
                continue;
            };
            let template = file.field("from").and_then(|from| block_named(program, file, &from.value));
            let Some(template) = template.filter(|template| template.kind == Kind::Template) else { continue };
            if let Some((letter, span)) = lost(extension, template) {
                let (message, help) = formats::lost_message(extension, letter);
                self.emit(
                    Diagnostic::error("E0226", span, message)
                        .label("this letter")
                        .cause(file.head, format!("a {extension} is made of it here"))
                        .help(help),
                );
            }
        }
    }
}

/// The items of a list that is written out, or the one value.
fn listed(value: &Expr) -> &[Expr] {
    match &value.kind {
        ExprKind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

/// Formats of prose that cannot hold every letter.
const EXTENSIONS: [&str; 4] = ["pdf", "docx", "pptx", "html"];

/// The first letter of a template's texts that a format cannot hold, and where it is typed.
fn lost(extension: &str, template: &Declaration) -> Option<(char, Span)> {
    let fields = ["title", "body"].into_iter().filter_map(|name| template.field(name));
    fields.map(|field| in_parts(extension, &parts_of(&field.value))).find_map(|found| found)
}

fn in_parts(extension: &str, parts: &[Part]) -> Option<(char, Span)> {
    let within = |parts: &[Part]| in_parts(extension, parts);
    parts.iter().find_map(|part| match part {
        Part::Text(text, span) => {
            let (at, letter) = formats::lost(extension, text)?;
            let start = span.start as usize + at;
            Some((letter, Span::new(span.source, start, start + letter.len_utf8())))
        }
        Part::Print(_) => None,
        Part::For { body, otherwise, .. } => within(body).or_else(|| within(otherwise)),
        Part::If { branches, otherwise } => {
            branches.iter().find_map(|(_, body)| within(body)).or_else(|| within(otherwise))
        }
    })
}
