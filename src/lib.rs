//! worldc compiles office worlds from facts: the same spec and seed give the same bytes.
//!
//! A `.world` file states what is true in an office: who works there, what things cost, who knows what, what must be
//! handed in by when. The compiler turns it into a **world image**: one knowledge worker's computer with folders,
//! documents, mailbox and calendar, in which everything agrees because everything is printed from the same facts.
//!
//! ```text
//!                no seed                                     pure, seeded
//! text ─parse─▶ Tree ─resolve─▶ Program ─check─▶ Spec ─plan─▶ Plan ─render─▶ Files ─pack─▶ Image
//! ```
//!
//! | pass | from → to | knows | never does |
//! |---|---|---|---|
//! | parse | text → tree | grammar, places, comments | reads files |
//! | resolve | trees → program | imports, data, scopes: names become declarations | evaluates |
//! | check | program → spec | forms, types, secrecy, solvability | sees a seed |
//! | plan | spec and settings → plan | draws, facts, documents before they have bytes, mail, schedule | makes bytes |
//! | render | plan → files | formats: documents to bytes, in parallel | draws, reads a clock |
//! | pack | files → image | paths, times, hashes | changes a byte |
//!
//! The rooms stand in that order, and imports go to the left only (`tests/layers.rs`):
//!
//! | room | is for |
//! |---|---|
//! | `source` | texts and places in them |
//! | `settings` | what a build is asked for besides its spec: seed, knobs, salt, threads |
//! | `disk` | the one place that reads specs from a folder, and that writes files whole |
//! | `value` | exact decimals, dates, times, time zones, and how they compare and print |
//! | `diag` | the one error type: what is wrong, where, why, one way out |
//! | `document` | documents before they have bytes, each printed run with its facts |
//! | `forms` | the one table of blocks, properties and functions, and what is generated from it |
//! | `syntax` | the grammar, the tree, and the one layout |
//! | `template` | bodies of templates: text with `{{ … }}` to steps that the evaluator takes |
//! | `formats` | documents to bytes and back; sees nothing but `document` and `value` |
//! | `resolve` | names to declarations; imports, data and the embedded library |
//! | `draw` | randomness by address: hashes, streams, samplers |
//! | `eval` | the one evaluator, with a seed or without |
//! | `check` | what can be proven of a spec before any seed |
//! | `plan` | everything a seed decides |
//! | `image` | render, pack, open, save, show, compare; provenance |
//! | `testing` | what tests and benches share: specs, files and faults made on purpose |
//! | `judge` | checks on a scene: reads files as a person sees them, says what holds and where that was seen |
//! | `run` | the month as a simulation: clock, people, tools, journal |
//! | `grade` | what a run is worth: a function of image and journal |
//! | `prove` | what must hold of a world before it is used: nothing earns nothing, honest work earns all, wrong loses |
//! | `fleet` | many worlds from one recipe: made in shards, resumed, merged, verified |
//! | `cli` | the shell: one file per command |

pub(crate) mod check;
#[doc(hidden)]
pub mod cli;
pub(crate) mod diag;
pub(crate) mod disk;
pub(crate) mod document;
pub(crate) mod draw;
pub(crate) mod eval;
pub(crate) mod fleet;
pub(crate) mod formats;
pub(crate) mod forms;
pub(crate) mod grade;
pub(crate) mod image;
pub(crate) mod judge;
pub(crate) mod plan;
pub(crate) mod prove;
pub(crate) mod resolve;
pub(crate) mod run;
pub(crate) mod settings;
pub(crate) mod source;
pub(crate) mod syntax;
pub(crate) mod template;
pub mod testing;
pub(crate) mod value;

use std::path::Path;

pub use diag::{Diagnostic, Diagnostics, Severity};
pub use image::Image;
pub use plan::Plan;
pub use settings::Settings;
#[doc(hidden)]
pub use source::{Files, Unread};

/// Room on the stack of a thread for the deepest spec that the limits allow; systems differ in what they give by themselves.
pub(crate) const STACK: usize = 256 << 20;

/// A spec as read, with everything it imports: names are declarations, nothing is evaluated yet.
#[derive(Clone, Debug)]
pub struct Program {
    program: resolve::program::Program,
    warnings: Vec<Diagnostic>,
}

/// A spec that was proven as far as that is possible without a seed.
#[derive(Clone, Debug)]
pub struct Spec {
    spec: check::Spec,
    warnings: Vec<Diagnostic>,
}

/// Lays out the text of a spec the one way there is. Comments, long texts and the author's line breaks stay; doing it
/// twice changes nothing more. A text that cannot be read comes back as its mistakes.
pub fn format(text: &str) -> Result<String, Diagnostics> {
    syntax::format(text).map_err(|list| {
        let mut sources = source::Sources::default();
        sources.add("", text);
        Diagnostics { sources: std::sync::Arc::new(sources), list }
    })
}

/// Reads the spec at that path and what it imports from its folder.
pub fn load(path: &Path) -> Result<Program, Diagnostics> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    load_from(&path.to_string_lossy(), &disk::Folder::new(folder))
}

/// The same with files from anywhere; `path` is how findings name the spec.
#[doc(hidden)]
pub fn load_from(path: &str, files: &dyn Files) -> Result<Program, Diagnostics> {
    let (program, found) = resolve::resolve(path, files);
    match program {
        Some(program) if !found.has_errors() => Ok(Program { program, warnings: found.list }),
        _ => Err(found),
    }
}

/// Proves what can be proven without a seed: types, secrecy, solvability.
pub fn check(program: Program) -> Result<Spec, Diagnostics> {
    let Program { program, mut warnings } = program;
    let (spec, found) = check::check(program);
    match spec {
        Some(spec) => {
            warnings.extend(found.list);
            Ok(Spec { spec, warnings })
        }
        None => {
            warnings.extend(found.list);
            Err(Diagnostics { list: warnings, ..found })
        }
    }
}

/// Everything a seed decides: draws, facts, documents before they have bytes, messages, the schedule of the month.
pub fn plan(spec: &Spec, settings: &Settings) -> Result<Plan, Diagnostics> {
    let sealed = |declaration, member: &str| spec.spec.is_sealed(resolve::program::DeclarationId(declaration), member);
    let mut plan = plan::plan(&spec.spec.program, &sealed, settings)?;
    plan.secrets.clone_from(&spec.spec.secrets);
    Ok(plan)
}

/// Builds the world of a seed in memory; [`Image::save`] writes it.
pub fn build(spec: &Spec, settings: &Settings) -> Result<Image, Diagnostics> {
    build_noting(spec, settings).map(|(image, _)| image)
}

/// The same, with what the search for leaks found and could explain.
pub(crate) fn build_noting(spec: &Spec, settings: &Settings) -> Result<(Image, Diagnostics), Diagnostics> {
    finish(spec, settings, &plan(spec, settings)?)
}

/// The image of what is planned, with what the search for leaks could explain. [`build`] is this behind [`plan`].
#[doc(hidden)]
pub fn finish(spec: &Spec, settings: &Settings, plan: &Plan) -> Result<(Image, Diagnostics), Diagnostics> {
    let sources = &spec.spec.program.sources;
    let found = |list| Diagnostics { sources: sources.clone(), list };
    let mut files = image::render(plan, sources, settings.threads).map_err(found)?;
    let notes = std::mem::take(&mut files.notes);
    Ok((packed(spec, settings, plan, files)?, found(notes)))
}

fn packed(spec: &Spec, settings: &Settings, plan: &Plan, files: image::files::Files) -> Result<Image, Diagnostics> {
    let receipt = spec.receipt(&plan.world.name, settings);
    let found = |refusal| Diagnostics { sources: spec.spec.program.sources.clone(), list: vec![refusal] };
    image::pack(files, &receipt).map_err(found)
}

/// A world of which only the outline is planned: what its files hold is left out until it is asked for.
#[cfg(feature = "run")]
pub(crate) struct Outline<'o> {
    outline: plan::Outline<'o>,
    spec: &'o Spec,
    settings: &'o Settings,
}

/// Plans the outline of the world of a seed and works on it.
#[cfg(feature = "run")]
pub(crate) fn outlined<T>(
    spec: &Spec,
    settings: &Settings,
    work: impl FnOnce(&mut Outline<'_>) -> T,
) -> Result<T, Diagnostics> {
    let sealed = |declaration, member: &str| spec.spec.is_sealed(resolve::program::DeclarationId(declaration), member);
    plan::outlined(&spec.spec.program, &sealed, settings, |outline| work(&mut Outline { outline, spec, settings }))
}

#[cfg(feature = "run")]
impl run::instant::Unbuilt for Outline<'_> {
    fn image(&self) -> Result<Image, Diagnostics> {
        let (plan, sources) = (self.outline.plan(), &self.spec.spec.program.sources);
        let found = |list| Diagnostics { sources: sources.clone(), list };
        let files = image::render::render_outline(plan, sources, self.settings.threads).map_err(found)?;
        packed(self.spec, self.settings, plan, files)
    }

    fn file(&mut self, path: &str) -> Option<std::sync::Arc<[u8]>> {
        image::bytes::document_bytes(&self.outline.document(path).ok()??).ok()
    }
}

impl Spec {
    /// What the compiler remarks about a spec that is right.
    pub fn warnings(&self) -> Diagnostics {
        Diagnostics { sources: self.spec.program.sources.clone(), list: self.warnings.clone() }
    }

    /// Every file that was read, with its SHA-256, sorted by path; those of the embedded library start with `std/`.
    pub fn inputs(&self) -> &[(String, String)] {
        &self.spec.program.inputs
    }

    /// Refuses knobs that the spec has not, or that cannot be what they are set to.
    pub(crate) fn expect_knobs(&self, settings: &Settings) -> Result<(), Diagnostics> {
        let program = &self.spec.program;
        let found = |knob| Diagnostics { sources: program.sources.clone(), list: vec![knob] };
        plan::read_knobs(program, settings).map(|_| ()).map_err(found)
    }

    /// How an image of this spec is made.
    fn receipt(&self, world: &str, settings: &Settings) -> image::Receipt {
        image::Receipt {
            edition: syntax::EDITION,
            seed: settings.seed.to_string(),
            knobs: settings.set.iter().cloned().collect(),
            compiler: env!("CARGO_PKG_VERSION").to_owned(),
            spec: world.to_owned(),
            schemas: self.spec.program.schemas(),
            inputs: self.inputs().to_vec(),
            salted: settings.salt.is_some(),
        }
    }
}
