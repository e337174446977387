//! The words of the run that hold or do not: one table says how each is judged, what satisfies it, and how a wrong answer looks.

mod building;
mod disk;
mod letters;
mod live;
mod prose;
mod sheets;

pub(crate) use building::reads_content;
pub(crate) use letters::{mails_for, meetings_for, milestone_verdict};
pub(crate) use prose::says;

use crate::image::script::Script;
use crate::judge::Frame;
use crate::judge::answer::{Answer, Plant};
use crate::judge::condition::Call;
use crate::judge::pages::Pages;
use crate::judge::subject::{Subject, deliver, handed};
use crate::judge::verdict::Verdict;

/// A word of the run that holds or does not.
struct Predicate {
    name: &'static str,
    judge: fn(Call<'_>, Frame<'_>, Option<Subject<'_>>) -> Verdict,
    /// What satisfies it.
    build: fn(Call<'_>, &Script, &mut Answer),
    /// How a wrong answer looks.
    plant: Plant,
}

/// Every word that is a condition by itself.
const TABLE: &[Predicate] = &[
    Predicate { name: "abstains", judge: prose::abstains, build: building::abstains, plant: Plant::Omit },
    Predicate { name: "attached", judge: letters::attached, build: building::attached, plant: Plant::Omit },
    Predicate { name: "avoids", judge: prose::avoids, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "before", judge: prose::before, build: building::before, plant: Plant::Omit },
    Predicate { name: "booked", judge: letters::booked, build: building::booked, plant: Plant::Omit },
    Predicate { name: "cites", judge: prose::cites, build: building::cites, plant: Plant::Omit },
    Predicate { name: "date_near", judge: prose::date_near, build: building::states, plant: Plant::Value },
    Predicate { name: "filed", judge: disk::filed, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "is_live", judge: live::is_live, build: building::is_live, plant: Plant::Typed },
    Predicate { name: "mentions", judge: prose::mentions, build: building::mentions, plant: Plant::Value },
    Predicate { name: "met", judge: letters::met, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "names", judge: prose::names, build: building::names, plant: Plant::Omit },
    Predicate { name: "never_sent", judge: letters::never_sent, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "passes", judge: letters::passes, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "picks", judge: prose::picks, build: building::picks, plant: Plant::Value },
    Predicate { name: "plots", judge: sheets::plots, build: building::unknown, plant: Plant::Nothing },
    Predicate { name: "ranks", judge: prose::ranks, build: building::ranks, plant: Plant::Omit },
    Predicate { name: "replied", judge: letters::replied, build: building::replied, plant: Plant::Omit },
    Predicate { name: "revised", judge: disk::revised, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "rows", judge: sheets::rows, build: building::rows, plant: Plant::Omit },
    Predicate { name: "same_rows", judge: sheets::same_rows, build: building::same_rows, plant: Plant::Omit },
    Predicate { name: "section", judge: prose::section, build: building::section, plant: Plant::Omit },
    Predicate { name: "sent", judge: letters::sent, build: building::sent, plant: Plant::Omit },
    Predicate { name: "states", judge: prose::states, build: building::states, plant: Plant::Value },
    Predicate { name: "ties", judge: sheets::ties, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "told", judge: letters::told, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "unchanged", judge: disk::unchanged, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "untouched", judge: disk::untouched, build: building::nothing, plant: Plant::Nothing },
    Predicate { name: "updated", judge: disk::updated, build: building::unknown, plant: Plant::Nothing },
];

fn find(name: &str) -> Option<&'static Predicate> {
    TABLE.binary_search_by(|predicate| predicate.name.cmp(name)).ok().map(|at| &TABLE[at])
}

/// Judges a word; one that is none is not held and says so.
pub(crate) fn judge(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    match find(call.name) {
        Some(predicate) => (predicate.judge)(call, frame, subject),
        None => Verdict::no(format!("`{}` cannot be judged", call.name)),
    }
}

/// Adds what satisfies a word to an answer.
pub(crate) fn build(call: Call<'_>, script: &Script, answer: &mut Answer) {
    match find(call.name) {
        Some(predicate) => (predicate.build)(call, script, answer),
        None => answer.unbuilt.push(format!("`{}`", call.name)),
    }
}

/// How a wrong answer to a word looks.
pub(crate) fn plant(name: &str) -> Option<Plant> {
    find(name).map(|predicate| predicate.plant)
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
        assert!(TABLE.is_sorted_by_key(|predicate| predicate.name));
    }
}
