//! The labels of planted mess: what each piece is, what it tells otherwise than the truth, and which checks an answer
//! taken from it would fail.

use serde::Serialize;

use crate::image::encode::Encoded;
use crate::image::sealed::document_name;
use crate::plan::{Mess, Plan};

/// A piece of planted mess on its way to JSON.
#[derive(Serialize)]
struct Piece<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The address of a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<&'a str>,
    kind: &'a str,
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moved: Vec<Moved<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    what: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    defeats: &'a [String],
}

/// A fact that the piece tells otherwise.
#[derive(Serialize)]
struct Moved<'a> {
    fact: &'a str,
    #[serde(rename = "true")]
    truth: Encoded<'a>,
    stale: Encoded<'a>,
}

pub(super) fn text(plan: &Plan) -> String {
    let pieces: Vec<Piece> = plan.mess.iter().map(|mess| piece(plan, mess)).collect();
    serde_json::to_string(&pieces).expect("strings and encoded values have a JSON form") + "\n"
}

fn piece<'a>(plan: &'a Plan, mess: &'a Mess) -> Piece<'a> {
    let path = |position: usize| plan.documents.get(position).map(document_name);
    let encoded = |value| Encoded { value, plan };
    let moved = mess.moved.iter();
    let moved = moved.map(|(fact, truth, stale)| Moved {
        fact: &plan.facts[fact.0 as usize].address,
        truth: encoded(truth),
        stale: encoded(stale),
    });
    Piece {
        file: mess.document.and_then(path),
        mail: mess.mail.map(|position| &*plan.messages[position].address),
        kind: &mess.kind,
        of: mess.of.and_then(path),
        was: mess.was.as_deref(),
        moved: moved.collect(),
        what: &mess.what,
        defeats: &mess.defeats,
    }
}
