//! One's own leave: when it is, who stands in, and what would be left with nobody; recorded in one form.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Failure, Reading};
use registry::organisation::For;

use super::{
    Asking, Look, Part,
    acts::{self, Deed, Done},
    do_path, person, ways,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Section, Tone, card, chip, heading},
    pages::visit::{Posted, Sent, Visit, Wrong, done, refused},
};

/// Where it is.
const PATH: &str = "/leave";

/// The page.
pub async fn leave(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let notices = Notes { done: &asking.done, wrong: &Wrong::default() };
    Ok(page(&look, &mut reading, &signed.form_token, &sent, &notices).await?)
}

/// Records it.
pub async fn record(posted: Posted) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let look = Look::of(say, &posted.app.texts, &mut reading, "").await?;
    let doing = acts::own_leave(&look);
    match acts::does(&posted, &look, &mut reading, &doing).await? {
        Done::Led(to) => Ok(to),
        Done::Refused(wrong, code, sent) => {
            let notices = Notes { done: "", wrong: &wrong };
            let page = page(&look, &mut reading, &posted.signed.form_token, &sent, &notices).await?;
            Ok(refused(page, code))
        }
    }
}

/// What is said above the form.
struct Notes<'a> {
    done: &'a str,
    wrong: &'a Wrong,
}

async fn page(
    look: &Look<'_>,
    reading: &mut Reading,
    token: &str,
    sent: &Sent,
    notes: &Notes<'_>,
) -> Result<Response, Failure> {
    let say = look.say;
    let doing = acts::own_leave(look);
    let specs = doing.form(look, reading).await?;
    let own = reading.person_in_posts(look.me, look.today).await?;
    let title = say.t("org-leave-title");
    let body = html! {
        (notes.wrong.shown(say, &acts::labels(say, &specs)))
        (heading(&title, &html! { p { (say.t("org-leave-text")) } }))
        (ways(say, Part::Leave))
        div.cols {
            (acts::fields(look, token, &doing, &specs, sent, notes.wrong, PATH))
            div {
                (person::absence(look, look.me, &own.leaves))
                (posts(look))
                @if !own.stands_in.is_empty() {
                    (card(&say.t("org-stands-in"), &look.stand_ins(&own.stands_in.iter().collect::<Vec<_>>(), true)))
                }
            }
        }
    };
    let sheet = Sheet {
        notices: done(say, notes.done),
        ..Sheet::plain(&title, PATH, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, reading, token, sheet))
}

/// The posts that one holds; and where nobody would act if one were away, the way to name somebody.
fn posts(look: &Look<'_>) -> Markup {
    let say = look.say;
    let held = look.organisation.held_by(look.me, look.today);
    let covered = look.organisation.named_for(For::Person { person: look.me }, look.today).is_some();
    html! {
        (card(&say.t("org-duties"), &html! {
            @if held.is_empty() { p.quiet { (say.t("org-no-duties")) } }
            ul.stack.running {
                @for post in held {
                    li {
                        (look.post_by(post))
                        @if let Some(one) = look.organisation.named_for(For::Post { post }, look.today) {
                            div.quiet { (say.tr("org-named-until", &[("name", look.name(one.by).into()), ("until", say.date(one.until).into())])) }
                        } @else if !covered {
                            " " (chip(Tone::Soon, &say.t("org-no-stand-in")))
                        }
                    }
                }
            }
            p { a href=(do_path(Deed::NameStandIn.slug(), &look.me.to_string())) { (say.t("org-do-name-stand-in")) } }
        }))
    }
}
