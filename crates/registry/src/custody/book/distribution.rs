//! A document distributed in one step: to whom, for action or information, with which copy or to be read here. Owns what a
//! distribution is, how it is decided before anything is written, and when it is done.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{Details, Item, NAMED, Stage};
use crate::{
    access::Viewer,
    custody::{
        Desk, Known, WORDS,
        copy::{Copy, Standing},
        fact::{Addressee, Dispatch},
        movement::Sending,
    },
    fact::{Fact, present},
    id::{BookItemId, CopyId, DispatchId, DocumentId, PersonId},
    line::line,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// For what somebody is given a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To act on it.
    Action,
    /// To know of it.
    Information,
}

impl Purpose {
    /// Every one.
    pub const ALL: [Purpose; 2] = [Purpose::Action, Purpose::Information];
    /// As it stands in data and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::Action => "action",
            Purpose::Information => "information",
        }
    }
}

/// How somebody is given a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case", deny_unknown_fields)]
pub enum How {
    /// By a numbered copy, with a receipt.
    Copy {
        /// Which.
        copy: CopyId,
        /// The dispatch that took it.
        dispatch: DispatchId,
    },
    /// He opens it here. Nothing more is said of it, and nothing more is taken.
    Electronic {},
}

/// A line of a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// To whom.
    pub to: Addressee,
    /// For what.
    pub purpose: Purpose,
    /// How.
    pub by: How,
    /// When he said that he read it, where he opens it here.
    #[serde(deserialize_with = "present")]
    pub read: Option<Timestamp>,
    /// When the registry ended it without that.
    #[serde(deserialize_with = "present")]
    pub ended: Option<Timestamp>,
}

impl Line {
    /// The person who opens the paper here.
    pub const fn reader(&self) -> Option<PersonId> {
        match self.by {
            How::Electronic {} => self.to.person(),
            How::Copy { .. } => None,
        }
    }
    /// Whether it waits for him to say that he read it.
    pub const fn is_unread(&self) -> bool {
        matches!(self.by, How::Electronic {}) && self.read.is_none() && self.ended.is_none()
    }
    /// Whether nothing more is awaited, with its copy as it stands.
    pub fn is_done(&self, copies: &[Copy]) -> bool {
        match self.by {
            _ if self.ended.is_some() => true,
            How::Electronic {} => self.read.is_some(),
            How::Copy { copy, dispatch } => {
                let out = |c: &&Copy| c.id == copy && c.standing.sent_with() == Some(dispatch);
                !copies.iter().any(|c| out(&c))
            }
        }
    }
}

/// A document distributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// Which.
    pub document: DocumentId,
    /// To whom.
    pub lines: Vec<Line>,
}

impl Distribution {
    /// Whether nothing more is awaited, with its copies as they stand.
    pub fn is_done(&self, copies: &[Copy]) -> bool {
        self.lines.iter().all(|line| line.is_done(copies))
    }
    /// The copies that went with it.
    pub fn copies(&self) -> Vec<CopyId> {
        let copy = |line: &Line| match line.by {
            How::Copy { copy, .. } => Some(copy),
            How::Electronic {} => None,
        };
        self.lines.iter().filter_map(copy).collect()
    }
    /// After somebody read it; none: he is not to, or has.
    pub(super) fn read(&mut self, person: PersonId, at: Timestamp) -> Option<()> {
        let mut lines = self.lines.iter_mut();
        let line = lines.find(|line| line.is_unread() && line.reader() == Some(person))?;
        line.read = Some(at);
        Some(())
    }
    /// After some of its lines, from 1, were ended; none: one is not there, or has ended.
    pub(super) fn end(&mut self, lines: &[usize], at: Timestamp) -> Option<()> {
        if lines.is_empty() {
            return None;
        }
        for number in lines {
            let line = self.lines.get_mut(number.checked_sub(1)?)?;
            if line.ended.is_some() || line.read.is_some() {
                return None;
            }
            line.ended = Some(at);
        }
        Some(())
    }
}

/// How somebody shall be given a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Means {
    /// By a copy.
    Copy {
        /// Its number; none: the next that is free.
        #[serde(default)]
        number: Option<u32>,
    },
    /// He opens it here.
    Electronic,
}

/// A line of a distribution, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// To whom.
    pub to: Addressee,
    /// For what.
    pub purpose: Purpose,
    /// How.
    pub by: Means,
}

/// The part of a line to which a refusal belongs.
#[derive(Clone, Copy)]
enum Part {
    To,
    Copy,
}

/// The names of the fields of lines: to whom, and which copy.
static FIELDS: LazyLock<Vec<[String; 2]>> =
    LazyLock::new(|| (1..=NAMED).map(|n| [format!("lines.{n}.to"), format!("lines.{n}.copy")]).collect());

/// A refusal that stands beside a part of a line, counted from 0.
fn on_line(n: usize, part: Part, refusal: Refusal) -> Refusal {
    let field = FIELDS.get(n).map(|[to, copy]| match part {
        Part::To => to.as_str(),
        Part::Copy => copy.as_str(),
    });
    Refusal { field: field.or(Some("lines")), ..refusal }
}

/// The same of what was decided about a line as about any sending.
fn of_line(n: usize, refusal: Refusal) -> Refusal {
    match refusal.field {
        Some("to") => on_line(n, Part::To, refusal),
        Some("copies") => on_line(n, Part::Copy, refusal),
        _ => refusal,
    }
}

/// Copies that go off together to one addressee.
struct Going<'a> {
    to: &'a Addressee,
    copies: Vec<&'a Known>,
}

impl Desk<'_> {
    pub(in crate::custody) fn distribute(
        &self,
        document: DocumentId,
        lines: &[Wanted],
        bearer: &str,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.document_is_seen()?;
        self.staff()?;
        if lines.is_empty() {
            return Err(Refusal::on("lines", Code::Required));
        }
        if lines.len() > NAMED {
            return Err(Refusal::on("lines", Code::TooLong).with("limit", NAMED));
        }
        self.readers(lines)?;
        let allotted = self.allotted(lines)?;
        let going = self.going(lines, &allotted, bearer)?;
        let dispatches: Vec<Dispatch> = (0..)
            .zip(&going)
            .map(|(n, going)| self.goes_off(n, &going.copies, &sending(going.to, bearer)))
            .collect::<Result<_, _>>()?;
        let item = Item {
            id: BookItemId::new(self.id(u32::try_from(NAMED).unwrap_or(u32::MAX))),
            number: self.needs.next(super::Book::Distributions.as_str()),
            year: self.year(),
            stage: Stage::Current,
            since: self.context.now,
            details: Details::Distributions(Distribution {
                document,
                lines: lines
                    .iter()
                    .zip(&allotted)
                    .map(|(line, copy)| entered(line, *copy, &dispatches))
                    .collect(),
            }),
        };
        let mut facts = vec![Fact::BookEntered { item: Box::new(item), words: line("words", words, WORDS)? }];
        facts.extend(dispatches.into_iter().map(|d| Fact::CopiesSent { dispatch: Box::new(d) }));
        Ok(facts)
    }

    /// What is not there and what is not for the caller look alike.
    pub(super) fn document_is_seen(&self) -> Result<(), Refusal> {
        let seen = self.needs.document.as_ref().is_some_and(|document| self.sees(&document.rule));
        if seen { self.named_are_seen() } else { Err(Code::NotFound.into()) }
    }

    /// Who shall open it here is a person of the house, may open it today, and is named once.
    fn readers(&self, lines: &[Wanted]) -> Result<(), Refusal> {
        let rule = self.needs.document.as_ref().map(|document| &document.rule).ok_or(Code::NotFound)?;
        let mut named = BTreeSet::new();
        for (n, line) in lines.iter().enumerate().filter(|(_, line)| line.by == Means::Electronic) {
            let refused = |code: Code| on_line(n, Part::To, Refusal::new(code));
            let id = line.to.person().ok_or_else(|| refused(Code::ElectronicPerson))?;
            let (person, held) =
                self.known(id).ok_or_else(|| refused(Code::PersonUnknown).with("person", id))?;
            if !named.insert(id) {
                return Err(refused(Code::NamedTwice));
            }
            if let Some(code) = self.lacks(&Viewer::on(self.context.today, person, held), rule) {
                return Err(refused(reading(code)).with("name", &person.name));
            }
        }
        Ok(())
    }

    /// Line by line the copy that goes, by its number or the next that is free.
    fn allotted(&self, lines: &[Wanted]) -> Result<Vec<Option<&Known>>, Refusal> {
        let mut taken = BTreeSet::new();
        for (n, line) in lines.iter().enumerate() {
            if let Means::Copy { number: Some(number) } = line.by {
                let copy = self.needs.copies.iter().find(|known| known.copy.number == number);
                let refused = |code: Code| on_line(n, Part::Copy, Refusal::new(code));
                let copy = copy.ok_or_else(|| refused(Code::CopyUnknown).with("copy", number))?;
                if !taken.insert(number) {
                    return Err(refused(Code::CopyTwice).with("copy", copy.name()));
                }
            }
        }
        let mut free: Vec<&Known> = self.needs.copies.iter().filter(|known| is_free(known)).collect();
        free.retain(|known| !taken.contains(&known.copy.number));
        free.sort_by_key(|known| known.copy.number);
        let mut free = free.into_iter();
        let allot = |(n, line): (usize, &Wanted)| match line.by {
            Means::Electronic => Ok(None),
            Means::Copy { number: Some(number) } => {
                Ok(self.needs.copies.iter().find(|known| known.copy.number == number))
            }
            Means::Copy { number: None } => match free.next() {
                Some(known) => Ok(Some(known)),
                None => Err(on_line(n, Part::Copy, Refusal::new(Code::NoFreeCopy))),
            },
        };
        lines.iter().enumerate().map(allot).collect()
    }

    /// What goes off to each addressee; each line is refused where sending it alone would be.
    fn going<'a>(
        &'a self,
        lines: &'a [Wanted],
        allotted: &[Option<&'a Known>],
        bearer: &str,
    ) -> Result<Vec<Going<'a>>, Refusal> {
        let mut going: Vec<Going<'a>> = Vec::new();
        for (n, (line, copy)) in lines.iter().zip(allotted).enumerate() {
            let Some(copy) = *copy else { continue };
            if line.to == Addressee::Desk {
                return Err(on_line(n, Part::To, Refusal::new(Code::NotOffered)));
            }
            self.goes_off(0, &[copy], &sending(&line.to, bearer)).map_err(|refusal| of_line(n, refusal))?;
            match going.iter_mut().find(|going| *going.to == line.to) {
                Some(going) => going.copies.push(copy),
                None => going.push(Going { to: &line.to, copies: vec![copy] }),
            }
        }
        Ok(going)
    }
}

/// Whether a copy can be given to whoever comes next.
fn is_free(known: &Known) -> bool {
    known.copy.holder.is_registry() && known.copy.standing == Standing::Held && known.drawn_up.is_none()
}

const fn sending<'a>(to: &'a Addressee, bearer: &'a str) -> Sending<'a> {
    Sending { copies: &[], to, bearer, at: None, despite: None, back_by: None, words: "" }
}

/// A line with what it came to.
fn entered(line: &Wanted, copy: Option<&Known>, dispatches: &[Dispatch]) -> Line {
    let copy = copy.map(|known| known.copy.id);
    let dispatch = copy.and_then(|copy| dispatches.iter().find(|d| d.copies.contains(&copy)));
    Line {
        to: dispatch.map_or_else(|| line.to.clone(), |dispatch| dispatch.to.clone()),
        purpose: line.purpose,
        by: match (copy, dispatch) {
            (Some(copy), Some(dispatch)) => How::Copy { copy, dispatch: dispatch.id },
            _ => How::Electronic {},
        },
        read: None,
        ended: None,
    }
}

/// What somebody lacks who shall open the paper, not have a copy of it.
const fn reading(lacks: Code) -> Code {
    match lacks {
        Code::MarkingOpen => Code::MarkingOpen,
        _ => Code::ReaderNotAdmitted,
    }
}
