//! What holders are told to do with copies: mark them anew, send them back, bring them up to date. Owns what an instruction is,
//! which copies still wait for it, and who may say that it was done.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Booked, Details, Item, Stage};
use crate::{
    custody::{
        Desk, Known, WORDS,
        copy::{Copy, Holder, Standing},
    },
    fact::{Fact, present},
    id::{BookItemId, CopyId, DocumentId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// What holders are told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstructionKind {
    /// To mark copies anew, as the paper is marked since.
    Regrade,
    /// To send them back.
    Recall,
    /// To put pages in and take pages out.
    Amend,
}

impl InstructionKind {
    /// Every one.
    pub const ALL: [InstructionKind; 3] =
        [InstructionKind::Regrade, InstructionKind::Recall, InstructionKind::Amend];
    /// As it stands in data and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            InstructionKind::Regrade => "regrade",
            InstructionKind::Recall => "recall",
            InstructionKind::Amend => "amend",
        }
    }
}

/// An amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Its serial, as the record of amendments names it.
    pub serial: String,
    /// The pages that are put in.
    #[serde(deserialize_with = "present")]
    pub insert: Option<String>,
    /// The pages that are destroyed.
    #[serde(deserialize_with = "present")]
    pub destroy: Option<String>,
}

/// What was done with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posted {
    /// Which.
    pub copy: CopyId,
    /// When.
    pub at: Timestamp,
}

/// What holders are told to do with copies of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruction {
    /// Which document.
    pub document: DocumentId,
    /// What.
    pub is: InstructionKind,
    /// By whose authority, by its reference; of a new marking, why it is corrected.
    pub authority: String,
    /// What to do, in words.
    #[serde(deserialize_with = "present")]
    pub words: Option<String>,
    /// Of an amendment, which.
    #[serde(deserialize_with = "present")]
    pub amendment: Option<Amendment>,
    /// Of a new marking, whether papers that bear it have no numbered copies.
    pub leaves_log: bool,
    /// The copies at the time: those for which somebody answered, here or elsewhere.
    pub copies: Vec<CopyId>,
    /// Those with which it was done.
    pub posted: Vec<Posted>,
}

/// How a copy stands to an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doing {
    /// It is to be done.
    Open,
    /// It was done.
    Posted,
    /// The copy is back with the registry.
    Back,
    /// There is nothing to be done with it: it is destroyed, released or missing.
    Nothing,
}

impl Doing {
    /// As it stands in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doing::Open => "open",
            Doing::Posted => "posted",
            Doing::Back => "back",
            Doing::Nothing => "nothing",
        }
    }
}

impl Instruction {
    /// How a copy stands to it now. Computed, and stored nowhere: what happens to the copy counts by itself.
    pub fn doing(&self, copy: &Copy) -> Doing {
        if self.posted.iter().any(|posted| posted.copy == copy.id) {
            return Doing::Posted;
        }
        match copy.standing {
            Standing::Destroyed { .. } | Standing::Released | Standing::Missing { .. } => Doing::Nothing,
            Standing::Held if self.is == InstructionKind::Recall && copy.holder.is_registry() => Doing::Back,
            // Another registry answers for what it was sent: it is told, and says by letter that it is done.
            Standing::Held | Standing::UnderWay { .. } | Standing::Transferred => Doing::Open,
        }
    }
    /// Whether nothing is left to be done, with its copies as they stand.
    pub fn is_done(&self, copies: &[Copy]) -> bool {
        copies
            .iter()
            .filter(|copy| self.copies.contains(&copy.id))
            .all(|copy| self.doing(copy) != Doing::Open)
    }
    /// After it was done with some copies; none: one is not on it, or it was done with it.
    pub(super) fn post(&mut self, copies: &[CopyId], at: Timestamp) -> Option<()> {
        for copy in copies {
            let posted = self.posted.iter().any(|posted| posted.copy == *copy);
            if posted || !self.copies.contains(copy) {
                return None;
            }
            self.posted.push(Posted { copy: *copy, at });
        }
        (!copies.is_empty()).then_some(())
    }
}

/// Whether somebody is to be told what to do with a copy: here or elsewhere somebody answers for it.
pub const fn is_told(copy: &Copy) -> bool {
    copy.standing.is_open() || matches!(copy.standing, Standing::Transferred)
}

/// The instruction that follows when the marking of a document is corrected: its holders mark their copies anew.
pub(crate) fn regrade(
    document: DocumentId,
    reason: &str,
    leaves_log: bool,
    copies: Vec<CopyId>,
    (id, number, year, now): (BookItemId, u64, i16, Timestamp),
) -> Fact {
    let item = Item {
        id,
        number,
        year,
        stage: Stage::Current,
        since: now,
        details: Details::Instructions(Instruction {
            document,
            is: InstructionKind::Regrade,
            authority: reason.to_owned(),
            words: None,
            amendment: None,
            leaves_log,
            copies,
            posted: Vec::new(),
        }),
    };
    Fact::BookEntered { item: Box::new(item), words: None }
}

impl Desk<'_> {
    /// What holders are told by the staff; a new marking follows from the correction of the entry, and from nothing else.
    pub(super) fn instruction(&self, asked: &Instruction) -> Result<Instruction, Refusal> {
        if asked.is == InstructionKind::Regrade {
            return Err(Refusal::on("is", Code::NotOffered));
        }
        let amendment = match (asked.is, &asked.amendment) {
            (InstructionKind::Amend, Some(amendment)) => Some(amended(amendment)?),
            (InstructionKind::Amend, None) => return Err(Refusal::on("serial", Code::Required)),
            _ => None,
        };
        let told = |known: &&Known| known.copy.document == asked.document && is_told(&known.copy);
        let mut copies: Vec<&Known> = self.needs.copies.iter().filter(told).collect();
        copies.sort_by_key(|known| known.copy.number);
        if copies.is_empty() {
            return Err(Refusal::on("copies", Code::NoHolders));
        }
        Ok(Instruction {
            document: asked.document,
            is: asked.is,
            authority: required("authority", &asked.authority, NAME)?,
            words: line("words", asked.words.as_deref().unwrap_or_default(), WORDS)?,
            amendment,
            leaves_log: false,
            copies: copies.iter().map(|known| known.copy.id).collect(),
            posted: Vec::new(),
        })
    }

    /// The holder says it of his own copies, the staff of any; of what is elsewhere by the letter that says so.
    pub(super) fn may_post(&self, booked: &Booked, copies: &[CopyId], words: &str) -> Result<(), Refusal> {
        let Details::Instructions(instruction) = &booked.item.details else {
            return Err(Refusal::new(Code::ItemStage).with("item", booked.item.text()));
        };
        if copies.is_empty() {
            return Err(Refusal::on("copies", Code::Required));
        }
        let own = Holder::Person { person: self.caller.person };
        let mut posted = BTreeSet::new();
        let mut foreign = false;
        for id in copies {
            let known = self.needs.copies.iter().find(|known| known.copy.id == *id).ok_or(Code::NotFound)?;
            foreign |= known.copy.holder != own || known.copy.standing != Standing::Held;
            let refused = |code: Code| Refusal::on("copies", code).with("copy", known.name());
            if !posted.insert(*id) {
                return Err(refused(Code::CopyTwice));
            }
        }
        if foreign {
            self.staff()?;
        }
        for known in self.needs.copies.iter().filter(|known| posted.contains(&known.copy.id)) {
            let refused =
                |field: &'static str, code: Code| Refusal::on(field, code).with("copy", known.name());
            let listed = instruction.copies.contains(&known.copy.id);
            if !listed || instruction.doing(&known.copy) != Doing::Open {
                return Err(refused("copies", Code::NotToPost));
            }
            let elsewhere = known.copy.standing == Standing::Transferred;
            if instruction.is == InstructionKind::Recall && !elsewhere {
                return Err(refused("copies", Code::RecallReturns));
            }
            if elsewhere && words.trim().is_empty() {
                return Err(refused("words", Code::LetterNeeded));
            }
        }
        Ok(())
    }
}

/// An amendment puts something in or takes something out.
fn amended(asked: &Amendment) -> Result<Amendment, Refusal> {
    let pages = |field, pages: &Option<String>| line(field, pages.as_deref().unwrap_or_default(), WORDS);
    let amendment = Amendment {
        serial: required("serial", &asked.serial, NAME)?,
        insert: pages("insert", &asked.insert)?,
        destroy: pages("destroy", &asked.destroy)?,
    };
    if amendment.insert.is_none() && amendment.destroy.is_none() {
        return Err(Refusal::on("insert", Code::Required));
    }
    Ok(amendment)
}
