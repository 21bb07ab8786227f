//! What can be done with a file on its own page: put documents into it, end and begin volumes, close it and open it
//! again. Small forms, folded up until they are wanted.

use jiff::civil::Date;
use maud::{Markup, html};
use office::texts::{Texts, Voice};
use registry::{Code, Refusal};

use super::Opened;
use crate::{
    look::{Button, Choice, Field, Form, Width, buttons, form},
    pages::visit::{Sent, Wrong},
    signed::Signed,
};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 5] = [
    ("references", "plan-references"),
    ("on", "plan-on"),
    ("reason", "correct-reason"),
    ("place", "plan-place"),
    ("next", "plan-next"),
];

/// The fields with their labels.
pub fn labels(say: Voice<'_>) -> [(&'static str, String); 5] {
    FIELDS.map(|(name, key)| (name, say.t(key)))
}

/// Puts a refusal beside its field, or above the form.
pub fn place(say: Voice<'_>, refusal: &Refusal, wrong: &mut Wrong) {
    let field = refusal.field.and_then(|field| FIELDS.iter().map(|(name, _)| *name).find(|n| *n == field));
    match field {
        Some(field) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

/// The day that was typed; none: today. What is no day is said beside the field.
pub fn day(say: Voice<'_>, texts: &Texts, sent: &Sent, wrong: &mut Wrong) -> Option<Date> {
    let typed = sent.get("on").trim();
    if typed.is_empty() {
        return None;
    }
    let day = texts.typed_date(typed).unwrap_or_else(|| typed.to_owned()).parse::<Date>().ok();
    if day.is_none() {
        wrong.on(say, "on", &Refusal::on("on", Code::ImpossibleDate).with("date", typed));
    }
    day
}

/// The forms; the one that was sent is open and keeps what was typed.
pub fn forms(say: Voice<'_>, signed: &Signed, opened: &Opened, sent: &Sent, wrong: &Wrong) -> Markup {
    let state = &opened.file.state;
    let own = format!("/files/{}", opened.id());
    let names = labels(say);
    let act = sent.get("act");
    let field = |name: &'static str, of: &str| {
        let label = names.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
        let (value, error) = if of == act { (sent.get(name), wrong.at(name)) } else { ("", None) };
        Field::new(name, label).value(value).error(error)
    };
    let one = |of: &str, title: &str, action: &str, body: &Markup, go: &Button<'_>| {
        html! {
            details.card.more open[of == act] {
                summary { (title) }
                (form(
                    Form { action, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: false },
                    &html! { input type="hidden" name="act" value=(of); (body) (buttons(&[*go])) },
                ))
            }
        }
    };
    let words = [
        "plan-put",
        "plan-put-hint",
        "plan-today",
        "plan-volume-close",
        "plan-volume-begin",
        "plan-close",
        "plan-reopen",
        "plan-next-yes",
    ]
    .map(|key| say.t(key));
    let [put, each, today, ends, begins, close, reopen, yes] = &words;
    let turn = format!("{own}/turn");
    // Two forms with fields of one name stand on one page: only the one that is open is led to.
    html! {
        @if state.closed_on.is_none() {
            @if state.open_volume.is_some() {
                @let left = sent.get("references");
                details.card.more open[!left.is_empty() || act == "put"] {
                    summary { (put) }
                    (form(
                        Form { action: &format!("{own}/documents"), token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: false },
                        &html! {
                            input type="hidden" name="act" value="put";
                            (Field::new("references", names.first().map_or("", |(_, l)| l.as_str())).value(left).error(wrong.at("references")).hint(each).long(say, 4))
                            (buttons(&[Button::plain(put)]))
                        },
                    ))
                }
                (one("close-volume", ends, &turn, &html! {
                    (numbered("a", field("on", "close-volume").hint(today).optional().width(Width::Short).text(say)))
                    (numbered("a", field("next", "close-volume").optional().checks(say, &[Choice::new("yes", yes)], &[if act == "close-volume" { sent.get("next") } else { "yes" }])))
                    (numbered("a", field("place", "close-volume").optional().text(say)))
                }, &Button::plain(ends)))
            } @else {
                (one("open-volume", begins, &turn, &html! {
                    (numbered("b", field("on", "open-volume").hint(today).optional().width(Width::Short).text(say)))
                    (numbered("b", field("place", "open-volume").optional().text(say)))
                }, &Button::plain(begins)))
            }
            (one("close", close, &turn, &html! {
                (numbered("c", field("on", "close").hint(today).optional().width(Width::Short).text(say)))
                (numbered("c", field("reason", "close").long(say, 2)))
            }, &Button::plain(close)))
        } @else {
            (one("reopen", reopen, &turn, &html! { (field("reason", "reopen").long(say, 2)) }, &Button::plain(reopen)))
        }
    }
}

/// The same field in another form of the page: its identifiers are told apart, its name is what is sent. The field that
/// is wrong keeps the one to which the summary leads.
fn numbered(form: &str, field: Markup) -> Markup {
    let text = field.into_string();
    if text.contains("aria-invalid") {
        return maud::PreEscaped(text);
    }
    maud::PreEscaped(
        text.replace("\"field-", &format!("\"field-{form}-")).replace(" field-", &format!(" field-{form}-")),
    )
}
