//! Views of lists under a name: the form by which columns, their order, rows and density are chosen, and views kept,
//! made the usual one and dropped. Works without script: the order of the columns is a number beside each.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    own::{Keeping, Kept},
    texts::Voice,
};
use registry::Code;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Choice, Facet, Field, Form, Width, button, buttons, card, form, heading, pills},
    pages::{
        columns::{Col, ROWS, View},
        visit::{Posted, Sent, Wrong, refused},
    },
    signed::Signed,
};

/// Where the form is sent.
pub const PATH: &str = "/views";
/// Longest address of a list that is gone back to.
const LONGEST: usize = 3_000;

/// A list whose view can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// The register.
    Register,
    /// What a search finds.
    Search,
}

impl Listed {
    /// As it is called where views are kept.
    pub const fn name(self) -> &'static str {
        match self {
            Listed::Register => "register",
            Listed::Search => "search",
        }
    }
    fn of(name: &str) -> Option<Self> {
        [Listed::Register, Listed::Search].into_iter().find(|list| list.name() == name)
    }
}

/// What is asked of a list's view: by its address, or as its reader usually sees it.
pub fn view(kept: &[Kept], list: Listed, asked: [&str; 3], usual: &[Col], rows: usize) -> View {
    let said = asked.iter().any(|part| !part.is_empty());
    let own = kept.iter().find(|k| k.usual && k.query == list.name()).filter(|_| !said);
    match own {
        Some(kept) => {
            let [cols, many, density] = ["cols", "rows", "density"].map(|name| part(&kept.view, name));
            View::read(cols, many, density, usual, rows)
        }
        None => View::read(asked[0], asked[1], asked[2], usual, rows),
    }
}

/// A value in the part of an address.
fn part<'a>(text: &'a str, name: &str) -> &'a str {
    text.split('&').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name).map_or("", |(_, v)| v)
}

/// The views that the reader keeps of a list, as links; nothing where he keeps none.
pub fn kept_views(say: Voice<'_>, kept: &[Kept], list: Listed, base: &str, now: &View) -> Markup {
    let address = |view: &str| format!("/{}?{base}&{view}", list.name());
    let own: Vec<&Kept> = kept.iter().filter(|k| k.query == list.name()).collect();
    if own.is_empty() {
        return html! {};
    }
    let shown = full(now);
    let links: Vec<(String, String, bool)> =
        own.iter().map(|k| (k.name.clone(), address(&k.view), k.view == shown)).collect();
    let values: Vec<Facet<'_>> = links
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("views-title"), &values, say)
}

/// All that a view says, whether it is as usual or not.
fn full(view: &View) -> String {
    let density = if view.tight { "tight" } else { "open" };
    format!("{}&rows={}&density={density}", view.columns(), view.rows)
}

/// The form that chooses a view; closed until it is wanted.
pub fn choosing(
    say: Voice<'_>,
    signed: &Signed,
    kept: &[Kept],
    list: Listed,
    base: &str,
    view: &View,
) -> Markup {
    html! {
        details.more.views {
            summary { (say.t("views-choose")) }
            (body(say, signed, kept, list, base, view, &Sent::default(), &Wrong::default()))
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "a form is made of them")]
fn body(
    say: Voice<'_>,
    signed: &Signed,
    kept: &[Kept],
    list: Listed,
    base: &str,
    view: &View,
    sent: &Sent,
    wrong: &Wrong,
) -> Markup {
    let post =
        Form { action: PATH, token: Some(&signed.form_token), command: None, files: false, guard: false };
    let (rows, density) = (say.t("views-rows"), say.t("views-density"));
    let many: Vec<(String, String)> = ROWS.iter().map(|n| (n.to_string(), n.to_string())).collect();
    let many: Vec<Choice<'_>> = many.iter().map(|(v, l)| Choice::new(v, l)).collect();
    let (open, tight) = (say.t("views-open"), say.t("views-tight"));
    let densities = [Choice::new("open", &open), Choice::new("tight", &tight)];
    let (show, keep, name, hint) =
        (say.t("views-show"), say.t("views-keep"), say.t("views-name"), say.t("kept-name-hint"));
    let now = view.rows.to_string();
    let place = |col: Col| view.cols.iter().position(|c| *c == col).map(|n| n + 1);
    let ordered = view.cols.iter().copied().chain(Col::ALL.into_iter().filter(|c| !view.cols.contains(c)));
    html! {
        (form(post, &html! {
            input type="hidden" name="list" value=(list.name());
            input type="hidden" name="base" value=(base);
            fieldset.field {
                legend { (say.t("views-columns")) }
                div.hint { (say.t("views-columns-hint")) }
                div.places {
                    @for col in ordered {
                        label {
                            input type="number" min="1" max="15" step="1" name={ "at." (col.name()) } value=[place(col)];
                            " " (say.t(col.title()))
                        }
                    }
                }
            }
            div.pair {
                (Field::new("rows", &rows).value(&now).width(Width::Short).select(say, &many))
                (Field::new("density", &density).value(if view.tight { "tight" } else { "open" }).select(say, &densities))
            }
            (button(&Button::main(&show).named("act", "show")))
            (Field::new("name", &name).known_as("view-name").hint(&hint).value(sent.get("name")).error(wrong.at("view-name")).optional().width(Width::Medium).text(say))
            (button(&Button::plain(&keep).named("act", "keep")))
        }))
        @let own: Vec<&Kept> = kept.iter().filter(|k| k.query == list.name()).collect();
        @if !own.is_empty() { (card(&say.t("views-title"), &html! { ul.stack { @for k in own { li.row { (manage(say, signed, base, k)) } } } })) }
    }
}

/// What can be done with a view that is kept.
fn manage(say: Voice<'_>, signed: &Signed, base: &str, kept: &Kept) -> Markup {
    let number = kept.number.to_string();
    let (usual, drop) = (
        say.tr(
            if kept.usual { "views-not-usual" } else { "views-usual" },
            &[("name", kept.name.as_str().into())],
        ),
        say.tr("views-drop", &[("name", kept.name.as_str().into())]),
    );
    let turn = if kept.usual { "not-usual" } else { "usual" };
    let post =
        Form { action: PATH, token: Some(&signed.form_token), command: None, files: false, guard: false };
    form(
        post,
        &html! {
            strong { (kept.name) }
            input type="hidden" name="list" value=(kept.query);
            input type="hidden" name="base" value=(base);
            input type="hidden" name="number" value=(number);
            (buttons(&[Button::plain(&usual).named("act", turn), Button::grave(&drop).named("act", "drop")]))
        },
    )
}

/// The view that a form says: columns by their numbers, those of one number in their usual order.
fn sent_view(sent: &Sent) -> View {
    let mut cols: Vec<(u32, Col)> = Col::ALL
        .into_iter()
        .filter_map(|col| {
            let at = sent.get(&format!("at.{}", col.name())).trim().parse().ok()?;
            Some((at, col))
        })
        .filter(|(at, _)| *at > 0)
        .collect();
    cols.sort_by_key(|(at, _)| *at);
    let names: Vec<&str> = cols.iter().map(|(_, col)| col.name()).collect();
    View::read(&names.join(","), sent.get("rows"), sent.get("density"), &[Col::Subject, Col::Number], 50)
}

/// Shows a list as a form says, or keeps, turns or drops a view of it.
pub async fn choose(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, sent, .. } = &posted;
    let list = Listed::of(sent.get("list")).ok_or_else(|| WebError::page(Code::NotOffered))?;
    let base = Some(sent.get("base"))
        .filter(|base| base.len() <= LONGEST && base.bytes().all(|b| b.is_ascii_graphic()))
        .unwrap_or_default();
    let back = |view: &str| Redirect::to(&format!("/{}?{base}&{view}", list.name())).into_response();
    let view = sent_view(sent);
    let person = signed.open.person;
    let number: u32 = sent.get("number").parse().unwrap_or(0);
    let done = match sent.get("act") {
        "keep" => app
            .office
            .keep_own(person, Keeping::View, sent.get("name"), list.name(), &full(&view))
            .await
            .map(|_| back(&full(&view))),
        "usual" => app.office.make_usual(person, number, true).await.map(|()| back("")),
        "not-usual" => app.office.make_usual(person, number, false).await.map(|()| back("")),
        "drop" => app.office.drop_own(person, Keeping::View, number).await.map(|()| back("")),
        _ => Ok(back(&full(&view))),
    };
    match done {
        Ok(response) => Ok(response),
        Err(Failure::Refused(refusal)) if refusal.code != Code::NotFound => {
            let mut reading = posted.read().await?;
            let kept = reading.kept(Keeping::View).await?;
            let say = posted.asked.voice_for(app, &reading);
            let mut wrong = Wrong::default();
            wrong.on(say, "view-name", &refusal);
            let (title, name) = (say.t("views-choose"), say.t("views-name"));
            let body = html! {
                (wrong.shown(say, &[("view-name", &name)]))
                (heading(&title, &html! {}))
                (body(say, signed, &kept, list, base, &view, sent, &wrong))
            };
            Ok(refused(answer(say, &reading, signed, &title, body), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn answer(say: Voice<'_>, reading: &Reading, signed: &Signed, title: &str, body: Markup) -> Response {
    frame::page(say, reading, &signed.form_token, Sheet::plain(title, PATH, None, body))
}
