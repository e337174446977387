//! Address books: people → vcf. Version 3.0, which every address book reads.

use super::folded::{escape, line, text};
use crate::value::Moment;

/// A person as colleagues have her in their address book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Unique in the world, made from the persona's address.
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) email: String,
    pub(crate) company: String,
    pub(crate) role: String,
    /// Empty when none is known.
    pub(crate) phone: String,
    /// When the card was last changed, in UTC.
    pub(crate) revised: Option<Moment>,
}

/// An address book. Each card is written from its person alone.
pub(crate) fn write(contacts: &[Contact]) -> Vec<u8> {
    let mut out = String::with_capacity(contacts.len() * 300);
    contacts.iter().for_each(|contact| card(contact, &mut out));
    out.into_bytes()
}

fn card(contact: &Contact, out: &mut String) {
    line("BEGIN", "VCARD", out);
    line("VERSION", "3.0", out);
    text("UID", &contact.uid, out);
    text("FN", &contact.name, out);
    line("N", &format!("{};{};;;", escape(&contact.family), escape(&contact.given)), out);
    text("ORG", &contact.company, out);
    text("TITLE", &contact.role, out);
    text("EMAIL;TYPE=INTERNET,WORK", &contact.email, out);
    text("TEL;TYPE=WORK,VOICE", &contact.phone, out);
    if let Some(revised) = contact.revised {
        line("REV", &format!("{}Z", revised.iso()), out);
    }
    line("END", "VCARD", out);
}
