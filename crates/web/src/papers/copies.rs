//! Forms of one copy: the sheet of those who had access to it, and the card that stays in its place.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forms::data::{Disclosure, DisclosureRecord, Head, OutCard};
use office::{
    Reading,
    custody::{ChainLink, CopyRow, HolderName},
};
use registry::{
    Code, PersonId, Timestamp,
    custody::{
        copy::{Event, Holder, Standing},
        name::CopyName,
    },
};
use store::{handling::Disclosed, visible::SightMark};

use super::{Filling, Posts, Tongue, answered, last, not_there};
use crate::{
    answer::WebError,
    pages::{
        custody::common::holder,
        record::means,
        visit::{Visit, id},
    },
};

/// Lines to be signed by hand.
const EMPTY: u32 = 10;

/// Somebody's access, and when it was.
type Access = (Timestamp, Disclosure);

impl Filling<'_> {
    /// A copy as its code names it.
    pub(super) fn scanned(&self, row: &CopyRow) -> String {
        let registry = Some(self.code().to_owned());
        CopyName { registry, control: row.view.control.clone(), number: row.view.copy.number }.to_string()
    }

    fn head_of(&self, row: &CopyRow, at: Timestamp) -> Head {
        Head { qr: Some(self.scanned(row)), ..self.head(&row.view.name(), at) }
    }
}

/// The disclosure record of a copy, for the staff of its registry and for who holds it.
pub async fn disclosures(
    visit: Visit,
    Path(copy): Path<String>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let (row, chain) = reading.copy(id(&copy)?).await?;
    let lines = read_on_screen(&mut reading, &row).await?;
    let people: Vec<PersonId> = lines
        .iter()
        .map(|(line, _)| line.person)
        .chain(chain.iter().filter_map(|link| person(link.holder.as_ref()?)))
        .chain(person(&row.holder))
        .collect();
    let posts = Posts::of(&mut reading, people).await?;
    let of = Filling { say, reading: &reading, registry: row.registry };
    let mut entries = held(of, &row, &chain, &posts);
    entries.extend(lines.iter().map(|(line, name)| read(of, line, name, &posts)));
    entries.sort_by_key(|(at, _)| *at);
    let made = last(row.view.recorded_at, entries.iter().map(|(at, _)| *at));
    let data = DisclosureRecord {
        head: of.head_of(&row, made),
        copy: row.view.name(),
        reference: office::relations::called(&row.entry),
        document_date: of.dated(&row.entry),
        document_marking: Some(of.marking(&row.entry)),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        empty_lines: EMPTY,
    };
    drop(reading);
    answered(say, data, made, &format!("F-DR {}", row.view.name())).await
}

/// Who had the paper before him on a screen, as far as the reader may know it.
async fn read_on_screen(reading: &mut Reading, row: &CopyRow) -> Result<Vec<(Disclosed, String)>, WebError> {
    let view = match reading.document(row.view.copy.document).await {
        Ok(view) => view.into_inner(),
        Err(failure) if failure.refusal().is_some_and(|refusal| refusal.code == Code::NotFound) => {
            return Ok(Vec::new());
        }
        Err(failure) => return Err(failure.into()),
    };
    if view.entry.sight != SightMark::Read {
        return Ok(Vec::new());
    }
    Ok(reading.record(&view).await?)
}

/// The person of the house who holds something.
const fn person(holder: &HolderName) -> Option<PersonId> {
    match holder {
        HolderName::Person(person, _) => Some(*person),
        _ => None,
    }
}

fn read(of: Filling<'_>, line: &Disclosed, name: &str, posts: &Posts) -> Access {
    let access = [("means", means(of.say, line).into()), ("version", line.version.into())];
    let entry = Disclosure {
        name: name.to_owned(),
        function: posts.get(line.person),
        date: of.day(line.at),
        access: of.say.tr("paper-read", &access),
        signed: None,
        recorded: Some(of.moment(line.at)),
    };
    (line.at, entry)
}

/// Those who had the copy in their hands.
fn held(of: Filling<'_>, row: &CopyRow, chain: &[ChainLink], posts: &Posts) -> Vec<Access> {
    let mut all: Vec<Access> = chain.iter().filter_map(|link| had(of, link, posts)).collect();
    let outside = matches!(row.view.copy.holder, Holder::Person { .. } | Holder::Elsewhere { .. });
    if all.is_empty() && outside {
        let since = row.view.copy.since;
        all.push((since, holding(of, &row.holder, since, None, posts)));
    }
    all
}

fn had(of: Filling<'_>, link: &ChainLink, posts: &Posts) -> Option<Access> {
    let (Event::Kept { holder: to } | Event::Received { holder: to, .. }) = &link.link.event else {
        return None;
    };
    // Who received it himself has signed for it on screen.
    let signed = match to {
        Holder::Person { person } => {
            matches!(link.link.event, Event::Received { .. }) && *person == link.link.actor
        }
        Holder::Elsewhere { .. } => false,
        Holder::Registry | Holder::Container { .. } => return None,
    };
    let named = link.holder.as_ref()?;
    let access = holding(of, named, link.link.at, signed.then_some(link.link.time), posts);
    Some((link.link.at, access))
}

fn holding(
    of: Filling<'_>,
    named: &HolderName,
    at: Timestamp,
    signed: Option<Timestamp>,
    posts: &Posts,
) -> Disclosure {
    Disclosure {
        name: holder(of.say, of.reading, named),
        function: person(named).and_then(|person| posts.get(person)),
        date: of.day(at),
        access: of.say.t("paper-held"),
        signed: signed.map(|at| of.moment(at)),
        recorded: None,
    }
}

/// Whether a copy is with a person or lent, so that a card is left in its place.
pub fn is_out(row: &CopyRow) -> bool {
    let person = matches!((&row.holder, row.view.copy.standing), (HolderName::Person(..), Standing::Held));
    person || row.loan.is_some()
}

/// The card in the place of a copy that a person has, for the staff of its registry and for him.
pub async fn out_card(
    visit: Visit,
    Path(copy): Path<String>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let (row, _) = reading.copy(id(&copy)?).await?;
    if !is_out(&row) {
        return Err(not_there());
    }
    let of = Filling { say, reading: &reading, registry: row.registry };
    let since = row.view.copy.since;
    // Until the receipt is given, the card names to whom it goes.
    let borrower = row.sent.as_ref().map_or(&row.holder, |sent| &sent.to);
    let data = OutCard {
        head: of.head_of(&row, since),
        copy: row.view.name(),
        reference: Some(office::relations::called(&row.entry)),
        borrower: holder(say, &reading, borrower),
        borrower_at: None,
        lent: of.day(since),
        due: row.loan.map(|loan| say.date(loan.back_by)),
        container: row.home.as_ref().map(|home| holder(say, &reading, home)),
    };
    drop(reading);
    answered(say, data, since, &format!("F-OC {}", row.view.name())).await
}
