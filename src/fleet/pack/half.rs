//! What an agent may see, and what she may not.

use serde::Serialize;

use super::Place;

/// Something for what an agent may see, and something for what she may not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Halves<T> {
    pub(crate) open: T,
    pub(crate) sealed: T,
}

impl<T> Halves<T> {
    pub(crate) fn try_of<E>(mut make: impl FnMut(Half) -> Result<T, E>) -> Result<Halves<T>, E> {
        Ok(Halves { open: make(Half::Open)?, sealed: make(Half::Sealed)? })
    }

    pub(crate) fn of(&self, half: Half) -> &T {
        match half {
            Half::Open => &self.open,
            Half::Sealed => &self.sealed,
        }
    }

    pub(crate) fn of_mut(&mut self, half: Half) -> &mut T {
        match half {
            Half::Open => &mut self.open,
            Half::Sealed => &mut self.sealed,
        }
    }
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Open,
    Sealed,
}

impl Half {
    pub(crate) const BOTH: [Half; 2] = [Half::Open, Half::Sealed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Half::Open => "open",
            Half::Sealed => "sealed",
        }
    }

    /// Which half a file of an image belongs to. What an agent may see is a list [L1]: the computer and the mail. A run asks
    /// for nothing else in her sight, and whatever an image gets besides is not hers unless it is said so here.
    pub(crate) fn of_file(path: &str) -> Half {
        if path.starts_with("disk/") || path.starts_with("mail/") { Half::Open } else { Half::Sealed }
    }
}

impl Place {
    /// Where the frame of a half begins, and how long it is.
    pub(crate) fn of(&self, half: Half) -> (u64, u64) {
        match half {
            Half::Open => (self.offset, self.length),
            Half::Sealed => (self.sealed_offset, self.sealed_length),
        }
    }
}
