//! The chat: channels, and messages to one person, which count like a mail to her [P2].

use super::mail::{addresses, minute};
use super::{needed, optional};
use crate::run::correspondence;
use crate::run::diary::Post;
use crate::run::setting::Address;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};

/// Posts that one look shows.
const PAGE: usize = 100;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "list_channels",
        about: "Lists the channels of the chat.",
        cost: 10,
        reads: true,
        arguments: &[],
        run: channels,
    },
    Tool {
        name: "get_channel_history",
        about: "Shows the latest messages of a channel.",
        cost: 30,
        reads: true,
        arguments: &[
            needed("channel", Kind::Text, "the name of the channel"),
            optional("limit", Kind::Whole, "how many, at most 100"),
        ],
        run: history,
    },
    Tool {
        name: "post_message",
        about: "Writes into a channel. To ask one person something use send_direct_message or a mail.",
        cost: 60,
        reads: false,
        arguments: &[
            needed("channel", Kind::Text, "the name of the channel"),
            needed("message", Kind::Text, "the text"),
        ],
        run: post,
    },
    Tool {
        name: "send_direct_message",
        about: "Writes to one person in the chat; she answers by mail.",
        cost: 60,
        reads: false,
        arguments: &[needed("to", Kind::Text, "her address or name"), needed("message", Kind::Text, "the text")],
        run: direct,
    },
];

fn names(desk: &Desk<'_>) -> Vec<String> {
    let mut names: Vec<String> = desk.state.posts.iter().map(|post| post.channel.clone()).collect();
    names.sort();
    names.dedup();
    names
}

fn channels(desk: &mut Desk<'_>, _: &Arguments<'_>) -> Result<Answer, Refusal> {
    Ok(names(desk).join("\n").into())
}

fn known(desk: &Desk<'_>, channel: &str) -> Result<(), Refusal> {
    let names = names(desk);
    match names.iter().any(|name| name == channel) {
        true => Ok(()),
        false => Err(Refusal::because(format!("there is no channel {channel:?}; there are: {}", names.join(", ")))),
    }
}

fn history(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let channel = arguments.text("channel");
    known(desk, channel)?;
    let limit = arguments.whole("limit").map_or(30, |limit| usize::try_from(limit).unwrap_or(0)).min(PAGE);
    let posts: Vec<&Post> = desk.state.posts.iter().filter(|post| post.channel == channel).collect();
    let latest = posts.iter().skip(posts.len().saturating_sub(limit));
    let lines: Vec<String> =
        latest.map(|post| format!("{}  {}: {}", minute(post.at), post.from.name, post.text)).collect();
    Ok(lines.join("\n").into())
}

fn post(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let channel = arguments.text("channel").to_owned();
    known(desk, &channel)?;
    let from = Address::of(desk.setting.owner());
    desk.state.post(Post { at: desk.state.now, channel, from, text: arguments.text("message").to_owned() });
    Ok("Posted".to_owned().into())
}

fn direct(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let to = addresses(desk.setting, &[arguments.text("to")])?;
    correspondence::direct(desk.state, desk.setting, to, arguments.text("message"));
    Ok("Sent".to_owned().into())
}
