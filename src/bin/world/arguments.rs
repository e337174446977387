//! Words of a command line made the arguments of a tool, by its JSON Schema.

use serde_json::{Map, Value as Json};

/// The arguments that the words give. `input` is read where a value is `-`.
pub(crate) fn read(
    schema: &Json,
    words: &[String],
    input: &mut dyn FnMut() -> Result<String, String>,
) -> Result<Json, String> {
    let names: Vec<&str> = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| &**name).collect();
    let mut given = Map::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, value) = match named(word, &names) {
            Some((name, Some(value))) => (name, value.to_owned()),
            Some((name, None)) => (name, words.next().ok_or_else(|| format!("--{name} needs a value"))?.clone()),
            None if word.starts_with("--") => {
                return Err(format!("there is no {word}; there are: {}", names.join(", ")));
            }
            None => {
                let free = names.iter().find(|name| !given.contains_key(**name));
                (*free.ok_or_else(|| format!("{word:?} is one value too many"))?, word.clone())
            }
        };
        let value = if value == "-" { input()? } else { value };
        put(&mut given, name, &schema["properties"][name], value)?;
    }
    Ok(Json::Object(given))
}

/// The argument a word names, with its value if that stands in the word too: `--name`, `--name=value`, `name=value`.
fn named<'a>(word: &'a str, names: &[&'a str]) -> Option<(&'a str, Option<&'a str>)> {
    let flag = word.strip_prefix("--");
    let bare = flag.unwrap_or(word);
    let (name, value) = bare.split_once('=').map_or((bare, None), |(name, value)| (name, Some(value)));
    let known = names.iter().find(|known| **known == name)?;
    (flag.is_some() || value.is_some()).then_some((*known, value))
}

fn put(given: &mut Map<String, Json>, name: &str, property: &Json, value: String) -> Result<(), String> {
    let parsed = || serde_json::from_str::<Json>(&value).ok();
    let value = match property["type"].as_str() {
        Some("string") => Json::from(value),
        Some("integer" | "boolean") => parsed().ok_or_else(|| format!("{name} is no text, and {value:?} is one"))?,
        Some("array") => match (parsed().filter(Json::is_array), given.remove(name)) {
            (Some(list), _) => list,
            (None, Some(Json::Array(mut list))) => {
                list.push(Json::from(value));
                Json::from(list)
            }
            (None, _) => Json::from(vec![Json::from(value)]),
        },
        _ => parsed().unwrap_or(Json::from(value)),
    };
    given.insert(name.to_owned(), value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Json {
        json!({"properties": {
            "path": {"type": "string"}, "limit": {"type": "integer"}, "to": {"type": "array"}, "edits": {},
        }})
    }

    fn of(words: &[&str]) -> Result<Json, String> {
        let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
        read(&schema(), &words, &mut || Ok("typed".to_owned()))
    }

    #[test]
    fn words_become_arguments_in_every_way_of_naming_them() {
        assert_eq!(of(&["a=b.txt", "3"]), Ok(json!({"path": "a=b.txt", "limit": 3})));
        assert_eq!(of(&["--limit", "3", "x"]), Ok(json!({"limit": 3, "path": "x"})));
        assert_eq!(of(&["to=a", "--to=b", "path=-"]), Ok(json!({"to": ["a", "b"], "path": "typed"})));
        assert_eq!(of(&["to=[\"a\"]", "edits={\"x\": 1}"]), Ok(json!({"to": ["a"], "edits": {"x": 1}})));
    }

    #[test]
    fn what_is_no_argument_is_said() {
        for words in [&["--nothing", "x"][..], &["limit=many"], &["--path"], &["1", "2", "3", "4", "5"]] {
            assert!(of(words).is_err(), "{words:?}");
        }
    }
}
