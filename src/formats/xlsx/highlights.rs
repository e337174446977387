//! Conditional formats: cells that stand out when their values say so.

use std::fmt::Write;

use crate::document::place::column_letters;
use crate::document::{Area, Highlight, Properties, Rule};
use crate::formats::{palette, xml};

/// Appends the conditional formats of a sheet; earlier ones come first.
pub(super) fn part(highlights: &[Highlight], properties: &Properties, out: &mut String) {
    let accent = palette::of(properties).series[1];
    for (index, highlight) in highlights.iter().enumerate() {
        let priority = index + 1;
        let _ = write!(out, "<conditionalFormatting sqref=\"{}\">", reference(highlight.area));
        match &highlight.rule {
            Rule::Where(formula) => {
                let _ = write!(out, "<cfRule type=\"expression\" dxfId=\"0\" priority=\"{priority}\"><formula>");
                xml::text(formula, out);
                out.push_str("</formula></cfRule>");
            }
            Rule::Bars => {
                let _ = write!(
                    out,
                    "<cfRule type=\"dataBar\" priority=\"{priority}\"><dataBar><cfvo type=\"min\"/><cfvo type=\"max\"/><color rgb=\"FF{accent}\"/></dataBar></cfRule>"
                );
            }
            Rule::Scale => {
                let _ = write!(
                    out,
                    "<cfRule type=\"colorScale\" priority=\"{priority}\"><colorScale><cfvo type=\"min\"/><cfvo type=\"max\"/><color rgb=\"FFFFFFFF\"/><color rgb=\"FF{accent}\"/></colorScale></cfRule>"
                );
            }
        }
        out.push_str("</conditionalFormatting>");
    }
}

/// `E2:E97`.
pub(super) fn reference(area: Area) -> String {
    let cell = |(row, column): (u32, u32)| format!("{}{}", column_letters(column), row + 1);
    if area.first == area.last { cell(area.first) } else { format!("{}:{}", cell(area.first), cell(area.last)) }
}
