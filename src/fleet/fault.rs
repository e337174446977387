//! What can be wrong with a fleet, in words for the person at the terminal.

use std::path::Path;

use super::pack::Place;
use crate::diag::Diagnostic;
use crate::forms::codes::{Cause, cause};

/// The folder holds something else.
pub(super) fn foreign(path: &Path, what: &str) -> Diagnostic {
    Diagnostic::global("E0611", format!("{} is no fleet: {what}", path.display()))
        .help("give a new folder with --out, or move what stands there away")
}

/// The folder holds none.
pub(super) fn no_fleet(path: &Path) -> Diagnostic {
    Diagnostic::global("E0611", format!("{} is no fleet: it has no fleet.json", path.display()))
        .help("a fleet is the folder that `worldc build --seeds` writes")
}

/// The folder holds another fleet.
pub(super) fn other_recipe(path: &Path, what: &str) -> Diagnostic {
    Diagnostic::global("E0612", format!("{} holds a fleet of another recipe: {what}", path.display()))
        .help("give a new folder with --out; nothing was changed here")
}

/// A spec was another one when the fleet was begun.
pub(crate) fn changed(title: &str) -> Diagnostic {
    Diagnostic::global("E0612", format!("a file that `{title}` reads has changed since the fleet was begun"))
        .help("put it back; or build what it says now into a new folder")
}

/// A record of the fleet cannot be used.
pub(super) fn damaged(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0613", format!("the fleet is damaged: {} {why}", path.display()))
        .help("build once more into the same folder, with --repair if that is refused: what is whole is kept")
}

/// Whether something is not as it was written, which making it again mends; an error of the system is none.
pub(super) fn is_damage(fault: &Diagnostic) -> bool {
    cause(fault.code) == Cause::Damage
}

/// Something stands in a shard that no row tells of.
pub(super) fn gap(shard: &Path, world: &str) -> Diagnostic {
    let message =
        format!("the fleet is damaged: in {} something stands before {world} that no row tells of", shard.display());
    Diagnostic::global("E0613", message).help("build with --repair, which makes that world and those behind it again")
}

/// A line is no row of this fleet; `begin` is how it begins.
pub(super) fn no_row(path: &Path, at: u64, begin: &str, why: &str) -> Diagnostic {
    let message = format!("the fleet is damaged: {} has no row of it at byte {at}: {why}", path.display());
    let found = Diagnostic::global("E0613", message).help(match path.ends_with("worlds.jsonl") {
        true => "`worldc fleet merge` makes the index again from rows/",
        false => "build with --repair, which makes what stands there and behind it again, then `worldc fleet merge`",
    });
    if begin.is_empty() { found } else { found.note(format!("what stands there begins with {begin}")) }
}

/// `fleet.json` cannot be read as what this version writes.
pub(super) fn no_recipe(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0613", format!("the fleet is damaged: {} is no recipe of this version", path.display()))
        .note(why.to_owned())
        .help("take it from a copy, or build the fleet into a new folder")
}

/// The index is not what its fleet's rows make.
pub(super) fn wrong_index(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::global("E0613", format!("the fleet is damaged: {} {why}", path.display()))
        .help("`worldc fleet merge` makes the index again from rows/")
}

/// A row says of a world what is not so.
pub(super) fn wrong_row(world: &str) -> Diagnostic {
    Diagnostic::global("E0613", format!("the fleet is damaged: the row of {world} does not say what the world is"))
        .help("build once more into the same folder, with --repair if that is refused; what is whole is kept")
}

/// There are rows of a world that the fleet has not.
pub(super) fn stray(path: &Path, world: &str) -> Diagnostic {
    Diagnostic::global(
        "E0613",
        format!("the fleet is damaged: {} tells of {world}, which it does not have", path.display()),
    )
    .help("a file there is another fleet's: move it away")
}

/// There are rows of two divisions of the fleet.
pub(super) fn divided(path: &Path, one: u64, other: u64) -> Diagnostic {
    let message = format!("the fleet is damaged: {} has rows of {one} shards and of {other}", path.display());
    Diagnostic::global("E0613", message).help("move away those that are not the fleet's")
}

/// No seed of a spec made a world.
pub(super) fn worldless(title: &str, code: &str, message: &str) -> Diagnostic {
    Diagnostic::global("E0615", format!("none of these seeds of {title} makes a world: {code}: {message}"))
        .help("mend the spec, and build into a new folder; `worldc build` with one --seed shows the place")
}

/// The index was not made yet.
pub(super) fn unmerged(path: &Path) -> Diagnostic {
    Diagnostic::global("E0614", format!("the fleet is not complete: {} is not there", path.display()))
        .help("once all its shards are done, `worldc fleet merge` makes it")
}

/// A world in a folder is not whole.
pub(super) fn damaged_world(world: &str, fault: Diagnostic) -> Diagnostic {
    Diagnostic { message: format!("{world}: {}", fault.message), ..fault }
}

/// A world that is made again becomes another one.
pub(super) fn otherwise(world: &str, before: &str, now: &str) -> Diagnostic {
    Diagnostic::global("E0610", format!("{world} comes out otherwise than its row says: {now}, not {before}"))
        .note("the row, the salt or the compiler is another one than when it was made first")
        .help("build the fleet into a new folder; or take what comes out now, with --repair")
}

/// Some worlds have no row yet.
pub(super) fn unfinished(missing: u64, first: &str) -> Diagnostic {
    Diagnostic::global("E0614", format!("the fleet is not complete: {}, first {first}", are_missing(missing)))
        .help("run the shards that are left, then merge")
}

/// Hardly any seed of a spec makes a world.
pub(super) fn barren(spec: &str, seed: u64, tried: u64) -> Diagnostic {
    Diagnostic::global("E0615", format!("the last {tried} seeds of {spec} before {seed} make no world"))
        .help("ask `worldc seeds` why, and loosen what they fail on")
}

/// So many worlds as a sentence says it.
fn are_missing(worlds: u64) -> String {
    if worlds == 1 { "1 world is missing".to_owned() } else { format!("{worlds} worlds are missing") }
}

/// The last seed was tried.
pub(super) fn exhausted(spec: &str, missing: u64) -> Diagnostic {
    Diagnostic::global("E0615", format!("no seed of {spec} is left to try, and {}", are_missing(missing)))
        .help("begin with a smaller --seed, or ask for fewer worlds")
}

/// A world does not come out of its shard as it went in.
pub(super) fn damaged_shard(fleet: &Path, place: &Place, world: &str, why: &str) -> Diagnostic {
    let (shard, offset, length) = (&place.shard, place.offset, place.length);
    let (sealed_offset, sealed_length) = (place.sealed_offset, place.sealed_length);
    let message = format!("shard {shard} of {} is damaged at {world}: {why}", fleet.display());
    Diagnostic::global("E0616", message)
        .note(format!(
            "by its row it stands in the open file from byte {offset} on, {length} bytes long, and in the sealed one from \
             byte {sealed_offset} on, {sealed_length} bytes long"
        ))
        .help("take the shard from a copy, or build with --repair, which makes that world and those behind it again")
}

/// A world could not be put into a frame, or the index into a table.
#[cfg(feature = "pack")]
pub(super) fn unpackable(why: &str) -> Diagnostic {
    Diagnostic::global("E0617", format!("this cannot be packed: {why}"))
}

/// Something else stands where container images should go.
#[cfg(feature = "pack")]
pub(super) fn no_layout(path: &Path) -> Diagnostic {
    Diagnostic::global("E0603", format!("{} is there already and is no OCI image layout", path.display()))
        .help("give a new folder with --out")
}

/// Container images of another fleet stand there.
#[cfg(feature = "pack")]
pub(super) fn other_images(path: &Path, first: &str) -> Diagnostic {
    let message = format!("{} has images that are not those of this fleet's worlds, first {first}", path.display());
    Diagnostic::global("E0603", message).help("give a new folder with --out; nothing was changed here")
}

/// A fleet of which no seed makes a world has nothing that could be exported.
#[cfg(feature = "pack")]
pub(super) fn nothing_built(path: &Path) -> Diagnostic {
    Diagnostic::global("E0620", format!("{} has no world that was built", path.display()))
        .help("`worldc fleet stats` counts why")
}

/// A program without the library that packs.
#[cfg(not(feature = "pack"))]
pub(crate) fn unpacking() -> Diagnostic {
    Diagnostic::global("E0617", "this worldc was built without the feature `pack`")
        .help("keep the fleet as folders, or take a worldc that has the feature")
}

/// Another process makes this shard.
pub(super) fn in_use(path: &Path) -> Diagnostic {
    Diagnostic::global("E0618", format!("another process makes this shard: it holds {}", path.display()))
        .help("wait until it ends")
}

/// The fleet is another compiler's.
pub(super) fn other_compiler(theirs: &str, ours: &str) -> Diagnostic {
    Diagnostic::global("E0619", format!("the fleet was made by {theirs}, and this is {ours}"))
        .help("take the compiler that made it; or make the same seeds with this one, and see `worldc fleet diff`")
}

/// The fleet has no world of that name.
pub(super) fn no_such_world(path: &Path, world: &str) -> Diagnostic {
    Diagnostic::global("E0620", format!("{} has no world {world}", path.display()))
        .help("its worlds stand in rows/ and worlds.jsonl; a rejected seed has none")
}
