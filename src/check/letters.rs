//! Letters that a file cannot show because none of its fonts has them.

use crate::diag::Diagnostic;
use crate::formats;
use crate::forms::Kind;
use crate::resolve::program::Declaration;
use crate::source::Span;
use crate::syntax::Part;

use super::Checker;
use super::claims::parts_of;
use super::figures::is_named;
use super::timing::block_named;

impl Checker<'_> {
    /// Checks what is typed into the texts of files with fonts of their own. What is printed is asked when it is built.
    pub(super) fn check_letters(&mut self) {
        let program = self.program;
        for file in program.declarations.iter().filter(|block| block.kind == Kind::File && is_named(block, ".pdf")) {
            let template = file.field("from").and_then(|from| block_named(program, file, &from.value));
            let Some(template) = template.filter(|template| template.kind == Kind::Template) else { continue };
            if let Some((letter, span)) = unshown(template) {
                self.emit(
                    Diagnostic::error("E0226", span, formats::unshown_message(letter))
                        .label("this letter")
                        .cause(file.head, "a pdf is made of it here")
                        .help(formats::UNSHOWN_HELP),
                );
            }
        }
    }
}

/// The first letter of a template's texts that no font has, and where it is typed.
fn unshown(template: &Declaration) -> Option<(char, Span)> {
    let fields = ["title", "body"].into_iter().filter_map(|name| template.field(name));
    fields.map(|field| in_parts(&parts_of(&field.value))).find_map(|found| found)
}

fn in_parts(parts: &[Part]) -> Option<(char, Span)> {
    parts.iter().find_map(|part| match part {
        Part::Text(text, span) => {
            let (at, letter) = formats::unshown(text)?;
            let start = span.start as usize + at;
            Some((letter, Span::new(span.source, start, start + letter.len_utf8())))
        }
        Part::Print(_) => None,
        Part::For { body, otherwise, .. } => in_parts(body).or_else(|| in_parts(otherwise)),
        Part::If { branches, otherwise } => {
            branches.iter().find_map(|(_, body)| in_parts(body)).or_else(|| in_parts(otherwise))
        }
    })
}
