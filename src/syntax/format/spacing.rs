//! How many spaces stand between two tokens of one line.

use super::lines::Piece;
use crate::syntax::scan::{Lexeme, Token};

/// Words after which a value begins, so that a bracket behind them is no call.
const OPERATORS: [&str; 14] =
    ["and", "or", "not", "in", "of", "where", "within", "check", "require", "rubric", "for", "as", "use", "worldspec"];

/// What stands to the left of a token.
pub(super) struct Left<'l, 't> {
    /// The token before it in its line.
    pub piece: Option<&'l Piece<'t>>,
    /// Whether the token before that one ends a value, comments aside: so a minus between them subtracts.
    pub value_before: bool,
}

/// The spaces before `next`, which stands apart from what is before if `apart`: it begins an item or a rule's message.
pub(super) fn gap(left: &Left<'_, '_>, next: &Lexeme, text: &str, apart: bool) -> usize {
    let Some(piece) = left.piece else {
        return 0;
    };
    if next.token == Token::Comment {
        return 2;
    }
    if apart {
        return if piece.text == "{" { 1 } else { 2 };
    }
    let sign = piece.text == "-" && !left.value_before;
    let call = next.token == Token::Open('(') && ends_value(piece.token, piece.text);
    if sign || call || sticks(piece, text) { 0 } else { 1 }
}

/// Whether two tokens stand together by themselves.
fn sticks(left: &Piece<'_>, next: &str) -> bool {
    matches!(next, "," | ";" | ")" | "]" | "." | ".." | ":")
        || matches!(left.text, "(" | "[" | "." | "..")
        || (left.text == "{" && next == "}")
}

/// Whether something that stands for a value, or the name of a block, ends here.
pub(super) fn ends_value(token: Token, text: &str) -> bool {
    match token {
        Token::Word => !OPERATORS.contains(&text),
        Token::Literal | Token::Text | Token::LongText => true,
        Token::Close(_) => true,
        _ => false,
    }
}
