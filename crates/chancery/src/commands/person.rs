//! `chancery person`: adds and lists persons on the machine; proposes and confirms over the API, as a person.

use std::{
    fmt,
    io::{BufRead as _, IsTerminal as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use office::{Office, Sender};
use registry::{Answer, Code, Command, Refusal, authorisation::Role, command::OPERATOR, person::NewPerson};
use serde_json::{Value, json};

use crate::{Place, output::Terminal};

/// Add and list persons; propose and confirm what they are authorised to
#[derive(Debug, clap::Args)]
pub struct Person {
    #[command(subcommand)]
    pub command: What,
}

/// What is done with persons.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Add a person; prints the code that opens the account once
    Add(Add),
    /// List everyone
    List(List),
    /// Propose a clearance, briefing or role for a person, over the API; a second officer confirms
    ///
    /// Example: chancery person clear --server http://127.0.0.1:8420 --token T --login clerk --policy NATO --level SECRET --from 2026-01-01 --until 2030-12-31 --authority NSA
    Clear(Clear),
    /// Confirm a proposal, over the API
    ///
    /// Example: chancery person confirm --server http://127.0.0.1:8420 --token T PROPOSAL
    Confirm(Confirm),
}

/// Adds a person.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// The short name for signing in
    #[arg(long)]
    login: String,
    /// As it is written on paper
    #[arg(long)]
    name: String,
    /// ISO 3166 alpha-3
    #[arg(long)]
    nationality: String,
    /// en or fr
    #[arg(long, default_value = "en")]
    language: String,
    /// Rank and post
    #[arg(long, default_value = "")]
    title: String,
    /// A role without sight of content, as clerk@REG or assistant@REG; repeat for several
    #[arg(long = "role")]
    roles: Vec<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Lists everyone.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Where the API is, and who speaks.
#[derive(Debug, clap::Args)]
struct Server {
    /// The address of the installation
    #[arg(long)]
    server: String,
    /// A token of a security officer (from the account page, or POST /api/v1/sign-in)
    #[arg(long)]
    token: String,
}

/// Proposes over the API.
#[derive(Debug, clap::Args)]
pub struct Clear {
    #[command(flatten)]
    server: Server,
    /// For whom (login)
    #[arg(long)]
    login: String,
    /// The policy of the clearance or briefing
    #[arg(long)]
    policy: Option<String>,
    /// The highest level
    #[arg(long, requires = "policy")]
    level: Option<String>,
    /// A category as "SET=VALUE"; repeat for several
    #[arg(long = "category")]
    categories: Vec<String>,
    /// First day
    #[arg(long)]
    from: Option<String>,
    /// Last day
    #[arg(long)]
    until: Option<String>,
    /// Who issued the certificate
    #[arg(long, default_value = "")]
    authority: String,
    /// Instead of a clearance: a briefing for this level or category, on the day of --from
    #[arg(long, conflicts_with_all = ["level", "role"])]
    briefing: Option<String>,
    /// Instead of a clearance: a role, as controller@REG, inspector
    #[arg(long, conflicts_with_all = ["level", "policy"])]
    role: Option<String>,
    /// Instead of a clearance: membership of a need-to-know group
    #[arg(long, conflicts_with_all = ["level", "policy", "role"])]
    group: Option<String>,
}

/// Confirms over the API.
#[derive(Debug, clap::Args)]
pub struct Confirm {
    #[command(flatten)]
    server: Server,
    /// The proposal, as `clear` printed it
    proposal: String,
    /// A file whose first line is your password; without it the terminal asks when the sign-in is not fresh
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl Add {
    /// Adds, and gives the code that opens the account once.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let sender = Sender::operator_as(OPERATOR);
        let new = NewPerson {
            login: self.login,
            name: self.name,
            nationality: self.nationality,
            language: self.language,
            title: self.title,
            body: None,
        };
        let house = office.house().await?;
        let mut roles = Vec::new();
        for role in &self.roles {
            let (role, code) = role.split_once('@').unwrap_or((role, ""));
            let known = Role::ALL.into_iter().find(|r| r.as_str() == role);
            let known = known.ok_or_else(|| Refusal::on("role", Code::NotOffered).with("value", role))?;
            let registry = house
                .registry_by_code(code)
                .ok_or_else(|| Refusal::on("role", Code::RegistryUnknown).with("code", code))?;
            roles.push((known, registry.id));
        }
        let answer = office.command(sender, office.new_command(), Command::AddPerson { person: new }).await?;
        let Answer::Added { person } = answer else { anyhow::bail!("the office answered something else") };
        for (role, registry) in roles {
            let command = Command::AssignRole { person, role, registry };
            office.command(sender, office.new_command(), command).await?;
        }
        let code = office.give_code(person).await?;
        if self.json {
            terminal.json(&json!({"person": person.to_string(), "one_time_code": code}));
        } else {
            terminal.say(format_args!("Added. One-time code, good for seven days: {code}"));
        }
        Ok(0)
    }
}

impl List {
    /// Lists.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let people = office.list_people().await?;
        if self.json {
            let all: Vec<Value> = people
                .iter()
                .map(|p| {
                    json!({
                        "person": p.id.to_string(), "login": p.login, "name": p.name,
                        "nationality": p.nationality, "language": p.language, "title": p.title,
                    })
                })
                .collect();
            terminal.json(&json!(all));
        } else {
            for p in &people {
                terminal.say(format_args!("{:<16} {}  {}  {}", p.login, p.nationality, p.name, p.title));
            }
        }
        Ok(0)
    }
}

/// Why the other side did not do it, in its words.
#[derive(Debug)]
struct Refused {
    title: String,
    code: String,
    remedy: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})\n  {}", self.title, self.code, self.remedy)
    }
}

impl std::error::Error for Refused {}

/// The first line of a file, which is a password.
fn first_line(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Asks at the terminal, which shows nothing of what is typed.
fn asked_for() -> anyhow::Result<String> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let terminal = std::io::stdin();
    eprint!("Your password, once more: ");
    let shown = tcgetattr(&terminal)?;
    let mut silent = shown.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
    let mut line = String::new();
    let read = terminal.lock().read_line(&mut line);
    // Whatever was read, the terminal shows again what is typed.
    tcsetattr(&terminal, OptionalActions::Flush, &shown)?;
    eprintln!();
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

impl Server {
    fn call(&self, method: &str, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let url = format!("{}/api/v1{path}", self.server.trim_end_matches('/'));
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let bearer = format!("Bearer {}", self.token.trim());
        let mut answer = match (method, body) {
            ("POST", body) => {
                let mut key = [0_u8; 16];
                office::clock::machine_entropy()(&mut key);
                agent
                    .post(&url)
                    .header("authorization", &bearer)
                    .header("idempotency-key", registry::id::hex(&key))
                    .header("content-type", "application/json")
                    .send(body.unwrap_or(Value::Null).to_string().as_bytes())
            }
            _ => agent.get(&url).header("authorization", &bearer).call(),
        }
        .with_context(|| url.clone())?;
        let text = answer.body_mut().read_to_string()?;
        let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if answer.status().is_success() {
            return Ok(value);
        }
        let said = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Err(Refused { title: said("title"), code: said("code"), remedy: said("remedy") }.into())
    }

    /// Does what takes a fresh sign-in; where the token's is not, the password is given once more.
    fn freshly(&self, password: Option<&Path>, path: &str, body: &Value) -> anyhow::Result<Value> {
        let refused = match self.call("POST", path, Some(body.clone())) {
            Err(e)
                if e.downcast_ref::<Refused>().is_some_and(|r| r.code == Code::SignInNotFresh.as_str()) =>
            {
                e
            }
            settled => return settled,
        };
        let password = match password {
            Some(file) => first_line(file)?,
            None if std::io::stdin().is_terminal() => asked_for()?,
            None => return Err(refused.context("give the password with --password-file FILE")),
        };
        self.call("POST", "/sign-in/proof", Some(json!({"password": password})))?;
        self.call("POST", path, Some(body.clone()))
    }

    fn person(&self, login: &str) -> anyhow::Result<String> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if !login.chars().all(fits) {
            return Err(Refusal::on("login", Code::CodeForm).with("value", login).into());
        }
        let people = self.call("GET", &format!("/people?login={login}"), None)?;
        let all = people.get("people").unwrap_or(&people).as_array().cloned().unwrap_or_default();
        all.iter()
            .find(|p| p.get("login").and_then(Value::as_str) == Some(login))
            .and_then(|p| p.get("id").or_else(|| p.get("person")).and_then(Value::as_str))
            .map(str::to_owned)
            .ok_or_else(|| Refusal::on("person", Code::PersonUnknown).with("person", login).into())
    }
}

impl Clear {
    /// Proposes.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let person = self.server.person(&self.login)?;
        let answer = self.server.call("POST", &format!("/people/{person}/proposals"), Some(self.grant()?))?;
        Terminal::here().json(&answer);
        eprintln!("Proposed. Another security officer confirms it.");
        Ok(ExitCode::SUCCESS)
    }

    fn grant(&self) -> anyhow::Result<Value> {
        if let Some(role) = &self.role {
            let (role, registry) = match role.split_once('@') {
                Some((role, code)) => (role, Some(code)),
                None => (role.as_str(), None),
            };
            return Ok(json!({"is": "role", "role": role, "registry": registry}));
        }
        if let Some(group) = &self.group {
            return Ok(json!({"is": "membership", "group": group}));
        }
        if let Some(subject) = &self.briefing {
            return Ok(json!({
                "is": "briefing", "policy": self.policy, "subject": subject, "on": self.from,
            }));
        }
        let mut categories = serde_json::Map::new();
        for category in &self.categories {
            let (set, value) = category.split_once('=').ok_or_else(|| {
                anyhow::anyhow!("a category is SET=VALUE, as in \"Additional Sensitivity=ATOMAL\"")
            })?;
            let values = categories.entry(set.trim()).or_insert_with(|| json!([]));
            if let Some(values) = values.as_array_mut() {
                values.push(json!(value.trim()));
            }
        }
        Ok(json!({
            "is": "clearance",
            "clearance": {"policy": self.policy, "level": self.level, "categories": categories},
            "from": self.from, "until": self.until, "authority": self.authority,
        }))
    }
}

impl Confirm {
    /// Confirms.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let waiting = self.server.call("GET", "/proposals", None)?;
        let all = waiting.get("proposals").unwrap_or(&waiting).as_array().cloned().unwrap_or_default();
        let of = |p: &Value, name: &str| p.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let found = all
            .iter()
            .find(|p| of(p, "id") == self.proposal || of(p, "authorisation") == self.proposal)
            .ok_or(Refusal::new(Code::NoProposal))?;
        let body = json!({"proposal": of(found, "proposal")});
        let path = format!("/proposals/{}/confirmations", self.proposal);
        Terminal::here().json(&self.server.freshly(self.password_file.as_deref(), &path, &body)?);
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use office::{
        Opening,
        clock::{SetClock, seeded_entropy},
        folder::{Folder, Founding, found},
        signin::SessionKind,
        texts::Texts,
    };
    use registry::{Timestamp, authorisation::Grant};

    use super::*;

    const MORNING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000);
    const PHRASE: &str = "correct horse battery staple";

    #[tokio::test(flavor = "multi_thread")]
    async fn a_stale_token_confirms_with_the_password_of_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let entropy = seeded_entropy(7);
        let founding = Founding::shipped("test-house");
        let founded = found(&folder, &founding, None, None, MORNING, &entropy).await.unwrap();
        let clock = Arc::new(SetClock::at(MORNING));
        let opening = Opening { clock: clock.clone(), entropy, ..Opening::of(folder) };
        let office = Office::open(opening).await.unwrap();
        let [(first, _), (second, code)] = founded.officers.as_slice() else { panic!() };
        office.set_password(&second.login, code, PHRASE).await.unwrap();
        let kind = SessionKind::Token;
        let (_, token) = office.sign_in(&second.login, PHRASE, kind, "line").await.unwrap();
        let person = NewPerson {
            login: "person".into(),
            name: "A Person".into(),
            nationality: "BEL".into(),
            language: "en".into(),
            title: String::new(),
            body: None,
        };
        let by = Sender::person(first.id);
        let added = office.command(by, office.new_command(), Command::AddPerson { person }).await.unwrap();
        let Answer::Added { person } = added else { panic!() };
        let grant = Grant::Role { role: Role::Inspector, registry: None };
        let propose = Command::Propose { person, grant };
        let proposed = office.command(by, office.new_command(), propose).await.unwrap();
        let Answer::Proposed { authorisation, .. } = proposed else { panic!() };

        let app = web::App { office, texts: Arc::new(Texts::new().unwrap()), greeting: None };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move { axum::serve(listener, web::app::router(app)).await });
        clock.set(MORNING.plus_seconds(16 * 60));
        let confirm = |password: &'static str| {
            let file = dir.path().join("password");
            std::fs::write(&file, format!("{password}\n")).unwrap();
            let server = Server { server: address.clone(), token: token.clone() };
            let it = Confirm { server, proposal: authorisation.to_string(), password_file: Some(file) };
            tokio::task::spawn_blocking(move || it.run())
        };
        let wrong = confirm("not the password").await.unwrap().unwrap_err();
        assert_eq!(wrong.downcast_ref::<Refused>().unwrap().code, "password-wrong");
        confirm(PHRASE).await.unwrap().unwrap();
        serving.abort();
    }
}
