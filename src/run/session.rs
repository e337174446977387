//! One call after the other: the state and the bytes change, the clock runs, the answer tells what time it is.

use serde_json::Value as Json;

use crate::judge::scene::Blobs;
use crate::run::clock::elapsed;
use crate::run::outside::{self, Change};
use crate::run::setting::Setting;
use crate::run::state::{End, News, State};
use crate::run::tool::{Answer, Arguments, Desk, Refusal, Store, Takes};
use crate::run::tools;
use crate::value::{Duration, Moment};

/// Files from outside up to this size are searched for what is sealed: nothing that an image seals is larger.
const LOOKED_THROUGH: u64 = 32 << 20;
/// Seconds that a refused call takes [C3].
const REFUSED: i64 = 5;
/// What is said instead of an answer that would show the sealed part, and to a call that does [L3].
pub(crate) const WITHHELD: &str = "something that is not on this computer came up: this run is invalid";

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What the tool said.
    pub text: String,
    pub refused: bool,
    /// `[Tue 3 Mar 10:42, +4 min, 1 new mail]`.
    pub clock: String,
    /// The seconds of working time that were booked; nothing when the tool moved the clock by itself.
    pub cost: i64,
}

/// Does one call on the state: effects are stamped with the moment before, then time passes [C1]. `meanwhile` are the
/// seconds that an agent with a shell has worked on her disk besides [A2].
pub(crate) fn call(
    setting: &Setting,
    state: &mut State,
    store: &mut dyn Store,
    meanwhile: i64,
    (tool, arguments): (&str, &Json),
) -> Outcome {
    let given = arguments.to_string();
    state.written += given.len() as u64;
    state.calls.today += 1;
    state.calls.all += 1;
    let before = state.now;
    if state.ended.is_some() || setting.shows_sealed(given.as_bytes()) {
        return withhold(setting, state, &*store, before);
    }
    let known = tools::find(tool);
    let result = match known {
        None => Err(Refusal::because(format!("there is no tool \"{tool}\"; list the tools to see them all"))),
        Some(known) => Arguments::of(known, arguments).and_then(|arguments| {
            (known.run)(&mut Desk { setting, state: &mut *state, store: &mut *store }, &arguments)
        }),
    };
    let (text, takes, refused) = match result {
        Ok(Answer { text, takes }) => (text, takes, false),
        Err(Refusal(why)) => (why, Takes::Cost(0), true),
    };
    if setting.shows_sealed(text.as_bytes()) {
        return withhold(setting, state, &*store, before);
    }
    let cost = match (refused, known) {
        (false, Some(known)) => setting.cost(known),
        _ => REFUSED,
    };
    let news = pass(setting, state, &*store, takes, (cost, meanwhile));
    limit(setting, state, &*store);
    Outcome { text, refused, clock: clock_line(state, before, news), cost }
}

/// Ends a run in which the sealed part came up.
fn withhold(setting: &Setting, state: &mut State, blobs: &dyn Blobs, before: Moment) -> Outcome {
    if state.ended.is_none() {
        finish(setting, state, blobs, End::Invalid);
    }
    let clock = clock_line(state, before, News::default());
    Outcome { text: WITHHELD.to_owned(), refused: true, clock, cost: 0 }
}

/// What changed outside of the tools enters the state; the seconds that it took. Sealed bytes among it end the run [L3].
pub(crate) fn arrive(setting: &Setting, state: &mut State, blobs: &dyn Blobs, changes: &[Change]) -> i64 {
    let seconds = outside::absorb(setting, state, changes);
    let bytes = |change: &Change| match change {
        Change::File { digest, size, .. } if *size <= LOOKED_THROUGH => blobs.bytes(digest),
        Change::File { .. } | Change::Folder { .. } | Change::Gone { .. } => None,
    };
    if changes.iter().filter_map(bytes).any(|bytes| setting.shows_sealed(&bytes)) {
        finish(setting, state, blobs, End::Invalid);
    }
    seconds
}

/// Lets the time of a call pass that only reads, without reading anything: for journals whose answers are believed. The
/// clock's line; nothing where the tool may change the world.
pub(crate) fn believe(
    setting: &Setting,
    state: &mut State,
    blobs: &dyn Blobs,
    meanwhile: i64,
    (tool, arguments, refused): (&str, &Json, bool),
) -> Option<String> {
    let known = tools::find(tool).filter(|known| known.reads)?;
    state.written += arguments.to_string().len() as u64;
    state.calls.today += 1;
    state.calls.all += 1;
    let before = state.now;
    let cost = if refused { REFUSED } else { setting.cost(known) };
    let news = pass(setting, state, blobs, Takes::Cost(0), (cost, meanwhile));
    limit(setting, state, blobs);
    Some(clock_line(state, before, news))
}

/// Lets the time of a call pass.
fn pass(setting: &Setting, state: &mut State, blobs: &dyn Blobs, takes: Takes, (cost, meanwhile): (i64, i64)) -> News {
    let busy = state.calendar.busy(state.now);
    let after = |seconds: i64| setting.office.after_work(state.now, seconds, &busy);
    let to = match takes {
        Takes::Cost(more) => after(meanwhile + cost + more),
        Takes::Until { moment, or_message } => {
            let moment = moment.max(after(meanwhile));
            return wait(setting, state, blobs, setting.office.after_waiting(moment, &busy), or_message);
        }
        Takes::Day => setting.office.next_day(state.now),
        Takes::Month => {
            state.ended = Some(End::Finished);
            setting.office.ends
        }
    };
    state.advance(setting, blobs, to)
}

/// Waits for a moment, or for the first message.
fn wait(setting: &Setting, state: &mut State, blobs: &dyn Blobs, until: Moment, or_message: bool) -> News {
    loop {
        let next = state.next().filter(|next| or_message && *next < until).unwrap_or(until);
        let news = state.advance(setting, blobs, next);
        if next >= until || news.mails + news.posts > 0 {
            return news;
        }
    }
}

/// Ends the month where it is over or the calls are used up; the clock then runs on with nobody acting [C5].
fn limit(setting: &Setting, state: &mut State, blobs: &dyn Blobs) {
    if state.ended.is_some() {
        return;
    }
    if state.now >= setting.office.ends {
        state.ended = Some(End::MonthOver);
    } else if state.written > setting.limits.bytes {
        finish(setting, state, blobs, End::Quota);
    } else if state.calls.all >= setting.limits.calls {
        finish(setting, state, blobs, End::TurnLimit);
    } else if state.calls.today >= setting.limits.day_calls {
        let next = setting.office.next_day(state.now);
        state.advance(setting, blobs, next);
    }
}

/// The agent leaves, behind what changed outside since her last call.
pub(crate) fn leave(setting: &Setting, state: &mut State, blobs: &dyn Blobs, changes: &[Change], end: End) {
    arrive(setting, state, blobs, changes);
    if state.ended.is_none() {
        finish(setting, state, blobs, end);
    }
}

/// Nobody acts any more: time runs to the month's end.
pub(crate) fn finish(setting: &Setting, state: &mut State, blobs: &dyn Blobs, end: End) {
    state.ended = Some(end);
    state.advance(setting, blobs, setting.office.ends);
}

/// `[Tue 3 Mar 10:42, +4 min, 1 new mail]`.
fn clock_line(state: &State, before: Moment, news: News) -> String {
    let mut parts = vec![now_words(state.now), elapsed(Duration(state.now.0 - before.0))];
    let counted = [(news.mails, "new mail"), (news.posts, "new chat message"), (news.invitations, "new invitation")];
    parts.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| {
        let plural = if *count == 1 { "" } else { "s" };
        format!("{count} {what}{plural}")
    }));
    if let Some(end) = state.ended {
        parts.push(format!("the month is over: {}", end.word()));
    }
    format!("[{}]", parts.join(", "))
}

/// `Tue 3 Mar 10:42`, in English on every computer, as tools speak.
pub(crate) fn now_words(now: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, month, day) = now.date().ymd();
    let (hour, minute, _) = now.time().hms();
    let weekday = DAYS[now.date().weekday() as usize % 7];
    format!("{weekday} {day} {} {hour:02}:{minute:02}", MONTHS[(month as usize - 1) % 12])
}
