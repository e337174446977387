//! A deliverable with its checks: what is graded, and what colleagues look at when they react to a draft.

use std::cell::OnceCell;

use crate::image::script::{Deliver, Judged, Objective, Target};
use crate::judge::Frame;
use crate::judge::condition::judge;
use crate::judge::pages::Pages;
use crate::judge::predicates::{mails_for, meetings_for, reads_content};
use crate::judge::scene::{Meeting, Sent};
use crate::judge::subject::{Subject, handed};
use crate::judge::verdict::Verdict;

/// One check of a deliverable with its verdict.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub sentence: String,
    pub message: Option<String>,
    pub verdict: Verdict,
    /// Lost, perhaps because somebody who knows the answer did not understand the question [W3].
    pub people: bool,
}

/// Every check of a deliverable. One that is not there earns nought, negations included [O1].
pub(crate) fn rows(frame: Frame<'_>, objective: &Objective, deliver: &Deliver) -> Vec<Row> {
    let tried: Vec<Result<(Option<&Sent>, Option<&Meeting>), String>> = match &deliver.target {
        Target::File { .. } => vec![handed(frame, objective, deliver).map(|_| (None, None))],
        target @ Target::Mail { .. } => some(mails_for(frame, target), "no mail went to everybody it is for")
            .into_iter()
            .map(|mail| mail.map(|mail| (Some(mail), None)))
            .collect(),
        target @ Target::Meeting { .. } => some(meetings_for(frame, target), "no such meeting was booked")
            .into_iter()
            .map(|meeting| meeting.map(|meeting| (None, Some(meeting))))
            .collect(),
    };
    let all = tried.into_iter().map(|tried| match tried {
        Ok((mail, meeting)) => tried_as(frame, objective, deliver, mail, meeting),
        Err(why) => deliver.checks.iter().map(|check| Row::of(check, Verdict::no(why.as_str()))).collect(),
    });
    all.max_by_key(|rows: &Vec<Row>| rows.iter().map(|row| row.verdict.score).sum::<rust_decimal::Decimal>())
        .unwrap_or_default()
}

/// All candidates, or why there is none.
fn some<T>(found: Vec<T>, none: &str) -> Vec<Result<T, String>> {
    match found.is_empty() {
        true => vec![Err(none.to_owned())],
        false => found.into_iter().map(Ok).collect(),
    }
}

fn tried_as<'a>(
    frame: Frame<'a>,
    objective: &'a Objective,
    deliver: &'a Deliver,
    mail: Option<&'a Sent>,
    meeting: Option<&'a Meeting>,
) -> Vec<Row> {
    let pages = OnceCell::new();
    let subject = Subject { objective, deliver: Some(deliver), mail, meeting, pages: &pages };
    deliver.checks.iter().map(|check| Row::of(check, judge(&check.check, frame, Some(subject)))).collect()
}

/// Whether a file earns a part of any check on its content; one that nobody asks anything of does by being there.
pub(crate) fn answers_something(
    frame: Frame<'_>,
    objective: &Objective,
    deliver: &Deliver,
    path: &str,
    bytes: &[u8],
) -> bool {
    let checks: Vec<&Judged> = deliver.checks.iter().filter(|check| reads_content(&check.check)).collect();
    let pages = OnceCell::from(Pages::read(path, bytes, &frame.script.world.locale));
    let subject = Subject { objective, deliver: Some(deliver), mail: None, meeting: None, pages: &pages };
    let earns = |check: &&Judged| !judge(&check.check, frame, Some(subject)).score.is_zero();
    checks.is_empty() || checks.iter().any(earns)
}

impl Row {
    /// A check with what the judge says of it.
    pub(crate) fn of(check: &Judged, verdict: Verdict) -> Row {
        let message = check.message.as_ref().map(|words| words.text.clone());
        Row { sentence: check.sentence.clone(), message, verdict, people: false }
    }
}
