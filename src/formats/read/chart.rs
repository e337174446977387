//! The charts of office programs: what the file says is plotted.

use super::Unreadable;
use super::extract::{Chart, Series};
use super::package::Package;
use super::xml::{Element, Node, tree};

/// Points of one series; a chart of more is a cloud.
const MOST_POINTS: usize = 20_000;

/// The chart of a part, on a sheet, slide or paragraph.
pub(super) fn read(package: &Package, part: &str, on: String) -> Result<Option<Chart>, Unreadable> {
    let Some(text) = package.text(part)? else { return Ok(None) };
    let document = tree(&text)?;
    let Some(chart) = document.root_element().child("chart") else { return Ok(None) };
    let area = chart.child("plotArea");
    let plots = area.iter().flat_map(|area| area.children()).filter(|node| node.name().ends_with("Chart"));
    let plots: Vec<Node> = plots.collect();
    Ok(Some(Chart {
        on,
        kind: plots.first().map_or(String::new(), |plot| plot.name().trim_end_matches("Chart").to_owned()),
        title: chart.child("title").map_or(String::new(), words),
        series: plots.iter().flat_map(|plot| plot.all("ser")).map(series).collect(),
    }))
}

/// The letters of a title, whether they stand in it or come from a cell.
fn words(title: Node<'_>) -> String {
    let letters = title.descendants().filter(|node| matches!(node.name(), "t" | "v"));
    letters.filter_map(|node| node.text()).collect()
}

fn series(node: Node<'_>) -> Series {
    let values = node.child("val").or_else(|| node.child("yVal"));
    Series {
        name: node.child("tx").map_or(String::new(), words),
        categories: node.child("cat").or_else(|| node.child("xVal")).map(points).unwrap_or_default(),
        values: values.map(points).unwrap_or_default(),
        source: values
            .and_then(|values| values.path(&["numRef", "f"]))
            .and_then(|source| source.text())
            .map(str::to_owned),
    }
}

/// The points of a series in their order; one that is left out is an empty text.
fn points(node: Node<'_>) -> Vec<String> {
    let mut points = Vec::new();
    for point in node.descendants().filter(|node| node.name() == "pt") {
        let at = point.get("idx").and_then(|at| at.parse::<usize>().ok()).unwrap_or(points.len());
        if at >= MOST_POINTS {
            break;
        }
        if points.len() <= at {
            points.resize(at + 1, String::new());
        }
        points[at] = point.child("v").and_then(|value| value.text()).unwrap_or_default().to_owned();
    }
    points
}
