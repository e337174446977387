//! Mail, events and people of the baseline's words, and an archive of files.

use worldc::testing::documents::{archive, calendar, contacts, mailbox};

use crate::content::{self, Text};
use crate::{prose, workbook};

/// The nine paragraphs of a text, each as a message.
pub(crate) fn mbox(number: u64) -> Result<Vec<u8>, String> {
    Ok(mailbox(&noted(content::text(number, 0))))
}

/// The same as events.
pub(crate) fn ics(number: u64) -> Result<Vec<u8>, String> {
    Ok(calendar(&noted(content::text(number, 0))))
}

/// Whoever owns something in the table of a text.
pub(crate) fn vcf(number: u64) -> Result<Vec<u8>, String> {
    let table = content::text(number, 40).table;
    Ok(contacts(&table.into_iter().skip(1).map(|[role, name, ..]| (name, role)).collect::<Vec<_>>()))
}

/// A text and a table: the making of both counts.
pub(crate) fn zip(number: u64) -> Result<Vec<u8>, String> {
    Ok(archive(&[("Text.md", prose::md(number)?.into()), ("Table.csv", workbook::csv(number)?.into())]))
}

fn noted(text: Text) -> Vec<(String, String)> {
    let told =
        |(title, paragraphs): (String, Vec<String>)| paragraphs.into_iter().map(move |body| (title.clone(), body));
    text.sections.into_iter().flat_map(told).collect()
}
