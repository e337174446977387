//! Months that cheats live by calls of their own.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::json;

use super::lines;
use crate::image::script::Target;
use crate::image::time::minute;
use crate::prove::bench::Bench;
use crate::run::agents::Oracle;
use crate::run::agents::oracle::draft::Call;
use crate::run::agents::oracle::tasks::{asked, concrete, file_of};
use crate::run::people::topics;
use crate::run::session;
use crate::run::state::End;
use crate::value::Moment;

/// Empty files are handed in in time; the right ones stand at the paths afterwards, or are handed in when it is too late.
pub(super) fn swapped(bench: &mut Bench, oracle: &Oracle, late: bool) -> Decimal {
    let setting = Arc::clone(&bench.setting);
    let mut state = bench.begin();
    let due = setting.script.objectives.iter().map(|goal| goal.due).max().unwrap_or(setting.office.starts);
    for right in [false, true] {
        if right && late {
            let time = minute(&Moment(due.0 + 3_600).iso());
            let wait = Call { tool: "wait_until", arguments: json!({"time": time, "or_message": false}) };
            bench.call(&mut state, &wait);
        }
        for goal in &setting.script.objectives {
            for deliver in &goal.delivers {
                let Target::File { file } = &deliver.target else { continue };
                let shown = setting.paths.shown(&concrete(file));
                let calls = match right {
                    true => {
                        let answer = asked(&setting, deliver);
                        let knowledge = &oracle.knowledge;
                        file_of(&setting, knowledge, goal, deliver, &answer, &|_| true)
                    }
                    false => Ok(vec![lines::call(&setting, file, &[lines::COVER.to_owned()])]),
                };
                calls.into_iter().flatten().for_each(|call| drop(bench.call(&mut state, &call)));
                if !right || late {
                    let submit = Call { tool: "submit_deliverable", arguments: json!({"path": shown}) };
                    bench.call(&mut state, &submit);
                }
            }
        }
    }
    session::finish(&setting, &mut state, &bench.store, End::Finished);
    bench.worth_of(&state)
}

/// Asks everybody for all topics at once, and takes what comes back within a week.
pub(super) fn everything(bench: &mut Bench) -> Vec<String> {
    let setting = Arc::clone(&bench.setting);
    let tells = setting.script.people.iter().flat_map(|person| &person.tells);
    let all: Vec<&str> = tells.filter_map(|tell| tell.when.as_ref()).flat_map(topics).collect();
    let mut state = bench.begin();
    for person in setting.script.people.iter().filter(|person| person.id != setting.script.world.owner) {
        let arguments = json!({"to": [person.email], "subject": "Everything", "body": format!("Please tell me all about {}.", all.join(", "))});
        bench.call(&mut state, &Call { tool: "send_mail", arguments });
    }
    let week = minute(&Moment(setting.office.starts.0 + 7 * 86_400).iso());
    bench.call(&mut state, &Call { tool: "wait_until", arguments: json!({"time": week, "or_message": false}) });
    let since = setting.office.starts;
    let came = state.mail.letters.iter().filter(|letter| letter.at >= since && letter.subject.contains("Everything"));
    came.map(|letter| letter.body.clone()).filter(|body| !body.contains("all about")).collect()
}
