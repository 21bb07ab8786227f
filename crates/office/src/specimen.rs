//! Specimen signatures: the picture is sealed like content, and is what two security officers say of a person. Nothing here
//! opens it; the kind is told by its first bytes, and a browser draws it.

use registry::{
    AuthorisationId, Code, HOUSE, Refusal,
    authorisation::{Grant, SPECIMENS},
};
use store::vault::Unsealing;

use crate::{failure::Failure, office::Office, reading::Reading};

/// Largest picture (bytes).
pub const LARGEST: usize = 512 * 1024;

impl Office {
    /// Keeps the picture of a signature, to be proposed as somebody's.
    pub async fn keep_specimen(&self, bytes: &[u8]) -> Result<Grant, Failure> {
        let refused = |code| Failure::from(Refusal::on("content", code).with("limit", LARGEST));
        if bytes.is_empty() {
            return Err(refused(Code::Required));
        }
        if bytes.len() > LARGEST {
            return Err(refused(Code::OverSize));
        }
        let media_type =
            reader::sniff::sniff(bytes.get(..bytes.len().min(8192)).unwrap_or_default(), "").mime();
        if !SPECIMENS.contains(&media_type) {
            return Err(Refusal::on("content", Code::NotAPicture).with("value", media_type).into());
        }
        let sealed = self.vault().seal_bytes(self.vault().batch(), HOUSE, bytes)?;
        let grant = Grant::Specimen {
            object: sealed.object,
            digest: sealed.digest,
            media_type: media_type.to_owned(),
        };
        self.vault().keep(vec![sealed]).await?;
        Ok(grant)
    }

    /// Throws away the picture of a proposal that was refused.
    pub async fn discard_specimen(&self, grant: &Grant) -> Result<(), Failure> {
        match grant {
            Grant::Specimen { object, .. } => Ok(self.vault().discard(HOUSE, &[*object]).await?),
            _ => Ok(()),
        }
    }
}

/// A picture that is opened.
#[derive(Debug)]
pub struct Specimen {
    /// What kind of picture.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Unsealing,
}

impl Reading {
    /// Opens the specimen of an authorisation: for those who see what the person holds.
    pub async fn specimen(&mut self, id: AuthorisationId) -> Result<Specimen, Failure> {
        let held = self.authorisation(id).await?;
        let Grant::Specimen { object, media_type, .. } = held.grant else {
            return Err(Code::NotFound.into());
        };
        let bytes = self.office().vault().unseal(HOUSE, object).await?;
        Ok(Specimen { media_type, bytes })
    }
}
