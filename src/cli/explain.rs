//! `worldc explain`: a page about a code, a block, a property, a function or an intention.

use clap::Args;

use super::outcome::{Done, Failure};

/// Explain a code of an error, a word of the language, or how to say what you intend
#[derive(Args)]
#[command(
    after_help = "Examples:\n  worldc explain E0301\n  worldc explain persona\n  worldc explain around\n  worldc explain must be a formula"
)]
pub(super) struct Explain {
    /// The code, word or intention
    #[arg(required = true, num_args = 1.., value_name = "TOPIC")]
    topic: Vec<String>,
}

impl Explain {
    /// The page.
    pub(super) fn run(self) -> Result<Done, Failure> {
        let topic = self.topic.join(" ");
        let page = crate::forms::explain(&topic);
        let page = page.map(|page| page + &crate::judge::predicates::proven(&topic.to_lowercase()).unwrap_or_default());
        page.map(Done::yes).ok_or_else(|| Failure::Wrong(format!("there is no page about `{topic}`")))
    }
}
