//! `chancery muster`: the musters of a registry as a person of its staff sees them; and the count of one from what is scanned,
//! a name a line, in that person's name. To close and to sign stay with the pages.

use anyhow::Context as _;
use office::{Failure, Office, Reading, Sender, custody::musters::MusterRow};
use registry::{
    Command, PersonId, Refusal,
    custody::{Act, muster::Seen},
};
use serde_json::json;
use store::custody::seen::Slice;

use super::custody::{Asked, Row, code};
use crate::{
    Place,
    output::{Terminal, complaint},
};

/// List the musters of a registry, or count one from what is scanned
#[derive(Debug, clap::Args)]
pub struct Muster {
    #[command(flatten)]
    asked: Asked,
    /// Count this one (M-0001/2026): reads the names of copies, one a line, as they are scanned; after a tab the pages that
    /// were counted, after another what is wrong with them. Exit code 1: something was refused
    #[arg(long, conflicts_with_all = ["csv", "json"])]
    count: Option<String>,
}

const HEADS: [&str; 12] = [
    "muster",
    "registry",
    "kind",
    "state",
    "opened",
    "opened_by",
    "listed",
    "sighted",
    "covered",
    "under_way",
    "missing",
    "open",
];

impl Muster {
    /// Where.
    pub const fn place(&self) -> &Place {
        &self.asked.place
    }

    /// Whether it reads what is scanned.
    pub const fn counts(&self) -> bool {
        self.count.is_some()
    }

    /// Lists them, or counts one.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut reading = self.asked.reading(office).await?;
        let mut rows = Vec::new();
        for registry in self.asked.registries(&reading)? {
            rows.extend(reading.musters(registry.id, None, Slice::ALL).await?.rows);
        }
        let Some(number) = &self.count else {
            let rows = rows.iter().map(|row| listed(&reading, row)).collect();
            self.asked.tell(&HEADS, rows, terminal)?;
            return Ok(0);
        };
        let own = |row: &MusterRow| {
            row.view.muster.text().eq_ignore_ascii_case(number.trim())
                || row.view.muster.id.to_string() == *number
        };
        rows.retain(own);
        let by = reading.person().id;
        drop(reading);
        match rows.as_slice() {
            [row] => count(office, by, row, terminal).await,
            [] => anyhow::bail!("there is no muster {number}"),
            _ => anyhow::bail!("several registries have a muster {number}: say which with --registry"),
        }
    }
}

fn listed(reading: &Reading, row: &MusterRow) -> Row {
    let (view, tally) = (&row.view, &row.view.tally);
    let state = match (&view.abandoned, view.closed) {
        (Some(_), _) => "abandoned",
        (None, None) => "counting",
        (None, Some(_)) if row.unsigned() => "unsigned",
        (None, Some(_)) => "signed",
    };
    vec![
        ("muster", json!(view.muster.text())),
        ("registry", json!(code(reading, row.registry))),
        ("kind", json!(view.muster.is.as_str())),
        ("state", json!(state)),
        ("opened", json!(view.opened_at.to_string())),
        ("opened_by", json!(row.opened_by)),
        ("listed", json!(view.muster.listed)),
        ("sighted", json!(tally.sighted)),
        ("covered", json!(tally.covered)),
        ("under_way", json!(tally.under_way)),
        ("missing", json!(tally.missing)),
        ("open", json!(tally.open)),
    ]
}

/// Takes each line as a copy that is seen, and says what came of it.
async fn count(
    office: &Office,
    by: PersonId,
    row: &MusterRow,
    terminal: &mut Terminal,
) -> anyhow::Result<u8> {
    let mut refused = false;
    while let Some(line) = terminal.line().await {
        if line.trim().is_empty() {
            continue;
        }
        match sight(office, by, row, &line).await {
            Ok(name) => terminal.say(format_args!("{name} sighted")),
            Err(error) if is_refusal(&error) => {
                refused = true;
                terminal.say(format_args!("{}: not sighted", line.trim()));
                terminal.note(complaint(&error));
            }
            Err(error) => return Err(error),
        }
    }
    let left = office.read_as(by).await?.muster(row.view.muster.id).await?.view.tally.open;
    terminal.note(format_args!("{}: {left} to be found", row.view.muster.text()));
    Ok(u8::from(refused))
}

fn is_refusal(error: &anyhow::Error) -> bool {
    let of_office = error.downcast_ref::<Failure>().is_some_and(|failure| failure.refusal().is_some());
    of_office || error.downcast_ref::<Refusal>().is_some()
}

/// Says that the copy of a line was seen: its name.
async fn sight(office: &Office, by: PersonId, row: &MusterRow, line: &str) -> anyhow::Result<String> {
    let mut parts = line.splitn(3, '\t').map(str::trim);
    let (name, pages) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let words = parts.next().unwrap_or_default().to_owned();
    let pages = match pages {
        "" => None,
        pages => {
            let odd = || Refusal::on("pages", registry::Code::NotOffered).with("value", pages);
            Some(pages.parse().map_err(|_| odd())?)
        }
    };
    let found = office.read_as(by).await?.copies_named(row.registry, name).await?.pop();
    let found = found.context("no copy is named")?;
    let sightings = vec![Seen { copy: found.view.copy.id, pages, at: None }];
    let act = Box::new(Act::Sight { muster: row.view.muster.id, sightings, words });
    let command = Command::Custody { registry: row.registry, act };
    office.command(Sender::person(by), office.new_command(), command).await?;
    Ok(found.view.name())
}
