//! The scan of a receipt that came back on paper: sealed like content, kept with the receipt that names it, opened for whoever
//! sees that receipt.

use registry::{
    Answer, Code, Command, CommandId, DispatchId, Refusal, RegistryId, Timestamp,
    custody::{
        Act,
        fact::{Discrepancy, RECEIPT_SCAN, Signed},
    },
    document::StagedContent,
};
use store::StoreError;

use crate::{
    door::Sender,
    failure::Failure,
    intake::{Staged, Upload},
    office::Office,
    reading::Reading,
    specimen::Specimen,
};

/// A receipt that came back on paper.
#[derive(Debug, Clone)]
pub struct OnPaper {
    /// Of which dispatch.
    pub dispatch: DispatchId,
    /// Who signed, as the paper says.
    pub by: String,
    /// When; none: now.
    pub at: Option<Timestamp>,
    /// What is not as it should be.
    pub discrepancies: Vec<Discrepancy>,
}

impl Office {
    /// Writes down a receipt that came back on paper, with its scan where there is one: the file, whose bytes have all been
    /// written, with the length that was promised. Carried to its end even when the one who asked has gone.
    pub async fn receipt_on_paper(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        paper: OnPaper,
        upload: Option<(Upload, Option<u64>)>,
    ) -> Result<Answer, Failure> {
        if upload.as_ref().is_some_and(|(upload, _)| upload.size() > RECEIPT_SCAN) {
            return Err(Refusal::on("content", Code::OverSize).with("limit", RECEIPT_SCAN).into());
        }
        let office = self.clone();
        let command = move |scan: Option<StagedContent>| {
            let OnPaper { dispatch, by, at, discrepancies } = paper;
            let scan = scan.map(Box::new);
            let act = Act::Receipt { dispatch, signed: Signed::Paper, by, scan, at, discrepancies };
            Command::Custody { registry, act: Box::new(act) }
        };
        let errand = tokio::spawn(async move {
            office.carry_left(sender, id, registry, upload, Staged::without_words, command).await
        });
        errand.await.map_err(StoreError::damaged)?
    }
}

impl Staged {
    /// The file alone: what was read of it only showed that it does no harm.
    fn without_words(mut self) -> Self {
        self.content.text = None;
        self.content.enclosures = Vec::new();
        self.sealed.retain(|sealed| sealed.object == self.content.object);
        self
    }
}

impl Reading {
    /// Opens the scan of a receipt, by its place among those of a dispatch from 1: for whoever sees the dispatch.
    pub async fn receipt_scan(&mut self, dispatch: DispatchId, place: usize) -> Result<Specimen, Failure> {
        let row = self.dispatch(dispatch).await?;
        let receipt = place.checked_sub(1).and_then(|place| row.view.receipts.get(place));
        let scan = receipt.and_then(|(receipt, ..)| receipt.scan.zip(receipt.scanned.as_ref()));
        let (object, scanned) = scan.ok_or(Code::NotFound)?;
        let bytes = self.office().vault().unseal(row.registry, object).await?;
        Ok(Specimen { media_type: scanned.media_type.clone(), bytes })
    }
}
