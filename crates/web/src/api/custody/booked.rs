//! What a program asks to be entered into a registry's other books, or says that happened to an item, from its words into what
//! the register takes.

use label::NamedClearance;
use registry::{
    Code, DocumentId, PersonId, Refusal, RegistryId,
    custody::{
        Act,
        book::{
            Appointment, Correspondent, Courier, Destination, Details, Equipment, Instruction, Journey,
            Officer, Package, Route, Step, Transfer, Wanted,
        },
    },
    id::BookItemId,
};

use super::{
    acts::{Words, moment, moment_of},
    asked::{CourierAsked, DestinationAsked, DetailsAsked, LineAsked, OfficerAsked, StepAsked},
};
use crate::api::{
    Problem,
    request::{day, label_refusal},
};

impl Words {
    /// Something that is entered; whose books these are not, does not learn that there are any.
    pub(super) async fn entered(
        &mut self,
        asked: DetailsAsked,
        words: Option<String>,
    ) -> Result<Act, Problem> {
        self.keeps()?;
        let details = Box::new(self.details(asked).await?);
        Ok(Act::Enter { details, words: words.unwrap_or_default() })
    }

    /// Something that happened to an item.
    pub(super) async fn stepped(
        &mut self,
        item: BookItemId,
        asked: StepAsked,
        at: Option<String>,
        words: Option<String>,
    ) -> Result<Act, Problem> {
        // What somebody says of himself and of what he has is not the staff's.
        if !matches!(asked, StepAsked::Read | StepAsked::Post { .. }) {
            self.keeps()?;
        }
        let step = Box::new(self.step(asked).await?);
        Ok(Act::Step { item, step, at: moment(at)?, words: words.unwrap_or_default() })
    }

    async fn details(&mut self, asked: DetailsAsked) -> Result<Details, Problem> {
        Ok(match asked {
            DetailsAsked::Packages { dispatches, inner, outer, warning, seals, by } => {
                Details::Packages(Package { dispatches, inner, outer, warning, seals, by })
            }
            DetailsAsked::Journeys { courier, from, to, way, leaves, expected, packages, urgent } => {
                Details::Journeys(Journey {
                    courier: self.courier(courier).await?,
                    leaves: moment_of("leaves", &leaves)?,
                    expected: moment_of("expected", &expected)?,
                    from,
                    to,
                    way,
                    packages,
                    urgent,
                    advised: None,
                    departed: None,
                    arrived: None,
                })
            }
            DetailsAsked::Correspondents { name, address, approved, officers } => {
                let approved = approved.iter().map(|named| self.level("approved", named));
                let approved = approved.collect::<Result<_, _>>()?;
                let officers = officers.into_iter().map(officer).collect();
                Details::Correspondents(Correspondent { name, address, approved, officers })
            }
            DetailsAsked::Routes { from, to, logs, until, reference } => {
                let (from, to) = (self.registry("from", &from)?, self.destination(to)?);
                Details::Routes(Route { from, to, logs, until: maybe_day("until", until)?, reference })
            }
            DetailsAsked::Appointments { person, function, logs, from, until, reference } => {
                Details::Appointments(Appointment {
                    person: self.one_of("person", &person).await?,
                    from: day("from", &from)?,
                    until: maybe_day("until", until)?,
                    function,
                    logs,
                    reference,
                })
            }
            DetailsAsked::Equipment { is, mark, serial, place, level, known_to } => {
                let level = level.map(|named| self.level("level", &named)).transpose()?;
                let known_to = self.people("known_to", &known_to).await?;
                Details::Equipment(Equipment {
                    is,
                    mark,
                    serial,
                    place,
                    level,
                    with: None,
                    combination: None,
                    known_to,
                })
            }
            DetailsAsked::Transfers { what, from, to, authorised_by, why, how, scan, at } => {
                let now = self.reading.office().now();
                Details::Transfers(Transfer {
                    authorised_by: self.one_of("authorised_by", &authorised_by).await?,
                    at: moment(at)?.unwrap_or(now),
                    what,
                    from,
                    to,
                    why,
                    how,
                    scan,
                })
            }
            DetailsAsked::Instructions { document, is, authority, todo, amendment } => {
                Details::Instructions(Instruction {
                    document,
                    is,
                    authority,
                    words: todo,
                    amendment,
                    leaves_log: false,
                    copies: Vec::new(),
                    posted: Vec::new(),
                })
            }
        })
    }

    /// To whom a document is distributed.
    pub(super) async fn distributed(
        &mut self,
        document: DocumentId,
        lines: Vec<LineAsked>,
        bearer: Option<String>,
        words: Option<String>,
    ) -> Result<Act, Problem> {
        self.keeps()?;
        let mut wanted = Vec::with_capacity(lines.len());
        for LineAsked { to, purpose, by } in lines {
            wanted.push(Wanted { to: self.addressee(to).await?, purpose, by });
        }
        let (bearer, words) = (bearer.unwrap_or_default(), words.unwrap_or_default());
        Ok(Act::Distribute { document, lines: wanted, bearer, words })
    }

    async fn step(&mut self, asked: StepAsked) -> Result<Step, Problem> {
        Ok(match asked {
            StepAsked::End => Step::End,
            StepAsked::Unpack => Step::Unpack,
            StepAsked::Issue => Step::Issue,
            StepAsked::Advise => Step::Advise,
            StepAsked::Depart => Step::Depart,
            StepAsked::Arrive => Step::Arrive,
            StepAsked::GiveBack => Step::GiveBack,
            StepAsked::Cancel => Step::Cancel,
            StepAsked::HandOut { person } => Step::HandOut { person: self.one_of("person", &person).await? },
            StepAsked::TakeBack => Step::TakeBack,
            StepAsked::Raise { level } => Step::Raise { level: self.level("level", &level)? },
            StepAsked::Sanitise { method } => Step::Sanitise { method },
            StepAsked::Destroy { method } => Step::Destroy { method },
            StepAsked::Miss => Step::Miss,
            StepAsked::ChangeCombination { why, known_to } => {
                Step::ChangeCombination { why, known_to: self.people("known_to", &known_to).await? }
            }
            StepAsked::Confirm => Step::Confirm,
            StepAsked::Clear => Step::Clear,
            StepAsked::Read => Step::Read { person: self.reading.person().id },
            StepAsked::EndLines { lines } => Step::EndLines { lines },
            StepAsked::Post { copies } => Step::Post { copies: self.copies(copies).await? },
        })
    }

    /// A courier of the house by login, called as he is there; or somebody else by name.
    async fn courier(&mut self, asked: CourierAsked) -> Result<Courier, Problem> {
        let CourierAsked { person, name, document } = asked;
        let Some(named) = person else {
            return Ok(Courier { person: None, name: name.unwrap_or_default(), document });
        };
        let person = self.one_of("courier", &named).await?;
        let own = self.reading.name_of(person).await?;
        // Of somebody who is not there the register says so.
        let name = name.or(own).unwrap_or(named);
        Ok(Courier { person: Some(person), name, document })
    }

    async fn people(&mut self, field: &'static str, named: &[String]) -> Result<Vec<PersonId>, Problem> {
        let mut people = Vec::with_capacity(named.len());
        for one in named {
            people.push(self.one_of(field, one).await?);
        }
        Ok(people)
    }

    fn level(&self, field: &'static str, named: &NamedClearance) -> Result<label::Clearance, Refusal> {
        let policies = &self.reading.house.policies;
        policies.resolve_clearance(named).map_err(|e| label_refusal(field, &named.policy, &e))
    }

    fn registry(&self, field: &'static str, code: &str) -> Result<RegistryId, Refusal> {
        let found = self.reading.house.registry_by_code(code.trim());
        Ok(found.ok_or_else(|| Refusal::on(field, Code::RegistryUnknown).with("code", code))?.id)
    }

    fn destination(&self, to: DestinationAsked) -> Result<Destination, Refusal> {
        Ok(match to {
            DestinationAsked::Registry { registry } => {
                Destination::Registry { registry: self.registry("to", &registry)? }
            }
            DestinationAsked::Elsewhere { name } => Destination::Elsewhere { name },
        })
    }
}

fn maybe_day(field: &'static str, given: Option<String>) -> Result<Option<jiff::civil::Date>, Refusal> {
    given.map(|text| day(field, &text)).transpose()
}

fn officer(asked: OfficerAsked) -> Officer {
    Officer { name: asked.name, function: asked.function, specimen: None }
}
