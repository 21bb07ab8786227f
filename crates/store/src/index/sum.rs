//! What an index says, as one number: two indexes with the same sum answer every question alike, however their parts lie.

use registry::id::Digest;
use sha2::{Digest as _, Sha256};
use tantivy::{DocSet, TERMINATED, postings::Postings, schema::IndexRecordOption};

use super::{Index, failed, segment::Segment};
use crate::error::StoreError;

/// A sum in which the order of its parts leaves no trace.
#[derive(Default)]
struct Sum([u64; 4]);

impl Sum {
    fn add(&mut self, parts: &[&[u8]]) {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let hash: [u8; 32] = hash.finalize().into();
        for (sum, bytes) in self.0.iter_mut().zip(hash.as_chunks::<8>().0) {
            *sum = sum.wrapping_add(u64::from_le_bytes(*bytes));
        }
    }

    fn digest(&self) -> Digest {
        Digest::of(&self.0.iter().flat_map(|part| part.to_le_bytes()).collect::<Vec<u8>>())
    }
}

impl Index {
    /// How many documents it has, and the sum of every word of theirs and of every value beside them.
    pub fn sum(&self) -> Result<(u64, Digest), StoreError> {
        let (mut documents, mut sum) = (0, Sum::default());
        for segment in &self.view().segments {
            documents += u64::from(segment.reader.num_docs());
            words(segment, &mut sum).map_err(failed)?;
            values(segment, &mut sum);
        }
        Ok((documents, sum.digest()))
    }
}

fn words(segment: &Segment, sum: &mut Sum) -> tantivy::Result<()> {
    let reader = &segment.reader;
    for (field, entry) in reader.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
        let inverted = reader.inverted_index(field)?;
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let mut postings = inverted
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqsAndPositions)?;
            let mut positions = Vec::new();
            while postings.doc() != TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    postings.positions(&mut positions);
                    let at: Vec<u8> = positions.iter().flat_map(|at| at.to_le_bytes()).collect();
                    let document = identifier(segment, postings.doc());
                    let often = postings.term_freq().to_le_bytes();
                    sum.add(&[entry.name().as_bytes(), terms.key(), &document, &often, &at]);
                }
                postings.advance();
            }
        }
    }
    Ok(())
}

fn values(segment: &Segment, sum: &mut Sum) {
    let columns = &segment.columns;
    for document in segment.reader.doc_ids_alive() {
        let id = identifier(segment, document);
        let numbers = [columns.day.get_val(document), columns.length.get_val(document)];
        let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        sum.add(&[b"numbers", &id, &numbers]);
        for (at, facet) in columns.facets.iter().enumerate() {
            let value = usize::try_from(facet.of.get_val(document)).ok().and_then(|at| facet.values.get(at));
            sum.add(&[b"facet", &id, &at.to_le_bytes(), value.map(|v| v.as_bytes()).unwrap_or_default()]);
        }
    }
}

fn identifier(segment: &Segment, document: tantivy::DocId) -> [u8; 16] {
    let (high, low) = (segment.columns.id_high.get_val(document), segment.columns.id_low.get_val(document));
    (u128::from(high) << 64 | u128::from(low)).to_be_bytes()
}
