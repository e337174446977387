//! Formulas against results that are known by hand.

use std::collections::BTreeMap;

use super::*;
use crate::document::place::parse_cell;
use crate::formats::read::workbook::{Cell, DefinedName, NamedTable, Sheet};
use crate::value::{Date, Time};

/// A workbook of sheets with cells: numbers, texts, and formulas behind `=`.
fn workbook(sheets: &[(&str, &[(&str, &str)])]) -> Workbook {
    let sheet = |(name, cells): &(&str, &[(&str, &str)])| {
        let cells = cells.iter().map(|(place, content)| {
            let cell = match content.strip_prefix('=') {
                Some(formula) => Cell { formula: Some(formula.into()), ..Cell::default() },
                None => Cell { value: value(content), ..Cell::default() },
            };
            (parse_cell(place).expect("the test writes cells"), cell)
        });
        Sheet { name: (*name).into(), cells: cells.collect(), ..Sheet::default() }
    };
    Workbook { sheets: sheets.iter().map(sheet).collect(), ..Workbook::default() }
}

fn value(text: &str) -> Value {
    Figure::parse(text).map_or_else(|| Value::Text(text.into()), Value::Number)
}

fn at(place: &str) -> At {
    let (row, column) = parse_cell(place).expect("the test writes cells");
    At { sheet: 0, row, column }
}

fn result(calculation: &Calculation, place: &str) -> String {
    match calculation.result(at(place)).expect("there is a formula") {
        Ok(value) => value.to_string(),
        Err(reason) => reason.to_string(),
    }
}

/// What `=formula` in Z99 of the first sheet comes to.
fn alone(formula: &str, cells: &[(&str, &str)]) -> String {
    let formula = format!("={formula}");
    let mut cells = cells.to_vec();
    cells.push(("Z99", &formula));
    result(&workbook(&[("S", &cells)]).calculated(None), "Z99")
}

#[test]
fn the_usual_functions_are_calculated() {
    let cells =
        [("A1", "10"), ("A2", "20"), ("A3", "30.5"), ("B1", "Rent"), ("B2", "Travel"), ("B3", "Rent"), ("C1", "46054")];
    for (formula, expected) in [
        ("SUM(A1:A3)", "60.5"),
        ("A1/3", "3.33333333333333"),
        ("0.1+0.2", "0.3"),
        ("ROUND(A3/7,2)", "4.36"),
        ("SUMIF(B1:B3,\"Rent\",A1:A3)", "40.5"),
        ("SUMIFS(A:A,B:B,\"Travel\")", "20"),
        ("VLOOKUP(\"x\",A1:B3,2,FALSE)", "#N/A"),
        ("INDEX(A1:A3,MATCH(\"Travel\",B1:B3,0))", "20"),
        ("IF(A1>5,\"yes\",\"no\")", "yes"),
        ("B1&\": \"&TEXT(A3,\"0.00\")", "Rent: 30.50"),
        ("SUMPRODUCT((B1:B3=\"Rent\")*A1:A3)", "40.5"),
        ("1/0", "#DIV/0!"),
        ("IFERROR(1/0,7)", "7"),
        ("YEAR(C1)*100+MONTH(C1)", "202602"),
        ("EOMONTH(C1,0)", "46081"),
        ("NETWORKDAYS(C1,C1+13)", "10"),
        ("COUNTA(A1:B3)", "6"),
        ("AVERAGE(A1:A3)", "20.1666666666667"),
        ("_xlfn.XLOOKUP(\"Travel\",B1:B3,A1:A3)", "20"),
        ("SUBTOTAL(9,A1:A3)", "60.5"),
        ("ROUND(PMT(5%/12,12,-1000),6)", "85.607482"),
        ("A1=10", "TRUE"),
        ("MAX(A1:A3)-MIN(A1:A3)", "20.5"),
        ("-A1^2", "100"),
        ("LET(x,A1,x*2)", "20"),
        ("SUM(A1:A3,5)%", "0.655"),
    ] {
        assert_eq!(alone(formula, &cells), expected, "{formula}");
    }
}

#[test]
fn what_cannot_be_known_is_refused_with_its_reason() {
    for (formula, expected) in [
        ("RAND()*A1", "it depends on chance"),
        ("TODAY()-A1", "it depends on the clock"),
        ("[1]Budget!A1+1", "it reads another file"),
        ("CUBEVALUE(\"x\")", "CUBEVALUE is not covered"),
        ("SUM(OFFSET(B1,0,0,1048576,16000)*1)", "OFFSET is not covered"),
        (&format!("{}1", "-".repeat(8_000)), "it is no formula that can be read"),
        (&format!("1{}", "^1".repeat(4_000)), "it is no formula that can be read"),
        ("SEQUENCE(1000000,1000)", "SEQUENCE is not covered"),
        ("Z99+1", "it depends on itself"),
        ("((1", "it is no formula that can be read"),
        ("SUM(A1:A1048576*A1:XFD1)", "it reads more than 4000000 cells"),
    ] {
        assert_eq!(alone(formula, &[("A1", "1")]), expected, "{formula}");
    }
}

#[test]
fn of_a_large_area_only_what_is_used_is_calculated() {
    let cells = [
        ("A1", "=SUM(A2:XFD1048576*1)"),
        ("A2", "5"),
        ("C9", "3"),
        ("D1", "=ROWS(F:XFD)"),
        ("E1", "=ROWS(A:A)"),
        ("F1", "=VLOOKUP(5,A2:XFC1048576,7,FALSE)"),
    ];
    let calculation = workbook(&[("S", &cells)]).calculated(None);
    let results = ["A1", "D1", "E1", "F1"].map(|place| result(&calculation, place));
    let refused = "it reads more than 250000 cells".to_owned();
    assert_eq!(results, ["8".to_owned(), refused.clone(), refused, "0".to_owned()]);
}

#[test]
fn dates_are_not_calculated_where_days_count_from_1904() {
    let mut book = workbook(&[("S", &[("A1", "44592"), ("A2", "=YEAR(A1)"), ("A3", "=A1+1")])]);
    book.from_1904 = true;
    let calculation = book.calculated(None);
    assert_eq!(result(&calculation, "A2"), "its days count from 1904, which is not covered");
    assert_eq!(result(&calculation, "A3"), "44593");
}

#[test]
fn the_time_of_the_story_may_be_asked_for() {
    let book = workbook(&[("S", &[("A1", "=TODAY()"), ("A2", "=HOUR(NOW())")])]);
    let now =
        Moment::new(Date::from_ymd(2026, 3, 2).expect("it is a day"), Time::new(10, 30, 0).expect("it is a time"));
    let calculation = book.calculated(Some(now));
    assert_eq!((result(&calculation, "A1"), result(&calculation, "A2")), ("46083".to_owned(), "10".to_owned()));
}

#[test]
fn rings_and_what_rests_on_them_are_not_calculated() {
    let book = workbook(&[("S", &[("A1", "=B1+1"), ("B1", "=C1"), ("C1", "=A1"), ("D1", "=A1*2"), ("E1", "=1+1")])]);
    let calculation = book.calculated(None);
    for ring in ["A1", "B1", "C1"] {
        assert_eq!(result(&calculation, ring), "it depends on itself", "{ring}");
    }
    assert_eq!(result(&calculation, "D1"), "it rests on A1 of sheet 1, which is not calculated");
    assert_eq!(result(&calculation, "E1"), "2");
}

#[test]
fn texts_that_double_row_by_row_are_stopped() {
    let cells: Vec<(String, String)> = (2..60).map(|row| (format!("A{row}"), format!("=A{0}&A{0}", row - 1))).collect();
    let mut all: Vec<(&str, &str)> = cells.iter().map(|(place, formula)| (place.as_str(), formula.as_str())).collect();
    all.push(("A1", "something"));
    let calculation = workbook(&[("S", &all)]).calculated(None);
    assert_eq!(result(&calculation, "A3").len(), 36);
    assert!(result(&calculation, "A59").starts_with("it rests on"));
    assert!((2..60).any(|row| result(&calculation, &format!("A{row}")) == "its text would be too long"));
}

#[test]
fn long_chains_need_no_stack() {
    let cells: Vec<(String, String)> = (2..20_000).map(|row| (format!("A{row}"), format!("=A{}+1", row - 1))).collect();
    let mut all: Vec<(&str, &str)> = cells.iter().map(|(place, formula)| (place.as_str(), formula.as_str())).collect();
    all.push(("A1", "1"));
    let book = workbook(&[("S", &all)]);
    assert_eq!(result(&book.calculated(None), "A19999"), "19999");
    assert!(book.precedents(at("A19999")).contains(at("A1")));
}

#[test]
fn names_tables_and_other_sheets_are_looked_up() {
    let mut book = workbook(&[
        (
            "Summary",
            &[
                ("A1", "=SUM(Costs[Amount])*rate"),
                ("A2", "=SUM('Plan 2026:Actual'!B2)"),
                ("A3", "=Costs[[#Totals],[Amount]]"),
                ("A4", "=total"),
                ("A5", "=missing"),
            ],
        ),
        ("Plan 2026", &[("A1", "Key"), ("B1", "Amount"), ("B2", "5"), ("B3", "7"), ("B4", "=SUM(B2:B3)")]),
        ("Actual", &[("B2", "100")]),
    ]);
    let name =
        |name: &str, formula: &str| DefinedName { name: name.to_owned(), sheet: None, formula: formula.to_owned() };
    book.names = vec![name("rate", "1+19%"), name("total", "'Plan 2026'!$B$2:$B$3"), name("total2", "SUM(total)")];
    book.tables = vec![NamedTable {
        name: "Costs".to_owned(),
        area: area("A1:B4", 1).expect("it is an area"),
        columns: vec!["Key".to_owned(), "Amount".to_owned()],
        headers: 1,
        totals: 1,
    }];
    let calculation = book.calculated(None);
    assert_eq!(result(&calculation, "A1"), "14.28");
    assert_eq!(result(&calculation, "A2"), "105");
    assert_eq!(result(&calculation, "A3"), "12");
    assert_eq!(result(&calculation, "A5"), "#NAME?");
    let precedents = book.precedents(at("A1"));
    assert!(
        precedents.contains(At { sheet: 1, row: 1, column: 1 })
            && !precedents.contains(At { sheet: 2, row: 1, column: 1 })
    );
}

#[test]
fn shifting_an_input_shifts_what_rests_on_it_and_nothing_else() {
    let book = workbook(&[(
        "S",
        &[("A1", "10"), ("A2", "20"), ("B1", "=A1+A2"), ("B2", "=B1*2"), ("B3", "=60+0"), ("B4", "=A2")],
    )]);
    let before = book.calculated(None);
    let after = book.recalculated(&BTreeMap::from([(at("A1"), value("17"))]), None);
    assert_eq!((result(&before, "B2"), result(&after, "B2")), ("60".to_owned(), "74".to_owned()));
    assert_eq!((result(&before, "B3"), result(&after, "B3")), ("60".to_owned(), "60".to_owned()));
    assert_eq!(result(&after, "B4"), "20");
    assert!(book.precedents(at("B2")).contains(at("A1")) && book.precedents(at("B3")).is_empty());
    assert!(!book.precedents(at("B4")).contains(at("A1")));
}

#[test]
fn cached_values_agree_or_not() {
    let mut book = workbook(&[(
        "S",
        &[("A1", "0.1"), ("A2", "0.2"), ("B1", "=A1+A2"), ("B2", "=A1+A2-0.3"), ("B3", "=A1*3"), ("B4", "=A1")],
    )]);
    for (place, cached) in [("B1", "0.30000000000000004"), ("B2", "5.55111512312578E-17"), ("B3", "0.31")] {
        let (row, column) = parse_cell(place).expect("it is a cell");
        book.sheets[0].cells.get_mut(&(row, column)).expect("it is there").value = value(cached);
    }
    let calculation = book.calculated(None);
    let agrees = |place| book.agrees(at(place), &calculation);
    assert_eq!((agrees("B1"), agrees("B2"), agrees("B3"), agrees("B4")), (Some(true), Some(true), Some(false), None));
}

#[test]
fn formulas_for_areas_fill_them() {
    let mut book = workbook(&[("S", &[("A1", "1"), ("A2", "2"), ("B1", "=A1:A2*10"), ("C1", "=SUM(B1:B2)")])]);
    book.sheets[0].cells.get_mut(&(0, 1)).expect("it is there").fills = Some((2, 1));
    let calculation = book.calculated(None);
    assert_eq!((result(&calculation, "B2"), result(&calculation, "C1")), ("20".to_owned(), "30".to_owned()));
}
