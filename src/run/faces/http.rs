//! MCP over streamable HTTP, on loopback only: under a path that nobody can guess, and never for a page in a browser.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::image::hash::{hex, sha256};
use crate::run::agents::lines::LONGEST;
use crate::run::faces::mcp::Server;

/// How long clients may take to fetch their last answers.
const PARTING: Duration = Duration::from_secs(10);

type Service = StreamableHttpService<Server, NeverSessionManager>;
type Answer = Response<BoxBody<Bytes, Infallible>>;

/// A port that listens, and the path under which the run stands.
pub(crate) struct Gate {
    listener: TcpListener,
    path: String,
}

impl Gate {
    /// Takes a port of this computer's own; 0 lets the system choose.
    pub(crate) async fn open(port: u16) -> io::Result<Gate> {
        let mut token = [0; 16];
        getrandom::fill(&mut token).map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        Ok(Gate { listener, path: format!("/w/{}/mcp", hex(&token)) })
    }

    /// Where a client finds the run.
    pub(crate) fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}{}", self.listener.local_addr()?, self.path))
    }

    /// Serves clients until the run is over; answers that are under way are finished.
    pub(crate) async fn serve(self, server: Server, mut over: watch::Receiver<bool>) -> io::Result<()> {
        let service = service(server);
        let path: Arc<str> = self.path.into();
        let mut visits = JoinSet::new();
        loop {
            tokio::select! {
                _ = over.changed() => break,
                _ = visits.join_next(), if !visits.is_empty() => {}
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted?;
                    visits.spawn(visit(stream, service.clone(), Arc::clone(&path), over.clone()));
                }
            }
        }
        let finished = async { while visits.join_next().await.is_some() {} };
        // A client that never finishes what it says keeps nobody here.
        let _late = tokio::time::timeout(PARTING, finished).await;
        Ok(())
    }
}

/// Sessions are gone from the protocol, so no version is served with one; every answer is one JSON object.
fn service(server: Server) -> Service {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(LONGEST as usize)
        .enforce_origin_validation();
    StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config)
}

/// One connection until it is closed, or until the run is over and what was asked is answered.
async fn visit(stream: TcpStream, service: Service, path: Arc<str>, mut over: watch::Receiver<bool>) {
    let answer = service_fn(move |request| answer(request, service.clone(), Arc::clone(&path)));
    let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
    let mut connection = std::pin::pin!(connection);
    // A connection that breaks is its client's affair.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = over.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _closed = connection.await;
}

async fn answer(request: Request<Incoming>, service: Service, path: Arc<str>) -> Result<Answer, Infallible> {
    // Hashes are compared, so that time tells nothing about how much of a guess was right.
    if sha256(request.uri().path().as_bytes()) == sha256(path.as_bytes()) {
        return Ok(service.handle(request).await);
    }
    let mut unknown = Response::new(Empty::new().boxed());
    *unknown.status_mut() = StatusCode::NOT_FOUND;
    Ok(unknown)
}
