//! One call after the other: the state and the bytes change, the clock runs, the answer tells what time it is.

use serde_json::Value as Json;

use crate::judge::scene::Blobs;
use crate::run::clock::elapsed;
use crate::run::setting::Setting;
use crate::run::state::{End, News, State};
use crate::run::tool::{Answer, Arguments, Desk, Refusal, Store, Takes, Tool};
use crate::run::tools;
use crate::value::{Duration, Moment};

/// Seconds that a refused call takes [C3].
const REFUSED: i64 = 5;
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
    state.written += arguments.to_string().len() as u64;
    state.calls.today += 1;
    state.calls.all += 1;
    let before = state.now;
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
    let cost = match (refused, known) {
        (false, Some(Tool { cost, .. })) => *cost,
        _ => REFUSED,
    };
    let news = pass(setting, state, &*store, takes, (cost, meanwhile));
    limit(setting, state, &*store);
    Outcome { text, refused, clock: clock_line(state, before, news), cost }
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
    let cost = if refused { REFUSED } else { known.cost };
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
