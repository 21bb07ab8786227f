//! The demo headquarters: built from the data of `house/demo` through the same doors as everything else, as its own
//! people, over the last two years.

mod books;
mod cases;
mod custody;
mod data;
mod filing;
mod handled;
mod numbers;
mod organisation;
mod papers;
mod people;
mod tray;

use std::{collections::HashMap, sync::Arc};

use label::NamedClearance;
use registry::{
    Answer, BodyId, Command, GroupId, PersonId, RegistryId, Timestamp,
    authorisation::Role,
    house::{Names, Terms},
};
use store::StoreError;

use crate::{
    clock::{Clock, SetClock, SystemClock},
    door::Sender,
    failure::Failure,
    folder::{Founding, found},
    office::{Office, Opening},
    own::Keeping,
};
use data::{Headquarters, KeptData};
use people::new_person;

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

fn damaged(e: impl std::fmt::Display) -> Failure {
    Failure::Failed(StoreError::damaged(format!("the demo's data: {e}")))
}

/// The guide, from the data alone.
pub fn guide() -> Result<Guide, Failure> {
    let data = data::data()?;
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
    let data = data::data()?;
    let papers = data::papers()?;
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
        organised: organisation::Organised::default(),
    };
    builder.set_up(&data).await?;
    builder.organises().await?;
    builder.keeps(&data).await?;
    builder.keeps_a_safe().await?;
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
    builder.keeps_copies().await?;
    builder.opens_files(true).await?;
    builder.turns_files().await?;
    builder.receives(&data).await?;
    for person in &data.person {
        builder.moves_on(person).await?;
    }
    builder.reorganises().await?;
    builder.runs_cases(now).await?;
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
    organised: organisation::Organised,
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
            let parent = registry.parent.as_ref().and_then(|code| self.ids.registries.get(code)).copied();
            let terms = Terms {
                names: registry.name.clone(),
                body: self.ids.bodies.get(&registry.body).copied(),
                parent,
                ceilings,
            };
            let command = Command::OpenRegistry { code: registry.code.clone(), terms: terms.clone() };
            if let Answer::Opened { registry: id } = self.does(Self::operator(), command).await? {
                self.ids.registries.insert(registry.code.clone(), id);
                if let Some(raised) = &registry.raised {
                    let command = Command::ChangeRegistry {
                        registry: id,
                        terms: Terms { ceilings: self.ceilings(&raised.ceiling).await?, ..terms },
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
