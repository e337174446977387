//! The edition of the rules: what decides how the same calls change the same world [J5].

use sha2::{Digest, Sha256};

use crate::image::hash::hex;
use crate::run::tools;

/// Moves when people, clock or calendar behave in another way.
const EDITION: &str = "rules 3";

/// One hash over the edition and the whole registry: names, arguments, costs, descriptions.
pub(crate) fn edition() -> String {
    let mut hash = Sha256::new_with_prefix(EDITION);
    for tool in tools::all() {
        hash.update(format!("{}\0{}\0{}\0{}\n", tool.name, tool.description(tool.cost), tool.cost, tool.schema()));
    }
    hex(&hash.finalize())
}
