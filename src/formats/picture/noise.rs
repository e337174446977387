//! Roughness: streams of words for what varies between pictures, and fields of values for surfaces.

use std::sync::LazyLock;

/// The words that decide what a picture leaves open, one after the other (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The words of a seed; those of another `use` of the same seed have nothing to do with them.
    pub(super) fn of(seed: u64, use_: u64) -> Chance {
        Chance(scrambled(seed ^ use_.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    pub(super) fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scrambled(self.0)
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let count = (i64::from(high) - i64::from(low) + 1).max(1) as u128;
        low + ((u128::from(self.word()) * count) >> 64) as i32
    }

    /// True `percent` times out of a hundred.
    pub(super) fn hits(&mut self, percent: i32) -> bool {
        self.between(0, 99) < percent
    }

    /// One of several.
    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.between(0, of.len() as i32 - 1) as usize]
    }
}

fn scrambled(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// Knots of the lattice all fields are cut from, along each side.
const KNOTS: usize = 256;
/// Samples of the rough tile along each side, and how many lie between two of its coarsest knots.
const TILE: usize = 512;
const CELL: usize = 64;
/// Units of a coordinate between two knots.
pub(super) const UNIT: i32 = 1024;

/// Random bytes, the same for every picture and in every process.
static LATTICE: LazyLock<Box<[u8; KNOTS * KNOTS]>> = LazyLock::new(|| {
    let mut chance = Chance::of(0, 0);
    let mut knots = Box::new([0; KNOTS * KNOTS]);
    knots.iter_mut().for_each(|knot| *knot = chance.word() as u8);
    knots
});

/// Roughness of five sizes, each half as strong as the one before, without a seam at its edges.
static ROUGH: LazyLock<Box<[u8; TILE * TILE]>> = LazyLock::new(|| {
    let value = |at: usize| {
        let (x, y) = ((at % TILE) as i32, (at / TILE) as i32);
        let mut sum = 0;
        for size in 0..5 {
            let step = UNIT / (CELL as i32 >> size);
            // Each size repeats where the tile does.
            let period = (TILE / (CELL >> size)) as i32;
            sum += lattice(x * step, y * step, period, 37 * size) * (16 >> size);
        }
        // Sums of many sizes crowd around the middle: spread them again.
        ((sum / 31 - 128) * 8 / 5 + 128).clamp(0, 255) as u8
    };
    let mut tile = Box::new([0; TILE * TILE]);
    tile.iter_mut().enumerate().for_each(|(at, sample)| *sample = value(at));
    tile
});

/// The smooth value at a place of the lattice, which repeats after `period` knots.
fn lattice(x: i32, y: i32, period: i32, shift: i32) -> i32 {
    let (column, row) = (x.div_euclid(UNIT), y.div_euclid(UNIT));
    let (right, down) = (eased(x.rem_euclid(UNIT) >> 2), eased(y.rem_euclid(UNIT) >> 2));
    let knot = |column: i32, row: i32| {
        let side = |at: i32| (at.rem_euclid(period) + shift) as usize % KNOTS;
        i32::from(LATTICE[side(row) * KNOTS + side(column)])
    };
    let between = |one: i32, other: i32, share: i32| one * (256 - share) + other * share;
    let above = between(knot(column, row), knot(column + 1, row), right);
    let below = between(knot(column, row + 1), knot(column + 1, row + 1), right);
    (above * (256 - down) + below * down) >> 16
}

/// 3t² − 2t³ in 256ths: no creases at the knots.
fn eased(share: i32) -> i32 {
    (share * share * (768 - 2 * share)) >> 16
}

/// A plane of rough values; every picture has its own part of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    right: i32,
    down: i32,
    tile: &'static [u8; TILE * TILE],
    specks: &'static [u8; KNOTS * KNOTS],
}

impl Field {
    pub(super) fn new(chance: &mut Chance) -> Field {
        let mut shift = || chance.between(0, TILE as i32 - 1);
        Field { right: shift(), down: shift(), tile: &ROUGH, specks: &LATTICE }
    }

    /// Roughness of many sizes at a place, in 1024ths of its coarsest: 0 to 255, mostly near the middle.
    #[inline]
    pub(super) fn rough(self, x: i32, y: i32) -> i32 {
        // One sample of the tile is 16 units wide.
        let (right, down) = (x & 15, y & 15);
        let side = |at: i32, shift: i32| at.wrapping_add(shift) as usize % TILE;
        let (left, next) = (side(x >> 4, self.right), side((x >> 4) + 1, self.right));
        let (upper, lower) = (side(y >> 4, self.down) * TILE, side((y >> 4) + 1, self.down) * TILE);
        let value = |at: usize| i32::from(self.tile[at]);
        let above = (value(upper + left) << 4) + (value(upper + next) - value(upper + left)) * right;
        let below = (value(lower + left) << 4) + (value(lower + next) - value(lower + left)) * right;
        ((above << 4) + (below - above) * down) >> 8
    }

    /// A byte for each whole pair of numbers that has nothing to do with its neighbours'.
    #[inline]
    pub(super) fn speck(self, x: i32, y: i32) -> i32 {
        let side = |at: i32, shift: i32| at.wrapping_add(shift) as usize % KNOTS;
        i32::from(self.specks[side(y, self.down) * KNOTS + side(x, self.right)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_pinned_and_spread() {
        let mut chance = Chance::of(7, 1);
        let words: Vec<i32> = (0..6).map(|_| chance.between(1, 6)).collect();
        assert_eq!(words, Chance::of(7, 1).clone_words(6));
        let hits = (0..10_000).filter(|_| chance.hits(30)).count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
    }

    impl Chance {
        fn clone_words(mut self, count: usize) -> Vec<i32> {
            (0..count).map(|_| self.between(1, 6)).collect()
        }
    }

    #[test]
    fn fields_are_smooth_and_use_their_range() {
        let field = Field::new(&mut Chance::of(1, 1));
        let row: Vec<i32> = (0..32_768).map(|x| field.rough(x, 700)).collect();
        assert!(row.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 6));
        assert!(*row.iter().min().expect("a row") < 50 && *row.iter().max().expect("a row") > 205);
    }
}
