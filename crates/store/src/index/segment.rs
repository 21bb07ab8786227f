//! One state of the index as searches see it: its segments with their columns at hand.

use std::sync::Arc;

use registry::RegistryId;
use tantivy::{
    IndexReader, SegmentReader,
    columnar::{BytesColumn, ColumnValues},
    fastfield::AliveBitSet,
    index::SegmentId,
    postings::TermInfo,
};

use super::{
    Note,
    fields::{self, Fields},
    note_of,
};

/// A state of the index: what one commit made visible.
pub(super) struct View {
    pub segments: Vec<Segment>,
    pub note: Note,
}

impl View {
    /// The newest state that the reader has; what was opened for the state before is used again.
    pub fn new(
        index: &tantivy::Index,
        reader: &IndexReader,
        fields: &Fields,
        before: Option<&View>,
    ) -> tantivy::Result<Self> {
        let note = note_of(index.load_metas()?.payload.as_deref());
        let known = |id: SegmentId| {
            let same = |s: &&Segment| s.reader.segment_id() == id;
            before.and_then(|view| view.segments.iter().find(same)).map(|s| s.columns.clone())
        };
        let mut segments = Vec::new();
        for reader in reader.searcher().segment_readers() {
            let columns = match known(reader.segment_id()) {
                Some(columns) => columns,
                None => Arc::new(Columns::open(reader, fields)?),
            };
            segments.push(Segment { reader: reader.clone(), columns });
        }
        Ok(Self { segments, note })
    }
}

/// A part of the index.
pub(super) struct Segment {
    pub reader: SegmentReader,
    pub columns: Arc<Columns>,
}

impl Segment {
    pub fn alive(&self) -> Option<&AliveBitSet> {
        self.reader.alive_bitset()
    }
}

/// A column of small numbers that stand for values.
pub(super) struct Ordinals {
    pub of: Arc<dyn ColumnValues<u64>>,
    pub values: Vec<Box<str>>,
}

/// What is kept beside each document of a segment. A segment never changes, so neither does this.
pub(super) struct Columns {
    pub class: Arc<dyn ColumnValues<u64>>,
    /// By the numbers in `class`: the registry, the class, and where its documents are listed.
    pub classes: Vec<Option<(RegistryId, u32, TermInfo)>>,
    pub day: Arc<dyn ColumnValues<u64>>,
    pub length: Arc<dyn ColumnValues<u64>>,
    pub id_high: Arc<dyn ColumnValues<u64>>,
    pub id_low: Arc<dyn ColumnValues<u64>>,
    pub facets: Vec<Ordinals>,
}

impl Columns {
    fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let number = |name| columns.column_first_or_default::<u64>(name);
        let bytes = |name: &str| {
            let column = columns.bytes(name)?;
            Ok::<_, tantivy::TantivyError>(column.unwrap_or_else(|| BytesColumn::empty(reader.max_doc())))
        };
        let lists = reader.inverted_index(fields.class)?;
        let class = bytes(fields::CLASS)?;
        let mut classes = Vec::new();
        let mut stream = class.dictionary().stream()?;
        while stream.advance() {
            let read = fields::class_of(stream.key()).zip(lists.terms().get(stream.key())?);
            classes.push(read.map(|((registry, class), list)| (registry, class, list)));
        }
        let mut facets = Vec::new();
        for name in fields::FACETS {
            let column = bytes(name)?;
            let mut values = Vec::new();
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                values.push(String::from_utf8_lossy(stream.key()).into());
            }
            facets.push(Ordinals { of: column.ords().clone().first_or_default_col(0), values });
        }
        Ok(Self {
            class: class.ords().clone().first_or_default_col(0),
            classes,
            day: number(fields::DAY)?,
            length: number(fields::LENGTH)?,
            id_high: number(fields::ID_HIGH)?,
            id_low: number(fields::ID_LOW)?,
            facets,
        })
    }
}
