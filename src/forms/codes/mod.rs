//! The registry of diagnostics: every code with its cause and the page that `worldc explain` prints. A test holds the whole
//! source against it, so a code cannot be used without a page.

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
    pub(crate) cause: Cause,
    pub(crate) title: &'static str,
    /// What happened and why it is refused.
    pub(crate) why: &'static str,
    /// What an author wrote when it happened.
    pub(crate) example: &'static str,
    pub(crate) way_out: &'static str,
}

/// What a finding comes of. By it a fleet goes on with other seeds, stops or mends itself, and a command says whether to try
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// What was given, at this seed: whoever tries again gets the same answer.
    Input,
    /// Names and types of the spec, which hardly ever depend on a seed; what is empty or weighs nothing does.
    NamesAndTypes,
    /// Something is not as it was written; making it again mends it.
    Damage,
    /// Another process holds it.
    InUse,
    /// The system refuses.
    System { may_pass: bool },
}

impl Cause {
    /// Whether it may pass by itself.
    pub(crate) fn may_pass(self) -> bool {
        matches!(self, Cause::InUse | Cause::System { may_pass: true })
    }
}

/// The cause of a finding with that code.
pub(crate) fn cause(code: &str) -> Cause {
    page(code).map_or(Cause::Input, |page| page.cause)
}

/// The page of that code.
pub(crate) fn page(code: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.code.eq_ignore_ascii_case(code))
}
