//! Fleets: many worlds from one recipe. A world is a function of spec and seed, so a fleet is its recipe; the folder holds
//! what was made of it, and anyone can make it again and compare.
//!
//! | in the folder | is |
//! |---|---|
//! | `fleet.json` | the recipe: specs with the hash of what they read, seeds, knobs, compiler |
//! | `worlds/<spec>@<seed>/` | one image each, whole or not there |
//! | `shards/` | or instead many in one file, see `pack` |
//! | `rows/<shard>of<shards>.jsonl` | what came of each world, written as it came: built or rejected, and why |
//! | `worlds.jsonl`, `worlds.parquet` | the same in the order of the recipe, once every shard is done |
//!
//! | file | is |
//! |---|---|
//! | `recipe` | which worlds a fleet has, and which of them a shard makes |
//! | `member` | the same spec for other people |
//! | `row` | one world as the index has it |
//! | `about` | what of it is read from its image: what it holds and asks |
//! | `rows` | rows as lines of a file |
//! | `folder` | the fleet on the disk |
//! | `resume` | a shard taken up where a process left it |
//! | `foreign` | what stands in the folder and is none of the fleet's |
//! | `pack` | worlds in shards instead of folders |
//! | `making` | worlds in parallel, each skipped where it stands whole |
//! | `keeper` | takes them as they are made and keeps them, each with its row |
//! | `oci` | worlds as container images |
//! | `table` | the index as Parquet |
//! | `index` | all rows, the fleet's root, samples, counts, differences |
//! | `fault` | what can be wrong with a fleet |

mod about;
#[cfg(all(test, feature = "pack"))]
mod damaged_tests;
pub(crate) mod fault;
mod folder;
mod foreign;
mod index;
mod keeper;
mod making;
mod member;
#[cfg(feature = "pack")]
pub(crate) mod oci;
mod pack;
mod recipe;
mod resume;
mod row;
mod rows;
#[cfg(feature = "pack")]
mod table;
#[cfg(test)]
mod tests;

pub(crate) use about::SPLITS;
pub(crate) use folder::Folder;
pub(crate) use index::{Change, Difference, Index, Indexed, Stats, changed_facts};
pub(crate) use making::{Making, Prove, Specs, of_the_seed};
pub(crate) use member::Member;
#[cfg(feature = "pack")]
pub(crate) use pack::Halves;
pub(crate) use pack::Pack;
pub(crate) use recipe::{Recipe, Seeds, Shard, Source, size_of};
pub(crate) use row::{Row, Status};
pub(crate) use rows::Rows;
