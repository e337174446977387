//! Randomness by address [D1], [D2]: every draw has its own key, so nothing that is added elsewhere can move it.
//!
//! ```text
//! root key ─child(label)─▶ key of the draw ─┬─ stream()  ─▶ between, around, chance
//!                                           ├─ pick, sample, shuffle   (order of hashes, not of the list)
//!                                           └─ hits(share)             (a threshold, monotone in the share)
//! ```
//!
//! Only SHA-256 and the raw words of ChaCha8 are taken from libraries; all sampling is done here in integers, and test
//! vectors pin it.

mod key;
mod pick;
mod stream;

pub use key::Key;
pub use pick::Ticket;

use crate::value::Number;

/// The keys of a draw that is repeated at a level [D4]: one for each full 100 %, one more with the remainder as its
/// chance. A higher level keeps the draws of a lower one.
pub fn repeated(key: &Key, level: Number) -> Vec<Key> {
    /// No level makes more than this many draws.
    const MOST: i64 = 20;
    let full = level.floor().to_i64().unwrap_or(0).clamp(0, MOST);
    let rest = level.subtract(level.floor()).unwrap_or(Number::ZERO);
    let named = |index: i64| if index == 0 { *key } else { key.child(&format!("again {index}")) };
    let mut keys: Vec<Key> = (0..full).map(named).collect();
    keys.extend(Some(named(full)).filter(|last| last.child("chance").hits(rest)));
    keys
}
