//! The month as a simulation whose clock moves only by what the agent does. State is a fold over (image, journal).
//!
//! | file | is |
//! |---|---|
//! | `setting` | what never changes during a run: the image, its script, the office's hours, the costs |
//! | `state` | everything that changes, and how an input changes it |
//! | `mailbox` `diary` | mail, calendar and chat of the month |
//! | `people` `correspondence` `wording` | what colleagues hear, when they answer, and what they say |
//! | `tool` `tools` | what a tool is, and the registry of them all |
//! | `session` | one call after the other |
//! | `instant` | a run on a world that is not built yet |
//! | `play` `store` `mirror` | a run in its folder: journal, blobs, the disk a shell sees |
//! | `beneath` `watch` `outside` | the real folder that cannot be left, what a shell changed in it, and how the state follows |
//! | `manner` | how a run is lived, as its header says it |
//! | `transcript` `telemetry` | what an agent said and was told; what decides nothing |
//! | `replay` `fork` `difference` | journals lived again, gone on with in another way, compared |
//! | `agents` `orientation` | who acts, and what she is told first |
//! | `faces` | the tools for agents that come by themselves: MCP, a socket |
//! | `clock` | working days, overtime, meetings, the line that tells the time |
//! | `tree` | the disk, by storage path, with a hash that costs what was touched |
//! | `paths` | the agent's ways of writing a path, made one |
//! | `journal` | the run on paper: header, one line a turn, each chained to the one before |

pub(crate) mod agents;
#[cfg_attr(not(feature = "run"), path = "beneath_plain.rs")]
pub(crate) mod beneath;
pub(crate) mod claim;
pub(crate) mod clock;
pub(crate) mod correspondence;
pub(crate) mod diary;
pub(crate) mod difference;
#[cfg(feature = "run")]
pub(crate) mod faces;
pub(crate) mod fault;
pub(crate) mod fork;
#[cfg(feature = "run")]
pub(crate) mod instant;
pub(crate) mod journal;
pub(crate) mod mailbox;
pub(crate) mod manner;
pub(crate) mod mirror;
pub(crate) mod orientation;
pub(crate) mod outside;
pub(crate) mod paths;
pub(crate) mod people;
pub(crate) mod play;
pub(crate) mod replay;
pub(crate) mod rules;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod state;
pub(crate) mod store;
pub(crate) mod story;
pub(crate) mod telemetry;
pub(crate) mod tool;
pub(crate) mod tools;
pub(crate) mod transcript;
pub(crate) mod tree;
#[cfg(all(feature = "run", unix))]
pub(crate) mod watch;
pub(crate) mod wording;

#[cfg(all(test, feature = "run", unix))]
mod hostile_tests;
#[cfg(all(test, feature = "run", unix))]
mod sealed_tests;
#[cfg(all(test, feature = "run", unix))]
mod shell_tests;
#[cfg(test)]
mod tests;
