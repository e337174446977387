//! Documents by hand and their bytes, for the benchmark of the writers, which needs neither spec nor seed.

pub use crate::document::{
    Alignment, Area, Block, Book, Cell, CellValue, Chart, ChartKind, Doc, Facts, FormulaError, Highlight, Note, Plot,
    Properties, Rule, Run, Series, Sheet,
};
pub use crate::value::{Date, Moment};

use std::sync::Arc;

use crate::document::look::{Brand, Hand};
use crate::document::picture::{Picture, PictureFile};
use crate::formats;
use crate::formats::calendar::{self, CalendarEvent};
use crate::formats::contacts::{self, Contact};
use crate::formats::mail::{self, MailMessage, Mailbox};
use crate::value::Number;
use crate::value::zone::Zone;

/// When everything here was written.
const WRITTEN: Moment = Moment(1_770_283_800);

fn berlin() -> &'static Zone {
    Zone::named("Europe/Berlin").expect("the table of zones has Berlin")
}

/// Properties of a document by nobody in particular; the company stands in headers.
pub fn properties(title: &str, company: &str) -> Properties {
    Properties {
        title: title.to_owned(),
        author: "Ana Lee".to_owned(),
        email: "ana.lee@example.org".to_owned(),
        company: company.to_owned(),
        created: WRITTEN,
        modified: Moment(1_770_286_500),
        zone: berlin(),
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

/// The bytes of a picture of a chart, or why it has none.
pub fn render_chart(chart: Chart, properties: Properties, extension: &str) -> Result<Vec<u8>, String> {
    let file = PictureFile { properties, picture: Arc::new(Picture::Chart(Arc::new(chart))) };
    formats::render_picture(&file, extension).map_err(|refusal| refusal.to_string())
}

/// The bytes of an archive of files by their names.
pub fn archive(members: &[(&str, Arc<[u8]>)]) -> Vec<u8> {
    formats::archive(members.iter().map(|(name, bytes)| (*name, Arc::clone(bytes))), WRITTEN)
}

/// A mailbox of messages, each a subject and a body, an hour after the one before.
pub fn mailbox(messages: &[(String, String)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (hour, (subject, body)) in (0..).zip(messages) {
        let message = MailMessage {
            id: format!("{hour}@example.org"),
            at: Moment(WRITTEN.0 + 3_600 * hour),
            zone: berlin(),
            from: ana(),
            to: vec![ana()],
            cc: Vec::new(),
            subject: subject.clone(),
            body: body.clone(),
            references: Vec::new(),
            attachments: Vec::new(),
        };
        mail::append_mbox(&message, &mut out);
    }
    out
}

/// A calendar of events of an hour, each a title and a body.
pub fn calendar(events: &[(String, String)]) -> Vec<u8> {
    let event = |(hour, (title, body)): (i64, &(String, String))| CalendarEvent {
        uid: format!("{hour}@example.org"),
        stamp: WRITTEN,
        title: title.clone(),
        body: body.clone(),
        place: String::new(),
        organiser: Some(ana()),
        guests: Vec::new(),
        starts: vec![Moment(WRITTEN.0 + 3_600 * hour)],
        lasts: 3_600,
    };
    calendar::write("Calendar", berlin(), &(0..).zip(events).map(event).collect::<Vec<_>>())
}

/// An address book of people, each a name and a role.
pub fn contacts(people: &[(String, String)]) -> Vec<u8> {
    let contact = |(number, (name, role)): (usize, &(String, String))| Contact {
        uid: format!("{number}@example.org"),
        name: name.clone(),
        given: name.clone(),
        family: String::new(),
        email: format!("{number}@example.org"),
        company: String::new(),
        role: role.clone(),
        phone: String::new(),
        revised: None,
    };
    contacts::write(&people.iter().enumerate().map(contact).collect::<Vec<_>>())
}

fn ana() -> Mailbox {
    Mailbox { name: "Ana Lee".to_owned(), email: "ana.lee@example.org".to_owned() }
}
