//! Correcting what the register says of a document: any field, its marking, in one step with a reason. The old value
//! stays in the history, under the access rule that it was under.
//!
//! A correction mends an entry that was wrong, and decides a marking that was undetermined. To regrade is the originator's;
//! that the entry bears the marking since is written here, and every holder of a copy is told to carry it out.

use label::Label;
use serde::{Deserialize, Serialize};

use crate::{
    access::{AccessRule, Sight},
    authorisation::Role,
    command::{Caller, Context},
    custody::book::regrade,
    date::DocumentDate,
    document::{self, Direction, SUBJECT},
    fact::Fact,
    formal::{self, Formal},
    id::{BookItemId, CopyId, Digest, DocumentId, GroupId, PersonId},
    line::{NAME, line, required},
    reference::Reference,
    refusal::{Code, Refusal},
    relation::{self, Stated},
    working::Out,
};

/// Longest reason (characters).
const REASON: usize = 1_000;

/// What the register says of a document, as far as a registry may correct it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Its way.
    pub direction: Direction,
    /// A word of the house.
    pub kind: String,
    /// When it says it was written.
    pub date: DocumentDate,
    /// Two letters.
    pub language: String,
    /// Who wrote or sent it; empty: not said.
    pub originator: String,
    /// Its references beside the register's own.
    pub references: Vec<Reference>,
    /// The one of these by which it is called; empty: by that of the register.
    pub preferred: String,
    /// What it is to other papers.
    pub relations: Vec<Stated>,
    /// The subject line.
    pub subject: String,
    /// Action addressees.
    pub action: Vec<String>,
    /// Information addressees.
    pub info: Vec<String>,
    /// Where the content is held, when not here; empty: here.
    pub held_elsewhere: String,
    /// What a formal message says of its handling; empty for every other paper.
    pub formal: Formal,
    /// By which rule it is seen.
    pub access: AccessRule,
}

impl Description {
    /// The mark of this state, by which a form notices that another person was quicker.
    pub fn mark(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

macro_rules! details {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)*) => {
        /// Some of a description: what a correction changed, before or after it.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Details {
            $($(#[$doc])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
        }

        impl Details {
            /// What differs between two descriptions: as it was, and as it is.
            pub fn between(from: &Description, to: &Description) -> (Self, Self) {
                let (mut before, mut after) = (Self::default(), Self::default());
                $(if from.$field != to.$field {
                    before.$field = Some(from.$field.clone());
                    after.$field = Some(to.$field.clone());
                })*
                (before, after)
            }

            /// Puts these into a description, in the place of what it says.
            pub fn put_into(&self, description: &mut Description) {
                $(if let Some(value) = &self.$field {
                    description.$field.clone_from(value);
                })*
            }

            /// The names of the fields that are here.
            pub fn fields(&self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$field.is_some() {
                    names.push(stringify!($field));
                })*
                names
            }
        }
    };
}

details! {
    /// Its way.
    direction: Direction,
    /// A word of the house.
    kind: String,
    /// When it says it was written.
    date: DocumentDate,
    /// Two letters.
    language: String,
    /// Who wrote or sent it.
    originator: String,
    /// Its references beside the register's own.
    references: Vec<Reference>,
    /// The one of these by which it is called.
    preferred: String,
    /// What it is to other papers.
    relations: Vec<Stated>,
    /// The subject line.
    subject: String,
    /// Action addressees.
    action: Vec<String>,
    /// Information addressees.
    info: Vec<String>,
    /// Where the content is held.
    held_elsewhere: String,
    /// What a formal message says of its handling.
    formal: Formal,
    /// By which rule it is seen.
    access: AccessRule,
}

/// The label of a subject line, in a correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectLabel {
    /// That of the content.
    AsContent,
    /// One of its own.
    Own(Label),
}

/// What is asked when a document is corrected: the fields that are given, and no others.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// Why.
    pub reason: String,
    /// The mark of the description that was corrected; another one by now: refused as a conflict.
    pub mark: Option<Digest>,
    /// Its way.
    pub direction: Option<Direction>,
    /// A word of the house.
    pub kind: Option<String>,
    /// When it says it was written; empty within: no date.
    pub date: Option<DocumentDate>,
    /// Two letters.
    pub language: Option<String>,
    /// Who wrote or sent it; empty: not said.
    pub originator: Option<String>,
    /// All its references beside the register's own.
    pub references: Option<Vec<Reference>>,
    /// The one of these by which it is called; empty: by that of the register.
    pub preferred: Option<String>,
    /// All that it is stated to be to other papers.
    pub relations: Option<Vec<Stated>>,
    /// What it is stated to be besides: these are added to what stands there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Stated>,
    /// The subject line.
    pub subject: Option<String>,
    /// All action addressees.
    pub action: Option<Vec<String>>,
    /// All information addressees.
    pub info: Option<Vec<String>>,
    /// Where the content is held; empty: not elsewhere.
    pub held_elsewhere: Option<String>,
    /// All that a formal message says of its handling; empty within: it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formal: Option<Formal>,
    /// The label of the content. What had one does not lose it.
    pub label: Option<Label>,
    /// The label of the subject line.
    pub subject_label: Option<SubjectLabel>,
    /// One of each inner list needs to know.
    pub need_to_know: Option<Vec<Vec<GroupId>>>,
    /// The only persons who may read it.
    pub access_list: Option<Vec<PersonId>>,
}

/// What the tables tell before a document is corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectNeeds {
    /// The document as it stands; none: it is not there.
    pub now: Option<Box<Description>>,
    /// Whether content of it is kept here.
    pub has_content: bool,
    /// A person on the access list who is not of the house.
    pub stranger: Option<PersonId>,
    /// Who has the document out.
    pub out: Option<Out>,
    /// Its copies for which somebody answers, here or elsewhere.
    pub copies: Vec<CopyId>,
    /// The next number of an instruction to their holders.
    pub next_instruction: u64,
}

/// A document's description was corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionFact {
    /// Which document.
    pub document: DocumentId,
    /// Why.
    pub reason: String,
    /// What was changed, as it was.
    pub from: Details,
    /// As it is now.
    pub to: Details,
}

impl CorrectionFact {
    /// True when it says what it changed: the same fields before and after, at least one.
    pub fn is_whole(&self) -> bool {
        let fields = self.to.fields();
        !fields.is_empty() && fields == self.from.fields()
    }
}

/// Decides a correction.
///
/// A clerk of the registry corrects what he may read; how it is seen (marking, need-to-know, access list), a
/// controller. Who sees nothing of the document is told that it is not there.
pub fn correct(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    asked: &Correction,
    needs: &CorrectNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let registry = context.house.registry(context.registry).ok_or(Code::NotFound)?;
    let now = needs.now.as_deref().ok_or(Code::NotFound)?;
    let sight = caller.viewer.sight(&now.access, registry.id, context.house, context.today);
    if sight == Sight::default() {
        return Err(Code::NotFound.into());
    }
    if !sight.read || !caller.viewer.registers(registry.id) {
        return Err(Code::Forbidden.into());
    }
    if let Some(out) = needs.out.as_ref().filter(|out| out.person != caller.person) {
        return Err(Refusal::new(Code::CheckedOut).with("name", &out.name));
    }
    if asked.mark.is_some_and(|mark| mark != now.mark()) {
        return Err(Code::Conflict.into());
    }
    let reason = required("reason", &asked.reason, REASON)?;
    let mut wanted = now.clone();
    described(context, asked, &mut wanted)?;
    access(context, asked, needs, &mut wanted)?;
    if wanted.access != now.access && !caller.has(Role::Controller, Some(registry.id)) {
        return Err(Refusal::on("label", Code::Forbidden));
    }
    if needs.has_content {
        if let Some(label) =
            wanted.access.content.as_ref().filter(|l| Some(*l) != now.access.content.as_ref())
        {
            context.house.may_hold(registry, label).map_err(|code| Refusal::on("label", code))?;
        }
    } else if wanted.held_elsewhere.is_empty() {
        return Err(Refusal::on("held_elsewhere", Code::NoContent));
    }
    let (from, to) = Details::between(now, &wanted);
    if to.fields().is_empty() {
        return Err(Code::NothingChanged.into());
    }
    let told = holders_are_told(context, document, &reason, needs, &wanted);
    let corrected = CorrectionFact { document, reason, from, to };
    let mut facts = vec![Fact::DocumentCorrected { correction: Box::new(corrected) }];
    facts.extend(told);
    Ok(facts)
}

/// Whoever has a copy of a paper that is marked otherwise since is told to mark it so.
fn holders_are_told(
    context: &Context<'_>,
    document: DocumentId,
    reason: &str,
    needs: &CorrectNeeds,
    wanted: &Description,
) -> Option<Fact> {
    let label = wanted.access.content.as_ref()?;
    let same = needs.now.as_ref().is_some_and(|now| now.access.content.as_ref() == Some(label));
    if same || needs.copies.is_empty() {
        return None;
    }
    let leaves_log = !context.house.policies.is_accountable(label);
    let id = BookItemId::new(context.new_id(0));
    let counted = (id, needs.next_instruction, context.today.year(), context.now);
    Some(regrade(document, reason, leaves_log, needs.copies.clone(), counted))
}

/// Puts what is asked for into a description, checked as at registration.
fn described(context: &Context<'_>, asked: &Correction, wanted: &mut Description) -> Result<(), Refusal> {
    if let Some(direction) = asked.direction {
        wanted.direction = direction;
    }
    if let Some(kind) = &asked.kind {
        wanted.kind = document::kind(kind)?;
    }
    if let Some(date) = &asked.date {
        wanted.date = document::date(Some(date))?;
    }
    if let Some(language) = &asked.language {
        wanted.language = document::language(language)?;
    }
    if let Some(originator) = &asked.originator {
        wanted.originator = line("originator", originator, NAME)?.unwrap_or_default();
    }
    if let Some(references) = &asked.references {
        wanted.references = document::references(context, references)?;
    }
    if let Some(relations) = &asked.relations {
        wanted.relations = relation::stated(context, relations)?;
    }
    relation::add(context, &asked.also, &mut wanted.relations)?;
    if let Some(text) = &asked.preferred {
        wanted.preferred = document::preferred(Some(text), &wanted.references)?.unwrap_or_default();
    } else if document::preferred(Some(&wanted.preferred), &wanted.references).is_err() {
        // The reference by which it was called is gone.
        wanted.preferred = String::new();
    }
    if let Some(subject) = &asked.subject {
        wanted.subject = required("subject", subject, SUBJECT)?;
    }
    if let Some(action) = &asked.action {
        wanted.action = document::names("action", action)?;
    }
    if let Some(info) = &asked.info {
        wanted.info = document::names("info", info)?;
    }
    if let Some(place) = &asked.held_elsewhere {
        wanted.held_elsewhere = line("held_elsewhere", place, NAME)?.unwrap_or_default();
    }
    if let Some(asked) = &asked.formal {
        wanted.formal = formal::formal(asked)?;
    }
    Ok(())
}

/// Works out the rule by which the document is seen afterwards.
fn access(
    context: &Context<'_>,
    asked: &Correction,
    needs: &CorrectNeeds,
    wanted: &mut Description,
) -> Result<(), Refusal> {
    let before = wanted.access.clone();
    let own_subject = before.subject.clone().filter(|subject| Some(subject) != before.content.as_ref());
    let label = asked.label.clone().or_else(|| before.content.clone());
    let subject_label = match &asked.subject_label {
        Some(SubjectLabel::AsContent) => None,
        Some(SubjectLabel::Own(label)) => Some(label.clone()),
        None => own_subject,
    };
    if asked.label.is_some() || asked.subject_label.is_some() {
        document::labels(context, wanted.direction, label.as_ref(), subject_label.as_ref())?;
    }
    if let Some(groups) = &asked.need_to_know {
        wanted.access.need_to_know = document::need_to_know(context, groups)?;
    }
    if let Some(persons) = &asked.access_list {
        wanted.access.access_list = document::access_list(persons, needs.stranger)?;
    }
    wanted.access.subject = subject_label.or_else(|| label.clone());
    if asked.label.is_some() || asked.date.is_some() {
        // A day of release that was once fixed is kept where the paper bears no date of its own.
        let fallback = before.released_on.unwrap_or(context.today);
        wanted.access.released_on =
            document::released_on(context, label.as_ref(), wanted.date.civil, fallback);
    }
    if asked.label.is_some() {
        wanted.access.entry = label.as_ref().and_then(|l| context.house.entry_label(l));
    }
    wanted.access.content = label;
    Ok(())
}
