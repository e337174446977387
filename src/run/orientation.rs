//! What an agent is told before her first call: who she is, where things are, how time passes, how to hand in [F2].

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::run::play::Run;
use crate::run::session::now_words;
use crate::run::setting::Setting;
use crate::run::tool::Tool;
use crate::run::tools;

/// The text, the same for every face.
pub(crate) fn text(setting: &Setting) -> String {
    let owner = setting.owner();
    let world = &setting.script.world;
    let home = setting.paths.shown(&world.home);
    let (opens, closes) = setting.office.hours;
    let manager = owner.manager.as_deref().and_then(|id| setting.script.person(id));
    let manager = manager.map_or(String::new(), |manager| format!(" You report to {}.", manager.name));
    format!(
        "You are {name}, {role} at {company}.{manager} Your mail address is {email}. This is your computer; your home \
         folder is {home}.\n\n\
         It is {now} ({zone}). You work until {until}: a month in which mail arrives, meetings take place and colleagues \
         answer when they are at work. The clock moves only by what you do: every tool says how much working time it \
         takes, and every answer ends with the time. Your day begins at {opens} and ends at {closes}; you may stay until \
         22:00. Use `end_day` to go home, `wait_until` to wait, and `finish_month` when everything is done.\n\n\
         What is asked of you comes by mail: begin by reading it. Colleagues know things that stand in no file: ask them \
         by mail or in the chat, about one thing at a time. Save what you make where you are asked to; hand a finished \
         file in with `submit_deliverable`, or attach it to a mail to whoever asked for it. The last version you hand in \
         before it is due counts.\n",
        name = owner.name,
        role = owner.role,
        company = owner.company,
        email = owner.email,
        now = now_words(setting.office.starts),
        zone = world.timezone,
        until = setting.office.ends.date(),
        opens = minute(opens),
        closes = minute(closes),
    )
}

/// The same for a client that is shown tools anyway, with where the run stands if it goes on.
#[cfg(feature = "run")]
pub(crate) fn instructions(run: &Run) -> String {
    let text = text(&run.setting);
    match run.turn {
        0 => text,
        turn => format!(
            "{text}\nYou have been at work already: {turn} turns are behind you, it is {}.\n",
            now_words(run.state.now)
        ),
    }
}

/// The same for a program, with the tools and where the run stands: what was said so far, if it goes on [J6].
pub(crate) fn hello(run: &Run) -> Result<Json, Diagnostic> {
    let transcript = if run.turn > 0 { run.transcript()? } else { Vec::new() };
    Ok(json!({"hello": {
        "orientation": text(&run.setting),
        "run": &run.hash()[..16],
        "turn": run.turn,
        "now": run.state.now.iso(),
        "resumed": run.turn > 0,
        "forked": run.forked,
        "transcript": transcript,
        "tools": tools::all().map(Tool::json).collect::<Vec<_>>(),
    }}))
}

fn minute(time: crate::value::Time) -> String {
    time.iso().get(..5).unwrap_or_default().to_owned()
}
