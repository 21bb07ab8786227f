//! Working on the content of a document: one person takes it out, everyone who sees it sees who has it, and he gives it
//! back with a new version or as it was. While it is out nobody else adds a version.

use jiff::civil::Date;

use crate::{
    access::AccessRule,
    authorisation::{Authorisation, Role},
    command::{Caller, Context},
    disclosure::Reproduction,
    document::{self, StagedContent},
    fact::Fact,
    id::{Digest, DocumentId, PersonId},
    line::{line, required},
    person::Person,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Longest reason (characters).
const REASON: usize = 1_000;
/// How long a document is out, where nobody said until when, before it is spoken of (days).
pub const LONG: i64 = 7;

/// A document that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    /// Who has it.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// What for.
    pub reason: Option<String>,
    /// Until when he wants it.
    pub until: Option<Date>,
}

impl Out {
    /// Whether it is out too long on a day.
    pub fn is_long(&self, today: Date, since: Date) -> bool {
        match self.until {
            Some(until) => until < today,
            None => (today - since).get_days() > i32::try_from(LONG).unwrap_or(i32::MAX),
        }
    }
}

/// What the tables tell before something is done with a document: read, reproduced, taken out, given back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HandlingNeeds {
    /// By which rule it is seen; none: it is not there.
    pub access: Option<AccessRule>,
    /// The number of its newest version; 0: it has none.
    pub versions: u32,
    /// The digest of the newest version.
    pub newest: Option<Digest>,
    /// Who has it out.
    pub out: Option<Out>,
    /// The reference of another document with the content that is given back, where the caller may see it.
    pub duplicate: Option<String>,
    /// What was authorised of it for the caller and is not used up.
    pub authorised: Vec<Reproduction>,
    /// The person whom it is about, with what he holds; none: not of the house.
    pub person: Option<Box<(Person, Vec<Authorisation>)>>,
    /// Where the entry stands that changed its marking or its content last.
    pub changed: u64,
    /// Up to which entry the person was told.
    pub told: Option<u64>,
}

/// Refused where the caller does not read it: what he does not see is not there, what he only handles is not his.
pub(crate) fn reads<'a>(
    caller: &Caller,
    context: &Context<'_>,
    needs: &'a HandlingNeeds,
) -> Result<&'a AccessRule, Refusal> {
    let rule = needs.access.as_ref().ok_or(Code::NotFound)?;
    let sight = caller.viewer.sight(rule, context.registry, context.house, context.today);
    if sight == crate::access::Sight::default() {
        return Err(Code::NotFound.into());
    }
    if sight.read { Ok(rule) } else { Err(Code::Forbidden.into()) }
}

fn works(caller: &Caller, context: &Context<'_>, needs: &HandlingNeeds) -> Result<(), Refusal> {
    reads(caller, context, needs)?;
    if caller.viewer.registers(context.registry) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Takes a document out.
pub fn check_out(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    reason: &str,
    until: Option<Date>,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    works(caller, context, needs)?;
    if let Some(out) = &needs.out {
        return Err(Refusal::new(Code::CheckedOut).with("name", &out.name));
    }
    if until.is_some_and(|until| until < context.today) {
        return Err(Refusal::on("until", Code::ImpossiblePeriod));
    }
    let reason = line("reason", reason, REASON)?;
    Ok(vec![Fact::DocumentCheckedOut { document, reason, until }])
}

/// Gives it back: with a new version, or as it was. His own alone.
pub fn check_in(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    content: Option<&StagedContent>,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let rule = reads(caller, context, needs)?;
    match &needs.out {
        None => return Err(Code::NotCheckedOut.into()),
        Some(out) if out.person != caller.person => {
            return Err(Refusal::new(Code::CheckedOut).with("name", &out.name));
        }
        Some(_) => {}
    }
    let Some(content) = content else {
        return Ok(vec![Fact::DocumentCheckedIn { document, version: None, broken: None }]);
    };
    works(caller, context, needs)?;
    let registry = context.house.registry(context.registry).ok_or(Code::NotFound)?;
    document::check_content(context, registry, rule.content.as_ref(), content)?;
    if needs.newest == Some(content.digest) {
        return Err(Refusal::on("content", Code::NothingChanged));
    }
    if let Some(reference) = &needs.duplicate {
        return Err(Refusal::on("content", Code::DuplicateInScope).with("reference", reference));
    }
    let number = needs.versions.saturating_add(1);
    let mut facts = document::version_of(context, document, number, content)?;
    facts.push(Fact::DocumentCheckedIn { document, version: Some(number), broken: None });
    Ok(facts)
}

/// Gives back what another has out: a controller's, with a reason.
pub fn break_lock(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    reason: &str,
    needs: &HandlingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    reads(caller, context, needs)?;
    if !caller.has(Role::Controller, Some(context.registry)) {
        return Err(Code::Forbidden.into());
    }
    if needs.out.is_none() {
        return Err(Code::NotCheckedOut.into());
    }
    let reason = required("reason", reason, REASON)?;
    Ok(vec![Fact::DocumentCheckedIn { document, version: None, broken: Some(reason) }])
}
