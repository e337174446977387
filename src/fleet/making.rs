//! Worlds in parallel, one thread each: a world alone uses a thread better than several threads share a world.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::fault;
use super::folder::Folder;
use super::index::Index;
use super::keeper::{Alarm, Keeper};
use super::pack::Pack;
use super::recipe::{Recipe, Seeds, Shard, is_among};
use super::row::{Proof, Row, Status};
use super::rows::{Rows, Span};
use crate::Spec;
use crate::diag::{Diagnostic, Diagnostics};
use crate::forms::codes::{Cause, cause};
use crate::image::pool::alone;

/// After so many rejected seeds in a row no more are tried.
const MOST_IN_VAIN: u64 = 1_000;

/// So many seeds are tried at once until enough make a world; however many threads there are, so that nothing depends on it.
const HANDFUL: u64 = 250;

/// Of a hundred worlds, how many a sample proves.
const SAMPLED: u32 = 10;

/// Which worlds are proven as they are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Prove {
    /// None beyond what every build proves.
    #[default]
    Static,
    /// Some, chosen by name.
    Sample,
    All,
}

impl Prove {
    fn takes(self, world: &str) -> bool {
        match self {
            Prove::Static => false,
            Prove::Sample => is_among(SAMPLED, world),
            Prove::All => true,
        }
    }
}

impl FromStr for Prove {
    type Err = String;

    fn from_str(text: &str) -> Result<Prove, String> {
        match text {
            "static" => Ok(Prove::Static),
            "sample" => Ok(Prove::Sample),
            "all" => Ok(Prove::All),
            _ => Err("say `static`, `sample` or `all`".to_owned()),
        }
    }
}

/// The specs of a recipe in its order.
pub(crate) trait Specs: Sync {
    /// The one of that source.
    fn get(&self, source: usize) -> Result<Arc<Spec>, Diagnostic>;
}

#[cfg(test)]
impl Specs for Vec<Arc<Spec>> {
    fn get(&self, source: usize) -> Result<Arc<Spec>, Diagnostic> {
        Ok(Arc::clone(&self[source]))
    }
}

/// One run over a shard of a fleet.
pub(crate) struct Making<'m> {
    pub(crate) recipe: &'m Recipe,
    /// The specs of the recipe, proven once for all their seeds.
    pub(crate) specs: &'m dyn Specs,
    pub(crate) shard: Shard,
    pub(crate) prove: Prove,
    /// Whether the clerk lives a month in what is proven.
    pub(crate) clerk: bool,
    pub(crate) salt: Option<Vec<u8>>,
    /// Whether what is damaged is cut off and made again where it would be refused otherwise.
    pub(crate) repair: bool,
    /// How many threads; 0 takes what the machine has.
    pub(crate) threads: usize,
}

/// What was done for a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Whether it was made, or its seed rejected, just now; else that was so before.
    pub(crate) now: bool,
    /// Whether it brings the end nearer: of seeds that are tried until enough make a world, only those that do.
    pub(crate) counts: bool,
}

/// A world to make: which spec of the recipe, which seed.
type Order = (usize, u64);

impl<'m> Making<'m> {
    /// One over the whole fleet, without a salt, that proves nothing beyond what every build does and mends nothing.
    pub(crate) fn of(recipe: &'m Recipe, specs: &'m dyn Specs) -> Making<'m> {
        let (shard, prove) = (Shard::WHOLE, Prove::Static);
        Making { recipe, specs, shard, prove, clerk: false, salt: None, repair: false, threads: 0 }
    }

    /// Makes what is not there yet and returns the shard's rows in the order of the recipe. The index is written once no
    /// other shard is left to wait for. `step` hears of each world as it is done.
    pub(crate) fn run(&self, out: &Path, step: &(dyn Fn(Step) + Sync)) -> Result<Index, Diagnostic> {
        let folder = Folder::begin(out, self.recipe)?;
        let (rows, pen) = folder.resume(self.shard, self.repair)?;
        let packer = folder.packer(self.shard, &rows)?;
        let mut known = BTreeMap::new();
        for row in rows.with_spans() {
            let (span, row) = row?;
            known.insert(row.world, span);
        }
        let (keeper, unproven) = (Keeper::of(&folder, pen, packer), Mutex::default());
        let work = Work { making: self, folder: &folder, known, keeper, unproven, step };
        match &self.recipe.seeds {
            Seeds::Ranges(_) => work.all(0, self.orders()).map(|_| ()),
            Seeds::Next { from, count } => work.next(*from, *count),
        }?;
        work.keeper.close()?;
        work.prove_in_order(&rows)?;
        drop(rows);
        let index = Index::of(work.keeper.finish()?);
        if self.shard == Shard::WHOLE {
            index.write(&folder)?;
            index.expect_a_world_of_each_spec()?;
        }
        Ok(index)
    }

    /// The worlds of the shard.
    fn orders(&self) -> impl Iterator<Item = Order> + Send + '_ {
        let all = self.recipe.worlds().zip(0..);
        all.filter(|(_, position)| self.shard.has(*position)).map(|(order, _)| order)
    }
}

/// The work under way.
struct Work<'w> {
    making: &'w Making<'w>,
    folder: &'w Folder,
    /// Where the rows of worlds stand that were made before.
    known: BTreeMap<String, Span>,
    /// Stopped by the first failure of the system, such as a full disk: what is begun is finished, nothing new begins.
    keeper: Keeper<'w>,
    /// Worlds of an archive that are proven once the others are made, by name: their positions, and where their rows stand.
    unproven: Mutex<BTreeMap<String, (usize, Span)>>,
    step: &'w (dyn Fn(Step) + Sync),
}

impl Work<'_> {
    /// Makes these worlds, which stand from position `first` on, and returns how many seeds make one. Each maker takes the
    /// next one that nobody has taken; this thread is the first. Of several failures the one at the first position is told.
    fn all(&self, first: usize, orders: impl Iterator<Item = Order> + Send) -> Result<u64, Diagnostic> {
        let (orders, built) = (Mutex::new((first..).zip(orders)), AtomicU64::new(0));
        let next = || orders.lock().expect("nobody panics over the next order").next();
        let failed: Mutex<BTreeMap<usize, Diagnostic>> = Mutex::default();
        std::thread::scope(|scope| {
            let maker = || {
                alone(|| {
                    while let Some((at, order)) = next() {
                        match self.one(at, order) {
                            // The work has to stop.
                            Ok(None) => break,
                            Ok(Some(came)) => {
                                built.fetch_add(u64::from(came == Status::Built), Ordering::Relaxed);
                            }
                            Err(fault) => {
                                failed.lock().expect("no thread that held the failures panicked").insert(at, fault);
                            }
                        }
                    }
                });
            };
            for _ in 1..self.makers() {
                // Where no more threads can be had, those that are there do all.
                let _ = std::thread::Builder::new().stack_size(crate::STACK).spawn_scoped(scope, maker);
            }
            maker();
        });
        let failed = failed.into_inner().expect("a maker that panics takes the others with it");
        failed.into_values().next().map_or(Ok(built.into_inner()), Err)
    }

    fn makers(&self) -> usize {
        match self.making.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }

    /// The next seeds of each spec that make a world, tried a handful at a time.
    fn next(&self, from: u64, count: u64) -> Result<(), Diagnostic> {
        let mut first = 0;
        for spec in 0..self.making.recipe.specs.len() {
            let (mut seeds, mut missing, mut vain) = (from..=u64::MAX, count, 0);
            while missing > 0 {
                let orders: Vec<Order> =
                    seeds.by_ref().take(missing.min(HANDFUL) as usize).map(|seed| (spec, seed)).collect();
                let title = || self.making.recipe.specs[spec].title();
                let Some((_, seed)) = orders.first() else { return Err(fault::exhausted(&title(), missing)) };
                if vain >= MOST_IN_VAIN {
                    return Err(fault::barren(&title(), *seed, vain));
                }
                let tried = orders.len();
                let built = self.all(first, orders.into_iter())?;
                vain = if built > 0 { 0 } else { vain + tried as u64 };
                missing -= built;
                first += tried;
            }
        }
        Ok(())
    }

    /// Brings one world to where it is kept; none when the work has to stop.
    fn one(&self, at: usize, (spec, seed): Order) -> Result<Option<Status>, Diagnostic> {
        if self.keeper.is_stopped() {
            return Ok(None);
        }
        let _alarm = Alarm(&self.keeper);
        let name = self.making.recipe.name_of((spec, seed));
        let came = self.before(&name).and_then(|before| match before {
            Some((span, row)) if self.folder.holds(&row)? => Ok((self.stands(at, span, row)?, false)),
            before => Ok((self.made(at, (spec, seed), &name, before.map(|(_, row)| row))?, true)),
        });
        if came.is_err() {
            self.keeper.stop();
        }
        let (status, now) = came?;
        let counts = matches!(self.making.recipe.seeds, Seeds::Ranges(_)) || status == Status::Built;
        (self.step)(Step { now, counts });
        Ok(Some(status))
    }

    /// What was said of a world when it was made before.
    fn before(&self, name: &str) -> Result<Option<(Span, Row)>, Diagnostic> {
        let span = self.known.get(name);
        span.map(|span| Ok((*span, self.keeper.row(*span)?))).transpose()
    }

    /// A world that stands whole is proven if that is asked and was not done yet.
    fn stands(&self, at: usize, span: Span, row: Row) -> Result<Status, Diagnostic> {
        let status = row.status;
        let is_unproven = status == Status::Built && self.is_to_be_proven(&row.world, row.proof.as_ref());
        if is_unproven && self.making.recipe.pack != Pack::Archive {
            let proof = Some(self.proof(self.folder.image(&row)?)?);
            self.keeper.renewed(at, Row { proof, ..row })?;
            return Ok(status);
        }
        self.keeper.known(at, span)?;
        if is_unproven {
            self.unproven.lock().expect("nobody panics over a name").insert(row.world, (at, span));
        }
        Ok(status)
    }

    /// Proves what an archive holds one frame after the other: it gives no world without those before it.
    fn prove_in_order(&self, rows: &Rows) -> Result<(), Diagnostic> {
        let unproven = std::mem::take(&mut *self.unproven.lock().expect("nobody panics over a name"));
        let rows = rows.at(unproven.values().map(|(_, span)| *span).collect());
        self.folder.each(&rows, &mut |row, image| {
            let proof = Some(self.proof(image?)?);
            self.keeper.renewed(unproven[&row.world].0, Row { proof, ..row })
        })
    }

    /// Whether it is asked to prove that world, and what was proven before is less.
    fn is_to_be_proven(&self, world: &str, before: Option<&Proof>) -> bool {
        let lived = |proof: &Proof| !self.making.clerk || proof.clerk.is_some();
        self.making.prove.takes(world) && !before.is_some_and(lived)
    }

    fn proof(&self, image: crate::Image) -> Result<Proof, Diagnostic> {
        Ok(Proof::of(crate::prove::prove(image, self.making.clerk)?))
    }

    fn made(&self, at: usize, (spec, seed): Order, name: &str, before: Option<Row>) -> Result<Status, Diagnostic> {
        let recipe = self.making.recipe;
        let source = &recipe.specs[spec];
        let settings = recipe.settings(source, seed, self.making.salt.as_deref());
        let (row, parcel) = match crate::build(&*self.making.specs.get(spec)?, &settings) {
            Ok(image) => {
                let mut row = Row::built(recipe, source, seed, &image)?;
                self.expect_the_same(before.as_ref(), &row)?;
                let parcel = self.keeper.pack(name, &image)?;
                // What was proven of the same world holds.
                row.proof = before.filter(|before| before.root() == row.root()).and_then(|before| before.proof);
                if self.is_to_be_proven(name, row.proof.as_ref()) {
                    row.proof = Some(self.proof(image)?);
                }
                (row, parcel)
            }
            Err(findings) => {
                let row = Row::rejected(recipe, source, seed, &of_the_seed(findings)?);
                self.expect_the_same(before.as_ref(), &row)?;
                (row, None)
            }
        };
        let status = row.status;
        self.keeper.keep(at, row, parcel)?;
        Ok(status)
    }

    /// Refuses what is made again and becomes something else, unless that is to be mended.
    fn expect_the_same(&self, before: Option<&Row>, now: &Row) -> Result<(), Diagnostic> {
        let said = |row: &Row| row.root().unwrap_or("rejected").to_owned();
        match before {
            Some(before) if said(before) != said(now) && !self.making.repair => {
                Err(fault::otherwise(&now.world, &said(before), &said(now)))
            }
            _ => Ok(()),
        }
    }
}

/// What is wrong with a seed; a disk that cannot be read or written stops the fleet instead.
pub(crate) fn of_the_seed(findings: Diagnostics) -> Result<Diagnostics, Diagnostic> {
    match findings.list.iter().find(|finding| matches!(cause(finding.code), Cause::System { .. })) {
        Some(finding) => Err(finding.clone()),
        None => Ok(findings),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::super::Source;
    use super::super::tests::{PICKY, all};
    use super::*;
    use crate::Settings;

    #[test]
    fn steps_are_counted_against_what_was_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("picky.world");
        std::fs::write(&path, PICKY).expect("written");
        let spec = crate::load(&path).and_then(crate::check).unwrap_or_else(|findings| panic!("{findings}"));
        for (seeds, steps) in [(Seeds::Next { from: 5, count: 3 }, 3), (Seeds::Ranges(vec![(1, 7)]), 7)] {
            let recipe = Recipe::of(vec![Source::of("picky".into(), &spec)], seeds, &Settings::default());
            let specs = &vec![Arc::new(spec.clone())];
            let making = Making { threads: 2, ..Making::of(&recipe, specs) };
            let (done, now) = (AtomicU64::new(0), AtomicUsize::new(0));
            let step = |step: Step| {
                done.fetch_add(u64::from(step.counts), Ordering::Relaxed);
                now.fetch_add(usize::from(step.now), Ordering::Relaxed);
            };
            let index = making.run(&folder.path().join(steps.to_string()), &step).expect("it is made");
            assert!(all(&index).iter().any(|row| row.status == Status::Rejected), "it is picky");
            assert_eq!(done.into_inner(), steps, "as many as the fleet was asked to have");
            assert_eq!(now.into_inner(), all(&index).len(), "every seed that was tried");
        }
    }
}
