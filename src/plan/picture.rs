//! The pictures that templates make: what they show is read from the facts, what stays open from their address.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::document::picture::{Photo, Picture, PictureFile, Scene, Weather};
use crate::document::{Properties, Run};
use crate::draw::Key;
use crate::eval::{Evaluator, Outcome, Printed, Scope, facts_of};
use crate::formats;
use crate::forms::Kind;
use crate::plan::chart;
use crate::plan::content::Making;
use crate::plan::disk::moment_of;
use crate::plan::prose::runs;
use crate::resolve::program::{Declaration, FieldDeclaration};
use crate::source::Span;
use crate::syntax::ExprKind;
use crate::value::{FactId, Moment, Number, Time, Value};

/// Makers and models of the phones of those who take photos.
const CAMERAS: [&str; 6] = ["Lumo L5", "Lumo L7 Pro", "Kestrel K3", "Norden N12", "Norden N14 Mini", "Tavola T9"];

/// The logo of the author's company.
pub(super) fn logo(properties: Properties) -> PictureFile {
    PictureFile { picture: Arc::new(Picture::Logo(Arc::clone(&properties.brand))), properties }
}

impl Making<'_> {
    /// The first chart of the template as a picture.
    pub(super) fn chart(&self, properties: Properties) -> Outcome<PictureFile> {
        let Some(block) = self.part(Kind::Chart) else {
            let message = format!("a `.{}` file cannot hold this template", self.order.extension);
            let help = "a picture is made by a `chart`, a `photo`, a `screenshot` or a `logo` in the template";
            return Err(Diagnostic::error("E0220", self.order.span, message).help(help).into());
        };
        let name = chart::name(self.eval, block, self.scope)?;
        let chart = chart::chart(self.eval, block, &name, self.scope)?;
        let picture = Picture::Chart(Arc::new(chart));
        refuse_undrawn(&picture, block.head)?;
        Ok(PictureFile { properties, picture: Arc::new(picture) })
    }

    /// A photo as its block says.
    pub(super) fn photo(&self, block: &Declaration, properties: Properties) -> Outcome<PictureFile> {
        let part = Part { eval: self.eval, block, scope: self.scope };
        let roots = self.eval.roots.as_ref();
        let taken = part.moment("taken")?.unwrap_or(properties.modified);
        let mut facts = Vec::new();
        let weather = match part.traced("weather", &mut facts)? {
            Some(Value::Text(word)) => weather(&word).unwrap_or(Weather::Cloud),
            _ => drawn_weather(self.key.as_ref(), taken),
        };
        let progress = part.progress(&mut facts)?;
        let of = part.text("subject")?.unwrap_or_else(|| self.world_name());
        let photo = Photo {
            scene: scene(&part.text("scene")?.unwrap_or_default()),
            weather,
            progress,
            writing: part.lines("lines")?,
            facts: facts_of(facts),
            taken,
            camera: part.text("camera")?.unwrap_or_else(|| self.camera(&properties.email)),
            place: word(roots.map(|roots| roots.open.child("photographed").child(&of))),
            variation: self.variation(block),
        };
        let properties = Properties { created: taken, modified: properties.modified.max(taken), ..properties };
        let picture = Picture::Photo(photo);
        refuse_undrawn(&picture, block.head)?;
        Ok(PictureFile { properties, picture: Arc::new(picture) })
    }

    fn world_name(&self) -> String {
        let world = self.eval.program.get(self.eval.program.world);
        world.name.as_ref().map_or_else(String::new, |name| name.name.to_string())
    }

    /// What a picture leaves open, by its name in the template.
    pub(super) fn variation(&self, block: &Declaration) -> u64 {
        let kind = block.kind.keyword();
        word(self.key.map(|key| match &block.name {
            Some(name) => key.child(kind).child(&name.name),
            None => key.child(kind),
        }))
    }

    /// The phone of whoever has this address.
    fn camera(&self, email: &str) -> String {
        let key = self.eval.roots.as_ref().map(|roots| roots.open.child("camera").child(email));
        let model = key.map_or(0, |key| key.stream().below(CAMERAS.len() as u64));
        CAMERAS[model as usize].to_string()
    }
}

/// Whether all that is written in a picture can be drawn.
pub(super) fn refuse_undrawn(picture: &Picture, span: Span) -> Outcome<()> {
    let lost = picture.texts().into_iter().find_map(|text| formats::lost("png", &text));
    let Some((_, letter)) = lost else { return Ok(()) };
    let (message, help) = formats::lost_message("png", letter);
    Err(Diagnostic::error("E0226", span, message).help(help).into())
}

fn scene(word: &str) -> Scene {
    match word {
        "interior" => Scene::Interior,
        "office" => Scene::Office,
        "whiteboard" => Scene::Whiteboard,
        _ => Scene::Site,
    }
}

fn weather(word: &str) -> Option<Weather> {
    Some(match word {
        "sun" => Weather::Sun,
        "cloud" => Weather::Cloud,
        "rain" => Weather::Rain,
        "fog" => Weather::Fog,
        "snow" => Weather::Snow,
        _ => return None,
    })
}

/// The weather of a photo that does not say: more sun in summer, fog and snow in winter.
fn drawn_weather(key: Option<&Key>, taken: Moment) -> Weather {
    let share = key.map_or(0, |key| key.child("weather").stream().below(100));
    let shares = match taken.date().month().number() {
        12 | 1 | 2 => [18, 66, 84, 93],
        5..=8 => [46, 84, 99, 100],
        _ => [30, 74, 94, 100],
    };
    let kinds = [Weather::Sun, Weather::Cloud, Weather::Rain, Weather::Fog];
    let found = kinds.into_iter().zip(shares).find(|(_, until)| share < *until);
    found.map_or(Weather::Snow, |(weather, _)| weather)
}

pub(super) fn word(key: Option<Key>) -> u64 {
    key.map_or(0, |key| key.stream().word())
}

/// A block inside a template, in a scope that has the template's parameters.
pub(super) struct Part<'p> {
    pub(super) eval: &'p Evaluator<'p>,
    pub(super) block: &'p Declaration,
    pub(super) scope: &'p Scope<'p>,
}

impl Part<'_> {
    pub(super) fn field(&self, name: &str) -> Option<&FieldDeclaration> {
        self.block.field(name)
    }

    pub(super) fn text(&self, name: &str) -> Outcome<Option<String>> {
        Ok(self.printed(name)?.map(|printed| printed.text))
    }

    /// A text with the facts it prints.
    pub(super) fn printed(&self, name: &str) -> Outcome<Option<Printed>> {
        self.field(name).map(|field| self.eval.printed(&field.value, self.scope)).transpose()
    }

    /// A value with the facts it was read from.
    fn traced(&self, name: &str, facts: &mut Vec<FactId>) -> Outcome<Option<Value>> {
        let Some(field) = self.field(name) else { return Ok(None) };
        let (value, read) = self.eval.traced(&field.value, self.scope)?;
        facts.extend(read.iter().copied());
        Ok(Some(value))
    }

    fn moment(&self, name: &str) -> Outcome<Option<Moment>> {
        let Some(field) = self.field(name) else { return Ok(None) };
        Ok(moment_of(&self.eval.value(&field.value, self.scope)?, Time(12 * 3600)))
    }

    /// Whole per cent from 0 to 100.
    fn progress(&self, facts: &mut Vec<FactId>) -> Outcome<u8> {
        let Some(Value::Number(share)) = self.traced("progress", facts)? else { return Ok(50) };
        let per_cent = share.multiply(Number::from_i64(100)).ok().and_then(|share| share.round(0).to_i64());
        match per_cent.filter(|per_cent| (0..=100).contains(per_cent)) {
            Some(per_cent) => Ok(per_cent as u8),
            None => {
                let span = self.field("progress").map_or(self.block.head, |field| field.value.span);
                let message = format!(
                    "works are between 0% and 100% done, and this is {}",
                    self.eval.label(&Value::Number(share))
                );
                Err(Diagnostic::error("E0516", span, message).help("divide what is done by all there is to do").into())
            }
        }
    }

    /// Texts with their facts: each one line.
    pub(super) fn lines(&self, name: &str) -> Outcome<Vec<Vec<Run>>> {
        let Some(field) = self.field(name) else { return Ok(Vec::new()) };
        if let ExprKind::List(items) = &field.value.kind {
            return items.iter().map(|item| self.eval.printed(item, self.scope).map(|line| runs(&line))).collect();
        }
        let items = self.eval.items(&self.eval.value(&field.value, self.scope)?, field.value.span)?;
        let line = |item: &Value| Ok(vec![Run { text: self.eval.plain_text(item)?.into_owned(), ..Run::default() }]);
        items.iter().map(line).collect()
    }
}
