//! A large register, made once by the program's own `synth` and kept in the build folder; and the program that serves it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use office::{
    Office, Opening, Sender,
    clock::{Clock, SystemClock, machine_entropy},
    folder::{Folder, Founding, found},
    signin::SessionKind,
};
use registry::{
    Answer, Command as Asked, PersonId,
    authorisation::{Grant, Role},
    command::OPERATOR,
    house::{Names, Terms},
    person::NewPerson,
};

use super::papers;

/// The password of everybody.
pub const PHRASE: &str = "correct horse battery staple";
/// Of how many papers the one sees six.
pub const SIX: usize = 6;
/// The captions of the historic papers that bear on access.
const CAPTIONS: [&str; 9] =
    ["NODIS", "EXDIS", "LIMDIS", "EYES ONLY", "NOFORN", "ORCON", "RESTRICTED DATA", "CODEWORD", "SENSITIVE"];
/// People at work.
pub const PEOPLE: usize = 200;

/// The register of so many papers, made when it is not there.
pub async fn register(documents: u64) -> Result<PathBuf> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("large-{documents}"));
    let data = place.join("data");
    if place.join("made").is_file() {
        return Ok(data);
    }
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place)?;
    people(&data).await?;
    let begun = Instant::now();
    let mut synth = Command::new(env!("CARGO_BIN_EXE_chancery"));
    synth.arg("synth").arg(&data).args(["--documents", &documents.to_string()]);
    if let Ok(papers) = papers() {
        let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../house/maps/frus.toml");
        synth.arg("--manifest").arg(papers.join("index.jsonl")).arg("--map").arg(map);
    }
    anyhow::ensure!(synth.status()?.success(), "the papers could not be made up");
    let seconds = begun.elapsed().as_secs_f64();
    println!("{documents} papers made up in {seconds:.0} s, {:.0} a second", documents as f64 / seconds);
    std::fs::write(place.join("made"), "")?;
    Ok(data)
}

async fn people(data: &Path) -> Result<()> {
    let folder = Folder::at(data);
    let founding = Founding::shipped("bench.example");
    let founded = found(&folder, &founding, None, None, SystemClock.now(), &machine_entropy()).await?;
    let office = Office::open(Opening::of(folder)).await?;
    let officers: Vec<PersonId> = founded.officers.iter().map(|(person, _)| person.id).collect();
    let [one, two] = officers.as_slice() else { anyhow::bail!("two officers") };
    let house = Setting { office: &office, officers: [*one, *two] };
    let registry = office.house().await?.registry_by_code("REG").context("registry")?.id;
    for n in 0..PEOPLE {
        let person = house.adds(&format!("person{n}"), "USA").await?;
        house.clears(person, "US-HISTORIC", "TOP SECRET", &[]).await?;
        house.clears(person, "NATO", "SECRET", &[]).await?;
        if n == 0 {
            let role = Asked::AssignRole { person, role: Role::Clerk, registry };
            house.does(*one, role).await?;
        }
    }
    let mixed = house.adds("mixed", "USA").await?;
    house.clears(mixed, "US-HISTORIC", "CONFIDENTIAL", &["LIMDIS"]).await?;
    house.clears(mixed, "NATO", "CONFIDENTIAL", &[]).await?;
    let all = house.adds("all", "USA").await?;
    house.clears(all, "US-HISTORIC", "TOP SECRET", &CAPTIONS).await?;
    house.clears(all, "NATO", "COSMIC TOP SECRET", &[]).await?;
    // The registry that `chancery synth` fills.
    let names = Names { en: "Made-up papers".to_owned(), fr: "Documents inventés".to_owned() };
    let opens = Asked::OpenRegistry { code: "SYNTH".to_owned(), terms: Terms::of(names) };
    let sender = Sender::operator_as(OPERATOR);
    let Answer::Opened { registry: synth } = office.command(sender, office.new_command(), opens).await?
    else {
        anyhow::bail!("not opened")
    };
    house.grants(all, Grant::Role { role: Role::Controller, registry: Some(synth) }).await?;
    house.adds("none", "CHE").await?;
    let six = house.adds("six", "CHE").await?;
    house.clears(six, "CORPORATE", "INTERNAL", &[]).await?;
    let label = office.house().await?.policies.resolve(&label::NamedLabel {
        policy: "CORPORATE".to_owned(),
        level: "INTERNAL".to_owned(),
        categories: Default::default(),
        privacy_mark: None,
    })?;
    for n in 0..SIX {
        let document = Box::new(super::letter(n, label.clone()));
        let command = Asked::Register { registry, document };
        office.command(Sender::operator_as(OPERATOR), office.new_command(), command).await?;
    }
    office.close().await;
    Ok(())
}

struct Setting<'a> {
    office: &'a Office,
    officers: [PersonId; 2],
}

impl Setting<'_> {
    async fn does(&self, person: PersonId, command: Asked) -> Result<Answer> {
        let sender = Sender::proven(person, self.office.now());
        Ok(self.office.command(sender, self.office.new_command(), command).await?)
    }

    async fn adds(&self, login: &str, nationality: &str) -> Result<PersonId> {
        let person = NewPerson {
            login: login.to_owned(),
            name: login.to_owned(),
            nationality: nationality.to_owned(),
            language: "en".to_owned(),
            title: String::new(),
            body: None,
        };
        let Answer::Added { person } = self.does(self.officers[0], Asked::AddPerson { person }).await? else {
            anyhow::bail!("not added")
        };
        let code = self.office.give_code(person).await?;
        self.office.set_password(login, &code, PHRASE).await?;
        Ok(person)
    }

    async fn clears(&self, person: PersonId, policy: &str, level: &str, captions: &[&str]) -> Result<()> {
        let today = self.office.now().date(&jiff::tz::TimeZone::UTC);
        let captions: BTreeSet<String> = captions.iter().map(|caption| (*caption).to_owned()).collect();
        let named = label::NamedClearance {
            policy: policy.to_owned(),
            level: level.to_owned(),
            categories: BTreeMap::from([("Caption".to_owned(), captions)])
                .into_iter()
                .filter(|(_, of)| !of.is_empty())
                .collect(),
        };
        let grant = Grant::Clearance {
            clearance: self.office.house().await?.policies.resolve_clearance(&named)?,
            authority: "bench".to_owned(),
            number: None,
            from: today,
            until: today.checked_add(jiff::Span::new().years(4))?,
        };
        self.grants(person, grant).await
    }

    async fn grants(&self, person: PersonId, grant: Grant) -> Result<()> {
        let proposed = self.does(self.officers[0], Asked::Propose { person, grant }).await?;
        let Answer::Proposed { authorisation, proposal } = proposed else { anyhow::bail!("{proposed:?}") };
        self.does(self.officers[1], Asked::Confirm { authorisation, proposal }).await.map(|_| ())
    }
}

/// The sessions of people, as a browser or a program has them.
pub async fn sessions(data: &Path, logins: &[String], kind: SessionKind) -> Result<Vec<String>> {
    let office = Office::open(Opening { index: false, ..Opening::of(Folder::at(data)) }).await?;
    let mut tokens = Vec::new();
    for login in logins {
        tokens.push(office.sign_in(login, PHRASE, kind, "bench").await?.1);
    }
    office.close().await;
    Ok(tokens)
}

/// The program that serves a register.
pub struct Serving {
    child: Child,
    pub address: String,
    /// From its start to the moment at which it listens.
    pub started: Duration,
}

impl Serving {
    pub fn of(data: &Path) -> Result<Self> {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .arg("serve")
            .arg(data)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its words")?).read_line(&mut line)?;
        let at = line.find("http://").context("it does not serve")?;
        let address = line.get(at..).unwrap_or_default().trim().to_owned();
        Ok(Self { child, address, started: begun.elapsed() })
    }

    /// What the kernel says of its memory (kB): all, and what is no mapped file.
    pub fn memory(&self) -> Result<(u64, u64)> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let of = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0)
        };
        Ok((of("VmRSS:"), of("RssAnon:")))
    }

    /// The processor's time that it has taken.
    pub fn processor(&self) -> Result<Duration> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks: u64 = fields.iter().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        // A tick is a hundredth of a second on every Linux there is.
        Ok(Duration::from_millis(ticks * 10))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
