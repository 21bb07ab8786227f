//! Registering a document: what is asked, and what becomes true. What is checked of each field, and of its file, stands
//! beside this.

mod content;
mod fields;

use label::Label;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::Role,
    command::{Caller, Context},
    date::DocumentDate,
    fact::{DocumentFact, Fact},
    filing,
    formal::{self, Formal},
    house::Registry,
    id::{DocumentId, FileId, GroupId, PersonId},
    line::{NAME, line, required},
    numbering::{self, NumberAsk, NumberNeeds},
    old::{self, OldEntry},
    reference::{Reference, register_reference},
    refusal::{Code, Refusal},
    relation::{self, Stated},
};

pub use content::{ReadingOutcome, StagedContent, StagedEnclosure, StagedText};
pub(crate) use content::{check_content, version_of};
pub(crate) use fields::{
    access_list, date, kind, labels, language, names, need_to_know, preferred, references, released_on,
};

/// The way of a document through the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Came from outside.
    Incoming,
    /// Goes outside.
    Outgoing,
    /// Stays inside.
    Internal,
    /// Made here.
    Created,
}

impl Direction {
    /// All four.
    pub const ALL: [Direction; 4] =
        [Direction::Incoming, Direction::Outgoing, Direction::Internal, Direction::Created];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Incoming => "incoming",
            Direction::Outgoing => "outgoing",
            Direction::Internal => "internal",
            Direction::Created => "created",
        }
    }
    /// The one that data name so; none: none of them.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// What is asked when a document is registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Its way.
    pub direction: Direction,
    /// `memorandum`, `letter`, `telegram` …: a word of the house.
    pub kind: String,
    /// When it says it was written.
    #[serde(default)]
    pub date: Option<DocumentDate>,
    /// `en`, `fr` or another two-letter code.
    #[serde(default = "english")]
    pub language: String,
    /// Who wrote or sent it.
    #[serde(default)]
    pub originator: Option<String>,
    /// References that it bears beside the one that it is given here.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// The one of these by which it is called; empty: by that of the register, or the number that it is given.
    #[serde(default)]
    pub preferred: Option<String>,
    /// What it is to other papers.
    #[serde(default)]
    pub relations: Vec<Stated>,
    /// The number of a series that it is to be given.
    #[serde(default)]
    pub number: Option<NumberAsk>,
    /// The subject line.
    pub subject: String,
    /// The label of the subject line; none: the label of the content.
    #[serde(default)]
    pub subject_label: Option<Label>,
    /// The label of the content; none: marking undetermined.
    #[serde(default)]
    pub label: Option<Label>,
    /// Action addressees.
    #[serde(default)]
    pub action: Vec<String>,
    /// Information addressees.
    #[serde(default)]
    pub info: Vec<String>,
    /// One of each inner list needs to know.
    #[serde(default)]
    pub need_to_know: Vec<Vec<GroupId>>,
    /// The only persons who may read it.
    #[serde(default)]
    pub access_list: Vec<PersonId>,
    /// Where the content is held, when it is not held here.
    #[serde(default)]
    pub held_elsewhere: Option<String>,
    /// The content.
    #[serde(default)]
    pub content: Option<StagedContent>,
    /// The files of the plan in which it is put.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileId>,
    /// What a register of old said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Box<OldEntry>>,
    /// What a formal message says of its handling.
    #[serde(default, skip_serializing_if = "Formal::is_empty")]
    pub formal: Formal,
}

fn english() -> String {
    "en".to_owned()
}

impl Register {
    /// A document of which no more is known than its way, its kind and its subject.
    pub fn plain(direction: Direction, kind: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            direction,
            kind: kind.into(),
            date: None,
            language: english(),
            originator: None,
            references: Vec::new(),
            preferred: None,
            relations: Vec::new(),
            number: None,
            subject: subject.into(),
            subject_label: None,
            label: None,
            action: Vec::new(),
            info: Vec::new(),
            need_to_know: Vec::new(),
            access_list: Vec::new(),
            held_elsewhere: None,
            content: None,
            files: Vec::new(),
            old: None,
            formal: Formal::default(),
        }
    }

    /// Takes out the names that the vault drew for an upload, for comparing two requests.
    pub(crate) fn forget_objects(&mut self) {
        if let Some(content) = &mut self.content {
            content.forget_objects();
        }
    }
}

/// What the tables tell before a document is registered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RegisterNeeds {
    /// The next number of the registry's series for this year.
    pub next_number: u64,
    /// The reference of a document that the caller may see with the same content, or taken over from the same row of an
    /// old register.
    pub duplicate: Option<String>,
    /// A person on the access list who is not of the house.
    pub stranger: Option<PersonId>,
    /// What is known of the number that is asked for.
    pub number: NumberNeeds,
    /// The files in which it shall be put, each with those above it.
    pub files: Vec<(FileId, filing::Chain)>,
}

/// Longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 1_000;
/// Longest originator, addressee, place or reference, in characters.
pub const LONGEST_NAME: usize = NAME;
pub(crate) const SUBJECT: usize = LONGEST_SUBJECT;

/// Decides a registration.
pub fn register(
    caller: &Caller,
    context: &Context<'_>,
    asked: &Register,
    needs: &RegisterNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let registry = context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    may_register(caller, registry, asked)?;
    let kind = kind(&asked.kind)?;
    let language = language(&asked.language)?;
    let subject = required("subject", &asked.subject, SUBJECT)?;
    let date = date(asked.date.as_ref())?;
    let originator = match &asked.originator {
        Some(text) => line("originator", text, NAME)?,
        None => None,
    };
    let mut references = references(context, &asked.references)?;
    let relations = relation::stated(context, &asked.relations)?;
    let action = names("action", &asked.action)?;
    let info = names("info", &asked.info)?;
    let held_elsewhere = match &asked.held_elsewhere {
        Some(text) => line("held_elsewhere", text, NAME)?,
        None => None,
    };
    let formal = formal::formal(&asked.formal)?;
    labels(context, asked.direction, asked.label.as_ref(), asked.subject_label.as_ref())?;
    let old = not_here_yet(context, registry, asked, held_elsewhere.as_deref(), needs)?;
    let need_to_know = need_to_know(context, &asked.need_to_know)?;
    let access_list = access_list(&asked.access_list, needs.stranger)?;

    let id = DocumentId::new(context.new_id(0));
    let numbered = numbered(context, asked, needs, id, &mut references)?;
    let own = numbered.as_ref().map(|(reference, _)| reference.text.clone());
    let preferred = preferred(asked.preferred.as_deref(), &references)?.or(own);
    let civil = asked.date.as_ref().and_then(|d| d.civil);
    let released = released_on(context, asked.label.as_ref(), civil, context.today);
    let reference = register_reference(&registry.code, context.today.year(), needs.next_number);
    let mut facts = vec![Fact::DocumentRegistered {
        document: Box::new(DocumentFact {
            id,
            year: context.today.year(),
            number: needs.next_number,
            reference,
            direction: asked.direction,
            kind,
            date,
            language,
            originator,
            references,
            preferred,
            relations,
            subject,
            subject_label: asked.subject_label.clone(),
            label: asked.label.clone(),
            entry_label: asked.label.as_ref().and_then(|l| context.house.entry_label(l)),
            released_on: released,
            action,
            info,
            need_to_know,
            access_list,
            held_elsewhere,
            old,
            formal,
        }),
    }];
    if let Some(content) = &asked.content {
        facts.extend(version_of(context, id, 1, content)?);
    }
    facts.extend(filing::in_files(caller, context, id, &needs.files)?);
    facts.extend(numbered.map(|(_, fact)| fact));
    Ok(facts)
}

/// Who registers somewhere registers there; who takes over an old register answers for all of it, markings too.
fn may_register(caller: &Caller, registry: &Registry, asked: &Register) -> Result<(), Refusal> {
    if !caller.registers(registry.id) {
        return Err(Code::Forbidden.into());
    }
    if asked.old.is_some() && !caller.is_operator() && !caller.has(Role::Controller, Some(registry.id)) {
        return Err(Code::Forbidden.into());
    }
    Ok(())
}

/// There must be a content, or a place where it is held, and neither content nor row of an old register may be there
/// already. What the old register said, checked.
fn not_here_yet(
    context: &Context<'_>,
    registry: &Registry,
    asked: &Register,
    held_elsewhere: Option<&str>,
    needs: &RegisterNeeds,
) -> Result<Option<Box<OldEntry>>, Refusal> {
    if asked.content.is_none() && held_elsewhere.is_none() {
        return Err(Refusal::on("content", Code::NoContent));
    }
    if let Some(content) = &asked.content {
        check_content(context, registry, asked.label.as_ref(), content)?;
        if let Some(reference) = &needs.duplicate {
            return Err(Refusal::on("content", Code::DuplicateInScope).with("reference", reference));
        }
    }
    let old = asked.old.as_deref().map(old::checked).transpose()?.map(Box::new);
    if let (Some(_), Some(reference)) = (&old, &needs.duplicate) {
        return Err(Refusal::new(Code::TakenOver).with("reference", reference));
    }
    Ok(old)
}

/// The number of a series that the document is given, where one is asked for: it stands first among its references.
fn numbered(
    context: &Context<'_>,
    asked: &Register,
    needs: &RegisterNeeds,
    id: DocumentId,
    references: &mut Vec<Reference>,
) -> Result<Option<(Reference, Fact)>, Refusal> {
    let Some(number) = &asked.number else { return Ok(None) };
    let (reference, fact) = numbering::for_document(context, number, &needs.number, id)?;
    references.retain(|r| r.key() != reference.key());
    references.insert(0, reference.clone());
    Ok(Some((reference, fact)))
}
