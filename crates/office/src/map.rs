//! A map says how the items of somebody's manifest become registrations: data, no code. The language is told at the
//! top of `house/maps/frus.toml`.

use std::collections::{BTreeMap, BTreeSet};

use label::{NamedLabel, Policies};
use registry::{
    DocumentDate,
    document::{Direction, Register},
    reference::{Reference, ReferenceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// A map, read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The form of the manifest.
    pub format: Format,
    fields: Fields,
    #[serde(default)]
    references: References,
    marking: Option<Marking>,
    filing: Option<Filing>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filing {
    path: Source,
}

/// The form of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// The first row names the columns.
    Csv,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    identifier: Source,
    file: Option<Source>,
    subject: Source,
    kind: Source,
    direction: Source,
    language: Source,
    date: Option<Source>,
    originator: Option<Source>,
    action: Option<Source>,
    info: Option<Source>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct References {
    originator: Option<Source>,
    other: Option<Source>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Source {
    Field(String),
    Several(Vec<String>),
    Changed(Changed),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    field: Option<String>,
    join: Option<Vec<String>>,
    with: Option<String>,
    always: Option<String>,
    split: Option<String>,
    #[serde(default)]
    drop_leading_number: bool,
    #[serde(rename = "as")]
    form: Option<Form>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    Kebab,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marking {
    policy: String,
    level_field: String,
    caveat_field: Option<String>,
    category_set: Option<String>,
    handling_set: Option<String>,
    levels: BTreeMap<String, String>,
    #[serde(default)]
    categories: BTreeMap<String, Target>,
    #[serde(default)]
    handling: BTreeMap<String, Target>,
    #[serde(default)]
    synonyms: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Target {
    Name(String),
    Of { set: String, value: String },
}

/// One line of a manifest: names and values.
pub type Item = serde_json::Map<String, Value>;

impl Format {
    /// The items of a manifest; a line that can't be read is an item that failed.
    pub fn items(self, text: &str) -> Result<Vec<Result<Item, String>>, String> {
        match self {
            Format::Jsonl => Ok(text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| serde_json::from_str::<Item>(line).map_err(|e| e.to_string()))
                .collect()),
            Format::Csv => {
                let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
                let names = rows.headers().map_err(|e| e.to_string())?.clone();
                Ok(rows
                    .records()
                    .map(|row| {
                        let row = row.map_err(|e| e.to_string())?;
                        let cell = |(name, value): (&str, &str)| (name.to_owned(), value.into());
                        Ok(names.iter().zip(row.iter()).map(cell).collect())
                    })
                    .collect())
            }
        }
    }
}

/// An item, mapped.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// What names it in messages and on a second run.
    pub identifier: String,
    /// Its file, relative to the manifest.
    pub file: Option<String>,
    /// What is registered; the content is added later.
    pub document: Register,
    /// The files in which it stands, from general to specific, by name.
    pub path: Vec<String>,
}

impl Map {
    /// Reads a map.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }

    /// What an item is called, even when the rest of it can't be mapped.
    pub fn identifier(&self, item: &Item) -> Option<String> {
        self.fields.identifier.one(item)
    }

    /// Maps an item. The error says in words what the map does not cover.
    pub fn apply(&self, item: &Item, policies: &Policies) -> Result<Mapped, String> {
        let fields = &self.fields;
        let required = |name: &str, source: &Source| source.one(item).ok_or(format!("no value for {name}"));
        let optional = |source: &Option<Source>| source.as_ref().and_then(|s| s.one(item));
        let many = |source: &Option<Source>| source.as_ref().map(|s| s.all(item)).unwrap_or_default();
        let direction = required("direction", &fields.direction)?;
        let direction = Direction::named(&direction)
            .ok_or_else(|| format!("direction {direction} is none of the four"))?;
        let date = optional(&fields.date)
            .map(|text| DocumentDate::parse(&text).map_err(|_| format!("date {text} is no date")))
            .transpose()?;
        let reference = |kind| move |text| Reference::new(kind, text);
        let mut references: Vec<Reference> =
            many(&self.references.originator).into_iter().map(reference(ReferenceKind::Originator)).collect();
        references.extend(many(&self.references.other).into_iter().map(reference(ReferenceKind::Other)));
        let label = match &self.marking {
            Some(marking) => marking.label(item, policies)?,
            None => None,
        };
        Ok(Mapped {
            identifier: required("identifier", &fields.identifier)?,
            file: optional(&fields.file),
            document: Register {
                date,
                language: required("language", &fields.language)?,
                originator: optional(&fields.originator),
                references,
                label,
                action: many(&fields.action),
                info: many(&fields.info),
                ..Register::plain(
                    direction,
                    required("kind", &fields.kind)?,
                    required("subject", &fields.subject)?,
                )
            },
            path: self.filing.as_ref().map(|filing| filing.path.all(item)).unwrap_or_default(),
        })
    }
}

impl Source {
    fn one(&self, item: &Item) -> Option<String> {
        self.all(item).into_iter().next()
    }

    fn all(&self, item: &Item) -> Vec<String> {
        match self {
            Source::Field(name) => values(item, name),
            Source::Several(names) => names.iter().flat_map(|name| values(item, name)).collect(),
            Source::Changed(changed) => changed.all(item),
        }
    }
}

impl Changed {
    fn all(&self, item: &Item) -> Vec<String> {
        let found = if let Some(text) = &self.always {
            vec![text.clone()]
        } else if let Some(names) = &self.join {
            let mut parts: Vec<String> =
                names.iter().filter_map(|n| values(item, n).into_iter().next()).collect();
            if self.drop_leading_number
                && let Some(first) = parts.first_mut()
            {
                *first = without_number(first).to_owned();
            }
            let joined = parts.join(self.with.as_deref().unwrap_or(" "));
            if joined.is_empty() { Vec::new() } else { vec![joined] }
        } else {
            let mut all = self.field.as_ref().map(|n| values(item, n)).unwrap_or_default();
            if let Some(sign) = self.split.as_deref().filter(|s| !s.is_empty()) {
                all = all.iter().flat_map(|v| v.split(sign)).map(|v| v.trim().to_owned()).collect();
            }
            if self.drop_leading_number {
                all = all.iter().map(|v| without_number(v).to_owned()).collect();
            }
            all
        };
        let formed = found.into_iter().map(|text| match self.form {
            Some(Form::Kebab) => kebab(&text),
            None => text,
        });
        formed.filter(|text| !text.trim().is_empty()).collect()
    }
}

fn values(item: &Item, name: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    match item.get(name) {
        Some(Value::Array(all)) => all.iter().filter_map(text).collect(),
        Some(value) => text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// `12. Letter From` without its number; `3.5 per cent` keeps its own.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('.') {
        Some(after) if rest.len() < text.len() && !after.starts_with(|c: char| c.is_ascii_digit()) => {
            after.trim_start()
        }
        _ => text,
    }
}

fn kebab(text: &str) -> String {
    let mut kebab = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            kebab.extend(c.to_lowercase());
        } else if !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
    }
    kebab.trim_end_matches('-').to_owned()
}

/// How words are compared: upper case, blanks folded.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase()
}

fn look_up<'a, T>(table: &'a BTreeMap<String, T>, word: &str) -> Option<&'a T> {
    table.iter().find(|(key, _)| fold(key) == word).map(|(_, value)| value)
}

impl Marking {
    fn label(&self, item: &Item, policies: &Policies) -> Result<Option<label::Label>, String> {
        let Some(level) = values(item, &self.level_field).into_iter().next() else { return Ok(None) };
        let level =
            look_up(&self.levels, &fold(&level)).ok_or_else(|| format!("level {level} is not in the map"))?;
        let mut categories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let caveats = self.caveat_field.as_ref().map(|f| values(item, f)).unwrap_or_default();
        for caveat in caveats {
            let (set, value) =
                self.fate(&fold(&caveat)).ok_or_else(|| format!("{caveat} is not in the map"))?;
            categories.entry(set).or_default().insert(value);
        }
        let named =
            NamedLabel { policy: self.policy.clone(), level: level.clone(), categories, privacy_mark: None };
        policies.resolve(&named).map(Some).map_err(|e| e.to_string())
    }

    fn fate(&self, word: &str) -> Option<(String, String)> {
        let word = look_up(&self.synonyms, word).map_or_else(|| word.to_owned(), |other| fold(other));
        let in_table = |table: &BTreeMap<String, Target>, set: &Option<String>| {
            look_up(table, &word).and_then(|target| match target {
                Target::Name(name) => set.clone().map(|set| (set, name.clone())),
                Target::Of { set, value } => Some((set.clone(), value.clone())),
            })
        };
        in_table(&self.categories, &self.category_set)
            .or_else(|| in_table(&self.handling, &self.handling_set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_of_the_historic_set_is_read_and_maps_an_item() {
        let map = Map::parse(include_str!("../../../house/maps/frus.toml")).unwrap();
        let policy = label::Policy::parse(crate::shipped::POLICIES[2].text.as_bytes()).unwrap();
        let policies = Policies::new([policy]).unwrap();
        let item: Item = serde_json::from_str(
            r#"{"id":"v/d1","title":"12. Letter From Nobody","subject":"Berlin","kind":"MINUTES/RECORD","date":"1955-06",
                "from":"Nobody","to":null,"number":"Secto 4","path":["Europe","Berlin"],"classification":"SECRET","caveats":["LIMIT DISTRIBUTION","LIMDIS"],"file":"txt/d1.txt"}"#,
        )
        .unwrap();
        let mapped = map.apply(&item, &policies).unwrap();
        assert_eq!(mapped.document.subject, "Letter From Nobody: Berlin");
        assert_eq!(mapped.document.kind, "minutes-record");
        assert_eq!(mapped.document.date.unwrap().written.as_deref(), Some("1955-06"));
        let references: Vec<_> = mapped.document.references.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(references, ["Secto 4", "v/d1"]);
        let label = mapped.document.label.unwrap();
        assert_eq!(label.categories.len(), 1);
        assert_eq!(mapped.path, ["Europe", "Berlin"]);

        let mut unknown = item.clone();
        unknown.insert("caveats".into(), serde_json::json!(["STRANGE"]));
        assert_eq!(map.apply(&unknown, &policies).unwrap_err(), "STRANGE is not in the map");
        let mut none = item;
        none.insert("classification".into(), Value::Null);
        assert_eq!(map.apply(&none, &policies).unwrap().document.label, None);
    }

    #[test]
    fn numbers_and_kinds_are_cut_as_the_language_says() {
        assert_eq!(without_number("80.Memorandum"), "Memorandum");
        assert_eq!(without_number("3.5 per cent"), "3.5 per cent");
        assert_eq!(without_number("Memorandum"), "Memorandum");
        assert_eq!(kebab("MEMORANDUM OF CONVERSATION"), "memorandum-of-conversation");
    }
}
