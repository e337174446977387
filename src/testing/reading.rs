//! The readers for tests that bring files of other programs.

use std::collections::BTreeMap;

use serde_json::json;

use crate::formats::edit;
use crate::formats::read::{self, At, Figure, Value, Workbook};

/// What is read of a file, as JSON; an error says why it is not read.
pub fn read(bytes: &[u8], extension: &str) -> Result<String, String> {
    let extract = read::read(bytes, &extension.to_lowercase()).map_err(|reason| reason.to_string())?;
    Ok(read::json(&extract).to_string())
}

/// Whether the formula in the cell `of` of a workbook rests on the cell `input`, and what it comes to before and after
/// another number stands there. Cells are written `Sheet!E7`.
pub fn live(bytes: &[u8], of: &str, input: &str, number: &str) -> Result<String, String> {
    let workbook = Workbook::read(bytes).map_err(|reason| reason.to_string())?;
    let find = |cell: &str| workbook.place(cell).ok_or_else(|| format!("there is no cell {cell}"));
    let (of, input): (At, At) = (find(of)?, find(input)?);
    let figure = Figure::parse(number).ok_or_else(|| format!("{number} is no number"))?;
    let spelled = |result: Option<&Result<Value, read::Uncalculated>>| match result {
        Some(Ok(value)) => value.to_string(),
        Some(Err(reason)) => reason.to_string(),
        None => "no formula".to_owned(),
    };
    let before = workbook.calculated(None);
    let after = workbook.recalculated(&BTreeMap::from([(input, Value::Number(figure))]), None);
    let precedents = workbook.precedents(of);
    let answer = json!({
        "reads": precedents.contains(input), "alone": precedents.is_empty(), "more": precedents.more,
        "before": spelled(before.result(of)), "after": spelled(after.result(of)),
    });
    Ok(answer.to_string())
}

/// A workbook with something else in a cell: a formula behind `=`, a number, or a text.
pub fn edit_cell(bytes: &[u8], cell: &str, content: &str) -> Result<Vec<u8>, String> {
    let content = edit::typed(content);
    edit::cell(bytes, cell, &content).map_err(|reason| reason.to_string())
}

/// A document or deck with another text at `p3` or `s2p1`.
pub fn edit_text(bytes: &[u8], extension: &str, place: &str, text: &str) -> Result<Vec<u8>, String> {
    let found = edit::paragraph_at(place).ok_or_else(|| format!("{place} is no paragraph"))?;
    edit::text(bytes, extension, &found, text).map_err(|reason| reason.to_string())
}
