//! The two hashes of an image: SHA-256 of bytes, and a keyed one for what must not be guessed.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes in lower-case hex, as `sha256sum` prints it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of bytes that come bit by bit.
#[derive(Clone, Default)]
pub(crate) struct Sum(Sha256);

impl Sum {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// As [`sha256`] writes it.
    pub(crate) fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// HMAC-SHA256 (RFC 2104) in hex: a commitment that cannot be checked against guesses without the key.
pub(crate) fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> String {
    let padded = |pad: u8| -> [u8; 64] { std::array::from_fn(|at| key.get(at).copied().unwrap_or(0) ^ pad) };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    hex(&Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize())
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[digit as usize] as char).collect()
}

/// The bytes of a hex string of exactly 64 digits, such as a stored key.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.trim_end().as_bytes();
    let value = |digit: u8| (digit as char).to_digit(16).map(|value| value as u8);
    let mut bytes = [0; 32];
    for (at, pair) in digits.chunks(2).enumerate() {
        let [high, low] = pair else { return None };
        *bytes.get_mut(at)? = value(*high)? << 4 | value(*low)?;
    }
    (digits.len() == 64).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_nothing_is_the_published_one() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    /// Test case 1 of RFC 4231 has a key of 20 bytes; padded with zeros to 32 it is the same key to HMAC.
    #[test]
    fn hmac_agrees_with_rfc_4231() {
        let key = std::array::from_fn(|at| if at < 20 { 0x0b } else { 0 });
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(hmac_sha256(&key, b"Hi There"), expected);
    }

    #[test]
    fn hex_reads_back() {
        let key = std::array::from_fn(|at| at as u8 * 7);
        assert_eq!(unhex(&hex(&key)), Some(key));
        assert_eq!(unhex("ab"), None);
        assert_eq!(unhex(&"g".repeat(64)), None);
    }
}
