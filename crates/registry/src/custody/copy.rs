//! A numbered copy: who answers for it, where it lies, what became of it. Owns the one function by which an event changes
//! a copy, which deciding, applying and rebuilding share; must not know who may do what.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    fact::present,
    id::{CertificateId, ContainerId, CopyId, DispatchId, DocumentId, PersonId},
    time::Timestamp,
};

/// What a copy is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// Paper.
    Paper,
    /// A disk, a card, a tape that can be carried.
    Removable,
    /// Film, microform, photograph.
    Film,
    /// Something else that has no pages: a model, a device.
    Object,
}

impl Medium {
    /// Every one.
    pub const ALL: [Medium; 4] = [Medium::Paper, Medium::Removable, Medium::Film, Medium::Object];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Medium::Paper => "paper",
            Medium::Removable => "removable",
            Medium::Film => "film",
            Medium::Object => "object",
        }
    }
}

/// How a copy came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It came with the paper.
    Received,
    /// It was made here, with the paper.
    Made,
    /// It was reproduced from another.
    Reproduced,
    /// Parts of another, copied.
    Extract,
    /// Another in another language.
    Translation,
    /// It turned up and stood in no register.
    Found,
    /// It was taken over from a register of old.
    Old,
}

impl Origin {
    /// Every one.
    pub const ALL: [Origin; 7] = [
        Origin::Received,
        Origin::Made,
        Origin::Reproduced,
        Origin::Extract,
        Origin::Translation,
        Origin::Found,
        Origin::Old,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::Received => "received",
            Origin::Made => "made",
            Origin::Reproduced => "reproduced",
            Origin::Extract => "extract",
            Origin::Translation => "translation",
            Origin::Found => "found",
            Origin::Old => "old",
        }
    }
}

/// Who answers for a copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Holder {
    /// The registry, at its desk.
    Registry,
    /// The registry, in a container of its own.
    Container {
        /// Which.
        container: ContainerId,
        /// Which shelf, box or drawer of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shelf: Option<String>,
    },
    /// A person of the house.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A registry or a person outside of the house.
    Elsewhere {
        /// Which, as receipts name it.
        name: String,
    },
}

impl Holder {
    /// True while it is the registry's own.
    pub const fn is_registry(&self) -> bool {
        matches!(self, Holder::Registry | Holder::Container { .. })
    }
    /// The kind of holder, as it stands in tables.
    pub const fn kind(&self) -> &'static str {
        match self {
            Holder::Registry => "registry",
            Holder::Container { .. } => "container",
            Holder::Person { .. } => "person",
            Holder::Elsewhere { .. } => "elsewhere",
        }
    }
}

/// What state a copy is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Standing {
    /// With its holder.
    Held,
    /// On its way: who sent it answers for it until the receipt is recorded.
    UnderWay {
        /// With which dispatch.
        dispatch: DispatchId,
    },
    /// Another registry answers for it.
    Transferred,
    /// It is not accountable any more.
    Released,
    /// Destroyed.
    Destroyed {
        /// By which certificate.
        certificate: CertificateId,
    },
    /// Nobody knows where it is.
    Missing {
        /// With which dispatch it was on its way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dispatch: Option<DispatchId>,
    },
}

impl Standing {
    /// As it stands in tables and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Held => "held",
            Standing::UnderWay { .. } => "under-way",
            Standing::Transferred => "transferred",
            Standing::Released => "released",
            Standing::Destroyed { .. } => "destroyed",
            Standing::Missing { .. } => "missing",
        }
    }
    /// The dispatch with which it is on its way, or was when it was missed.
    pub const fn sent_with(self) -> Option<DispatchId> {
        match self {
            Standing::UnderWay { dispatch } => Some(dispatch),
            Standing::Missing { dispatch } => dispatch,
            _ => None,
        }
    }
    /// True while the registry's books must say where it is.
    pub const fn is_open(self) -> bool {
        matches!(self, Standing::Held | Standing::UnderWay { .. } | Standing::Missing { .. })
    }
}

/// A copy as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// Its identifier.
    pub id: CopyId,
    /// Of which document.
    pub document: DocumentId,
    /// Its number, from 1.
    pub number: u32,
    /// How many pages it has; none: it has no pages, or nobody counted them.
    #[serde(deserialize_with = "present")]
    pub pages: Option<u32>,
    /// What it is made of.
    pub medium: Medium,
    /// How it came to be.
    pub origin: Origin,
    /// Who answers for it.
    pub holder: Holder,
    /// What state it is in.
    pub standing: Standing,
    /// The day by which it is to be back, while it is on loan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_by: Option<Date>,
    /// The container in which it lay, from the moment it went off until it is put away again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Holder>,
    /// The last moment at which something happened to it.
    pub since: Timestamp,
}

/// What happens to a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// It is put to the registry's desk or into a container: from there, from a person, from the way back, or found.
    Kept {
        /// Where.
        holder: Holder,
    },
    /// It goes off to somebody.
    Sent {
        /// With which dispatch.
        dispatch: DispatchId,
        /// The day by which it is to be back, where it is lent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        back_by: Option<Date>,
    },
    /// A loan is longer than was said.
    Prolonged {
        /// The day by which it is to be back now.
        until: Date,
    },
    /// Whoever it was sent to has it and answers for it.
    Received {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// Who has it.
        holder: Holder,
    },
    /// It is not where it should be.
    Missed,
    /// It is not accountable any more.
    Released,
    /// It was destroyed.
    Destroyed {
        /// By which certificate.
        certificate: CertificateId,
    },
}

impl Event {
    /// As it stands in tables and texts.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Event::Kept { .. } => "kept",
            Event::Sent { .. } => "sent",
            Event::Prolonged { .. } => "prolonged",
            Event::Received { .. } => "received",
            Event::Missed => "missed",
            Event::Released => "released",
            Event::Destroyed { .. } => "destroyed",
        }
    }
}

/// Why an event cannot happen to a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It is destroyed, transferred or released: its books are closed.
    Closed(Standing),
    /// It is on its way.
    UnderWay,
    /// It is missing, and must be found first.
    Missing,
    /// It did not go with that dispatch.
    NotSent,
    /// Something happened to it after that moment.
    Before(Timestamp),
    /// It is not on loan.
    NotLent,
    /// A loan that would end no later than it does.
    NotLonger(Date),
}

impl Copy {
    /// The copy after an event at a moment.
    pub fn after(&self, event: &Event, at: Timestamp) -> Result<Copy, Broken> {
        // What comes back is taken, from another registry too; nothing comes back from the shredder.
        let back = matches!((event, self.standing), (Event::Kept { .. }, Standing::Transferred));
        let lent = matches!(event, Event::Prolonged { .. }) && self.is_lent();
        let back = back || lent;
        if !self.standing.is_open() && !back {
            return Err(Broken::Closed(self.standing));
        }
        if at < self.since {
            return Err(Broken::Before(self.since));
        }
        let mut next = Copy { since: at, ..self.clone() };
        match event {
            Event::Kept { holder } => {
                next.holder = holder.clone();
                next.standing = Standing::Held;
                next.back_by = None;
                next.home = None;
            }
            Event::Sent { dispatch, back_by } => {
                self.at_hand()?;
                next.standing = Standing::UnderWay { dispatch: *dispatch };
                if let Holder::Container { .. } = self.holder {
                    next.home = Some(self.holder.clone());
                }
                // Who hands on what he has on loan hands on the day with it.
                next.back_by = back_by.or(self.back_by);
            }
            Event::Prolonged { until } => {
                let back_by = self.back_by.ok_or(Broken::NotLent)?;
                if *until <= back_by {
                    return Err(Broken::NotLonger(back_by));
                }
                next.back_by = Some(*until);
                next.since = self.since;
            }
            Event::Received { dispatch, holder } => {
                if self.standing.sent_with() != Some(*dispatch) {
                    return Err(Broken::NotSent);
                }
                next.standing = match holder {
                    Holder::Elsewhere { .. } => Standing::Transferred,
                    _ => Standing::Held,
                };
                next.holder = holder.clone();
                if holder.is_registry() {
                    next.back_by = None;
                }
            }
            Event::Missed => {
                if let Standing::Missing { .. } = self.standing {
                    return Err(Broken::Missing);
                }
                next.standing = Standing::Missing { dispatch: self.standing.sent_with() };
            }
            Event::Released => {
                next.standing = Standing::Released;
                next.back_by = None;
            }
            Event::Destroyed { certificate } => {
                self.at_hand()?;
                next.standing = Standing::Destroyed { certificate: *certificate };
                next.back_by = None;
            }
        }
        Ok(next)
    }

    /// True while it is to come back: from somebody outside too, who answers for it meanwhile.
    pub const fn is_lent(&self) -> bool {
        self.back_by.is_some()
    }

    /// Refused while nobody has it in his hands.
    pub fn at_hand(&self) -> Result<(), Broken> {
        match self.standing {
            Standing::Held => Ok(()),
            Standing::UnderWay { .. } => Err(Broken::UnderWay),
            Standing::Missing { .. } => Err(Broken::Missing),
            closed => Err(Broken::Closed(closed)),
        }
    }
}
