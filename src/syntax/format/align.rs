//! Signs and comments that the author put under one another stay so.

use std::collections::BTreeMap;

use super::lines::Line;
use crate::syntax::scan::Token;

/// Aligns names, labels and signs of neighbouring items where the author did so for at least two of them.
pub(super) fn signs(lines: &mut [Line<'_>]) {
    let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut done: Vec<Vec<usize>> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let comment = line.pieces.first().is_some_and(|piece| piece.token == Token::Comment);
        let above = if line.blank_before || comment { line.indent } else { line.indent + 1 };
        done.extend(runs.split_off(&above).into_values());
        runs.entry(line.indent).or_default().push(number);
    }
    done.extend(runs.into_values());
    for run in &done {
        (0..3).for_each(|column| align(lines, run, column));
    }
}

/// The pieces of an item that may be aligned: its name, its label, and its sign (`=`, `~`, `{` or `as`); of an entry
/// `key: value`, the value.
fn candidates(line: &Line<'_>) -> [Option<usize>; 3] {
    let mut found = [None; 3];
    let entry = line.pieces.get(1).is_some_and(|piece| piece.text == ":");
    if entry || !line.pieces.first().is_some_and(|piece| piece.starts && piece.text != "|") {
        found[2] = Some(2).filter(|index| entry && *index < line.pieces.len());
        return found;
    }
    let mut depth = 0usize;
    for (index, piece) in line.pieces.iter().enumerate().skip(1) {
        match (piece.token, piece.text) {
            (_, "for") if depth == 0 => break,
            (_, "=" | "~" | "{" | "as") if depth == 0 => {
                found[2] = Some(index);
                break;
            }
            (Token::Open(_), _) => depth += 1,
            (Token::Close(_), _) => depth = depth.saturating_sub(1),
            (Token::Word, _) if index == 1 => found[0] = Some(index),
            (Token::Text, _) if depth == 0 && index > 1 => found[1] = Some(index),
            _ => {}
        }
    }
    found
}

/// Aligns one candidate of the lines of a run: those that stand under one another on purpose, which at least one of
/// them shows by more space than it needs.
fn align(lines: &mut [Line<'_>], run: &[usize], column: usize) {
    let mut columns: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for number in run {
        if let Some(index) = candidates(&lines[*number])[column] {
            columns.entry(lines[*number].pieces[index].column).or_default().push((*number, index));
        }
    }
    let padded = |(line, index): &(usize, usize)| {
        let piece = &lines[*line].pieces[*index];
        piece.written_gap > piece.gap
    };
    columns.retain(|_, group| group.len() > 1 && group.iter().any(padded));
    for group in columns.into_values() {
        let ends: Vec<usize> = group.iter().map(|(line, index)| lines[*line].width(index - 1)).collect();
        let target = ends.iter().max().map_or(0, |widest| widest + 1);
        for ((line, index), end) in group.into_iter().zip(ends) {
            lines[line].pieces[index].gap = target - end;
        }
    }
}

/// Keeps comments behind lines in their columns; those of one column stay together.
pub(super) fn comments(lines: &mut [Line<'_>]) {
    let mut start = 0;
    for end in 1..=lines.len() {
        if end == lines.len() || lines[end].blank_before {
            align_comments(&mut lines[start..end]);
            start = end;
        }
    }
}

/// The same for lines without a blank line between them.
fn align_comments(lines: &mut [Line<'_>]) {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.pieces.len() > 1) {
        if let Some(comment) = line.pieces.last().filter(|piece| piece.token == Token::Comment) {
            columns.entry(comment.column).or_default().push(number);
        }
    }
    for (column, numbers) in columns {
        let ends: Vec<usize> =
            numbers.iter().map(|number| lines[*number].width(lines[*number].pieces.len() - 2)).collect();
        let widest = ends.iter().max().map_or(0, |end| end + 2);
        let alone = numbers.len() == 1;
        for (number, end) in numbers.into_iter().zip(ends) {
            let Some(comment) = lines[number].pieces.last_mut() else { continue };
            let target = if alone && comment.written_gap <= 2 { widest } else { widest.max(column) };
            comment.gap = target - end;
        }
    }
}
