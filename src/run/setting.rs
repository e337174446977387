//! What never changes during a run: the image and its script, the office's hours, how paths are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::image::hash::{hex, hmac_sha256};
use crate::image::script::{Correspondent, Objective, Person, Scheduled, Script, Target};
use crate::image::sealed::{canary, os_name};
use crate::image::{Image, fault};
use crate::judge::scene::{Blobs, Digest};
use crate::plan::Os;
use crate::run::clock::Office;
use crate::run::manner::Limits;
use crate::run::paths::PathStyle;
use crate::run::tool::Tool;
use crate::value::calendar::WorkingCalendar;
use crate::value::{Date, Moment, Time, usual};

/// The world a run is lived in.
pub(crate) struct Setting {
    pub image: Image,
    pub script: Script,
    pub office: Office,
    pub paths: PathStyle,
    pub limits: Limits,
    /// Every file on the disk as the month begins.
    pub original: Arc<BTreeMap<String, Digest>>,
    /// Where in the image the bytes of a digest are.
    places: BTreeMap<Digest, String>,
    /// Key of everything drawn during the month [J4].
    blind: [u8; 32],
    /// Words that stand in the sealed part only: whoever says or hears one has seen it [L3].
    sealed_words: [String; 2],
}

/// Somebody as mail knows them. The address is in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    pub name: String,
    pub email: String,
}

impl Setting {
    /// Reads what a run needs of an image; `posix` shows paths as a shell sees them.
    pub(crate) fn of(image: Image, posix: bool) -> Result<Setting, Diagnostic> {
        let script = Script::read(&image)?;
        let damaged = |path: &str, why: &str| fault::damaged(path, why);
        let blind = image.key()?;
        let owner = script.person(&script.world.owner).ok_or_else(|| damaged("sealed/people.json", "has no owner"))?;
        let world = &script.world;
        let office = Office {
            calendar: WorkingCalendar { holidays: world.holidays.iter().copied().collect() },
            hours: hours(owner),
            starts: world.starts,
            ends: world.ends,
        };
        let paths = PathStyle { os: os_named(&world.os), home: world.home.clone(), posix };
        let original = Arc::new(original(&image));
        let places = places(&image)?;
        let sealed_words = [canary::word(&blind), hex(&blind)];
        Ok(Setting { office, paths, limits: Limits::default(), original, places, blind, sealed_words, image, script })
    }

    /// The same world with other limits.
    pub(crate) fn within(self, limits: Limits) -> Setting {
        Setting { limits, ..self }
    }

    /// The seconds of working time that a tool takes in this world [C3].
    pub(crate) fn cost(&self, tool: &Tool) -> i64 {
        self.script.world.costs.get(tool.name).copied().unwrap_or(tool.cost)
    }

    /// Whether some bytes show the sealed part.
    pub(crate) fn shows_sealed(&self, bytes: &[u8]) -> bool {
        self.sealed_words.iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
    }

    /// The owner of the computer.
    pub(crate) fn owner(&self) -> &Person {
        let script = &self.script;
        script.person(&script.world.owner).expect("`Setting::of` found the owner among the people")
    }

    /// The person with that address.
    pub(crate) fn person_at(&self, email: &str) -> Option<&Person> {
        self.script.people.iter().find(|person| person.email.eq_ignore_ascii_case(email))
    }

    /// Name and address of a correspondent.
    pub(crate) fn address(&self, who: &Correspondent) -> Address {
        match who {
            Correspondent::Person(id) => self
                .script
                .person(id)
                .map(Address::of)
                .unwrap_or_else(|| Address { name: id.clone(), email: String::new() }),
            Correspondent::Outside { name, email } => Address { name: name.clone(), email: email.to_lowercase() },
        }
    }

    /// The addresses of those an objective names: who gave the brief, and to whom a mail of it goes.
    pub(crate) fn named_by(&self, objective: &Objective) -> Vec<String> {
        let brief = objective.brief.as_deref();
        let mails = self.script.schedule.iter().chain(&self.script.history).filter_map(|part| match part {
            Scheduled::Mail(mail) => Some(mail),
            Scheduled::Change(_) | Scheduled::Event(_) | Scheduled::Post(_) => None,
        });
        let giver = mails.filter(|mail| Some(mail.address.as_str()) == brief).map(|mail| &mail.from);
        let readers = objective.delivers.iter().flat_map(|deliver| match &deliver.target {
            Target::Mail { mail } => mail.as_slice(),
            Target::File { .. } | Target::Meeting { .. } => &[],
        });
        giver.chain(readers).map(|who| self.address(who).email).collect()
    }

    /// Whether she works that day.
    pub(crate) fn is_in(&self, person: &Person, date: Date) -> bool {
        self.office.calendar.is_workday(date) && !person.away.contains(&date)
    }

    /// The first moment from `at` on in which she is at work; the end of the month if there is none.
    pub(crate) fn at_work(&self, person: &Person, at: Moment) -> Moment {
        let (opens, closes) = hours(person);
        let mut date = at.date();
        let mut time = at.time();
        while date.at(opens) < self.office.ends {
            if self.is_in(person, date) && time <= closes {
                return date.at(time.max(opens));
            }
            let Some(next) = date.plus_days(1) else { break };
            (date, time) = (next, Time(0));
        }
        self.office.ends
    }

    /// 64 hexadecimal digits that depend on the world's secrets and on the address of what is drawn, on nothing else.
    pub(crate) fn draw(&self, address: &str) -> String {
        hmac_sha256(&self.blind, address.as_bytes())
    }

    /// The Message-ID of the n-th mail of a kind.
    pub(crate) fn message_id(&self, address: &str) -> String {
        format!("{}@{}", &self.draw(address)[..20], self.script.world.domain)
    }
}

impl Blobs for Setting {
    fn bytes(&self, digest: &str) -> Option<Arc<[u8]>> {
        self.image.read(self.places.get(digest)?).ok()
    }
}

impl Address {
    pub(crate) fn of(person: &Person) -> Address {
        Address { name: person.name.clone(), email: person.email.to_lowercase() }
    }
}

/// When a person's day begins and ends.
pub(crate) fn hours(person: &Person) -> (Time, Time) {
    match person.hours[..] {
        [opens, closes] => (opens, closes),
        _ => usual::HOURS,
    }
}

/// The system by its word in the image.
fn os_named(word: &str) -> Os {
    let all = [Os::Windows, Os::Macos, Os::Linux];
    all.into_iter().find(|os| os_name(*os) == word).unwrap_or(Os::Windows)
}

fn original(image: &Image) -> BTreeMap<String, Digest> {
    let files = image.manifest().entries.iter().filter(|entry| !entry.is_folder());
    let disk = files.filter_map(|entry| Some((entry.path.strip_prefix("disk/")?, entry)));
    disk.map(|(path, entry)| (path.to_owned(), entry.sha256.as_str().into())).collect()
}

fn places(image: &Image) -> Result<BTreeMap<Digest, String>, Diagnostic> {
    let mut places = BTreeMap::new();
    for entry in image.manifest().entries.iter().filter(|entry| entry.path.starts_with("disk/")) {
        places.insert(entry.sha256.as_str().into(), entry.path.clone());
    }
    for entry in image.sealed_index()?.into_iter().filter(|entry| entry.path.starts_with("sealed/blobs/")) {
        places.insert(entry.sha256.as_str().into(), entry.path);
    }
    Ok(places)
}
