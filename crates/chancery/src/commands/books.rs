//! `chancery books`: the registry's other books as a person of its staff sees them. It shows and changes nothing.

use office::{Office, Reading, custody::books::BookRow};
use registry::custody::book::{Alert, Book, Destination, Details};
use serde_json::json;
use store::custody::seen::Slice;

use super::custody::{Asked, Row, code};
use crate::{Place, output::Terminal};

/// List another book of a registry
#[derive(Debug, clap::Args)]
pub struct Books {
    #[command(flatten)]
    asked: Asked,
    /// distributions, instructions, packages, journeys, correspondents, routes, appointments, equipment or transfers
    #[arg(value_parser = named)]
    book: Book,
    /// Those that are past too
    #[arg(long)]
    all: bool,
}

fn named(text: &str) -> Result<Book, String> {
    let names = || Book::ALL.map(Book::as_str).join(", ");
    Book::named(text).ok_or_else(|| format!("one of {}", names()))
}

const HEADS: [&str; 8] = ["item", "registry", "what", "stage", "to_do", "since", "entered", "entered_by"];

impl Books {
    /// Where.
    pub const fn place(&self) -> &Place {
        &self.asked.place
    }

    /// Lists them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut reading = self.asked.reading(office).await?;
        let open = (!self.all).then_some(true);
        let mut rows = Vec::new();
        for registry in self.asked.registries(&reading)? {
            let found = reading.book(registry.id, self.book, open, Slice::ALL).await?.rows;
            rows.extend(found.iter().map(|row| listed(&reading, row)));
        }
        self.asked.tell(&HEADS, rows, terminal)?;
        Ok(0)
    }
}

fn listed(reading: &Reading, row: &BookRow) -> Row {
    let item = &row.view.item;
    vec![
        ("item", json!(item.text())),
        ("registry", json!(code(reading, row.registry))),
        ("what", json!(what(reading, row))),
        ("stage", json!(item.stage.as_str())),
        ("to_do", json!(row.alert.map(Alert::as_str))),
        ("since", json!(item.since.to_string())),
        ("entered", json!(row.view.entered_at.to_string())),
        ("entered_by", json!(row.entered_by)),
    ]
}

/// The paper with which an item is concerned.
fn paper(row: &BookRow) -> String {
    row.entry.as_ref().map(|entry| office::relations::called(entry)).unwrap_or_default()
}

/// What an item is, in a line.
fn what(reading: &Reading, row: &BookRow) -> String {
    match &row.view.item.details {
        Details::Packages(one) => format!("{}, {}", one.inner, one.outer),
        Details::Journeys(one) => format!("{}: {} – {}", one.courier.name, one.from, one.to),
        Details::Correspondents(one) => format!("{}, {}", one.name, one.address),
        Details::Routes(one) => {
            let to = match &one.to {
                Destination::Registry { registry } => code(reading, *registry),
                Destination::Elsewhere { name } => name.clone(),
            };
            let logs = if one.logs.is_empty() { "all logs".to_owned() } else { one.logs.join(", ") };
            format!("{} – {to}: {logs}", code(reading, one.from))
        }
        Details::Appointments(one) => format!("{}, {}", row.person(one.person), one.function.as_str()),
        Details::Equipment(one) => match one.with {
            Some(person) => format!("{}, {}: {}", one.mark, one.serial, row.person(person)),
            None => format!("{}, {}: {}", one.mark, one.serial, one.place),
        },
        Details::Transfers(one) => format!("{}: {} – {}", one.what, one.from, one.to),
        Details::Distributions(one) => format!("{}: {} lines", paper(row), one.lines.len()),
        Details::Instructions(one) => format!("{}: {}, {}", paper(row), one.is.as_str(), one.authority),
    }
}
