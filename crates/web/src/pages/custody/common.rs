//! What the pages of copies have in common: whose copies are looked at, the ways from page to page, how a holder, a state and
//! a paper are said, and a moment as it is typed.

use jiff::civil::{Date, DateTime, Time};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{CopyRow, HolderName, LoanRow},
    texts::{Texts, Voice},
};
use registry::{
    Code, Refusal, RegistryId, Timestamp,
    custody::{
        Container,
        book::Book,
        copy::{Copy, Standing},
    },
    house::Registry,
    id::ContainerId,
};
use store::{Visible, visible::EntryView};

use super::HOLDINGS;
use crate::{
    answer::WebError,
    frame,
    look::{Crumb, Facet, Tab, Tone, chip, crumbs, pills, reference_link, tabs},
    pages::{shown, visit::Sent},
    words,
};

/// The value that stands for the registry's desk among containers.
pub const DESK: &str = "desk";

/// The registries whose copies are the reader's work, and the one that is looked at.
#[derive(Debug, Clone)]
pub struct Kept {
    /// All of them.
    pub all: Vec<Registry>,
    /// The one.
    pub chosen: Registry,
}

impl Kept {
    /// Those of the reader, with the one of a code; without a code the first. Who keeps none finds nothing here.
    pub fn of(reading: &Reading, code: &str) -> Result<Self, WebError> {
        let all = reading.custody_registries();
        let code = code.trim();
        let chosen = all.iter().find(|r| code.is_empty() || r.code.eq_ignore_ascii_case(code)).cloned();
        let chosen = chosen.ok_or_else(|| WebError::page(Code::NotFound))?;
        Ok(Self { all, chosen })
    }

    /// The name of the registry that is looked at.
    pub fn name(&self, say: Voice<'_>) -> &str {
        self.chosen.names.in_language(say.language().tag())
    }

    /// An address of this registry.
    pub fn address(&self, path: &str) -> String {
        format!("{path}?registry={}", frame::escaped(&self.chosen.code))
    }
}

/// A page of the staff's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// At a glance.
    Home,
    /// The copies.
    Copies,
    /// The receipts.
    Receipts,
    /// The certificates of destruction.
    Destruction,
    /// The musters.
    Musters,
    /// The incidents.
    Incidents,
    /// The containers.
    Containers,
    /// Papers in no log.
    Unlogged,
    /// The list for an emergency.
    Emergency,
    /// Another of the registry's books.
    Book(Book),
}

impl Part {
    /// Every one, in the order of the tabs.
    pub const ALL: [Part; 10] = [
        Part::Home,
        Part::Copies,
        Part::Receipts,
        Part::Musters,
        Part::Destruction,
        Part::Incidents,
        Part::Containers,
        Part::Unlogged,
        Part::Emergency,
        Part::Book(Book::Packages),
    ];

    /// Where it is.
    pub const fn path(self) -> &'static str {
        match self {
            Part::Home => super::PATH,
            Part::Copies => "/custody/copies",
            Part::Receipts => "/custody/receipts",
            Part::Destruction => "/custody/destruction",
            Part::Musters => super::musters::PATH,
            Part::Incidents => "/custody/incidents",
            Part::Containers => "/custody/containers",
            Part::Unlogged => "/custody/working-papers",
            Part::Emergency => "/custody/emergency",
            Part::Book(book) => super::books::path(book),
        }
    }

    /// What a file of it is called.
    pub fn name(self) -> &'static str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// Whether it stands under the same tab: the other books have one.
    fn is_with(self, other: Part) -> bool {
        matches!((self, other), (Part::Book(_), Part::Book(_))) || self == other
    }

    fn label(self, say: Voice<'_>) -> String {
        match self {
            Part::Home => say.t("copies-part-home"),
            Part::Copies => say.t("copies-part-copies"),
            Part::Receipts => say.t("copies-part-receipts"),
            Part::Destruction => say.t("copies-part-destruction"),
            Part::Musters => say.t("copies-part-musters"),
            Part::Incidents => say.t("copies-part-incidents"),
            Part::Containers => say.t("copies-part-containers"),
            Part::Unlogged => say.t("copies-part-unlogged"),
            Part::Emergency => say.t("copies-part-emergency"),
            Part::Book(_) => say.t("copies-part-books"),
        }
    }
}

/// What stands above each page of the staff's: the registries to choose from, where there are several, and the other pages.
pub fn ways(say: Voice<'_>, kept: &Kept, part: Part) -> Markup {
    let tag = say.language().tag();
    let places: Vec<(String, String, bool)> = kept
        .all
        .iter()
        .map(|registry| {
            let name = registry.names.in_language(tag).to_owned();
            let href = format!("{}?registry={}", part.path(), frame::escaped(&registry.code));
            (name, href, registry.id == kept.chosen.id)
        })
        .collect();
    let registries: Vec<Facet<'_>> = places
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    let parts: Vec<(String, String, Part)> =
        Part::ALL.into_iter().map(|one| (one.label(say), kept.address(one.path()), one)).collect();
    let list: Vec<Tab<'_>> = parts
        .iter()
        .map(|(label, href, one)| Tab { label, href, count: None, current: one.is_with(part) })
        .collect();
    html! {
        @if registries.len() > 1 { (pills(&say.t("column-registry"), &registries, say)) }
        (tabs(say, &say.t("copies-parts"), &list))
    }
}

/// The way to one of a list, which is called by a key: from that list for the staff, for others from what they have.
pub fn way(say: Voice<'_>, reading: &Reading, registry: RegistryId, (part, list): (Part, &str)) -> Markup {
    if !reading.viewer().handles(registry) {
        return crumbs(say, &[Crumb { label: &say.t("holdings-title"), href: HOLDINGS }]);
    }
    let code = reading.house.registry(registry).map(|r| r.code.as_str()).unwrap_or_default();
    let href = format!("{}?registry={}", part.path(), frame::escaped(code));
    crumbs(say, &[Crumb { label: &say.t(list), href: &href }])
}

/// Who answers for a copy, or shall have it, in words.
pub fn holder(say: Voice<'_>, reading: &Reading, holder: &HolderName) -> String {
    match holder {
        HolderName::Desk => say.t("copies-at-desk"),
        HolderName::Container(_, name) | HolderName::Person(_, name) | HolderName::Elsewhere(name) => {
            name.clone()
        }
        HolderName::Registry(code) => match reading.house.registry_by_code(code) {
            Some(registry) => registry.names.in_language(say.language().tag()).to_owned(),
            None => code.clone(),
        },
    }
}

/// The desk and the containers, as values and words.
pub fn places(say: Voice<'_>, containers: &[Visible<(Container, u64)>]) -> Vec<(String, String)> {
    let desk = (DESK.to_owned(), say.t("copies-at-desk"));
    let each = containers.iter().map(|one| {
        let Container { id, name, location, .. } = &one.0;
        (id.to_string(), format!("{name} – {location}"))
    });
    std::iter::once(desk).chain(each).collect()
}

/// The container that was chosen; none: the desk.
pub fn container(sent: &Sent) -> Result<Option<ContainerId>, Refusal> {
    match sent.get("container") {
        "" | DESK => Ok(None),
        chosen => chosen.parse().map(Some).map_err(|_| Refusal::on("container", Code::NotOffered)),
    }
}

/// The state of a copy in words.
pub fn state(say: Voice<'_>, standing: &str) -> String {
    say.maybe(&format!("copies-state-{standing}"), &[]).unwrap_or_else(|| standing.to_owned())
}

/// Until when a copy is on loan, and how late it is.
pub fn loan_chip(say: Voice<'_>, loan: LoanRow) -> Markup {
    let until = say.tr("copies-on-loan", &[("date", say.date(loan.back_by).into())]);
    match loan.late {
        None => chip(Tone::Plain, &until),
        Some(days) => {
            chip(Tone::Late, &say.tr("copies-loan-late", &[("n", days.into()), ("until", until.into())]))
        }
    }
}

/// The day that was typed; nothing typed is none.
pub fn typed_day(texts: &Texts, field: &'static str, typed: &str) -> Result<Option<Date>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let read = texts.typed_date(typed).unwrap_or_else(|| typed.to_owned()).parse();
    read.map(Some).map_err(|_| Refusal::on(field, Code::ImpossibleDate).with("date", typed))
}

/// The state of a copy.
pub fn state_chip(say: Voice<'_>, copy: &Copy) -> Markup {
    let tone = match copy.standing {
        Standing::Held => Tone::Good,
        Standing::UnderWay { .. } => Tone::Soon,
        Standing::Missing { .. } => Tone::Late,
        Standing::Transferred | Standing::Released | Standing::Destroyed { .. } => Tone::Plain,
    };
    chip(tone, &state(say, copy.standing.as_str()))
}

/// With whom a copy is, and to whom it is on its way, in words; with nobody where nobody answers for it any more.
pub fn with_whom(say: Voice<'_>, reading: &Reading, row: &CopyRow) -> (String, Option<String>) {
    let to = row.sent.as_ref().map(|sent| {
        let to = holder(say, reading, &sent.to);
        say.tr("copies-on-way-to", &[("to", to.into()), ("receipt", sent.receipt.as_str().into())])
    });
    let ended = matches!(row.view.copy.standing, Standing::Released | Standing::Destroyed { .. });
    (if ended { String::new() } else { holder(say, reading, &row.holder) }, to)
}

/// The paper of a copy: its reference, which leads to it, and its subject where the reader sees it.
pub fn paper(say: Voice<'_>, entry: &EntryView) -> Markup {
    let language = words::document_language(entry.language.as_deref(), say);
    let foreign = (language != say.language()).then(|| language.tag());
    html! {
        (reference_link(&office::relations::called(entry), &shown::address(entry)))
        @if let Some(subject) = &entry.subject { div.quiet lang=[foreign] { (subject) } }
    }
}

/// The day of a moment, as a list shows it.
pub fn day(say: Voice<'_>, reading: &Reading, at: Timestamp) -> Markup {
    let date = at.date(&reading.house.zone);
    html! { time datetime=(at) title=(shown::moment(say, reading, at)) { (say.date(date)) } }
}

/// The same, with by whom it was.
pub fn day_by(say: Voice<'_>, reading: &Reading, at: Timestamp, name: &str) -> Markup {
    html! {
        (day(say, reading, at))
        div.quiet { (say.tr("receipt-by", &[("name", name.into())])) }
    }
}

/// "1 to 50 of 3,363", where there is anything.
pub fn counted(say: Voice<'_>, begin: usize, rows: usize, all: usize) -> String {
    if rows == 0 {
        return String::new();
    }
    let numbers = [("from", (begin + 1).into()), ("to", (begin + rows).into()), ("total", all.into())];
    say.tr("paging-shown", &numbers)
}

/// A moment as it is typed, at the place of the house: `12 March 2026, 14:30`, `2026-03-12 14:30`. Nothing and the day of
/// today alone mean now; another day alone means its noon.
pub fn typed_moment(
    reading: &Reading,
    texts: &Texts,
    field: &'static str,
    typed: &str,
) -> Result<Option<Timestamp>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let impossible = || Refusal::on(field, Code::ImpossibleDate).with("date", typed);
    let (day, time) = read_moment(texts, typed).ok_or_else(impossible)?;
    if time.is_none() && day == reading.today() {
        return Ok(None);
    }
    let civil: DateTime = day.to_datetime(time.unwrap_or_else(|| Time::constant(12, 0, 0, 0)));
    let zoned = civil.to_zoned(reading.house.zone.clone()).map_err(|_| impossible())?;
    Ok(Some(zoned.timestamp().into()))
}

/// A day, and the time of day where one is typed.
fn read_moment(texts: &Texts, typed: &str) -> Option<(Date, Option<Time>)> {
    // As machines write it: 2026-03-12T14:30.
    let typed = match (typed.get(..10), typed.get(10..11), typed.get(11..)) {
        (Some(day), Some("T"), Some(time)) => format!("{day} {time}"),
        _ => typed.replace(',', " "),
    };
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (day, time) = match words.as_slice() {
        [day @ .., hours, "h", minutes] => (day, Some(clock(hours, minutes)?)),
        [day @ .., last] => match last.split_once([':', 'h']) {
            Some((hours, minutes)) => (day, Some(clock(hours, minutes)?)),
            None => (words.as_slice(), None),
        },
        [] => return None,
    };
    let day = day.join(" ");
    let day = texts.typed_date(&day).unwrap_or(day);
    Some((day.parse().ok()?, time))
}

fn clock(hours: &str, minutes: &str) -> Option<Time> {
    let figures = |text: &str| -> Option<i8> {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if plain { text.parse().ok() } else { None }
    };
    Time::new(figures(hours)?, figures(minutes)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_moment_is_read_as_people_type_it() {
        let texts = Texts::new().unwrap();
        let day = date(2026, 3, 12);
        for (typed, at) in [
            ("12 March 2026", None),
            ("12 MAR 2026", None),
            ("2026-03-12", None),
            ("12 March 2026, 14:30", Some(time(14, 30, 0, 0))),
            ("12 mars 2026 14 h 30", Some(time(14, 30, 0, 0))),
            ("12 mars 2026, 14h30", Some(time(14, 30, 0, 0))),
            ("2026-03-12T09:05", Some(time(9, 5, 0, 0))),
            ("2026-03-12 9:05", Some(time(9, 5, 0, 0))),
        ] {
            assert_eq!(read_moment(&texts, typed), Some((day, at)), "{typed}");
        }
        for typed in ["", "yesterday", "12 March", "2026-03-12 25:00", "2026-03-12 9:5:3", "14:30"] {
            assert_eq!(read_moment(&texts, typed), None, "{typed}");
        }
    }
}
