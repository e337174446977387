//! Links the programs at a fixed address where Linux's own C library is used: sixty thousand addresses that are otherwise corrected
//! whenever a program starts cost a fifth of `worldc check`.

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its target in no other way")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("gnu")
        && std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
