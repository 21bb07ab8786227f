//! The receipt of a dispatch, to be signed and sent back. It names copies and references, never a subject.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forms::data::{Receipt, SentCopy, Signature};
use jiff::ToSpan;
use office::custody::{DispatchRow, HolderName};
use registry::{
    PersonId,
    custody::fact::{Addressee, Signed},
};
use store::custody::seen::CopyView;

use super::{Filling, Posts, Tongue, answered, last, paper};
use crate::{
    answer::WebError,
    pages::{
        custody::common::holder,
        visit::{Visit, id},
    },
};

/// The receipt, for the staff of its registry and for whom it is addressed to.
pub async fn pdf(
    visit: Visit,
    Path(dispatch): Path<String>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let row = reading.dispatch(id(&dispatch)?).await?;
    let signer = match row.view.receipts.last() {
        Some((_, _, actor)) => reading.name_of(*actor).await?.map(|name| (*actor, name)),
        None => None,
    };
    let named = row.view.dispatch.to.person().into_iter().chain(signer.iter().map(|(actor, _)| *actor));
    let posts = Posts::of(&mut reading, named.collect()).await?;
    let of = Filling { say, reading: &reading, registry: row.registry };
    let data = filled(of, &row, receiver(of, &row, signer.as_ref(), &posts));
    drop(reading);
    let made = last(row.view.sent_at, row.view.receipts.iter().map(|(_, written, _)| *written));
    answered(say, data, made, &row.view.dispatch.receipt()).await
}

fn filled(of: Filling<'_>, row: &DispatchRow, receiver: Signature) -> Receipt {
    let dispatch = &row.view.dispatch;
    let outside = matches!(dispatch.to, Addressee::Registry { .. } | Addressee::Elsewhere { .. });
    Receipt {
        head: of.head(&dispatch.receipt(), row.view.sent_at),
        sender: of.name(),
        addressee: holder(of.say, of.reading, &row.to),
        bearer: dispatch.bearer.clone(),
        sent: of.moment(dispatch.at),
        due: due(of, row),
        copies: row.view.copies.iter().map(|view| sent(of, row, view)).collect(),
        three_copies: outside && dispatch.bearer.is_some(),
        receiver,
    }
}

fn sent(of: Filling<'_>, row: &DispatchRow, view: &CopyView) -> SentCopy {
    let entry = paper(&row.entries, view.copy.document);
    let language = entry.and_then(|entry| entry.language.as_ref());
    SentCopy {
        log: view.control.text(),
        reference: entry.map(office::relations::called).unwrap_or_default(),
        date: entry.and_then(|entry| of.dated(entry)),
        copy: view.copy.number,
        of: view.of,
        pages: view.copy.pages,
        language: language
            .map(|code| of.say.maybe(&format!("language-{code}"), &[]).unwrap_or_else(|| code.clone())),
    }
}

/// The day after which it is asked for again: of the logs of its copies the strictest counts.
fn due(of: Filling<'_>, row: &DispatchRow) -> String {
    let custody = &of.reading.house.custody;
    let logs = row.view.copies.iter().filter_map(|view| custody.rules_of(&view.control.log));
    let days = logs.map(|rules| rules.tracer_after_days).min();
    let sent = row.view.dispatch.at.date(&of.reading.house.zone);
    let day = days.and_then(|days| sent.checked_add(i64::from(days).days()).ok());
    day.map(|day| of.say.date(day)).unwrap_or_default()
}

/// Who signed, once nothing is due any more; until then the person to whom it went. `signer` wrote the last receipt down.
fn receiver(
    of: Filling<'_>,
    row: &DispatchRow,
    signer: Option<&(PersonId, String)>,
    posts: &Posts,
) -> Signature {
    let given = row.view.receipts.last().filter(|_| !row.view.due);
    let given = given.and_then(|(receipt, ..)| match (receipt.signed, receipt.by.as_deref()) {
        (Signed::Paper, Some(by)) => Some(of.signature(Some(by), None)),
        _ => signer.map(|(person, name)| posts.signature(of, *person, name, Some(receipt.at))),
    });
    match (given, &row.to) {
        (Some(given), _) => given,
        (None, HolderName::Person(person, name)) => posts.signature(of, *person, name, None),
        (None, _) => Signature::default(),
    }
}
