//! What the tests share: the house's words, series and policies, and tables written as text.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::date;
use label::{Policies, Policy};
use oldregister::{Code, Headings, Plan, Row, Settings, Table, plan, propose};
use proposal::{Vocabulary, Words};
use registry::document::Direction;
use registry::series::Catalogue;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../house")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("a file of the house")
}

pub static HEADINGS: LazyLock<Headings> = LazyLock::new(|| Headings::parse(&text("registers.toml")).unwrap());
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let (nato, eu) = (text("series/nato.toml"), text("series/eu.toml"));
    Catalogue::read([("nato.toml", nato.as_str()), ("eu.toml", eu.as_str())]).unwrap()
});
pub static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
    let read = |name: &str| Policy::parse(text(&format!("policies/{name}.xml")).as_bytes()).unwrap();
    Policies::new(["nato", "eu", "us-historic"].map(read)).unwrap()
});
pub static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(&POLICIES, &Words::parse(&text("proposals.toml")).unwrap()));

pub fn settings() -> Settings<'static> {
    Settings {
        catalogue: &CATALOGUE,
        vocabulary: &VOCABULARY,
        policy: None,
        today: date(2026, 3, 12),
        direction: Direction::Incoming,
        kind: "document".into(),
        language: "en".into(),
        held_elsewhere: "Old register, strong room".into(),
        counting: None,
        label: None,
        series: None,
        rest: false,
    }
}

/// A table of lines with cells parted by strokes; a line's number is its row.
pub fn table(lines: &str) -> Table {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().replace("\\n", "\n")).collect();
    let rows = (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty());
    let rows = rows.map(|(number, line)| Row { number, hidden: false, cells: cells(line) }).collect();
    Table { name: "Register".into(), cut: false, rows }
}

pub fn planned(lines: &str) -> Plan {
    let table = table(lines);
    plan(&table, &propose(&table, &HEADINGS), &settings()).unwrap()
}

/// The problems as `row column code detail`.
pub fn told(plan: &Plan) -> Vec<String> {
    let code = |code: Code| serde_json::to_value(code).unwrap().as_str().unwrap().to_owned();
    let one = |p: &oldregister::Problem| {
        let column = p.column.map(|c| char::from(b'A' + c as u8).to_string()).unwrap_or_default();
        let other = p.other_row.map(|row| format!("of {row}"));
        let detail = p.detail.clone().or(other).unwrap_or_default();
        format!("{column}{} {} {detail}", p.row, code(p.code)).trim_end().to_owned()
    };
    plan.problems.iter().map(one).collect()
}
