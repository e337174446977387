//! What an objective asks to be done: files to be made and handed in, mails to be sent, meetings to be booked.

use serde_json::json;

use super::draft::{Call, Drafter, again};
use super::knowledge::Knowledge;
use crate::image::script::{Deliver, Given, Objective, Target};
use crate::judge::answer::{Answer, Errand, Piece, Statement, build};
use crate::judge::compare::spoken;
use crate::judge::scene::Blobs;
use crate::run::setting::Setting;
use crate::value::{FactId, Moment, Time};

/// One thing to do.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// `q1_reforecast.model`, or that of a milestone.
    pub name: String,
    /// Position of its objective.
    pub objective: usize,
    pub kind: Kind,
    /// The facts it writes.
    pub facts: Vec<FactId>,
    /// The tasks that must be done before, by name.
    pub after: Vec<String>,
    pub until: Moment,
    pub done: bool,
    pub given_up: bool,
}

/// How it is done.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The deliverable at that position.
    Deliver(usize),
    /// A mail that a milestone asks for.
    Errand(Errand),
    /// Guests, window and length in seconds.
    Meeting(Vec<Given>, Option<Given>, i64),
}

/// All tasks, in the order of the objectives.
pub(crate) fn of(setting: &Setting, knowledge: &Knowledge) -> Vec<Task> {
    let objectives = setting.script.objectives.iter().enumerate();
    objectives.flat_map(|(at, objective)| of_objective(setting, knowledge, at, objective)).collect()
}

fn of_objective(setting: &Setting, knowledge: &Knowledge, at: usize, objective: &Objective) -> Vec<Task> {
    let task = |name: &str, kind: Kind, answer: &Answer, until: Moment| Task {
        name: format!("{}.{name}", objective.name),
        objective: at,
        kind,
        facts: facts(answer),
        after: answer.attached.clone(),
        until,
        done: false,
        given_up: false,
    };
    let mut tasks = Vec::new();
    for (number, deliver) in objective.delivers.iter().enumerate() {
        let mut answer = asked(setting, deliver);
        let name = format!("{}.{}", objective.name, deliver.name);
        let mut made = task(&deliver.name, Kind::Deliver(number), &answer, objective.due);
        if deliver.solution.is_some()
            && let Some(prints) = knowledge.solutions.get(&name)
        {
            made.facts.extend(prints.iter().flat_map(|(_, facts)| facts));
        }
        tasks.push(made);
        for errand in std::mem::take(&mut answer.errands) {
            tasks.push(errand_task(&task, &deliver.name, errand, objective.due));
        }
    }
    for milestone in &objective.milestones {
        let mut answer = Answer::default();
        milestone.checks.iter().for_each(|check| build(&check.check, &setting.script, &mut answer));
        for errand in std::mem::take(&mut answer.errands) {
            tasks.push(errand_task(&task, &milestone.name, errand, milestone.by));
        }
        for (who, within, lasts) in std::mem::take(&mut answer.meetings) {
            tasks.push(task(&milestone.name, Kind::Meeting(who, within, lasts), &Answer::default(), milestone.by));
        }
    }
    tasks
}

fn errand_task(task: &dyn Fn(&str, Kind, &Answer, Moment) -> Task, name: &str, errand: Errand, until: Moment) -> Task {
    let statements = errand.mentions.iter().cloned().map(Statement::Mentioned).collect();
    let answer = Answer { statements, attached: errand.attached.clone(), ..Answer::default() };
    task(name, Kind::Errand(errand), &answer, until)
}

/// What the checks of a deliverable ask for.
pub(crate) fn asked(setting: &Setting, deliver: &Deliver) -> Answer {
    let mut answer = Answer::default();
    deliver.checks.iter().for_each(|check| build(&check.check, &setting.script, &mut answer));
    answer
}

/// The facts that an answer prints.
pub(crate) fn facts(answer: &Answer) -> Vec<FactId> {
    let figures = answer.figures.iter().map(|(_, piece)| piece);
    let entries = answer.entries.iter().flat_map(|entry| entry.keys.iter().chain([&entry.value]));
    let statements = answer.statements.iter().filter_map(|statement| match statement {
        Statement::Labelled(_, piece) | Statement::Mentioned(piece) => Some(piece),
        Statement::Heading(_) | Statement::Words(_) => None,
    });
    figures.chain(entries).chain(statements).flat_map(|piece| piece.facts.iter().copied()).collect()
}

/// The calls that do a task.
pub(crate) fn calls(
    setting: &Setting,
    knowledge: &Knowledge,
    task: &Task,
    knows: &dyn Fn(&Piece) -> bool,
    now: Moment,
) -> Result<Vec<Call>, String> {
    let objective = &setting.script.objectives[task.objective];
    match &task.kind {
        Kind::Deliver(at) => {
            let deliver = &objective.delivers[*at];
            let answer = asked(setting, deliver);
            match &deliver.target {
                Target::File { file } => {
                    let path = concrete(file);
                    let mut calls = file_of(setting, knowledge, objective, deliver, &answer, knows)?;
                    let shown = setting.paths.shown(&path);
                    calls.push(Call { tool: "submit_deliverable", arguments: json!({"path": shown}) });
                    Ok(calls)
                }
                Target::Mail { mail } => {
                    let to = mail.iter().map(|who| setting.address(who).email).collect();
                    let drafter = Drafter { script: &setting.script, knows };
                    letter(setting, &objective.name, to, &answer.attached, drafter.said(&answer))
                }
                Target::Meeting { meeting, from, until } => {
                    let who: Vec<String> = meeting.iter().filter_map(|id| email(setting, id)).collect();
                    meet(setting, who, (*from, *until), answer.lasts, now)
                }
            }
        }
        Kind::Errand(errand) => {
            let to: Vec<String> = errand.to.iter().filter_map(|who| address(setting, who)).collect();
            let drafter = Drafter { script: &setting.script, knows };
            let statements = errand.mentions.iter().cloned().map(Statement::Mentioned).collect();
            let said = drafter.said(&Answer { statements, ..Answer::default() });
            match &errand.answers {
                Some(mail) => reply(setting, mail),
                None => letter(setting, &objective.name, to, &errand.attached, said),
            }
        }
        Kind::Meeting(who, within, lasts) => {
            let who = who.iter().filter_map(|who| address(setting, who)).collect();
            meet(setting, who, window(setting, within.as_ref()), *lasts, now)
        }
    }
}

/// The calls that make a deliverable's file, as its author's own answer or as its checks ask for it.
pub(crate) fn file_of(
    setting: &Setting,
    knowledge: &Knowledge,
    objective: &Objective,
    deliver: &Deliver,
    answer: &Answer,
    knows: &dyn Fn(&Piece) -> bool,
) -> Result<Vec<Call>, String> {
    let Target::File { file } = &deliver.target else { return Err("it is no file".to_owned()) };
    let path = concrete(file);
    let shown = setting.paths.shown(&path);
    if let Some(copied) = &answer.copies {
        return edited(setting, copied, &path, answer);
    }
    let bytes = deliver.solution.as_ref().and_then(|digest| setting.bytes(digest));
    if let Some(bytes) = bytes {
        let prints = knowledge.solutions.get(&format!("{}.{}", objective.name, deliver.name));
        let keep = |place: &str| {
            let facts = prints.into_iter().flatten().filter(|(printed, _)| printed == place);
            let piece = Piece { value: Given::None, facts: facts.flat_map(|(_, facts)| facts.clone()).collect() };
            knows(&piece)
        };
        return again(&path, &shown, &bytes, &keep);
    }
    Drafter { script: &setting.script, knows }.file(&path, &shown, answer)
}

/// A file of the image with other cells; it is brought to its place first if it stands elsewhere.
fn edited(setting: &Setting, declaration: &str, target: &str, answer: &Answer) -> Result<Vec<Call>, String> {
    let missing = || format!("the file {declaration} is not on the disk");
    let path = setting.script.files.get(declaration).ok_or_else(missing)?;
    let digest = setting.original.get(path).ok_or_else(missing)?;
    let bytes = setting.bytes(digest).ok_or_else(missing)?;
    let locale = &setting.script.world.locale;
    let pages = crate::judge::pages::Pages::read(path, &bytes, locale)?;
    let shown = setting.paths.shown(target);
    let mut calls = Vec::new();
    if path != target {
        let arguments = json!({"source": setting.paths.shown(path), "destination": shown});
        calls.push(Call { tool: "copy_file", arguments });
    }
    for entry in &answer.entries {
        let grid = pages.grid(&entry.sheet).ok_or_else(|| format!("there is no sheet {}", entry.sheet))?;
        let keys: Vec<_> = entry.keys.iter().map(|key| crate::judge::reading::key_of(&key.value)).collect();
        for (row, column) in grid
            .rows_of(&keys)
            .into_iter()
            .flat_map(|row| grid.columns_of(&entry.column).into_iter().map(move |column| (row, column)))
        {
            let cell = format!("{}{}", crate::document::place::column_letters(column), row + 1);
            let value = if entry.value.value == Given::None { String::new() } else { spoken(&entry.value.value) };
            let arguments = json!({"path": shown, "tab": grid.name, "cell": cell, "value": value});
            calls.push(Call { tool: "edit_spreadsheet", arguments });
        }
    }
    Ok(calls)
}

/// A path for a deliverable that is named by a pattern.
pub(crate) fn concrete(path: &str) -> String {
    path.replace('*', " as handed in").replace('?', "1")
}

fn email(setting: &Setting, id: &str) -> Option<String> {
    setting.script.person(id).map(|person| person.email.clone())
}

fn address(setting: &Setting, who: &Given) -> Option<String> {
    match who {
        Given::Named(id) | Given::Text(id) => {
            let id = id.strip_prefix("persona[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(id);
            email(setting, id)
        }
        Given::Outside { email, .. } => Some(email.clone()),
        _ => None,
    }
}

/// A mail with deliverables attached.
fn letter(
    setting: &Setting,
    subject: &str,
    to: Vec<String>,
    attached: &[String],
    said: Vec<String>,
) -> Result<Vec<Call>, String> {
    let mut files = Vec::new();
    for name in attached {
        let (_, deliver) = named(setting, name).ok_or_else(|| format!("{name} is no deliverable"))?;
        if let Target::File { file } = &deliver.target {
            files.push(setting.paths.shown(&concrete(file)));
        }
    }
    let mut body = vec!["Please find attached what was asked for.".to_owned()];
    body.extend(said);
    let subject = subject.replace('_', " ");
    let arguments = json!({"to": to, "subject": subject, "body": body.join("\n\n"), "attachments": files});
    Ok(vec![Call { tool: "send_mail", arguments }])
}

fn named<'a>(setting: &'a Setting, address: &str) -> Option<(&'a Objective, &'a Deliver)> {
    setting.script.objectives.iter().find_map(|objective| {
        let name = address.strip_prefix(objective.name.as_str())?.strip_prefix('.')?;
        Some((objective, objective.delivers.iter().find(|deliver| deliver.name == name)?))
    })
}

fn reply(setting: &Setting, address: &str) -> Result<Vec<Call>, String> {
    let mails = setting.script.schedule.iter().chain(&setting.script.history);
    let id = mails.into_iter().find_map(|part| match part {
        crate::image::script::Scheduled::Mail(mail) if mail.address == address => Some(mail.id.clone()),
        _ => None,
    });
    let id = id.ok_or_else(|| format!("there is no mail {address}"))?;
    let arguments = json!({"mail_id": id, "body": "Thank you, noted."});
    Ok(vec![Call { tool: "reply_mail", arguments }])
}

fn window(setting: &Setting, within: Option<&Given>) -> (Moment, Moment) {
    let whole = (setting.office.starts, setting.office.ends);
    let moment = |given: &Given, time: Time| match given {
        Given::Moment(moment) => Some(*moment),
        Given::Date(date) => Some(date.at(time)),
        _ => None,
    };
    match within {
        Some(Given::Interval(ends)) => moment(&ends.0, Time(0)).zip(moment(&ends.1, Time(86_399))).unwrap_or(whole),
        _ => whole,
    }
}

/// Books a meeting on the first working day of the window that is still to come.
fn meet(
    setting: &Setting,
    who: Vec<String>,
    (from, until): (Moment, Moment),
    lasts: i64,
    now: Moment,
) -> Result<Vec<Call>, String> {
    let days = std::iter::successors(Some(from.date()), |date| date.plus_days(1));
    let times = days.take_while(|date| *date <= until.date()).map(|date| date.at(Time(11 * 3600)));
    let mut free =
        times.filter(|at| *at > now && *at >= from && *at <= until && setting.office.calendar.is_workday(at.date()));
    let starts = free.next().ok_or("no working day of the window is left")?;
    let ends = Moment(starts.0 + lasts.max(1_800));
    let minute = |moment: Moment| crate::image::time::minute(&moment.iso());
    let arguments =
        json!({"summary": "A call, as asked for", "start": minute(starts), "end": minute(ends), "attendees": who});
    Ok(vec![Call { tool: "create_event", arguments }])
}
