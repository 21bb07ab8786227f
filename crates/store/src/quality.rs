//! How good the register's words are: of the papers that a viewer may read, how many break which rule of the house, by
//! registry, originator, who registered them and month; and the papers themselves. Computed at each look, by aggregates
//! over the classes that the viewer reads; nothing is kept.

use std::collections::BTreeMap;

use registry::{
    AccessRule, DocumentId, PersonId, RegistryScope,
    quality::{Check, Field, Profile, Rule},
};

use crate::{
    documents::{self, COLUMNS, Order, Place},
    error::StoreError,
    sql::{Conn, Engine, Row, Value, among, built},
    values,
    visible::{EntryView, Page, PageKey, Visible},
};

/// Most classes of counted papers that are named at once; a viewer of more is asked in turns.
const CLASSES: usize = 4_096;
/// Most classes of the papers beside them that are looked at (SQLite binds at most 32,766 values).
const BESIDE: usize = 16_384;
/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// By how much a clock of the house may be before that of the register: the time zone farthest east.
const AHEAD: i64 = 14 * 3_600_000_000;

/// What the rules are asked with.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The rules of the house.
    pub profile: &'a Profile,
    /// The names of bodies of the house, as addressees may be written.
    pub known: &'a [String],
    /// Whether a rule of access is of a policy, by name, and says nothing of release.
    pub silent: &'a (dyn Fn(&AccessRule, &str) -> bool + Send + Sync),
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asked({} rules)", self.profile.rules.len())
    }
}

/// By what papers are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// All together.
    All,
    /// By originator.
    Originator,
    /// By who registered them.
    Registrar,
    /// By the day of registration, in days since 1970-01-01.
    Day,
}

/// What papers counted together have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Nothing in particular.
    All,
    /// The originator; empty: none is named.
    Originator(String),
    /// Who registered them.
    Registrar(PersonId),
    /// The day of registration.
    Day(i64),
}

/// Which papers are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Only of this originator; empty: of none.
    pub originator: Option<String>,
    /// Only registered by one of these.
    pub registrars: Option<Vec<PersonId>>,
    /// Only registered from this day to that, in days since 1970-01-01.
    pub days: Option<(i64, i64)>,
    /// Only this one.
    pub document: Option<DocumentId>,
}

/// Papers counted together: how many there are, and for each rule of how many it is asked and how many break it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// How many papers.
    pub documents: u64,
    /// For each rule, of how many papers it is asked.
    pub asked: Vec<u64>,
    /// For each rule, how many papers break it.
    pub broken: Vec<u64>,
}

impl Counted {
    /// Adds the counts of other papers.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        for (all, more) in [(&mut self.asked, &other.asked), (&mut self.broken, &other.broken)] {
            all.resize(all.len().max(more.len()), 0);
            all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        }
    }
}

/// A statement that is being written: its values by their places.
struct Statement {
    values: Vec<Value>,
}

impl Statement {
    fn add(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
    fn all(&mut self, wanted: impl Iterator<Item: Into<Value>>) -> String {
        among(&mut self.values, wanted)
    }
}

/// Some classes as a condition; none of them: never true.
fn of_classes(statement: &mut Statement, column: &str, classes: &[u32]) -> String {
    if classes.is_empty() {
        return "1 = 0".to_owned();
    }
    format!("{column} IN ({})", statement.all(classes.iter().copied()))
}

/// Which papers `d` a rule is asked of.
fn applies(statement: &mut Statement, rule: &Rule) -> String {
    let mut parts = Vec::new();
    if !rule.directions.is_empty() {
        let words = statement.all(rule.directions.iter().map(|d| d.as_str()));
        parts.push(format!("d.direction IN ({words})"));
    }
    if !rule.kinds.is_empty() {
        let words = statement.all(rule.kinds.iter());
        parts.push(format!("d.kind IN ({words})"));
    }
    if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") }
}

/// The classes, of those given, whose rule is such.
fn classes_with(place: &Place<'_>, classes: &[u32], wanted: impl Fn(&AccessRule) -> bool) -> Vec<u32> {
    let has = |class: &u32| crate::classes::rule(place.rules, *class).is_some_and(|rule| wanted(rule));
    classes.iter().copied().filter(has).collect()
}

/// Which papers are compared: those of a turn, and those that the viewer may read at all.
struct Among<'a> {
    /// The classes of this turn.
    turn: &'a [u32],
    /// The condition that a paper `x` is one that the viewer may read. Only such papers are ever compared with: else a
    /// figure would tell of hidden ones.
    read: &'a str,
    /// In whose words the statement is.
    engine: Engine,
}

/// When a paper `d` breaks a rule.
fn breaks(
    statement: &mut Statement,
    place: &Place<'_>,
    asked: Asked<'_>,
    rule: &Rule,
    among_these: &Among<'_>,
) -> String {
    let Among { turn, read, engine } = among_these;
    let of =
        |table: &str| format!("{table}.registry_id = d.registry_id AND {table}.document_id = d.document_id");
    match &rule.check {
        Check::Missing { field } => match field {
            Field::Date => "d.date_civil IS NULL AND COALESCE(d.date_written, '') = ''".to_owned(),
            Field::Day => "d.date_civil IS NULL".to_owned(),
            Field::Originator => "COALESCE(d.originator, '') = ''".to_owned(),
            Field::Language => "d.language = ''".to_owned(),
            Field::Addressee => {
                format!("NOT EXISTS (SELECT 1 FROM addressee a WHERE {})", of("a"))
            }
            Field::Reference => format!(
                "NOT EXISTS (SELECT 1 FROM document_reference r WHERE {} AND r.kind = 'originator')",
                of("r")
            ),
            Field::Text => format!(
                "d.held_elsewhere IS NULL AND NOT EXISTS (SELECT 1 FROM version v WHERE {} AND v.reading IN ('text', 'recognised'))",
                of("v")
            ),
        },
        Check::ShortSubject { words } => {
            let least = statement.add(i64::from(*words));
            format!("LENGTH(TRIM(d.subject)) - LENGTH(REPLACE(TRIM(d.subject), ' ', '')) + 1 < {least}")
        }
        Check::FileNameSubject => format!(
            "EXISTS (SELECT 1 FROM version v WHERE {} AND (v.file_name = d.subject OR (SUBSTR(v.file_name, 1, LENGTH(d.subject)) = d.subject AND SUBSTR(v.file_name, LENGTH(d.subject) + 1, 1) = '.')))",
            of("v")
        ),
        Check::UnknownReference => format!(
            "EXISTS (SELECT 1 FROM document_reference r WHERE {0} AND r.kind <> 'register') AND NOT EXISTS (SELECT 1 FROM document_reference s WHERE {1} AND s.kind <> 'register' AND s.of_series IS NOT NULL)",
            of("r"),
            of("s")
        ),
        Check::AfterRegistration => {
            format!("d.date_civil IS NOT NULL AND d.day > (d.registered_at + {AHEAD}) / {DAY}")
        }
        Check::BeforeOriginator => {
            let each: Vec<String> = asked
                .profile
                .originators
                .iter()
                .map(|since| {
                    let name = statement.add(since.name.clone());
                    let first = statement.add(registry::query::day_number(since.since));
                    format!("(d.originator = {name} AND d.day < {first})")
                })
                .collect();
            match each.is_empty() {
                true => "1 = 0".to_owned(),
                false => format!("d.date_civil IS NOT NULL AND ({})", each.join(" OR ")),
            }
        }
        Check::NoRelease { policy } => {
            let silent = classes_with(place, turn, |rule| (asked.silent)(rule, policy));
            of_classes(statement, "d.class_no", &silent)
        }
        // Known is whoever the house knows, a part of him ("Allied Staff, Archives"), and whoever is named twice.
        Check::UnknownAddressee => {
            let names = asked.profile.addressees.iter().map(|n| &n.name);
            let known = statement.all(asked.known.iter().chain(names));
            let comma = engine.position("a.name", "','");
            let stranger = match known.is_empty() {
                true => String::new(),
                false => format!(
                    " AND a.name NOT IN ({known}) AND CASE WHEN {comma} > 0 THEN SUBSTR(a.name, 1, {comma} - 1) ELSE a.name END NOT IN ({known})"
                ),
            };
            format!(
                "EXISTS (SELECT 1 FROM addressee a WHERE {}{stranger} AND a.name NOT IN (SELECT y.name FROM addressee y JOIN document x ON x.registry_id = y.registry_id AND x.document_id = y.document_id WHERE y.registry_id = $1 AND {read} GROUP BY y.name HAVING COUNT(DISTINCT y.document_id) > 1))",
                of("a")
            )
        }
        Check::SharedReference => {
            format!(
                "EXISTS (SELECT 1 FROM document_reference r JOIN document_reference o ON o.registry_id = r.registry_id AND o.reference_key = r.reference_key AND o.document_id <> r.document_id AND o.kind = 'originator' JOIN document x ON x.registry_id = o.registry_id AND x.document_id = o.document_id WHERE {} AND r.kind = 'originator' AND {read})",
                of("r")
            )
        }
        Check::Undetermined => {
            let open = classes_with(place, turn, |rule| rule.content.is_none());
            of_classes(statement, "d.class_no", &open)
        }
    }
}

/// What narrows the papers, beyond their classes.
fn narrowed(statement: &mut Statement, narrow: &Narrow) -> String {
    let mut parts = String::new();
    if let Some(originator) = &narrow.originator {
        let name = statement.add(originator.clone());
        parts.push_str(&format!(" AND COALESCE(d.originator, '') = {name}"));
    }
    if let Some(registrars) = &narrow.registrars {
        match registrars.is_empty() {
            true => parts.push_str(" AND 1 = 0"),
            false => {
                let all = statement.all(registrars.iter().copied());
                parts.push_str(&format!(" AND d.registered_by IN ({all})"));
            }
        }
    }
    if let Some((first, last)) = narrow.days {
        let (from, to) = (first.saturating_mul(DAY), last.saturating_add(1).saturating_mul(DAY));
        let (from, to) = (statement.add(from), statement.add(to));
        parts.push_str(&format!(" AND d.registered_at >= {from} AND d.registered_at < {to}"));
    }
    if let Some(document) = narrow.document {
        let id = statement.add(document);
        parts.push_str(&format!(" AND d.document_id = {id}"));
    }
    parts
}

fn key(by: By, row: &Row) -> Result<Key, StoreError> {
    Ok(match by {
        By::All => Key::All,
        By::Originator => Key::Originator(row.text(0)?),
        By::Registrar => Key::Registrar(row.id(0)?),
        By::Day => Key::Day(row.int(0)?),
    })
}

/// The classes that a viewer reads, in turns.
fn turns(scope: &RegistryScope) -> Vec<Vec<u32>> {
    let all: Vec<u32> = scope.read.iter().collect();
    all.chunks(CLASSES).map(<[u32]>::to_vec).collect()
}

/// How many of the papers of a registry that the viewer may read break which rule.
pub async fn counted(
    conn: &mut Conn,
    place: Place<'_>,
    asked: Asked<'_>,
    by: By,
    narrow: &Narrow,
) -> Result<Visible<BTreeMap<Key, Counted>>, StoreError> {
    let mut all: BTreeMap<Key, Counted> = BTreeMap::new();
    let everything: Vec<u32> = place.scope.read.iter().take(BESIDE).collect();
    for classes in turns(place.scope) {
        let mut statement = Statement { values: values![place.registry] };
        let read = of_classes(&mut statement, "x.class_no", &everything);
        let these = Among { turn: &classes, read: &read, engine: conn.engine() };
        let column = match by {
            By::All => "COUNT(*)",
            By::Originator => "COALESCE(d.originator, '')",
            By::Registrar => "d.registered_by",
            By::Day => "d.registered_at / 86400000000",
        };
        let mut sums = String::new();
        for rule in &asked.profile.rules {
            let applies = applies(&mut statement, rule);
            let breaks = breaks(&mut statement, &place, asked, rule, &these);
            sums.push_str(&format!(
                ", SUM(CASE WHEN {applies} THEN 1 ELSE 0 END), SUM(CASE WHEN {applies} AND ({breaks}) THEN 1 ELSE 0 END)"
            ));
        }
        let read = of_classes(&mut statement, "d.class_no", &classes);
        let narrowed = narrowed(&mut statement, narrow);
        let group = if by == By::All { String::new() } else { format!(" GROUP BY {column}") };
        let sql = format!(
            "SELECT {column}, COUNT(*){sums} FROM document d WHERE d.registry_id = $1 AND {read}{narrowed}{group}"
        );
        for row in conn.all(built(sql), statement.values).await? {
            let documents = row.number(1)?;
            if documents == 0 {
                continue;
            }
            let mut counts = Counted { documents, ..Counted::default() };
            for n in 0..asked.profile.rules.len() {
                counts.asked.push(row.number(2 + 2 * n)?);
                counts.broken.push(row.number(3 + 2 * n)?);
            }
            all.entry(key(by, &row)?).or_default().add(&counts);
        }
    }
    Ok(Visible::new(all))
}

/// A page of the papers of a registry that the viewer may read and that break a rule, the newest by date first.
pub async fn broken(
    conn: &mut Conn,
    place: Place<'_>,
    asked: Asked<'_>,
    rule: &Rule,
    narrow: &Narrow,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, StoreError> {
    let everything: Vec<u32> = place.scope.read.iter().take(BESIDE).collect();
    let mut rows = Vec::new();
    for classes in turns(place.scope) {
        let mut statement = Statement { values: values![place.registry, documents::limit_of(limit + 1)] };
        let read = of_classes(&mut statement, "x.class_no", &everything);
        let these = Among { turn: &classes, read: &read, engine: conn.engine() };
        let applies = applies(&mut statement, rule);
        let breaks = breaks(&mut statement, &place, asked, rule, &these);
        let read = of_classes(&mut statement, "d.class_no", &classes);
        let mut narrowed = narrowed(&mut statement, narrow);
        if let Some(key) = after {
            let (order, document) = (statement.add(key.order), statement.add(key.document));
            narrowed.push_str(&format!(" AND (d.day, d.document_id) < ({order}, {document})"));
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM document d WHERE d.registry_id = $1 AND {read} AND {applies} AND ({breaks}){narrowed} ORDER BY d.day DESC, d.document_id DESC LIMIT $2"
        );
        for row in conn.all(built(sql), statement.values).await? {
            rows.extend(documents::entry(&place, Order::Newest, &row)?);
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.key.order, row.document)));
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Page { rows, more })
}
