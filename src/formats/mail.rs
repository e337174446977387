//! Messages: one as eml, many as mbox. Both are ASCII throughout.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::plain::{self, Flavour};
use super::{encode, moment};
use crate::document::places::union;
use crate::document::{Block, Doc, Facts, Place, Run};
use crate::value::{Moment, zone::Zone};

/// Longest line of a folded header.
const FOLDED: usize = 76;

/// Somebody's name and address; the name may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// A file that goes with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) content: Arc<[u8]>,
}

/// A message as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct MailMessage {
    /// Unique in the world, without angle brackets: `3f2a…@nordlicht-pumpen.example`.
    pub(crate) id: String,
    /// On the sender's clock.
    pub(crate) at: Moment,
    pub(crate) zone: &'static Zone,
    pub(crate) from: Mailbox,
    pub(crate) to: Vec<Mailbox>,
    pub(crate) cc: Vec<Mailbox>,
    pub(crate) subject: String,
    pub(crate) body: String,
    /// Ids of the thread so far, the oldest first; the last one is answered.
    pub(crate) references: Vec<String>,
    pub(crate) attachments: Vec<Attachment>,
}

/// Appends one message with the line ends of the standard.
pub(crate) fn append_eml(message: &MailMessage, out: &mut Vec<u8>) {
    Writer { end: "\r\n", out }.message(message);
}

/// A document as a mail that somebody kept: its title is the subject, all else the text. Its id follows from what it says.
pub(crate) fn from_doc(doc: &Doc) -> Vec<u8> {
    let (title, text) = letter(doc);
    let properties = &doc.properties;
    let subject = match title {
        Some(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
        None => properties.title.clone(),
    };
    let body = plain::write(&text, Flavour::Text).text;
    let said = format!("{}\n{subject}\n{}\n{body}", properties.email, properties.modified.iso());
    let digest: String = Sha256::digest(said).iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    let domain = properties.email.rsplit('@').next().unwrap_or_default();
    let to = properties.addressee.iter().map(|to| Mailbox { name: to.0.clone(), email: to.1.clone() });
    let message = MailMessage {
        id: format!("{digest}@{domain}"),
        at: properties.modified,
        zone: properties.zone,
        from: Mailbox { name: properties.author.clone(), email: properties.email.clone() },
        to: to.collect(),
        cc: Vec::new(),
        subject,
        body,
        references: Vec::new(),
        attachments: Vec::new(),
    };
    let mut out = Vec::new();
    append_eml(&message, &mut out);
    out
}

/// Where a document prints facts as a mail: in its subject, and in lines of its text.
pub(crate) fn places(doc: &Doc) -> Vec<(Place, Facts)> {
    let (title, text) = letter(doc);
    let subject = union(title.into_iter().flatten().filter_map(|run| run.facts.as_ref()));
    let subject = (!subject.is_empty()).then(|| (Place::Property("subject".to_owned()), subject));
    subject.into_iter().chain(plain::write(&text, Flavour::Text).places).collect()
}

/// The title of a document, and the document without it.
fn letter(doc: &Doc) -> (Option<&[Run]>, Doc) {
    let is_title = |block: &Block| matches!(block, Block::Heading { level: 0, .. });
    let title = doc.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0, runs } => Some(runs.as_slice()),
        _ => None,
    });
    let blocks = doc.blocks.iter().filter(|block| !is_title(block)).cloned().collect();
    (title, Doc { properties: doc.properties.clone(), blocks })
}

/// Appends one message to an mbox: a separator, the message, an empty line.
pub(crate) fn append_mbox(message: &MailMessage, out: &mut Vec<u8>) {
    let sent = moment::asctime(message.zone.to_utc(message.at));
    let sender: String = message.from.email.chars().filter(|letter| !letter.is_whitespace()).collect();
    out.extend_from_slice(format!("From {sender} {sent}\n").as_bytes());
    Writer { end: "\n", out }.message(message);
    out.push(b'\n');
}

struct Writer<'a> {
    end: &'static str,
    out: &'a mut Vec<u8>,
}

impl Writer<'_> {
    fn message(&mut self, message: &MailMessage) {
        self.header("From", &address(&message.from));
        self.list("To", &message.to.iter().map(address).collect::<Vec<_>>(), ",");
        self.list("Cc", &message.cc.iter().map(address).collect::<Vec<_>>(), ",");
        self.header("Subject", &encode::words(&one_line(&message.subject)));
        let offset = message.zone.offset_at(message.at).seconds;
        self.header("Date", &moment::internet(message.at, offset));
        self.header("Message-ID", &format!("<{}>", message.id));
        if let Some(answered) = message.references.last() {
            self.header("In-Reply-To", &format!("<{answered}>"));
        }
        self.list("References", &message.references.iter().map(|id| format!("<{id}>")).collect::<Vec<_>>(), "");
        self.header("MIME-Version", "1.0");
        if message.attachments.is_empty() {
            self.body(&message.body);
        } else {
            self.parts(message);
        }
    }

    fn parts(&mut self, message: &MailMessage) {
        let boundary = boundary(&message.id);
        self.header("Content-Type", &format!("multipart/mixed; boundary=\"{boundary}\""));
        self.line("");
        self.line(&format!("--{boundary}"));
        self.body(&message.body);
        for attachment in &message.attachments {
            self.line(&format!("--{boundary}"));
            self.attachment(attachment);
        }
        self.line(&format!("--{boundary}--"));
    }

    fn body(&mut self, body: &str) {
        self.header("Content-Type", "text/plain; charset=utf-8");
        let plain = encode::is_plain(body);
        self.header("Content-Transfer-Encoding", if plain { "7bit" } else { "quoted-printable" });
        self.line("");
        if plain {
            body.lines().for_each(|line| self.line(line));
        } else {
            encode::quoted_printable(body, self.end, self.out);
        }
    }

    fn attachment(&mut self, attachment: &Attachment) {
        // A message must not be encoded as one, so it travels as a file.
        let nested = attachment.media_type.starts_with("message/");
        let media_type = if nested { "application/octet-stream" } else { &attachment.media_type };
        self.header("Content-Type", &format!("{media_type}; {}", encode::parameter("name", &attachment.name)));
        let name = encode::parameter("filename", &attachment.name);
        self.header("Content-Disposition", &format!("attachment; {name}"));
        self.header("Content-Transfer-Encoding", "base64");
        self.line("");
        encode::base64(&attachment.content, self.end, self.out);
    }

    /// A header with several values, folded between them; nothing when there are none.
    fn list(&mut self, name: &str, values: &[String], between: &str) {
        if !values.is_empty() {
            self.header(name, &values.join(&format!("{between} ")));
        }
    }

    /// A header, folded at spaces where it is long.
    fn header(&mut self, name: &str, value: &str) {
        self.put(name);
        self.put(":");
        let mut length = name.len() + 1;
        for word in value.split(' ') {
            if length + 1 + word.len() > FOLDED && length > name.len() + 1 {
                self.put(self.end);
                length = 0;
            }
            self.put(" ");
            self.put(word);
            length += 1 + word.len();
        }
        self.put(self.end);
    }

    fn line(&mut self, line: &str) {
        self.put(line);
        self.put(self.end);
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

/// `Jana Weber <jana.weber@nordlicht-pumpen.example>`.
fn address(mailbox: &Mailbox) -> String {
    let name = one_line(&mailbox.name);
    if name.is_empty() {
        return mailbox.email.clone();
    }
    let atoms = |letter: char| letter.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(letter);
    let name = if !name.is_ascii() {
        encode::words(&name)
    } else if name.chars().all(atoms) && !name.contains("=?") {
        name
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    };
    format!("{name} <{}>", mailbox.email)
}

/// A header has one line, whatever was drawn or written.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A boundary that no part can hold: neither base64 nor quoted-printable text has an equals sign before a line.
fn boundary(id: &str) -> String {
    let hash = Sha256::digest(id.as_bytes());
    let digits: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("=_{digits}")
}
