//! The looks of companies.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Way, drawn};
use crate::diag::Diagnostic;
use crate::document::look::{Brand, Letterhead, Mark, NAMED, Palette};
use crate::draw::Key;
use crate::eval::{Fault, Outcome, hyphenated};
use crate::forms::{Kind, did_you_mean};
use crate::plan::Planner;
use crate::value::{Item, Value};

pub(super) const MARKS: [Way<Mark>; 5] = [
    ("square", Mark::Square, 24),
    ("circle", Mark::Circle, 22),
    ("bar", Mark::Bar, 20),
    ("diamond", Mark::Diamond, 17),
    ("hexagon", Mark::Hexagon, 17),
];

pub(super) const LETTERHEADS: [Way<Letterhead>; 3] =
    [("ruled", Letterhead::Ruled, 40), ("banded", Letterhead::Banded, 32), ("centred", Letterhead::Centred, 28)];

/// Pairs that every office suite has or replaces by fonts of the same widths: headings, text.
const FONTS: [Way<[&str; 2]>; 12] = [
    ("Calibri", ["Calibri", "Calibri"], 12),
    ("Cambria and Calibri", ["Cambria", "Calibri"], 11),
    ("Arial", ["Arial", "Arial"], 11),
    ("Georgia and Arial", ["Georgia", "Arial"], 9),
    ("Georgia", ["Georgia", "Georgia"], 8),
    ("Cambria", ["Cambria", "Cambria"], 8),
    ("Verdana", ["Verdana", "Verdana"], 7),
    ("Arial and Cambria", ["Arial", "Cambria"], 8),
    ("Times New Roman", ["Times New Roman", "Times New Roman"], 6),
    ("Arial Narrow and Arial", ["Arial Narrow", "Arial"], 7),
    ("Trebuchet MS and Calibri", ["Trebuchet MS", "Calibri"], 7),
    ("Calibri and Cambria", ["Calibri", "Cambria"], 6),
];

/// What a company prints at the foot of its pages.
#[derive(Clone, Copy)]
enum Foot {
    NameAndDomain,
    Domain,
    Rights,
    Nothing,
}

const FEET: [Way<Foot>; 4] = [
    ("name and domain", Foot::NameAndDomain, 45),
    ("domain", Foot::Domain, 20),
    ("rights", Foot::Rights, 20),
    ("nothing", Foot::Nothing, 15),
];

impl Planner<'_> {
    /// The looks of all companies with people in the world, declared or drawn.
    pub(in crate::plan) fn plan_brands(&mut self) -> Outcome<()> {
        let mut companies: Vec<String> = self.plan.people.iter().map(|person| person.company.clone()).collect();
        companies.push(self.plan.world.company.clone());
        let mut declared = self.declared_brands(&companies)?;
        for company in companies {
            if !self.brands.contains_key(&company) {
                let brand = self.brand(&company, declared.remove(&company))?;
                self.brands.insert(company, Arc::new(brand));
            }
        }
        Ok(())
    }

    /// The `brand` blocks by company.
    fn declared_brands(&self, companies: &[String]) -> Outcome<BTreeMap<String, Item>> {
        let mut declared: BTreeMap<String, Item> = BTreeMap::new();
        for (declaration, item) in self.items_of(Kind::Brand)? {
            let company = match &declaration.label {
                Some(label) => self.eval.in_scope(item, |scope| self.eval.printed(label, scope))?.text,
                None => self.plan.world.company.clone(),
            };
            let span = declaration.label.as_ref().map_or(declaration.head, |label| label.span);
            if !companies.contains(&company) {
                let error = Diagnostic::error("E0101", span, format!("nobody works at `{company}`"));
                return Err(match did_you_mean(&company, companies.iter().map(String::as_str)) {
                    Some(near) => error.help(format!("did you mean \"{near}\"?")),
                    None => error.help("a brand is that of the owner's company, or of a persona's `company`"),
                }
                .into());
            }
            if let Some(other) = declared.insert(company.clone(), item) {
                let first = self.eval.declaration_of(other).head;
                return Err(Fault::from(
                    Diagnostic::error("E0112", span, format!("`{company}` has two brands"))
                        .cause(first, "the other one")
                        .help("put all into one block"),
                ));
            }
        }
        Ok(declared)
    }

    fn brand(&self, company: &str, block: Option<Item>) -> Outcome<Brand> {
        let key = self.brand_key(company);
        let plain = drawn_brand(&key, company, self.domain(company));
        let fonts = match block.map(|block| self.property(block, "fonts")).transpose()? {
            Some(Value::List(fonts)) => self.fonts(block, &fonts)?,
            _ => [plain.heading_font, plain.body_font],
        };
        let [heading_font, body_font] = fonts;
        Ok(Brand {
            palette: self.way(block, "colours", &key, &palettes())?,
            heading_font,
            body_font,
            footer: self.said(block, "footer")?.unwrap_or(plain.footer),
            monogram: self.said(block, "logo")?.unwrap_or(plain.monogram),
            mark: self.way(block, "mark", &key, &MARKS)?,
            letterhead: self.way(block, "letterhead", &key, &LETTERHEADS)?,
            company: plain.company,
        })
    }

    /// One font for all, or that of headings and that of text.
    fn fonts(&self, block: Option<Item>, fonts: &[Value]) -> Outcome<[String; 2]> {
        match fonts {
            [Value::Text(all)] => Ok([all.to_string(), all.to_string()]),
            [Value::Text(heading), Value::Text(body)] => Ok([heading.to_string(), body.to_string()]),
            _ => {
                let message = "`fonts` are two: that of headings and that of text";
                let head = block.map(|block| self.eval.declaration_of(block).head).unwrap_or_default();
                Err(Diagnostic::error("E0201", head, message).help("write `fonts = [\"Georgia\", \"Calibri\"]`").into())
            }
        }
    }

    /// The look of a company; that of one with nobody in the world is drawn by its name as well.
    pub(in crate::plan) fn brand_of(&self, company: &str) -> Arc<Brand> {
        match self.brands.get(company) {
            Some(brand) => Arc::clone(brand),
            None => Arc::new(drawn_brand(&self.brand_key(company), company, self.domain(company))),
        }
    }

    fn brand_key(&self, company: &str) -> Key {
        self.roots.open.child(&format!("brand {company}"))
    }

    /// Where a company's mail comes from [P7].
    fn domain(&self, company: &str) -> String {
        let world = &self.plan.world;
        match company == world.company && !world.domain.is_empty() {
            true => world.domain.clone(),
            false => format!("{}.example", hyphenated(company)),
        }
    }
}

/// A palette by its name, each as likely as the others.
pub(super) fn palettes() -> Vec<Way<Palette>> {
    NAMED.iter().map(|(name, palette)| (*name, *palette, 1)).collect()
}

fn drawn_brand(key: &Key, company: &str, domain: String) -> Brand {
    let [heading_font, body_font] = drawn(&key.child("fonts"), &FONTS).map(str::to_owned);
    let footer = match drawn(&key.child("footer"), &FEET) {
        Foot::NameAndDomain => format!("{company} · {domain}"),
        Foot::Domain => domain,
        Foot::Rights => format!("© {company}"),
        Foot::Nothing => String::new(),
    };
    Brand {
        palette: drawn(&key.child("colours"), &palettes()),
        heading_font,
        body_font,
        footer,
        mark: drawn(&key.child("mark"), &MARKS),
        letterhead: drawn(&key.child("letterhead"), &LETTERHEADS),
        ..Brand::plain(company)
    }
}
