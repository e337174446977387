//! What was sent, answered, booked, told and reached.

use crate::image::script::{Given, Milestone, Objective, Target};
use crate::judge::Frame;
use crate::judge::condition::{Call, judge};
use crate::judge::scene::{Meeting, Scene, Sent};
use crate::judge::subject::{Subject, attaches, deliver, email, person};
use crate::judge::verdict::{Evidence, Verdict};
use crate::value::Moment;
use crate::value::comparison::fold;

fn seen(mail: &Sent) -> Evidence {
    Evidence::new(format!("mail {}", mail.at.iso()), mail.subject.clone())
}

/// The addresses an argument names: people, `outside`, or text.
fn readers(frame: Frame<'_>, value: Option<&Given>) -> Vec<String> {
    match value {
        Some(Given::List(items)) => items.iter().flat_map(|item| readers(frame, Some(item))).collect(),
        Some(Given::Named(address) | Given::Text(address)) => match person(frame, address) {
            Some(person) => vec![person.email.to_lowercase()],
            None => vec![address.to_lowercase()],
        },
        Some(Given::Outside { email, .. }) => vec![email.to_lowercase()],
        _ => Vec::new(),
    }
}

fn goes_to(mail: &Sent, who: &str) -> bool {
    mail.to.iter().chain(&mail.cc).any(|reader| reader == who)
}

/// Whether a mail attaches everything an argument names, deliverables or files by name.
fn has_attached(frame: Frame<'_>, mail: &Sent, value: &Given) -> bool {
    match value {
        Given::List(items) => items.iter().all(|item| has_attached(frame, mail, item)),
        Given::Named(address) | Given::Text(address) => match deliver(frame, address) {
            Some((objective, deliver)) => attaches(frame, mail, objective, deliver),
            None => {
                let wanted = fold(crate::judge::subject::name(address));
                mail.attachments.iter().any(|(name, _)| fold(name) == wanted)
            }
        },
        _ => false,
    }
}

/// `attached(d)`: the mail that is tried has the deliverable; without one, any mail that was sent.
pub(super) fn attached(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let Some(what) = call.value(0) else { return Verdict::no("nothing is to be attached") };
    let found = match subject.and_then(|subject| subject.mail) {
        Some(mail) => Some(mail).filter(|mail| has_attached(frame, mail, what)),
        None => frame.scene.sent.iter().find(|mail| has_attached(frame, mail, what)),
    };
    match found {
        Some(mail) => Verdict::of(true, vec![seen(mail)]),
        None => Verdict::no(format!("no such mail attaches {}", crate::judge::compare::spoken(what))),
    }
}

/// `sent(to:, attached:, mentions:, by:)`: one mail that satisfies all.
pub(super) fn sent(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let to = readers(frame, call.named_value("to"));
    let fits = |mail: &&Sent| {
        to.iter().all(|who| goes_to(mail, who))
            && call.named_value("attached").is_none_or(|what| has_attached(frame, mail, what))
            && call.named_value("mentions").is_none_or(|what| mentions(frame, mail, what))
            && is_by(call.named_value("by"), mail.at)
    };
    match frame.scene.sent.iter().find(fits) {
        Some(mail) => Verdict::of(true, vec![seen(mail)]),
        None => Verdict::no("no such mail was sent"),
    }
}

fn is_by(by: Option<&Given>, at: Moment) -> bool {
    match by {
        Some(Given::Moment(by)) => at <= *by,
        Some(Given::Date(by)) => at.date() <= *by,
        _ => true,
    }
}

fn mentions(frame: Frame<'_>, mail: &Sent, what: &Given) -> bool {
    let text = format!("{}\n{}", mail.subject, mail.new);
    let pages = crate::judge::pages::Pages::read("mail.txt", text.as_bytes(), &frame.script.world.locale);
    pages.is_ok_and(|pages| pages.spots().any(|spot| super::says(&pages, spot, what)))
}

/// `never_sent(x, to: …)`: a guard: no mail to these people attaches the deliverable or says the value.
pub(super) fn never_sent(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let Some(what) = call.value(0) else { return Verdict::no("nothing is to be kept") };
    let outside = call.named.iter().any(|(name, value)| {
        name == "to" && matches!(value, crate::image::script::Condition::Word { name, .. } if name == "outside")
    });
    let to = readers(frame, call.named_value("to"));
    let is_reader = |who: &String| match outside {
        true => !who.ends_with(&format!("@{}", frame.script.world.domain)),
        false => to.contains(who),
    };
    let wrong = frame.scene.sent.iter().find(|mail| {
        mail.to.iter().chain(&mail.cc).any(is_reader)
            && (has_attached(frame, mail, what) || mentions(frame, mail, what))
    });
    Verdict::of(wrong.is_none(), wrong.map(seen).into_iter().collect())
}

/// `replied(mail, by:)`: an answer to that mail.
pub(super) fn replied(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let address = call.text(0);
    let id = frame.script.schedule.iter().chain(&frame.script.history).find_map(|part| match part {
        crate::image::script::Scheduled::Mail(mail) if mail.address == address => Some(mail.id.as_str()),
        _ => None,
    });
    let fits = |mail: &&Sent| mail.answers.as_deref() == id && id.is_some() && is_by(call.named_value("by"), mail.at);
    match frame.scene.sent.iter().find(fits) {
        Some(mail) => Verdict::of(true, vec![seen(mail)]),
        None => Verdict::no(format!("{address} was not answered in time")),
    }
}

/// `booked(who:, within:, lasts:)`: one meeting that satisfies all.
pub(super) fn booked(call: Call<'_>, frame: Frame<'_>, subject: Option<Subject<'_>>) -> Verdict {
    let who = readers(frame, call.named_value("who"));
    let lasts = match call.named_value("lasts") {
        Some(Given::Duration(duration)) => duration.0,
        _ => 0,
    };
    let within = |meeting: &Meeting| match call.named_value("within") {
        Some(Given::Interval(ends)) => match (&ends.0, &ends.1) {
            (Given::Moment(from), Given::Moment(until)) => *from <= meeting.starts && meeting.starts <= *until,
            (Given::Date(from), Given::Date(until)) => {
                *from <= meeting.starts.date() && meeting.starts.date() <= *until
            }
            _ => false,
        },
        _ => true,
    };
    let fits = |meeting: &&Meeting| {
        who.iter().all(|person| meeting.who.contains(person)) && meeting.lasts >= lasts && within(meeting)
    };
    let tried = subject.and_then(|subject| subject.meeting);
    let found = match tried {
        Some(meeting) => Some(meeting).filter(fits),
        None => frame.scene.meetings.iter().find(fits),
    };
    match found {
        Some(meeting) => Verdict::of(true, vec![Evidence::new(meeting.starts.iso(), meeting.title.clone())]),
        None => Verdict::no("no such meeting was booked"),
    }
}

/// `told(person.tell)`: the reply was delivered.
pub(super) fn told(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let name = call.text(0);
    match frame.scene.told.get(name).filter(|at| **at <= frame.now) {
        Some(at) => Verdict::of(true, vec![Evidence::new(at.iso(), name)]),
        None => Verdict::no(format!("{name} was not told")),
    }
}

/// `met(milestone)`: its checks hold with what there was at or before min(now, by) [O1].
pub(super) fn met(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let address = call.text(0);
    let found = frame.script.objectives.iter().find_map(|objective| {
        let name = address.strip_prefix(objective.name.as_str())?.strip_prefix('.')?;
        Some((objective, objective.milestones.iter().find(|milestone| milestone.name == name)?))
    });
    match found {
        Some((objective, milestone)) => milestone_verdict(frame, objective, milestone),
        None => Verdict::no(format!("there is no milestone {address}")),
    }
}

/// The mean of a milestone's checks on what had happened by then.
pub(crate) fn milestone_verdict(frame: Frame<'_>, objective: &Objective, milestone: &Milestone) -> Verdict {
    let by = milestone.by.min(frame.now);
    let scene = until(frame.scene, by);
    let frame = Frame { now: by, scene: &scene, ..frame };
    let pages = std::cell::OnceCell::new();
    let subject = Subject { objective, deliver: None, mail: None, meeting: None, pages: &pages };
    let checks = milestone.checks.iter();
    Verdict::mean(checks.map(|part| (part.sentence.clone(), judge(&part.check, frame, Some(subject)))).collect())
}

/// What of a scene had happened by a moment; files are taken as they are now.
fn until(scene: &Scene, by: Moment) -> Scene {
    let mut scene = scene.clone();
    scene.now = scene.now.min(by);
    scene.sent.retain(|mail| mail.at <= by);
    scene.hand_ins.retain(|handed| handed.at <= by);
    scene.meetings.retain(|meeting| meeting.at <= by);
    scene.told.retain(|_, at| *at <= by);
    scene.changed.retain(|changed| changed.at <= by);
    scene.files.retain(|_, file| file.time <= by);
    scene
}

/// `passes(d)`: the checks of a deliverable hold in full as it stands now.
pub(super) fn passes(call: Call<'_>, frame: Frame<'_>, _: Option<Subject<'_>>) -> Verdict {
    let address = call.text(0);
    match deliver(frame, address) {
        Some((objective, deliver)) => deliver_verdict(frame, objective, deliver),
        None => Verdict::no(format!("there is no deliverable {address}")),
    }
}

/// The mean of a deliverable's checks: of several mails or meetings that could be it, the best.
pub(crate) fn deliver_verdict(
    frame: Frame<'_>,
    objective: &Objective,
    deliver: &crate::image::script::Deliver,
) -> Verdict {
    let rows = crate::judge::deliverable::rows(frame, objective, deliver);
    Verdict::mean(rows.into_iter().map(|row| (row.sentence, row.verdict)).collect())
}

/// The mails that could be a deliverable: those that go to everybody it names.
pub(crate) fn mails_for<'a>(frame: Frame<'a>, target: &Target) -> Vec<&'a Sent> {
    let Target::Mail { mail: readers } = target else { return Vec::new() };
    let to: Vec<String> = readers.iter().map(|who| email(frame, who)).collect();
    frame.scene.sent.iter().filter(|mail| to.iter().all(|who| goes_to(mail, who))).collect()
}

/// The meetings that could be a deliverable.
pub(crate) fn meetings_for<'a>(frame: Frame<'a>, target: &Target) -> Vec<&'a Meeting> {
    let Target::Meeting { meeting: guests, from, until } = target else { return Vec::new() };
    let emails: Vec<String> =
        guests.iter().filter_map(|id| person(frame, id)).map(|person| person.email.to_lowercase()).collect();
    let fits = |meeting: &&Meeting| {
        emails.iter().all(|who| meeting.who.contains(who)) && *from <= meeting.starts && meeting.starts <= *until
    };
    frame.scene.meetings.iter().filter(fits).collect()
}
