//! Time, and what ends it: waiting, the end of a day, of the month, and handing in.

use super::{needed, optional};
use crate::image::script::Target;
use crate::judge::scene::HandIn;
use crate::plan::path::matches;
use crate::run::session::now_words;
use crate::run::tool::{Answer, Arguments, Desk, Kind, Refusal, Takes, Tool};
use crate::value::{Moment, Time};

pub(super) const TOOLS: &[Tool] = &[
    Tool { name: "get_current_time", about: "Tells date and time.", cost: 10, reads: true, arguments: &[], run: now },
    Tool {
        name: "wait_until",
        about: "Waits until a time, or until a message arrives if that is earlier.",
        cost: 0,
        reads: false,
        arguments: &[
            needed("time", Kind::Text, "a time such as 14:30 (today) or 2026-03-05 09:00"),
            optional("or_message", Kind::YesNo, "stop at the first new message; true if not given"),
        ],
        run: wait,
    },
    Tool {
        name: "end_day",
        about: "Goes home; it is the next working morning.",
        cost: 0,
        reads: false,
        arguments: &[],
        run: end_day,
    },
    Tool {
        name: "submit_deliverable",
        about: "Hands a finished file in. It may be handed in again until it is due.",
        cost: 60,
        reads: false,
        arguments: &[needed("path", Kind::Text, "the file")],
        run: submit,
    },
    Tool {
        name: "finish_month",
        about: "Declares the month's work done; nothing more can be done after it.",
        cost: 0,
        reads: false,
        arguments: &[],
        run: finish,
    },
];

fn now(desk: &mut Desk<'_>, _: &Arguments<'_>) -> Result<Answer, Refusal> {
    let zone = &desk.setting.script.world.timezone;
    Ok(format!("{} ({zone}), {}", desk.state.now.iso(), now_words(desk.state.now)).into())
}

fn wait(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let text = arguments.text("time").trim_end_matches('Z');
    let today = |time: Time| desk.state.now.date().at(time);
    let moment = Moment::parse(text).or_else(|| Time::parse(text).map(today));
    let moment =
        moment.ok_or_else(|| Refusal::because(format!("{text:?} is no time; write 14:30 or 2026-03-05 09:00")))?;
    if moment <= desk.state.now {
        return Err(Refusal::because(format!("{} is past", moment.iso())));
    }
    let or_message = !arguments.has("or_message") || arguments.yes("or_message");
    let moment = moment.min(desk.setting.office.ends);
    Ok(Answer { text: "Waited".to_owned(), takes: Takes::Until { moment, or_message } })
}

fn end_day(_: &mut Desk<'_>, _: &Arguments<'_>) -> Result<Answer, Refusal> {
    Ok(Answer { text: "A new day".to_owned(), takes: Takes::Day })
}

fn finish(_: &mut Desk<'_>, _: &Arguments<'_>) -> Result<Answer, Refusal> {
    Ok(Answer { text: "The month's work is declared done".to_owned(), takes: Takes::Month })
}

/// Hands in for every deliverable whose path fits [O3].
fn submit(desk: &mut Desk<'_>, arguments: &Arguments<'_>) -> Result<Answer, Refusal> {
    let path = desk.path(arguments.text("path"))?;
    let bytes = desk.bytes(&path)?;
    let Some((digest, _)) = desk.state.tree.file(&path) else { return Err(Refusal::because("does not exist")) };
    let digest = digest.clone();
    let folds = desk.setting.paths.folds();
    let fold = |path: &str| if folds { path.to_lowercase() } else { path.to_owned() };
    for objective in &desk.setting.script.objectives {
        for deliver in &objective.delivers {
            let Target::File { file } = &deliver.target else { continue };
            if matches(&fold(file), &fold(&path)) {
                let deliverable = format!("{}.{}", objective.name, deliver.name);
                desk.state.note(&format!("handed in {deliverable} {path} {digest}"));
                desk.state.hand_ins.push(HandIn {
                    at: desk.state.now,
                    deliverable,
                    path: path.clone(),
                    digest: digest.clone(),
                });
            }
        }
    }
    let opens = crate::formats::read::read(&bytes, &crate::image::files::extension(&path)).is_ok();
    Ok(if opens { "received" } else { "does not open" }.to_owned().into())
}
