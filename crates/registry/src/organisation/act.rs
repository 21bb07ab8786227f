//! What can be asked of the organisation, and what it is about. Decides nothing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{contact::ContactTerms, lists::ListTerms, post::PostTerms, stand_in::For, unit::UnitTerms};
use crate::{
    fact::Fact,
    id::{ContactId, LeaveId, ListId, PersonId, PostId, RegistryId, StandInId, TenureId, UnitId},
};

/// What can be asked of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Establishes a unit.
    EstablishUnit {
        /// Short.
        code: String,
        /// How.
        terms: UnitTerms,
    },
    /// Changes a unit, or ends it. Its code stays: references are written with it.
    ChangeUnit {
        /// Which.
        unit: UnitId,
        /// How it is from now on.
        terms: UnitTerms,
        /// Why.
        reason: String,
    },
    /// Establishes a post.
    EstablishPost {
        /// Short.
        code: String,
        /// How.
        terms: PostTerms,
    },
    /// Changes a post, or ends it.
    ChangePost {
        /// Which.
        post: PostId,
        /// How it is from now on.
        terms: PostTerms,
        /// Why.
        reason: String,
    },
    /// Puts a person into a post.
    TakeUp {
        /// Which.
        post: PostId,
        /// Who.
        person: PersonId,
        /// His first day.
        from: Date,
        /// His last, where it is known.
        #[serde(default)]
        until: Option<Date>,
    },
    /// Says when somebody leaves a post.
    LeavePost {
        /// Which tenure of it.
        tenure: TenureId,
        /// His last day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// Corrects from when until when somebody held a post.
    CorrectTenure {
        /// Which.
        tenure: TenureId,
        /// The days as they were; none: he never held it.
        #[serde(default)]
        days: Option<Corrected>,
        /// Why.
        reason: String,
    },
    /// Names somebody who stands in.
    NameStandIn {
        /// For what.
        of: For,
        /// Who.
        by: PersonId,
        /// The first day.
        from: Date,
        /// The last.
        until: Date,
    },
    /// Ends a stand-in before its time.
    EndStandIn {
        /// Which.
        stand_in: StandInId,
        /// The last day; none: it does not begin at all.
        #[serde(default)]
        until: Option<Date>,
        /// Why.
        reason: String,
    },
    /// Records a leave.
    RecordLeave {
        /// Whose.
        person: PersonId,
        /// The first day.
        from: Date,
        /// The last.
        until: Date,
        /// Who stands in for him meanwhile, from today on where the leave began before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// Makes a leave shorter, or takes it back.
    EndLeave {
        /// Which.
        leave: LeaveId,
        /// The last day; none: there is none at all.
        #[serde(default)]
        until: Option<Date>,
        /// Why.
        reason: String,
    },
    /// Enters a contact outside.
    EnterContact {
        /// Who.
        terms: Box<ContactTerms>,
    },
    /// Changes what is known of a contact, or ends it.
    ChangeContact {
        /// Which.
        contact: ContactId,
        /// What is known from now on.
        terms: Box<ContactTerms>,
        /// Why.
        reason: String,
    },
    /// Draws up a distribution list.
    DrawUpList {
        /// Short.
        code: String,
        /// What it says.
        terms: ListTerms,
    },
    /// Changes a distribution list, or ends it.
    ChangeList {
        /// Which.
        list: ListId,
        /// What it says from now on.
        terms: ListTerms,
        /// Why.
        reason: String,
    },
}

/// Days as they should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The first.
    pub from: Date,
    /// The last, where it is known.
    #[serde(default)]
    pub until: Option<Date>,
}

impl Act {
    /// The correspondent of whom a contact shall be an officer: which registry's, and which item of its book.
    pub fn correspondent(&self) -> Option<(RegistryId, crate::id::BookItemId)> {
        match self {
            Act::EnterContact { terms } | Act::ChangeContact { terms, .. } => {
                terms.officer_of.map(|of| (of.registry, of.item))
            }
            _ => None,
        }
    }
}

/// What an act was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Thing {
    /// A unit.
    Unit {
        /// Which.
        unit: UnitId,
    },
    /// A post.
    Post {
        /// Which.
        post: PostId,
    },
    /// A person in a post.
    Tenure {
        /// Which.
        tenure: TenureId,
    },
    /// Somebody who stands in.
    StandIn {
        /// Which.
        stand_in: StandInId,
    },
    /// A leave.
    Leave {
        /// Which.
        leave: LeaveId,
    },
    /// A contact.
    Contact {
        /// Which.
        contact: ContactId,
    },
    /// A distribution list.
    List {
        /// Which.
        list: ListId,
    },
}

impl Thing {
    /// What a fact is about; none: it is not of the organisation.
    pub fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::UnitEstablished { unit } | Fact::UnitChanged { unit, .. } => Thing::Unit { unit: unit.id },
            Fact::PostEstablished { post } | Fact::PostChanged { post, .. } => Thing::Post { post: post.id },
            Fact::PostTakenUp { tenure } => Thing::Tenure { tenure: tenure.id },
            Fact::PostLeft { tenure, .. } | Fact::TenureCorrected { tenure, .. } => {
                Thing::Tenure { tenure: *tenure }
            }
            Fact::StandInNamed { stand_in } => Thing::StandIn { stand_in: stand_in.id },
            Fact::StandInEnded { stand_in, .. } => Thing::StandIn { stand_in: *stand_in },
            Fact::LeaveRecorded { leave } => Thing::Leave { leave: leave.id },
            Fact::LeaveEnded { leave, .. } => Thing::Leave { leave: *leave },
            Fact::ContactEntered { contact } | Fact::ContactChanged { contact, .. } => {
                Thing::Contact { contact: contact.id }
            }
            Fact::ListDrawnUp { list } | Fact::ListChanged { list, .. } => Thing::List { list: list.id },
            _ => return None,
        })
    }

    /// Its identifier, whatever it is.
    pub fn bytes(&self) -> &[u8; 16] {
        match self {
            Thing::Unit { unit } => unit.bytes(),
            Thing::Post { post } => post.bytes(),
            Thing::Tenure { tenure } => tenure.bytes(),
            Thing::StandIn { stand_in } => stand_in.bytes(),
            Thing::Leave { leave } => leave.bytes(),
            Thing::Contact { contact } => contact.bytes(),
            Thing::List { list } => list.bytes(),
        }
    }
}
