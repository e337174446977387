//! The tools over the Model Context Protocol: versions with a handshake (to 2025-11-25) and the stateless 2026-07-28.

use std::io;
use std::sync::Arc;

use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ServerCapabilities, ServerConfig, Tool as McpTool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::Value as Json;
use tokio::sync::oneshot;

use crate::run::agents::Knocker;
use crate::run::agents::lines::Call;
use crate::run::orientation::{Briefing, Stands};
use crate::run::session::Outcome;
use crate::run::setting::Setting;
use crate::run::tool::Tool;
use crate::run::tools;

/// The tools never change during a run; a client may keep the list for a day.
const FRESH: u64 = 24 * 3600 * 1000;

/// Members of a call's `_meta`: a name under which a repeated call is answered once, and what the agent says of herself.
const ID: &str = "worldrun/request_id";
const ABOUT: &str = "worldrun/about";
/// What was said so far, for a client that goes on with a run [J6].
const TRANSCRIPT: &str = "world://transcript";

/// A server of one run's tools. Copies serve the same run.
#[derive(Clone)]
pub(crate) struct Server {
    knocker: Knocker,
    orientation: Arc<str>,
    stands: Stands,
    setting: Arc<Setting>,
}

impl Server {
    /// A server that knocks for its clients.
    pub(crate) fn new(knocker: Knocker, briefing: Briefing) -> Server {
        let Briefing { instructions, stands, setting } = briefing;
        Server { knocker, orientation: instructions.into(), stands, setting }
    }

    /// Serves one client over this process's standard input and output until it closes them.
    pub(crate) async fn over_stdio(self) -> io::Result<()> {
        let running = self.serve(rmcp::transport::stdio()).await.map_err(io::Error::other)?;
        running.waiting().await.map(|_| ()).map_err(io::Error::other)
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
            .with_server_info(Implementation::new("world", env!("CARGO_PKG_VERSION")))
            .with_instructions(&*self.orientation)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = tools::all().map(|tool| described(&self.setting, tool)).collect();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(FRESH).with_cache_scope(CacheScope::Public))
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let transcript = Resource::new(TRANSCRIPT, "transcript").with_mime_type("application/json");
        Ok(ListResourcesResult::with_all_items(vec![transcript]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if request.uri != TRANSCRIPT {
            return Err(ErrorData::resource_not_found(format!("there is {TRANSCRIPT} and nothing else"), None));
        }
        let mut stands = self.stands.clone();
        let stands = stands.wait_for(Option::is_some).await;
        let stands = stands.map_err(|_| ErrorData::internal_error("the run has not begun", None))?;
        let text = stands.as_deref().unwrap_or_default();
        Ok(ReadResourceResult::new(vec![ResourceContents::text(text, TRANSCRIPT)]).into())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let (to, from) = oneshot::channel();
        let arguments = Json::Object(request.arguments.unwrap_or_default());
        let id = context.meta.get(ID).and_then(Json::as_str).map(str::to_owned);
        let about = context.meta.get(ABOUT).filter(|about| about.is_object()).cloned();
        let call = Call { id, about, ..Call::of(request.name, arguments) };
        // Whoever asked may have gone meanwhile; the turn was made all the same.
        let reply = Box::new(|outcome: &Outcome| drop(to.send(outcome.clone())));
        let over = || ErrorData::internal_error("the run has ended", None);
        if !self.knocker.call(call, reply) {
            return Err(over());
        }
        from.await.map(|outcome| result(outcome).into()).map_err(|_| over())
    }
}

fn described(setting: &Setting, tool: &Tool) -> McpTool {
    let schema = match tool.schema() {
        Json::Object(schema) => schema,
        _ => serde_json::Map::new(),
    };
    let hints = ToolAnnotations::new().read_only(tool.reads).destructive(!tool.reads).open_world(false);
    McpTool::new(tool.name, tool.description(setting.cost(tool)), Arc::new(schema)).with_annotations(hints)
}

/// What a tool said, and the clock's line as a block of its own [F1].
fn result(outcome: Outcome) -> CallToolResult {
    let said = std::iter::once(outcome.text).chain((!outcome.clock.is_empty()).then_some(outcome.clock));
    let content = said.map(ContentBlock::text).collect();
    match outcome.refused {
        true => CallToolResult::error(content),
        false => CallToolResult::success(content),
    }
}
