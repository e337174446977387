//! What may be chosen for a world besides its spec.

/// The choices: the same spec with the same settings is the same world, except that `threads` changes nothing at all.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Which world of the spec.
    pub seed: u64,
    /// Knobs with their values as one writes them: `("mess", "200%")`.
    pub set: Vec<(String, String)>,
    /// Keys the draws of secrets: the same open world with other secrets, which nobody can rebuild from the spec.
    pub salt: Option<Vec<u8>>,
    /// How many threads work; 0 takes what the machine has.
    pub threads: usize,
}

impl Settings {
    /// The plain world of a seed: knobs as the spec sets them, no salt.
    pub fn seed(seed: u64) -> Settings {
        Settings { seed, ..Settings::default() }
    }
}
