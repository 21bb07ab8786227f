//! What waits on the desk, a row each: trays with mail, proposals to confirm, papers without a marking, papers that are out for
//! long.

use jiff::civil::Date;
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{authorisation::Authorisation, house::Registry, person::Person, working::Out};
use store::{Visible, visible::EntryView};

use crate::{
    look::{Cell, Column, Empty, Paging, Row, Table, table},
    pages::shown,
    words,
};

/// Lines of a list on the desk.
pub(super) const FEW: usize = 8;

/// What waits for the reader.
pub(super) struct Waiting {
    /// Each of his trays, with how much waits in it.
    pub(super) trays: Vec<(Registry, u64)>,
    /// Proposals that he may confirm, for whom, and by whom.
    pub(super) proposals: Vec<(Authorisation, Person, String)>,
    /// Papers whose marking is undetermined, the first of them, and how many there are.
    pub(super) open: Vec<Visible<EntryView>>,
    pub(super) undetermined: u64,
    /// Papers that are out for long.
    pub(super) long: Vec<(Visible<EntryView>, Out)>,
}

impl Waiting {
    /// What waits now.
    pub(super) async fn of(reading: &mut Reading) -> Result<Self, Failure> {
        let proposals = proposals(reading).await?;
        let (undetermined, open) = reading.undetermined(FEW).await?;
        let long = reading.long_out().await?;
        let mut trays = Vec::new();
        for registry in reading.trays() {
            let count = reading.tray_count(registry.id).await?;
            trays.push((registry, count));
        }
        Ok(Self { trays, proposals, open, undetermined, long })
    }

    /// How much it is, with what is not shown.
    pub(super) fn count(&self) -> u64 {
        let mail: u64 = self.trays.iter().map(|(_, count)| count).sum();
        let told = u64::try_from(self.proposals.len() + self.long.len()).unwrap_or(0);
        told.saturating_add(self.undetermined).saturating_add(mail)
    }

    /// A row for each.
    pub(super) fn rows<'a>(&'a self, say: Voice<'_>, reading: &Reading) -> Vec<Row<'a>> {
        let trays = self.trays.iter().filter(|(_, count)| *count > 0);
        let trays = trays.map(|(registry, count)| row(&registry.code, tray(say, registry, *count)));
        let proposals = self.proposals.iter().map(|one| row(&one.1.name, proposal(say, reading, one)));
        let open = self.open.iter().map(|entry| row(&entry.reference, undetermined(say, reading, entry)));
        let long = self.long.iter().map(|(entry, out)| row(&entry.reference, away(say, reading, entry, out)));
        trays.chain(proposals).chain(open).chain(long).collect()
    }

    /// True when more papers have no marking than are shown.
    pub(super) fn more(&self) -> bool {
        self.undetermined > u64::try_from(self.open.len()).unwrap_or(0)
    }
}

/// Proposals that wait for the reader to confirm them.
async fn proposals(reading: &mut Reading) -> Result<Vec<(Authorisation, Person, String)>, Failure> {
    if !reading.sees_authorisations() {
        return Ok(Vec::new());
    }
    let mut waiting = Vec::new();
    for (proposal, person) in reading.proposals().await? {
        if !reading.may_confirm(&proposal) {
            continue;
        }
        let by = match proposal.proposed_by {
            Some(by) => reading.name_of(by).await?.unwrap_or_default(),
            None => String::new(),
        };
        waiting.push((proposal, person, by));
    }
    Ok(waiting)
}

const fn row(name: &str, cells: Vec<Markup>) -> Row<'_> {
    Row { value: None, name, strong: false, cells }
}

/// Since when something waits.
fn since(say: Voice<'_>, reading: &Reading, day: Date) -> Markup {
    html! { time datetime=(day) { (say.relative(day, reading.today())) } }
}

fn tray(say: Voice<'_>, registry: &Registry, count: u64) -> Vec<Markup> {
    vec![
        html! {
            a.lead href={ "/tray?registry=" (registry.code) } { (say.tr("tray-total", &[("n", count.into())])) }
            div.quiet { (registry.names.in_language(say.language().tag())) }
        },
        html! {},
        html! {},
        html! {},
        html! {},
    ]
}

fn proposal(
    say: Voice<'_>,
    reading: &Reading,
    (proposal, person, by): &(Authorisation, Person, String),
) -> Vec<Markup> {
    let what = shown::grant(say, &reading.house, &proposal.grant);
    vec![
        html! {
            a.lead href={ "/people/" (person.id) "#held" } { (say.t("desk-confirm-one")) }
            div.quiet { (person.name) (say.t("colon")) " " (what) }
        },
        html! {},
        html! {},
        html! { (by) },
        since(say, reading, proposal.proposed_at.date(&reading.house.zone)),
    ]
}

fn undetermined(say: Voice<'_>, reading: &Reading, entry: &EntryView) -> Vec<Markup> {
    vec![
        html! {
            (shown::lead(say, entry))
            div.quiet { (words::registry_name(reading, entry.registry, say)) }
        },
        shown::number(entry),
        shown::marking(say, &reading.house, entry),
        html! { (entry.originator.as_deref().unwrap_or_default()) },
        since(say, reading, entry.registered_at.date(&reading.house.zone)),
    ]
}

fn away(say: Voice<'_>, reading: &Reading, entry: &EntryView, out: &Out) -> Vec<Markup> {
    vec![
        html! {
            a.lead href={ "/documents/" (entry.document) "/work" } { (say.t("work-long")) }
            div.quiet { (entry.subject.as_deref().unwrap_or_default()) }
        },
        shown::number(entry),
        shown::marking(say, &reading.house, entry),
        html! { (out.name) },
        since(say, reading, out.since.date(&reading.house.zone)),
    ]
}

/// What waits as a table; `decides`: whether anything could wait for the reader to decide.
pub(super) fn table_of(say: Voice<'_>, rows: &[Row<'_>], more: bool, decides: bool) -> Markup {
    let heads =
        ["desk-what", "column-reference", "column-marking", "desk-from", "desk-since"].map(|key| say.t(key));
    let [what, number, marking, from, since] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(what, Cell::Main),
        column(number, Cell::Short),
        column(marking, Cell::Short),
        column(from, Cell::Text),
        column(since, Cell::Short),
    ];
    let (title, caption) = (say.t("desk-empty"), say.t("desk-caption"));
    let would = if decides { say.t("desk-empty-now") } else { say.t("desk-empty-reader") };
    let shown = if more { say.t("desk-more") } else { String::new() };
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows,
            many: None,
            paging: Paging { shown: &shown, ..Paging::default() },
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}
