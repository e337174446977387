//! How fairly people listen [W3]: what colleagues would write, played to who holds the answer. `tests/people` has the
//! messages: a folder for each world, a file for each tell, and one for what is wrong everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::world::Built;
use crate::Settings;
use crate::image::script::{Person, Tell};
use crate::run::people::topics;
use crate::run::session;
use crate::run::setting::Setting;
use crate::run::state::State;
use crate::run::store::MemoryStore;
use crate::value::Moment;

/// The messages of a file by the heading they stand under: `right`; `second`, what somebody writes who was not
/// understood; `wrong`.
type Messages = BTreeMap<String, Vec<String>>;

const DAY: i64 = 86_400;

/// What one tell opened to.
#[derive(Default)]
struct Figures {
    right: usize,
    first: usize,
    within_two: usize,
    wrong: usize,
    disclosed: usize,
    /// What went against the bar.
    unfair: Vec<String>,
}

/// A world on its fifth day, when nothing that it keeps is kept by the date alone.
struct Office {
    setting: Arc<Setting>,
    state: State,
}

impl Office {
    fn of(world: &str) -> Office {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("specs/{world}.world"));
        let Ok(built) = Built::of(&spec, &Settings::seed(7)) else { panic!("{world} is no world") };
        let setting = Arc::new(Setting::of(built.image, true).expect("the image has a script"));
        let mut state = State::start(&setting);
        let store = MemoryStore::of(Arc::clone(&setting));
        state.advance(&setting, &store, Moment(setting.office.starts.0 + 4 * DAY));
        Office { setting, state }
    }

    /// Every tell that waits for a question, with who holds it.
    fn tells(&self) -> Vec<(&Person, &Tell)> {
        let people = self.setting.script.people.iter();
        let all = people.flat_map(|person| person.tells.iter().map(move |tell| (person, tell)));
        all.filter(|(_, tell)| tell.when.as_ref().is_some_and(|when| !topics(when).is_empty())).collect()
    }

    /// After how many messages of a thread that nobody wrote before she tells: by mail, or begun in the chat.
    fn told_after(&self, (person, tell): (&Person, &Tell), by_mail: bool, messages: &[&str]) -> Option<usize> {
        let mut state = self.state.clone();
        let mut store = MemoryStore::of(Arc::clone(&self.setting));
        let name = format!("{}.{}", person.id, tell.name);
        for (at, message) in messages.iter().enumerate() {
            let answer = state.mail.letters.iter().rfind(|letter| letter.from.email == person.email);
            let (tool, arguments) = match (at, answer, by_mail) {
                (1.., Some(answer), _) => ("reply_mail", json!({"mail_id": answer.id, "body": message})),
                (.., true) => ("send_mail", json!({"to": [person.email], "subject": "Question", "body": message})),
                (.., false) => ("send_direct_message", json!({"to": person.email, "message": message})),
            };
            self.call(&mut state, &mut store, (tool, &arguments));
            self.until_answered(&mut state, &store, person);
            if state.told.contains_key(&name) {
                return Some(at + 1);
            }
        }
        None
    }

    /// Lets time pass until she answers, automatic notes of somebody who is away not counted.
    fn until_answered(&self, state: &mut State, store: &MemoryStore, person: &Person) {
        let asks = |state: &State| state.people.get(&person.id).map_or(0, |memory| memory.misses.values().sum::<u32>());
        let (before, told) = (asks(state), state.told.len());
        while let Some(next) = state.next().filter(|_| asks(state) == before && state.told.len() == told) {
            if next.0 > self.state.now.0 + 14 * DAY {
                break;
            }
            state.advance(&self.setting, store, next);
        }
    }

    fn call(&self, state: &mut State, store: &mut MemoryStore, call: (&str, &Json)) {
        let outcome = session::call(&self.setting, state, store, 0, call);
        assert!(!outcome.refused, "{}", outcome.text);
    }

    /// What came of some messages; each that was not understood is followed by one of `seconds`.
    fn figures(&self, tell: (&Person, &Tell), right: &[&String], seconds: &[String], wrong: &[&String]) -> Figures {
        let mut figures = Figures::default();
        let (holder, asker) = (&tell.0.first, &self.setting.owner().first);
        let named = |text: &str| text.replace("{first}", holder).replace("{asker}", asker);
        for (at, right) in right.iter().enumerate() {
            let told = self.told_after(tell, at % 2 == 0, &[&named(right), &seconds[at % seconds.len()]]);
            figures.right += 1;
            figures.first += usize::from(told == Some(1));
            figures.within_two += usize::from(told.is_some());
            if told != Some(1) {
                figures.unfair.push(format!("not at first: {right}"));
            }
        }
        for (at, wrong) in wrong.iter().enumerate() {
            let told = self.told_after(tell, at % 2 == 0, &[&named(wrong)]).is_some();
            figures.wrong += 1;
            figures.disclosed += usize::from(told);
            if told {
                figures.unfair.push(format!("told: {wrong}"));
            }
        }
        figures
    }
}

impl Figures {
    #[expect(clippy::print_stdout, reason = "the figures of a bar are read in the test's output")]
    fn print(&self, name: &str) {
        let Figures { right, first, within_two, wrong, disclosed, unfair } = self;
        println!("{name}: {first} of {right} at once, {within_two} within two; {disclosed} of {wrong} told in error");
        unfair.iter().for_each(|line| println!("  {line}"));
    }

    fn add(&mut self, other: &Figures) {
        self.right += other.right;
        self.first += other.first;
        self.within_two += other.within_two;
        self.wrong += other.wrong;
        self.disclosed += other.disclosed;
    }

    fn is_fair(&self) -> bool {
        self.first * 100 >= self.right * 80 && self.within_two * 100 >= self.right * 95
    }
}

fn messages(name: &str) -> Messages {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut messages = Messages::new();
    let mut heading = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => heading = name.to_owned(),
            None => messages.entry(heading.clone()).or_default().push(line.to_owned()),
        }
    }
    messages
}

fn every_second<'m>(texts: &[&'m String], from: usize) -> Vec<&'m String> {
    texts.iter().skip(from).step_by(2).copied().collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a bar are read in the test's output")]
fn people_tell_who_asks_and_nobody_else() {
    let everywhere = messages("wrong.txt").remove("wrong").expect("it has that heading");
    let (mut wrong, mut disclosed, mut first, mut fresh, mut unfair) = (0, 0, 0, 0, Vec::new());
    for world in ["fpa_march", "site_manager"] {
        let office = Office::of(world);
        for tell in office.tells() {
            let name = format!("{world}/{}.{}", tell.0.id, tell.1.name);
            let messages = messages(&format!("{name}.txt"));
            let known: Vec<&String> = messages["wrong"].iter().chain(&everywhere).collect();
            let right = |heading: &str| messages[heading].iter().collect::<Vec<_>>();
            let found = office.figures(tell, &right("right"), &messages["second"], &known);
            found.print(&name);
            let unseen = office.figures(tell, &right("unseen"), &messages["second"], &[]);
            unseen.print("  unseen");
            let enough = found.right >= 20 && found.wrong >= 40;
            (wrong, disclosed) = (wrong + found.wrong, disclosed + found.disclosed);
            (first, fresh) = (first + unseen.first, fresh + unseen.right);
            if !enough || !found.is_fair() {
                unfair.push(name);
            }
        }
    }
    println!("{disclosed} of {wrong} told in error; unseen: {first} of {fresh} at once");
    assert!(unfair.is_empty(), "{}", unfair.join("\n"));
    assert!(disclosed * 100 <= wrong * 2, "{disclosed} of {wrong} told in error");
}

/// Messages that were written after the topics, by somebody who asks as people do; no word was ever chosen by them. Whoever
/// must choose by some takes the first half, which is printed; the second gives fair figures as long as nobody looks at it.
#[test]
#[ignore = "a minute without optimisation: tests/runner_bars.sh"]
fn people_tell_who_asks_in_words_that_nobody_chose() {
    let everywhere = messages("wrong.txt").remove("fresh wrong").expect("it has that heading");
    let mut halves = [Figures::default(), Figures::default()];
    let mut unfair = Vec::new();
    for world in ["fpa_march", "site_manager"] {
        let office = Office::of(world);
        for tell in office.tells() {
            let name = format!("{world}/{}.{}", tell.0.id, tell.1.name);
            let messages = messages(&format!("{name}.txt"));
            let wrong: Vec<&String> = messages["fresh wrong"].iter().chain(&everywhere).collect();
            let right: Vec<&String> = messages["fresh"].iter().collect();
            let mut both = Figures::default();
            for (from, half) in halves.iter_mut().enumerate() {
                let (right, wrong) = (every_second(&right, from), every_second(&wrong, from));
                let found = office.figures(tell, &right, &messages["second"], &wrong);
                half.add(&found);
                both.add(&found);
                both.unfair.extend(found.unfair.into_iter().filter(|_| from == 0));
            }
            both.print(&name);
            if right.len() < 20 || wrong.len() < 40 || !both.is_fair() {
                unfair.push(name);
            }
        }
    }
    halves[0].print("the half that words may be chosen by");
    halves[1].print("the half that nobody has looked at");
    assert!(unfair.is_empty(), "{}", unfair.join("\n"));
    for half in halves {
        assert!(half.is_fair() && half.disclosed * 100 <= half.wrong * 2, "{} of {}", half.disclosed, half.wrong);
    }
}
