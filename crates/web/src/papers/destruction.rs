//! A certificate of destruction, to be signed and kept.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forms::data::{DestroyedCopy, DestructionCertificate, Signature};
use office::custody::CertificateRow;
use registry::custody::fact::Hand;
use store::custody::seen::CopyView;

use super::{Filling, Posts, Tongue, answered, last, paper};
use crate::{
    answer::WebError,
    pages::visit::{Visit, id},
};

/// The certificate, for whoever sees every paper on it.
pub async fn pdf(
    visit: Visit,
    Path(certificate): Path<String>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let row = reading.certificate(id(&certificate)?).await?;
    let signers = row.view.signed.iter().map(|(_, person, _)| *person).collect();
    let posts = Posts::of(&mut reading, signers).await?;
    let data = filled(Filling { say, reading: &reading, registry: row.registry }, &row, &posts);
    drop(reading);
    let view = &row.view;
    let made = last(view.drawn_at, view.signed.iter().map(|(_, _, at)| *at).chain(view.ended_at));
    answered(say, data, made, &view.certificate.text()).await
}

fn filled(of: Filling<'_>, row: &CertificateRow, posts: &Posts) -> DestructionCertificate {
    let view = &row.view;
    let withdrawn = view.withdrawn.as_deref();
    let withdrawn = withdrawn.map(|words| of.say.tr("paper-withdrawn", &[("words", words.into())]));
    DestructionCertificate {
        head: of.head(&view.certificate.text(), view.drawn_at),
        method: view.certificate.method.clone(),
        authority: None,
        destroyed: withdrawn.or_else(|| view.ended_at.map(|at| of.moment(at))),
        copies: view.copies.iter().map(|copy| destroyed_copy(of, row, copy)).collect(),
        destroyer: signature(of, row, posts, Hand::Destroyer),
        witness: view.certificate.witnessed.then(|| signature(of, row, posts, Hand::Witness)),
        keep_until: keep_until(of, row),
    }
}

fn destroyed_copy(of: Filling<'_>, row: &CertificateRow, view: &CopyView) -> DestroyedCopy {
    let entry = paper(&row.entries, view.copy.document);
    DestroyedCopy {
        log: view.control.text(),
        reference: entry.map(office::relations::called).unwrap_or_default(),
        date: entry.and_then(|entry| of.dated(entry)),
        marking: entry.map(|entry| of.marking(entry)),
        copy: view.copy.number,
        of: view.of,
        pages: view.copy.pages,
    }
}

fn signature(of: Filling<'_>, row: &CertificateRow, posts: &Posts, hand: Hand) -> Signature {
    let signed = row.view.signed.iter().zip(&row.signed).find(|((one, ..), _)| *one == hand);
    signed.map_or_else(Signature::default, |((_, person, at), name)| {
        posts.signature(of, *person, name, Some(*at))
    })
}

/// The last year in which it is kept: of the logs of its copies the one that keeps longest counts.
fn keep_until(of: Filling<'_>, row: &CertificateRow) -> Option<String> {
    let house = &of.reading.house;
    let logs = row.view.copies.iter().filter_map(|view| house.custody.by_code(&view.control.log));
    let years = logs.filter_map(|log| log.keep_years).max()?;
    let from = row.view.ended_at.unwrap_or(row.view.drawn_at).date(&house.zone).year();
    Some((i32::from(from) + i32::from(years)).to_string())
}
