//! One word that stands in every sealed record and nowhere else: where it turns up, something sealed was served [L3].

use serde_json::Value as Json;

use crate::image::hash::hmac_sha256;

/// The member that holds it.
const MEMBER: &str = "canary";

/// The word of a world. Nobody can guess it who does not know the key.
pub(crate) fn word(blind: &[u8; 32]) -> String {
    format!("canary-{}", &hmac_sha256(blind, b"canary")[..32])
}

/// A sealed text with the word in the first record of every line.
pub(super) fn placed(text: &str, word: &str) -> String {
    let marked = |line: &str| match line.split_once('{') {
        Some((before, after)) if matches!(before, "" | "[") => {
            let comma = if after.starts_with('}') { "" } else { "," };
            format!("{before}{{\"{MEMBER}\":\"{word}\"{comma}{after}")
        }
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(marked).collect()
}

/// A sealed record as it was before.
pub(super) fn removed(mut record: Json) -> Json {
    if let Some(members) = record.as_object_mut() {
        members.shift_remove(MEMBER);
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_stands_in_every_line_and_is_taken_out_again() {
        let text = "[\n{\"name\":\"{\"},\n{}\n]\n";
        let marked = placed(text, "w");
        assert_eq!(marked, "[\n{\"canary\":\"w\",\"name\":\"{\"},\n{\"canary\":\"w\"}\n]\n");
        let records: Vec<Json> = serde_json::from_str(&marked).expect("it is JSON as before");
        let plain: Vec<Json> = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(records.into_iter().map(removed).collect::<Vec<_>>(), plain);
        assert_eq!(placed("[{\"a\":[{}]}]\n", "w"), "[{\"canary\":\"w\",\"a\":[{}]}]\n");
        assert_ne!(word(&[0; 32]), word(&[1; 32]));
    }
}
