//! Mail: list, read, search, send, answer.

use super::{needed, optional};
use crate::run::correspondence;
use crate::run::mailbox::Letter;
use crate::run::setting::{Address, Setting};
use crate::run::tool::Argument;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Tool};
use crate::value::Moment;

/// Mails that one list shows.
const PAGE: usize = 50;

const WHOM: Argument = needed("to", Kind::Texts, "addresses");
const SUBJECT: Argument = needed("subject", Kind::Text, "the subject");
const BODY: Argument = needed("body", Kind::Text, "the text");
const COPY: Argument = optional("cc", Kind::Texts, "addresses that get a copy");
const FILES: Argument = optional("attachments", Kind::Texts, "paths of files that are attached");
const WHICH: Argument = needed("mail_id", Kind::Text, "the id of the mail");

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "list_mails",
        about: "Lists mails, the newest first.",
        cost: 20,
        reads: true,
        arguments: &[
            optional("folder", Kind::Text, "\"inbox\" (default), \"sent\" or \"unread\""),
            optional("limit", Kind::Whole, "how many, at most 50"),
            optional("offset", Kind::Whole, "how many of the newest are passed over"),
        ],
        run: list,
    },
    Tool { name: "read_mail", about: "Reads a mail.", cost: 60, reads: false, arguments: &[WHICH], run: read },
    Tool {
        name: "search_mail",
        about: "Finds mails by words in subject or text, by sender, recipient or date; the newest first.",
        cost: 30,
        reads: true,
        arguments: &[
            optional("query", Kind::Text, "words that all must stand in subject or text"),
            optional("from_email", Kind::Text, "part of the sender's name or address"),
            optional("to_email", Kind::Text, "part of a recipient's name or address"),
            optional("after_date", Kind::Text, "from this day on: 2026-02-01"),
            optional("before_date", Kind::Text, "before this day"),
            optional("limit", Kind::Whole, "how many, at most 50"),
        ],
        run: search,
    },
    Tool {
        name: "send_mail",
        about: "Sends a mail. Attached files are sent as they are now.",
        cost: 240,
        reads: false,
        arguments: &[WHOM, SUBJECT, BODY, COPY, FILES],
        run: send,
    },
    Tool {
        name: "reply_mail",
        about: "Answers the sender of a mail.",
        cost: 180,
        reads: false,
        arguments: &[WHICH, BODY, COPY, FILES],
        run: |desk, arguments| reply(desk, arguments, false),
    },
    Tool {
        name: "reply_all_mail",
        about: "Answers the sender and all readers of a mail.",
        cost: 180,
        reads: false,
        arguments: &[WHICH, BODY, FILES],
        run: |desk, arguments| reply(desk, arguments, true),
    },
    Tool {
        name: "forward_mail",
        about: "Sends a mail on with its attachments.",
        cost: 120,
        reads: false,
        arguments: &[WHICH, WHOM, BODY, COPY],
        run: forward,
    },
];

/// `Name <address>`.
pub(super) fn shown(who: &Address) -> String {
    if who.name.is_empty() { who.email.clone() } else { format!("{} <{}>", who.name, who.email) }
}

fn all(who: &[Address]) -> String {
    who.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// The minute of a moment: `2026-03-03 10:42`.
pub(super) fn minute(moment: Moment) -> String {
    crate::image::time::minute(&moment.iso())
}

fn line(desk: &Desk<'_>, letter: &Letter) -> String {
    let mark = if desk.state.mail.unread.contains(&letter.id) { "*" } else { " " };
    let files = match letter.attachments.len() {
        0 => String::new(),
        1 => " [1 attachment]".to_owned(),
        count => format!(" [{count} attachments]"),
    };
    let (at, from) = (minute(letter.at), &letter.from.name);
    format!("{mark} {at}  {from}  {}{files}  id: {}", letter.subject, letter.id)
}

fn page<'a>(desk: &Desk<'_>, letters: impl Iterator<Item = &'a Letter>, arguments: &Arguments<'_>) -> Answer {
    let count =
        |name: &str, default: usize| arguments.whole(name).map_or(default, |count| usize::try_from(count).unwrap_or(0));
    let mut newest: Vec<&Letter> = letters.collect();
    newest.sort_by_key(|letter| std::cmp::Reverse(letter.at));
    let all = newest.len();
    let (offset, limit) = (count("offset", 0), count("limit", 20).min(PAGE));
    let lines: Vec<String> = newest.iter().skip(offset).take(limit).map(|letter| line(desk, letter)).collect();
    let last = (offset + lines.len()).min(all);
    format!("{}\n({} to {last} of {all}; * is unread)", lines.join("\n"), (offset + 1).min(last)).into()
}

fn list(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let owner = desk.setting.owner().email.to_lowercase();
    let mail = &desk.state.mail;
    let letters = mail.letters.iter();
    Ok(match arguments.text("folder") {
        "" | "inbox" => page(desk, letters.filter(|letter| letter.from.email != owner), arguments),
        "sent" => page(desk, letters.filter(|letter| letter.from.email == owner), arguments),
        "unread" => page(desk, letters.filter(|letter| mail.unread.contains(&letter.id)), arguments),
        other => return Err(Refusal::because(format!("there is no mail folder {other:?}: inbox, sent or unread"))),
    })
}

fn find(desk: &Desk<'_>, id: &str) -> Result<Letter, Refusal> {
    let letter = desk.state.mail.find(id);
    letter.cloned().ok_or_else(|| Refusal::because(format!("there is no mail with the id {id:?}")))
}

fn read(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let letter = find(desk, arguments.text("mail_id"))?;
    if desk.state.mail.unread.remove(&letter.id) {
        desk.state.note(&format!("read {}", letter.id));
    }
    Ok(whole(&letter).into())
}

/// The mail as it is read.
fn whole(letter: &Letter) -> String {
    let mut text = format!("From: {}\nTo: {}\n", shown(&letter.from), all(&letter.to));
    if !letter.cc.is_empty() {
        text += &format!("Cc: {}\n", all(&letter.cc));
    }
    text += &format!("Date: {}\nSubject: {}\nId: {}\n", minute(letter.at), letter.subject, letter.id);
    if let Some(answered) = &letter.answers {
        text += &format!("In reply to: {answered}\n");
    }
    let names: Vec<_> = letter.attachments.iter().map(|(name, _)| name.as_str()).collect();
    if !names.is_empty() {
        text += &format!("Attachments: {}\n", names.join(", "));
    }
    format!("{text}\n{}", letter.body.trim_end())
}

fn search(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let words: Vec<String> = arguments.text("query").split_whitespace().map(str::to_lowercase).collect();
    let (from, to) = (arguments.text("from_email").to_lowercase(), arguments.text("to_email").to_lowercase());
    let (after, before) = (arguments.text("after_date"), arguments.text("before_date"));
    let is = |who: &Address, part: &str| shown(who).to_lowercase().contains(part);
    let fits = |letter: &&Letter| {
        let text = format!("{}\n{}", letter.subject, letter.body).to_lowercase();
        let day = letter.at.date().to_string();
        words.iter().all(|word| text.contains(word))
            && is(&letter.from, &from)
            && (to.is_empty() || letter.to.iter().chain(&letter.cc).any(|who| is(who, &to)))
            && (after.is_empty() || day.as_str() >= after)
            && (before.is_empty() || day.as_str() < before)
    };
    Ok(page(desk, desk.state.mail.letters.iter().filter(fits), arguments))
}

/// Addresses as they were typed: an address, `Name <address>`, or the whole name of somebody in the contacts.
pub(super) fn addresses(setting: &Setting, written: &[&str]) -> Result<Vec<Address>, Refusal> {
    let mut found: Vec<Address> = Vec::new();
    for text in written.iter().flat_map(|text| text.split([',', ';'])).map(str::trim).filter(|text| !text.is_empty()) {
        let email = text.rsplit_once('<').map_or(text, |(_, email)| email.trim_end_matches('>')).trim().to_lowercase();
        let known =
            setting.script.people.iter().find(|person| person.email.to_lowercase() == email || person.name == text);
        let address = match known {
            Some(person) => Address::of(person),
            None if email.contains('@') && !email.contains(char::is_whitespace) => {
                Address { name: String::new(), email }
            }
            None => return Err(Refusal::because(format!("{text:?} is no mail address; search_contacts finds them"))),
        };
        if !found.contains(&address) {
            found.push(address);
        }
    }
    if found.is_empty() { Err(Refusal::because("a mail needs somebody to go to")) } else { Ok(found) }
}

fn copies(desk: &Desk<'_>, arguments: &Arguments<'_>) -> Result<Vec<Address>, Refusal> {
    if arguments.texts("cc").is_empty() { Ok(Vec::new()) } else { addresses(desk.setting, &arguments.texts("cc")) }
}

/// Files as they are now, under their own names.
fn attached(desk: &Desk<'_>, paths: &[&str]) -> Result<Vec<(String, crate::judge::scene::Digest)>, Refusal> {
    let one = |written: &&str| {
        let path = desk.path(written)?;
        let entry = desk.state.tree.get(&path);
        match (entry, desk.state.tree.file(&path)) {
            (Some(entry), Some((digest, _))) => Ok((super::folders::name(entry).to_owned(), digest.clone())),
            _ => Err(Refusal::because(format!("the file {written} does not exist"))),
        }
    };
    paths.iter().map(one).collect()
}

fn send(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let letter = Letter {
        to: addresses(desk.setting, &arguments.texts("to"))?,
        cc: copies(desk, arguments)?,
        subject: arguments.text("subject").to_owned(),
        body: arguments.text("body").to_owned(),
        attachments: attached(desk, &arguments.texts("attachments"))?,
        ..draft(desk)
    };
    Ok(post(desk, letter))
}

/// A mail of the owner's that says nothing yet.
fn draft(desk: &Desk<'_>) -> Letter {
    let count = desk.state.mail.letters.len();
    Letter {
        id: desk.setting.message_id(&format!("sent {count} {}", desk.state.now.0)),
        at: desk.state.now,
        from: Address::of(desk.setting.owner()),
        to: Vec::new(),
        cc: Vec::new(),
        subject: String::new(),
        body: String::new(),
        attachments: Vec::new(),
        answers: None,
    }
}

fn post(desk: &mut Desk<'_>, letter: Letter) -> Answer {
    let said = format!("Sent to {}, id: {}", all(&letter.to), letter.id);
    correspondence::sent(desk.state, desk.setting, letter);
    said.into()
}

fn reply(desk: &mut Desk<'_>, arguments: &Arguments<'_>, to_all: bool) -> Result<Answer, Refusal> {
    let asked = find(desk, arguments.text("mail_id"))?;
    let own = Address::of(desk.setting.owner());
    let mut to = if asked.from == own { asked.to.clone() } else { vec![asked.from.clone()] };
    let mut cc = copies(desk, arguments)?;
    if to_all {
        let rest = asked.to.iter().chain(&asked.cc).filter(|who| **who != own && !to.contains(who)).cloned();
        cc.extend(rest.collect::<Vec<_>>());
    }
    to.retain(|who| *who != own);
    if to.is_empty() {
        return Err(Refusal::because("that mail has nobody to answer"));
    }
    let subject = match asked.subject.strip_prefix("Re: ") {
        Some(_) => asked.subject.clone(),
        None => format!("Re: {}", asked.subject),
    };
    let body = format!("{}\n\n{}", arguments.text("body").trim_end(), quoted(&asked));
    let attachments = attached(desk, &arguments.texts("attachments"))?;
    let letter = Letter { to, cc, subject, body, attachments, answers: Some(asked.id), ..draft(desk) };
    Ok(post(desk, letter))
}

/// The mail below an answer, as mail programs quote it.
fn quoted(letter: &Letter) -> String {
    let lines: Vec<String> = letter.body.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    format!("On {}, {} wrote:\n{}", minute(letter.at), letter.from.name, lines.join("\n"))
}

fn forward(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let original = find(desk, arguments.text("mail_id"))?;
    let letter = Letter {
        to: addresses(desk.setting, &arguments.texts("to"))?,
        cc: copies(desk, arguments)?,
        subject: format!("Fwd: {}", original.subject),
        body: format!("{}\n\n{}", arguments.text("body").trim_end(), quoted(&original)),
        attachments: original.attachments,
        ..draft(desk)
    };
    Ok(post(desk, letter))
}
