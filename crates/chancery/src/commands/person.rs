//! `chancery person`: adds and lists persons on the machine; proposes and confirms over the API, as a person.

use std::process::ExitCode;

use anyhow::Context as _;
use office::Sender;
use registry::{Answer, Code, Command, Refusal, authorisation::Role, command::OPERATOR, person::NewPerson};
use serde_json::{Value, json};

use crate::{Place, output};

/// Add and list persons; propose and confirm what they are authorised to
#[derive(Debug, clap::Args)]
pub struct Person {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
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

#[derive(Debug, clap::Args)]
struct Add {
    #[command(flatten)]
    place: Place,
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

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    place: Place,
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

#[derive(Debug, clap::Args)]
struct Clear {
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

#[derive(Debug, clap::Args)]
struct Confirm {
    #[command(flatten)]
    server: Server,
    /// The proposal, as `clear` printed it
    proposal: String,
}

impl Person {
    /// Does what is asked.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            What::Add(it) => it.run().await,
            What::List(it) => it.run().await,
            What::Clear(it) => it.run(),
            What::Confirm(it) => it.run(),
        }
    }
}

impl Add {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let office = self.place.open().await?;
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
        office.close().await;
        if self.json {
            output::json(&json!({"person": person.to_string(), "one_time_code": code}))?;
        } else {
            println!("Added. One-time code, good for seven days: {code}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl List {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let office = self.place.open().await?;
        let people = office.list_people().await?;
        office.close().await;
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
            output::json(&json!(all))?;
        } else {
            for p in &people {
                println!("{:<16} {}  {}  {}", p.login, p.nationality, p.name, p.title);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
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
        anyhow::bail!("{} ({})\n  {}", said("title"), said("code"), said("remedy"))
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
    fn run(self) -> anyhow::Result<ExitCode> {
        let person = self.server.person(&self.login)?;
        let answer = self.server.call("POST", &format!("/people/{person}/proposals"), Some(self.grant()?))?;
        output::json(&answer)?;
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
    fn run(self) -> anyhow::Result<ExitCode> {
        let waiting = self.server.call("GET", "/proposals", None)?;
        let all = waiting.get("proposals").unwrap_or(&waiting).as_array().cloned().unwrap_or_default();
        let of = |p: &Value, name: &str| p.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let found = all
            .iter()
            .find(|p| of(p, "id") == self.proposal || of(p, "authorisation") == self.proposal)
            .ok_or(Refusal::new(Code::NoProposal))?;
        let body = json!({"proposal": of(found, "proposal")});
        let path = format!("/proposals/{}/confirmations", self.proposal);
        output::json(&self.server.call("POST", &path, Some(body))?)?;
        Ok(ExitCode::SUCCESS)
    }
}
