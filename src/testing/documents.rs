//! Documents by hand and their bytes, for the benchmark of the writers, which needs neither spec nor seed.

pub use crate::document::{
    Alignment, Area, Block, Book, Cell, CellValue, Chart, ChartKind, Doc, Facts, FormulaError, Highlight, Note, Plot,
    Properties, Rule, Run, Series, Sheet,
};
pub use crate::value::{Date, Moment};

use std::sync::Arc;

use crate::document::look::{Brand, Hand};
use crate::formats;
use crate::value::Number;
use crate::value::zone::Zone;

/// Properties of a document by nobody in particular; the company stands in headers.
pub fn properties(title: &str, company: &str) -> Properties {
    Properties {
        title: title.to_owned(),
        author: "Ana Lee".to_owned(),
        email: "ana.lee@example.org".to_owned(),
        company: company.to_owned(),
        created: Moment(1_770_283_800),
        modified: Moment(1_770_286_500),
        zone: Zone::named("Europe/Berlin").expect("the table of zones has Berlin"),
        language: "en-GB".to_owned(),
        theme: String::new(),
        brand: Arc::new(Brand::plain(company)),
        hand: Hand::default(),
        addressee: None,
        scanned: false,
    }
}

/// The same in a font an office suite names.
pub fn set_in(font: &str, properties: Properties) -> Properties {
    let brand = Brand { heading_font: font.to_owned(), body_font: font.to_owned(), ..Brand::clone(&properties.brand) };
    Properties { brand: Arc::new(brand), ..properties }
}

/// `mantissa` × 10^−`places`.
pub fn decimal(mantissa: i64, places: u8) -> Number {
    Number::from_parts(i128::from(mantissa), u32::from(places), places).expect("nineteen digits are few")
}

/// The bytes of a document, or why it has none.
pub fn render_doc(doc: &Doc, extension: &str) -> Result<Vec<u8>, String> {
    formats::render_doc(doc, extension).map_err(|refusal| refusal.to_string())
}

/// The bytes of a workbook, or why it has none.
pub fn render_book(book: &Book, extension: &str) -> Result<Vec<u8>, String> {
    formats::render_book(book, extension).map_err(|refusal| refusal.to_string())
}
