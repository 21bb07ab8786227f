//! The demo headquarters: built from the data of `house/demo` through the same doors as everything else, as its own
//! people, over the last two years.

mod filing;
mod handled;
mod numbers;
mod tray;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jiff::civil::Date;
use label::{NamedClearance, NamedLabel};
use registry::{
    Answer, AuthorisationId, BodyId, Command, DocumentDate, GroupId, PersonId, RegistryId, Timestamp,
    authorisation::{Grant, Role},
    correction::Correction,
    document::{Direction, Register},
    formal::Formal,
    house::Names,
    person::NewPerson,
    reference::{Reference, ReferenceKind},
    relation::Stated,
};
use serde::Deserialize;
use store::StoreError;

use crate::{
    clock::{Clock, SetClock, SystemClock},
    door::Sender,
    failure::Failure,
    folder::{Founding, found},
    office::{Office, Opening},
    own::Keeping,
    shipped,
};

/// The password of everyone who can sign in to the demo.
pub const PASSWORD: &str = "open sesame 2026";

/// Who can sign in, and what is worth trying.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    /// Login, name, title (English, French), what the person shows (English, French).
    pub guests: Vec<Guest>,
    /// Title and text, English then French.
    pub worth_trying: Vec<[(String, String); 2]>,
}

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub struct Guest {
    /// For signing in.
    pub login: String,
    /// As shown.
    pub name: String,
    /// Rank and post.
    pub title: [String; 2],
    /// What this person shows.
    pub shows: [String; 2],
}

#[derive(Debug, Deserialize)]
struct Headquarters {
    body: Vec<Named>,
    registry: Vec<RegistryData>,
    group: Vec<Named>,
    person: Vec<PersonData>,
    correction: Vec<CorrectionData>,
    entrusted: Vec<numbers::Entrusted>,
    kept: Vec<numbers::Kept>,
    tray: Vec<tray::Message>,
    handled: Vec<handled::Handled>,
    worth_trying: Vec<Worth>,
}

#[derive(Debug, Deserialize)]
struct Named {
    code: String,
    name: Names,
}

#[derive(Debug, Deserialize)]
struct RegistryData {
    code: String,
    name: Names,
    body: String,
    #[serde(default)]
    ceiling: Vec<NamedClearance>,
    raised: Option<Raised>,
}

/// What a registry was allowed later.
#[derive(Debug, Deserialize)]
struct Raised {
    ceiling: Vec<NamedClearance>,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct PersonData {
    login: String,
    name: String,
    nationality: String,
    language: String,
    title: Names,
    body: String,
    #[serde(default)]
    roles: Vec<RoleData>,
    #[serde(default)]
    clearance: Vec<ClearanceData>,
    #[serde(default)]
    briefings: Vec<BriefingData>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    ended: Vec<EndedData>,
    /// A certificate that is being renewed, and until when it counts.
    extended: Option<ExtendedData>,
    /// The last day in the house, and why.
    left: Option<LeftData>,
    /// Searches that he keeps, and profiles that flag papers to him from the first day on.
    #[serde(default)]
    searches: Vec<KeptData>,
    #[serde(default)]
    watches: Vec<KeptData>,
    shows: Option<Names>,
}

#[derive(Debug, Deserialize)]
struct KeptData {
    name: String,
    query: String,
}

#[derive(Debug, Deserialize)]
struct ExtendedData {
    policy: String,
    until: Date,
    authority: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct LeftData {
    on: Date,
    reason: String,
}

/// A membership that ended.
#[derive(Debug, Deserialize)]
struct EndedData {
    group: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct RoleData {
    role: String,
    registry: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ClearanceData {
    policy: String,
    level: String,
    #[serde(default)]
    categories: BTreeMap<String, std::collections::BTreeSet<String>>,
    from: Date,
    until: Date,
    authority: String,
    number: Option<String>,
}

#[derive(Debug, Deserialize)]
struct BriefingData {
    policy: String,
    subject: String,
    on: Date,
}

/// A correction of a paper, once all are registered.
#[derive(Debug, Deserialize)]
struct CorrectionData {
    reference: String,
    by: String,
    reason: String,
    label: Option<NamedLabel>,
    subject: Option<String>,
    originator: Option<String>,
    action: Option<Vec<String>>,
    relations: Option<Vec<Stated>>,
}

#[derive(Debug, Deserialize)]
struct Worth {
    title: Names,
    text: Names,
}

#[derive(Debug, Deserialize)]
struct Paper {
    registry: String,
    direction: Direction,
    kind: String,
    date: Date,
    language: String,
    originator: String,
    reference: Option<String>,
    #[serde(default)]
    other_references: Vec<String>,
    subject: String,
    subject_label: Option<NamedLabel>,
    label: Option<NamedLabel>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    info: Vec<String>,
    #[serde(default)]
    need_to_know: Vec<Vec<String>>,
    held_elsewhere: Option<String>,
    /// What a formal message says of its handling, and whether somebody took note of it.
    #[serde(default)]
    formal: Formal,
    #[serde(default)]
    noted: bool,
    body: Option<String>,
    /// What is attached: a file name and its text, each.
    #[serde(default)]
    attached: Vec<(String, String)>,
}

fn damaged(e: impl std::fmt::Display) -> Failure {
    Failure::Failed(StoreError::damaged(format!("the demo's data: {e}")))
}

fn data() -> Result<Headquarters, Failure> {
    toml::from_str(shipped::DEMO.0).map_err(damaged)
}

/// The guide, from the data alone.
pub fn guide() -> Result<Guide, Failure> {
    let data = data()?;
    let pair = |names: &Names| [names.en.clone(), names.fr.clone()];
    Ok(Guide {
        guests: data
            .person
            .iter()
            .filter_map(|p| {
                let shows = p.shows.as_ref().map(pair)?;
                Some(Guest { login: p.login.clone(), name: p.name.clone(), title: pair(&p.title), shows })
            })
            .collect(),
        worth_trying: data
            .worth_trying
            .iter()
            .map(|w| [(w.title.en.clone(), w.text.en.clone()), (w.title.fr.clone(), w.text.fr.clone())])
            .collect(),
    })
}

/// Builds the demo in an empty folder; `progress` is told how far it is.
pub async fn build(opening: Opening, mut progress: impl FnMut(usize, usize) + Send) -> Result<(), Failure> {
    let data = data()?;
    let papers: Vec<Paper> = shipped::DEMO
        .1
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).map_err(damaged))
        .collect::<Result<_, _>>()?;
    // The house is two years old; what is older was taken over from the registers of before on its first day.
    let now = SystemClock.now();
    let begun = now.plus_seconds(-2 * 365 * 24 * 3600);
    let clock = Arc::new(SetClock::at(begun));
    let officers = found_house(&opening, &data, begun).await?;
    let office = Office::open(Opening { clock: clock.clone(), ..opening }).await?;
    let mut builder = Builder {
        office,
        clock,
        officers,
        tick: begun,
        ids: Ids::default(),
        files: filing::Files::default(),
    };
    builder.set_up(&data).await?;
    builder.keeps(&data).await?;
    builder.opens_files(false).await?;
    let total = papers.len();
    for (n, paper) in papers.into_iter().enumerate() {
        builder.registers(paper, now, total - n).await?;
        progress(n + 1, total);
    }
    builder.numbers(&data).await?;
    builder.takes_over(&data).await?;
    for correction in &data.correction {
        builder.corrects(correction).await?;
    }
    builder.handles(&data).await?;
    builder.opens_files(true).await?;
    builder.turns_files().await?;
    builder.receives(&data).await?;
    for person in &data.person {
        builder.moves_on(person).await?;
    }
    builder.passwords(&data).await?;
    builder.office.checkpoint_all().await?;
    builder.office.close().await;
    Ok(())
}

/// The two security officers of the data found the house.
async fn found_house(
    opening: &Opening,
    data: &Headquarters,
    begun: Timestamp,
) -> Result<[PersonId; 2], Failure> {
    let mut officers = data
        .person
        .iter()
        .filter(|p| p.roles.iter().any(|r| r.role == Role::SecurityOfficer.as_str()))
        .map(new_person);
    let (Some(first), Some(second)) = (officers.next(), officers.next()) else {
        return Err(damaged("two security officers are needed"));
    };
    let founding =
        Founding { officers: [first, second], registry: None, ..Founding::shipped("headquarters.example") };
    let database = opening.database.clone();
    let key = opening.key.clone();
    let founded = found(&opening.folder, &founding, database, key, begun, &opening.entropy).await?;
    match founded.officers.as_slice() {
        [(first, _), (second, _)] => Ok([first.id, second.id]),
        _ => Err(damaged("two security officers are needed")),
    }
}

fn new_person(p: &PersonData) -> NewPerson {
    let title = if p.language == "fr" { &p.title.fr } else { &p.title.en };
    NewPerson {
        login: p.login.clone(),
        name: p.name.clone(),
        nationality: p.nationality.clone(),
        language: p.language.clone(),
        title: title.clone(),
        body: None,
    }
}

#[derive(Default)]
struct Ids {
    bodies: HashMap<String, BodyId>,
    registries: HashMap<String, RegistryId>,
    groups: HashMap<String, GroupId>,
    people: HashMap<String, PersonId>,
    clerks: HashMap<String, PersonId>,
}

struct Builder {
    office: Office,
    clock: Arc<SetClock>,
    officers: [PersonId; 2],
    tick: Timestamp,
    ids: Ids,
    files: filing::Files,
}

impl Builder {
    async fn does(&mut self, sender: Sender, command: Command) -> Result<Answer, Failure> {
        self.tick = self.tick.plus_seconds(1);
        self.clock.set(self.tick);
        self.office.command(sender, self.office.new_command(), command).await
    }

    fn operator() -> Sender {
        Sender::operator_as(registry::command::OPERATOR)
    }

    async fn set_up(&mut self, data: &Headquarters) -> Result<(), Failure> {
        for body in &data.body {
            let command = Command::EstablishBody { code: body.code.clone(), names: body.name.clone() };
            if let Answer::Established { body: id } = self.does(Self::operator(), command).await? {
                self.ids.bodies.insert(body.code.clone(), id);
            }
        }
        for registry in &data.registry {
            let ceilings = self.ceilings(&registry.ceiling).await?;
            let command = Command::OpenRegistry {
                code: registry.code.clone(),
                names: registry.name.clone(),
                body: self.ids.bodies.get(&registry.body).copied(),
                ceilings,
            };
            if let Answer::Opened { registry: id } = self.does(Self::operator(), command).await? {
                self.ids.registries.insert(registry.code.clone(), id);
                if let Some(raised) = &registry.raised {
                    let command = Command::ChangeRegistry {
                        registry: id,
                        names: registry.name.clone(),
                        body: self.ids.bodies.get(&registry.body).copied(),
                        ceilings: self.ceilings(&raised.ceiling).await?,
                        reason: raised.reason.clone(),
                    };
                    self.does(Self::operator(), command).await?;
                }
            }
        }
        for group in &data.group {
            let command = Command::FormGroup { code: group.code.clone(), names: group.name.clone() };
            if let Answer::Formed { group: id } = self.does(Self::operator(), command).await? {
                self.ids.groups.insert(group.code.clone(), id);
            }
        }
        for person in &data.person {
            self.person(person).await?;
        }
        self.entrusts(data).await
    }

    /// A ceiling by level covers the special categories of its policy that may be held at all.
    async fn ceilings(&self, named: &[NamedClearance]) -> Result<Vec<label::Clearance>, Failure> {
        let house = self.office.house().await?;
        let ceilings =
            named.iter().map(|named| house.ceiling_at(named)).collect::<Result<_, _>>().map_err(damaged)?;
        Ok(ceilings)
    }

    async fn person(&mut self, data: &PersonData) -> Result<(), Failure> {
        let id = match self.office.person_named(&data.login).await {
            Ok(id) => id,
            Err(_) => {
                let person = NewPerson { body: self.ids.bodies.get(&data.body).copied(), ..new_person(data) };
                let by = Sender::person(self.officers[0]);
                match self.does(by, Command::AddPerson { person }).await? {
                    Answer::Added { person } => person,
                    _ => return Err(damaged("person")),
                }
            }
        };
        self.ids.people.insert(data.login.clone(), id);
        for role in &data.roles {
            self.role(id, role).await?;
        }
        // The two officers keep what the founding entry gave them: a third would be needed to give them more.
        if self.officers.contains(&id) {
            return Ok(());
        }
        let house = self.office.house().await?;
        for held in &data.clearance {
            let named = NamedClearance {
                policy: held.policy.clone(),
                level: held.level.clone(),
                categories: held.categories.clone(),
            };
            let clearance = house.policies.resolve_clearance(&named).map_err(damaged)?;
            let authority = held.authority.clone();
            self.gives(
                id,
                Grant::Clearance {
                    clearance,
                    authority,
                    number: held.number.clone(),
                    from: held.from,
                    until: held.until,
                },
            )
            .await?;
        }
        for held in &data.briefings {
            let (policy, subject) = (held.policy.clone(), held.subject.clone());
            self.gives(id, Grant::Briefing { policy, subject, on: held.on, refresh: None }).await?;
        }
        for code in &data.groups {
            let group = *self.ids.groups.get(code).ok_or_else(|| damaged(format!("group {code}")))?;
            self.gives(id, Grant::Membership { group }).await?;
        }
        for ended in &data.ended {
            let group = *self
                .ids
                .groups
                .get(&ended.group)
                .ok_or_else(|| damaged(format!("group {}", ended.group)))?;
            let authorisation = self.gives(id, Grant::Membership { group }).await?;
            let reason = ended.reason.clone();
            self.does(Sender::person(self.officers[0]), Command::Revoke { authorisation, reason }).await?;
        }
        Ok(())
    }

    async fn role(&mut self, person: PersonId, data: &RoleData) -> Result<(), Failure> {
        let Some(role) = Role::ALL.into_iter().find(|r| r.as_str() == data.role) else { return Ok(()) };
        let registries: Vec<(String, RegistryId)> = match &data.registry {
            Some(code) => self.ids.registries.get(code).map(|id| (code.clone(), *id)).into_iter().collect(),
            None => self.ids.registries.iter().map(|(c, id)| (c.clone(), *id)).collect(),
        };
        if !role.is_of_a_registry() {
            if self.officers.contains(&person) {
                return Ok(());
            }
            self.gives(person, Grant::Role { role, registry: None }).await?;
            return Ok(());
        }
        for (code, registry) in registries {
            if matches!(role, Role::Clerk | Role::Controller) {
                self.ids.clerks.entry(code).or_insert(person);
            }
            if role == Role::Controller {
                self.gives(person, Grant::Role { role, registry: Some(registry) }).await?;
            } else {
                let by = Sender::person(self.officers[0]);
                self.does(by, Command::AssignRole { person, role, registry }).await?;
            }
        }
        Ok(())
    }

    /// One officer proposes, the other confirms.
    async fn gives(&mut self, person: PersonId, grant: Grant) -> Result<AuthorisationId, Failure> {
        let [first, second] = self.officers;
        let proposed = self.does(Sender::person(first), Command::Propose { person, grant }).await?;
        let Answer::Proposed { authorisation, proposal } = proposed else { return Err(damaged("proposal")) };
        let confirm = Command::Confirm { authorisation, proposal };
        self.does(Sender::proven(second, self.tick), confirm).await?;
        Ok(authorisation)
    }

    /// The first row of the register of old that one may try with: taken over already, as on the day of a trial.
    async fn takes_over(&mut self, data: &Headquarters) -> Result<(), Failure> {
        let registry =
            *self.ids.registries.get("HQR").ok_or_else(|| damaged("registry of the old register"))?;
        let of = |r: &&RoleData| r.role == Role::Controller.as_str() && r.registry.as_deref() == Some("HQR");
        let controller = data.person.iter().find(|p| p.roles.iter().any(|r| of(&r)));
        let controller = controller.and_then(|p| self.ids.people.get(&p.login)).copied();
        let controller = controller.ok_or_else(|| damaged("controller of the headquarters"))?;
        let document = self.office.first_of_demo_register("old-register.csv").await?;
        let command = Command::Register { registry, document: Box::new(document) };
        self.does(Sender::person(controller), command).await.map(|_| ())
    }

    async fn registers(&mut self, paper: Paper, now: Timestamp, left: usize) -> Result<(), Failure> {
        let registry =
            *self.ids.registries.get(&paper.registry).ok_or_else(|| damaged("registry of a paper"))?;
        let clerk = *self.ids.clerks.get(&paper.registry).ok_or_else(|| damaged("clerk of a registry"))?;
        let house = self.office.house().await?;
        let resolve = |named: &NamedLabel| house.policies.resolve(named).map_err(damaged);
        let label = paper.label.as_ref().map(resolve).transpose()?;
        let subject_label = paper.subject_label.as_ref().map(resolve).transpose()?;
        let need_to_know = paper
            .need_to_know
            .iter()
            .map(|any| {
                let group = |c: &String| self.ids.groups.get(c).copied().ok_or_else(|| damaged(c));
                any.iter().map(group).collect()
            })
            .collect::<Result<Vec<Vec<GroupId>>, Failure>>()?;
        let reference = |kind| move |text: &String| Reference::new(kind, text.clone());
        let mut references: Vec<Reference> =
            paper.reference.iter().map(reference(ReferenceKind::Originator)).collect();
        references.extend(paper.other_references.iter().map(reference(ReferenceKind::Other)));
        // The afternoon after it was written, and never after today.
        let midday = paper.date.to_datetime(jiff::civil::time(14, 0, 0, 0));
        let written = midday.to_zoned(jiff::tz::TimeZone::UTC).map_err(damaged)?.timestamp();
        let latest = now.plus_seconds(-60 * i64::try_from(left).unwrap_or(i64::MAX / 120));
        self.tick = self.tick.plus_seconds(30).max(Timestamp::from(written)).min(latest).max(self.tick);

        let mut content = None;
        if let Some(body) = &paper.body {
            let name =
                format!("{}.txt", paper.reference.as_deref().unwrap_or("paper").replace(['/', '\\'], "-"));
            let mut upload = self.office.upload(registry, &name)?;
            upload.write(body.as_bytes())?;
            for (name, text) in &paper.attached {
                upload.enclose(name, text.as_bytes());
            }
            let staged = upload.finish(None)?;
            self.office.keep(staged.sealed).await?;
            content = Some(staged.content);
        }
        let files = self.files.for_paper(&paper.registry, &paper.originator, &paper.subject, &paper.kind);
        let document = Register {
            date: Some(DocumentDate::day(paper.date)),
            language: paper.language,
            originator: Some(paper.originator),
            references,
            preferred: paper.reference.clone(),
            subject_label,
            label,
            action: paper.to,
            info: paper.info,
            need_to_know,
            held_elsewhere: paper.held_elsewhere,
            content,
            files,
            formal: paper.formal,
            ..Register::plain(paper.direction, paper.kind, paper.subject.clone())
        };
        let command = Command::Register { registry, document: Box::new(document) };
        match self.does(Sender::person(clerk), command).await {
            Ok(Answer::Registered { document, .. }) if paper.noted => {
                self.does(Sender::person(clerk), Command::TakeNote { registry, document }).await.map(|_| ())
            }
            Ok(_) => Ok(()),
            Err(failure) => Err(damaged(format!("“{}”: {failure}", paper.subject))),
        }
    }

    async fn corrects(&mut self, data: &CorrectionData) -> Result<(), Failure> {
        let by = *self.ids.people.get(&data.by).ok_or_else(|| damaged(&data.by))?;
        let mut reading = self.office.read_as(by).await?;
        let found = reading.by_reference(&data.reference).await?;
        let paper = found.first().ok_or_else(|| damaged(&data.reference))?;
        let label =
            data.label.as_ref().map(|l| reading.house.policies.resolve(l).map_err(damaged)).transpose()?;
        let correction = Box::new(Correction {
            reason: data.reason.clone(),
            label,
            subject: data.subject.clone(),
            originator: data.originator.clone(),
            action: data.action.clone(),
            relations: data.relations.clone(),
            ..Correction::default()
        });
        let command = Command::Correct { registry: paper.registry, document: paper.document, correction };
        drop(reading);
        self.does(Sender::person(by), command).await.map(|_| ())
    }

    /// What happened to a person lately: a certificate extended, a last day.
    async fn moves_on(&mut self, data: &PersonData) -> Result<(), Failure> {
        let person = *self.ids.people.get(&data.login).ok_or_else(|| damaged(&data.login))?;
        if let Some(extended) = &data.extended {
            let (_, held) = self.office.read_as(self.officers[0]).await?.person_file(person).await?;
            let house = self.office.house().await?;
            let policy = house.policies.find(&extended.policy).ok_or_else(|| damaged(&extended.policy))?;
            let of = held.iter().find(|a| {
                matches!(&a.grant, Grant::Clearance { clearance, .. } if clearance.policy == *policy.id())
            });
            let grant = Grant::Extension {
                of: of.ok_or_else(|| damaged("what is extended"))?.id,
                until: extended.until,
                authority: extended.authority.clone(),
                reason: extended.reason.clone(),
            };
            self.gives(person, grant).await?;
        }
        if let Some(left) = &data.left {
            let known = self.office.read_as(self.officers[0]).await?.person_file(person).await?.0;
            let to = registry::person::Particulars { left: Some(left.on), ..known.particulars() };
            let command = Command::ChangePerson { person, to, reason: left.reason.clone() };
            self.does(Sender::person(self.officers[0]), command).await?;
        }
        Ok(())
    }

    /// What people keep for themselves.
    async fn keeps(&mut self, data: &Headquarters) -> Result<(), Failure> {
        for one in &data.person {
            let Some(person) = self.ids.people.get(&one.login).copied() else { continue };
            let kept = [(Keeping::Search, &one.searches), (Keeping::Watch, &one.watches)];
            for (what, all) in kept {
                for KeptData { name, query } in all {
                    self.office.keep_own(person, what, name, query, "").await?;
                }
            }
        }
        Ok(())
    }

    async fn passwords(&mut self, data: &Headquarters) -> Result<(), Failure> {
        let guests = data.person.iter().filter(|p| {
            p.shows.is_some() || p.roles.iter().any(|r| r.role == Role::SecurityOfficer.as_str())
        });
        self.clock.set(SystemClock.now());
        for guest in guests {
            let Some(person) = self.ids.people.get(&guest.login).copied() else { continue };
            let code = self.office.give_code(person).await?;
            self.office.set_password(&guest.login, &code, PASSWORD).await?;
        }
        Ok(())
    }
}
