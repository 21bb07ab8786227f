//! What the founding entry gives: the authorisations of the first two security officers, that nobody confirmed.

use jiff::civil::Date;
use label::Clearance;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::{Grant, Role},
    id::{AuthorisationId, PersonId},
};

/// An authorisation of the founding entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingAuthorisation {
    /// Its identifier.
    pub id: AuthorisationId,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub grant: Grant,
}

/// Grants that a founding entry gives to a security officer.
pub fn founding_grants(clearances: Vec<(Clearance, Date, Date)>, authority: &str) -> Vec<Grant> {
    let mut grants = vec![Grant::Role { role: Role::SecurityOfficer, registry: None }];
    grants.extend(clearances.into_iter().map(|(clearance, from, until)| Grant::Clearance {
        clearance,
        authority: authority.to_owned(),
        number: None,
        from,
        until,
    }));
    grants
}
