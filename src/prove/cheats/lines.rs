//! Files of plain lines, made by the tools.

use serde_json::{Value as Json, json};

use crate::image::files::extension;
use crate::judge::scene::Digest;
use crate::prove::bench::Bench;
use crate::run::agents::oracle::draft::Call;
use crate::run::agents::oracle::tasks::concrete;
use crate::run::setting::Setting;

/// What a file says that holds nothing.
pub(super) const COVER: &str = "Please find everything attached.";

/// A file of plain lines in whatever format is asked for.
pub(super) fn text_file(bench: &mut Bench, file: &str, lines: &[String]) -> Result<Digest, String> {
    let call = call(&bench.setting, file, lines);
    bench.make(&[call], file)
}

/// The call that makes such a file.
pub(super) fn call(setting: &Setting, file: &str, lines: &[String]) -> Call {
    let path = concrete(file);
    let shown = setting.paths.shown(&path);
    match extension(&path).as_str() {
        "xlsx" | "csv" => {
            let rows: Vec<Json> = lines.iter().map(|line| json!([line])).collect();
            Call {
                tool: "create_spreadsheet",
                arguments: json!({"path": shown, "sheets": [{"name": "Notes", "rows": rows}]}),
            }
        }
        "pptx" => {
            let lines: Vec<&str> =
                lines.iter().flat_map(|line| line.lines()).filter(|line| !line.trim().is_empty()).collect();
            let slides = lines.chunks(4).take(40).map(|lines| {
                let bullets: String =
                    lines.iter().map(|line| format!("- {}\n", line.chars().take(60).collect::<String>())).collect();
                format!("## Notes\n\n{bullets}\n")
            });
            Call { tool: "create_slides", arguments: json!({"path": shown, "content": slides.collect::<String>()}) }
        }
        _ => Call { tool: "create_document", arguments: json!({"path": shown, "content": lines.join("\n\n")}) },
    }
}
