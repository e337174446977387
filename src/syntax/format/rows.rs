//! Pipe tables: rows on consecutive lines get columns of one width, numbers to the right.

use super::lines::Line;
use crate::syntax::scan::Token;

/// Aligns all tables.
pub(super) fn align(lines: &mut [Line<'_>]) {
    let mut start = 0;
    while start < lines.len() {
        let rows = lines[start..].iter().enumerate();
        let length = rows.take_while(|(index, line)| is_row(line) && (*index == 0 || !line.blank_before)).count();
        align_table(&mut lines[start..start + length]);
        start += length.max(1);
    }
}

/// Whether a line is one row and nothing else but a comment.
fn is_row(line: &Line<'_>) -> bool {
    let row = line.pieces.iter().filter(|piece| piece.token != Token::Comment);
    let one = row.clone().filter(|piece| piece.starts).count() == 1;
    let single = line.pieces.iter().all(|piece| !piece.text.contains('\n'));
    let mut row = row.map(|piece| piece.text);
    one && single && row.next() == Some("|") && row.next_back() == Some("|")
}

/// The pieces of each cell of a row: the ranges between the pipes.
fn cells(line: &Line<'_>) -> Vec<(usize, usize)> {
    let pipes: Vec<usize> = (0..line.pieces.len()).filter(|index| line.pieces[*index].text == "|").collect();
    pipes.windows(2).map(|pair| (pair[0] + 1, pair[1])).collect()
}

/// How wide a cell is without the spaces around it.
fn width(line: &Line<'_>, (start, end): (usize, usize)) -> usize {
    let pieces = &line.pieces[start..end];
    let texts: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    texts + pieces.iter().skip(1).map(|piece| piece.gap).sum::<usize>()
}

/// Gives the columns of one table their widths.
fn align_table(rows: &mut [Line<'_>]) {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows.iter() {
        for (column, cell) in cells(row).into_iter().enumerate() {
            match widths.get_mut(column) {
                Some(widest) => *widest = (*widest).max(width(row, cell)),
                None => widths.push(width(row, cell)),
            }
        }
    }
    for row in rows {
        pad(row, &widths);
    }
}

/// Fills the cells of a row up to the widths of their columns.
fn pad(row: &mut Line<'_>, widths: &[usize]) {
    for ((start, end), widest) in cells(row).into_iter().zip(widths) {
        let missing = widest - width(row, (start, end)).min(*widest);
        let number = is_number(row, start, end);
        row.pieces[start].gap = if number { 1 + missing } else { 1 };
        row.pieces[end].gap = if number { 1 } else { 1 + missing };
    }
}

/// Whether a cell is a number or percent, perhaps a negative one.
fn is_number(row: &Line<'_>, start: usize, end: usize) -> bool {
    let digits = |text: &str| text.chars().all(|character| matches!(character, '0'..='9' | '_' | '.' | '%'));
    let pieces = &row.pieces[start..end];
    match pieces {
        [number] => number.token == Token::Literal && digits(number.text),
        [sign, number] => sign.text == "-" && number.token == Token::Literal && digits(number.text),
        _ => false,
    }
}
