//! What is given out of an accountable paper by authority bears who authorised it: a PDF is stamped on every page by the limited
//! child, never here, and what is given is the stamped copy. Another format is given as it is, to be stamped by hand.

use jiff::civil::Date;
use registry::{
    Code, Refusal,
    disclosure::{Bears, Reproduction},
    id::ReproductionId,
};
use store::{
    StoreError,
    handling::{self, Authorised},
    vault::Unsealing,
    visible::DocumentView,
};

use crate::{content::not_opened, failure::Failure, reading::Reading};

/// The kind of file that is stamped.
pub const STAMPED: &str = "application/pdf";
/// Largest file that is stamped (bytes): it is whole in memory.
const LARGEST: usize = 64 << 20;

/// What a stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The number of the paper in its log; its reference where it has none.
    pub number: String,
    /// Which copy of the authority this is, from 1 …
    pub copy: u32,
    /// … of how many.
    pub of: u32,
    /// The authority, as its beginning names it.
    pub authority: String,
    /// Who gave it.
    pub by: String,
    /// To whom.
    pub person: String,
    /// When this copy was made.
    pub on: Date,
}

/// The lines of a stamp, in the words of whoever asks.
pub type Words<'a> = &'a (dyn Fn(&Stamp) -> Vec<String> + Send + Sync);

/// Bytes that are given out.
#[derive(Debug)]
pub enum Bytes {
    /// As they came, chunk by chunk; reading them may block.
    Sealed(Box<Unsealing>),
    /// Stamped.
    Stamped(Vec<u8>),
}

impl Bytes {
    /// What comes next; none: that was all. May block.
    pub fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Bytes::Sealed(unsealing) => unsealing.next_chunk(),
            Bytes::Stamped(stamped) => Ok(Some(std::mem::take(stamped)).filter(|bytes| !bytes.is_empty())),
        }
    }
}

impl Reading {
    /// The authority of which a copy is used up when the reader takes a version away, with what its stamp says. Of those that
    /// were found gone since the reading began so many more are used.
    async fn stamp(
        &mut self,
        view: &DocumentView,
        version: u32,
        gone: &[ReproductionId],
    ) -> Result<Option<(Reproduction, Stamp, Bears)>, Failure> {
        let (own, today) = (self.person().id, self.today());
        let Some((conn, place)) = self.at(view.entry.registry) else { return Ok(None) };
        let mut given = handling::reproductions(conn, place, view.entry.document).await?;
        for one in &mut given {
            let more = gone.iter().filter(|id| **id == one.given.id).count();
            one.used = one.used.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        }
        let number = store::custody::seen::number_of(conn, place, view.entry.document).await?;
        let counts = |one: &Authorised| {
            let given = &one.given;
            given.person == own && given.version == version && given.until >= today && one.used < given.copies
        };
        let Some(one) = given.into_iter().find(counts) else { return Ok(None) };
        let id = one.given.id.to_string();
        let stamp = Stamp {
            number: number.unwrap_or_else(|| view.entry.reference.clone()),
            copy: one.used.saturating_add(1),
            of: one.given.copies,
            authority: id.get(..8).unwrap_or(&id).to_owned(),
            by: self.name_of(one.by).await?.unwrap_or_default(),
            person: self.person().name.clone(),
            on: today,
        };
        let bears = Bears { authority: one.given.id, left: one.given.copies.saturating_sub(one.used) };
        Ok(Some((one.given, stamp, bears)))
    }

    /// What is given out of an accountable paper: of a PDF the stamped copy with the number that it bears, of anything else what
    /// there is. To be asked before a copy of the authority is used up; without an authority nothing is made, for then nothing
    /// is given.
    pub(crate) async fn stamped(
        &mut self,
        view: &DocumentView,
        version: u32,
        media_type: &str,
        (bytes, gone): (Unsealing, &[ReproductionId]),
        words: Words<'_>,
    ) -> Result<(Bytes, Option<Bears>), Failure> {
        let plain = |bytes| Ok((Bytes::Sealed(Box::new(bytes)), None));
        if version == 0 || media_type != STAMPED || !self.is_accountable(view.entry.label.as_ref()) {
            return plain(bytes);
        }
        let Some((given, stamp, bears)) = self.stamp(view, version, gone).await? else { return plain(bytes) };
        if given.unstamped.is_some() {
            return plain(bytes);
        }
        let lines = words(&stamp);
        let reader = self.office().reader().ok_or(Code::NotStamped)?.clone();
        let work = move || {
            let plain = whole(bytes)?;
            reader.stamp(&plain, &lines).map_err(|error| Failure::from(StoreError::damaged(error)))
        };
        let made = tokio::task::spawn_blocking(work).await.map_err(StoreError::damaged)??;
        let stamped = made.map_err(|_| Refusal::new(Code::NotStamped))?;
        Ok((Bytes::Stamped(stamped), Some(bears)))
    }
}

/// All of a file; refused where it is too large to be stamped.
fn whole(mut bytes: Unsealing) -> Result<Vec<u8>, Failure> {
    let mut plain = Vec::new();
    while let Some(chunk) = bytes.next_chunk().map_err(not_opened)? {
        if plain.len() + chunk.len() > LARGEST {
            return Err(Code::NotStamped.into());
        }
        plain.extend_from_slice(&chunk);
    }
    Ok(plain)
}
