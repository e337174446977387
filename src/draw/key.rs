//! Keys: the address of a draw as 32 bytes.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};

use crate::draw::stream::Stream;
use crate::value::Number;

/// The address of a draw, hashed: all randomness of the draw follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The key of a whole world.
    pub fn root(edition: u32, seed: u64) -> Key {
        Key(Sha256::new()
            .chain_update(b"worldspec")
            .chain_update(edition.to_le_bytes())
            .chain_update(seed.to_le_bytes())
            .finalize()
            .into())
    }

    /// The key of what is called `label` below this one: SHA-256(parent ‖ length as u64 LE ‖ label).
    pub fn child(&self, label: &str) -> Key {
        self.derive(label.len() as u64, label.as_bytes())
    }

    /// The key of a secret's draw in a world built with `--salt-file` [S7]. No label is as long as the length that is
    /// hashed here, so no salt can lead to an unsalted key.
    pub fn salted(&self, salt: &[u8]) -> Key {
        self.derive(u64::MAX, salt)
    }

    fn derive(&self, length: u64, bytes: &[u8]) -> Key {
        let hash = Sha256::new().chain_update(self.0).chain_update(length.to_le_bytes()).chain_update(bytes);
        Key(hash.finalize().into())
    }

    /// The random words of this draw.
    pub fn stream(&self) -> Stream {
        Stream::new(ChaCha8Rng::from_seed(self.0))
    }

    /// Whether the key is among a share of all keys [D4]: its hash as a fraction is below the share. A key that is hit
    /// at one share is hit at every larger one; at 100 % all are, at 0 % none.
    pub fn hits(&self, share: Number) -> bool {
        is_below(self.word(0), share)
    }

    /// One of the four words of the key.
    pub(super) fn word(&self, index: usize) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[index * 8..index * 8 + 8]);
        u64::from_le_bytes(bytes)
    }
}

/// Whether `word` / 2^64 is below `share`, exactly.
pub(super) fn is_below(word: u64, share: Number) -> bool {
    let (mantissa, scale) = share.parts();
    let unit = 10_u128.pow(scale);
    match u128::try_from(mantissa) {
        Err(_) => false,
        Ok(size) if size >= unit => true,
        // Both products stay below 2^64 × 10^12.
        Ok(size) => u128::from(word) * unit < size << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(key: Key) -> String {
        key.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn keys_are_pinned() {
        let root = Key::root(1, 7);
        let child = root.child("table budget");
        assert_eq!(hex(root), "d07c2a57a1c2071ca8d89bb4dc5aadfd3eab04e19bb7593598dcac641615abcc");
        assert_eq!(hex(child), "e8e49428eff55b35eb0f16af88f9938c004d0aa947c8486f492d6419412e968a");
        assert_eq!(hex(child.salted(b"salt")), "e569b6f8a148a2823d7ba120301bf431d91a4eb32f54dcc04fd6e84d8274444d");
        assert_ne!(root.child("ab").child("c"), root.child("a").child("bc"));
        assert_ne!(root.child(""), root.salted(b""));
    }

    #[test]
    fn shares_are_monotone_and_nearly_exact() {
        let shares = ["0%", "4%", "8%", "50%", "100%"].map(|text| Number::parse(text).expect("a number"));
        let keys: Vec<Key> = (0..20_000).map(|index| Key::root(1, index)).collect();
        let hit = |share: Number| keys.iter().map(|key| key.hits(share)).collect::<Vec<_>>();
        for pair in shares.windows(2) {
            assert!(hit(pair[0]).iter().zip(hit(pair[1])).all(|(smaller, larger)| !smaller || larger));
        }
        let counts = shares.map(|share| hit(share).iter().filter(|hit| **hit).count());
        assert_eq!((counts[0], counts[4]), (0, 20_000));
        assert!((720..880).contains(&counts[1]) && (9_750..10_250).contains(&counts[3]), "{counts:?}");
        assert!(!is_below(0, Number::from(-1)) && is_below(u64::MAX, Number::from(2)));
        assert!(is_below(u64::MAX / 2, shares[3]) && !is_below(u64::MAX / 2 + 1, shares[3]));
    }
}
