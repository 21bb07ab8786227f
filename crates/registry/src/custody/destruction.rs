//! Copies are destroyed: drawn up on one certificate, signed after the act by who destroyed them and who saw it, each with
//! his own sign-in. It ends copies, never the record.

use super::{
    Desk, Known, WORDS, broken,
    copy::{Event, Origin},
    fact::{Certificate, Hand},
};
use crate::{
    command::Channel,
    fact::Fact,
    id::{CertificateId, CopyId},
    line::{NAME, required},
    refusal::{Code, Refusal},
};

/// Whether a copy that only its issuer destroys goes back to him: the registry that provided it destroys it, and no other.
///
/// What was made, reproduced, extracted or translated here this registry has itself issued, whoever wrote the paper: nobody
/// else has it in his log, and here it ends. What came with a paper from elsewhere was provided by whoever sent it. So was,
/// of such a paper, a copy that turned up or was taken over from a register of old: nobody here has issued it, and only the
/// issuer can say which of his copies it is. Of a paper of one's own they are one's own.
const fn goes_back(known: &Known) -> bool {
    match known.copy.origin {
        Origin::Received => true,
        Origin::Made | Origin::Reproduced | Origin::Extract | Origin::Translation => false,
        Origin::Found | Origin::Old => known.received,
    }
}

impl Desk<'_> {
    pub(super) fn draw_up(&self, copies: &[CopyId], method: &str) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let logs = &self.context.house.custody;
        let mut witnessed = false;
        for known in &seen {
            self.at_desk(known)?;
            let log = logs.by_code(&known.control.log);
            if log.is_some_and(|log| log.issuer_alone) && goes_back(known) {
                return Err(Refusal::on("copies", Code::IssuerAlone).with("copy", known.name()));
            }
            if known.drawn_up.is_some() {
                return Err(Refusal::on("copies", Code::CopyDrawnUp).with("copy", known.name()));
            }
            // A log that the house does not know any more asks for the most.
            witnessed |= log.is_none_or(|log| log.witnessed);
        }
        let certificate = Certificate {
            id: CertificateId::new(self.id(0)),
            number: self.needs.next(super::CERTIFICATES),
            year: self.year(),
            method: required("method", method, NAME)?,
            copies: copies.to_vec(),
            witnessed,
        };
        Ok(vec![Fact::DestructionDrawnUp { certificate: Box::new(certificate) }])
    }

    /// Only what the registry has in its hands is destroyed.
    fn at_desk(&self, known: &Known) -> Result<(), Refusal> {
        known.copy.at_hand().map_err(|why| broken(known, why))?;
        if known.copy.holder.is_registry() {
            Ok(())
        } else {
            Err(Refusal::on("copies", Code::CopyOut).with("copy", known.name()))
        }
    }

    pub(super) fn sign(&self, hand: Hand) -> Result<Vec<Fact>, Refusal> {
        let (certificate, signed) = self.needs.certificate.as_ref().ok_or(Code::NotFound)?;
        let seen = self.seen(&certificate.copies)?;
        if hand == Hand::Destroyer {
            self.staff()?;
        }
        if self.caller.channel == Channel::Operator {
            return Err(Code::NeedsPerson.into());
        }
        if hand == Hand::Witness && !certificate.witnessed {
            return Err(Refusal::on("hand", Code::NotOffered));
        }
        if signed.contains_key(&hand) {
            return Err(Code::SignedAlready.into());
        }
        if signed.values().any(|person| *person == self.caller.person) {
            return Err(Code::SamePerson.into());
        }
        if !self.caller.fresh {
            return Err(Code::SignInNotFresh.into());
        }
        seen.iter().try_for_each(|known| self.at_desk(known))?;
        let whole = signed.len() + 1 == certificate.signatures();
        let at = self.context.now;
        if whole {
            Self::happens(&seen, &Event::Destroyed { certificate: certificate.id }, at)?;
        }
        let destroyed = if whole { certificate.copies.clone() } else { Vec::new() };
        Ok(vec![Fact::DestructionSigned { certificate: certificate.id, hand, at, destroyed }])
    }

    pub(super) fn withdraw(&self, words: &str) -> Result<Vec<Fact>, Refusal> {
        let (certificate, signed) = self.needs.certificate.as_ref().ok_or(Code::NotFound)?;
        self.seen(&certificate.copies)?;
        self.staff()?;
        // What is destroyed stays so.
        if signed.len() == certificate.signatures() {
            return Err(Code::SignedAlready.into());
        }
        let words = required("words", words, WORDS)?;
        Ok(vec![Fact::DestructionWithdrawn { certificate: certificate.id, words }])
    }
}
