//! Musters for programs: the list, one of them, its lines.

use std::cmp::Ordering;

use axum::{Json as Out, extract::State};
use office::custody::musters::{MusterLine, MusterRow};
use registry::{
    Code, Refusal,
    custody::{
        fact::Control,
        muster::{Outcome, Tally},
    },
    house::House,
    id::MusterId,
};
use serde::Deserialize;
use serde_json::{Value, json};
use store::custody::seen::{Cut, Order, Seat, Slice};

use super::{
    ActsAsked, ActsPage, cut,
    place::{Page, page},
    show,
};
use crate::{
    api::{
        Problem,
        request::{Named, Nothing, Parameters},
        view,
    },
    app::App,
    signed::Token,
};

/// The musters of a registry, page by page.
pub async fn musters(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<ActsAsked>,
) -> Result<Out<Value>, Problem> {
    let mut page = ActsPage::of(&app, &token, &asked, ["counting", "ended"]).await?;
    // They come the last first.
    let turned = Slice { backwards: !page.backwards, ..Slice::ALL };
    let slice = match page.cut {
        Cut::Slice(slice) => Slice { most: slice.most, ..turned },
        Cut::After { .. } => turned,
    };
    let mut found = page.reading.musters(page.registry, page.waits, slice).await?;
    let number = |row: &MusterRow| (row.view.muster.year, row.view.muster.number);
    if let Cut::After { seat: Seat::Act(year, last), .. } = page.cut {
        let beyond = if page.backwards { Ordering::Less } else { Ordering::Greater };
        found.rows.retain(|row| number(row).cmp(&(year, last)) == beyond);
    }
    Ok(page.told("musters", found, number, shown))
}

/// A muster: for the staff of its registry, and for the two between whom it hands copies over.
pub async fn muster(
    State(app): State<App>,
    token: Token,
    Named(id): Named<MusterId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let row = reading.muster(id).await?;
    Ok(Out(shown(&row, &reading.house)))
}

/// Which lines.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinesAsked {
    outcome: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// The lines of a muster in the order of the logs, page by page.
pub async fn lines(
    State(app): State<App>,
    token: Token,
    Named(id): Named<MusterId>,
    Parameters(asked): Parameters<LinesAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let outcomes = match asked.outcome.as_deref() {
        None => Vec::new(),
        Some(named) => {
            let found = Outcome::ALL.into_iter().find(|one| one.as_str() == named);
            vec![found.ok_or_else(|| Refusal::on("outcome", Code::NotOffered).with("value", named))?]
        }
    };
    let Page { cut: wanted, limit } = page(asked.after.as_deref(), asked.limit, Some(Order::Number), false)?;
    let row = reading.muster(id).await?;
    let mut listed = reading.muster_lines(&row, &outcomes, Slice::ALL).await?;
    let seat = |line: &MusterLine| Seat::Number(line.row.view.control.clone(), line.row.view.copy.number);
    let place = |control: &Control, number: u32| (control.log.clone(), control.year, control.serial, number);
    let of = |line: &MusterLine| place(&line.row.view.control, line.row.view.copy.number);
    listed.rows.sort_by_key(of);
    if let Cut::After { seat: Seat::Number(control, number), .. } = &wanted {
        let from = place(control, *number);
        listed.rows.retain(|line| of(line) > from);
    }
    let next = cut(&mut listed.rows, limit, false, seat);
    let rows: Vec<Value> = listed.rows.iter().map(|one| line(one, &reading.house)).collect();
    Ok(Out(json!({"total": listed.all, "lines": rows, "next": next})))
}

fn tally(tally: &Tally) -> Value {
    json!({
        "sighted": tally.sighted, "covered": tally.covered, "under_way": tally.under_way,
        "missing": tally.missing, "surplus": tally.surplus, "open": tally.open,
    })
}

fn shown(row: &MusterRow, house: &House) -> Value {
    let (view, muster) = (&row.view, &row.view.muster);
    let signed: Vec<Value> = view
        .signed
        .iter()
        .zip(&row.signed)
        .map(|((person, at), name)| json!({"person": show::someone(*person, name), "at": at.to_string()}))
        .collect();
    let state = match (&view.abandoned, view.closed) {
        (Some(_), _) => "abandoned",
        (None, None) => "counting",
        (None, Some(_)) if row.unsigned() => "unsigned",
        (None, Some(_)) => "signed",
    };
    let between = muster.hand_over.zip(row.hand_over.as_ref()).map(
        |(ids, (from, to))| json!({"from": show::someone(ids.from, from), "to": show::someone(ids.to, to)}),
    );
    json!({
        "id": muster.id,
        "registry": view::code(row.registry, house),
        "muster": muster.text(),
        "is": muster.is,
        "state": state,
        "logs": muster.logs,
        "container": muster.container,
        // A number of sixty-four bits is more than many programs' numbers hold.
        "sample": muster.sample.map(|sample| json!({"seed": sample.seed.to_string(), "out_of": sample.out_of})),
        "hand_over": between,
        "listed": muster.listed,
        "signatures": muster.signatures,
        "words": muster.words,
        "opened_by": show::someone(view.opened_by, &row.opened_by),
        "opened_at": view.opened_at.to_string(),
        "closed_at": view.closed.map(|(at, _)| at.to_string()),
        "closing_words": view.closing_words,
        "abandoned": view.abandoned,
        "signed": signed,
        "tally": tally(&view.tally),
    })
}

fn line(line: &MusterLine, house: &House) -> Value {
    let sighted = line
        .sighted
        .as_ref()
        .map(|(at, name, pages)| json!({"at": at.to_string(), "by": name, "pages": pages}));
    json!({"copy": show::copy(&line.row, house), "outcome": line.outcome.as_str(), "sighted": sighted})
}
