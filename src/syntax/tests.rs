use super::*;
use crate::diag::Diagnostic;
use crate::source::Sources;

fn read(text: &str) -> (Option<Tree>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let id = sources.add("test.world", text);
    let (tree, found) = parse(&sources, id);
    (tree, found, sources)
}

/// Code and marked text of every finding.
fn marked(body: &str) -> Vec<(&'static str, String)> {
    let (tree, found, sources) = read(&format!("worldspec 1\n{body}"));
    assert_eq!(tree.is_none(), !found.is_empty());
    let text =
        |span: crate::source::Span| sources.get(span.source).text[span.start as usize..span.end as usize].to_string();
    found.iter().map(|one| (one.code, one.span.map(text).unwrap_or_default())).collect()
}

fn value(text: &str) -> Expr {
    let (tree, found, _) = read(&format!("worldspec 1\nlet x = {text}"));
    assert_eq!(found, []);
    match tree.expect("no finding, so a tree").items.remove(0) {
        Item::Bind(bind) => bind.value,
        other => panic!("{other:?}"),
    }
}

/// A value in prefix form, to see what binds tighter.
fn shape(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Number(number) => number.decimal.to_string(),
        ExprKind::Binary(operator, a, b) => format!("({operator:?} {} {})", shape(a), shape(b)),
        ExprKind::Range(a, b) => format!("(.. {} {})", shape(a), shape(b)),
        ExprKind::Within(a, b) => format!("(within {} {})", shape(a), shape(b)),
        ExprKind::Where(a, b) => format!("(where {} {})", shape(a), shape(b)),
        ExprKind::Not(a) => format!("(not {})", shape(a)),
        ExprKind::Negate(a) => format!("(- {})", shape(a)),
        ExprKind::Member(a, name) => format!("{}.{}", shape(a), name.name),
        ExprKind::Call(a, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(argument).collect();
            format!("{}({})", shape(a), arguments.join(", "))
        }
        other => format!("{other:?}"),
    }
}

fn argument(argument: &Argument) -> String {
    let name = argument.name.as_ref().map_or(String::new(), |name| format!("{}: ", name.name));
    let each = argument.each.as_ref().map_or(String::new(), |each| {
        let part = |expr: &Option<Expr>| expr.as_ref().map_or("-".to_string(), shape);
        format!(" each {} if {} do {}", each.variable.name, part(&each.condition), part(&each.body))
    });
    format!("{name}{}{each}", shape(&argument.value))
}

#[test]
fn examples_are_read_without_findings() {
    for text in [include_str!("../../tests/examples/fpa.world"), include_str!("../../tests/examples/site.world")] {
        let (tree, found, _) = read(text);
        assert_eq!(found, []);
        assert!(tree.is_some_and(|tree| tree.items.len() > 40 && tree.imports.len() > 1));
    }
}

#[test]
fn operators_bind_as_documented() {
    let cases = [
        ("a + b * c - d", "(Subtract (Add a (Multiply b c)) d)"),
        ("not a == b and c", "(And (not (Equal a b)) c)"),
        ("a or b and not c", "(Or a (And b (not c)))"),
        ("t where a in x..y + 1 or b", "(where t (Or (In a (.. x (Add y 1))) b))"),
        ("a == b + 1 within 2", "(within (Equal a (Add b 1)) 2)"),
        ("-a.b(1).c * 2", "(Multiply (- a.b(1).c) 2)"),
        ("3% of a.b", "(Of 0.03 a.b)"),
        ("(a - b) - (c - d)", "(Subtract (Subtract a b) (Subtract c d))"),
        ("each(x in t where x.a > 1: f(x))", "each(t each x if (Greater x.a 1) do f(x))"),
        ("count(x in t(c: c) where x.a)", "count(t(c: c) each x if x.a do -)"),
        ("sum(t.col where month in a..b)", "sum((where t.col (In month (.. a b))))"),
    ];
    for (text, expected) in cases {
        assert_eq!(shape(&value(text)), expected, "{text}");
    }
}

#[test]
fn places_are_exact() {
    let (tree, _, sources) =
        read("worldspec 1\ntable t for m in u where m > 1  , c in v { a = 1 # x\n }\nrequire a  # y\n");
    let tree = tree.expect("this is well formed");
    let Item::Block(block) = &tree.items[0] else { panic!("a block comes first") };
    let text = |span: crate::source::Span| &sources.get(span.source).text[span.start as usize..span.end as usize];
    assert_eq!(text(block.head), "table t");
    assert_eq!(text(block.bindings[0].span), "m in u where m > 1");
    assert_eq!(text(block.bindings[1].span), "c in v");
    let Item::Field(field) = &block.items[0] else { panic!("a property comes first") };
    assert_eq!(text(field.span), "a = 1");
    let Item::Rule(rule) = &tree.items[1] else { panic!("a rule comes second") };
    assert_eq!(text(rule.span), "require a");
}

#[test]
fn texts_know_where_they_stand() {
    let source = "worldspec 1\nlet x = [\"é\\n{{ a }}\\\"\\\\ü\", \"\"\"\n    one\n\n      zwö\n    \"\"\"]";
    let (tree, _, sources) = read(source);
    let Item::Bind(bind) = &tree.expect("this is well formed").items[0] else { panic!("a binding") };
    let ExprKind::List(list) = &bind.value.kind else { panic!("a list") };
    let texts: Vec<&Text> =
        list.iter().filter_map(|item| if let ExprKind::Text(text) = &item.kind { Some(text) } else { None }).collect();
    assert_eq!(&*texts[0].value, "é\n{{ a }}\"\\ü");
    assert_eq!(&*texts[1].value, "one\n\n  zwö");
    for (text, word) in [(texts[0], "a"), (texts[0], "ü"), (texts[0], "é"), (texts[1], "one"), (texts[1], "zwö")] {
        let at = text.value.find(word).expect("the word is there");
        let span = text.span_of(at, at + word.len());
        assert_eq!(&sources.get(span.source).text[span.start as usize..span.end as usize], word);
    }
}

#[test]
fn mistakes_are_named_and_marked() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("let x 5", &[("E0011", "5")]),
        ("persona p { role \"x\" }", &[("E0011", "\"x\"")]),
        ("persona p { role: \"x\" }", &[("E0011", ":")]),
        ("persona p { role == \"x\" }", &[("E0011", "==")]),
        ("persona p { a = 1, b = 2 }", &[("E0012", ",")]),
        ("let x = 'a'", &[("E0008", "'")]),
        ("let x = \"a", &[("E0006", "\"a")]),
        ("let x = 2026-13", &[("E0010", "2026-13")]),
        ("let x = 2026-02-29", &[("E0010", "2026-02-29")]),
        ("let x = wd0", &[("E0010", "wd0")]),
        ("let x = [wd32, 25:00]", &[("E0010", "wd32"), ("E0010", "25:00")]),
        ("let x = 12345678901234567890123456789", &[("E0010", "12345678901234567890123456789")]),
        ("let x = 5x", &[("E0010", "5x")]),
        ("let x = \"a\\qb\"", &[("E0014", "\\q")]),
        ("let x = (1", &[("E0002", "")]),
        ("let x = (1]", &[("E0002", "]")]),
        ("let x = 1)", &[("E0003", ")")]),
        ("table t { a = 1\nlet y = 2\n", &[("E0002", "let")]),
        ("let x = 1 +\nlet y = = 2\nlet z = 3", &[("E0007", "+"), ("E0007", "=")]),
        ("let x = a < b < c", &[("E0017", "<")]),
        ("let x = 1 within 2", &[("E0017", "within")]),
        ("let x = f(a = 1)", &[("E0019", "=")]),
        ("let x = f(a + 1: 1)", &[("E0019", "a + 1")]),
        ("persona p q { }", &[("E0016", "q")]),
        ("let for = 1", &[("E0013", "for")]),
        ("let x = 1\nuse \"a\" as b", &[("E0018", "use \"a\" as b")]),
        ("let x = a else b", &[("E0015", "else")]),
        ("check x = 3", &[("E0007", "=")]),
    ];
    for (body, expected) in cases {
        let found = marked(body);
        let expected: Vec<(&str, String)> = expected.iter().map(|(code, text)| (*code, text.to_string())).collect();
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn lines_may_break_anywhere() {
    let broken =
        "worldspec 1\nuse \"a\"\nas b table\nx\nfor m in\nt\nwhere a\nand\nb {\nc = 1 }\ncheck d\nof e\n\"text\"";
    let (tree, found, _) = read(broken);
    assert_eq!(found, []);
    let tree = tree.expect("no finding, so a tree");
    assert!(matches!(&tree.items[..], [Item::Block(_), Item::Rule(rule)] if rule.message.is_some()));
}

#[test]
fn long_texts_of_one_kind_take_no_longer_than_their_length() {
    for piece in
        ["a where ", "a b ", "a ", "for a in b ", "a for b in c, ", "|a", "a{} ", "\"\" ", "wd1 ", "a:b ", "f(", "(a) "]
    {
        read(&format!("worldspec 1\n{}", piece.repeat(16_384 / piece.len())));
    }
}

#[test]
fn the_edition_comes_first() {
    for text in ["", "world x { }", "worldspec", "worldspec 2\n", "worldspec x"] {
        let (tree, found, _) = read(text);
        assert!(tree.is_none());
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["E0001"], "{text}");
    }
}

#[test]
fn depth_is_limited_before_the_stack_is() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("worldspec 1\nlet x = {}1{}", open.repeat(count), close.repeat(count))
    };
    for text in [
        deep("(", ")", 30_000),
        deep("[", "]", 201),
        deep("f(", ")", 250),
        deep("not ", "", 16_000),
        deep("- ", "", 30_000),
        deep("a + ", "", 16_000),
        deep("", ".a", 30_000),
        deep("(", " + 1 + 1 + 1)", 190),
        deep("t where ", "", 8_000),
        format!("worldspec 1\n{}{}", "a { ".repeat(300), "} ".repeat(300)),
    ] {
        let (_, found, _) = read(&text);
        assert!(found.iter().any(|one| one.code == "E0004"), "{}", &text[..60]);
    }
    for text in [
        deep("(", ")", 199),
        deep("f([{a: ", "}])", 60),
        format!("worldspec 1\n{}{}", "a { ".repeat(199), "} ".repeat(199)),
    ] {
        let (_, found, _) = read(&text);
        assert!(found.iter().all(|one| one.code == "E0004"), "{found:?}");
    }
}
