//! The in-tray: what came in and waits to be registered, for those who may register it; what was dismissed; how it stands
//! with the mailboxes. Decides nothing: a row leads to the form of registration, or is dismissed with a reason.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    mail::MailboxStatus,
    texts::{Arg, Voice},
    tray::{Dismissed, Item, Said, Source},
};
use registry::{Code, ObjectId, house::Registry, intake::DismissalReason, reference::sort_key};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Facet, Field, Notice, Paging, Row, Section, SelectMany, Sort, SortLink,
        Table, Tone, Width, card, chip, heading, pills, reference_link, table,
    },
    pages::{
        bringing, scans, shown,
        visit::{Sent, Visit},
    },
    words,
};

/// Where the list is.
pub const PATH: &str = "/tray";
/// Rows of a page.
const PAGE: usize = 50;
/// The reasons that need no words, and can be given for many things at once.
const PLAIN: [DismissalReason; 5] = [
    DismissalReason::Spam,
    DismissalReason::Private,
    DismissalReason::Duplicate,
    DismissalReason::Misdirected,
    DismissalReason::Ephemeral,
];

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

/// The name that its file came under.
pub fn file_name(item: &Item) -> &str {
    item.content.as_ref().map_or("", |content| content.file_name.as_str())
}

/// Where something came from, in words.
pub fn origin(say: Voice<'_>, item: &Item) -> String {
    match item.source {
        Source::Drop if item.origin.is_empty() => say.t("tray-dropped"),
        _ => item.origin.clone(),
    }
}

/// Whether a formal message says of itself that it cannot wait.
fn rings(item: &Item) -> bool {
    item.head.precedence.as_deref().is_some_and(|word| matches!(word, "flash" | "immediate"))
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

/// Which part of a list is shown: where it begins, and the ways on and back.
struct Place {
    begin: usize,
    previous: Option<String>,
    next: Option<String>,
}

fn place(ids: &[ObjectId], asking: &Asking) -> Place {
    let after: Option<ObjectId> = asking.after.parse().ok();
    let begin = after.and_then(|id| ids.iter().position(|i| *i == id)).map_or(0, |at| at + 1);
    let last = ids.get(..ids.len().min(begin + PAGE)).and_then(<[_]>::last);
    let next = last.filter(|_| ids.len() > begin + PAGE);
    let previous = (begin > 0).then(|| {
        let to = begin.checked_sub(PAGE + 1).and_then(|at| ids.get(at));
        asking.with(PATH, "after", &to.map(ToString::to_string).unwrap_or_default())
    });
    Place { begin, previous, next: next.map(|id| asking.with(PATH, "after", &id.to_string())) }
}

fn counted(say: Voice<'_>, place: &Place, rows: usize, total: usize) -> String {
    if rows == 0 {
        return String::new();
    }
    let (from, to) = (place.begin + 1, place.begin + rows);
    say.tr("paging-shown", &[("from", from.into()), ("to", to.into()), ("total", total.into())])
}

fn sorting(asking: &Asking, up: &str, down: &str) -> (String, Option<Sort>) {
    let now = match asking.order.as_str() {
        order if order == up => Some(Sort::Ascending),
        order if order == down => Some(Sort::Descending),
        _ => None,
    };
    (asking.with(PATH, "order", if now == Some(Sort::Ascending) { down } else { up }), now)
}

fn waiting_list(say: Voice<'_>, reading: &Reading, token: &str, asking: &Asking, items: &[Item]) -> Markup {
    let ids: Vec<ObjectId> = items.iter().map(|item| item.id).collect();
    let place = place(&ids, asking);
    let part: Vec<&Item> = items.iter().skip(place.begin).take(PAGE).collect();
    let heads =
        ["column-subject", "tray-sender", "tray-arrived", "column-marking", "tray-attached", "tray-origin"]
            .map(|key| say.t(key));
    let [subject, sender, arrived, marking, attached, origin] = &heads;
    let (subject_href, subject_now) = sorting(asking, "subject", "subject-down");
    let (sender_href, sender_now) = sorting(asking, "sender", "sender-down");
    let (arrived_href, arrived_now) = sorting(asking, "oldest", "");
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(subject, Cell::Main, Some(SortLink { href: &subject_href, now: subject_now })),
        column(sender, Cell::Text, Some(SortLink { href: &sender_href, now: sender_now })),
        column(arrived, Cell::Short, Some(SortLink { href: &arrived_href, now: arrived_now })),
        column(marking, Cell::Short, None),
        column(attached, Cell::Number, None),
        column(origin, Cell::Text, None),
    ];
    let values: Vec<String> = ids.iter().skip(place.begin).take(PAGE).map(ToString::to_string).collect();
    let names: Vec<String> = part.iter().map(|item| called(say, item)).collect();
    let rows: Vec<Row<'_>> = part
        .iter()
        .zip(&values)
        .zip(&names)
        .map(|((item, value), name)| Row {
            value: Some(value),
            name,
            strong: rings(item),
            cells: cells(say, reading, item, name),
        })
        .collect();
    let shown = counted(say, &place, rows.len(), items.len());
    let labels = PLAIN.map(|reason| say.t(&format!("tray-as-{}", reason.as_str())));
    let (lead, back) = (say.t("tray-dismiss-because"), asking.here());
    let chosen: Vec<String> = asking.chosen.split(',').map(str::to_owned).collect();
    let acts = PLAIN
        .iter()
        .zip(&labels)
        .map(|(reason, label)| Button::plain(label).named("reason", reason.as_str()))
        .collect();
    let (csv, xlsx) = (asking.with("/tray.csv", "after", ""), asking.with("/tray.xlsx", "after", ""));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let (caption, title, would) = (say.t("tray-caption"), say.t("tray-empty"), say.t("tray-empty-would"));
    let new = say.t("register-new");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(SelectMany {
                action: "/tray/dismiss",
                name: "item",
                token: Some(token),
                acts,
                lead: &lead,
                chosen: &chosen,
                kept: None,
                back: Some(&back),
            }),
            paging: Paging {
                previous: place.previous.as_deref(),
                next: place.next.as_deref(),
                shown: &shown,
            },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty {
                title: &title,
                would: &would,
                begin: Some(Button::plain(&new).to("/register/new")),
            },
        },
    )
}

/// What something is called, or what is wrong with it.
pub fn called(say: Voice<'_>, item: &Item) -> String {
    match &item.head.trouble {
        Some(said) => said_words(say, said),
        None if item.called().trim().is_empty() => say.t("tray-no-subject"),
        None => item.called().to_owned(),
    }
}

/// A precedence as messages write it.
fn precedence_words(say: Voice<'_>, word: &str) -> String {
    say.maybe(&format!("precedence-{word}"), &[]).unwrap_or_else(|| word.to_owned())
}

/// The address of the form that registers an item.
pub fn form_of(item: &Item) -> String {
    format!("{}?item={}", crate::pages::draft::PATH, item.id)
}

fn cells(say: Voice<'_>, reading: &Reading, item: &Item, name: &str) -> Vec<Markup> {
    let house = &reading.house;
    let attached = item.content.as_ref().map_or(0, |content| content.enclosures.len());
    let direction = say.t(&format!("kind-{}", item.direction.as_str()));
    let several = reading.trays().len() > 1;
    vec![
        html! {
            @if item.content.is_some() {
                a.lead href=(form_of(item)) { (name) }
            } @else {
                span { (name) }
                @if let Some(said) = &item.head.trouble { div.quiet { (said_remedy(say, said)) } }
            }
            @if let Some(precedence) = &item.head.precedence {
                " " (chip(if rings(item) { Tone::Late } else { Tone::Plain }, &precedence_words(say, precedence)))
            }
            @if let Some(content) = item.content.as_ref().filter(|content| shown::in_trouble(content.reading)) {
                " " (shown::reading_chip(say, content.reading))
            }
            (shown::flags(say, &item.head.flags))
            @if item.source != Source::Mailbox && name != file_name(item) { div.quiet { (file_name(item)) } }
            @if several { div.quiet { (words::registry_name(reading, item.registry, say)) } }
        },
        html! { span.address { (item.sender()) } },
        html! { time datetime=(item.arrived) { (say.relative(item.arrived.date(&house.zone), reading.today())) } },
        html! {
            @let label = item.head.marking.as_ref().filter(|label| house.policies.of(label).is_ok());
            (shown::label(say, house, label, say.language()))
        },
        html! { @if attached > 0 { (attached) } },
        html! { (origin(say, item)) div.quiet { (direction) } },
    ]
}

fn dismissed_list(say: Voice<'_>, reading: &Reading, asking: &Asking, all: &[(Dismissed, String)]) -> Markup {
    let ids: Vec<ObjectId> = all.iter().map(|(one, _)| one.id).collect();
    let place = place(&ids, asking);
    let heads = ["tray-why", "tray-words", "tray-origin", "tray-by", "tray-when"].map(|key| say.t(key));
    let [why, in_words, origin, by, when] = &heads;
    let (when_href, when_now) = sorting(asking, "oldest", "");
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(why, Cell::Main, None),
        column(in_words, Cell::Text, None),
        column(origin, Cell::Text, None),
        column(by, Cell::Text, None),
        column(when, Cell::Short, Some(SortLink { href: &when_href, now: when_now })),
    ];
    let zone = &reading.house.zone;
    let reasons: Vec<String> = all.iter().map(|(one, _)| reason(say, &one.reason)).collect();
    let rows: Vec<Row<'_>> = all
        .iter()
        .zip(&reasons)
        .skip(place.begin)
        .take(PAGE)
        .map(|((one, by), reason)| Row {
            value: None,
            name: reason,
            strong: false,
            cells: vec![
                html! { (reason) },
                html! { (one.words.as_deref().unwrap_or_default()) },
                html! { (one.origin.as_deref().unwrap_or_default()) },
                html! { (by) },
                html! { time datetime=(one.at) { (say.date(one.at.date(zone))) } },
            ],
        })
        .collect();
    let shown = counted(say, &place, rows.len(), all.len());
    let (csv, xlsx) = (asking.with("/tray.csv", "after", ""), asking.with("/tray.xlsx", "after", ""));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let (caption, title) = (say.t("tray-dismissed-caption"), say.t("tray-dismissed-none"));
    let would = say.t("tray-dismissed-would");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging {
                previous: place.previous.as_deref(),
                next: place.next.as_deref(),
                shown: &shown,
            },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}

/// A reason for dismissing, in words.
pub fn reason(say: Voice<'_>, word: &str) -> String {
    say.maybe(&format!("tray-reason-{word}"), &[]).unwrap_or_else(|| word.to_owned())
}

/// How it stands with the mailboxes.
fn mailboxes(say: Voice<'_>, reading: &Reading, boxes: &[MailboxStatus]) -> Markup {
    html! {
        @if !boxes.is_empty() {
            (card(&say.t("mailbox-title"), &html! {
                ul.stack {
                    @for one in boxes {
                        li {
                            strong { (one.name) } " " span.quiet { (one.user) " · " (one.folders.join(", ")) }
                            " "
                            @if one.said.is_empty() { (chip(Tone::Good, &say.t("mailbox-well"))) }
                            @else { (chip(Tone::Late, &say.t("mailbox-trouble"))) }
                            div.quiet {
                                @match one.read_at {
                                    Some(at) => {
                                        time datetime=(at) { (say.tr("mailbox-read", &[("when", shown::moment(say, reading, at).into())])) }
                                    },
                                    None => (say.t("mailbox-never")),
                                }
                            }
                            @for said in &one.said {
                                p { (said_words(say, said)) " " (said_remedy(say, said)) }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn said_arguments<'a>(say: Voice<'_>, said: &'a Said) -> Vec<(&'a str, Arg)> {
    said.arguments
        .iter()
        .map(|(name, value)| {
            let arg = match (name.as_str(), value.parse::<i64>()) {
                ("doing", _) => {
                    let key = format!("mailbox-doing-{value}");
                    say.maybe(&key, &[]).unwrap_or_else(|| value.clone()).into()
                }
                ("bytes" | "limit", Ok(n)) => say.size(u64::try_from(n).unwrap_or(0)).into(),
                ("count" | "seconds" | "uid", Ok(n)) => Arg::from(n),
                _ => Arg::from(value.as_str()),
            };
            (name.as_str(), arg)
        })
        .collect()
}

/// What went wrong, in words.
pub fn said_words(say: Voice<'_>, said: &Said) -> String {
    let key = said.code.replace('.', "-");
    say.maybe(&key, &said_arguments(say, said)).unwrap_or_else(|| said.code.clone())
}

/// What to do about it.
pub fn said_remedy(say: Voice<'_>, said: &Said) -> String {
    let key = format!("{}-remedy", said.code.replace('.', "-"));
    say.maybe(&key, &said_arguments(say, said)).unwrap_or_default()
}

/// The list as comma-separated values.
pub async fn export(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(crate::export::values(exported(visit, &asking).await?, "in-tray"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    crate::export::workbook(exported(visit, &asking).await?, "in-tray").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<crate::export::Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let trays = trays(&mut reading, asking).await?;
    let (heads, lines): (Vec<(&str, f64)>, Vec<crate::export::Line>) = if asking.dismissed() {
        let rows = dismissed(&mut reading, &trays, asking).await?;
        let lines = rows.iter().map(|(one, by)| {
            crate::export::Line::plain([
                reason(say, &one.reason),
                one.words.clone().unwrap_or_default(),
                one.origin.clone().unwrap_or_default(),
                by.clone(),
                one.at.to_string(),
                words::registry_name(&reading, one.registry, say),
            ])
        });
        let heads = vec![
            ("tray-why", 24.0),
            ("tray-words", 40.0),
            ("tray-origin", 24.0),
            ("tray-by", 24.0),
            ("tray-when", 24.0),
            ("column-registry", 28.0),
        ];
        (heads, lines.collect())
    } else {
        let items = waiting(&mut reading, &trays, asking).await?;
        let house = reading.house.clone();
        let lines = items.iter().map(|item| {
            let label = item.head.marking.as_ref().filter(|label| house.policies.of(label).is_ok());
            let marking = label.map(|l| words::marking(l, &house.policies, say.language()));
            let line = crate::export::Line::plain([
                called(say, item),
                item.sender().to_owned(),
                item.arrived.to_string(),
                marking.unwrap_or_default(),
                item.head.precedence.as_deref().map(|word| precedence_words(say, word)).unwrap_or_default(),
                item.content.as_ref().map_or(0, |c| c.enclosures.len()).to_string(),
                origin(say, item),
                file_name(item).to_owned(),
                say.t(&format!("kind-{}", item.direction.as_str())),
                words::registry_name(&reading, item.registry, say),
            ]);
            crate::export::Line { labels: label.cloned().into_iter().collect(), undetermined: true, ..line }
        });
        let heads = vec![
            ("column-subject", 64.0),
            ("tray-sender", 34.0),
            ("tray-arrived", 24.0),
            ("column-marking", 30.0),
            ("form-precedence", 14.0),
            ("tray-attached", 12.0),
            ("tray-origin", 24.0),
            ("document-file", 30.0),
            ("form-direction", 14.0),
            ("column-registry", 28.0),
        ];
        (heads, lines.collect())
    };
    let heads = heads.into_iter().map(|(key, width)| (say.t(key), width)).collect();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(crate::export::Ready { reading, texts, language, heads, lines: Some(lines) })
}
