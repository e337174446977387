//! What stands inside a document or deck: charts, each the part that is drawn and the workbook that opens to edit its
//! numbers, and pictures.

use super::office::{self, Relation};
use super::package::Package;
use super::picture::Embedded;
use super::{Unsupported, chart, media_type, palette, xlsx};
use crate::document::{Book, Chart, Plot, Properties, Sheet};

/// The sheet of the workbook behind a chart.
const SHEET: &str = "Sheet1";

/// Adds the charts below `folder` (`ppt`, `word`), with text of so many points.
pub(super) fn add(
    folder: &str,
    charts: &[&Chart],
    size: u32,
    properties: &Properties,
    package: &mut Package,
) -> Result<(), Unsupported> {
    let setting = chart::Setting { palette: palette::of(properties), sheet: SHEET, size, embedded: true };
    for (index, chart) in charts.iter().enumerate() {
        let number = index + 1;
        let plot = Plot::of((*chart).clone());
        package.part(&format!("{folder}/charts/chart{number}.xml"), chart::part(&plot, &setting).as_bytes());
        let target = format!("../embeddings/Microsoft_Excel_Worksheet{number}.xlsx");
        let relations = office::relationships(&[Relation::part("package", target)]);
        package.common(&format!("{folder}/charts/_rels/chart{number}.xml.rels"), relations.as_bytes());
        let sheet = Sheet { name: SHEET.to_owned(), rows: chart.laid(), ..Sheet::default() };
        let book = Book { properties: properties.clone(), sheets: [sheet].into() };
        package.part(&format!("{folder}/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"), &xlsx::write(&book)?);
    }
    Ok(())
}

/// Adds the pictures below `folder`.
pub(super) fn add_pictures(folder: &str, pictures: &[Embedded], package: &mut Package) {
    for (picture, number) in pictures.iter().zip(1..) {
        package.part(&format!("{folder}/media/image{number}.{}", picture.extension), &picture.bytes);
    }
}

/// Name and type of every part that [`add_pictures`] adds.
pub(super) fn picture_types(folder: &str, pictures: &[Embedded]) -> Vec<(String, String)> {
    let typed = |(picture, number): (&Embedded, usize)| {
        let kind = media_type(picture.extension).unwrap_or_default();
        (format!("{folder}/media/image{number}.{}", picture.extension), kind.to_owned())
    };
    pictures.iter().zip(1..).map(typed).collect()
}

/// Name and type of every part that [`add`] adds.
pub(super) fn content_types(folder: &str, charts: usize) -> Vec<(String, String)> {
    let of_one = |number: usize| {
        [
            (
                format!("{folder}/charts/chart{number}.xml"),
                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned(),
            ),
            (
                format!("{folder}/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            ),
        ]
    };
    (1..=charts).flat_map(of_one).collect()
}
