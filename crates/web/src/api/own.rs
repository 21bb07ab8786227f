//! What a person keeps for himself, for programs and for the palette: searches and profiles under a name, what he opened
//! last, and where else he may go.

use axum::{Json as Out, extract::State, http::StatusCode};
use office::{
    Reading,
    own::{Keeping, Kept, Recent},
    texts::Voice,
};
use registry::{Code, DocumentId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::visible::EntryView;

use crate::{
    api::{
        Problem,
        request::{Json, Named, Nothing, Parameters},
        view,
    },
    app::App,
    frame,
    pages::{kept, shown},
    signed::{Asked, Token},
    words::{self, Marked},
};

/// Most searches that a glance counts.
const COUNTED: usize = office::own::MOST_KEPT;
/// Most bearers of a reference that the palette offers.
const BEARERS: usize = 5;

/// A name and a query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKept {
    name: String,
    query: String,
}

/// Papers that are put aside.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    documents: Vec<DocumentId>,
}

fn numbered(number: u32) -> (StatusCode, Out<Value>) {
    (StatusCode::CREATED, Out(json!({"id": number.to_string()})))
}

/// What the person keeps, with what more there is to tell of it.
fn told<const N: usize>(kept: &Kept, more: [(&str, Value); N]) -> Value {
    let own =
        [("id", json!(kept.number.to_string())), ("name", json!(kept.name)), ("query", json!(kept.query))];
    own.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The searches that the person keeps, with what each finds today and what of it is new.
pub async fn searches(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let all: Vec<Value> = kept::counted(&mut reading, COUNTED)
        .await?
        .iter()
        .map(|(kept, total, new)| told(kept, [("total", json!(total)), ("new", json!(new))]))
        .collect();
    Ok(Out(json!({"searches": all})))
}

/// Keeps a search under a name; what has the name already is replaced.
pub async fn keep_search(
    State(app): State<App>,
    token: Token,
    Json(asked): Json<NewKept>,
) -> Result<(StatusCode, Out<Value>), Problem> {
    let person = token.session.person;
    Ok(numbered(app.office.keep_own(person, Keeping::Search, &asked.name, &asked.query, "").await?))
}

/// Drops a search.
pub async fn drop_search(
    State(app): State<App>,
    token: Token,
    Named(number): Named<u32>,
) -> Result<StatusCode, Problem> {
    app.office.drop_own(token.session.person, Keeping::Search, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The profiles that flag papers to the person, each with the papers that it flags now and why.
pub async fn watches(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let mut all = Vec::new();
    for kept in reading.kept(Keeping::Watch).await? {
        let (total, papers) = reading.flagged(&kept, office::search::MOST).await?;
        let papers: Vec<Value> = papers
            .iter()
            .map(|flagged| {
                let parts = flagged.hit.snippet.parts.iter();
                let parts: Vec<Value> =
                    parts.map(|(text, found)| json!({"text": text, "found": found})).collect();
                json!({
                    "entry": view::entry(&flagged.hit.entry, &reading.house),
                    "because": if flagged.new { "new" } else { "corrected" },
                    "snippet_parts": parts,
                })
            })
            .collect();
        all.push(told(&kept, [("total", json!(total)), ("flagged", json!(papers))]));
    }
    Ok(Out(json!({"watches": all})))
}

/// Keeps a profile under a name. It flags what comes from now on.
pub async fn keep_watch(
    State(app): State<App>,
    token: Token,
    Json(asked): Json<NewKept>,
) -> Result<(StatusCode, Out<Value>), Problem> {
    let person = token.session.person;
    Ok(numbered(app.office.keep_own(person, Keeping::Watch, &asked.name, &asked.query, "").await?))
}

/// Drops a profile.
pub async fn drop_watch(
    State(app): State<App>,
    token: Token,
    Named(number): Named<u32>,
) -> Result<StatusCode, Problem> {
    app.office.drop_own(token.session.person, Keeping::Watch, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts papers aside that a profile flags.
pub async fn put_aside(
    State(app): State<App>,
    token: Token,
    Named(number): Named<u32>,
    Json(asked): Json<Aside>,
) -> Result<StatusCode, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    reading.kept_one(Keeping::Watch, number).await?;
    if asked.documents.len() > office::search::MOST {
        let refusal = registry::Refusal::on("documents", Code::TooLong);
        return Err(refusal.with("limit", office::search::MOST).into());
    }
    reading.put_aside(number, &asked.documents).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is typed into the palette.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// Somewhere to go.
#[derive(Debug, Serialize)]
struct Offer {
    is: &'static str,
    note: String,
    label: String,
    href: String,
    key: Option<String>,
    marking: Option<String>,
    level: Option<String>,
}

impl Offer {
    fn new(is: &'static str, note: String, label: String, href: String) -> Self {
        Self { is, note, label, href, key: None, marking: None, level: None }
    }
    /// Under the marking of what it says.
    fn marked(self, marked: Marked) -> Self {
        Self { marking: Some(marked.text), level: Some(marked.level.as_str().to_owned()), ..self }
    }
}

/// An entry as an offer: its reference and subject, with the marking under which these stand.
fn paper(say: Voice<'_>, reading: &Reading, is: &'static str, note: &str, entry: &EntryView) -> Offer {
    let label = match &entry.subject {
        Some(subject) => format!("{} {subject}", entry.reference),
        None => entry.reference.clone(),
    };
    let offer = Offer::new(is, note.to_owned(), label, shown::address(entry));
    let language = words::document_language(entry.language.as_deref(), say);
    let shown = shown::shown_of(&reading.house, entry);
    if entry.label.is_none() || shown.is_some() {
        return offer.marked(Marked::of(shown.as_ref(), &reading.house.policies, say, language));
    }
    offer
}

/// Where the person may go: the pages that are his, what he keeps, what he opened last, and the papers that bear what
/// was typed as a reference.
pub async fn palette(
    State(app): State<App>,
    token: Token,
    asked: Asked,
    Parameters(typed): Parameters<Typed>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let say = asked.voice_for(&app, &reading);
    let mut offers: Vec<Offer> = Vec::new();
    let q = typed.q.trim();
    if q.chars().any(|c| c.is_ascii_digit()) && q.chars().count() <= 200 {
        let note = say.t("palette-reference");
        for entry in reading.by_reference(q).await?.iter().take(BEARERS) {
            offers.push(paper(say, &reading, "document", &note, entry));
        }
        return Ok(Out(json!({"offers": offers})));
    }
    if !q.is_empty() {
        return Ok(Out(json!({"offers": offers})));
    }
    for kept in reading.kept(Keeping::Search).await? {
        offers.push(Offer::new("search", say.t("palette-search"), kept.name.clone(), kept::address(&kept)));
    }
    for kept in reading.kept(Keeping::Watch).await? {
        let href = format!("/watches/{}", kept.number);
        offers.push(Offer::new("watch", say.t("palette-watch"), kept.name.clone(), href));
    }
    let note = say.t("palette-recent");
    for recent in reading.recently().await? {
        offers.push(match recent {
            Recent::Document(entry) => paper(say, &reading, "recent", &note, &entry),
            Recent::File(file) => {
                let offer = Offer::new(
                    "recent",
                    note.clone(),
                    crate::pages::plan::called(say, &file),
                    format!("/files/{}", file.state.file.id),
                );
                match &file.state.file.access {
                    Some(rule) => {
                        let label = rule.content.as_ref();
                        offer.marked(Marked::of(label, &reading.house.policies, say, say.language()))
                    }
                    None => offer,
                }
            }
            Recent::Person(id, name) => Offer::new("recent", note.clone(), name, format!("/people/{id}")),
        });
    }
    for place in frame::places(say, &reading) {
        let offer = Offer::new("page", say.t("palette-page"), place.label, place.href);
        offers.push(Offer { key: place.key, ..offer });
    }
    Ok(Out(json!({"offers": offers})))
}
