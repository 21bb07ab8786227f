//! The two others of a sign-in: the provider, started for one test, and a browser that follows redirects and keeps cookies.

use directory::{Http, Method, Request, Response, Returned, Secret, Settings};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use ureq::Agent;

/// Names the folder that holds `node_modules` with `oidc-provider`.
const VARIABLE: &str = "CHANCERY_TEST_OIDC";
pub const RETURN_TO: &str = "http://127.0.0.1/back";
pub const SECRET: &str = "a secret of ours + more";

/// A running provider; dropping it ends it.
pub struct Directory {
    child: Child,
    /// Held open: the provider would end over a word that it cannot say.
    _words: BufReader<ChildStdout>,
    pub issuer: String,
}

impl Directory {
    pub fn start() -> Option<Self> {
        Self::start_with(RETURN_TO, "{}")
    }

    /// With people more than those it knows anyway, by their lasting id.
    pub fn start_with(return_to: &str, people: &str) -> Option<Self> {
        let Some(modules) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
            println!("skipped: {VARIABLE} is not set; cargo xtask test sets it");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/directory/provider.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .arg(&modules)
            .arg(return_to)
            .arg(people)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let mut words = BufReader::new(child.stdout.take().unwrap());
        let issuer = words
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().strip_prefix("issuer ").map(str::to_owned))
            .expect("the provider starts");
        Some(Self { child, _words: words, issuer })
    }

    pub fn settings(&self, client: &str) -> Settings {
        serde_json::from_value::<Settings>(serde_json::json!({
            "issuer": self.issuer,
            "client_id": client,
            "return_to": RETURN_TO,
            "scopes": ["profile", "groups"],
            "groups_claim": "groups",
        }))
        .map(|settings| Settings {
            client_secret: (client != "open").then(|| Secret::new(SECRET)),
            ..settings
        })
        .unwrap()
    }

    pub fn stop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.stop();
    }
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

/// What the server side asks with; `tamper` may change what comes back, by its address.
pub struct Client {
    pub tamper: fn(&str, Vec<u8>) -> Vec<u8>,
}

impl Default for Client {
    fn default() -> Self {
        Self { tamper: |_, body| body }
    }
}

impl Http for Client {
    async fn send(&self, request: Request) -> Result<Response, String> {
        let agent = agent();
        let answer = match request.method {
            Method::Get => {
                let mut asked = agent.get(&request.address);
                for (name, value) in &request.headers {
                    asked = asked.header(*name, value);
                }
                asked.call()
            }
            Method::Post => {
                let mut asked = agent.post(&request.address);
                for (name, value) in &request.headers {
                    asked = asked.header(*name, value);
                }
                asked.send(&request.body)
            }
        };
        let mut answer = answer.map_err(|error| error.to_string())?;
        let body = answer.body_mut().read_to_vec().map_err(|error| error.to_string())?;
        let path = request.address.rsplit_once('/').map_or("", |(_, end)| end).to_owned();
        Ok(Response { status: answer.status().as_u16(), body: (self.tamper)(&path, body) })
    }
}

/// Follows the way of a browser from the address to the return address; what it brings back.
pub fn browse(address: &str, who: &str) -> Returned {
    returned(&browse_to(address, who, RETURN_TO))
}

/// The same to another return address; the query with which the browser comes back.
pub fn browse_to(address: &str, who: &str, return_to: &str) -> String {
    let agent = agent();
    let mut cookies: BTreeMap<String, String> = BTreeMap::new();
    let mut address = format!("{address}&login_hint={who}");
    let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
    for _ in 0..20 {
        if let Some(query) = address.strip_prefix(return_to) {
            return query.trim_start_matches('?').to_owned();
        }
        let jar =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut answer = agent.get(&address).header("cookie", jar).call().unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let Some(to) = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()) else {
            panic!("{} {}", answer.status(), answer.body_mut().read_to_string().unwrap());
        };
        address = if to.starts_with('/') { format!("{origin}{to}") } else { to };
    }
    panic!("the browser was sent in a circle");
}

fn returned(query: &str) -> Returned {
    let pairs: serde_json::Map<String, serde_json::Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), unescape(value).into()))
        .collect();
    serde_json::from_value(pairs.into()).unwrap()
}

fn unescape(value: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(out).unwrap()
}
