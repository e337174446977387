//! The floor under a build: deflating and hashing bytes that are there already, in memory.
//!
//! ```text
//! cargo bench --bench floor -- FOLDER [ROUNDS]      median milliseconds of processor time over every file of a folder
//! ```
//!
//! `benches/world.py` unpacks an image into such a folder, so that both sides stand on the same bytes.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use flate2::{Compress, Compression, FlushCompress, Status};
use rustix::time::{ClockId, clock_gettime};
use sha2::{Digest, Sha256};

/// What zlib takes if nobody says otherwise.
const LEVEL: u32 = 6;

/// The allocator of the program.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Processor time of the whole process, in milliseconds.
fn cpu_milliseconds() -> f64 {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    spent.tv_sec as f64 * 1e3 + spent.tv_nsec as f64 / 1e6
}

/// Deflates and hashes each text, with one state for all.
fn work(texts: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    let mut state = Compress::new(Compression::new(LEVEL), false);
    for text in texts {
        let mut packed = Vec::with_capacity(text.len() + text.len() / 1000 + 64);
        state.reset();
        match state.compress_vec(text, &mut packed, FlushCompress::Finish)? {
            Status::StreamEnd => black_box((packed, Sha256::digest(text))),
            status => return Err(format!("deflate stopped with {status:?}").into()),
        };
    }
    Ok(())
}

fn texts(folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    fs::read_dir(folder)?.map(|entry| fs::read(entry?.path())).collect()
}

#[expect(clippy::print_stdout, reason = "a benchmark is read by people")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let Some(folder) = words.next() else {
        println!("floor: give a folder of files");
        return Ok(());
    };
    let texts = texts(Path::new(&folder))?;
    let rounds: usize = words.next().map_or(Ok(9), |rounds| rounds.parse())?;
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds.max(1) {
        let start = cpu_milliseconds();
        work(&texts)?;
        times.push(cpu_milliseconds() - start);
    }
    times.sort_by(f64::total_cmp);
    println!("{:.2}", times[times.len() / 2]);
    Ok(())
}
