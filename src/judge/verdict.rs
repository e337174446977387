//! What a judge says: how much of a condition holds, and where that was seen.

use rust_decimal::Decimal;

/// A score from 0 to 1 with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub score: Decimal,
    pub evidence: Vec<Evidence>,
}

/// One thing that was seen, or missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Where: `Q1 reforecast.xlsx#Summary!B6`; empty where there is no place.
    pub place: String,
    /// What was read there, or why nothing was.
    pub said: String,
}

impl Evidence {
    pub(crate) fn new(place: impl Into<String>, said: impl Into<String>) -> Evidence {
        Evidence { place: place.into(), said: said.into() }
    }
}

impl Verdict {
    /// Held in full or not at all.
    pub(crate) fn of(held: bool, evidence: Vec<Evidence>) -> Verdict {
        Verdict { score: if held { Decimal::ONE } else { Decimal::ZERO }, evidence }
    }

    /// Not held, for a reason without a place.
    pub(crate) fn no(said: impl Into<String>) -> Verdict {
        Verdict::of(false, vec![Evidence::new("", said)])
    }

    pub(crate) fn held(&self) -> bool {
        self.score == Decimal::ONE
    }

    /// Held only if every part is; the evidence of all.
    pub(crate) fn all(parts: Vec<Verdict>) -> Verdict {
        let held = parts.iter().all(Verdict::held);
        Verdict::of(held, parts.into_iter().flat_map(|part| part.evidence).collect())
    }

    /// Held if one part is; that one's evidence, or that of all.
    pub(crate) fn any(parts: Vec<Verdict>) -> Verdict {
        if let Some(held) = parts.iter().find(|part| part.held()) {
            return held.clone();
        }
        Verdict::of(false, parts.into_iter().flat_map(|part| part.evidence).collect())
    }

    /// The mean of the parts, to twelve places; what is missing in each is named by its key.
    pub(crate) fn mean(parts: Vec<(String, Verdict)>) -> Verdict {
        if parts.is_empty() {
            return Verdict::of(true, Vec::new());
        }
        let sum: Decimal = parts.iter().map(|(_, part)| part.score).sum();
        let score = (sum / Decimal::from(parts.len())).round_dp(12);
        let named = |(key, part): (String, Verdict)| {
            part.evidence.into_iter().map(move |seen| Evidence::new(seen.place, format!("{key}: {}", seen.said)))
        };
        Verdict { score, evidence: parts.into_iter().flat_map(named).collect() }
    }
}
