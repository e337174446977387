//! What each pass costs: `cargo bench` prints the median of 15 runs in the process, and how fast text is parsed.

use std::path::Path;
use std::time::{Duration, Instant};

use worldc::{Settings, format, passes};

const RUNS: usize = 15;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time; nothing it measures sees the clock")]
fn now() -> Instant {
    Instant::now()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The passes of one run with their times.
fn run(spec: &Path) -> Vec<(String, Duration)> {
    let mut times = Vec::new();
    let mut last = now();
    let image = passes(spec, &Settings::seed(7), &mut |pass| {
        times.push((pass.to_owned(), last.elapsed()));
        last = now();
    });
    image.unwrap_or_else(|findings| panic!("{findings}"));
    times
}

#[expect(clippy::print_stdout, reason = "a benchmark is read by people")]
fn show_passes(spec: &str) {
    let runs: Vec<_> = (0..RUNS).map(|_| run(Path::new(spec))).collect();
    let passes = (0..runs[0].len()).map(|at| (&runs[0][at].0, median(runs.iter().map(|run| run[at].1).collect())));
    let passes: Vec<_> = passes.collect();
    let whole: Duration = passes.iter().map(|(_, time)| *time).sum();
    println!("{spec}: {:.1} ms", whole.as_secs_f64() * 1e3);
    for (pass, time) in passes {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE);
        println!("  {pass:<8} {:>8.2} ms {share:>5.1} %", time.as_secs_f64() * 1e3);
    }
}

/// Laying out reads the text once more than parsing does, so this is a lower bound of the parser's speed.
#[expect(clippy::print_stdout, reason = "a benchmark is read by people")]
fn show_speed(spec: &str) {
    let Ok(text) = std::fs::read_to_string(spec) else { return };
    let times = (0..RUNS).map(|_| {
        let start = now();
        let laid_out = format(&text);
        assert!(laid_out.is_ok());
        start.elapsed()
    });
    let speed = text.len() as f64 / median(times.collect()).as_secs_f64() / 1e6;
    println!("{spec}: parsed and laid out at {speed:.1} MB/s");
}

fn main() {
    for spec in ["specs/hello.world", "specs/fpa_march.world"] {
        show_passes(spec);
        show_speed(spec);
    }
}
