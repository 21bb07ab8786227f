//! A document as it is indexed, and its encoding into fields.

use std::collections::BTreeSet;

use registry::{
    ClassNumber, DocumentId, RegistryId,
    words::{TextLanguage, fold_value, words},
};

use super::{
    Encoded,
    fields::{self, Fields},
};

/// What the index is told of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDocument {
    /// Where it is registered.
    pub registry: RegistryId,
    /// Its access class there: who may read it.
    pub class: ClassNumber,
    /// Which document.
    pub document: DocumentId,
    /// Its civil date, in days since 1970-01-01; none: undated.
    pub day: Option<i64>,
    /// The year of its civil date.
    pub year: Option<i16>,
    /// In which language its words are stemmed.
    pub language: TextLanguage,
    /// The subject line.
    pub subject: String,
    /// The text rendition; empty where there is none.
    pub body: String,
    /// Who wrote or sent it; empty where nobody is named.
    pub originator: String,
    /// To whom it went, for action or information.
    pub addressees: Vec<String>,
    /// Its references, as `registry::reference::key` writes them.
    pub reference_keys: Vec<String>,
    /// The keys of the references that stand in its text.
    pub cites: Vec<String>,
    /// Its kind, as given.
    pub kind: String,
    /// Its full marking in English; empty: undetermined.
    pub marking: String,
    /// The other names under which `marking:` finds it: its level's name and the short codes of that.
    pub level_names: Vec<String>,
}

/// Values longer than this are not looked up: nothing that is a value is so long.
const LONGEST_VALUE: usize = 4_000;

impl IndexDocument {
    pub(super) fn encode(&self, fields: &Fields) -> Encoded {
        let mut out = Encoded::default();
        out.add_bytes(fields.key, &fields::key(self.registry, self.document));
        out.add_bytes(fields.class, &fields::class(self.registry, self.class));
        let text = fields.text(self.language);
        // Two values of one field: the library leaves a gap between them, so that no phrase crosses.
        out.add_text(text, &self.subject);
        out.add_text(text, &self.body);
        let mut look_up = |field, values: BTreeSet<String>| {
            for value in values.iter().filter(|v| !v.is_empty() && v.len() <= LONGEST_VALUE) {
                out.add_bytes(field, value.as_bytes());
            }
        };
        look_up(fields.from, folded(std::iter::once(&self.originator)));
        look_up(fields.to, folded(self.addressees.iter()));
        look_up(fields.reference, self.reference_keys.iter().cloned().collect());
        look_up(fields.cites, self.cites.iter().cloned().collect());
        let names = std::iter::once(&self.marking).chain(&self.level_names);
        look_up(fields.marking, names.map(|name| fold_value(name)).collect());
        look_up(fields.kind, BTreeSet::from([fold_value(&self.kind)]));
        // Every document has a value in every column, so that a column is an array; empty stands for none.
        out.add_bytes(fields.marking_given, short(&self.marking));
        out.add_bytes(fields.kind_given, short(&self.kind));
        out.add_bytes(fields.originator_given, short(&self.originator));
        out.add_bytes(fields.year, self.year.map(year_text).unwrap_or_default().as_bytes());
        out.add_u64(fields.day, fields::day_key(self.day));
        let length = words(&self.subject).count() + words(&self.body).count();
        out.add_u64(fields.length, u64::try_from(length).unwrap_or(u64::MAX));
        let (high, low) = fields::id_halves(self.document);
        out.add_u64(fields.id_high, high);
        out.add_u64(fields.id_low, low);
        out
    }
}

fn short(value: &str) -> &[u8] {
    value.get(..value.floor_char_boundary(LONGEST_VALUE)).unwrap_or_default().as_bytes()
}

fn folded<'a>(texts: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    texts.flat_map(|text| words(text)).map(|word| word.folded.into_owned()).collect()
}

/// A year as facets and `year:` have it.
pub(super) fn year_text(year: i16) -> String {
    format!("{year:04}")
}
