//! What a program asks to be done with copies, from its words into what the register takes, and what came of it. Says
//! nothing of who may do what.

use axum::{
    Json as Out,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use label::NamedClearance;
use office::{Reading, Sender, custody::scanned::OnPaper};
use registry::{
    Answer, Code, Command, CopyId, DispatchId, PersonId, Refusal, RegistryId, Timestamp,
    custody::{
        Act, MANY,
        fact::Addressee,
        muster::{HandOver, Seen},
    },
};
use serde_json::json;

use super::asked::{ActAsked, BetweenAsked, PaperAsked, SeenAsked, ToAsked};
use crate::{
    api::{
        Problem,
        register::{parts, taken_in},
        request::{Json, Key, Named, Nothing, Parameters, label_refusal},
    },
    app::App,
    signed::Token,
};

/// Who turns words into what the register takes.
pub(super) struct Words {
    pub(super) reading: Reading,
    registry: RegistryId,
}

impl Words {
    /// Copies by identifier, or by name; one that was scanned twice is meant once.
    pub(super) async fn copies(&mut self, named: Vec<String>) -> Result<Vec<CopyId>, Problem> {
        if named.len() > MANY {
            return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY).into());
        }
        let mut copies = Vec::with_capacity(named.len());
        for text in named {
            if let Ok(id) = text.parse() {
                copies.push(id);
                continue;
            }
            for row in self.reading.copies_named(self.registry, &text).await? {
                if !copies.contains(&row.view.copy.id) {
                    copies.push(row.view.copy.id);
                }
            }
        }
        Ok(copies)
    }

    async fn copy(&mut self, named: Option<String>) -> Result<Option<CopyId>, Problem> {
        match named {
            Some(text) => Ok(self.copies(vec![text]).await?.pop()),
            None => Ok(None),
        }
    }

    pub(super) async fn addressee(&mut self, to: ToAsked) -> Result<Addressee, Problem> {
        Ok(match to {
            ToAsked::Person { person } => Addressee::Person { person: self.one_of("to", &person).await? },
            ToAsked::Registry { registry } => {
                // Only the staff sends to registries: to others no answer tells which there are.
                if !self.reading.viewer().handles(self.registry) {
                    return Err(Problem::of(Code::Forbidden));
                }
                let found = self.reading.house.registry_by_code(registry.trim());
                let unknown = || Refusal::on("to", Code::RegistryUnknown).with("code", &registry);
                Addressee::Registry { registry: found.ok_or_else(unknown)?.id }
            }
            ToAsked::Desk => Addressee::Desk,
            ToAsked::Elsewhere { name } => Addressee::Elsewhere { name },
        })
    }

    /// Somebody of the house: an identifier, or what he signs in with; nothing like it, for a program does not see whom it
    /// would have meant.
    pub(super) async fn one_of(&self, field: &'static str, named: &str) -> Result<PersonId, Problem> {
        if let Ok(person) = named.parse() {
            return Ok(person);
        }
        let found = self.reading.office().person_named(named).await;
        Ok(found.map_err(|failure| match failure {
            office::Failure::Refused(refusal) => {
                office::Failure::Refused(Refusal { field: Some(field), ..refusal })
            }
            failed => failed,
        })?)
    }

    /// Whose books these are not, does not learn that there are any.
    pub(super) fn keeps(&self) -> Result<(), Problem> {
        if self.reading.viewer().handles(self.registry) { Ok(()) } else { Err(Problem::of(Code::NotFound)) }
    }

    async fn act(&mut self, asked: ActAsked) -> Result<Act, Problem> {
        let said = |words: Option<String>| words.unwrap_or_default();
        Ok(match asked {
            ActAsked::Record { document, origin, from, copies, of, container, shelf, at, words } => {
                Act::Record {
                    shelf: said(shelf),
                    from: self.copy(from).await?,
                    at: moment(at)?,
                    words: said(words),
                    document,
                    origin,
                    copies,
                    of,
                    container,
                }
            }
            ActAsked::Keep { copies, container, shelf, at, words } => Act::Keep {
                shelf: said(shelf),
                copies: self.copies(copies).await?,
                at: moment(at)?,
                words: said(words),
                container,
            },
            ActAsked::Send { copies, to, bearer, at, despite, back_by, words } => Act::Send {
                back_by: back_by.map(|day| day_of("back_by", &day)).transpose()?,
                copies: self.copies(copies).await?,
                to: self.addressee(to).await?,
                bearer: said(bearer),
                at: moment(at)?,
                words: said(words),
                despite,
            },
            ActAsked::Prolong { copies, back_by, words } => Act::Prolong {
                copies: self.copies(copies).await?,
                back_by: day_of("back_by", &back_by)?,
                words,
            },
            ActAsked::Receipt { dispatch, signed, by, at, discrepancies } => {
                Act::Receipt { dispatch, signed, by: said(by), scan: None, at: moment(at)?, discrepancies }
            }
            ActAsked::Trace { dispatch, words } => Act::Trace { dispatch, words: said(words) },
            ActAsked::Miss { copies, words } => Act::Miss { copies: self.copies(copies).await?, words },
            ActAsked::Release { copies, words } => Act::Release { copies: self.copies(copies).await?, words },
            ActAsked::DrawUp { copies, method } => Act::DrawUp { copies: self.copies(copies).await?, method },
            ActAsked::Sign { certificate, hand } => Act::Sign { certificate, hand },
            ActAsked::Withdraw { certificate, words } => Act::Withdraw { certificate, words },
            ActAsked::Report { is, copies, words } => {
                Act::Report { is, copies: self.copies(copies).await?, words }
            }
            ActAsked::Follow { incident, words, report, closes } => {
                Act::Follow { incident, words, report, closes }
            }
            ActAsked::OpenMuster { is, logs, container, sample, seed, hand_over, words } => {
                self.keeps()?;
                let (seed, hand_over) = (seed_of(seed)?, self.handed_over(hand_over).await?);
                Act::OpenMuster { is, logs, container, sample, seed, hand_over, words: said(words) }
            }
            ActAsked::Sight { muster, sightings, words } => {
                Act::Sight { muster, sightings: self.sighted(sightings).await?, words: said(words) }
            }
            ActAsked::CloseMuster { muster, words } => Act::CloseMuster { muster, words: said(words) },
            ActAsked::SignMuster { muster } => Act::SignMuster { muster },
            ActAsked::AbandonMuster { muster, words } => Act::AbandonMuster { muster, words },
            ActAsked::Enter { details, words } => self.entered(*details, words).await?,
            ActAsked::Step { item, step, at, words } => self.stepped(item, step, at, words).await?,
            ActAsked::Distribute { document, lines, bearer, words } => {
                self.distributed(document, lines, bearer, words).await?
            }
            ActAsked::Furnish { name, place, approved } => self.furnish(name, place, &approved)?,
        })
    }

    async fn handed_over(&mut self, between: Option<BetweenAsked>) -> Result<Option<HandOver>, Problem> {
        let Some(two) = between else { return Ok(None) };
        let from = self.one_of("from", &two.from).await?;
        Ok(Some(HandOver { from, to: self.one_of("to", &two.to).await? }))
    }

    async fn sighted(&mut self, sightings: Vec<SeenAsked>) -> Result<Vec<Seen>, Problem> {
        self.keeps()?;
        let mut seen = Vec::with_capacity(sightings.len());
        for one in sightings {
            let copy = self.copies(vec![one.copy]).await?.pop();
            let copy = copy.ok_or_else(|| Refusal::on("copies", Code::Required))?;
            seen.push(Seen { copy, pages: one.pages, at: moment(one.at)? });
        }
        Ok(seen)
    }

    fn furnish(&self, name: String, place: String, approved: &[NamedClearance]) -> Result<Act, Problem> {
        self.keeps()?;
        let policies = &self.reading.house.policies;
        let resolved = approved.iter().map(|named| {
            policies.resolve_clearance(named).map_err(|e| label_refusal("approved", &named.policy, &e))
        });
        Ok(Act::Furnish { name, place, approved: resolved.collect::<Result<_, _>>()? })
    }
}

/// The seed of a sample: a number of sixty-four bits, as text.
fn seed_of(given: Option<String>) -> Result<Option<u64>, Refusal> {
    let unread = |text: &str| Refusal::on("seed", Code::NotOffered).with("value", text);
    given.map(|text| text.trim().parse().map_err(|_| unread(&text))).transpose()
}

/// When something happened: a moment with its zone.
pub(super) fn moment(given: Option<String>) -> Result<Option<Timestamp>, Refusal> {
    given.map(|text| moment_of("at", &text)).transpose()
}

/// A day.
fn day_of(field: &'static str, text: &str) -> Result<Date, Refusal> {
    let shown: String = text.chars().take(40).collect();
    text.trim().parse().map_err(|_| Refusal::on(field, Code::ImpossibleDate).with("date", shown))
}

/// A moment with its zone.
pub(super) fn moment_of(field: &'static str, text: &str) -> Result<Timestamp, Refusal> {
    let shown: String = text.chars().take(40).collect();
    let read: Result<jiff::Timestamp, _> = text.trim().parse();
    Ok(read.map_err(|_| Refusal::on(field, Code::ImpossibleDate).with("date", shown))?.into())
}

/// Writes down a receipt that came back on paper, with its scan.
pub async fn on_paper(
    State(app): State<App>,
    token: Token,
    Named(dispatch): Named<DispatchId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(command): Key,
    request: Request,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let row = reading.dispatch(dispatch).await?;
    if !reading.viewer().handles(row.registry) {
        return Err(Problem::of(Code::Forbidden));
    }
    drop(reading);
    let parts = parts(&app, request).await?;
    let (asked, upload): (PaperAsked, _) = taken_in(&app, row.registry, parts).await?;
    let paper = OnPaper {
        dispatch,
        by: asked.by.unwrap_or_default(),
        at: moment(asked.at)?,
        discrepancies: asked.discrepancies,
    };
    let sender = Sender::of(&token.session);
    answered(app.office.receipt_on_paper(sender, command, row.registry, paper, upload).await?)
}

/// Does something with copies of a registry.
pub async fn act(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(command): Key,
    Json(asked): Json<ActAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let seen = reading.registries().await?;
    let found = seen.iter().find(|(registry, _)| registry.code.eq_ignore_ascii_case(code.trim()));
    let registry = found.ok_or(Code::NotFound)?.0.id;
    let mut words = Words { reading, registry };
    let act = Box::new(words.act(asked).await?);
    drop(words);
    let sender = Sender::of(&token.session);
    answered(app.office.command(sender, command, Command::Custody { registry, act }).await?)
}

/// What came of an act.
fn answered(answer: Answer) -> Result<Response, Problem> {
    let body = match answer {
        Answer::Recorded { control, copies } => {
            json!({"did": "recorded", "control": control, "copies": copies})
        }
        Answer::Done { copies } => json!({"did": "done", "copies": copies}),
        Answer::Sent { dispatch, receipt } => {
            json!({"did": "sent", "dispatch": dispatch, "receipt": receipt})
        }
        Answer::Traced { dispatch } => json!({"did": "traced", "dispatch": dispatch}),
        Answer::Certified { certificate, destroyed } => {
            json!({"did": "certified", "certificate": certificate, "destroyed": destroyed})
        }
        Answer::Mustered { muster, copies } => {
            json!({"did": "mustered", "muster": muster, "copies": copies})
        }
        Answer::Booked { item } => json!({"did": "booked", "item": item}),
        Answer::Incident { incident } => json!({"did": "incident", "incident": incident}),
        Answer::Furnished { container } => json!({"did": "furnished", "container": container}),
        _ => return Err(Problem::of(Code::Conflict)),
    };
    Ok((StatusCode::CREATED, Out(body)).into_response())
}
