//! Native charts: rust_xlsxwriter makes the chart and drawing parts of a workbook that holds only the charts' data.

use rust_xlsxwriter::{Chart as Native, ChartFont, ChartLegendPosition, ChartType, Color, Workbook, XlsxError};

use crate::document::look::{Colour, Palette};
use crate::document::{Cell, CellValue, Chart, ChartKind, Sheet};
use crate::formats::unpack;

/// The parts of one chart: the chart itself and the drawing that places it on its sheet.
pub(super) struct Parts {
    pub(super) chart: Vec<u8>,
    pub(super) drawing: Vec<u8>,
}

/// The charts of a workbook, in the order of its sheets.
pub(super) fn parts(sheets: &[&Sheet], palette: Palette) -> Result<Vec<Parts>, XlsxError> {
    if sheets.is_empty() {
        return Ok(Vec::new());
    }
    let mut workbook = Workbook::new();
    for sheet in sheets {
        if let Some(chart) = &sheet.chart {
            lay(&mut workbook, sheet, chart, palette)?;
        }
    }
    let package = workbook.save_to_buffer()?;
    (1..=sheets.len()).map(|number| read(&package, number)).collect()
}

fn read(package: &[u8], number: usize) -> Result<Parts, XlsxError> {
    let part = |folder: &str, name: &str| {
        unpack::part(package, &format!("xl/{folder}/{name}{number}.xml"))
            .ok_or_else(|| XlsxError::ParameterError("the package lacks a chart".to_owned()))
    };
    Ok(Parts { chart: part("charts", "chart")?, drawing: part("drawings", "drawing")? })
}

/// Writes a chart's data where the real sheet has them, for the chart's cache, and the chart beside them.
fn lay(workbook: &mut Workbook, sheet: &Sheet, chart: &Chart, palette: Palette) -> Result<(), XlsxError> {
    let native_sheet = workbook.add_worksheet();
    native_sheet.set_name(&sheet.name)?;
    for (row, cells) in sheet.laid().iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            write(native_sheet, row as u32, column as u16, cell)?;
        }
    }
    let native = native(&sheet.name, chart, palette);
    native_sheet.insert_chart(1, chart.series.len() as u16 + 2, &native)?;
    Ok(())
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match &cell.value {
        CellValue::Text(text) => sheet.write_string(row, column, text.as_ref()).map(|_| ()),
        CellValue::Number(number) => {
            // The crate takes doubles. Reading the digits and printing them again gives the same digits everywhere.
            let value: f64 = number.canonical().parse().unwrap_or_default();
            sheet.write_number(row, column, value).map(|_| ())
        }
        _ => Ok(()),
    }
}

fn native(name: &str, chart: &Chart, palette: Palette) -> Native {
    let mut native = Native::new(match chart.kind {
        ChartKind::Column => ChartType::Column,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Line => ChartType::Line,
        ChartKind::Pie => ChartType::Pie,
    });
    native.set_width(720).set_height(400);
    let last = chart.categories.len().max(1) as u32;
    for index in 0..chart.series.len() {
        let column = index as u16 + 1;
        let series = native.add_series();
        series
            .set_name((name, 0, column))
            .set_categories((name, 1, 0, last, 0))
            .set_values((name, 1, column, last, column));
        if chart.kind == ChartKind::Pie {
            series.set_point_colors(&palette.series.map(colour));
        } else {
            let mut format = rust_xlsxwriter::ChartFormat::new();
            let colour = colour(palette.series[index % palette.series.len()]);
            if chart.kind == ChartKind::Line {
                format.set_line(rust_xlsxwriter::ChartLine::new().set_color(colour).set_width(2.25));
            } else {
                format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
            }
            series.set_format(&mut format);
        }
    }
    dress(&mut native, chart, palette);
    native
}

/// Title, legend and grid lines.
fn dress(native: &mut Native, chart: &Chart, palette: Palette) {
    let mut font = ChartFont::new();
    font.set_size(14).set_bold().set_color(colour(palette.accent));
    if chart.title.is_empty() {
        native.title().set_hidden();
    } else {
        native.title().set_name(chart.title.as_str()).set_font(&font);
    }
    if chart.series.len() > 1 || chart.kind == ChartKind::Pie {
        native.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        native.legend().set_hidden();
    }
    if chart.kind != ChartKind::Pie {
        native
            .y_axis()
            .set_num_format("#,##0")
            .set_major_gridlines_line(rust_xlsxwriter::ChartLine::new().set_color(Color::RGB(0x00D9_D9D9)));
    }
}

fn colour(Colour(red, green, blue): Colour) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}
