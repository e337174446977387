//! What our readers find in files of any program, one line of JSON for each file. For the scripts under `tests/formats`.

use std::io::Write;
use std::path::PathBuf;

use worldc::testing::reading::read;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let bytes = std::fs::read(&path)?;
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let answer = match read(&bytes, &extension) {
            Ok(text) => format!("{{\"read\":{text}}}"),
            Err(reason) => serde_json::json!({ "error": reason }).to_string(),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
