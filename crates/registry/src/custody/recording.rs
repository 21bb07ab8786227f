//! Copies come into the books: received, made, reproduced, found. Which log and which number; containers too.

use super::{
    Container, Desk, Documented, MANY, Numbered, WORDS,
    copy::{Holder, Origin},
    fact::{Control, NewCopy, Recorded},
};
use crate::{
    authorisation::Role,
    fact::Fact,
    id::{ContainerId, CopyId, DocumentId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Most pages of a copy.
const PAGES: u32 = 100_000;
/// The highest number of a copy.
const HIGHEST: u32 = 99_999;

/// What is asked.
pub(super) struct Asked<'a> {
    pub document: DocumentId,
    pub origin: Origin,
    pub from: Option<CopyId>,
    pub copies: &'a [Numbered],
    pub of: Option<u32>,
    pub container: Option<ContainerId>,
    pub shelf: &'a str,
    pub at: Option<Timestamp>,
    pub words: &'a str,
}

impl Desk<'_> {
    pub(super) fn record(&self, asked: &Asked<'_>) -> Result<Vec<Fact>, Refusal> {
        let document = self.needs.document.as_ref().filter(|d| self.sees(&d.rule)).ok_or(Code::NotFound)?;
        self.staff()?;
        self.numbers(document, asked)?;
        let at = self.moment(asked.at)?;
        let control = self.control(document)?;
        let words = match asked.origin {
            Origin::Found => Some(required("words", asked.words, WORDS)?),
            _ => line("words", asked.words, WORDS)?,
        };
        self.made_from(document, asked, &control, at)?;
        let holder: Holder = self.own(asked.container, asked.shelf, &[&document.rule])?;
        let copies = (0..).zip(asked.copies).map(|(n, copy)| NewCopy {
            id: CopyId::new(self.id(n)),
            number: copy.number,
            pages: copy.pages,
            medium: copy.medium,
        });
        let recorded = Recorded {
            document: asked.document,
            control,
            of: asked.of,
            at,
            origin: asked.origin,
            from: asked.from,
            holder,
            copies: copies.collect(),
            words,
        };
        Ok(vec![Fact::CopiesRecorded { recorded: Box::new(recorded) }])
    }

    /// Every number once, none taken, none above how many there are.
    fn numbers(&self, document: &Documented, asked: &Asked<'_>) -> Result<(), Refusal> {
        if asked.copies.is_empty() {
            return Err(Refusal::on("copies", Code::Required));
        }
        if asked.copies.len() > MANY {
            return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY));
        }
        let mut seen = document.numbers.clone();
        for copy in asked.copies {
            let out =
                copy.number == 0 || copy.number > HIGHEST || asked.of.is_some_and(|of| copy.number > of);
            if out {
                return Err(Refusal::on("copies", Code::CopyNumber).with("number", copy.number));
            }
            if copy.pages.is_some_and(|pages| pages == 0 || pages > PAGES) {
                return Err(Refusal::on("pages", Code::NotOffered).with("value", copy.pages.unwrap_or(0)));
            }
            if !seen.insert(copy.number) {
                return Err(Refusal::on("copies", Code::CopyNumberTaken).with("number", copy.number));
            }
        }
        Ok(())
    }

    /// The number of the document in its log: the one that it has, or the next.
    fn control(&self, document: &Documented) -> Result<Control, Refusal> {
        if let Some(control) = &document.control {
            return Ok(control.clone());
        }
        let label = document.rule.content.as_ref().ok_or(Code::MarkingOpen)?;
        let house = self.context.house;
        let log = house.custody.log(label, &house.policies).ok_or(Code::NoLog)?;
        Ok(Control { log: log.code.clone(), year: self.year(), serial: self.needs.next(&log.code) })
    }

    /// What is made from a copy is made of one that is there; of some papers by nobody but who issued them.
    fn made_from(
        &self,
        document: &Documented,
        asked: &Asked<'_>,
        control: &Control,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        let made = matches!(asked.origin, Origin::Reproduced | Origin::Extract | Origin::Translation);
        let alone = self.context.house.custody.by_code(&control.log).is_some_and(|log| log.issuer_alone);
        if made && alone {
            let controls = self.caller.has(Role::Controller, Some(self.context.registry));
            if !controls {
                return Err(Code::IssuerAlone.into());
            }
        }
        let Some(from) = asked.from else {
            let needed = asked.origin == Origin::Reproduced && !document.numbers.is_empty();
            return if needed { Err(Refusal::on("from", Code::Required)) } else { Ok(()) };
        };
        if !made {
            return Err(Refusal::on("from", Code::NotOffered));
        }
        let known = self.seen(&[from])?;
        for known in known {
            if known.copy.document != asked.document {
                return Err(Refusal::on("from", Code::NotOffered));
            }
            known.copy.at_hand().map_err(|why| super::broken(known, why))?;
            if at < known.copy.since {
                return Err(super::broken(known, super::Broken::Before(known.copy.since)));
            }
        }
        Ok(())
    }

    pub(super) fn furnish(
        &self,
        name: &str,
        place: &str,
        approved: &[label::Clearance],
    ) -> Result<Vec<Fact>, Refusal> {
        self.staff()?;
        if approved.iter().any(|c| !self.context.house.knows(c)) {
            return Err(Refusal::on("approved", Code::InvalidLabel));
        }
        if self.needs.container.is_some() {
            return Err(Refusal::on("name", Code::NameTaken).with("name", name));
        }
        let container = Container {
            id: ContainerId::new(self.id(0)),
            name: required("name", name, NAME)?,
            location: required("place", place, NAME)?,
            approved: approved.to_vec(),
        };
        Ok(vec![Fact::ContainerFurnished { container: Box::new(container) }])
    }
}
