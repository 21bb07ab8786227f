//! The fields of the index: what is looked up and what is kept beside each document. None is stored to be read back.

use registry::{DocumentId, RegistryId, words::TextLanguage};
use tantivy::schema::{BytesOptions, FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::analysis;

/// The columns of which facets are counted, in the order of [`super::Facets`]; registries come from the class.
pub(super) const FACETS: [&str; 4] = ["marking-as-given", "kind-as-given", "originator-as-given", "year"];
pub(super) const CLASS: &str = "class";
pub(super) const DAY: &str = "day";
pub(super) const LENGTH: &str = "length";
pub(super) const ID_HIGH: &str = "id-high";
pub(super) const ID_LOW: &str = "id-low";

/// Each field by its number.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Registry and document: what a removal names.
    pub key: Field,
    /// Registry and access class, looked up and counted.
    pub class: Field,
    /// Subject and body, one field a language so that each is asked for its own stems.
    english: Field,
    french: Field,
    other: Field,
    /// Folded words of the originator and of the addressees, folded values of the rest.
    pub from: Field,
    pub to: Field,
    pub reference: Field,
    pub cites: Field,
    pub marking: Field,
    pub kind: Field,
    pub year: Field,
    /// Values as given, for facets.
    pub marking_given: Field,
    pub kind_given: Field,
    pub originator_given: Field,
    pub day: Field,
    pub length: Field,
    pub id_high: Field,
    pub id_low: Field,
}

impl Fields {
    pub fn text(&self, language: TextLanguage) -> Field {
        match language {
            TextLanguage::English => self.english,
            TextLanguage::French => self.french,
            TextLanguage::Other => self.other,
        }
    }
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let looked_up = || BytesOptions::default().set_indexed();
    let mut text = |name, language| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analysis::name(language))
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let english = text("text-en", TextLanguage::English);
    let french = text("text-fr", TextLanguage::French);
    let other = text("text-xx", TextLanguage::Other);
    let [marking_given, kind_given, originator_given, year] = FACETS;
    let fields = Fields {
        key: schema.add_bytes_field("key", looked_up()),
        class: schema.add_bytes_field(CLASS, looked_up().set_fast()),
        english,
        french,
        other,
        from: schema.add_bytes_field("from", looked_up()),
        to: schema.add_bytes_field("to", looked_up()),
        reference: schema.add_bytes_field("reference", looked_up()),
        cites: schema.add_bytes_field("cites", looked_up()),
        marking: schema.add_bytes_field("marking", looked_up()),
        kind: schema.add_bytes_field("kind", looked_up()),
        marking_given: schema.add_bytes_field(marking_given, FAST),
        kind_given: schema.add_bytes_field(kind_given, FAST),
        originator_given: schema.add_bytes_field(originator_given, FAST),
        year: schema.add_bytes_field(year, looked_up().set_fast()),
        day: schema.add_u64_field(DAY, FAST),
        length: schema.add_u64_field(LENGTH, FAST),
        id_high: schema.add_u64_field(ID_HIGH, FAST),
        id_low: schema.add_u64_field(ID_LOW, FAST),
    };
    (schema.build(), fields)
}

/// Under which a document is removed.
pub(super) fn key(registry: RegistryId, document: DocumentId) -> [u8; 32] {
    let mut key = [0; 32];
    let bytes = registry.bytes().iter().chain(document.bytes());
    key.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    key
}

/// An access class of a registry.
pub(super) fn class(registry: RegistryId, class: u32) -> [u8; 20] {
    let mut key = [0; 20];
    let number = class.to_be_bytes();
    key.iter_mut().zip(registry.bytes().iter().chain(&number)).for_each(|(to, from)| *to = *from);
    key
}

/// Reads [`class`] back.
pub(super) fn class_of(key: &[u8]) -> Option<(RegistryId, u32)> {
    let (registry, class) = key.split_at_checked(16)?;
    Some((RegistryId::new(registry.try_into().ok()?), u32::from_be_bytes(class.try_into().ok()?)))
}

/// So far from 1970 a day may lie; beyond, it is held to lie there.
const FARTHEST: i64 = 1 << 40;

/// A day as the column has it: later days are greater, undated is the smallest.
pub(super) fn day_key(day: Option<i64>) -> u64 {
    day.map_or(0, |day| u64::try_from(day.clamp(-FARTHEST, FARTHEST) + FARTHEST + 1).unwrap_or(0))
}

/// Reads [`day_key`] back.
pub(super) fn day_of(key: u64) -> Option<i64> {
    (key > 0).then(|| i64::try_from(key).ok().map(|key| key - FARTHEST - 1)).flatten()
}

/// A document's identifier as two columns have it.
pub(super) fn id_halves(document: DocumentId) -> (u64, u64) {
    let whole = u128::from_be_bytes(*document.bytes());
    let low = u64::try_from(whole & u128::from(u64::MAX)).unwrap_or(0);
    (u64::try_from(whole >> 64).unwrap_or(0), low)
}

/// Reads [`id_halves`] back, as a number in the order of the bytes.
pub(super) fn id_whole(high: u64, low: u64) -> u128 {
    (u128::from(high) << 64) | u128::from(low)
}
