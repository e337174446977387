//! `worldc build`: a spec and a seed become a world image on the disk.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::choices::Choices;
use super::fleet::Make;
use super::outcome::{Done, Failure};
use super::terminal::Terminal;
use super::world::Built;
use crate::Diagnostic;
use crate::disk::whole::write_whole;
use crate::fleet::Prove;
use crate::image::save::may_write;

/// Build the world of a seed
#[derive(Args)]
#[command(after_help = "Examples:\n  worldc build specs/hello.world --seed 1\n  \
                        worldc build specs/fpa_march.world --seed 7 --out /tmp/march --set mess=200%\n  \
                        worldc build specs/fpa_march.world --seeds 1..1000 --out fleet")]
pub(super) struct Build {
    /// The spec; of a fleet, all its specs
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Which world of the spec
    #[arg(long, value_name = "N", required_unless_present_any = ["seeds", "count"])]
    seed: Option<u64>,
    /// Where to write the image; by default `<spec>@<seed>` in the folder one stands in
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the image that stands there
    #[arg(long)]
    force: bool,
    /// Prove the world too, and keep what came of it as proofs.json in the image; of a fleet say which of its worlds:
    /// `static` (none), `sample` (one in ten) or `all`
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "all")]
    prove: Option<Prove>,
    /// Print what was built as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    fleet: Make,
}

impl Build {
    /// Builds and saves.
    pub(super) fn run(self, terminal: &Terminal) -> Result<Done, Failure> {
        if let Some(seeds) = self.fleet.seeds(self.seed) {
            if self.force {
                return Err(Failure::Wrong("a fleet has no --force: what is whole stays, and the rest is made".into()));
            }
            return self.fleet.run((self.specs, seeds, self.prove), &self.choices, self.out, (terminal, self.json));
        }
        let ([spec], Some(seed), false) = (&self.specs[..], self.seed, self.fleet.wants_a_fleet()) else {
            return Err(Failure::Wrong("one --seed makes one world of one spec; several are a fleet: --seeds".into()));
        };
        let settings = self.choices.settings(seed)?;
        let out = self.out.unwrap_or_else(|| PathBuf::from(format!("{}@{seed}", spec_name(spec))));
        // Said before the work rather than after it.
        let forced = |fault: Diagnostic| match self.force {
            true => fault,
            false => fault.help("use --force to replace it, or give another folder with --out"),
        };
        may_write(&out, self.force).map_err(forced)?;
        let built = Built::of(spec, &settings)?;
        built.image.save(&out, self.force)?;
        let failed = if self.prove.unwrap_or_default() == Prove::Static { Vec::new() } else { failed(&out)? };
        let text = if self.json { as_json(&built, &out, &failed) } else { as_text(&built, &out, &failed) };
        Ok(Done::answer(failed.is_empty(), text).remark(built.warnings.picture(terminal.colours())))
    }
}

/// Proves the image that was saved and keeps `proofs.json` beside its receipt; the names of what does not hold.
fn failed(out: &Path) -> Result<Vec<String>, Failure> {
    let proofs = crate::prove::prove(crate::Image::open(out)?, true)?;
    let path = out.join("proofs.json");
    let written = write_whole(&path, format!("{:#}\n", proofs.json()).as_bytes(), true);
    written.map_err(|error| Failure::system(&path, &error))?;
    Ok(proofs.failed())
}

/// The name worlds of a spec go by: its file's name without the ending.
pub(super) fn spec_name(spec: &Path) -> String {
    spec.file_stem().unwrap_or(spec.as_os_str()).to_string_lossy().into_owned()
}

/// What was built, for a person.
fn as_text(built: &Built, out: &Path, failed: &[String]) -> String {
    let (files, bytes) = built.size();
    let (root, public) = (built.image.root(), built.image.public_root());
    let out = out.display();
    let next = match failed {
        [] => format!("worldc show {out}"),
        _ => format!("worldc prove {out}, which says why this does not hold: {}", failed.join(", ")),
    };
    format!("{out}: {files} files, {bytes} bytes\nroot         {root}\npublic root  {public}\n\nNext: {next}\n")
}

/// What was built, for a script.
fn as_json(built: &Built, out: &Path, failed: &[String]) -> String {
    let (files, bytes) = built.size();
    let (root, public) = (built.image.root(), built.image.public_root());
    let answer = json!({
        "out": out.to_string_lossy(), "root": root, "public_root": public, "files": files, "bytes": bytes,
        "fails": failed, "warnings": built.warnings.json(),
    });
    format!("{answer:#}\n")
}
