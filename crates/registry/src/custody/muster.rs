//! Copies are mustered: a list is frozen, what is there is sighted, what is not is covered by a receipt, a certificate or an
//! instruction, or is missing. Owns what a list is made of, when a copy counts as sighted and when a muster can be closed.

use serde::{Deserialize, Serialize};

use super::{Desk, Known, MANY, WORDS, broken, copy::Standing};
use crate::{
    access::AccessRule,
    command::Channel,
    fact::{Fact, present},
    id::{ContainerId, CopyId, Digest, IncidentId, MusterId, PersonId},
    line::{line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

use super::fact::{Incident, IncidentKind};

/// The count of musters.
pub const MUSTERS: &str = "muster";
/// Most copies of one muster.
pub const MOST: usize = 100_000;

/// Why copies are mustered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MusterKind {
    /// All of them, as the rules ask once a year.
    Full,
    /// Some of them, unannounced.
    SpotCheck,
    /// Whoever inspects the registry counts.
    Inspection,
    /// Somebody takes them over from somebody.
    HandOver,
}

impl MusterKind {
    /// Every one.
    pub const ALL: [MusterKind; 4] =
        [MusterKind::Full, MusterKind::SpotCheck, MusterKind::Inspection, MusterKind::HandOver];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            MusterKind::Full => "full",
            MusterKind::SpotCheck => "spot-check",
            MusterKind::Inspection => "inspection",
            MusterKind::HandOver => "hand-over",
        }
    }
}

/// A sample, drawn so that anybody can draw it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// From which it is drawn.
    pub seed: u64,
    /// Out of how many copies.
    pub out_of: u32,
}

/// Who gives the copies over to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who answered for them.
    pub from: PersonId,
    /// Who answers for them now.
    pub to: PersonId,
}

/// A muster as it was opened; its list is told beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Muster {
    /// Its identifier.
    pub id: MusterId,
    /// Its number in the year of the registry.
    pub number: u64,
    /// The year.
    pub year: i16,
    /// Why.
    pub is: MusterKind,
    /// Of which logs; none named: of all.
    pub logs: Vec<String>,
    /// Of which container alone.
    #[serde(deserialize_with = "present")]
    pub container: Option<ContainerId>,
    /// How the sample was drawn; none: every copy is on the list.
    #[serde(deserialize_with = "present")]
    pub sample: Option<Sample>,
    /// Between whom.
    #[serde(deserialize_with = "present")]
    pub hand_over: Option<HandOver>,
    /// How many copies are on the list.
    pub listed: u32,
    /// How many must sign its result.
    pub signatures: u8,
    /// What else was said.
    #[serde(deserialize_with = "present")]
    pub words: Option<String>,
}

impl Muster {
    /// Its number as it is written.
    pub fn text(&self) -> String {
        format!("M-{:04}/{}", self.number, self.year)
    }
}

/// A copy was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighting {
    /// Which.
    pub copy: CopyId,
    /// How many pages were counted.
    #[serde(deserialize_with = "present")]
    pub pages: Option<u32>,
    /// When it was seen.
    pub at: Timestamp,
}

/// A copy that somebody says he sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Which.
    pub copy: CopyId,
    /// How many pages he counted.
    #[serde(default)]
    pub pages: Option<u32>,
    /// When; none: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// What a muster came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Sighted, of those on the list.
    pub sighted: u32,
    /// Not there, and covered by a receipt, a certificate or an instruction.
    pub covered: u32,
    /// On its way, the receipt not back.
    pub under_way: u32,
    /// Missing, with an incident.
    pub missing: u32,
    /// Sighted, and not on the list.
    pub surplus: u32,
    /// Neither sighted nor covered nor reported.
    pub open: u32,
}

/// How it stands with a copy of a muster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was seen.
    Sighted,
    /// A receipt, a certificate or an instruction says where it went.
    Covered,
    /// It is on its way.
    UnderWay,
    /// It is reported missing.
    Missing,
    /// Nobody knows yet.
    Open,
    /// It was seen and is not on the list.
    Surplus,
}

impl Outcome {
    /// Every one, the ones that want work first.
    pub const ALL: [Outcome; 6] = [
        Outcome::Open,
        Outcome::Missing,
        Outcome::UnderWay,
        Outcome::Surplus,
        Outcome::Covered,
        Outcome::Sighted,
    ];
    /// Of a copy that is on the list or not, was seen or not, and whose standing has this name.
    pub fn of(listed: bool, sighted: bool, standing: &str) -> Self {
        match (sighted, standing) {
            (true, _) if listed => Outcome::Sighted,
            (true, _) => Outcome::Surplus,
            (false, "held") => Outcome::Open,
            (false, "under-way") => Outcome::UnderWay,
            (false, "missing") => Outcome::Missing,
            // Transferred, released, destroyed.
            (false, _) => Outcome::Covered,
        }
    }
    /// As it stands in texts and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Sighted => "sighted",
            Outcome::Covered => "covered",
            Outcome::UnderWay => "under-way",
            Outcome::Missing => "missing",
            Outcome::Open => "open",
            Outcome::Surplus => "surplus",
        }
    }
}

/// A copy of a muster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub copy: CopyId,
    /// Whether it is on the frozen list.
    pub listed: bool,
    /// Whether it was seen.
    pub sighted: bool,
    /// How it stands now: what happened to it during the count counts.
    pub standing: Standing,
}

impl Line {
    /// How it stands with it.
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.listed, self.sighted, self.standing.as_str())
    }
}

impl Tally {
    /// Adds up lines.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut tally = Tally::default();
        lines.into_iter().for_each(|line| tally.add(line.outcome(), 1));
        tally
    }

    /// Adds so many copies of one outcome.
    pub const fn add(&mut self, outcome: Outcome, many: u32) {
        let count = match outcome {
            Outcome::Sighted => &mut self.sighted,
            Outcome::Covered => &mut self.covered,
            Outcome::UnderWay => &mut self.under_way,
            Outcome::Missing => &mut self.missing,
            Outcome::Open => &mut self.open,
            Outcome::Surplus => &mut self.surplus,
        };
        *count = count.saturating_add(many);
    }
}

/// A muster as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Mustered {
    /// The muster.
    pub muster: Muster,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether the count has ended.
    pub closed: bool,
    /// Whether it was given up.
    pub abandoned: bool,
    /// Who has signed its result.
    pub signed: Vec<PersonId>,
    /// Its lines: of the copies that are named, or all when it is closed.
    pub lines: Vec<Line>,
    /// The rules by which its copies are seen, each once.
    pub rules: Vec<AccessRule>,
}

/// What is asked when a muster is opened.
pub(super) struct Asked<'a> {
    pub is: MusterKind,
    pub logs: &'a [String],
    pub container: Option<ContainerId>,
    pub sample: Option<u32>,
    pub seed: Option<u64>,
    pub hand_over: Option<HandOver>,
    pub words: &'a str,
}

/// The copies of a sample: those whose digests with the seed come first.
pub fn sample(seed: u64, copies: &mut Vec<CopyId>, size: usize) {
    let place = |copy: &CopyId| {
        let mut text = b"chancery muster ".to_vec();
        text.extend_from_slice(&seed.to_be_bytes());
        text.extend_from_slice(copy.bytes());
        Digest::of(&text).0
    };
    copies.sort_by_cached_key(place);
    copies.truncate(size);
    copies.sort();
}

impl Desk<'_> {
    pub(super) fn open_muster(&self, asked: &Asked<'_>) -> Result<Vec<Fact>, Refusal> {
        self.staff()?;
        let logs = &self.context.house.custody;
        if let Some(unknown) = asked.logs.iter().find(|code| logs.by_code(code).is_none()) {
            return Err(Refusal::on("logs", Code::NotOffered).with("value", unknown));
        }
        if asked.container.is_some() && self.needs.container.is_none() {
            return Err(Refusal::on("container", Code::NotOffered));
        }
        self.handed_over(asked)?;
        let counted: Vec<&Known> = self.needs.copies.iter().filter(|known| self.sees(&known.rule)).collect();
        if counted.is_empty() {
            return Err(Refusal::on("logs", Code::NothingToCount));
        }
        let mut copies: Vec<CopyId> = counted.iter().map(|known| known.copy.id).collect();
        if copies.len() > MOST {
            return Err(Refusal::on("logs", Code::TooLong).with("limit", MOST));
        }
        copies.sort();
        let out_of = u32::try_from(copies.len()).unwrap_or(u32::MAX);
        let drawn = match asked.sample {
            None => None,
            Some(0) => return Err(Refusal::on("sample", Code::NotOffered).with("value", 0)),
            Some(size) => {
                let seed = asked.seed.unwrap_or_else(|| self.seed());
                sample(seed, &mut copies, usize::try_from(size).unwrap_or(usize::MAX));
                Some(Sample { seed, out_of })
            }
        };
        let witnessed =
            counted.iter().any(|known| logs.by_code(&known.control.log).is_none_or(|log| log.witnessed));
        let muster = Muster {
            id: MusterId::new(self.id(0)),
            number: self.needs.next(MUSTERS),
            year: self.year(),
            is: asked.is,
            logs: asked.logs.to_vec(),
            container: asked.container,
            sample: drawn,
            hand_over: asked.hand_over,
            listed: u32::try_from(copies.len()).unwrap_or(u32::MAX),
            signatures: if witnessed || asked.is == MusterKind::HandOver { 2 } else { 1 },
            words: line("words", asked.words, WORDS)?,
        };
        let id = muster.id;
        let mut facts = vec![Fact::MusterOpened { muster: Box::new(muster) }];
        let lists = copies.chunks(MANY).map(|some| Fact::MusterListed { muster: id, copies: some.to_vec() });
        facts.extend(lists);
        Ok(facts)
    }

    /// A hand-over is between two people of the house, and nothing else is.
    fn handed_over(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        match (asked.is, asked.hand_over) {
            (MusterKind::HandOver, None) => Err(Refusal::on("to", Code::Required)),
            (MusterKind::HandOver, Some(HandOver { from, to })) => {
                if from == to {
                    return Err(Refusal::on("to", Code::SamePerson));
                }
                for (field, person) in [("from", from), ("to", to)] {
                    if !self.needs.people.contains(&person) {
                        return Err(Refusal::on(field, Code::PersonUnknown).with("person", person));
                    }
                }
                Ok(())
            }
            (_, Some(_)) => Err(Refusal::on("to", Code::NotOffered)),
            (_, None) => Ok(()),
        }
    }

    /// A seed that nobody chose.
    fn seed(&self) -> u64 {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(self.id(1)).for_each(|(to, from)| *to = from);
        u64::from_be_bytes(bytes)
    }

    /// The muster, where the caller sees every copy of it: he would answer for what he does not know.
    fn seen_muster(&self) -> Result<&Mustered, Refusal> {
        let mustered = self.needs.muster.as_ref();
        let seen = mustered.filter(|mustered| mustered.rules.iter().all(|rule| self.sees(rule)));
        Ok(seen.ok_or(Code::NotFound)?)
    }

    /// The muster while it is counted.
    fn counting(&self) -> Result<&Mustered, Refusal> {
        let mustered = self.seen_muster()?;
        self.staff()?;
        if mustered.closed || mustered.abandoned {
            return Err(Refusal::new(Code::MusterClosed).with("muster", mustered.muster.text()));
        }
        Ok(mustered)
    }

    pub(super) fn sight(&self, sightings: &[Seen], words: &str) -> Result<Vec<Fact>, Refusal> {
        let mustered = self.counting()?;
        let named: Vec<CopyId> = sightings.iter().map(|s| s.copy).collect();
        let seen = self.seen(&named)?;
        let mut fresh = Vec::with_capacity(sightings.len());
        let mut differ = Vec::new();
        for (known, said) in seen.iter().zip(sightings) {
            known.copy.at_hand().map_err(|why| broken(known, why))?;
            let sighting = Sighting { copy: said.copy, pages: said.pages, at: self.moment(said.at)? };
            if sighting.at < mustered.opened_at {
                return Err(Refusal::on("at", Code::MusterBefore).with("muster", mustered.muster.text()));
            }
            if mustered.lines.iter().any(|line| line.copy == sighting.copy && line.sighted) {
                continue;
            }
            self.counted_pages(known, sighting, &mut differ)?;
            fresh.push(sighting);
        }
        if fresh.is_empty() {
            let copy = seen.first().map(|known| known.name()).unwrap_or_default();
            return Err(Refusal::on("copies", Code::SightedAlready).with("copy", copy));
        }
        let mut facts = vec![Fact::CopiesSighted { muster: mustered.muster.id, sightings: fresh }];
        if !differ.is_empty() {
            facts.push(Fact::IncidentOpened {
                incident: Box::new(Incident {
                    id: IncidentId::new(self.id(u32::MAX)),
                    number: self.needs.next(super::INCIDENTS),
                    year: self.year(),
                    is: IncidentKind::Discrepancy,
                    copies: differ,
                    words: required("words", words, WORDS)?,
                }),
            });
        }
        Ok(facts)
    }

    /// Where the log wants pages counted they are; where they are not as many as the books say, that is told.
    fn counted_pages(
        &self,
        known: &Known,
        sighting: Sighting,
        differ: &mut Vec<CopyId>,
    ) -> Result<(), Refusal> {
        let log = self.context.house.custody.by_code(&known.control.log);
        if log.is_some_and(|log| log.page_count) && sighting.pages.is_none() {
            return Err(Refusal::on("pages", Code::PagesNeeded).with("copy", known.name()));
        }
        if let (Some(counted), Some(pages)) = (sighting.pages, known.copy.pages)
            && counted != pages
        {
            differ.push(sighting.copy);
        }
        Ok(())
    }

    pub(super) fn close_muster(&self, words: &str) -> Result<Vec<Fact>, Refusal> {
        let mustered = self.counting()?;
        let tally = Tally::of(&mustered.lines);
        if tally.open > 0 {
            return Err(Refusal::new(Code::MusterOpenLines).with("n", tally.open));
        }
        let words = line("words", words, WORDS)?;
        Ok(vec![Fact::MusterClosed { muster: mustered.muster.id, tally, words }])
    }

    pub(super) fn sign_muster(&self) -> Result<Vec<Fact>, Refusal> {
        let mustered = self.seen_muster()?;
        let muster = &mustered.muster;
        let named = muster.hand_over.is_some_and(|h| [h.from, h.to].contains(&self.caller.person));
        if !named {
            self.staff()?;
        }
        if self.caller.channel == Channel::Operator {
            return Err(Code::NeedsPerson.into());
        }
        if !mustered.closed {
            return Err(Refusal::new(Code::MusterNotClosed).with("muster", muster.text()));
        }
        if mustered.signed.len() >= usize::from(muster.signatures) {
            return Err(Code::SignedAlready.into());
        }
        if mustered.signed.contains(&self.caller.person) {
            return Err(Code::SamePerson.into());
        }
        if muster.hand_over.is_some() && !named {
            return Err(Code::NotNamed.into());
        }
        if !self.caller.fresh {
            return Err(Code::SignInNotFresh.into());
        }
        Ok(vec![Fact::MusterSigned { muster: muster.id, at: self.context.now }])
    }

    pub(super) fn abandon_muster(&self, words: &str) -> Result<Vec<Fact>, Refusal> {
        let mustered = self.counting()?;
        let words = required("words", words, WORDS)?;
        Ok(vec![Fact::MusterAbandoned { muster: mustered.muster.id, words }])
    }
}
