use super::*;
use crate::source::SourceId;
use crate::syntax::{Expr, ExprKind, Part};

fn read(text: &str) -> Result<Prose, Diagnostic> {
    parse_prose(text, |start, end| Span::new(SourceId(0), start, end))
}

/// The code and marked text of the mistake in a text.
fn marked(text: &str) -> (&'static str, String) {
    let found = read(text).expect_err(text);
    let span = found.span.expect("a mistake in a text has a place");
    (found.code, text[span.start as usize..span.end as usize].to_string())
}

fn only(text: &str) -> Expr {
    match read(text).expect(text).parts.pop() {
        Some(Part::Print(expr)) => expr,
        other => panic!("{other:?}"),
    }
}

/// A value and the places of all values in it, as written.
fn pieces(text: &str, expr: &Expr) -> String {
    let own = &text[expr.span.start as usize..expr.span.end as usize];
    let inner = match &expr.kind {
        ExprKind::Member(value, name) => {
            format!("{} .{}", pieces(text, value), &text[name.span.start as usize..name.span.end as usize])
        }
        ExprKind::Call(value, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|argument| pieces(text, &argument.value)).collect();
            format!("{} ({})", pieces(text, value), arguments.join(", "))
        }
        ExprKind::Filter(value, name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|argument| pieces(text, argument)).collect();
            format!(
                "{} |{} {}",
                pieces(text, value),
                &text[name.span.start as usize..name.span.end as usize],
                arguments.join(", ")
            )
        }
        ExprKind::Binary(operator, a, b) => format!("{operator:?} {} {}", pieces(text, a), pieces(text, b)),
        ExprKind::Not(a) => format!("not {}", pieces(text, a)),
        _ => return own.to_string(),
    };
    format!("<{own}: {inner}>")
}

#[test]
fn values_have_exact_places() {
    let cases = [
        ("ä {{ a.b.c }}", "<a.b.c: <a.b: a .b> .c>"),
        ("{{ f(x.y, c=2) | money(0) }}", "<f(x.y, c=2) | money(0): <f(x.y, c=2): f (<x.y: x .y>, 2)> |money 0>"),
        (
            "{{ a > 1 and not b in c }}",
            "<a > 1 and not b in c: And <a > 1: Greater a 1> <not b in c: not <b in c: In b c>>>",
        ),
        ("{{ a.b is not none }}", "<a.b is not none: NotEqual <a.b: a .b> none>"),
        ("{{ x if y else z }}", "<x if y else z: y (y, x, z)>"),
        ("{{ a not in b }}", "<a not in b: not <a not in b: In a b>>"),
        ("{{ loop.index }}", "<loop.index: loop .index>"),
    ];
    for (text, expected) in cases {
        assert_eq!(pieces(text, &only(text)), expected, "{text}");
    }
}

#[test]
fn tags_on_their_own_line_leave_no_line() {
    let text = "a\n  {% for x in t if x.a %}\n- {{ x.b }}\n  {% else %}\nnone\n  {% endfor %}\nb\n";
    let prose = read(text).expect("this is well formed");
    let [Part::Text(a, _), Part::For { body, otherwise, condition, .. }, Part::Text(b, _)] = &prose.parts[..] else {
        panic!("{prose:?}")
    };
    assert_eq!((&**a, &**b), ("a\n", "b\n"));
    assert!(condition.is_some());
    assert!(
        matches!(&body[..], [Part::Text(dash, _), Part::Print(_), Part::Text(end, _)] if &**dash == "- " && &**end == "\n")
    );
    assert!(matches!(&otherwise[..], [Part::Text(none, _)] if &**none == "none\n"));
}

#[test]
fn branches_are_flat() {
    let prose = read("{% if a %}1{% elif b %}2{% elif c %}3{% else %}4{% endif %}").expect("this is well formed");
    assert!(
        matches!(&prose.parts[..], [Part::If { branches, otherwise }] if branches.len() == 3 && otherwise.len() == 1)
    );
}

#[test]
fn mistakes_are_named_and_marked() {
    let cases = [
        ("{{ a + b }}", ("E0108", "a + b")),
        ("{% set x = 1 %}", ("E0108", "set")),
        ("{{ t where a }}", ("E0108", "where")),
        ("{{ a is defined }}", ("E0108", "defined")),
        ("{{ a[0] }}", ("E0108", "a[0]")),
        ("{{ a ~ b }}", ("E0108", "a ~ b")),
        ("x {{ a", ("E0009", "{{")),
        ("{{ a b }}", ("E0009", "b")),
        ("{{ }}", ("E0009", "}}")),
        ("{% for x in t %}a", ("E0009", "for")),
        ("{% for x in t %}{% endif %}", ("E0009", "endif")),
        ("{% endif %}", ("E0009", "endif")),
        ("{% fro x in t %}", ("E0009", "fro")),
        ("{% macro a() %}{% endmacro %}", ("E0108", "macro")),
        ("{{ a < b < c }}", ("E0017", "a < b < c")),
    ];
    for (text, (code, word)) in cases {
        assert_eq!(marked(text), (code, word.to_string()), "{text}");
    }
}

#[test]
fn depth_is_limited() {
    let chain =
        |open: &str, close: &str, count: usize| format!("{{{{ {}a{} }}}}", open.repeat(count), close.repeat(count));
    for text in [
        chain("not ", "", 20_000),
        chain("- ", "", 20_000),
        chain("(", ")", 20_000),
        chain("", ".a", 20_000),
        chain("a if b else ", "", 5_000),
        format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(5_000)),
        "{% if a %}".repeat(5_000),
    ] {
        assert_eq!(read(&text).expect_err("too deep").code, "E0004");
    }
    assert!(read(&chain("(", ")", 140)).is_err_and(|found| found.code == "E0009"));
}

#[test]
fn broken_bodies_are_answered() {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};
    const WORDS: [&str; 34] = [
        "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", " for ", " in ", " if ", " else ", " elif ", " endif ",
        " endfor ", " not ", " is ", " none ", "a", ".b", "(", ")", "[", "]", "|", " and ", "1.5", "\"", "\n", "é",
        " raw ", " endraw ", "2026-13", "{",
    ];
    let mut readable = 0;
    for number in 0..5_000 {
        let mut dice = ChaCha8Rng::seed_from_u64(number);
        let mut pick = |end: usize| (dice.next_u64() % end as u64) as usize;
        let mut text = "ä {% for x in t if x.a %}\n- {{ x.b | money(0) }}{% else %}none{% endfor %}{% if a %}{{ f(b, c=1) }}{% endif %}".to_string();
        for _ in 0..pick(6) {
            let at = text.floor_char_boundary(pick(text.len()));
            let end = text.ceil_char_boundary((at + pick(4)).min(text.len()));
            text.replace_range(at..end, WORDS[pick(WORDS.len())]);
        }
        match read(&text) {
            Ok(_) => readable += 1,
            Err(found) => {
                let span = found.span.expect("a mistake in a text has a place");
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text}");
            }
        }
    }
    assert!((500..4_500).contains(&readable), "{readable} of 5000 are readable");
}
