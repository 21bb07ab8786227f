//! What an inspector's check knows beyond the format of a ledger: payloads are strictly readable, what belongs to the
//! house stands in its ledger and nowhere else, and nobody executed a two-person act alone.

use std::collections::{HashMap, HashSet};

use ledger::HeaderView;

use crate::{
    authorisation::{Grant, Role, proposal_digest},
    fact::{Entry, Fact},
    id::{AuthorisationId, CASES, Digest, HOUSE, PersonId, RegistryId},
    organisation::For,
};

/// Goes through a ledger in order and refuses an execution without its two persons.
///
/// It follows who holds what, so that those two are persons whom the ledger itself made security officers. Where an
/// entry was erased it cannot know everyone; then it does not ask who was an officer, and still refuses what one
/// person did alone.
#[derive(Debug, Default)]
pub struct Audit {
    proposals: HashMap<AuthorisationId, Proposal>,
    in_force: HashMap<AuthorisationId, Holding>,
    ended: HashSet<AuthorisationId>,
    erased: bool,
}

#[derive(Debug)]
struct Proposal {
    by: PersonId,
    holding: Holding,
    digest: Digest,
}

/// What an authorisation is, as far as others rest on it.
#[derive(Debug, Clone, Copy)]
struct Holding {
    of: PersonId,
    role: Option<Role>,
    clearance: bool,
    stands: bool,
}

impl Holding {
    fn new(of: PersonId, grant: &Grant) -> Self {
        Self {
            of,
            role: match grant {
                Grant::Role { role, .. } => Some(*role),
                _ => None,
            },
            clearance: matches!(grant, Grant::Clearance { .. }),
            stands: matches!(grant, Grant::Nationality { .. }),
        }
    }
}

type Finding = Result<(), String>;

fn found(what: &str) -> Finding {
    Err(what.to_owned())
}

impl Audit {
    /// One entry with its payload; an erased payload is taken as it is.
    ///
    /// # Errors
    /// What is wrong with the entry, in words for an inspector.
    pub fn entry(&mut self, header: &HeaderView<'_>, payload: Option<&[u8]>) -> Finding {
        let Some(payload) = payload else {
            self.erased = true;
            return Ok(());
        };
        let entry = Entry::decode(header.kind, header.version, payload).map_err(|e| e.to_string())?;
        let of_cases = matches!(
            entry.fact,
            Fact::CaseOpened { .. }
                | Fact::CaseChanged { .. }
                | Fact::CaseStepped { .. }
                | Fact::CaseReopened { .. }
                | Fact::TaskMoved { .. }
                | Fact::CaseShown { .. }
                | Fact::CaseNoted { .. }
                | Fact::CaseCommented { .. }
        );
        let of_house = !of_cases
            && !matches!(
                entry.fact,
                Fact::DocumentRegistered { .. }
                    | Fact::SeriesNumbered { .. }
                    | Fact::DocumentCorrected { .. }
                    | Fact::VersionAdded { .. }
                    | Fact::RenditionAdded { .. }
                    | Fact::EnclosureAdded { .. }
                    | Fact::DocumentCheckedOut { .. }
                    | Fact::DocumentCheckedIn { .. }
                    | Fact::DisclosureRecorded { .. }
                    | Fact::ReproductionAuthorised { .. }
                    | Fact::HolderTold { .. }
                    | Fact::FileOpened { .. }
                    | Fact::FileChanged { .. }
                    | Fact::FileClosed { .. }
                    | Fact::FileReopened { .. }
                    | Fact::VolumeOpened { .. }
                    | Fact::VolumeClosed { .. }
                    | Fact::DocumentsFiled { .. }
                    | Fact::DocumentTakenOut { .. }
                    | Fact::IntakeDismissed { .. }
                    | Fact::DocumentNoted { .. }
                    | Fact::ContainerFurnished { .. }
                    | Fact::CopiesRecorded { .. }
                    | Fact::CopiesKept { .. }
                    | Fact::CopiesSent { .. }
                    | Fact::LoanProlonged { .. }
                    | Fact::ReceiptRecorded { .. }
                    | Fact::DispatchTraced { .. }
                    | Fact::CopiesMissed { .. }
                    | Fact::CopiesReleased { .. }
                    | Fact::DestructionDrawnUp { .. }
                    | Fact::DestructionSigned { .. }
                    | Fact::DestructionWithdrawn { .. }
                    | Fact::MusterOpened { .. }
                    | Fact::MusterListed { .. }
                    | Fact::CopiesSighted { .. }
                    | Fact::MusterClosed { .. }
                    | Fact::MusterSigned { .. }
                    | Fact::MusterAbandoned { .. }
                    | Fact::BookEntered { .. }
                    | Fact::BookStepped { .. }
                    | Fact::IncidentOpened { .. }
                    | Fact::IncidentFollowed { .. }
            );
        let ledger = RegistryId::new(header.registry);
        if of_house != (ledger == HOUSE) || of_cases != (ledger == CASES) {
            return found("an entry that does not belong into this ledger");
        }
        let actor = PersonId::new(header.actor);
        match entry.fact {
            Fact::InstallationFounded { .. } if header.sequence != 0 => {
                found("a founding entry that is not the first")
            }
            Fact::InstallationFounded { authorisations, .. } => {
                for given in authorisations {
                    if matches!(
                        given.grant,
                        Grant::Extension { .. }
                            | Grant::Nationality { .. }
                            | Grant::Certificate { .. }
                            | Grant::Specimen { .. }
                    ) {
                        return found("a founding entry that gives what nobody confirmed");
                    }
                    self.in_force.insert(given.id, Holding::new(given.person, &given.grant));
                }
                Ok(())
            }
            Fact::RoleAssigned { authorisation, person, role, .. } => {
                self.assigned(actor, entry.operator, authorisation, person, role)
            }
            Fact::AuthorisationProposed { authorisation, person, grant } => {
                self.proposed(actor, entry.operator, authorisation, person, &grant)
            }
            Fact::AuthorisationConfirmed { authorisation, proposal } => {
                self.confirmed(actor, entry.operator, authorisation, proposal)
            }
            Fact::AuthorisationRevoked { authorisation, .. } => {
                self.revoked(actor, entry.operator, authorisation)
            }
            Fact::PersonChanged { from, to, .. } if from == to => {
                found("a change of a person that changes nothing")
            }
            Fact::PersonChanged { .. }
                if !entry.operator
                    && !self.may_be(actor, Role::SecurityOfficer)
                    && !self.may_be(actor, Role::Administrator) =>
            {
                found("a change of a person by one who keeps no list")
            }
            Fact::RegistryOpened { .. }
            | Fact::RegistryChanged { .. }
            | Fact::BodyEstablished { .. }
            | Fact::SeriesAdopted { .. }
            | Fact::SeriesEntrusted { .. }
            | Fact::RoutineAdopted { .. }
                if !entry.operator && !self.may_be(actor, Role::Administrator) =>
            {
                found("a change of the house by one who does not administer it")
            }
            Fact::UnitEstablished { .. }
            | Fact::UnitChanged { .. }
            | Fact::PostEstablished { .. }
            | Fact::PostChanged { .. }
            | Fact::PostTakenUp { .. }
            | Fact::PostLeft { .. }
            | Fact::TenureCorrected { .. }
            | Fact::ContactEntered { .. }
            | Fact::ContactChanged { .. }
            | Fact::ListDrawnUp { .. }
            | Fact::ListChanged { .. }
                if !entry.operator && !self.may_be(actor, Role::Administrator) =>
            {
                found("a change of the organisation by one who does not administer the house")
            }
            Fact::StandInNamed { stand_in } if stand_in.of == For::Person { person: stand_in.by } => {
                found("somebody who stands in for himself")
            }
            Fact::ReproductionAuthorised { reproduction } if reproduction.person == actor => {
                found("an authority to reproduce that one gave himself")
            }
            Fact::DocumentCorrected { correction } if !correction.is_whole() => {
                found("a correction that does not say what it changed")
            }
            _ => Ok(()),
        }
    }

    fn assigned(
        &mut self,
        actor: PersonId,
        operator: bool,
        id: AuthorisationId,
        person: PersonId,
        role: Role,
    ) -> Finding {
        if person == actor {
            return found("a role for oneself");
        }
        if !role.is_given_by_one() {
            return found("a role that takes two persons, given by one");
        }
        if !operator && !self.may_be(actor, Role::SecurityOfficer) && !self.may_be(actor, Role::Administrator)
        {
            return found("a role given by one who sets up nothing");
        }
        self.new_name(id)?;
        self.in_force.insert(id, Holding { of: person, role: Some(role), clearance: false, stands: false });
        Ok(())
    }

    fn proposed(
        &mut self,
        actor: PersonId,
        operator: bool,
        id: AuthorisationId,
        person: PersonId,
        grant: &Grant,
    ) -> Finding {
        if person == actor {
            return found("a proposal for oneself");
        }
        self.officer("a proposal", actor, operator)?;
        self.new_name(id)?;
        if let Grant::Extension { of, .. } = grant {
            let known = self.in_force.get(of);
            let unknown = known.is_none() && self.erased && !self.ended.contains(of);
            if !unknown && !known.is_some_and(|held| held.clearance && held.of == person) {
                return found("an extension of what is no clearance of the person");
            }
        }
        let digest = proposal_digest(id, person, grant);
        self.proposals.insert(id, Proposal { by: actor, holding: Holding::new(person, grant), digest });
        Ok(())
    }

    fn confirmed(&mut self, actor: PersonId, operator: bool, id: AuthorisationId, digest: Digest) -> Finding {
        let Some(proposal) = self.proposals.remove(&id) else {
            return found("a confirmation without a proposal");
        };
        if proposal.by == actor {
            return found("a confirmation by the proposer");
        }
        if proposal.holding.of == actor {
            return found("a confirmation for oneself");
        }
        if proposal.digest != digest {
            return found("a confirmation of another proposal");
        }
        self.officer("a confirmation", actor, operator)?;
        self.in_force.insert(id, proposal.holding);
        Ok(())
    }

    fn revoked(&mut self, actor: PersonId, operator: bool, id: AuthorisationId) -> Finding {
        self.officer("a revocation", actor, operator)?;
        let of = match (self.proposals.remove(&id), self.in_force.remove(&id)) {
            (Some(proposal), _) => proposal.holding.of,
            (None, Some(held)) if held.stands => return found("a nationality that was ended, not replaced"),
            (None, Some(held)) => held.of,
            (None, None) if self.erased && !self.ended.contains(&id) => return Ok(()),
            (None, None) => return found("a revocation of what is not in force"),
        };
        self.ended.insert(id);
        if of == actor { found("a revocation for oneself") } else { Ok(()) }
    }

    /// An authorisation is named once: a second proposal under the name of the first would be confirmed in its
    /// place.
    fn new_name(&self, id: AuthorisationId) -> Finding {
        if self.proposals.contains_key(&id) || self.in_force.contains_key(&id) || self.ended.contains(&id) {
            return found("an authorisation under a name that was used");
        }
        Ok(())
    }

    fn officer(&self, what: &str, actor: PersonId, operator: bool) -> Finding {
        if operator {
            return Err(format!("{what} by an operator"));
        }
        if !self.may_be(actor, Role::SecurityOfficer) {
            return Err(format!("{what} by one who is no security officer"));
        }
        Ok(())
    }

    /// Whether somebody holds a role, as far as the ledger still tells.
    fn may_be(&self, person: PersonId, role: Role) -> bool {
        self.erased || self.in_force.values().any(|held| held.of == person && held.role == Some(role))
    }
}
