//! How a project keeps its worlds under test: the golden text of a world, reviewed like code.
//!
//! In a crate of your own the test below stands in `tests/`; changes are reviewed with `cargo insta review`, or accepted
//! with `INSTA_UPDATE=always cargo test`. Here it compiles and runs with the library:
//! `cargo test --example snapshot_test`, and `cargo run --example snapshot_test` prints what is compared.

use std::path::Path;

use worldc::testing::snapshot;
use worldc::{Diagnostics, Image, Settings, build, check, load};

/// A world of the tour.
fn hello(seed: u64) -> Result<Image, Diagnostics> {
    let spec = check(load(Path::new("specs/hello.world"))?)?;
    build(&spec, &Settings::seed(seed))
}

/// The whole test: make the world, compare its text.
#[cfg(test)]
#[test]
fn hello_is_what_it_was() -> Result<(), Diagnostics> {
    insta::assert_snapshot!(snapshot(&hello(7)?));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example shows what it made")]
fn main() -> Result<(), Diagnostics> {
    println!("{}", snapshot(&hello(7)?));
    Ok(())
}
