//! What a reader sees of corrections: the description that he would correct, and what it was before.

use registry::{Code, DocumentId, correction::Description};
use store::{
    Visible,
    description::{self, Corrected},
};

use crate::{failure::Failure, reading::Reading};

impl Reading {
    /// What the register says of a document that the reader may read, whole.
    pub async fn description(&mut self, id: DocumentId) -> Result<Visible<Description>, Failure> {
        let registry = self.document(id).await?.entry.registry;
        let (conn, place) = self.at(registry).ok_or(Code::NotFound)?;
        Ok(description::by_id(conn, place, id).await?.ok_or(Code::NotFound)?)
    }

    /// The corrections of a document, newest first: those of which the reader could read both what was and what came.
    pub async fn history(&mut self, id: DocumentId) -> Result<Vec<Visible<Corrected>>, Failure> {
        let registry = self.document(id).await?.entry.registry;
        let (conn, place) = self.at(registry).ok_or(Code::NotFound)?;
        Ok(description::history(conn, place, id).await?)
    }
}
