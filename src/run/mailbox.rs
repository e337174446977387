//! The owner's mailbox during the month: what came before, what arrives, what is sent.

use std::collections::BTreeSet;

use crate::image::script::{Mail, Scheduled};
use crate::judge::scene::{Digest, Sent};
use crate::run::setting::{Address, Setting};
use crate::value::Moment;

/// One mail, received or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Message-ID without its brackets.
    pub id: String,
    pub at: Moment,
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub body: String,
    pub attachments: Vec<(String, Digest)>,
    /// The Message-ID it answers.
    pub answers: Option<String>,
}

/// All mails in the order they came or left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mailbox {
    pub letters: Vec<Letter>,
    /// Message-IDs of what was not read yet.
    pub unread: BTreeSet<String>,
}

impl Mailbox {
    /// What has arrived before the month begins; all of it was read.
    pub(crate) fn of(setting: &Setting) -> Mailbox {
        let letters = setting.script.history.iter().filter_map(|record| match record {
            Scheduled::Mail(mail) => Some(Letter::of(setting, mail)),
            Scheduled::Change(_) | Scheduled::Event(_) | Scheduled::Post(_) => None,
        });
        Mailbox { letters: letters.collect(), unread: BTreeSet::new() }
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Letter> {
        let id = id.trim().trim_matches(['<', '>']);
        self.letters.iter().rfind(|letter| letter.id == id)
    }

    /// The first mail of the thread a mail belongs to.
    pub(crate) fn thread<'a>(&'a self, id: &'a str) -> &'a str {
        let mut first = id;
        // A thread cannot be longer than the mailbox, whatever the records claim.
        for _ in &self.letters {
            match self.find(first).and_then(|letter| letter.answers.as_deref()) {
                Some(earlier) => first = earlier,
                None => break,
            }
        }
        first
    }

    /// What the owner sent since the month began.
    pub(crate) fn sent<'a>(&'a self, setting: &'a Setting) -> impl Iterator<Item = &'a Letter> {
        let owner = setting.owner().email.to_lowercase();
        let starts = setting.office.starts;
        self.letters.iter().filter(move |letter| letter.at >= starts && letter.from.email == owner)
    }
}

impl Letter {
    /// A mail of the script as it is delivered.
    pub(crate) fn of(setting: &Setting, mail: &Mail) -> Letter {
        let all = |who: &[crate::image::script::Correspondent]| who.iter().map(|who| setting.address(who)).collect();
        Letter {
            id: mail.id.clone(),
            at: mail.at,
            from: setting.address(&mail.from),
            to: all(&mail.to),
            cc: all(&mail.cc),
            subject: mail.subject.text.clone(),
            body: mail.body.text.clone(),
            attachments: mail
                .attachments
                .iter()
                .map(|file| (file.name().to_owned(), file.blob.as_str().into()))
                .collect(),
            answers: mail.answers.clone(),
        }
    }

    /// What a verdict sees of a mail that was sent.
    pub(crate) fn as_sent(&self) -> Sent {
        let emails = |who: &[Address]| who.iter().map(|who| who.email.clone()).collect();
        Sent {
            at: self.at,
            id: self.id.clone(),
            to: emails(&self.to),
            cc: emails(&self.cc),
            subject: self.subject.clone(),
            new: new_text(&self.body).to_owned(),
            body: self.body.clone(),
            attachments: self.attachments.clone(),
            answers: self.answers.clone(),
        }
    }
}

/// What somebody wrote herself: the text before quotes and the signature [P2].
pub(crate) fn new_text(body: &str) -> &str {
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_end();
        let quote = text.starts_with('>') || (text.starts_with("On ") && text.ends_with("wrote:"));
        if quote || text == "--" || text.starts_with("-----Original Message") {
            break;
        }
        end += line.len();
    }
    body[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_signatures_are_not_new() {
        assert_eq!(new_text("What is the accrual?\n\nOn Tue 3 Mar, Marek wrote:\n> line 2"), "What is the accrual?");
        assert_eq!(new_text("Yes.\n--\nJana"), "Yes.");
        assert_eq!(new_text("Dash -- inside\nstays"), "Dash -- inside\nstays");
        assert_eq!(new_text("> only a quote"), "");
    }
}
