//! What an agent is told before her first call: who she is, where things are, how time passes, how to hand in [F2].

#[cfg(feature = "run")]
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::run::journal::Journal;
use crate::run::play::Run;
use crate::run::session::now_words;
use crate::run::setting::Setting;
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

/// What a client of MCP is told, who is shown the tools anyway.
#[cfg(feature = "run")]
pub(crate) struct Briefing {
    pub instructions: String,
    /// Where the run stands, once it has begun.
    pub stands: Stands,
    pub setting: Arc<Setting>,
}

/// What is told of a run when somebody asks; it may be asked before the run has begun.
#[cfg(feature = "run")]
pub(crate) type Stands = tokio::sync::watch::Receiver<Option<Arc<str>>>;

#[cfg(feature = "run")]
impl Briefing {
    pub(crate) fn of(run: &Run) -> Result<Briefing, Diagnostic> {
        Ok(Briefing {
            instructions: instructions(run),
            stands: tokio::sync::watch::channel(Some(stands(run)?.to_string().into())).1,
            setting: Arc::clone(&run.setting),
        })
    }

    /// The briefing for a run that will begin, and how to tell that it has.
    pub(crate) fn ahead(setting: &Arc<Setting>) -> (Briefing, tokio::sync::watch::Sender<Option<Arc<str>>>) {
        let (begun, stands) = tokio::sync::watch::channel(None);
        (Briefing { instructions: text(setting), stands, setting: Arc::clone(setting) }, begun)
    }
}

#[cfg(feature = "run")]
fn instructions(run: &Run) -> String {
    let text = text(&run.setting);
    match run.turn {
        0 => text,
        turn => format!(
            "{text}\nYou have been at work already: {turn} turns are behind you, it is {}. What was said stands in the resource \
             world://transcript.\n",
            now_words(run.state.now)
        ),
    }
}

/// The same for a program, with the tools and where the run stands.
pub(crate) fn hello(run: &Run) -> Result<Json, Diagnostic> {
    let mut hello = json!({"orientation": text(&run.setting)});
    let stands = stands(run)?;
    for (name, value) in stands.as_object().into_iter().flatten() {
        hello[name] = value.clone();
    }
    hello["tools"] = tools::all().map(|tool| tool.json(&run.setting)).collect();
    Ok(json!({"hello": hello}))
}

/// Where the run stands, and what was said so far if it goes on [J6].
pub(crate) fn stands(run: &Run) -> Result<Json, Diagnostic> {
    let journal = run.journal()?;
    let transcript = if run.turn > 0 { run.transcript(&journal) } else { Vec::new() };
    Ok(json!({
        "run": name(&journal),
        "turn": run.turn,
        "now": run.state.now.iso(),
        "resumed": run.turn > 0,
        "forked": run.forked,
        "transcript": transcript,
    }))
}

/// What a run is called towards agents: it says nothing of the world or of a task [L1].
pub(crate) fn name(journal: &Journal) -> String {
    journal.lines.first().map_or_else(String::new, |header| header.hash.chars().take(16).collect())
}

fn minute(time: crate::value::Time) -> String {
    time.iso().get(..5).unwrap_or_default().to_owned()
}
