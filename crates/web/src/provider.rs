//! The HTTP client with which the organisation's directory is asked: over TLS, without redirects, with a deadline. Owns
//! nothing of what is asked.

use std::{sync::Arc, time::Duration};

use directory::{Http, Method, Request, Response};
use office::doors::DirectoryDoor;
use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

/// The longest that one question may take.
const DEADLINE: Duration = Duration::from_secs(10);
/// The bytes of an answer that are read at most: one more than the directory's own limit, so that a longer one is seen.
const ANSWER: u64 = 1024 * 1024 + 1;

/// Asks a directory.
#[derive(Debug)]
pub struct Client(Agent);

impl Client {
    /// A client that trusts whom the installation trusts for its directory.
    pub fn of(door: &DirectoryDoor) -> Self {
        let roots = match &door.authorities {
            None => RootCerts::WebPki,
            Some(pem) => {
                let certificates: Vec<Certificate<'static>> = parse_pem(pem.as_bytes())
                    .filter_map(|item| match item {
                        Ok(PemItem::Certificate(certificate)) => Some(certificate),
                        _ => None,
                    })
                    .collect();
                RootCerts::Specific(Arc::new(certificates))
            }
        };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(DEADLINE))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Self(agent.into())
    }
}

impl Http for Client {
    async fn send(&self, request: Request) -> Result<Response, String> {
        let agent = self.0.clone();
        tokio::task::spawn_blocking(move || ask(&agent, &request)).await.map_err(|e| e.to_string())?
    }
}

fn ask(agent: &Agent, request: &Request) -> Result<Response, String> {
    let headers = || request.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let answer = match request.method {
        Method::Get => headers()
            .fold(agent.get(&request.address), |asked, (name, value)| asked.header(name, value))
            .call(),
        Method::Post => headers()
            .fold(agent.post(&request.address), |asked, (name, value)| asked.header(name, value))
            .send(&request.body),
    };
    let mut answer = answer.map_err(|e| e.to_string())?;
    let body = answer.body_mut().with_config().limit(ANSWER).read_to_vec().map_err(|e| e.to_string())?;
    Ok(Response { status: answer.status().as_u16(), body })
}
