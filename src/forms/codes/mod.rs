//! The registry of diagnostics: every code with the page that `worldc explain` prints. A test holds the whole source
//! against it, so a code cannot be used without a page.

mod fleet;
mod image;
mod names;
mod run;
mod secrecy;
mod seed;
mod solvability;
mod text;
mod types;
mod warnings;

use super::Chapters;

/// All pages, by code.
pub(crate) static PAGES: Chapters<Page> = Chapters(&[
    text::PAGES,
    names::PAGES,
    types::PAGES,
    secrecy::PAGES,
    solvability::PAGES,
    seed::PAGES,
    image::PAGES,
    fleet::PAGES,
    run::PAGES,
    warnings::PAGES,
]);

/// The page of one code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// What happened and why it is refused.
    pub(crate) why: &'static str,
    /// What an author wrote when it happened.
    pub(crate) example: &'static str,
    pub(crate) way_out: &'static str,
}

/// The page of that code.
pub(crate) fn page(code: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.code.eq_ignore_ascii_case(code))
}
