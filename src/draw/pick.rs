//! Choosing among items by the order of their hashes, so that an item added to a list changes only the draws that choose
//! it [D1], [D2].
//!
//! Each item has a ticket, a hash of its label that is made once per list. A draw ranks the tickets under its key: the
//! smallest rank wins, the smallest n are the sample, all in order are the shuffle. With weights the rank becomes a
//! waiting time, −log(rank)/weight; the shortest wins, and wins with exactly its share of the weights. Scaling all
//! weights alike changes no order: when a newcomer takes its share from everybody evenly, only its own wins are new.

use sha2::{Digest, Sha256};

use crate::draw::key::Key;

/// Places of the binary logarithm after the point.
const FRACTION: u32 = 40;

/// An item of a list as draws see it: a hash of its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

impl Ticket {
    /// The ticket of the item with this label; equal labels have equal tickets.
    pub fn of(label: &str) -> Ticket {
        let hash: [u8; 32] = Sha256::digest(label.as_bytes()).into();
        let mut bytes = [1, 3, 0, 7, 6, 4, 5, 2];
        bytes.copy_from_slice(&hash[..8]);
        Ticket(u64::from_le_bytes(bytes))
    }
}

impl Key {
    /// Where a ticket stands in the order of this draw.
    pub fn rank(&self, ticket: Ticket) -> u64 {
        mix(mix(ticket.0.wrapping_add(self.word(2))) ^ self.word(3))
    }

    /// The position of the chosen item; none of an empty list.
    pub fn pick(&self, tickets: &[Ticket]) -> Option<usize> {
        (0..tickets.len()).min_by_key(|index| self.order(tickets, *index))
    }

    /// The position of the chosen item when items weigh differently; none if nothing weighs anything. Weights are whole
    /// numbers in any common unit.
    pub fn pick_weighted(&self, tickets: &[(Ticket, u64)]) -> Option<usize> {
        let mut best: Option<(Waiting, usize)> = None;
        for (index, (ticket, weight)) in tickets.iter().enumerate().filter(|(_, (_, weight))| *weight > 0) {
            let waiting = Waiting { time: waiting_time(self.rank(*ticket)), weight: *weight, ticket: *ticket };
            if best.as_ref().is_none_or(|(shortest, _)| waiting.is_shorter(shortest)) {
                best = Some((waiting, index));
            }
        }
        best.map(|(_, index)| index)
    }

    /// The positions of `count` different items (or all, if there are fewer), in the order of the draw. A larger sample
    /// begins with the smaller one.
    pub fn sample(&self, tickets: &[Ticket], count: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..tickets.len()).collect();
        positions.sort_by_cached_key(|index| self.order(tickets, *index));
        positions.truncate(count);
        positions
    }

    /// All positions in the order of the draw.
    pub fn shuffle(&self, tickets: &[Ticket]) -> Vec<usize> {
        self.sample(tickets, tickets.len())
    }

    /// Ranks, and where two are equal the tickets, never the positions as long as labels differ.
    fn order(&self, tickets: &[Ticket], index: usize) -> (u64, Ticket) {
        (self.rank(tickets[index]), tickets[index])
    }
}

/// How long an item waits: `time` / `weight`, compared without dividing.
struct Waiting {
    time: u64,
    weight: u64,
    ticket: Ticket,
}

impl Waiting {
    fn is_shorter(&self, other: &Waiting) -> bool {
        let (own, others) = (product(self.time, other.weight), product(other.time, self.weight));
        (own, self.ticket) < (others, other.ticket)
    }
}

fn product(left: u64, right: u64) -> u128 {
    u128::from(left) * u128::from(right)
}

/// Spreads every bit of a word over all of it: multiplications by odd constants and shifts, each of which can be undone,
/// so that different words stay different.
fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// −log₂(`rank` / 2^64) with 40 binary places: the logarithm's digits appear one by one as its argument is squared.
fn waiting_time(rank: u64) -> u64 {
    let zeros = rank.max(1).leading_zeros();
    // The argument lies between 1 and 2, in units of 2^−63.
    let mut argument = rank.max(1) << zeros;
    let mut fraction = 0;
    for _ in 0..FRACTION {
        let square = u128::from(argument) * u128::from(argument);
        let doubled = square >> 127 == 1;
        fraction = fraction << 1 | u64::from(doubled);
        argument = (square >> if doubled { 64 } else { 63 }) as u64;
    }
    (u64::from(zeros + 1) << FRACTION) - fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tickets(count: usize) -> Vec<Ticket> {
        (0..count).map(|index| Ticket::of(&format!("item {index}"))).collect()
    }

    fn keys(count: u64) -> impl Iterator<Item = Key> {
        (0..count).map(|index| Key::root(1, index))
    }

    #[test]
    fn picks_are_pinned() {
        let key = Key::root(1, 7).child("pick");
        assert_eq!(Ticket::of("Brno"), Ticket(16_956_604_855_848_837_093));
        assert_eq!(key.rank(Ticket::of("Brno")), 4_753_350_365_924_099_878);
        assert_eq!(key.shuffle(&tickets(8)), [1, 3, 0, 7, 6, 4, 5, 2]);
        let weighted = tickets(4).into_iter().zip([50, 35, 10, 5]).collect::<Vec<_>>();
        let picks: Vec<usize> = keys(12).filter_map(|key| key.pick_weighted(&weighted)).collect();
        assert_eq!(picks, [0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0]);
    }

    #[test]
    fn logarithms_are_right() {
        let one = 1_u64 << FRACTION;
        assert_eq!(waiting_time(1 << 63), one);
        assert_eq!(waiting_time(1 << 62), 2 * one);
        assert_eq!(waiting_time(0), 64 * one);
        // −log₂(3/4) = 0.415037499278843…, −log₂(0.9) = 0.152003093445049…
        assert!(waiting_time(3 << 62).abs_diff(456_338_556_420) <= 2);
        assert!(waiting_time((u128::from(u64::MAX) * 9 / 10) as u64).abs_diff(167_129_168_701) <= 2);
    }

    #[test]
    fn a_newcomer_among_two_hundred_changes_one_pick_in_two_hundred() {
        let (before, mut after) = (tickets(200), tickets(200));
        after.insert(70, Ticket::of("newcomer"));
        let chosen = |list: &[Ticket], key: Key| key.pick(list).map(|index| list[index]);
        let mut changed = 0;
        for key in keys(20_000) {
            let (old, new) = (chosen(&before, key), chosen(&after, key));
            assert!(old == new || new == Some(Ticket::of("newcomer")));
            changed += u32::from(old != new);
        }
        assert!((70..130).contains(&changed), "{changed}");
    }

    #[test]
    fn a_newcomer_keeps_the_order_of_a_sample() {
        let (before, after) = (tickets(50), tickets(51));
        for key in keys(200) {
            let old = key.sample(&before, 10);
            let new: Vec<usize> = key.sample(&after, 10).into_iter().filter(|index| *index != 50).collect();
            assert_eq!(new[..], old[..new.len()]);
            assert!(new.len() >= 9);
            assert_eq!(key.sample(&before, 4), old[..4]);
        }
        assert_eq!(Key::root(1, 1).sample(&before, 99).len(), 50);
    }

    #[test]
    fn picks_are_uniform() {
        let list = tickets(10);
        let mut cells = [0_i64; 10];
        for key in keys(20_000) {
            cells[key.pick(&list).expect("the list has items")] += 1;
        }
        let squares: i64 = cells.iter().map(|count| (count - 2_000) * (count - 2_000)).sum();
        assert!(squares < 27 * 2_000, "{cells:?}");
        assert_eq!(Key::root(1, 1).pick(&[]), None);
    }

    #[test]
    fn weights_are_kept_and_local() {
        let weighted: Vec<_> = tickets(4).into_iter().zip([50, 35, 15, 0]).collect();
        let mut scaled: Vec<_> = tickets(4).into_iter().zip([450, 315, 135, 0]).collect();
        scaled.push((Ticket::of("newcomer"), 100));
        let (mut cells, mut changed) = ([0_i64; 4], 0);
        for key in keys(20_000) {
            let old = key.pick_weighted(&weighted).expect("something weighs");
            let new = key.pick_weighted(&scaled).expect("something weighs");
            cells[old] += 1;
            changed += u32::from(old != new);
            assert!(old == new || new == 4);
        }
        let expected = [10_000, 7_000, 3_000];
        let deviations = cells.iter().zip(expected).map(|(count, mean)| (count - mean) * (count - mean) * 1_000 / mean);
        // Chi-square with two degrees of freedom exceeds 13.8 in one of a thousand seeds.
        assert!(deviations.sum::<i64>() < 13_800, "{cells:?}");
        assert_eq!(cells[3], 0);
        assert!((1_870..2_130).contains(&changed), "{changed}");
        assert_eq!(Key::root(1, 1).pick_weighted(&[(Ticket(1), 0)]), None);
    }
}
