//! What an inspector's check knows beyond the format of a ledger: payloads are strictly readable, and nobody
//! executed a two-person act alone.

use std::collections::HashMap;

use ledger::HeaderView;

use crate::{
    authorisation::proposal_digest,
    fact::{Entry, Fact},
    id::{AuthorisationId, Digest, PersonId},
};

/// Goes through a ledger in order and refuses an execution without its two persons.
#[derive(Debug, Default)]
pub struct Audit {
    proposals: HashMap<AuthorisationId, (PersonId, PersonId, Digest)>,
}

impl Audit {
    /// One entry with its payload; an erased payload is taken as it is.
    pub fn entry(&mut self, header: &HeaderView<'_>, payload: Option<&[u8]>) -> Result<(), String> {
        let Some(payload) = payload else { return Ok(()) };
        let entry = Entry::decode(header.kind, header.version, payload).map_err(|e| e.to_string())?;
        let actor = PersonId::new(header.actor);
        match entry.fact {
            Fact::InstallationFounded { .. } if header.sequence != 0 => {
                Err("a founding entry that is not the first".to_owned())
            }
            Fact::AuthorisationProposed { authorisation, person, grant } => {
                if person == actor {
                    return Err("a proposal for oneself".to_owned());
                }
                let digest = proposal_digest(authorisation, person, &grant);
                self.proposals.insert(authorisation, (actor, person, digest));
                Ok(())
            }
            Fact::AuthorisationConfirmed { authorisation, proposal } => {
                match self.proposals.remove(&authorisation) {
                    None => Err("a confirmation without a proposal".to_owned()),
                    Some(_) if entry.operator => Err("a confirmation by an operator".to_owned()),
                    Some((by, _, _)) if by == actor => Err("a confirmation by the proposer".to_owned()),
                    Some((_, of, _)) if of == actor => Err("a confirmation for oneself".to_owned()),
                    Some((_, _, digest)) if digest != proposal => {
                        Err("a confirmation of another proposal".to_owned())
                    }
                    Some(_) => Ok(()),
                }
            }
            Fact::RoleAssigned { person, .. } if person == actor => Err("a role for oneself".to_owned()),
            _ => Ok(()),
        }
    }
}
