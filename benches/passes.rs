//! What each pass costs: `cargo bench --bench passes`, by [divan](https://docs.rs/divan), on one thread.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use worldc::{Program, Settings, Spec};

const SPECS: [&str; 4] =
    ["specs/hello.world", "specs/fpa_march.world", "specs/site_manager.world", "benches/office.world"];

/// The allocator of the program.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn program(spec: &str) -> Program {
    worldc::load(Path::new(spec)).unwrap_or_else(|findings| panic!("{findings}"))
}

fn proven(spec: &str) -> Spec {
    worldc::check(program(spec)).unwrap_or_else(|findings| panic!("{findings}"))
}

fn settings() -> Settings {
    Settings { threads: 1, ..Settings::seed(7) }
}

/// Laying out reads the text twice, so this is a lower bound of the parser's speed.
#[divan::bench(args = SPECS)]
fn format(bencher: Bencher<'_, '_>, spec: &str) {
    let text = fs::read_to_string(spec).expect("the spec is readable text");
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| worldc::format(&text));
}

#[divan::bench(args = SPECS)]
fn load(spec: &str) -> Program {
    program(spec)
}

#[divan::bench(args = SPECS)]
fn check(bencher: Bencher<'_, '_>, spec: &str) {
    bencher.with_inputs(|| program(spec)).bench_local_values(worldc::check);
}

#[divan::bench(args = SPECS, sample_count = 15)]
fn plan(bencher: Bencher<'_, '_>, spec: &str) {
    let spec = proven(spec);
    bencher.bench_local(|| worldc::plan(&spec, &settings()));
}

#[divan::bench(args = SPECS, sample_count = 15)]
fn render_and_pack(bencher: Bencher<'_, '_>, spec: &str) {
    let spec = proven(spec);
    let plan = worldc::plan(&spec, &settings()).unwrap_or_else(|findings| panic!("{findings}"));
    bencher.bench_local(|| worldc::finish(&spec, &settings(), &plan));
}
