//! Canonical JSON (RFC 8785), for what is hashed. Numbers are integers that a double holds exactly.

use serde_json::Value;

/// The one spelling of a JSON value: members sorted by UTF-16 code units, no spaces.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(text, at);
                write(text, item);
            }
            text.push(']');
        }
        Value::Object(members) => write_object(text, members),
        // serde_json spells literals, integers and the escapes of strings as RFC 8785 asks.
        plain => text.push_str(&plain.to_string()),
    }
}

fn write_object(text: &mut String, members: &serde_json::Map<String, Value>) {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|left, right| left.0.encode_utf16().cmp(right.0.encode_utf16()));
    text.push('{');
    for (at, (name, value)) in sorted.into_iter().enumerate() {
        separate(text, at);
        push_string(name, text);
        text.push(':');
        write(text, value);
    }
    text.push('}');
}

/// Adds a string as JSON spells it.
pub(crate) fn push_string(string: &str, out: &mut String) {
    if string.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\')) {
        out.push('"');
        out.push_str(string);
        out.push('"');
    } else {
        out.push_str(&Value::from(string).to_string());
    }
}

fn separate(text: &mut String, at: usize) {
    if at > 0 {
        text.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_sorted_by_utf16_code_units() {
        // The example of RFC 8785 §3.2.3: an emoji (surrogates D83D…) sorts before U+FB33.
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}";
        assert_eq!(canonical(&value), expected);
    }

    #[test]
    fn strings_are_escaped_as_the_standard_says() {
        let value = json!("\u{20ac}$\u{f}\nA'B\"\\\"/\u{8}\u{c}\t");
        assert_eq!(canonical(&value), r#""€$\u000f\nA'B\"\\\"/\b\f\t""#);
    }

    #[test]
    fn nesting_has_no_spaces() {
        let value = json!({"b": [true, null, {"d": -1, "c": ""}], "a": {}});
        assert_eq!(canonical(&value), r#"{"a":{},"b":[true,null,{"c":"","d":-1}]}"#);
    }
}
