//! Text to [`Tree`], with several mistakes per run.

use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::Pairs;

use super::balance;
use super::build::Builder;
use super::tree::Tree;
use super::unexpected;
use crate::diag::Diagnostic;
use crate::source::{SourceId, Sources};

/// The grammar of `grammar/world.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/world.pest"]
pub(super) struct Grammar;

/// How many mistakes of one file are shown at most.
const MOST: usize = 20;

/// Reads one text of `sources`. The tree is there only if nothing was found wrong.
pub(crate) fn parse(sources: &Sources, id: SourceId) -> (Option<Tree>, Vec<Diagnostic>) {
    let text = &sources.get(id).text;
    if let Err(diagnostic) = balance::check(id, text) {
        return (None, vec![diagnostic]);
    }
    match Grammar::parse(Rule::file, text) {
        Ok(pairs) => build(id, text, pairs),
        Err(error) => (None, mistakes(id, text, failure(&error))),
    }
}

/// The tree of a text that follows the grammar.
fn build(id: SourceId, text: &str, pairs: Pairs<'_, Rule>) -> (Option<Tree>, Vec<Diagnostic>) {
    let mut builder = Builder::new(id, text, 0);
    let tree = builder.tree(pairs);
    let mut found = builder.found();
    found.truncate(MOST);
    (Some(tree).filter(|_| found.is_empty()), found)
}

/// Where the grammar could not go on.
fn failure(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// All mistakes that can be told apart: one in each part of the file that does not follow the grammar, and those that
/// only building a part brings up.
fn mistakes(id: SourceId, text: &str, first: usize) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (start, end) in unexpected::parts(text) {
        let part = &text[start..end];
        match Grammar::parse(Rule::piece, part) {
            Ok(pairs) => {
                let mut builder = Builder::new(id, part, start);
                builder.tree(pairs);
                found.extend(builder.found());
            }
            Err(error) => found.push(unexpected::at(id, text, start + failure(&error))),
        }
        if found.len() >= MOST {
            break;
        }
    }
    if found.is_empty() {
        found.push(unexpected::at(id, text, first));
    }
    found.truncate(MOST);
    found
}
