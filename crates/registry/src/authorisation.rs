//! What a person is authorised to: clearances, briefings, roles, memberships; proposed by one security officer,
//! confirmed by another, never for oneself.

use jiff::civil::Date;
use label::Clearance;
use serde::{Deserialize, Serialize};

use crate::{
    command::{Caller, Channel, Context},
    fact::Fact,
    house::House,
    id::{AuthorisationId, Digest, GroupId, ObjectId, PersonId, RegistryId},
    line::{NAME, line, required},
    person::{self, Person},
    refusal::{Code, Refusal},
    time::Timestamp,
    validity,
};

/// What somebody does in the house or in a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Registers, routes, receipts.
    Clerk,
    /// Answers for a registry; decides markings that are undetermined.
    Controller,
    /// Supports the controller; handles entries.
    Assistant,
    /// Proposes and confirms what persons are authorised to.
    SecurityOfficer,
    /// Sets up registries, bodies and persons; sees nothing classified by that.
    Administrator,
    /// Verifies ledgers.
    Inspector,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] = [
        Role::Clerk,
        Role::Controller,
        Role::Assistant,
        Role::SecurityOfficer,
        Role::Administrator,
        Role::Inspector,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Controller => "controller",
            Role::Assistant => "assistant",
            Role::SecurityOfficer => "security-officer",
            Role::Administrator => "administrator",
            Role::Inspector => "inspector",
        }
    }
    /// True for roles that are held in one registry, not in the house.
    pub const fn is_of_a_registry(self) -> bool {
        matches!(self, Role::Clerk | Role::Controller | Role::Assistant)
    }
    /// True for roles without sight of content, which one person may give. A controller sees what is undetermined
    /// and so is proposed and confirmed like a clearance; rules, tables and inspectors all ask here.
    pub const fn is_given_by_one(self) -> bool {
        matches!(self, Role::Clerk | Role::Assistant)
    }
}

/// One thing that a person is authorised to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Grant {
    /// A clearance certificate.
    Clearance {
        /// Levels and categories.
        clearance: Clearance,
        /// Who issued the certificate.
        authority: String,
        /// The number that its issuer gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// A briefing for a level or a category of a policy.
    Briefing {
        /// The policy.
        policy: String,
        /// The level or category.
        subject: String,
        /// The day of the briefing.
        on: Date,
        /// The day by which it is to be refreshed. Nothing ends by itself on that day: it is warned of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refresh: Option<Date>,
    },
    /// A role.
    Role {
        /// Which.
        role: Role,
        /// Where, for roles of a registry.
        registry: Option<RegistryId>,
    },
    /// Membership of a need-to-know group.
    Membership {
        /// Which.
        group: GroupId,
    },
    /// A certificate that is being renewed counts until another day; its level stays what it is.
    Extension {
        /// The clearance.
        of: AuthorisationId,
        /// Last day.
        until: Date,
        /// Who says that it may be so.
        authority: String,
        /// Why.
        reason: String,
    },
    /// Another nationality than the one under which the person is registered. It bears on access, so it takes two; once
    /// confirmed it is a matter of fact and is not ended but replaced.
    Nationality {
        /// ISO 3166 alpha-3.
        nationality: String,
        /// By what it is known.
        reason: String,
    },
    /// A certificate of a smart card: whoever shows it is this person. It takes two, for it opens another's account
    /// without a trace in it: one officer alone could make his own card that of the other.
    Certificate {
        /// As the server that has seen the certificate names it: serial and issuer.
        certificate: String,
    },
    /// A specimen of the person's signature, beside which the one given for a paper is held. It takes two, for whoever
    /// sets it decides whose hand is believed. The newest that is confirmed counts.
    Specimen {
        /// The sealed picture.
        object: ObjectId,
        /// The digest of its bytes.
        digest: Digest,
        /// What kind of picture.
        media_type: String,
    },
}

/// The kinds of pictures that a specimen may be.
pub const SPECIMENS: [&str; 2] = ["image/png", "image/jpeg"];

impl Grant {
    /// True from the first day on.
    fn has_begun(&self, day: Date) -> bool {
        match self {
            Grant::Clearance { from, .. } => *from <= day,
            Grant::Briefing { on, .. } => *on <= day,
            _ => true,
        }
    }
}

/// Where an authorisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Waits for a second person.
    Proposed,
    /// In force within its dates.
    Confirmed,
    /// Ended.
    Revoked,
}

impl Standing {
    /// As it stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Proposed => "proposed",
            Standing::Confirmed => "confirmed",
            Standing::Revoked => "revoked",
        }
    }
}

/// A clearance, briefing, role or membership with its history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Authorisation {
    /// Its identifier.
    pub id: AuthorisationId,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub grant: Grant,
    /// Where it stands.
    pub standing: Standing,
    /// The digest of the proposal that a confirmation names.
    pub proposal: Digest,
    /// Who proposed it; none for the founding entry.
    pub proposed_by: Option<PersonId>,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// How it ended, when it did.
    pub revoked: Option<Revoked>,
}

/// The end of an authorisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revoked {
    /// Who ended it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why, in his words.
    pub reason: String,
}

impl Authorisation {
    /// Confirmed, not revoked, and within its dates: those of a clearance with what extends it among `all` that the
    /// person holds. A day ends where the registry is.
    pub fn in_force(&self, all: &[Authorisation], day: Date) -> bool {
        self.standing == Standing::Confirmed
            && self.grant.has_begun(day)
            && self.last_day(all).is_none_or(|last| day <= last)
    }

    /// The last day on which it counts, where it has one; of a clearance with what extends it.
    pub fn last_day(&self, all: &[Authorisation]) -> Option<Date> {
        match &self.grant {
            Grant::Clearance { until, .. } => {
                Some(self.extended_until(all).map_or(*until, |later| later.max(*until)))
            }
            Grant::Extension { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// Until when a confirmed extension lets this clearance count.
    pub fn extended_until(&self, all: &[Authorisation]) -> Option<Date> {
        let extending = all.iter().filter(|a| a.standing == Standing::Confirmed && a.person == self.person);
        let until = extending.filter_map(|a| match &a.grant {
            Grant::Extension { of, until, .. } if *of == self.id => Some(*until),
            _ => None,
        });
        until.max()
    }
}

/// The digest that binds a confirmation to what was proposed.
pub fn proposal_digest(id: AuthorisationId, person: PersonId, grant: &Grant) -> Digest {
    let text = serde_json::to_vec(&(id, person, grant)).unwrap_or_default();
    Digest::of(&text)
}

/// Longest reason (characters).
pub(crate) const REASON: usize = 1_000;

/// A security officer who acts in person.
fn officer(caller: &Caller) -> Result<(), Refusal> {
    if !caller.has(Role::SecurityOfficer, None) {
        return Err(Code::Forbidden.into());
    }
    if caller.channel == Channel::Operator {
        return Err(Code::NeedsPerson.into());
    }
    Ok(())
}

/// What the tables must tell before a proposal can be decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProposalNeeds {
    /// The person, when there is one.
    pub person: Option<Person>,
    /// What the proposal would extend, when it is there, and all that the person holds.
    pub of: Option<Box<(Authorisation, Vec<Authorisation>)>>,
}

/// Proposes a grant for a person.
pub fn propose(
    caller: &Caller,
    context: &Context<'_>,
    person: PersonId,
    grant: &Grant,
    needs: &ProposalNeeds,
) -> Result<Vec<Fact>, Refusal> {
    officer(caller)?;
    if person == caller.person {
        return Err(Code::OwnClearance.into());
    }
    let Some(known) = &needs.person else {
        return Err(Refusal::on("person", Code::PersonUnknown));
    };
    let grant = validity::completed(grant, context.house)?;
    check(&grant, context.house)?;
    match &grant {
        Grant::Extension { until, .. } => {
            let of = needs.of.as_deref().filter(|(of, _)| of.person == person);
            let (of, held) = of.ok_or(Refusal::on("of", Code::NotFound))?;
            validity::may_extend(of, held, *until, context.house)?;
        }
        Grant::Nationality { nationality, .. } if *nationality == known.nationality => {
            return Err(Refusal::on("nationality", Code::NothingChanged));
        }
        _ => {}
    }
    let authorisation = AuthorisationId::new(context.new_id(0));
    Ok(vec![Fact::AuthorisationProposed { authorisation, person, grant }])
}

/// Gives a role of a registry that gives no sight of content: clerk or assistant. One person is enough for these
/// ([`Role::is_given_by_one`]).
pub fn assign(
    caller: &Caller,
    context: &Context<'_>,
    person: PersonId,
    role: Role,
    registry: RegistryId,
    person_is_here: bool,
) -> Result<Vec<Fact>, Refusal> {
    let may = caller.is_operator()
        || caller.has(Role::Administrator, None)
        || caller.has(Role::SecurityOfficer, None);
    if !may {
        return Err(Code::Forbidden.into());
    }
    if person == caller.person {
        return Err(Code::OwnClearance.into());
    }
    if !person_is_here {
        return Err(Refusal::on("person", Code::PersonUnknown));
    }
    if !role.is_given_by_one() {
        return Err(Refusal::on("role", Code::NotOffered).with("value", role.as_str()));
    }
    if context.house.registry(registry).is_none() {
        return Err(Refusal::on("registry", Code::RegistryUnknown));
    }
    let authorisation = AuthorisationId::new(context.new_id(0));
    Ok(vec![Fact::RoleAssigned { authorisation, person, role, registry }])
}

/// Whether a grant makes sense in this house: known policy, level, registry, group; a period that ends after
/// it begins.
pub fn check(grant: &Grant, house: &House) -> Result<(), Refusal> {
    match grant {
        Grant::Clearance { clearance, from, until, authority, number } => {
            if until < from {
                return Err(Refusal::on("until", Code::ImpossiblePeriod));
            }
            required("authority", authority, NAME)?;
            line("number", number.as_deref().unwrap_or_default(), NAME)?;
            if !house.knows(clearance) {
                return Err(Refusal::on("clearance", Code::InvalidLabel));
            }
            validity::not_too_long(clearance, *from, *until, house)
        }
        Grant::Briefing { policy, subject, on, refresh } => {
            if house.policies.find(policy).is_none() {
                return Err(Refusal::on("policy", Code::UnknownPolicy).with("policy", policy));
            }
            if refresh.is_some_and(|day| day <= *on) {
                return Err(Refusal::on("refresh", Code::ImpossiblePeriod));
            }
            required("subject", subject, NAME).map(|_| ())
        }
        Grant::Extension { authority, reason, .. } => {
            required("authority", authority, NAME)?;
            required("reason", reason, REASON).map(|_| ())
        }
        Grant::Nationality { nationality, reason } => {
            person::nation(nationality)?;
            required("reason", reason, REASON).map(|_| ())
        }
        Grant::Certificate { certificate } => required("certificate", certificate, NAME).map(|_| ()),
        Grant::Specimen { media_type, .. } if SPECIMENS.contains(&media_type.as_str()) => Ok(()),
        Grant::Specimen { media_type, .. } => {
            Err(Refusal::on("content", Code::NotAPicture).with("value", media_type))
        }
        Grant::Role { role, registry } => match (role.is_of_a_registry(), registry) {
            (true, Some(id)) if house.registry(*id).is_some() => Ok(()),
            (false, None) => Ok(()),
            _ => Err(Refusal::on("registry", Code::RegistryUnknown)),
        },
        Grant::Membership { group } => match house.group(*group) {
            Some(_) => Ok(()),
            None => Err(Refusal::on("group", Code::GroupUnknown)),
        },
    }
}

/// Confirms a proposal: another security officer, not the one whom it is about, bound to what was read, who proved a
/// short while ago that it is he. That is asked last: nobody types his password for what is refused all the same.
pub fn confirm(
    caller: &Caller,
    waiting: Option<&Authorisation>,
    proposal: &Digest,
) -> Result<Vec<Fact>, Refusal> {
    officer(caller)?;
    let waiting = waiting.filter(|a| a.standing == Standing::Proposed).ok_or(Code::NoProposal)?;
    if waiting.person == caller.person {
        return Err(Code::OwnClearance.into());
    }
    if waiting.proposed_by == Some(caller.person) {
        return Err(Code::SamePerson.into());
    }
    if waiting.proposal != *proposal {
        return Err(Code::ProposalChanged.into());
    }
    if !caller.fresh {
        return Err(Code::SignInNotFresh.into());
    }
    Ok(vec![Fact::AuthorisationConfirmed { authorisation: waiting.id, proposal: waiting.proposal }])
}

/// Ends an authorisation at once. One security officer is enough: taking away is the safe direction.
pub fn revoke(caller: &Caller, held: Option<&Authorisation>, reason: &str) -> Result<Vec<Fact>, Refusal> {
    officer(caller)?;
    let held = held.filter(|a| a.standing != Standing::Revoked).ok_or(Code::NotFound)?;
    if held.person == caller.person {
        return Err(Code::OwnClearance.into());
    }
    if held.standing == Standing::Confirmed && matches!(held.grant, Grant::Nationality { .. }) {
        return Err(Code::NationalityStands.into());
    }
    let reason = required("reason", reason, REASON)?;
    Ok(vec![Fact::AuthorisationRevoked { authorisation: held.id, reason }])
}
