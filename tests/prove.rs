//! Worlds tell right work from wrong: the oracle earns all, nothing earns nothing, every check and every need is felt.

use std::process::Command;

/// Proves one world; the table of what does not hold, if anything.
fn failures(spec: &str, seed: u64) -> String {
    let spec = format!("{}/specs/{spec}.world", env!("CARGO_MANIFEST_DIR"));
    let proved = Command::new(env!("CARGO_BIN_EXE_worldc"))
        .args(["prove", &spec, "--seed", &seed.to_string(), "--clerk"])
        .output()
        .expect("the program was built for this test");
    let text = String::from_utf8_lossy(&proved.stdout).into_owned();
    match proved.status.code() {
        Some(0) => String::new(),
        _ => {
            let lines: Vec<&str> = text.lines().collect();
            let failed = lines.windows(2).filter(|pair| pair[0].starts_with("- ")).map(|pair| pair.join("\n"));
            format!(
                "{spec} {seed}:\n{}\n{}",
                failed.collect::<Vec<_>>().join("\n"),
                String::from_utf8_lossy(&proved.stderr)
            )
        }
    }
}

#[test]
fn one_world_of_each_spec_is_proven() {
    for spec in ["hello", "fpa_march", "site_manager"] {
        let failed = failures(spec, 7);
        assert!(failed.is_empty(), "{failed}");
    }
}

/// The long bar: `cargo test --release --test prove -- --ignored`.
#[test]
#[ignore = "minutes of work"]
fn twenty_worlds_of_each_spec_are_proven() {
    let all = ["fpa_march", "site_manager"].into_iter().flat_map(|spec| (1..=20).map(move |seed| failures(spec, seed)));
    let failed: Vec<String> = all.filter(|failed| !failed.is_empty()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
