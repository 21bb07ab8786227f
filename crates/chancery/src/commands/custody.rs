//! `chancery holdings`, `chancery receipts`, `chancery destroy`: numbered copies as a person sees them. They show and change
//! nothing: a receipt is given by whom it is due from, a certificate signed by those who destroyed and saw it.

use office::{
    Office, Reading,
    custody::{CertificateRow, CopyRow, DispatchRow, HolderName, Lateness, OPEN},
    texts::Language,
};
use registry::{Code, Refusal, custody::fact::Hand, house::Registry};
use serde_json::{Map, Value, json};
use store::{
    Visible,
    custody::seen::{CopyView, Order, Slice, Wanted, With},
    visible::EntryView,
};
use web::{
    export::{Line, separated},
    words,
};

use crate::{
    Place,
    output::{Said, Terminal},
};

/// Of what, as whom, in which form.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    #[command(flatten)]
    pub(super) place: Place,
    /// As whom (login): shows what he sees on his pages
    #[arg(long = "as")]
    pub(super) person: String,
    /// Only this registry, by code; he must be of its staff
    #[arg(long)]
    registry: Option<String>,
    /// Answer as comma-separated values
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Say which numbered copies somebody has, or a registry
#[derive(Debug, clap::Args)]
pub struct Holdings {
    #[command(flatten)]
    asked: Asked,
    /// What this person has (login), in the registries on whose staff the other is; without it and without --registry, what
    /// the other has himself
    #[arg(long = "person")]
    of: Option<String>,
}

/// List the receipts that are due
#[derive(Debug, clap::Args)]
pub struct Receipts {
    #[command(flatten)]
    asked: Asked,
    /// Only those that are late: to be traced, or a matter for the control officer. Exit code 1: there are some
    #[arg(long)]
    late: bool,
}

/// List the certificates of destruction that wait for a signature; to sign is never the operator's
#[derive(Debug, clap::Args)]
pub struct Destroy {
    #[command(flatten)]
    asked: Asked,
}

/// A row of an answer: its columns by name.
pub(super) type Row = Vec<(&'static str, Value)>;

impl Asked {
    pub(super) async fn reading(&self, office: &Office) -> anyhow::Result<Reading> {
        let person = office.person_named(&self.person).await?;
        Ok(office.read_as(person).await?)
    }

    /// The registries that are meant, of those on whose staff the reader is. Any other is not there for him.
    pub(super) fn registries(&self, reading: &Reading) -> anyhow::Result<Vec<Registry>> {
        let mut own = reading.custody_registries();
        if let Some(code) = &self.registry {
            own.retain(|registry| registry.code.eq_ignore_ascii_case(code.trim()));
        }
        if own.is_empty() {
            let refusal = Refusal::on("registry", Code::NotFound);
            return Err(self.registry.iter().fold(refusal, |r, code| r.with("code", code)).into());
        }
        Ok(own)
    }

    pub(super) fn tell(
        &self,
        heads: &[&'static str],
        rows: Vec<Row>,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        if self.json {
            let object = |row: Row| {
                Value::Object(
                    row.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>(),
                )
            };
            terminal.json(&rows.into_iter().map(object).collect());
            return Ok(());
        }
        let mut all = vec![heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()];
        all.extend(rows.iter().map(|row| row.iter().map(|(_, value)| plain(value)).collect()));
        if self.csv {
            let lines: Vec<Line> = all.into_iter().map(Line::plain).collect();
            let bytes = separated(lines.iter())?;
            terminal.hear(Said::Out(String::from_utf8(bytes)?));
            return Ok(());
        }
        let wide = |n: usize| all.iter().filter_map(|row| row.get(n)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..heads.len()).map(|n| wide(n).unwrap_or(0)).collect();
        for row in &all {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            terminal.say(cells.join("  ").trim_end());
        }
        Ok(())
    }
}

/// A value as a person reads it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn called(holder: &HolderName) -> String {
    match holder {
        HolderName::Desk => "the desk".to_owned(),
        HolderName::Container(_, name)
        | HolderName::Person(_, name)
        | HolderName::Registry(name)
        | HolderName::Elsewhere(name) => name.clone(),
    }
}

fn marking(reading: &Reading, entry: &EntryView) -> Option<String> {
    entry.label.as_ref().map(|label| words::marking(label, &reading.house.policies, Language::En))
}

pub(super) fn code(reading: &Reading, id: registry::RegistryId) -> String {
    reading.house.registry(id).map(|registry| registry.code.clone()).unwrap_or_default()
}

fn names(copies: &[CopyView]) -> Vec<String> {
    copies.iter().map(CopyView::name).collect()
}

fn references(entries: &[Visible<EntryView>]) -> Vec<String> {
    entries.iter().map(|entry| entry.reference.clone()).collect()
}

const HELD: [&str; 9] =
    ["copy", "registry", "paper", "marking", "state", "with", "receipt", "since", "pages"];

fn held(reading: &Reading, row: &CopyRow) -> Row {
    let (entry, copy) = (&row.entry, &row.view.copy);
    vec![
        ("copy", json!(row.view.name())),
        ("registry", json!(code(reading, row.registry))),
        ("paper", json!(entry.reference)),
        ("marking", json!(marking(reading, entry))),
        ("state", json!(copy.standing.as_str())),
        ("with", json!(called(&row.holder))),
        ("receipt", json!(row.sent.as_ref().map(|sent| sent.receipt.clone()))),
        ("since", json!(copy.since.to_string())),
        ("pages", json!(copy.pages)),
    ]
}

impl Holdings {
    /// Where.
    pub const fn place(&self) -> &Place {
        &self.asked.place
    }

    /// Lists them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut reading = self.asked.reading(office).await?;
        if self.of.is_none() && self.asked.registry.is_none() {
            let own = reading.own_copies().await?;
            let rows = own.held.iter().map(|row| held(&reading, row)).collect();
            self.asked.tell(&HELD, rows, terminal)?;
            for row in &own.due {
                let receipt = row.view.dispatch.receipt();
                terminal.note(format_args!(
                    "{receipt} waits for his receipt: {}",
                    names(&row.view.copies).join(", ")
                ));
            }
            return Ok(0);
        }
        let with = match &self.of {
            Some(login) => Some(With::Person(office.person_named(login).await?)),
            None => None,
        };
        let mut rows = Vec::new();
        for registry in self.asked.registries(&reading)? {
            let wanted = Wanted { standings: &OPEN, with, ..Wanted::default() };
            let found = reading.copies(registry.id, &wanted, Order::Number, Slice::ALL).await?.rows;
            rows.extend(found.iter().map(|row| held(&reading, row)));
        }
        self.asked.tell(&HELD, rows, terminal)?;
        Ok(0)
    }
}

const DUE: [&str; 10] =
    ["receipt", "registry", "to", "bearer", "sent", "days", "late", "traced", "copies", "papers"];

fn due(reading: &Reading, row: &DispatchRow) -> Row {
    let sent = &row.view.dispatch;
    vec![
        ("receipt", json!(sent.receipt())),
        ("registry", json!(code(reading, row.registry))),
        ("to", json!(called(&row.to))),
        ("bearer", json!(sent.bearer)),
        ("sent", json!(sent.at.to_string())),
        ("days", json!(row.days)),
        ("late", json!(row.late.map(Lateness::as_str))),
        ("traced", json!(row.view.traces)),
        ("copies", json!(names(&row.view.copies))),
        ("papers", json!(references(&row.entries))),
    ]
}

impl Receipts {
    /// Where.
    pub const fn place(&self) -> &Place {
        &self.asked.place
    }

    /// Lists them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut reading = self.asked.reading(office).await?;
        let mut rows = Vec::new();
        for registry in self.asked.registries(&reading)? {
            let found = reading.dispatches(registry.id, Some(true), Slice::ALL).await?.rows;
            let wanted = found.iter().filter(|row| !self.late || row.late > Some(Lateness::Waiting));
            rows.extend(wanted.map(|row| due(&reading, row)));
        }
        let late = self.late && !rows.is_empty();
        self.asked.tell(&DUE, rows, terminal)?;
        Ok(u8::from(late))
    }
}

const WAITING: [&str; 9] =
    ["certificate", "registry", "method", "drawn_up", "drawn_up_by", "signed", "missing", "copies", "papers"];

fn waiting(reading: &Reading, row: &CertificateRow) -> Row {
    let drawn = &row.view.certificate;
    let hands: &[Hand] = if drawn.witnessed { &[Hand::Destroyer, Hand::Witness] } else { &[Hand::Destroyer] };
    let has = |hand: Hand| row.view.signed.iter().any(|(signed, ..)| *signed == hand);
    let signed: Vec<String> = row
        .view
        .signed
        .iter()
        .zip(&row.signed)
        .map(|((hand, ..), name)| format!("{}: {name}", hand.as_str()))
        .collect();
    let missing: Vec<&str> = hands.iter().filter(|hand| !has(**hand)).map(|hand| hand.as_str()).collect();
    vec![
        ("certificate", json!(drawn.text())),
        ("registry", json!(code(reading, row.registry))),
        ("method", json!(drawn.method)),
        ("drawn_up", json!(row.view.drawn_at.to_string())),
        ("drawn_up_by", json!(row.drawn_by)),
        ("signed", json!(signed)),
        ("missing", json!(missing)),
        ("copies", json!(names(&row.view.copies))),
        ("papers", json!(references(&row.entries))),
    ]
}

impl Destroy {
    /// Where.
    pub const fn place(&self) -> &Place {
        &self.asked.place
    }

    /// Lists them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut reading = self.asked.reading(office).await?;
        let mut rows = Vec::new();
        for registry in self.asked.registries(&reading)? {
            let found = reading.certificates(registry.id, Some(true), Slice::ALL).await?.rows;
            rows.extend(found.iter().map(|row| waiting(&reading, row)));
        }
        self.asked.tell(&WAITING, rows, terminal)?;
        terminal.note(
            "Nothing is signed here: whoever destroyed the copies and whoever saw it sign after the act, each with his own sign-in, on the page of the certificate or over the API.",
        );
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use office::{Opening, Sender, folder::Folder};
    use registry::{Command, custody::Act};

    use super::*;
    use crate::Arguments;

    /// What a command says on its two streams, and its exit code.
    async fn says(office: &Office, arguments: &str) -> Result<(String, String, u8), String> {
        answers(office, arguments, &[]).await
    }

    /// The same, where lines are typed to it.
    async fn answers(
        office: &Office,
        arguments: &str,
        typed: &[&str],
    ) -> Result<(String, String, u8), String> {
        let all = ["chancery"].into_iter().chain(arguments.split(' '));
        let command = Arguments::try_parse_from(all).unwrap().command;
        let (say, mut said) = tokio::sync::mpsc::unbounded_channel();
        let (pass_in, lines) = tokio::sync::mpsc::unbounded_channel();
        typed.iter().for_each(|line| pass_in.send((*line).to_owned()).unwrap());
        drop(pass_in);
        let mut terminal = Terminal::of_guest("/".into(), say).hearing(lines);
        let code = command.on(office, &mut terminal).await.map_err(|e| crate::output::complaint(&e))?;
        drop(terminal);
        let (mut out, mut notes) = (String::new(), String::new());
        while let Some(said) = said.recv().await {
            match said {
                Said::Out(text) => out.push_str(&text),
                Said::Note(line) => notes.push_str(&line),
                _ => {}
            }
        }
        Ok((out, notes, code))
    }

    #[tokio::test]
    async fn each_sees_on_the_command_line_what_he_sees_on_his_pages() {
        let dir = tempfile::tempdir().unwrap();
        let opening = Opening { index: false, ..Opening::of(Folder::at(dir.path().join("data"))) };
        office::demo::build(opening.clone(), |_, _| ()).await.unwrap();
        let office = Office::open(opening).await.unwrap();

        let (own, ..) = says(&office, "holdings X --as hruskova").await.unwrap();
        assert_eq!(own.lines().count(), 2, "{own}");
        assert!(own.contains("HQR-") && own.contains("Hrušková") && own.contains("held"), "{own}");
        let (json, ..) = says(&office, "holdings X --as figueiredo --person hruskova --json").await.unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((json[0]["state"].as_str(), json[0]["pages"].as_u64()), (Some("held"), Some(4)));
        let (csv, ..) = says(&office, "holdings X --as figueiredo --registry hqr --csv").await.unwrap();
        assert!(csv.starts_with("copy,registry,paper,marking,state,with,receipt,since,pages\r\n"), "{csv}");
        assert!(
            csv.contains(",under-way,") && csv.contains("Safe 4") && !csv.contains(",destroyed,"),
            "{csv}"
        );
        // Whoever is not of the staff has no list of others' copies.
        for asked in
            ["holdings X --as hruskova --registry HQR", "receipts X --as ahlgren", "destroy X --as ahlgren"]
        {
            assert!(says(&office, asked).await.unwrap_err().contains("(not-found)"), "{asked}");
        }

        let (due, _, code) = says(&office, "receipts X --as figueiredo").await.unwrap();
        assert!(due.contains("Danish mission") && due.contains("waiting") && code == 0, "{due}");
        let (late, _, code) = says(&office, "receipts X --as figueiredo --late").await.unwrap();
        assert_eq!((late.lines().count(), code), (1, 0), "{late}");

        let clerk = office.person_named("figueiredo").await.unwrap();
        let mut reading = office.read_as(clerk).await.unwrap();
        let registry = reading.custody_registries().into_iter().find(|r| r.code == "HQR").unwrap().id;
        let wanted = Wanted { standings: &["held"], ..Wanted::default() };
        let copies = reading.copies(registry, &wanted, Order::Number, Slice::ALL).await.unwrap().rows;
        let at_hand = copies.iter().find(|row| row.view.copy.holder.is_registry()).unwrap().view.copy.id;
        drop(reading);
        let act = Box::new(Act::DrawUp { copies: vec![at_hand], method: "Burned".into() });
        let command = Command::Custody { registry, act };
        office.command(Sender::person(clerk), office.new_command(), command).await.unwrap();
        let (waits, note, _) = says(&office, "destroy X --as figueiredo --registry HQR").await.unwrap();
        assert!(waits.contains("Burned") && waits.contains("destroyer"), "{waits}");
        assert!(note.contains("Nothing is signed here"), "{note}");
        books_and_musters(&office).await;
    }

    async fn books_and_musters(office: &Office) {
        let (all, ..) = says(office, "books X equipment --as figueiredo").await.unwrap();
        assert!(all.contains("Safe 4") && all.contains("combination") && all.contains("DISK-07"), "{all}");
        let (past, ..) = says(office, "books X packages --as figueiredo --all --json").await.unwrap();
        let past: Value = serde_json::from_str(&past).unwrap();
        assert_eq!(past[0]["stage"], "assigned", "{past}");
        let strange = says(office, "books X packages --as ahlgren").await;
        assert!(strange.unwrap_err().contains("(not-found)"));

        let (musters, ..) = says(office, "muster X --as figueiredo --registry HQR --json").await.unwrap();
        let musters: Value = serde_json::from_str(&musters).unwrap();
        let counting = musters.as_array().unwrap().iter().find(|row| row["state"] == "counting").unwrap();
        let number = counting["muster"].as_str().unwrap();
        let (held, ..) = says(office, "holdings X --as hruskova --json").await.unwrap();
        let held: Value = serde_json::from_str(&held).unwrap();
        let copy = held[0]["copy"].as_str().unwrap();
        let count = format!("muster X --as figueiredo --count {number}");
        let typed = [copy, "", "NS-9999/2026/1", &format!("{copy}\t4")];
        let (told, notes, code) = answers(office, &count, &typed).await.unwrap();
        assert!(told.contains(&format!("{copy} sighted\nNS-9999/2026/1: not sighted\n{copy}")), "{told}");
        assert!(notes.contains("(copy-unknown)") && notes.contains("(sighted-already)"), "{notes}");
        assert!(notes.contains("to be found"), "{notes}");
        assert_eq!(code, 1);
        let nowhere = says(office, "muster X --as figueiredo --count M-9999/2026").await;
        assert!(nowhere.unwrap_err().contains("there is no muster"));
    }
}
