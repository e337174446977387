//! Which facts stand behind a place of a file: their addresses, values and declarations.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::diag::Diagnostic;
use crate::image::encode::parse_facts;
use crate::image::sealed::facts::{StoredFact, read};
use crate::image::sealed::{provenance, records};
use crate::image::show::{self, Found, value};
use crate::image::{Image, fault};
use crate::value::FactId;

/// The answer for one file, or one place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The file's path in the image.
    pub path: String,
    /// The declaration it came from, with its keys.
    pub declaration: Option<String>,
    /// Places in reading order; without a fact where a place is plain wording.
    pub places: Vec<Because>,
}

/// What is printed at a place, and from which facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    pub place: String,
    pub text: String,
    pub facts: Vec<Cause>,
}

/// A fact with its value and where it is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    pub address: String,
    pub value: String,
    pub sealed: bool,
    pub drawn: bool,
    /// `fpa_march.world:61`, if the image has a receipt that says so.
    pub declared: Option<String>,
}

impl Image {
    /// The facts printed in a file, or at one place of it: `Budget!E7` (or `E7`), `p12`, `s3p2` (or all
    /// of slide `s3`), `l3`, `title`, `<message id>`.
    pub fn why(&self, path: &str, place: Option<&str>) -> Result<Why, Diagnostic> {
        let known = Known::read(self)?;
        let path = known.path(self, path)?;
        let printing = known.printings.get(&path);
        let texts = texts(self, &path);
        let printed: Vec<(&str, &str)> = printing
            .into_iter()
            .flat_map(|printing| printing.at.iter().map(|(place, facts)| (place.as_str(), facts.as_str())))
            .filter(|(found, _)| place.is_none_or(|wanted| is_place(found, wanted)))
            .collect();
        let mut places: Vec<Because> =
            printed.iter().map(|(place, facts)| known.because(place, facts, &texts)).collect();
        if let Some(wanted) = place.filter(|_| places.is_empty()) {
            places.push(plain_wording(&path, wanted, &texts)?);
        }
        let declaration = known.declarations[path.as_str()].as_str().map(str::to_string);
        Ok(Why { path, declaration, places })
    }
}

/// What the sealed records say about facts and places.
pub(crate) struct Known {
    facts: BTreeMap<FactId, StoredFact>,
    pub(crate) printings: BTreeMap<String, provenance::Printing>,
    declarations: Json,
    declared: Json,
}

impl Known {
    pub(crate) fn read(image: &Image) -> Result<Known, Diagnostic> {
        // The receipt is no part of the world: without it, answers lack line numbers and nothing else.
        let receipt = image.read_text("receipt.json").ok().and_then(|text| serde_json::from_str::<Json>(&text).ok());
        Ok(Known {
            facts: read(image)?.into_iter().map(|fact| (fact.id, fact)).collect(),
            printings: provenance::read(image)?,
            declarations: records::one(image, "declarations.json")?,
            declared: receipt.map(|receipt| receipt["declared"].clone()).unwrap_or_default(),
        })
    }

    /// Files that are on no disk are named by their declaration.
    fn path(&self, image: &Image, path: &str) -> Result<String, Diagnostic> {
        if self.printings.contains_key(path) {
            return Ok(path.to_string());
        }
        match image.find(path)? {
            Found::File(path) => Ok(path),
            Found::Folder(folder) => Err(fault::missing(&format!("file {folder:?}; that is a folder"))),
        }
    }

    fn because(&self, place: &str, facts: &str, texts: &[(String, String)]) -> Because {
        let text = texts.iter().filter(|(found, _)| found == place).map(|(_, text)| text.as_str()).collect::<Vec<_>>();
        Because { place: place.to_string(), text: text.join("\n"), facts: self.causes(&parse_facts(facts)) }
    }

    fn causes(&self, ids: &[FactId]) -> Vec<Cause> {
        ids.iter().filter_map(|id| self.facts.get(id)).map(|fact| self.cause(fact)).collect()
    }

    /// The facts printed at a place of a file.
    pub(crate) fn facts_at(&self, path: &str, place: &str) -> Vec<&StoredFact> {
        let printing = self.printings.get(path).into_iter().flat_map(|printing| &printing.at);
        let here = printing.filter(|(found, _)| found == place);
        here.flat_map(|(_, facts)| parse_facts(facts)).filter_map(|id| self.facts.get(&id)).collect()
    }

    fn cause(&self, fact: &StoredFact) -> Cause {
        Cause {
            address: fact.address.clone(),
            value: value::text(&fact.value),
            sealed: fact.sealed,
            drawn: fact.drawn,
            declared: self.declared[fact.declaration.as_str()].as_str().map(str::to_string),
        }
    }
}

/// Place and text of everything in a file; a file without a reader has none.
fn texts(image: &Image, path: &str) -> Vec<(String, String)> {
    let lines = show::lines(image, path).unwrap_or_default();
    lines.into_iter().map(|line| (line.place.to_string(), line.labelled().into_owned())).collect()
}

/// `E7` is the cell of whatever sheet has facts there, `s3` every paragraph of that slide; an identifier may lack its
/// angle brackets.
fn is_place(found: &str, wanted: &str) -> bool {
    found == wanted
        || (!wanted.is_empty() && found.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('p')))
        || found.rsplit_once('!').is_some_and(|(_, cell)| cell.eq_ignore_ascii_case(wanted))
        || found.strip_prefix('<').and_then(|found| found.strip_suffix('>')) == Some(wanted)
}

fn plain_wording(path: &str, wanted: &str, texts: &[(String, String)]) -> Result<Because, Diagnostic> {
    let here = texts.iter().find(|(place, _)| is_place(place, wanted));
    let (place, text) = here.ok_or_else(|| fault::missing(&format!("place {wanted} in {path}")))?;
    Ok(Because { place: place.clone(), text: text.clone(), facts: Vec::new() })
}

impl Why {
    /// The answer for programs.
    pub fn json(&self) -> Json {
        let cause = |cause: &Cause| {
            json!({
                "fact": cause.address, "value": cause.value, "sealed": cause.sealed, "drawn": cause.drawn,
                "declared": cause.declared,
            })
        };
        let place = |because: &Because| {
            let facts = Json::from_iter(because.facts.iter().map(cause));
            json!({"place": because.place, "text": because.text, "facts": facts})
        };
        let places = Json::from_iter(self.places.iter().map(place));
        json!({"path": self.path, "declaration": self.declaration, "places": places})
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let from = self.declaration.as_ref().map(|name| format!("  from {name}")).unwrap_or_default();
        writeln!(out, "{}{from}", self.path)?;
        for because in &self.places {
            writeln!(out, "  {}  {}", because.place, show::shortened(&because.text))?;
            if because.facts.is_empty() {
                writeln!(out, "      wording; no fact is printed here")?;
            }
            for cause in because.facts.iter().take(show::SCREEN) {
                writeln!(out, "      {cause}")?;
            }
            if because.facts.len() > show::SCREEN {
                writeln!(out, "      … {} more facts", because.facts.len() - show::SCREEN)?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match (self.sealed, self.drawn) {
            (true, true) => "secret, drawn",
            (true, false) => "sealed, computed",
            (false, true) => "drawn",
            (false, false) => "stated or computed",
        };
        write!(out, "{} = {}  ({kind})", self.address, self.value)?;
        self.declared.as_ref().map_or(Ok(()), |place| write!(out, "  {place}"))
    }
}
