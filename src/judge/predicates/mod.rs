//! The words of the run that hold or do not: one table, one function each.

mod disk;
mod letters;
mod live;
mod prose;
mod sheets;

pub(crate) use letters::{mails_for, meetings_for, milestone_verdict};
pub(crate) use prose::says;

use crate::judge::Frame;
use crate::judge::condition::Call;
use crate::judge::pages::Pages;
use crate::judge::subject::{Subject, deliver, handed};
use crate::judge::verdict::Verdict;

/// How a word is judged.
type Judge = fn(Call<'_>, Frame<'_>, Option<Subject<'_>>) -> Verdict;

/// Every word that is a condition by itself.
const TABLE: &[(&str, Judge)] = &[
    ("abstains", prose::abstains),
    ("attached", letters::attached),
    ("avoids", prose::avoids),
    ("before", prose::before),
    ("booked", letters::booked),
    ("cites", prose::cites),
    ("date_near", prose::date_near),
    ("filed", disk::filed),
    ("is_live", live::is_live),
    ("mentions", prose::mentions),
    ("met", letters::met),
    ("names", prose::names),
    ("never_sent", letters::never_sent),
    ("passes", letters::passes),
    ("picks", prose::picks),
    ("plots", sheets::plots),
    ("ranks", prose::ranks),
    ("replied", letters::replied),
    ("revised", disk::revised),
    ("rows", sheets::rows),
    ("same_rows", sheets::same_rows),
    ("section", prose::section),
    ("sent", letters::sent),
    ("states", prose::states),
    ("ties", sheets::ties),
    ("told", letters::told),
    ("unchanged", disk::unchanged),
    ("untouched", disk::untouched),
    ("updated", disk::updated),
];

/// Judges a word; one that is none is not held and says so.
pub(crate) fn judge(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    match TABLE.binary_search_by(|(name, _)| (*name).cmp(call.name)) {
        Ok(at) => TABLE[at].1(call, frame, subject),
        Err(_) => Verdict::no(format!("`{}` cannot be judged", call.name)),
    }
}

/// Reads the file a word is about: that of another deliverable if it names one, else the one it stands in.
pub(crate) fn pages_of<T>(
    of: Option<&str>,
    frame: Frame<'_>,
    subject: Option<Subject<'_>>,
    read: impl FnOnce(Result<&Pages, String>) -> T,
) -> T {
    let locale = &frame.script.world.locale;
    let other = of.map(|address| deliver(frame, address).ok_or_else(|| format!("there is no deliverable {address}")));
    match (other, subject) {
        (Some(Err(why)), _) => read(Err(why)),
        (Some(Ok((objective, deliver))), _) => {
            let pages = handed(frame, objective, deliver).and_then(|file| Pages::read(&file.path, &file.bytes, locale));
            read(pages.as_ref().map_err(Clone::clone))
        }
        (None, Some(subject)) => {
            let pages = subject.pages.get_or_init(|| match subject.deliver {
                Some(deliver) => handed(frame, subject.objective, deliver)
                    .and_then(|file| Pages::read(&file.path, &file.bytes, locale)),
                None => Err("no file is meant".to_owned()),
            });
            read(pages.as_ref().map_err(Clone::clone))
        }
        (None, None) => read(Err("no file is meant".to_owned())),
    }
}

/// The same for a word that holds or does not.
fn in_pages(
    call: Call<'_>,
    frame: Frame<'_>,
    subject: Option<Subject<'_>>,
    judge: impl FnOnce(&Pages) -> Verdict,
) -> Verdict {
    // A mail that is tried as the deliverable is read as its text.
    if let (None, Some(mail)) = (call.of, subject.and_then(|subject| subject.mail)) {
        let text = format!("{}\n\n{}", mail.subject, mail.new);
        return match Pages::read("mail.txt", text.as_bytes(), &frame.script.world.locale) {
            Ok(pages) => judge(&pages),
            Err(why) => Verdict::no(why),
        };
    }
    pages_of(call.of, frame, subject, |pages| match pages {
        Ok(pages) => judge(pages),
        Err(why) => Verdict::no(why),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TABLE.is_sorted_by_key(|(name, _)| *name));
    }
}
