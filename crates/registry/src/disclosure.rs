//! Who has had a paper before him: openings of accountable papers, what is reproduced of them by whose authority, and who
//! was told that a paper is not any more what it was when he read it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    access::Viewer,
    authorisation::Role,
    command::{Caller, Context},
    fact::Fact,
    id::{DocumentId, PersonId, ReproductionId},
    line::{line, required},
    refusal::{Code, Refusal},
    working::{HandlingNeeds, reads},
};

/// Longest purpose (characters).
const PURPOSE: usize = 1_000;
/// Most copies of one authority.
pub const COPIES: u32 = 99;

/// By what means somebody had a paper before him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// Its text on screen.
    Screen,
    /// A file of it was given out where no authority was needed: its marking was open, or had been lowered.
    File,
    /// A file of it was given out by authority: to print, to keep, to a program.
    Reproduction,
}

impl Means {
    /// Every one.
    pub const ALL: [Means; 3] = [Means::Screen, Means::File, Means::Reproduction];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Means::Screen => "screen",
            Means::File => "file",
            Means::Reproduction => "reproduction",
        }
    }
}

/// An authority to reproduce: for one person, of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reproduction {
    /// Its identifier.
    pub id: ReproductionId,
    /// Of which document.
    pub document: DocumentId,
    /// Of which version.
    pub version: u32,
    /// For whom.
    pub person: PersonId,
    /// What for.
    pub purpose: String,
    /// How many copies.
    pub copies: u32,
    /// The last day on which it counts.
    pub until: Date,
    /// Why its copies bear no stamp; none: they are stamped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unstamped: Option<String>,
}

/// What somebody has before him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Of which document.
    pub document: DocumentId,
    /// Which version.
    pub version: u32,
    /// Which attachment of it, by its place from 1; none: the version itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosure: Option<u32>,
}

/// The number that a file bears which shall be given out: the next copy of an authority, or it is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bears {
    /// Of which authority.
    pub authority: ReproductionId,
    /// How many of its copies are left, this one among them.
    pub left: u32,
}

/// Writes a line of the disclosure record, before the caller sees the piece or is given it. A reproduction uses up one
/// copy of an authority; what is accountable is given out in no other way. A file that bears its number takes that one, or is
/// refused because another took it meanwhile.
pub fn disclose(
    caller: &Caller,
    context: &Context<'_>,
    piece: Piece,
    means: Means,
    bears: Option<Bears>,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let rule = reads(caller, context, needs)?;
    if piece.version == 0 || piece.version > needs.versions {
        return Err(Code::NotFound.into());
    }
    let accountable = || rule.content.as_ref().is_some_and(|l| context.house.policies.is_accountable(l));
    let authority = match means {
        Means::Screen => None,
        Means::File if accountable() => return Err(Code::ReproductionUnauthorised.into()),
        Means::File => None,
        Means::Reproduction => Some(authority_for(caller, context, piece.version, bears, needs)?),
    };
    let Piece { document, version, enclosure } = piece;
    Ok(vec![Fact::DisclosureRecorded { document, version, enclosure, means, authority }])
}

/// The authority of the caller of which a copy is left; where a number stands on it already, the one whose number that is.
fn authority_for(
    caller: &Caller,
    context: &Context<'_>,
    version: u32,
    bears: Option<Bears>,
    needs: &HandlingNeeds,
) -> Result<ReproductionId, Refusal> {
    let counts = |a: &&Reproduction| {
        a.person == caller.person && a.version == version && a.copies > 0 && a.until >= context.today
    };
    let mut found = needs.authorised.iter().filter(counts);
    let first = found.clone().next().ok_or(Code::ReproductionUnauthorised)?;
    let Some(bears) = bears else { return Ok(first.id) };
    let is = |a: &&Reproduction| a.id == bears.authority && a.copies == bears.left;
    Ok(found.find(is).ok_or(Code::Conflict)?.id)
}

/// What is asked of a controller: so many copies of a version for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// For whom.
    pub person: PersonId,
    /// Of which version.
    pub version: u32,
    /// What for.
    pub purpose: String,
    /// How many copies.
    pub copies: u32,
    /// The last day on which it counts.
    pub until: Date,
    /// Why its copies bear no stamp; none: they are stamped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unstamped: Option<String>,
}

/// Authorises a reproduction: a controller's, for another who may read the paper, never for himself.
pub fn authorise(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    asked: &Authority,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let rule = reads(caller, context, needs)?;
    if !caller.has(Role::Controller, Some(context.registry)) {
        return Err(Code::Forbidden.into());
    }
    if asked.person == caller.person {
        return Err(Refusal::on("person", Code::SamePerson));
    }
    let (person, held) = needs
        .person
        .as_deref()
        .ok_or_else(|| Refusal::on("person", Code::PersonUnknown).with("person", asked.person))?;
    let viewer = Viewer::on(context.today, person, held);
    if !viewer.sight(rule, context.registry, context.house, context.today).read {
        return Err(Refusal::on("person", Code::NotAdmitted).with("person", &person.name));
    }
    if asked.version == 0 || asked.version > needs.versions {
        return Err(Refusal::on("version", Code::NotOffered).with("value", asked.version));
    }
    if asked.copies == 0 || asked.copies > COPIES {
        return Err(Refusal::on("copies", Code::NotOffered).with("value", asked.copies));
    }
    if asked.until < context.today {
        return Err(Refusal::on("until", Code::ImpossiblePeriod));
    }
    let purpose = required("purpose", &asked.purpose, PURPOSE)?;
    let unstamped = line("unstamped", asked.unstamped.as_deref().unwrap_or_default(), PURPOSE)?;
    let reproduction = Reproduction {
        id: ReproductionId::new(context.new_id(0)),
        document,
        version: asked.version,
        person: asked.person,
        purpose,
        copies: asked.copies,
        until: asked.until,
        unstamped,
    };
    Ok(vec![Fact::ReproductionAuthorised { reproduction: Box::new(reproduction) }])
}

/// Records that somebody knows what the paper is now: he himself acknowledges it, or a controller told him in person.
pub fn tell(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    person: PersonId,
    sequence: u64,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    reads(caller, context, needs)?;
    let in_person = person != caller.person;
    if in_person && !caller.has(Role::Controller, Some(context.registry)) {
        return Err(Code::Forbidden.into());
    }
    if needs.person.is_none() {
        return Err(Refusal::on("person", Code::PersonUnknown).with("person", person));
    }
    if sequence > needs.changed {
        return Err(Refusal::on("sequence", Code::NotOffered).with("value", sequence));
    }
    if needs.told.is_some_and(|told| told >= sequence) {
        return Err(Code::NothingChanged.into());
    }
    Ok(vec![Fact::HolderTold { document, person, sequence, in_person }])
}
