//! Plans of small specs held in memory.

use std::collections::BTreeMap;

use super::{Check, Content, DeliverTarget, Plan, plan};
use crate::diag::Diagnostics;
use crate::document::Block;
use crate::settings::Settings;
use crate::value::Value;

const WORLD: &str = "worldspec 1\n\
    world w \"W\" { owner = jana  os = \"windows\"  locale = \"de-DE\"  language = \"en\"  timezone = \"Europe/Berlin\"\n\
      currency = \"EUR\"  month = 2026-03  company = \"Nordlicht\"  domain = \"nordlicht.example\" }\n\
    persona jana { name = \"Jana Berg\" }\n";

/// Plans a spec whose world block and owner stand before it; `secret` declarations alone are sealed.
fn planned(rest: &str) -> Result<Plan, Diagnostics> {
    let files = BTreeMap::from([("w.world".to_string(), format!("{WORLD}{rest}").into_bytes())]);
    let (program, found) = crate::resolve::resolve("w.world", &files);
    let program = program.filter(|_| !found.has_errors()).unwrap_or_else(|| panic!("{}", found.picture(false)));
    plan(&program, &|_, _| false, &Settings::seed(7))
}

fn good(rest: &str) -> Plan {
    planned(rest).unwrap_or_else(|found| panic!("{}", found.picture(false)))
}

/// The sentences of an objective that asks for one document with these checks.
fn sentences(facts: &str, checks: &str) -> Vec<String> {
    let plan = good(&format!(
        "{facts}\npersona priya {{ name = \"Asha Rao\" }}\n\
         mail ask {{ from = priya  at = wd1 09:00  subject = \"Q1\"  body = \"Please.\" }}\n\
         objective o {{ brief = ask  due = wd9 17:00  deliver memo \"Documents/Memo.docx\" {{ {checks} }} }}"
    ));
    plan.objectives[0].delivers[0].checks.iter().map(|judged| judged.sentence.clone()).collect()
}

#[test]
fn checks_hold_the_values_of_the_seed() {
    let plan = good(
        "table t { | code | v | \n | \"a\" | 1.25 | \n | \"b\" | 2 | }\nlet limit = 400\n\
         mail ask { from = jana  at = wd1 09:00  body = \"Please.\" }\n\
         objective o { brief = ask  due = wd9 17:00  deliver memo \"Documents/Memo.docx\" { weight = 2\n\
           check value(\"Total\") == sum(t.v)\n\
           check each(x in t where x.v > 0: lookup(\"S\", x.code, \"V\") == x.v within 1%)\n\
           check words in limit..900 and not mentions(limit) }\n\
           check untouched(\"Documents/2025/**\") }",
    );
    let objective = &plan.objectives[0];
    assert_eq!(objective.brief, Some(0));
    let deliver = &objective.delivers[0];
    assert!(matches!(&deliver.target, DeliverTarget::File(path) if path == "C/Users/jana/Documents/Memo.docx"));
    let Check::Compare { operator, right, within, .. } = &deliver.checks[0].check else { panic!("a comparison") };
    let Check::Known { value, facts } = &**right else { panic!("a known total") };
    let number = |text: &str| Value::Number(crate::value::Number::parse(text).expect("a number"));
    assert_eq!((operator.as_str(), value), ("==", &number("3.25")));
    assert_eq!(within.as_ref(), Some(&number("0.005")));
    assert_eq!(facts.len(), 2);
    let Check::Each(members) = &deliver.checks[1].check else { panic!("members") };
    assert_eq!(members.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let Check::Compare { within: Some(Value::Number(part)), .. } = &members[0].1 else { panic!("a comparison") };
    assert!(part.percent);
    let Check::All(parts) = &deliver.checks[2].check else { panic!("both") };
    assert!(matches!(&parts[0], Check::Compare { operator, right, .. } if operator == "in"
        && matches!(&**right, Check::Known { value: Value::Interval(_), .. })));
    assert!(matches!(&parts[1], Check::Not(_)));
    let Check::Word { name, arguments, .. } = &objective.guards[0].check else { panic!("a word") };
    assert_eq!(name, "untouched");
    assert!(matches!(&arguments[0].1, Check::Known { value: Value::Text(path), .. }
        if &**path == "C/Users/jana/Documents/2025/**"));
}

#[test]
fn a_topic_is_more_than_a_drawn_name() {
    let world = |topic: &str| {
        planned(&format!(
            "persona priya {{ name ~ pick([\"Asha Price\"])  tell t {{ when = asked(\"{topic}\")  say = \"Yes.\" }} }}"
        ))
    };
    let codes = world("prices").err().map(|found| found.list.iter().map(|finding| finding.code).collect::<Vec<_>>());
    assert_eq!(codes, Some(vec!["E0515"]));
    assert!(world("price list").is_ok());
}

#[test]
fn conditions_of_messages_stay_open() {
    let plan = good(
        "persona priya { name = \"Asha Rao\"  tell t { when = asked(\"accrual\", \"line 2\") and now >= wd4  say = \"Yes.\" } }\n\
         mail ask { from = priya  at = wd1 09:00  body = \"Please.\" }\n\
         mail nudge { re = ask  from = priya  at = wd10 08:30  when = not met(o.draft)  body = \"Where is it?\" }\n\
         objective o { brief = ask  due = wd12 17:00  deliver memo \"Memo.docx\" { check words >= 10 }\n\
           deliver pack \"Pack.docx\" { check memo.words < words }\n\
           milestone draft { by = due - 2d  check sent(to: priya, attached: memo) } }",
    );
    let nudge = plan.messages.iter().find(|message| message.address == "nudge").expect("it is planned");
    assert!(
        matches!(&nudge.when, Some(Check::Not(inner)) if matches!(&**inner, Check::Word { name, .. } if name == "met"))
    );
    let tell = &plan.people[1].tells[0];
    let Some(Check::All(parts)) = &tell.when else { panic!("both") };
    assert!(matches!(&parts[1], Check::Compare { operator, .. } if operator == ">="));
    let Check::Compare { left, .. } = &plan.objectives[0].delivers[1].checks[0].check else { panic!("a comparison") };
    assert!(matches!(&**left, Check::Word { of: Some(of), .. } if of == "o.memo"));
    assert_eq!(plan.objectives[0].milestones[0].by.to_string(), "2026-03-15 17:00");
}

#[test]
fn tells_name_the_secrets_they_print() {
    let plan = good(
        "secret accrual ~ between(1000, 9000, step: 50)\nlet open = 5\n\
         template form(x) { body = \"Worth {{ x | money }}.\" }\n\
         persona priya { name = \"Asha Rao\"  file held \"Form.pdf\" { from = form(accrual)  saved = 2026-02-03 }\n\
           tell a { when = asked(\"accrual\")  say = \"It is {{ accrual | money }}, and {{ open }}.\" }\n\
           tell b { when = asked(\"form\")  attach = [held]  say = \"See there.\" }\n\
           tell c { when = asked(\"else\")  say = \"Only {{ open }}.\" } }",
    );
    let revealed = |tell: usize| -> Vec<&str> {
        let facts = plan.people[1].tells[tell].reveals.iter();
        facts.map(|fact| plan.facts[fact.0 as usize].address.as_str()).collect()
    };
    assert_eq!(revealed(0), ["accrual"]);
    assert_eq!(revealed(1), ["accrual"]);
    assert!(revealed(2).is_empty());
}

#[test]
fn a_trap_is_a_world_with_other_facts() {
    let spec = |trap: &str| {
        format!(
            "secret accrual ~ between(40000, 60000, step: 50)\n\
             table vo {{ | n | raised | agreed | \n | 1 | 500 | none | \n | 2 | 700 | 300 | }}\n\
             let agreed = sum(vo.agreed)\nlet total = 1_000_000 + accrual\n\
             mail ask {{ from = jana  at = wd1 09:00  body = \"Please.\" }}\n\
             objective o {{ brief = ask  due = wd9 17:00  deliver memo \"Memo.docx\" {{\n\
               check states(\"total\", total)  check states(\"agreed\", agreed) }}  {trap} }}"
        )
    };
    let plan = good(&spec("trap no_accrual \"did not ask\" { accrual = 0 }"));
    assert_eq!(plan.objectives[0].traps[0].replaces.len(), 1);
    assert_eq!(plan.objectives[0].traps[0].replaces[0].0, "accrual");
    let plan = good(&spec("trap unsigned \"counts all\" { vo { agreed = raised } }"));
    let addresses: Vec<&str> =
        plan.objectives[0].traps[0].replaces.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses, ["vo[1].agreed", "vo[2].agreed"]);
    let found = planned(&spec("trap close \"nearly right\" { accrual = accrual + 1 }")).expect_err("too close");
    assert_eq!(found.list[0].code, "E0513");
    assert!(found.list[0].message.contains("`close`"), "{}", found.list[0].message);
}

#[test]
fn a_brief_says_what_is_graded() {
    let plan = good(
        "let limit = 900\npersona priya { name = \"Asha Rao\"  sign_off = \"\" }\n\
         mail ask { from = priya  at = wd1 09:00  body = \"Please.\" }\n\
         objective o { brief = ask  due = wd9 17:00\n\
           deliver memo \"Documents/Finance/Memo.docx\" { check words in 400..limit }\n\
           deliver cover { to = [priya]  check attached(memo) }\n\
           deliver call { who = [priya]  at = wd5..wd6  check lasts >= 30m }\n\
           milestone draft { by = wd5 12:00  check sent(to: priya, attached: memo) } }",
    );
    let body = &plan.messages[0].body;
    assert_eq!(
        body.text,
        "Please.\n\nTo hand in by 12 March 2026, 17:00:\n\
         - Documents\\Finance\\Memo.docx (400 to 900 words)\n\
         - a mail to Asha Rao\n\
         - a meeting with Asha Rao between 6 March 2026 and 9 March 2026 (at least 30 minutes)\n\
         On the way:\n\
         - draft by 6 March 2026, 12:00, a mail to Asha Rao with Memo.docx"
    );
    let printed = |from: u32, to: u32| &body.text[from as usize..to as usize];
    let known: Vec<(&str, &str)> = body
        .spans
        .iter()
        .filter_map(|(from, to, facts)| {
            facts.first().map(|fact| (printed(*from, *to), plan.facts[fact.0 as usize].address.as_str()))
        })
        .collect();
    assert!(known.contains(&("12 March 2026, 17:00", "o.due")), "{known:?}");
    assert!(known.contains(&("400 to 900", "limit")), "{known:?}");
    assert!(known.contains(&("Asha Rao", "priya.name")), "{known:?}");
}

#[test]
fn checks_read_as_sentences() {
    let facts = "let total = 2_004_113.52\nlet list_of = [\"A\", \"B\"]\n\
                 template t { body = \"x\" }\nfile reg \"Documents/Register.docx\" { from = t  saved = 2026-01-05 }";
    let said = sentences(
        facts,
        "check value(\"Total opex\") == total within 1\n\
         check value(\"Reforecast\", row: \"Brno\") != 0\n\
         check lookup(\"By centre\", \"4100\", \"Title\") == none\n\
         check is_live(\"Total\", from: [\"Run rate\", \"Accrual\"])\n\
         check states(\"accrual\", total) and not mentions(priya)\n\
         check words in 400..900\n\
         check same_rows(reg, except: [4])\n\
         check sent(to: priya, attached: memo, by: wd4)\n\
         check never_sent(memo, to: outside)\n\
         check filed(memo, under: \"Documents/Reports\")\n\
         check each(x in list_of: section(x))\n\
         check replied(ask, by: wd2)",
    );
    assert_eq!(
        said,
        [
            "*Total opex* must be 2,004,113.52 ± 1",
            "*Reforecast* of Brno must not be 0",
            "*Title* of 4100 on sheet *By centre* must be empty",
            "*Total* must be a formula that follows Run rate and Accrual",
            "must state *accrual* as 2,004,113.52 and must not mention Asha Rao",
            "must have 400 to 900 words",
            "must have all rows of Register.docx except 4",
            "a mail to Asha Rao with Memo.docx must be sent by 5 March 2026",
            "Memo.docx must not be sent to anybody outside the company",
            "Memo.docx must stand below Documents/Reports",
            "each of 2 earns its part: A: must have a section *A*; B: must have a section *B*",
            "the mail \"Q1\" must be answered by 3 March 2026",
        ]
    );
}

#[test]
fn what_counts_may_not_stand_on_the_run() {
    let found = planned(
        "mail ask { from = jana  at = wd1 09:00  body = \"Please.\" }\n\
         objective o { brief = ask  due = wd9 17:00  deliver memo \"Memo.docx\" { check count(x in [1, 2]: mentions(x)) > 1 } }",
    );
    assert_eq!(found.expect_err("it cannot be counted").list[0].code, "E0210");
}

#[test]
fn names_that_no_program_could_hold_are_refused_before_there_are_bytes() {
    let book = |sheet: &str| {
        format!(
            "table t {{ | n | m |\n | 1 | 2 | }}\ntemplate book {{ sheet \"{sheet}\" {{ rows = t  columns = {{ \"N\": m }} }} }}\n\
             folder \"Documents\" {{ file \"b.xlsx\" {{ from = book  saved = 2026-02-27 }} }}\n"
        )
    };
    let code = |rest: &str| planned(rest).err().map(|found| found.list[0].code);
    assert_eq!(code(&book("Plan")), None);
    for sheet in ["Plan/actual", "a name of more than thirty-one letters", "History", "'Plan'"] {
        assert_eq!(code(&book(sheet)), Some("E0222"), "{sheet}");
    }
}

#[test]
fn a_zone_or_currency_that_is_in_no_table_is_named() {
    for (property, known, unknown) in [("timezone", "Europe/Berlin", "Europe/Berln"), ("currency", "EUR", "EURO")] {
        let text = WORLD.replace(&format!("\"{known}\""), &format!("\"{unknown}\""));
        let files = BTreeMap::from([("w.world".to_string(), text.into_bytes())]);
        let program = crate::resolve::resolve("w.world", &files).0.expect("names of zones are looked up later");
        let found = plan(&program, &|_, _| false, &Settings::seed(7)).expect_err("nobody knows it");
        assert_eq!((found.list[0].code, property), ("E0121", property), "{}", found.picture(false));
    }
}

/// What an expression is worth in the world of a trap: the trap is told from the truth only if it is `wrong` there.
fn trapped(expr: &str, truth: &str, wrong: &str) {
    let plan = |aim: &str| {
        planned(&format!(
            "table vo {{ | n | value | agreed |\n | 1 | 100 | none |\n | 2 | 250 | 2026-01-09 |\n | 3 | 70 | none |\n | 4 | 7 | 2026-02-01 | }}\n\
             table signed for v in vo where v.agreed != none {{ fee ~ between(5, 5)  gross = v.value + fee  rank = v.n }}\n\
             table late for s in signed where s.v.agreed > 2026-01-31, k in 1..2 {{ part = k * s.gross }}\n\
             let gross_of(v) = sum(x in signed where x.v == v: x.gross)\n\
             let total(t) = sum(x in t: x.gross)\n\
             let best = last(signed, by: gross)\n\
             let waved ~ pick(vo where agreed == none)\n\
             let hit = if({expr} == {aim}, 1, 0)\n\
             mail ask {{ from = jana  at = wd1 09:00  body = \"Please.\" }}\n\
             objective o {{ brief = ask  due = wd9 17:00\n\
               deliver memo \"Memo.docx\" {{ check value(\"Hit\") == hit }}\n\
               trap unsigned \"counts what nobody signed\" {{ vo {{ agreed = if(agreed == none, 2026-02-15, none) }} }} }}"
        ))
    };
    assert!(plan(wrong).is_ok(), "{expr} is not {wrong} in the world of the trap: {:?}", plan(wrong).err());
    assert!(plan(truth).is_ok(), "{expr} is not {truth} in truth");
    assert!(plan("-1").is_err(), "a value that is neither tells nothing");
}

/// The trap turns the rows around: what was signed is not, and the other way round.
#[test]
fn tables_have_other_rows_in_the_world_of_a_trap() {
    for (expr, truth, wrong) in [
        ("sum(signed.gross)", "267", "180"),
        ("total(signed)", "267", "180"),
        ("total(signed where gross > 100)", "255", "105"),
        ("best.v.n", "2", "1"),
        ("sum(late.part)", "36", "540"),
        ("sum(late(k: 2).part)", "24", "360"),
        ("sum(x in vo: gross_of(x))", "267", "180"),
        ("gross_of(vo(1))", "0", "105"),
        ("gross_of(vo(2))", "255", "0"),
        ("if(exists(signed(vo(3))), 1, 0)", "0", "1"),
        ("first(signed.rank)", "2", "1"),
        ("if(waved.agreed == none, 1, 0)", "1", "0"),
    ] {
        trapped(expr, truth, wrong);
    }
}

const COSTS: &str = "table cost {\n | code | site | actual | budget |\n | \"a\" | \"Brno\" | 4 | 5 |\n | \"b\" | \"Brno\" | 2 | 3 |\n | \"c\" | \"Leipzig\" | 1 | 1 | }\n";

#[test]
fn charts_of_a_body_sum_their_rows_and_keep_the_facts_of_each_point() {
    let plan = good(&format!(
        "{COSTS}template pack {{ body = \"\"\"\n  ## Brno leads\n\n  ![{{{{ chosen }}}}](chart)\n  \"\"\"\n\
         chart \"By site\" {{ kind = \"bar\"  rows = cost  by = site  value = {{ \"Actual\": actual, \"Budget\": budget }} }} }}\n\
         let chosen = \"By site\"\nfile \"Pack.pptx\" {{ from = pack  saved = 2026-01-15 }}"
    ));
    let super::Content::Doc(doc) = &*plan.documents[0].content else { panic!("a deck") };
    let Some(crate::document::Block::Chart { chart }) = doc.blocks.last() else { panic!("{:?}", doc.blocks) };
    assert_eq!(
        (chart.title.as_str(), chart.categories.as_slice()),
        ("By site", &["Brno".into(), "Leipzig".into()][..])
    );
    let series = chart.series.iter().map(|series| {
        let values = series.values.iter().map(|(number, facts)| format!("{} of {}", number.canonical(), facts.len()));
        format!("{}: {}", series.name, values.collect::<Vec<_>>().join(", "))
    });
    assert_eq!(series.collect::<Vec<_>>(), ["Actual: 6 of 2, 1 of 1", "Budget: 8 of 2, 1 of 1"]);
}

#[test]
fn a_slide_that_a_seed_makes_too_long_is_shown_in_its_template() {
    let body = "# Pack\n\n  {% for x in cost %}\n  ## Site {{ x.site }}\n\n  {% for y in cost %}\n  - {{ y.actual }}\n  - {{ y.budget }}\n  - {{ y.code }}\n  - {{ y.site }}\n  {% endfor %}\n  {% endfor %}";
    let found = planned(&format!(
        "{COSTS}template pack {{ title = \"Pack\"  body = \"\"\"\n  {body}\n  \"\"\" }}\nfile \"Pack.pptx\" {{ from = pack  saved = 2026-01-15 }}"
    ));
    let found = found.expect_err("twelve lines are too many");
    let picture = found.picture(false);
    assert_eq!(found.list[0].code, "E0225", "{picture}");
    assert!(picture.contains("slide 2, \"Site Brno\", cannot be shown: it has 12 lines"), "{picture}");
    assert!(picture.contains("|   ## Site {{ x.site }}\n   |   ^^^^^^^^"), "{picture}");
}

#[test]
fn a_title_stands_as_it_is_with_its_facts() {
    let plan = good(
        "let firm = \"A*B* & [Co]\"\ntemplate offer { title = \"Offer of {{ firm }}\"  body = \"Dear {{ firm }}\" }\n\
         file \"Documents/Offer.docx\" { from = offer  saved = 2026-02-03 10:30 }",
    );
    let Content::Doc(doc) = &*plan.documents[0].content else { panic!("a document") };
    let Block::Heading { level: 0, runs } = &doc.blocks[0] else { panic!("a title") };
    assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(), ["Offer of ", "A*B* & [Co]"]);
    assert_eq!(runs.iter().map(|run| run.facts.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(doc.properties.title, "Offer of A*B* & [Co]");
}

#[test]
fn a_text_without_template_becomes_what_its_format_holds() {
    let file = |name: &str| planned(&format!("file \"{name}\" {{ from = \"One *two*.\"  saved = 2026-02-03 }}"));
    assert!(matches!(&*file("a.docx").expect("prose").documents[0].content, Content::Doc(_)));
    assert!(matches!(&*file("a.csv").expect("text").documents[0].content, Content::Text(_)));
    let refused = file("a.xlsx").expect_err("no sheet");
    assert_eq!(refused.list[0].code, "E0220");
}

/// A mail on the disk is from its author to the owner; her own has nobody whom it is known to be for.
#[test]
fn a_mail_is_kept_as_a_file() {
    let plan = good(
        "persona priya { name = \"Asha Rao\" }\nlet cost = 12.50\n\
         template offer { title = \"Offer at {{ cost }}\"  body = \"# Offer at {{ cost }}\\n\\nDear Jana,\\n\\nit costs {{ cost }}.\" }\n\
         file \"Documents/Offer.eml\" { from = offer  saved = 2026-02-03 10:30  author = priya }\n\
         file \"Documents/Own.eml\" { from = offer  saved = 2026-02-03 10:30 }",
    );
    let mails = plan.documents.iter().map(|document| match &*document.content {
        Content::Doc(doc) => {
            (doc, String::from_utf8(crate::formats::render_doc(doc, "eml").expect("mail")).expect("ASCII"))
        }
        _ => panic!("prose"),
    });
    let [(doc, offer), (_, own)] = mails.collect::<Vec<_>>().try_into().expect("two mails");
    let lines: Vec<&str> = offer.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "From: Asha Rao <asha.rao@nordlicht.example>",
            "To: Jana Berg <jana.berg@nordlicht.example>",
            "Subject: Offer at 12,50",
            "Date: Tue, 03 Feb 2026 10:30:00 +0100"
        ]
    );
    assert_eq!(lines[lines.len() - 3..], ["Dear Jana,", "", "it costs 12,50."]);
    assert!(own.starts_with("From: Jana Berg <jana.berg@nordlicht.example>\r\nSubject: "));
    let places = crate::formats::doc_places(doc, "eml").into_iter().map(|(place, _)| place.to_string());
    assert_eq!(places.collect::<Vec<_>>(), ["subject", "l3"]);
}

#[test]
fn a_broken_cell_breaks_what_is_calculated_from_it() {
    let plan = good(
        "table cost { | code | amount | \n | \"A\" | 12 | \n | \"B\" | 30 | }\n\
         template book {\n\
           sheet \"Costs\" { rows = cost  columns = { \"Code\": code, \"Amount\": amount, \"Twice\": live(2 * col(\"Amount\")) }\n\
             total = [\"Amount\", \"Twice\"]  errors = { \"B3\": \"#N/A\" }  formats = { \"Amount\": \"money(0)\" }\n\
             notes = { \"Amount\": \"{{ cost(\\\"A\\\").amount }} of it is ours\" }  highlight = { \"Twice\": col(\"Twice\") > col(\"Amount\") } }\n\
           sheet \"Sum\" { cells = { \"A1\": live(count(col(\"Costs\", \"Amount\"))), \"A2\": live(max(col(\"Costs\", \"Twice\"))) }\n\
             names = { \"Biggest\": \"A2\" }  hidden = yes }\n\
         }\nfile \"Costs.xlsx\" { from = book  saved = 2026-02-26 }",
    );
    let Content::Book(book) = &*plan.documents[0].content else { panic!("sheets make a workbook") };
    let shown = |sheet: usize, row: usize, column: usize| format!("{:?}", book.sheets[sheet].rows[row][column].value);
    assert_eq!((shown(0, 1, 2), shown(0, 2, 1)), (shown(0, 1, 2), "Error(NotAvailable)".to_owned()));
    for broken in [shown(0, 2, 2), shown(0, 3, 1), shown(0, 3, 2), shown(1, 1, 0)] {
        assert_eq!(broken, "Error(NotAvailable)");
    }
    assert!(shown(1, 0, 0).contains("decimal: 1"), "the broken cell is not counted: {}", shown(1, 0, 0));
    let costs = &book.sheets[0];
    assert_eq!(costs.rows[2][1].formula.as_deref(), Some("30+NA()"));
    assert_eq!(costs.rows[3][1].format.as_deref(), Some("#,##0\"\u{a0}€\""));
    assert_eq!((costs.notes[0].text.as_str(), costs.notes[0].facts.is_some()), ("12 of it is ours", true));
    assert!(matches!(&costs.highlights[0].rule, crate::document::Rule::Where(formula) if formula == "C2>B2"));
    assert!(book.sheets[1].hidden && book.sheets[1].names[0].0 == "Biggest");
    assert_eq!((plan.mess[0].kind.as_str(), plan.mess[0].what.len()), ("error", 5));
    assert_eq!(plan.mess[0].what[0], "Costs!B3 shows #N/A");
}

/// What was true when it was written, and is taken for the truth by who falls into a trap.
#[test]
fn a_thread_that_quotes_what_is_out_of_date_is_labelled() {
    let plan = good(
        "persona priya { name = \"Asha Rao\"  hand { quotes = yes } }\nlet old = 105\nlet limit = 118\nlet other = 7\n\
         mail ask { from = priya  at = wd1 09:00  subject = \"Q1\"  body = \"Please.\" }\n\
         mail tariff { from = jana  to = [priya]  at = 2026-02-03 + 09:00  body = \"A night is {{ old }}, not {{ other }}.\" }\n\
         mail thanks { re = tariff  at = 2026-02-03 + 10:00  body = \"Thank you.\" }\n\
         objective o { brief = ask  due = wd9 17:00  deliver memo \"Documents/Memo.docx\" { check states(\"hotel\", limit)  check states(\"fee\", other) }\n\
           trap outdated \"did not look again\" { limit = old } }",
    );
    let [quoted] = plan.mess.as_slice() else { panic!("one piece of mess: {:?}", plan.mess) };
    let named = quoted.mail.map(|mail| plan.messages[mail].address.as_str());
    assert_eq!((quoted.kind.as_str(), named, quoted.document), ("quoted", Some("thanks"), None));
    assert_eq!(plan.facts[quoted.moved[0].0.0 as usize].address, "limit");
    assert_eq!(quoted.defeats, ["o: must state *hotel* as 118"]);
}

/// Rows that are drawn again are sorted again: a question by a path or a column sees what each row came to be. What is not
/// equal is asked row by row.
#[test]
fn a_row_drawn_again_is_found_by_its_last_value() {
    let plan = good(
        "table coin for n in 1..12 { side ~ pick([\"heads\", \"tails\"])  require count(x in coin where x.side == \"heads\") <= 5 }\n\
         let heads = count(x in coin where x.side == \"heads\")\n\
         let listed = count(coin where side == \"heads\")\n\
         let counted = count(coin where side != \"tails\")\n\
         file f \"Documents/f.txt\" { from = \"{{ heads }} {{ listed }} {{ counted }}\"  saved = 2026-02-01 }",
    );
    let Content::Text(text) = &*plan.documents[0].content else { panic!("a text") };
    let numbers: Vec<u8> = text.text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    assert_eq!(numbers, [numbers[2]; 3]);
    assert!(numbers[2] <= 5, "{numbers:?}");
}

#[test]
fn a_file_that_is_asked_for_by_its_place_stays_there() {
    let spec = |files: &str| {
        format!(
            "template memo {{ body = \"Words.\" }}\nmail ask {{ from = jana  at = wd1 09:00  body = \"Please.\" }}\n\
             folder \"Documents/A\" {{ for n in [\"one\", \"two\", \"three\", \"four\", \"five\"] {{ file named \"{{{{ n }}}}.docx\" {{ from = memo  saved = 2026-02-02 }} }} }}\n\
             file \"Documents/B/other.docx\" {{ from = memo  saved = 2026-02-02 }}\nfile kept \"Documents/A/kept.docx\" {{ from = memo  saved = 2026-02-02 }}\n\
             change later {{ at = wd3 09:00  file \"Documents/A/four.docx\" {{ from = memo }} }}\n\
             objective o {{ brief = ask  due = wd9 17:00  check untouched(\"Documents/A/t*\")\n\
               deliver memo \"Documents/A/one.docx\" {{ check words > 0 and same_rows(kept) }} }}\n\
             noise \"Documents\" {{ misfiled {{ share = 100%  {files} }} }}"
        )
    };
    let strayed = |files: &str| -> Vec<String> {
        let plan = good(&spec(files));
        let moved = plan.mess.iter().filter(|mess| mess.kind == "misfiled").filter_map(|mess| mess.document);
        let mut names: Vec<String> =
            moved.map(|at| super::path::split_folder(&plan.documents[at].path).1.to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(strayed(""), ["five.docx", "other.docx"]);
    assert_eq!(strayed("files = \"A/t*\""), ["three.docx", "two.docx"]);
}
