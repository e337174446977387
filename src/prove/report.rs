//! Proofs for programs and for people.

use serde_json::{Value as Json, json};

use super::Proofs;

impl Proofs {
    /// `proofs.json`.
    pub(crate) fn json(&self) -> Json {
        let proofs = self
            .proofs
            .iter()
            .map(|proof| json!({"kind": proof.kind, "name": proof.name, "came": proof.came, "holds": proof.holds}));
        json!({
            "root": self.root,
            "grader": self.grader,
            "turns": self.measures.turns,
            "holds": self.hold(),
            "proofs": proofs.collect::<Vec<_>>(),
        })
    }

    /// A table: one line for each thing that was tried; `+` holds.
    pub(crate) fn text(&self) -> String {
        let line = |proof: &super::Proof| {
            let mark = if proof.holds { "+" } else { "-" };
            format!("{mark} {:<9} {}\n            {}\n", proof.kind, proof.name, proof.came)
        };
        let lines: String = self.proofs.iter().map(line).collect();
        let held = self.proofs.iter().filter(|proof| proof.holds).count();
        format!("{lines}{held} of {} hold\nroot  {}\n", self.proofs.len(), self.root)
    }
}
