//! stub
pub(crate) fn explain(_t: &str) -> Option<String> {
    None
}
