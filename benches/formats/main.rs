//! What each writer costs in processor time, over the content of `python_baseline.py`.
//!
//! ```text
//! cargo bench --bench formats                          documents for each second of processor time, all cases
//! cargo bench --bench formats -- list                  the cases beside Python: name, extension, the job of the same content, the bar
//! cargo bench --bench formats -- rate CASE N           one case alone, over documents 1 to N
//! cargo bench --bench formats -- save CASE N PATH      document N as a file
//! ```
//!
//! `benches/against_python.sh` runs both sides in turn and prints how many times faster this side is.

mod content;
mod prose;
mod records;
mod slides;
mod workbook;

use std::error::Error;
use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};

/// The allocator of the program, so that a writer is measured as it is used.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One document of some kind, made again and again with other content.
struct Case {
    name: &'static str,
    extension: &'static str,
    /// The job of `python_cases.py` that makes the same content, if there is one, and how many times faster this has to be.
    python: Option<(&'static str, u32)>,
    /// Content and bytes of document `number`: the Python jobs make their content in the measured time, too.
    make: fn(u64) -> Result<Vec<u8>, String>,
}

const CASES: &[Case] = &[
    Case { name: "xlsx-data", extension: "xlsx", python: Some(("xlsx XlsxWriter", 25)), make: workbook::data },
    Case { name: "xlsx-rich", extension: "xlsx", python: Some(("xlsx XlsxWriter rich", 12)), make: workbook::rich },
    Case { name: "docx", extension: "docx", python: Some(("docx python-docx", 80)), make: prose::docx },
    Case { name: "pptx", extension: "pptx", python: Some(("pptx python-pptx", 50)), make: slides::pptx },
    Case { name: "pdf", extension: "pdf", python: Some(("pdf fpdf2", 6)), make: prose::pdf },
    Case { name: "pdf-font", extension: "pdf", python: Some(("pdf fpdf2 embedding", 20)), make: prose::pdf_embedding },
    alone("html", prose::html),
    alone("md", prose::md),
    alone("txt", prose::txt),
    alone("eml", prose::eml),
    alone("csv", workbook::csv),
    alone("json", workbook::json),
    alone("png", workbook::png),
    alone("svg", workbook::svg),
    alone("mbox", records::mbox),
    alone("ics", records::ics),
    alone("vcf", records::vcf),
    alone("zip", records::zip),
];

/// A case without a peer, named by its extension.
const fn alone(extension: &'static str, make: fn(u64) -> Result<Vec<u8>, String>) -> Case {
    Case { name: extension, extension, python: None, make }
}

/// Documents of a measurement, and how often it is repeated, when all cases are measured.
const DOCUMENTS: u64 = 300;
const REPETITIONS: usize = 3;

/// Processor time of the whole process, in seconds.
fn cpu_seconds() -> f64 {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

/// Documents for each second of processor time.
fn rate(case: &Case, documents: u64) -> Result<f64, String> {
    black_box((case.make)(0)?);
    let start = cpu_seconds();
    for number in 1..=documents {
        black_box((case.make)(number)?);
    }
    Ok(documents as f64 / (cpu_seconds() - start))
}

fn named(name: &str) -> Result<&'static Case, String> {
    CASES.iter().find(|case| case.name == name).ok_or_else(|| format!("there is no case `{name}`"))
}

#[expect(clippy::print_stdout, reason = "a benchmark is read by people")]
fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    match arguments {
        ["list"] => CASES.iter().filter_map(|case| Some((case, case.python?))).for_each(|(case, (job, bar))| {
            println!("{}\t{}\t{job}\t{bar}", case.name, case.extension);
        }),
        ["rate", name, documents] => println!("{:.1}", rate(named(name)?, documents.parse()?)?),
        ["save", name, number, path] => std::fs::write(path, (named(name)?.make)(number.parse()?)?)?,
        [] => {
            for case in CASES {
                let mut rates = [0.0; REPETITIONS];
                for slot in &mut rates {
                    *slot = rate(case, DOCUMENTS)?;
                }
                rates.sort_by(f64::total_cmp);
                let bytes = (case.make)(0)?.len();
                println!("{:<12} {:>9.1} documents/CPU-s {bytes:>9} bytes", case.name, rates[REPETITIONS / 2]);
            }
        }
        _ => return Err("say nothing, `list`, `rate CASE N` or `save CASE N PATH`".into()),
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo itself says `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}
