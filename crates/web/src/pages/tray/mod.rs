//! The in-tray: what came in and waits to be registered, for those who may register it; what was dismissed; how it stands
//! with the mailboxes. Decides nothing: a row leads to the form of registration, or is dismissed with a reason.

mod bringing;
mod export;
mod list;
mod mailboxes;
mod words;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    texts::Voice,
    tray::{Dismissed, Item},
};
use registry::{Code, house::Registry, reference::sort_key};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Facet, Field, Notice, Section, Tone, Width, heading, pills, reference_link},
    pages::{
        scans, shown,
        visit::{Sent, Visit},
    },
};

pub use bringing::bring;
pub use export::{values, workbook};
use list::{dismissed_list, waiting_list};
use mailboxes::mailboxes;
pub use words::{called, file_name, origin, reason, said_remedy, said_words};

/// Where the list is.
pub const PATH: &str = "/tray";

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    view: String,
    q: String,
    order: String,
    after: String,
    was: String,
    out: String,
    chosen: String,
}

impl Asking {
    /// The list's address with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts: Vec<String> = [
            ("registry", self.registry.as_str()),
            ("view", self.view.as_str()),
            ("q", self.q.as_str()),
            ("order", self.order.as_str()),
            ("after", ""),
        ]
        .into_iter()
        .map(|(key, own)| (key, if key == name { value } else { own }))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", frame::escaped(value)))
        .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// The address of the list as it is shown.
    fn here(&self) -> String {
        self.with(PATH, "after", &self.after)
    }

    fn dismissed(&self) -> bool {
        self.view == "dismissed"
    }

    fn fits(&self, words: &[&str]) -> bool {
        let wanted = sort_key(self.q.trim());
        wanted.is_empty() || words.iter().any(|words| sort_key(words).contains(&wanted))
    }

    fn sorted(&self, items: &mut [Item]) {
        match self.order.as_str() {
            "oldest" => items.reverse(),
            "subject" => items.sort_by_cached_key(|item| sort_key(item.called())),
            "subject-down" => {
                items.sort_by_cached_key(|item| std::cmp::Reverse(sort_key(item.called())));
            }
            "sender" => items.sort_by_cached_key(|item| sort_key(item.sender())),
            "sender-down" => {
                items.sort_by_cached_key(|item| std::cmp::Reverse(sort_key(item.sender())));
            }
            _ => {}
        }
    }
}

/// The trays of the reader with how much waits in each, and those that are asked for.
struct Trays {
    all: Vec<(Registry, u64)>,
    chosen: Vec<Registry>,
}

impl Trays {
    /// All of them, those that are looked at first.
    fn chosen_first(&self) -> Vec<Registry> {
        let mut list = self.chosen.clone();
        let rest = self.all.iter().map(|(registry, _)| registry);
        list.extend(rest.filter(|one| !self.chosen.iter().any(|own| own.id == one.id)).cloned());
        list
    }
}

async fn trays(reading: &mut Reading, asking: &Asking) -> Result<Trays, WebError> {
    let mut all = Vec::new();
    for registry in reading.trays() {
        let count = reading.tray_count(registry.id).await?;
        all.push((registry, count));
    }
    if all.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let code = asking.registry.trim();
    let chosen: Vec<Registry> = all
        .iter()
        .map(|(registry, _)| registry)
        .filter(|registry| code.is_empty() || registry.code.eq_ignore_ascii_case(code))
        .cloned()
        .collect();
    if chosen.is_empty() { Err(WebError::page(Code::NotFound)) } else { Ok(Trays { all, chosen }) }
}

async fn waiting(reading: &mut Reading, trays: &Trays, asking: &Asking) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for registry in &trays.chosen {
        items.extend(reading.tray(registry.id).await?);
    }
    items.retain(|item| asking.fits(&[item.called(), item.sender(), &item.origin, file_name(item)]));
    items.sort_by_key(|item| (std::cmp::Reverse(item.arrived), item.id));
    asking.sorted(&mut items);
    // What rings stands first, whatever the order.
    items.sort_by_key(|item| !rings(item));
    Ok(items)
}

async fn dismissed(
    reading: &mut Reading,
    trays: &Trays,
    asking: &Asking,
) -> Result<Vec<(Dismissed, String)>, Failure> {
    let mut found = Vec::new();
    for registry in &trays.chosen {
        for one in reading.tray_dismissed(registry.id).await? {
            let by = reading.name_of(one.by).await?.unwrap_or_default();
            found.push((one, by));
        }
    }
    found.retain(|(one, by)| {
        asking.fits(&[
            by,
            one.words.as_deref().unwrap_or_default(),
            one.origin.as_deref().unwrap_or_default(),
        ])
    });
    found.sort_by_key(|(one, _)| (std::cmp::Reverse(one.at), one.id));
    if asking.order == "oldest" {
        found.reverse();
    }
    Ok(found)
}

/// The list.
pub async fn tray(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut notices = Vec::new();
    if let Ok(document) = asking.was.parse()
        && let Ok(view) = reading.document(document).await
    {
        let called = view.entry.preferred.clone().unwrap_or_else(|| view.entry.reference.clone());
        let words = html! {
            p { (say.t("tray-registered")) " " (reference_link(&called, &shown::address(&view.entry))) }
        };
        notices.push(Notice { tone: Tone::Good, words });
    }
    if let Ok(n) = asking.out.parse::<u64>() {
        let words = html! { p { (say.tr("tray-dismissed-n", &[("n", n.into())])) } };
        notices.push(Notice { tone: Tone::Good, words });
    }
    page(say, &mut reading, &signed.form_token, &asking, &path, notices, html! {}).await
}

/// The list with what is to be said above it.
pub async fn page(
    say: Voice<'_>,
    reading: &mut Reading,
    token: &str,
    asking: &Asking,
    path: &str,
    notices: Vec<Notice>,
    wrong: Markup,
) -> Result<Response, WebError> {
    let trays = trays(reading, asking).await?;
    let title = say.t("tray-title");
    let mut boxes = Vec::new();
    for registry in &trays.chosen {
        boxes.extend(reading.mailboxes(registry.id).await?);
    }
    let scanned = match asking.dismissed() {
        false => scans::beside_tray(say, reading, &trays.chosen).await?,
        true => html! {},
    };
    let house = reading.house.clone();
    let total: u64 = trays.all.iter().map(|(_, n)| n).sum();
    let (list, labels, any) = if asking.dismissed() {
        let rows = dismissed(reading, &trays, asking).await?;
        (dismissed_list(say, reading, asking, &rows), Vec::new(), false)
    } else {
        let items = waiting(reading, &trays, asking).await?;
        let labels: Vec<label::Label> = items.iter().filter_map(|item| item.head.marking.clone()).collect();
        let any = !items.is_empty();
        (waiting_list(say, reading, token, asking, &items), labels, any)
    };
    let body = html! {
        (wrong)
        (heading(&title, &html! { p { (say.tr("tray-total", &[("n", total.into())])) } }))
        (views(say, &trays, asking))
        (filter(say, asking))
        (list)
        @if !asking.dismissed() {
            (bringing::place(say, reading, &trays.chosen_first(), token, &Sent::default()))
            (scanned)
        }
        (mailboxes(say, reading, &boxes))
    };
    let sheet = Sheet {
        // What nobody has marked yet may be higher than what it says of itself.
        shown: labels.iter().filter(|label| house.policies.of(label).is_ok()).collect(),
        undetermined: any,
        notices,
        ..Sheet::plain(&title, path, Some(Section::Tray), body)
    };
    Ok(frame::page(say, reading, token, sheet))
}

fn views(say: Voice<'_>, trays: &Trays, asking: &Asking) -> Markup {
    let total = trays.all.iter().map(|(_, n)| n).sum();
    let mut list = vec![(say.t("tray-waiting"), asking.with(PATH, "view", ""), None, !asking.dismissed())];
    list.push((say.t("tray-dismissed"), asking.with(PATH, "view", "dismissed"), None, asking.dismissed()));
    let mut places = Vec::new();
    if trays.all.len() > 1 {
        places.push((
            say.t("register-all"),
            asking.with(PATH, "registry", ""),
            Some(total),
            asking.registry.is_empty(),
        ));
        for (registry, count) in &trays.all {
            let name = registry.names.in_language(say.language().tag()).to_owned();
            let on = registry.code.eq_ignore_ascii_case(asking.registry.trim());
            places.push((name, asking.with(PATH, "registry", &registry.code), Some(*count), on));
        }
    }
    let shown = |label: &str, views: &[(String, String, Option<u64>, bool)]| {
        let values: Vec<Facet<'_>> = views
            .iter()
            .map(|(label, href, count, on)| Facet { label, marking: None, count: *count, href, on: *on })
            .collect();
        pills(label, &values, say)
    };
    html! {
        @if !places.is_empty() { (shown(&say.t("column-registry"), &places)) }
        (shown(&say.t("tray-view"), &list))
    }
}

fn filter(say: Voice<'_>, asking: &Asking) -> Markup {
    let (label, go) = (say.t("tray-filter"), say.t("people-filter-go"));
    let clear = Asking { q: String::new(), ..asking.clone() };
    html! {
        form.with-button method="get" action=(PATH) {
            (Field::new("q", &label).value(&asking.q).optional().width(Width::Medium).text(say))
            @for (name, value) in [("registry", &asking.registry), ("view", &asking.view), ("order", &asking.order)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            button.button type="submit" { (go) }
            @if !asking.q.is_empty() { a href=(clear.with(PATH, "after", "")) { (say.t("applied-clear")) } }
        }
    }
}

/// The address of the form that registers an item.
pub fn form_of(item: &Item) -> String {
    format!("{}?item={}", crate::pages::draft::PATH, item.id)
}

/// Whether a formal message says of itself that it cannot wait.
fn rings(item: &Item) -> bool {
    item.head.precedence.as_deref().is_some_and(|word| matches!(word, "flash" | "immediate"))
}
