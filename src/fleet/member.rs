//! Members of a fleet: the same spec for other people, by other knobs or by other files, such as that of a persona.
//!
//! ```yaml
//! - name: anna
//!   set: { mess: 200% }                        # knobs
//!   files: { people/owner.yaml: anna.yaml }    # read in the place of that file of the spec; or what would stand in it
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

/// The most members a fleet has.
const MOST: usize = 100_000;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Member {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "each_once")]
    set: BTreeMap<String, Json>,
    /// What is read in the place of a file: a path, or what stands in it.
    #[serde(default, deserialize_with = "each_once")]
    pub(crate) files: BTreeMap<String, Json>,
}

/// A mapping in which no name stands twice: of two values nobody could tell which was meant.
fn each_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Json>, D::Error> {
    struct EachOnce;

    impl<'de> Visitor<'de> for EachOnce {
        type Value = BTreeMap<String, Json>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a mapping")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<Self::Value, M::Error> {
            let mut found = BTreeMap::new();
            while let Some((name, value)) = entries.next_entry::<String, Json>()? {
                if found.contains_key(&name) {
                    return Err(M::Error::custom(format!("`{name}` stands there twice")));
                }
                found.insert(name, value);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_map(EachOnce)
}

impl Member {
    /// The members of a table: YAML or JSON; `by_lines` if each line is one in JSON. The error is a sentence.
    pub(crate) fn table(text: &str, by_lines: bool) -> Result<Vec<Member>, String> {
        let members: Vec<Member> = match by_lines {
            true => {
                let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
                let member = |(number, line): (u32, &str)| {
                    serde_json::from_str(line)
                        .map_err(|error| format!("line {number}: {}", error.to_string().replace(" at line 1", "")))
                };
                lines.map(member).collect::<Result<_, _>>()?
            }
            false => serde_yaml::from_str(text).map_err(|error| error.to_string())?,
        };
        if members.is_empty() {
            return Err("it has no members".to_owned());
        }
        if members.len() > MOST {
            return Err(format!("a fleet has at most {MOST} members"));
        }
        let mut names = BTreeMap::new();
        for member in &members {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            if member.name.is_empty() || !member.name.chars().all(plain) {
                return Err(format!("`{}` is no name of a member: letters, digits, - and _ make one", member.name));
            }
            match names.insert(member.name.to_ascii_lowercase(), &member.name) {
                Some(other) if *other == member.name => return Err(format!("two members are called `{other}`")),
                Some(other) => {
                    let why = "whose worlds would be one folder where a system does not tell cases apart";
                    return Err(format!("two members are called `{other}` and `{}`, {why}", member.name));
                }
                None => {}
            }
            member.knobs()?;
        }
        Ok(members)
    }

    /// Its knobs with their values as one writes them.
    pub(crate) fn knobs(&self) -> Result<BTreeMap<String, String>, String> {
        let written = |(knob, value): (&String, &Json)| match value {
            Json::String(text) => Ok((knob.clone(), text.clone())),
            Json::Number(_) | Json::Bool(_) => Ok((knob.clone(), value.to_string())),
            _ => Err(format!("the knob `{knob}` of `{}` is neither a number nor a word", self.name)),
        };
        self.set.iter().map(written).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_rows_of_a_table() {
        let yaml = "- { name: anna, set: { mess: 200%, level: 2 } }\n- name: ben\n  files: { owner.yaml: ben.yaml }\n";
        let members = Member::table(yaml, false).expect("they are right");
        let knobs = members[0].knobs().expect("they have a form");
        assert_eq!((knobs["mess"].as_str(), knobs["level"].as_str()), ("200%", "2"));
        let lines = "{\"name\": \"ben\", \"files\": {\"owner.yaml\": \"ben.yaml\"}}\n";
        assert_eq!(Member::table(lines, true), Ok(vec![members[1].clone()]));
    }

    #[test]
    fn what_is_no_table_of_members_is_named() {
        for (table, why) in [
            ("- name: a b", "no name of a member"),
            ("- name: a\n- name: a", "two members are called `a`"),
            ("- name: a\n- name: A", "two members are called `a` and `A`"),
            ("- { name: a, set: { mess: 1, mess: 2 } }", "`mess` stands there twice"),
            ("- name: a\n  sets: {}", "unknown field `sets`"),
            ("- name: a\n  set: { mess: [1] }", "the knob `mess` of `a`"),
            ("name: a", "sequence"),
            ("[]", "no members"),
        ] {
            let error = Member::table(table, false).expect_err(table);
            assert!(error.contains(why), "{table}: {error}");
        }
        let error = Member::table("{\"name\": \"a\"}\n\n{\"name\": }\n", true).expect_err("its third line");
        assert!(error.starts_with("line 3: "), "{error}");
    }
}
