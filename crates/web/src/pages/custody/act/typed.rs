//! What was typed into the form of an act, as the act; what is wrong with it stands beside its field.

use jiff::civil::Date;
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, CopyId, Refusal,
    custody::{
        Act, MANY,
        fact::{Addressee, Despite, IncidentKind},
    },
};

use super::{
    super::common::{Kept, container, typed_day, typed_moment},
    Doing, form,
};
use crate::{
    answer::WebError,
    app::App,
    pages::visit::{Sent, Wrong},
};

/// The act that was typed; none: something is wrong with it.
pub(super) async fn act(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    doing: Doing,
    kept: &Kept,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Act>, WebError> {
    let named = named(reading, kept, sent.get("copies")).await?;
    let copies = settle(say, named, "copies", wrong);
    let at = settle(say, typed_moment(reading, &app.texts, "at", sent.get("at")), "at", wrong);
    let words = sent.get("words").to_owned();
    let act = match doing {
        Doing::Send => {
            let to = addressee(say, reading, kept, sent, wrong).await?;
            let despite = settle(say, despite(sent), "despite", wrong);
            let back_by = settle(say, back_by(app, sent), "back_by", wrong);
            let (Some(copies), Some(at), Some(to), Some(despite), Some(back_by)) =
                (copies, at, to, despite, back_by)
            else {
                return Ok(None);
            };
            Act::Send { copies, to, bearer: sent.get("bearer").to_owned(), at, despite, back_by, words }
        }
        Doing::Prolong => {
            let needed = |day: Option<_>| day.ok_or_else(|| Refusal::on("back_by", Code::Required));
            let back_by = settle(say, back_by(app, sent).and_then(needed), "back_by", wrong);
            let (Some(copies), Some(back_by)) = (copies, back_by) else { return Ok(None) };
            Act::Prolong { copies, back_by, words }
        }
        Doing::Keep => {
            let container = settle(say, container(sent), "container", wrong);
            let (Some(copies), Some(at), Some(container)) = (copies, at, container) else { return Ok(None) };
            Act::Keep { copies, container, shelf: sent.get("shelf").to_owned(), at, words }
        }
        Doing::Report => {
            let kind = IncidentKind::ALL.into_iter().find(|kind| kind.as_str() == sent.get("kind"));
            if kind.is_none() {
                let code = if sent.get("kind").is_empty() { Code::Required } else { Code::NotOffered };
                wrong.add(say, "kind", code);
            }
            let (Some(copies), Some(is)) = (copies, kind) else { return Ok(None) };
            Act::Report { is, copies, words }
        }
        Doing::Miss => {
            let Some(copies) = copies else { return Ok(None) };
            Act::Miss { copies, words }
        }
        Doing::Release => {
            let Some(copies) = copies else { return Ok(None) };
            Act::Release { copies, words }
        }
        Doing::DrawUp => {
            let Some(copies) = copies else { return Ok(None) };
            Act::DrawUp { copies, method: sent.get("method").to_owned() }
        }
    };
    Ok(Some(act))
}

/// What is right; what is not stands beside its field.
fn settle<T>(say: Voice<'_>, read: Result<T, Refusal>, field: &'static str, wrong: &mut Wrong) -> Option<T> {
    read.map_err(|refusal| wrong.on(say, field, &refusal)).ok()
}

fn back_by(app: &App, sent: &Sent) -> Result<Option<Date>, Refusal> {
    typed_day(&app.texts, "back_by", sent.get("back_by"))
}

/// The copies that are named, a line each.
async fn named(
    reading: &mut Reading,
    kept: &Kept,
    text: &str,
) -> Result<Result<Vec<CopyId>, Refusal>, WebError> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines == 0 {
        return Ok(Err(Refusal::on("copies", Code::Required)));
    }
    if lines > MANY {
        return Ok(Err(Refusal::on("copies", Code::TooLong).with("limit", MANY)));
    }
    match reading.copies_named(kept.chosen.id, text).await {
        Ok(rows) => Ok(Ok(rows.iter().map(|row| row.view.copy.id).collect())),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// To whom copies go.
async fn addressee(
    say: Voice<'_>,
    reading: &mut Reading,
    kept: &Kept,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Addressee>, WebError> {
    let field = form::target(sent);
    let found = match sent.get("to") {
        "desk" => Ok(Addressee::Desk),
        "elsewhere" => Ok(Addressee::Elsewhere { name: sent.get("elsewhere").to_owned() }),
        "registry" => {
            let other = reading.house.registry_by_code(sent.get("to_registry").trim());
            let other = other.filter(|other| other.id != kept.chosen.id);
            let code = if sent.get("to_registry").is_empty() { Code::Required } else { Code::NotOffered };
            other.map(|other| Addressee::Registry { registry: other.id }).ok_or_else(|| code.into())
        }
        "person" => match reading.receiver(kept.chosen.id, sent.get("person")).await {
            Ok(person) => Ok(Addressee::Person { person }),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure.into()),
        },
        _ => Err(Refusal::on("to", Code::Required)),
    };
    Ok(settle(say, found, field, wrong))
}

/// Why it is written down even where it would be refused.
fn despite(sent: &Sent) -> Result<Option<Despite>, Refusal> {
    match sent.get("despite") {
        "" => Ok(None),
        "happened" => Ok(Some(Despite::Happened)),
        "emergency" => Ok(Some(Despite::Emergency)),
        _ => Err(Refusal::on("despite", Code::NotOffered)),
    }
}
