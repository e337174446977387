//! A small plan made by hand, for the tests of this folder: a memo, a workbook, a secret, one mail before the month and
//! one in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::look::Hand;
use crate::document::{Block, Book, Cell, CellValue, Doc, Facts, Properties, Run, Sheet};
use crate::plan::*;
use crate::source::Span;
use crate::value::zone::Zone;
use crate::value::{Date, FactId, Moment, Month, Number, Value, usual};

pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("the sample writes moments")
}

pub(crate) fn number(text: &str, places: u8) -> Number {
    Number { places, ..Number::parse(text).expect("the sample writes numbers") }
}

pub(crate) fn facts(ids: &[u32]) -> Facts {
    ids.iter().map(|id| FactId(*id)).collect()
}

pub(crate) fn words(text: &str) -> Words {
    Words { text: text.to_string(), spans: Vec::new() }
}

/// Facts 0 and 1 are amounts, 2 is the secret, 3 is a name.
pub(crate) fn plan() -> Plan {
    let fact = |address: &str, value, sealed, drawn| Fact {
        address: address.to_string(),
        value,
        sealed,
        drawn,
        declared: Span::default(),
    };
    Plan {
        world: world(),
        facts: vec![
            fact("budget[2026-01,4100].amount", Value::Number(number("212400", 0)), false, true),
            fact("budget[2026-02,4100].amount", Value::Number(number("198100", 0)), false, true),
            fact("accrual", Value::Number(number("47350", 0)), true, true),
            fact("persona[jana].name", Value::Text("Jana Kühn".into()), false, true),
        ],
        secrets: BTreeMap::new(),
        families: Vec::new(),
        knobs: BTreeMap::new(),
        people: vec![person("jana", "Jana", "Kühn"), teller()],
        documents: vec![memo(), budget(), held()],
        empty_folders: vec!["C/Users/jana/Downloads".to_string()],
        messages: vec![mail("hello", "2026-02-20 09:00"), mail("kickoff", "2026-03-02 09:12")],
        posts: vec![Post {
            address: "chat[1]".to_string(),
            channel: "finance".to_string(),
            from: 1,
            at: moment("2026-02-27 10:00"),
            body: words("Line 2 is running again."),
            when: None,
            background: true,
        }],
        events: vec![weekly()],
        changes: Vec::new(),
        objectives: Vec::new(),
        mess: vec![Mess { document: Some(1), kind: "duplicate".to_string(), of: Some(0), ..Mess::default() }],
        derivations: BTreeMap::new(),
        blind: [7; 32],
    }
}

fn world() -> World {
    World {
        name: "sample".to_string(),
        title: "A sample".to_string(),
        owner: 0,
        os: Os::Windows,
        locale: "de-DE".to_string(),
        language: "en".to_string(),
        timezone: "Europe/Berlin".to_string(),
        currency: "EUR".to_string(),
        month: Month(2026 * 12 + 2),
        starts: moment("2026-03-02 09:00"),
        ends: moment("2026-03-31 23:59:59"),
        holidays: vec![Date::parse("2026-03-20").expect("the sample writes dates")],
        company: "Nordlicht".to_string(),
        domain: "nordlicht.example".to_string(),
        home: "C/Users/jana".to_string(),
        costs: BTreeMap::new(),
    }
}

fn person(id: &str, first: &str, last: &str) -> Person {
    Person {
        id: id.to_string(),
        name: format!("{first} {last}"),
        first: first.to_string(),
        last: last.to_string(),
        initials: format!("{}{}", &first[..1], &last[..1]),
        email: format!("{id}@nordlicht.example"),
        account: id.to_string(),
        role: "Analyst".to_string(),
        company: "Nordlicht".to_string(),
        manager: None,
        tone: String::new(),
        replies: usual::REPLIES.0,
        hours: usual::HOURS,
        away: Vec::new(),
        tidiness: 700,
        sign_off: words(first),
        habits: Habits {
            hand: Hand::default(),
            lists: Lists::Marked('•'),
            names: Names::Numbers,
            quotes: true,
            typos: Number::ZERO,
        },
        about: BTreeMap::new(),
        tells: Vec::new(),
    }
}

fn teller() -> Person {
    let say = Words { text: "Please book 47.350 €.".to_string(), spans: vec![(12, 18, facts(&[2]))] };
    let asked = Check::Word { name: "asked".to_string(), of: None, arguments: vec![(None, text_check("accrual"))] };
    let tell = Tell {
        name: "accrual".to_string(),
        when: Some(asked),
        say,
        attach: vec![2],
        not_yet: None,
        reveals: vec![FactId(2)],
    };
    Person { tells: vec![tell], ..person("marek", "Marek", "Novák") }
}

fn text_check(text: &str) -> Check {
    Check::Known { value: Value::Text(text.into()), facts: facts(&[]) }
}

pub(crate) fn properties(title: &str) -> Properties {
    Properties {
        title: title.to_string(),
        author: "Jana Kühn".to_string(),
        email: "jana.kuehn@nordlicht.example".to_string(),
        company: "Nordlicht".to_string(),
        created: moment("2026-02-03 08:10"),
        modified: moment("2026-02-04 14:03"),
        zone: Zone::named("Europe/Berlin").expect("the table of zones has Berlin"),
        language: "en".to_string(),
        theme: String::new(),
        brand: std::sync::Arc::new(crate::document::look::Brand::plain("Nordlicht")),
        hand: crate::document::look::Hand::default(),
        addressee: None,
        scanned: false,
    }
}

pub(crate) fn run(text: &str, ids: &[u32]) -> Run {
    Run { text: text.to_string(), facts: (!ids.is_empty()).then(|| facts(ids)), ..Run::default() }
}

fn document(path: &str, stands: Standing, content: Content, declaration: &str) -> Document {
    Document {
        path: path.to_string(),
        stands,
        content: Arc::new(content),
        properties: properties("Close memo"),
        saved: moment("2026-02-04 14:03"),
        declaration: declaration.to_string(),
        path_facts: facts(&[]),
    }
}

/// A memo with a heading, a paragraph of several runs, a list and a table.
pub(crate) fn memo_doc() -> Doc {
    let cell = |text: &str, ids: &[u32]| vec![run(text, ids)];
    let item = |text: &str| vec![Block::Paragraph { runs: cell(text, &[]) }];
    Doc {
        properties: properties("Close memo"),
        blocks: vec![
            Block::Heading { level: 0, runs: cell("Close memo", &[]) },
            Block::Paragraph {
                runs: vec![run("January closed at ", &[]), run("212.400", &[0]), run(" for Brno.", &[])],
            },
            Block::List { ordered: false, start: 1, items: vec![item("one open point"), item("a second one")] },
            Block::Table {
                header: vec![cell("Month", &[]), cell("Amount", &[])],
                rows: vec![
                    vec![cell("January", &[]), cell("212.400", &[0])],
                    vec![cell("February", &[]), cell("198.100", &[1])],
                ],
                alignment: Vec::new(),
            },
        ],
    }
}

fn memo() -> Document {
    document("C/Users/jana/Documents/Close memo.docx", Standing::Disk, Content::Doc(memo_doc()), "memo[2026-01]")
}

/// A workbook with a header, two amounts with their facts, and a live total.
pub(crate) fn budget_book() -> Book {
    let text = |text: &str| Cell { value: CellValue::Text(text.into()), ..Cell::default() };
    let amount = |digits: &str, ids: &[u32]| Cell {
        value: CellValue::Number(number(digits, 0)),
        facts: Some(facts(ids)),
        ..Cell::default()
    };
    let total = Cell { formula: Some("SUM(B2:B3)".to_string()), ..amount("410500", &[0, 1]) };
    let rows = vec![
        vec![text("Month"), text("Amount")],
        vec![text("January"), amount("212400", &[0])],
        vec![text("February"), amount("198100", &[1])],
        vec![text("Total"), total],
    ];
    let sheet = Sheet { name: "Budget".to_string(), rows, header: true, total: true, ..Sheet::default() };
    Book { properties: properties("Budget"), sheets: vec![sheet].into() }
}

fn budget() -> Document {
    document("C/Users/jana/Documents/Budget.xlsx", Standing::Disk, Content::Book(budget_book()), "budget_file")
}

fn held() -> Document {
    let text = Words { text: "Accepted.\nAmount: 47.350\n".to_string(), spans: vec![(18, 24, facts(&[2]))] };
    document("acceptance.txt", Standing::Held(1), Content::Text(text), "acceptance")
}

fn mail(address: &str, at: &str) -> Message {
    Message {
        address: address.to_string(),
        from: Correspondent::Person(1),
        to: vec![Correspondent::Person(0)],
        cc: Vec::new(),
        at: moment(at),
        subject: words("The memo"),
        body: Words { text: "Is 212.400 final?\n".to_string(), spans: vec![(3, 10, facts(&[0]))] },
        attachments: if address == "hello" { vec![0] } else { Vec::new() },
        answers: None,
        when: None,
        background: false,
    }
}

fn weekly() -> Event {
    Event {
        address: "weekly".to_string(),
        title: words("Finance weekly"),
        body: words(""),
        who: vec![0, 1],
        at: vec![moment("2026-03-02 10:00"), moment("2026-03-09 10:00")],
        lasts: 1800,
        invited: moment("2026-03-02 09:00"),
        when: None,
    }
}
