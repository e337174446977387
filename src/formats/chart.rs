//! Native charts of DrawingML: the part that Word, Excel and PowerPoint show as a chart and offer to edit.
//!
//! A chart keeps its numbers twice: in the sheet it refers to, and as a cache that is drawn without opening the sheet.

use std::fmt::Write;

use super::{office, xml};
use crate::document::look::Palette;
use crate::document::place::column_letters;
use crate::document::{Chart, ChartKind, Facts, Plot, Series};
use crate::value::Number;

/// How the document that holds a chart wants it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    pub(crate) palette: Palette,
    /// The sheet with the numbers.
    pub(crate) sheet: &'a str,
    /// Size of the text in points.
    pub(crate) size: u32,
    /// Whether relationship 1 of the part is a workbook of its own; else the chart stands on the sheet itself.
    pub(crate) embedded: bool,
}

/// Up to so many points of a single series have their numbers written at them, instead of an axis.
const LABELLED: usize = 8;
const GREY: &str = "<a:solidFill><a:srgbClr val=\"595959\"/></a:solidFill>";
const LIGHT: &str = "<a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln>";
/// What is behind a chart that stands on the grid of a sheet.
const PAPER: &str = "<a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill>";
const NO_LINE: &str = "<a:ln><a:noFill/></a:ln>";
/// The two axes of a chart.
const CATEGORIES: u32 = 500_000_001;
const VALUES: u32 = 500_000_002;

/// The chart part.
pub(crate) fn part(plot: &Plot, setting: &Setting<'_>) -> String {
    let chart = &plot.chart;
    let mut out = String::with_capacity(4_096);
    out.push_str(office::DECLARATION);
    out.push_str("<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart>");
    title(chart, setting, &mut out);
    out.push_str("<c:plotArea><c:layout/>");
    match chart.kind {
        ChartKind::Column | ChartKind::Bar => bars(plot, setting, &mut out),
        ChartKind::Line => lines(plot, setting, &mut out),
        ChartKind::Pie => pie(plot, setting, &mut out),
    }
    out.push_str("</c:plotArea>");
    if chart.series.len() > 1 || chart.kind == ChartKind::Pie {
        let place = if chart.kind == ChartKind::Pie { "r" } else { "b" };
        let _ = write!(out, "<c:legend><c:legendPos val=\"{place}\"/><c:overlay val=\"0\"/></c:legend>");
    }
    out.push_str("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>");
    let (ground, frame) = if setting.embedded { ("<a:noFill/>", NO_LINE) } else { (PAPER, LIGHT) };
    let _ = write!(
        out,
        "<c:spPr>{ground}{frame}</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"{}\">{GREY}</a:defRPr></a:pPr><a:endParaRPr lang=\"en-US\"/></a:p></c:txPr>",
        setting.size * 100
    );
    if setting.embedded {
        out.push_str("<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData>");
    }
    out.push_str("</c:chartSpace>");
    out
}

fn title(chart: &Chart, setting: &Setting<'_>, out: &mut String) {
    if chart.title.is_empty() {
        return out.push_str("<c:autoTitleDeleted val=\"1\"/>");
    }
    let _ = write!(
        out,
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"{0}\" b=\"1\"><a:solidFill><a:srgbClr val=\"{1}\"/></a:solidFill></a:defRPr></a:pPr><a:r><a:rPr lang=\"en-US\" sz=\"{0}\" b=\"1\"><a:solidFill><a:srgbClr val=\"{1}\"/></a:solidFill></a:rPr><a:t>",
        setting.size * 100 + 200,
        setting.palette.accent
    );
    xml::text(&chart.title, out);
    out.push_str("</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/>");
}

/// Columns stand, bars lie; bars list their categories from the top.
fn bars(plot: &Plot, setting: &Setting<'_>, out: &mut String) {
    let chart = &plot.chart;
    let (direction, reversed) = if chart.kind == ChartKind::Bar { ("bar", true) } else { ("col", false) };
    let _ = write!(
        out,
        "<c:barChart><c:barDir val=\"{direction}\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>"
    );
    for (index, series) in chart.series.iter().enumerate() {
        begin_series(plot, index, series, setting, out);
        let _ = write!(out, "<c:spPr>{}</c:spPr><c:invertIfNegative val=\"0\"/>", fill(setting.palette, index));
        if is_labelled(chart) {
            labels(&number_format(chart), Some("outEnd"), out);
        }
        data(plot, index, series, setting, out);
        out.push_str("</c:ser>");
    }
    let gap = if chart.series.len() > 1 { 80 } else { 60 };
    let _ =
        write!(out, "<c:gapWidth val=\"{gap}\"/><c:axId val=\"{CATEGORIES}\"/><c:axId val=\"{VALUES}\"/></c:barChart>");
    axes(chart, reversed, out);
}

fn lines(plot: &Plot, setting: &Setting<'_>, out: &mut String) {
    let chart = &plot.chart;
    out.push_str("<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>");
    for (index, series) in chart.series.iter().enumerate() {
        begin_series(plot, index, series, setting, out);
        let fill = fill(setting.palette, index);
        let _ = write!(
            out,
            "<c:spPr><a:ln w=\"31750\" cap=\"rnd\">{fill}<a:round/></a:ln></c:spPr><c:marker><c:symbol val=\"circle\"/><c:size val=\"6\"/><c:spPr>{fill}{NO_LINE}</c:spPr></c:marker>"
        );
        data(plot, index, series, setting, out);
        out.push_str("<c:smooth val=\"0\"/></c:ser>");
    }
    let _ = write!(out, "<c:marker val=\"1\"/><c:axId val=\"{CATEGORIES}\"/><c:axId val=\"{VALUES}\"/></c:lineChart>");
    axes(chart, false, out);
}

/// A pie shows its first series.
fn pie(plot: &Plot, setting: &Setting<'_>, out: &mut String) {
    let chart = &plot.chart;
    out.push_str("<c:pieChart><c:varyColors val=\"1\"/>");
    if let Some(series) = chart.series.first() {
        begin_series(plot, 0, series, setting, out);
        for point in 0..chart.categories.len() {
            let _ = write!(
                out,
                "<c:dPt><c:idx val=\"{point}\"/><c:bubble3D val=\"0\"/><c:spPr>{}<a:ln w=\"19050\"><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill></a:ln></c:spPr></c:dPt>",
                fill(setting.palette, point)
            );
        }
        pie_labels(out);
        data(plot, 0, series, setting, out);
        out.push_str("</c:ser>");
    }
    out.push_str("<c:firstSliceAng val=\"0\"/></c:pieChart>");
}

/// Index, order and name of a series.
fn begin_series(plot: &Plot, index: usize, series: &Series, setting: &Setting<'_>, out: &mut String) {
    let _ = write!(
        out,
        "<c:ser><c:idx val=\"{index}\"/><c:order val=\"{index}\"/><c:tx><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>",
        reference(setting, plot.series[index], (0, 0))
    );
    xml::text(&series.name, out);
    out.push_str("</c:v></c:pt></c:strCache></c:strRef></c:tx>");
}

/// Categories and values of a series, with their caches.
fn data(plot: &Plot, index: usize, series: &Series, setting: &Setting<'_>, out: &mut String) {
    let chart = &plot.chart;
    let count = chart.categories.len();
    let _ = write!(
        out,
        "<c:cat><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"{count}\"/>",
        reference(setting, plot.categories, plot.rows)
    );
    for (at, category) in chart.categories.iter().enumerate() {
        let _ = write!(out, "<c:pt idx=\"{at}\"><c:v>");
        xml::text(category, out);
        out.push_str("</c:v></c:pt>");
    }
    let _ = write!(
        out,
        "</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>{}</c:f><c:numCache><c:formatCode>{}</c:formatCode><c:ptCount val=\"{count}\"/>",
        reference(setting, plot.series[index], plot.rows),
        number_format(chart)
    );
    for (at, (number, _)) in series.values.iter().enumerate() {
        let _ = write!(out, "<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", number.canonical());
    }
    out.push_str("</c:numCache></c:numRef></c:val>");
}

/// The cells of a column in these rows.
fn reference(setting: &Setting<'_>, column: u32, (first, last): (u32, u32)) -> String {
    let letters = column_letters(column);
    let sheet = xml::quoted(&format!("'{}'", setting.sheet.replace('\'', "''")));
    let start = format!("{sheet}!${letters}${}", first + 1);
    if first == last { start } else { format!("{start}:${letters}${}", last + 1) }
}

fn fill(palette: Palette, index: usize) -> String {
    let colour = palette.series[index % palette.series.len()];
    format!("<a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill>")
}

fn is_labelled(chart: &Chart) -> bool {
    chart.series.len() == 1 && chart.categories.len() <= LABELLED
}

fn labels(format: &str, place: Option<&str>, out: &mut String) {
    let place = place.map(|place| format!("<c:dLblPos val=\"{place}\"/>")).unwrap_or_default();
    let _ = write!(
        out,
        "<c:dLbls><c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/><c:spPr><a:noFill/>{NO_LINE}</c:spPr>{place}<c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>"
    );
}

/// Shares in white on the slices.
fn pie_labels(out: &mut String) {
    let _ = write!(
        out,
        "<c:dLbls><c:numFmt formatCode=\"0%\" sourceLinked=\"0\"/><c:spPr><a:noFill/>{NO_LINE}</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr b=\"1\"><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang=\"en-US\"/></a:p></c:txPr><c:showLegendKey val=\"0\"/><c:showVal val=\"0\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"1\"/><c:showBubbleSize val=\"0\"/><c:showLeaderLines val=\"0\"/></c:dLbls>"
    );
}

/// The axes of columns, bars and lines. Where the points are labelled, the axis of values is not shown.
fn axes(chart: &Chart, reversed: bool, out: &mut String) {
    let (down, across) = if chart.kind == ChartKind::Bar { ("l", "b") } else { ("b", "l") };
    let order = if reversed { "maxMin" } else { "minMax" };
    let hidden = is_labelled(chart) && chart.kind != ChartKind::Line;
    let _ = write!(
        out,
        "<c:catAx><c:axId val=\"{CATEGORIES}\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"{down}\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"A6A6A6\"/></a:solidFill></a:ln></c:spPr><c:crossAx val=\"{VALUES}\"/><c:crosses val=\"autoZero\"/><c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"0\"/></c:catAx>"
    );
    let grid =
        if hidden { String::new() } else { format!("<c:majorGridlines><c:spPr>{LIGHT}</c:spPr></c:majorGridlines>") };
    let _ = write!(
        out,
        "<c:valAx><c:axId val=\"{VALUES}\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"{}\"/><c:axPos val=\"{across}\"/>{grid}<c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:spPr>{NO_LINE}</c:spPr><c:crossAx val=\"{CATEGORIES}\"/><c:crosses val=\"{}\"/><c:crossBetween val=\"between\"/></c:valAx>",
        u8::from(hidden),
        number_format(chart),
        if reversed { "max" } else { "autoZero" },
    );
}

/// Percents with one place, amounts of thousands and more without, small ones with the places they have.
fn number_format(chart: &Chart) -> String {
    let numbers: Vec<Number> =
        chart.series.iter().flat_map(|series| &series.values).map(|(number, _): &(Number, Facts)| *number).collect();
    if numbers.iter().any(|number| number.percent) {
        return "0.0%".to_owned();
    }
    let thousand = Number::from_i64(1_000);
    let large = numbers.iter().any(|number| number.absolute().decimal >= thousand.decimal);
    let places = if large { 0 } else { numbers.iter().map(|number| number.places.min(2)).max().unwrap_or(0) };
    match places {
        0 => "#,##0".to_owned(),
        places => format!("#,##0.{}", "0".repeat(usize::from(places))),
    }
}
