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
pub use pick::{Ticket, weights};
pub use stream::Stream;
