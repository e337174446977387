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
    /// The same in words: what the oracle does.
    makes: &'static str,
    /// How a wrong answer looks.
    plant: Plant,
}

/// Every word that is a condition by itself.
const TABLE: &[Predicate] = &[
    Predicate {
        name: "abstains",
        judge: prose::abstains,
        build: building::abstains,
        makes: "writes the label and that it is not stated",
        plant: Plant::Omit,
    },
    Predicate {
        name: "attached",
        judge: letters::attached,
        build: building::attached,
        makes: "attaches the file to a mail",
        plant: Plant::Omit,
    },
    Predicate {
        name: "avoids",
        judge: prose::avoids,
        build: building::nothing,
        makes: "leaves it out",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "before",
        judge: prose::before,
        build: building::before,
        makes: "writes both in that order",
        plant: Plant::Omit,
    },
    Predicate {
        name: "booked",
        judge: letters::booked,
        build: building::booked,
        makes: "enters such a meeting into the calendar",
        plant: Plant::Omit,
    },
    Predicate {
        name: "cites",
        judge: prose::cites,
        build: building::cites,
        makes: "writes the name of the source",
        plant: Plant::Omit,
    },
    Predicate {
        name: "date_near",
        judge: prose::date_near,
        build: building::states,
        makes: "writes the date behind the label",
        plant: Plant::Value,
    },
    Predicate {
        name: "filed",
        judge: disk::filed,
        build: building::nothing,
        makes: "saves it where the brief asks for it",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "is_live",
        judge: live::is_live,
        build: building::is_live,
        makes: "makes the figure a formula over the figures of its inputs",
        plant: Plant::Typed,
    },
    Predicate {
        name: "mentions",
        judge: prose::mentions,
        build: building::mentions,
        makes: "writes it into the text",
        plant: Plant::Value,
    },
    Predicate {
        name: "met",
        judge: letters::met,
        build: building::nothing,
        makes: "does what the milestone asks for",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "names",
        judge: prose::names,
        build: building::names,
        makes: "writes the name and the role",
        plant: Plant::Omit,
    },
    Predicate {
        name: "never_sent",
        judge: letters::never_sent,
        build: building::nothing,
        makes: "sends nothing of the kind",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "passes",
        judge: letters::passes,
        build: building::nothing,
        makes: "makes the deliverable right",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "picks",
        judge: prose::picks,
        build: building::picks,
        makes: "writes the option behind the label",
        plant: Plant::Value,
    },
    Predicate {
        name: "plots",
        judge: sheets::plots,
        build: building::unknown,
        makes: "needs a `solution`: no tool draws charts",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "ranks",
        judge: prose::ranks,
        build: building::ranks,
        makes: "lists the items in their order",
        plant: Plant::Omit,
    },
    Predicate {
        name: "replied",
        judge: letters::replied,
        build: building::replied,
        makes: "answers the mail",
        plant: Plant::Omit,
    },
    Predicate {
        name: "revised",
        judge: disk::revised,
        build: building::nothing,
        makes: "hands in once more behind the change",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "rows",
        judge: sheets::rows,
        build: building::rows,
        makes: "lists all keys below the header",
        plant: Plant::Omit,
    },
    Predicate {
        name: "same_rows",
        judge: sheets::same_rows,
        build: building::same_rows,
        makes: "copies the file and changes what is excepted",
        plant: Plant::Omit,
    },
    Predicate {
        name: "section",
        judge: prose::section,
        build: building::section,
        makes: "writes the heading",
        plant: Plant::Omit,
    },
    Predicate {
        name: "sent",
        judge: letters::sent,
        build: building::sent,
        makes: "sends such a mail",
        plant: Plant::Omit,
    },
    Predicate {
        name: "states",
        judge: prose::states,
        build: building::states,
        makes: "writes the label and the value in one sentence or row",
        plant: Plant::Value,
    },
    Predicate {
        name: "ties",
        judge: sheets::ties,
        build: building::nothing,
        makes: "writes one number in both files",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "told",
        judge: letters::told,
        build: building::nothing,
        makes: "asks for it",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "unchanged",
        judge: disk::unchanged,
        build: building::nothing,
        makes: "leaves the files as they are",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "untouched",
        judge: disk::untouched,
        build: building::nothing,
        makes: "leaves the files as they are",
        plant: Plant::Nothing,
    },
    Predicate {
        name: "updated",
        judge: disk::updated,
        build: building::unknown,
        makes: "needs a `solution`",
        plant: Plant::Nothing,
    },
];

/// The words that read a value, which a check compares.
const READINGS: &[(&str, &str, Plant)] = &[
    ("copied", "writes everything herself", Plant::Nothing),
    ("lasts", "books a meeting of that length", Plant::Omit),
    ("lookup", "writes the cell into a table with the keys before it", Plant::Value),
    ("pages", "writes as many pages", Plant::Omit),
    ("slides", "makes as many slides", Plant::Omit),
    ("value", "writes the number behind the label", Plant::Value),
    ("words", "writes as many words", Plant::Omit),
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

/// How the proofs try a word, in sentences for authors: what the oracle does, and what a planted wrong answer does.
pub(crate) fn proven(name: &str) -> Option<String> {
    let (makes, plant) = match find(name) {
        Some(predicate) => (predicate.makes, predicate.plant),
        None => READINGS.iter().find(|(reading, ..)| *reading == name).map(|(_, makes, plant)| (*makes, *plant))?,
    };
    let wrong = match plant {
        Plant::Value => "puts another value in its place",
        Plant::Omit => "leaves that out",
        Plant::Typed => "types the figure",
        Plant::Nothing => "does something else in the month: mails, meetings and files are altered until it is lost",
    };
    Some(format!("Proofs: the oracle {makes}; a planted wrong answer {wrong}.\n"))
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

    /// Every word that only checks know has a line about its proofs on its page.
    #[test]
    fn words_of_checks_are_proven_in_some_way() {
        let of_checks = crate::forms::FUNCTIONS.iter().filter(|function| function.group == crate::forms::Group::Check);
        for function in of_checks {
            assert!(proven(function.name).is_some(), "{}", function.name);
        }
    }
}
