//! The faces of a run besides JSON lines over a pipe: the same tools over MCP and over a Unix socket. Each knocks at the
//! one [`crate::run::agents::Door`]; none of them knows more than the tools.

pub(crate) mod host;
pub(crate) mod http;
pub(crate) mod mcp;
#[cfg(unix)]
pub(crate) mod socket;
