//! Documents that use everything the writers know, for tests.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::calendar::{Answer, CalendarEvent, Guest};
use super::contacts::Contact;
use super::mail::{Attachment, MailMessage, Mailbox};
use crate::document::look::{Brand, Density, Hand, Letterhead, Mark, Palette, Tables};
use crate::document::markup::{Remark, Revision};
use crate::document::picture::{
    Desktop, Photo, Picture, PictureFile, Said, Scene, Screenshot, SeenCells, Weather, Window,
};
use crate::document::tests::properties;
use crate::document::{
    Block, Book, Cell, CellValue, Chart, ChartKind, Doc, Facts, Properties, Run, Series, Sheet, markdown,
};
use crate::value::zone::Zone;
use crate::value::{Date, FactId, Moment, Month, Number};

const MEMO: &str = include_str!("../../tests/formats/memo.md");

/// A memo of two pages with headings, lists, tables, a quote, code and links.
pub(super) fn memo() -> Doc {
    Doc { properties: properties(), blocks: markdown::from_markdown(MEMO, &[]) }
}

/// An agreement of several pages in all the letters of Europe, by an author with another hand for another company.
pub(super) fn contract() -> Doc {
    let palette = Palette::named("burgundy").expect("a palette of that name");
    let brand = Brand {
        palette,
        heading_font: "Georgia".to_owned(),
        body_font: "Cambria".to_owned(),
        footer: "Ελληνικά Ναυπηγεία ΑΕ · Ακτή Κονδύλη 10 · 185 45 Πειραιάς".to_owned(),
        monogram: "ΕΝ".to_owned(),
        mark: Mark::Hexagon,
        letterhead: Letterhead::Centred,
        ..Brand::plain("Ελληνικά Ναυπηγεία ΑΕ")
    };
    let properties = Properties {
        title: "Framework agreement 2026/014".to_owned(),
        author: "Γιώργος Παπαδόπουλος".to_owned(),
        company: brand.company.clone(),
        brand: Arc::new(brand),
        hand: Hand {
            density: Density::Dense,
            numbered: true,
            tables: Tables::Ruled,
            justified: true,
            ..Hand::default()
        },
        theme: String::new(),
        ..properties()
    };
    Doc { properties, blocks: markdown::from_markdown(include_str!("../../tests/formats/contract.md"), &[]) }
}

/// Pictures and a chart between text, as slides and as pages.
pub(super) fn figures() -> Doc {
    let picture = |picture, alt: &str| Block::Picture {
        picture: Arc::new(picture),
        alt: alt.to_owned(),
        facts: Facts::default(),
    };
    let photo = picture(Picture::Photo(photo(Scene::Site, Weather::Sun, 60, 7)), "The yard");
    let logo = picture(Picture::Logo(Arc::new(Brand::plain("Nordlicht Pumpen GmbH"))), "Our mark");
    let text = |text| markdown::from_markdown(text, &[]);
    let mut blocks = text("# Figures\n\n## On site\n");
    blocks.push(photo);
    blocks.extend(text("- The crane stands\n- The roof is on\n\n## Who we are\n"));
    blocks.extend([logo, Block::Chart { chart: Arc::new(many(2, 4)) }]);
    blocks.extend(text("## After\n\nNothing follows.\n"));
    Doc { properties: properties(), blocks }
}

/// A deck with every layout, charts of all kinds, notes and an empty slide.
pub(super) fn deck() -> Doc {
    let mut blocks = markdown::from_markdown(include_str!("../../tests/formats/deck.md"), &[]);
    let kinds = [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::Pie];
    for (at, kind) in kinds.into_iter().enumerate() {
        let (series, categories) = if at % 2 == 0 { (2, 4) } else { (1, 5) };
        blocks.extend(markdown::from_markdown(&format!("## {kind:?}: Brno carries the quarter\n"), &[]));
        if at % 2 == 1 {
            blocks.extend(markdown::from_markdown("- Brno is the largest\n- Leipzig follows\n", &[]));
        }
        blocks.push(Block::Chart { chart: Arc::new(Chart { kind, ..many(series, categories) }) });
    }
    Doc { properties: properties(), blocks }
}

/// A picture of each kind under its name.
pub(super) fn pictures() -> Vec<(String, PictureFile)> {
    let kinds = [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::Pie];
    let charts = kinds
        .into_iter()
        .map(|kind| (format!("{kind:?}").to_lowercase(), Picture::Chart(Arc::new(Chart { kind, ..many(2, 5) }))));
    let marks = [Mark::Bar, Mark::Hexagon];
    let logos = marks.into_iter().map(|mark| {
        let brand = Brand { mark, monogram: "NP".to_owned(), ..Brand::plain("Nordlicht Pumpen GmbH") };
        (format!("logo-{mark:?}").to_lowercase(), Picture::Logo(Arc::new(brand)))
    });
    let scenes = [Scene::Site, Scene::Interior, Scene::Office, Scene::Whiteboard];
    let photos = scenes
        .into_iter()
        .enumerate()
        .map(|(at, scene)| (format!("photo{at}"), Picture::Photo(photo(scene, Weather::Rain, 60, at as u64))));
    let screens = screenshots().into_iter().map(|(name, shot)| (format!("screen-{name}"), Picture::Screenshot(shot)));
    let file = |picture| PictureFile { properties: properties(), picture: Arc::new(picture) };
    charts.chain(logos).chain(photos).chain(screens).map(|(name, picture)| (name, file(picture))).collect()
}

/// A photo; everything it leaves open follows from its number.
pub(super) fn photo(scene: Scene, weather: Weather, progress: u8, number: u64) -> Photo {
    let lines = ["Close meeting 4 March", "- Brno accrual: Marek", "- Überleitung by Friday", "Next: Tue 10:00"];
    Photo {
        scene,
        weather,
        progress,
        writing: lines.map(|line| vec![Run { text: line.to_owned(), ..Run::default() }]).into(),
        facts: Facts::default(),
        taken: Moment(1_770_283_800 + number as i64 * 7_900),
        camera: "Lumo L5".to_owned(),
        place: 7,
        variation: number,
    }
}

/// Each window on each desktop.
fn screenshots() -> Vec<(String, Screenshot)> {
    let line = |text: &str| vec![Run { text: text.to_owned(), ..Run::default() }];
    let said = |by: &str, words: &str, own| Said { by: line(by), words: line(words), own };
    let ledger = ledger(40);
    let sheet = &ledger.sheets[0];
    let cells = SeenCells {
        tabs: ledger.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        header: sheet.header,
        below: true,
        rows: sheet.rows.iter().take(20).map(|row| row.iter().take(6).cloned().collect()).collect(),
        chosen: (4, 2),
        ..SeenCells::default()
    };
    let asked =
        ["The posting to 4100 was refused.", "Period 2025-12 is closed. Ask the plant controller to open it again."];
    let windows = [
        ("cells", Window::Cells(cells)),
        (
            "dialog",
            Window::Dialog { lines: asked.map(line).into(), buttons: ["OK", "Details", "Cancel"].map(line).into() },
        ),
        (
            "chat",
            Window::Chat(vec![
                said("Marek Černý", "Linka 2 běží. The invoice will take a while, as always.", false),
                said("Jana Vogt", "Danke!", true),
            ]),
        ),
    ];
    let desktops = [("windows", Desktop::Windows), ("macos", Desktop::Macos)];
    let shot = |(kind, window): &(&str, Window), (name, desktop): (&str, Desktop)| {
        let shot = Screenshot {
            desktop,
            heading: line("Überleitung Q1"),
            window: window.clone(),
            locale: "de-DE".to_owned(),
            computer: 7,
            variation: 3,
        };
        (format!("{kind}-{name}"), shot)
    };
    windows.iter().flat_map(|window| desktops.map(|desktop| shot(window, desktop))).collect()
}

/// What the charts of the samples are called.
pub(super) const TITLE: &str = "Cost by centre, EUR";

/// A chart of centres with so many series and categories.
fn many(series: usize, categories: usize) -> Chart {
    let facts = Facts::from([FactId(1)]);
    let names = ["Assembly Brno", "Machining", "Field service", "R&D", "Administration"];
    let values = |factor: usize| {
        let value = |at: usize| number(((at * 7 + factor * 3) % 11 + 3) as i64 * 4_115_255, 2, false);
        (0..categories).map(|at| (value(at), facts.clone())).collect()
    };
    Chart {
        kind: ChartKind::Column,
        title: TITLE.to_owned(),
        categories: names.iter().take(categories).map(|name| (*name).to_owned()).collect(),
        series: (0..series)
            .map(|at| Series { name: ["Actual", "Budget"][at % 2].to_owned(), values: values(at) })
            .collect(),
    }
}

/// The memo of another company in another hand, with a comment, a sentence put in and a paragraph struck out.
pub(super) fn marked() -> Doc {
    let mut doc = memo();
    let brand = &doc.properties.brand;
    doc.properties.brand = Arc::new(Brand {
        palette: Palette::named("rust").expect("it is one of the palettes"),
        heading_font: "Georgia".to_owned(),
        body_font: "Arial".to_owned(),
        footer: "Nordlicht Pumpen GmbH · Hafenstraße 12 · Leipzig".to_owned(),
        letterhead: Letterhead::Banded,
        ..(**brand).clone()
    });
    doc.properties.theme.clear();
    doc.properties.hand =
        Hand { numbered: true, bullet: '–', tables: Tables::Grid, justified: true, ..Hand::default() };
    let at = Moment(1_770_290_000);
    let revision = |deleted| Some(Arc::new(Revision { deleted, author: "Priya Nair".to_owned(), at }));
    let remark = Remark {
        author: "Priya Nair".to_owned(),
        initials: "PN".to_owned(),
        at,
        text: "Which postings are these? Please say <when> & who.".to_owned(),
        facts: [FactId(2)].into(),
    };
    let remark = Some(Arc::new(remark));
    let mut paragraphs = doc.blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph { runs } => Some(runs),
        _ => None,
    });
    let [_, first, second, last] = [(); 4].map(|()| paragraphs.next().expect("the memo has four paragraphs"));
    first.iter_mut().take(2).for_each(|run| run.remark = remark.clone());
    second.push(Run { text: " February will tell.".to_owned(), revision: revision(false), ..Run::default() });
    last.iter_mut().for_each(|run| run.revision = revision(true));
    doc.blocks.push(Block::Chart { chart: Arc::new(many(2, 4)) });
    doc
}

/// A number with a face.
pub(super) fn number(mantissa: i64, scale: u32, percent: bool) -> Number {
    Number { decimal: Decimal::new(mantissa, scale), places: scale as u8, percent }
}

fn cell(value: CellValue) -> Cell {
    Cell { value, facts: Some(Facts::from([FactId(3)])), ..Cell::default() }
}

/// A ledger of `rows` lines with a total, a summary with formulas and a chart.
pub(super) fn ledger(rows: usize) -> Book {
    Book { properties: properties(), sheets: vec![summary(rows), lines(rows), chart()].into() }
}

fn summary(rows: usize) -> Sheet {
    let total: i64 = (0..rows).map(amount).sum();
    let live = Cell {
        formula: Some(format!("SUM(Ledger!E2:E{})", rows + 1)),
        ..cell(CellValue::Number(number(total, 2, false)))
    };
    let share = Cell {
        formula: Some("IF(B2>0,\"over & <above>\",\"under\")".to_owned()),
        ..cell(CellValue::Text(Arc::from("over & <above>")))
    };
    let rows = vec![
        vec![Cell { bold: true, ..Cell::text("Summary") }],
        vec![Cell::text("Total opex"), live],
        vec![Cell::text("Share"), cell(CellValue::Number(number(123, 3, true)))],
        vec![Cell::text("Verdict"), share],
        vec![Cell::text("Checked"), cell(CellValue::Bool(true))],
        vec![Cell::text("At"), cell(CellValue::Moment(Moment(1_770_283_800)))],
        vec![Cell::text("Rate"), cell(CellValue::Number(number(333_333_333_333, 12, false)))],
    ];
    Sheet { name: "Summary".to_owned(), rows, ..Sheet::default() }
}

fn amount(row: usize) -> i64 {
    (row as i64 * 7_919) % 900_000 - 40_000 + row as i64
}

fn lines(count: usize) -> Sheet {
    let header = ["Month", "Date", "Centre", "Supplier", "Amount", "Share", "Quantity", "Open", "Text"];
    let mut rows = vec![header.iter().map(|name| Cell::text(name)).collect::<Vec<_>>()];
    for row in 0..count {
        rows.push(vec![
            cell(CellValue::Month(Month(2026 * 12 + (row % 12) as i32))),
            cell(CellValue::Date(Date(20_454 + row as i32 % 365))),
            cell(CellValue::Text(Arc::from(["4100", "4200", "5100", "6100"][row % 4]))),
            cell(CellValue::Text(Arc::from(format!("Supplier {} GmbH & Co. KG", row % 17)))),
            cell(CellValue::Number(number(amount(row), 2, false))),
            cell(CellValue::Number(number(row as i64 % 100, 2, true))),
            cell(CellValue::Number(number(row as i64 * 3, 0, false))),
            cell(CellValue::Bool(row % 3 == 0)),
            cell(CellValue::Text(Arc::from(format!(
                "Invoice {:05} for parts <{}>",
                10_000 + row * 37 % 9_000,
                row % 29
            )))),
        ]);
    }
    let total = (0..count).map(amount).sum();
    let sum =
        Cell { formula: Some(format!("SUM(E2:E{})", count + 1)), ..cell(CellValue::Number(number(total, 2, false))) };
    let mut last = vec![Cell::default(); 9];
    last[0] = Cell::text("Total");
    last[4] = sum;
    rows.push(last);
    Sheet { name: "Ledger".to_owned(), rows, header: true, total: true, ..Sheet::default() }
}

fn chart() -> Sheet {
    let facts = Facts::from([FactId(1)]);
    let values = |factor: i64| -> Vec<(Number, Facts)> {
        (1..=4).map(|n| (number(n * factor * 1_234_567, 2, false), facts.clone())).collect()
    };
    let chart = Chart {
        kind: ChartKind::Column,
        title: "Cost by centre".to_owned(),
        categories: ["Assembly Brno", "Machining", "Field service", "R&D"].map(str::to_owned).into(),
        series: vec![
            Series { name: "Budget".to_owned(), values: values(2) },
            Series { name: "Actual".to_owned(), values: values(3) },
        ],
    };
    Sheet::of_chart("By centre", chart)
}

/// The zone of the samples.
pub(super) fn zone() -> &'static Zone {
    Zone::named("Europe/Berlin").expect("the table of zones has Berlin")
}

fn jana() -> Mailbox {
    Mailbox { name: "Jana Krüger".to_owned(), email: "jana.krueger@nordlicht-pumpen.example".to_owned() }
}

fn priya() -> Mailbox {
    Mailbox { name: "Nair, Priya".to_owned(), email: "priya.nair@nordlicht-pumpen.example".to_owned() }
}

/// A thread of two messages, the second with attachments.
pub(super) fn mails() -> Vec<MailMessage> {
    let question = MailMessage {
        id: "0a1b2c@nordlicht-pumpen.example".to_owned(),
        at: Moment(1_772_442_720),
        zone: zone(),
        from: priya(),
        to: vec![jana()],
        cc: Vec::new(),
        subject: "Q1 reforecast".to_owned(),
        body: "Hello Jana,\n\nI need the Q1 reforecast by Friday.\n\nPriya\n".to_owned(),
        references: Vec::new(),
        attachments: Vec::new(),
    };
    let file = |name: &str, media_type: &str, content: &[u8]| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        content: Arc::from(content),
    };
    let answer = MailMessage {
        id: "0a1b2d@nordlicht-pumpen.example".to_owned(),
        at: Moment(1_775_121_000),
        from: jana(),
        to: vec![priya()],
        cc: (1..5).map(|n| Mailbox { name: format!("Colleague {n}"), email: format!("colleague{n}@nordlicht-pumpen.example") }).collect(),
        subject: "Re: Q1 reforecast – Überleitung für die Werke in Brno und Leipzig, mit allen offenen Punkten".to_owned(),
        body: "Hello Priya,\n\nFrom 45.300,00 € we come to 51.200,00 €.\nFrom here on it is a list; >From there too.\n>From a quote\n\nJana \n".to_owned(),
        references: vec![question.id.clone()],
        attachments: vec![file("Q1 reforecast.csv", "text/csv", b"a,b\n1,2\n"), file("Prüfung.bin", "application/octet-stream", &[0xFF; 200])],
        ..question.clone()
    };
    vec![question, answer]
}

/// A weekly series, a single event and a whole day.
pub(super) fn events() -> Vec<CalendarEvent> {
    let series = CalendarEvent {
        uid: "event.finance-weekly@nordlicht-pumpen.example".to_owned(),
        stamp: Moment(1_756_717_200),
        title: "Finance weekly; numbers, news".to_owned(),
        body: "Agenda:\n1. Close\n2. Forecast, including everything that Ostrava, Brno and Leipzig owe us – in euros"
            .to_owned(),
        place: "Room 4.12".to_owned(),
        organiser: Some(priya()),
        guests: vec![Guest { who: jana(), answer: Answer::Accepted }, Guest { who: priya(), answer: Answer::Open }],
        starts: (0..30).map(|week| Moment(1_756_720_800 + week * 604_800)).collect(),
        lasts: 1_800,
    };
    let single = CalendarEvent {
        uid: "event.pre-read@nordlicht-pumpen.example".to_owned(),
        title: "Board pre-read".to_owned(),
        starts: vec![Moment(1_774_274_400)],
        lasts: 3_600,
        ..series.clone()
    };
    let day = CalendarEvent {
        uid: "event.inventory@nordlicht-pumpen.example".to_owned(),
        title: "Inventory".to_owned(),
        starts: vec![Moment(1_774_310_400)],
        lasts: 172_800,
        ..series.clone()
    };
    vec![series, single, day]
}

/// Two people.
pub(super) fn contacts() -> Vec<Contact> {
    let card = |mailbox: Mailbox, given: &str, family: &str| Contact {
        uid: format!("persona.{given}@nordlicht-pumpen.example"),
        name: mailbox.name,
        given: given.to_owned(),
        family: family.to_owned(),
        email: mailbox.email,
        company: "Nordlicht Pumpen GmbH".to_owned(),
        role: "FP&A analyst; controlling".to_owned(),
        phone: "+1 202 555 0142".to_owned(),
        revised: Some(Moment(1_756_717_200)),
    };
    vec![card(jana(), "Jana", "Krüger"), card(priya(), "Priya", "Nair")]
}
