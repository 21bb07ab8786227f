//! Registering a document: what is asked, what is checked, what becomes true.

use jiff::civil::Date;
use label::{Label, Purpose};
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::Role,
    command::{Caller, Context},
    date::DocumentDate,
    fact::{DocumentFact, EnclosureFact, Fact, RenditionFact, VersionFact},
    filing,
    formal::{self, Formal},
    id::{Digest, DocumentId, FileId, GroupId, ObjectId, PersonId, VersionId},
    line::{NAME, line, required},
    numbering::{self, NumberAsk, NumberNeeds},
    old::{self, OldEntry},
    reference::{Reference, ReferenceKind, key, register_reference},
    refusal::{Code, Refusal},
    relation::{self, Stated},
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
}

/// What the reader could do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingOutcome {
    /// Its text was read.
    Text,
    /// Its words were recognised in the picture of a scan; some may be wrong.
    Recognised,
    /// It was read and says nothing.
    NoText,
    /// It is locked with a password.
    Encrypted,
    /// It is broken.
    Damaged,
    /// It is larger or more intricate than the reader's limits.
    OverLimit,
    /// Its content is not what its name says.
    Mislabelled,
    /// It attacks whoever opens it: kept, never opened again without a decision.
    Quarantined,
    /// A kind of file of which nothing is read.
    NotRead,
}

impl ReadingOutcome {
    /// Every outcome.
    pub const ALL: [ReadingOutcome; 9] = [
        ReadingOutcome::Text,
        ReadingOutcome::Recognised,
        ReadingOutcome::NoText,
        ReadingOutcome::Encrypted,
        ReadingOutcome::Damaged,
        ReadingOutcome::OverLimit,
        ReadingOutcome::Mislabelled,
        ReadingOutcome::Quarantined,
        ReadingOutcome::NotRead,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReadingOutcome::Text => "text",
            ReadingOutcome::Recognised => "recognised",
            ReadingOutcome::NoText => "no-text",
            ReadingOutcome::Encrypted => "encrypted",
            ReadingOutcome::Damaged => "damaged",
            ReadingOutcome::OverLimit => "over-limit",
            ReadingOutcome::Mislabelled => "mislabelled",
            ReadingOutcome::Quarantined => "quarantined",
            ReadingOutcome::NotRead => "not-read",
        }
    }
}

/// A sealed rendition of a version: its text as a machine read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedText {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of the text.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
}

/// A file that is already sealed in the vault, waiting to belong to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedContent {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of the bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content, not by name.
    pub media_type: String,
    /// As it came, without any folder.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
    /// Its text, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<StagedText>,
    /// What is attached to it, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<StagedEnclosure>,
}

impl StagedContent {
    /// Takes out the names that the vault drew for an upload, for comparing two requests.
    pub(crate) fn forget_objects(&mut self) {
        self.object = ObjectId::new([0; 16]);
        let mut texts: Vec<&mut StagedText> = self.text.iter_mut().collect();
        for enclosure in &mut self.enclosures {
            enclosure.object = ObjectId::new([0; 16]);
            texts.extend(&mut enclosure.text);
        }
        for text in texts {
            text.object = ObjectId::new([0; 16]);
        }
    }
    /// Every object of the vault that it names, each once.
    pub fn objects(&self) -> Vec<ObjectId> {
        let own = std::iter::once(self.object).chain(self.text.as_ref().map(|t| t.object));
        let enclosed = self.enclosures.iter();
        let enclosed =
            enclosed.flat_map(|e| std::iter::once(e.object).chain(e.text.as_ref().map(|t| t.object)));
        let mut objects: Vec<ObjectId> = own.chain(enclosed).collect();
        objects.sort();
        objects.dedup();
        objects
    }
}

/// Something attached to a file, sealed in the vault like it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedEnclosure {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content, not by name.
    pub media_type: String,
    /// As it came, without any folder.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
    /// Its text, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<StagedText>,
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
/// Most addressees, references, groups or persons on one list.
const MANY: usize = 500;
/// Most files attached to one.
const ENCLOSURES: usize = 1_000;

/// Decides a registration.
pub fn register(
    caller: &Caller,
    context: &Context<'_>,
    asked: &Register,
    needs: &RegisterNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let registry = context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    if !caller.registers(registry.id) {
        return Err(Code::Forbidden.into());
    }
    // Who takes over an old register answers for all of it, markings too.
    if asked.old.is_some() && !caller.is_operator() && !caller.has(Role::Controller, Some(registry.id)) {
        return Err(Code::Forbidden.into());
    }
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
    let need_to_know = need_to_know(context, &asked.need_to_know)?;
    let access_list = access_list(&asked.access_list, needs.stranger)?;

    let id = DocumentId::new(context.new_id(0));
    let numbered = match &asked.number {
        Some(number) => Some(numbering::for_document(context, number, &needs.number, id)?),
        None => None,
    };
    if let Some((reference, _)) = &numbered {
        references.retain(|r| r.key() != reference.key());
        references.insert(0, reference.clone());
    }
    let own = numbered.as_ref().map(|(reference, _)| reference.text.clone());
    let preferred = preferred(asked.preferred.as_deref(), &references)?.or(own);
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
            released_on: released_on(
                context,
                asked.label.as_ref(),
                asked.date.as_ref().and_then(|d| d.civil),
                context.today,
            ),
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

/// The labels must be those of the policy, as it stands today.
pub(crate) fn labels(
    context: &Context<'_>,
    direction: Direction,
    label: Option<&Label>,
    subject_label: Option<&Label>,
) -> Result<(), Refusal> {
    // What comes from outside or from before keeps the marking that it bears; what is made here must be right.
    let purpose = match direction {
        Direction::Incoming | Direction::Internal => Purpose::Existing,
        Direction::Outgoing | Direction::Created => Purpose::New,
    };
    for (field, label) in [("label", label), ("subject_label", subject_label)] {
        let Some(label) = label else { continue };
        let policy = context
            .house
            .policies
            .of(label)
            .map_err(|_| Refusal::on(field, Code::UnknownPolicy).with("policy", &label.policy))?;
        policy
            .validate(label, purpose, context.today)
            .map_err(|why| Refusal::on(field, Code::InvalidLabel).with("why", why))?;
    }
    if label.is_none() && subject_label.is_some() {
        // While the marking is open, so is that of its subject.
        return Err(Refusal::on("subject_label", Code::InvalidLabel).with("why", "marking undetermined"));
    }
    Ok(())
}

pub(crate) fn check_content(
    context: &Context<'_>,
    registry: &crate::house::Registry,
    label: Option<&Label>,
    content: &StagedContent,
) -> Result<(), Refusal> {
    if content.size == 0 {
        return Err(Refusal::on("content", Code::EmptyContent));
    }
    if content.enclosures.len() > ENCLOSURES {
        return Err(Refusal::on("content", Code::TooLong).with("limit", ENCLOSURES));
    }
    if let Some(label) = label {
        context.house.may_hold(registry, label).map_err(|code| Refusal::on("content", code))?;
    }
    Ok(())
}

pub(crate) fn version_of(
    context: &Context<'_>,
    document: DocumentId,
    number: u32,
    content: &StagedContent,
) -> Result<Vec<Fact>, Refusal> {
    let id = VersionId::new(context.new_id(1));
    let mut facts = vec![Fact::VersionAdded {
        version: VersionFact {
            id,
            document,
            number,
            object: content.object,
            digest: content.digest,
            size: content.size,
            media_type: content.media_type.clone(),
            file_name: line("file_name", &content.file_name, NAME)?.unwrap_or_default(),
            reading: content.reading,
        },
    }];
    if let Some(text) = &content.text {
        facts.push(Fact::RenditionAdded {
            rendition: RenditionFact {
                version: id,
                document,
                is: crate::fact::RenditionKind::Text,
                object: text.object,
                digest: text.digest,
                size: text.size,
            },
        });
    }
    for (position, enclosure) in (1_u32..).zip(&content.enclosures) {
        facts.push(Fact::EnclosureAdded {
            enclosure: Box::new(EnclosureFact {
                version: id,
                document,
                position,
                object: enclosure.object,
                digest: enclosure.digest,
                size: enclosure.size,
                media_type: enclosure.media_type.clone(),
                file_name: line("file_name", &enclosure.file_name, NAME)?.unwrap_or_default(),
                reading: enclosure.reading,
                text: enclosure.text.clone(),
            }),
        });
    }
    Ok(facts)
}

/// A date that did not pass [`DocumentDate::parse`], for a request may carry its two parts, is held to the same
/// bounds.
pub(crate) fn date(given: Option<&DocumentDate>) -> Result<DocumentDate, Refusal> {
    let Some(given) = given else { return Ok(DocumentDate { civil: None, written: None }) };
    if let Some(civil) = given.civil
        && !DocumentDate::YEARS.contains(&civil.year())
    {
        return Err(Refusal::on("date", Code::ImpossibleDate).with("date", civil));
    }
    let written = match &given.written {
        Some(text) => line("date", text, NAME)?,
        None => None,
    };
    Ok(DocumentDate { civil: given.civil, written })
}

fn at_most(field: &'static str, count: usize) -> Result<(), Refusal> {
    if count > MANY { Err(Refusal::on(field, Code::TooLong).with("limit", MANY)) } else { Ok(()) }
}

/// A community that is read as of release fixes the day; for all others the class needs none.
pub(crate) fn released_on(
    context: &Context<'_>,
    label: Option<&Label>,
    civil: Option<Date>,
    otherwise: Date,
) -> Option<Date> {
    context.house.names_dated_community(label?).then(|| civil.unwrap_or(otherwise))
}

pub(crate) fn kind(text: &str) -> Result<String, Refusal> {
    let kind = text.trim().to_lowercase();
    let fits = (1..=40).contains(&kind.len())
        && kind.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits { Ok(kind) } else { Err(Refusal::on("kind", Code::NotOffered).with("value", text)) }
}

pub(crate) fn language(text: &str) -> Result<String, Refusal> {
    let language = text.trim().to_lowercase();
    if language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()) {
        Ok(language)
    } else {
        Err(Refusal::on("language", Code::NotOffered).with("value", text))
    }
}

pub(crate) fn names(field: &'static str, given: &[String]) -> Result<Vec<String>, Refusal> {
    at_most(field, given.len())?;
    let mut names = Vec::new();
    for text in given {
        if let Some(name) = line(field, text, NAME)?
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// The one of some references by which a paper is called.
pub(crate) fn preferred(given: Option<&str>, references: &[Reference]) -> Result<Option<String>, Refusal> {
    let Some(text) = line("preferred", given.unwrap_or_default(), NAME)? else { return Ok(None) };
    let same = references.iter().find(|r| r.text == text || r.key() == key(&text));
    match same {
        Some(reference) => Ok(Some(reference.text.clone())),
        None => Err(Refusal::on("preferred", Code::NotOffered).with("value", text)),
    }
}

pub(crate) fn references(context: &Context<'_>, given: &[Reference]) -> Result<Vec<Reference>, Refusal> {
    at_most("references", given.len())?;
    let mut kept: Vec<Reference> = Vec::new();
    for reference in given {
        let Some(text) = line("references", &reference.text, NAME)? else { continue };
        // Only a registry allots numbers of its series.
        let kind = match reference.kind {
            ReferenceKind::Register => ReferenceKind::Other,
            kind => kind,
        };
        let read = context.house.catalogue().recognised(&text).map(Box::new);
        let reference = Reference { kind, text, read };
        if !kept.iter().any(|r| r.key() == reference.key()) {
            kept.push(reference);
        }
    }
    Ok(kept)
}

/// Groups that need to know, each of the house. Equal restrictions are written equally, so that they are one class.
pub(crate) fn need_to_know(
    context: &Context<'_>,
    given: &[Vec<GroupId>],
) -> Result<Vec<Vec<GroupId>>, Refusal> {
    at_most("need_to_know", given.len())?;
    for any in given {
        at_most("need_to_know", any.len())?;
    }
    if given.iter().flatten().any(|g| context.house.group(*g).is_none()) {
        return Err(Refusal::on("need_to_know", Code::GroupUnknown));
    }
    Ok(sorted(&given.iter().filter(|any| !any.is_empty()).map(|any| sorted(any)).collect::<Vec<_>>()))
}

/// The only persons who may read, each of the house.
pub(crate) fn access_list(given: &[PersonId], stranger: Option<PersonId>) -> Result<Vec<PersonId>, Refusal> {
    at_most("access_list", given.len())?;
    match stranger {
        Some(person) => Err(Refusal::on("access_list", Code::PersonUnknown).with("person", person)),
        None => Ok(sorted(given)),
    }
}

fn sorted<T: Ord + Clone>(given: &[T]) -> Vec<T> {
    let mut list = given.to_vec();
    list.sort();
    list.dedup();
    list
}
