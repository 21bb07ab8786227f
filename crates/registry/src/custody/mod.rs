//! Custody: numbered copies of papers, who answers for each at every moment, how they are handed on and how they end.
//!
//! The state of a copy and what an event makes of it are `copy.rs`'s; what the ledger says, `fact.rs`'s; what may be asked
//! and who may ask it stands here and beside: recording, movement, loss, destruction. What has happened on paper is never
//! refused because it should not have: it is written down, and an incident is opened with it.

pub mod book;
pub mod clock;
pub mod copy;
mod destruction;
pub mod fact;
mod loss;
mod movement;
pub mod muster;
pub mod name;
pub mod number;
mod recording;
pub mod settings;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::{
    book::{Booked, Details, Item, Route, Step},
    copy::{Broken, Copy, Event, Holder, Medium, Origin},
    fact::{
        Addressee, Certificate, Control, Despite, Discrepancy, Dispatch, Hand, Incident, IncidentKind,
        Report, Signed,
    },
    muster::{HandOver, MusterKind, Mustered, Seen},
};
use crate::{
    access::AccessRule,
    authorisation::Authorisation,
    command::{Caller, Context},
    document::StagedContent,
    fact::Fact,
    id::{
        BookItemId, CertificateId, ContainerId, CopyId, DispatchId, DocumentId, IncidentId, MusterId,
        PersonId,
    },
    line::{NAME, line},
    person::Person,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Most copies of one act.
pub const MANY: usize = 1_000;
/// Longest remark (characters).
pub(crate) const WORDS: usize = 2_000;

/// What can be asked of copies of a registry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Puts copies of a document into their log.
    Record {
        /// Of which document.
        document: DocumentId,
        /// How they came to be.
        origin: Origin,
        /// The copy from which they were made.
        #[serde(default)]
        from: Option<CopyId>,
        /// Which.
        copies: Vec<Numbered>,
        /// How many there are in all, as the paper says.
        #[serde(default)]
        of: Option<u32>,
        /// Where they are; none: at the desk.
        #[serde(default)]
        container: Option<ContainerId>,
        /// On which shelf of it, or in which box.
        #[serde(default)]
        shelf: String,
        /// Since when; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What else is to be said; of a copy that was found, where.
        #[serde(default)]
        words: String,
    },
    /// Puts copies to the desk or into a container of the registry, from wherever they are.
    Keep {
        /// Which.
        copies: Vec<CopyId>,
        /// Where; none: at the desk.
        #[serde(default)]
        container: Option<ContainerId>,
        /// On which shelf of it, or in which box.
        #[serde(default)]
        shelf: String,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Sends copies to somebody, with a receipt that is due.
    Send {
        /// Which.
        copies: Vec<CopyId>,
        /// To whom.
        to: Addressee,
        /// Who carries them.
        #[serde(default)]
        bearer: String,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// Why it is written down even where it would be refused.
        #[serde(default)]
        despite: Option<Despite>,
        /// The day by which they are to be back, where they are lent: by a person or by somebody outside.
        #[serde(default)]
        back_by: Option<Date>,
        /// What is to be said of that.
        #[serde(default)]
        words: String,
    },
    /// Makes a loan longer.
    Prolong {
        /// Of which copies.
        copies: Vec<CopyId>,
        /// The day by which they are to be back now.
        back_by: Date,
        /// Why.
        words: String,
    },
    /// Gives a receipt: the addressee on screen, or the registry's staff for one that came back on paper.
    Receipt {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// How.
        signed: Signed,
        /// Who signed, as the paper says.
        #[serde(default)]
        by: String,
        /// The paper, scanned.
        #[serde(default)]
        scan: Option<Box<StagedContent>>,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What is not as it should be; of the rest the receipt is given.
        #[serde(default)]
        discrepancies: Vec<Discrepancy>,
    },
    /// Asks again for a receipt.
    Trace {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// What was written.
        #[serde(default)]
        words: String,
    },
    /// Says that copies are not where they should be.
    Miss {
        /// Which.
        copies: Vec<CopyId>,
        /// What is known.
        words: String,
    },
    /// Says that copies are not accountable any more.
    Release {
        /// Which.
        copies: Vec<CopyId>,
        /// By which instruction.
        words: String,
    },
    /// Draws up a certificate of destruction.
    DrawUp {
        /// Of which copies.
        copies: Vec<CopyId>,
        /// How they will be destroyed.
        method: String,
    },
    /// Signs it, after the act.
    Sign {
        /// Which.
        certificate: CertificateId,
        /// As whom.
        hand: Hand,
    },
    /// Takes a certificate back that is not signed by all.
    Withdraw {
        /// Which.
        certificate: CertificateId,
        /// Why.
        words: String,
    },
    /// Opens an incident.
    Report {
        /// What is wrong.
        is: IncidentKind,
        /// With which copies.
        copies: Vec<CopyId>,
        /// What is known.
        words: String,
    },
    /// Adds to an incident.
    Follow {
        /// Which.
        incident: IncidentId,
        /// What was found out, reported to whom.
        words: String,
        /// Which of the reports that are due this is.
        #[serde(default)]
        report: Option<Report>,
        /// Whether that closes it.
        #[serde(default)]
        closes: bool,
    },
    /// Opens a muster: freezes the list of what is to be counted.
    OpenMuster {
        /// Why.
        is: MusterKind,
        /// Of which logs; none: of all.
        #[serde(default)]
        logs: Vec<String>,
        /// Of which container alone.
        #[serde(default)]
        container: Option<ContainerId>,
        /// How many of them are drawn; none: all are counted.
        #[serde(default)]
        sample: Option<u32>,
        /// From which the sample is drawn; none: one is drawn for it.
        #[serde(default)]
        seed: Option<u64>,
        /// Between whom, where they are handed over.
        #[serde(default)]
        hand_over: Option<HandOver>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Says that copies were seen.
    Sight {
        /// For which muster.
        muster: MusterId,
        /// Which and when.
        sightings: Vec<Seen>,
        /// What is to be said where pages are not as many as the books say.
        #[serde(default)]
        words: String,
    },
    /// Ends the count of a muster.
    CloseMuster {
        /// Which.
        muster: MusterId,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Signs what a muster came to.
    SignMuster {
        /// Which.
        muster: MusterId,
    },
    /// Gives a muster up.
    AbandonMuster {
        /// Which.
        muster: MusterId,
        /// Why.
        words: String,
    },
    /// Enters something into one of the registry's other books.
    Enter {
        /// What; what only steps make of it is left out of account.
        details: Box<Details>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Says that something happened to it.
    Step {
        /// To which.
        item: BookItemId,
        /// What.
        step: Box<Step>,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What is to be said of it.
        #[serde(default)]
        words: String,
    },
    /// Distributes a document: what goes by copy is sent, who opens it here is told.
    Distribute {
        /// Which.
        document: DocumentId,
        /// To whom.
        lines: Vec<book::Wanted>,
        /// Who carries the copies.
        #[serde(default)]
        bearer: String,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Puts a container into the registry's books.
    Furnish {
        /// What it is called: what stands on its door.
        name: String,
        /// Where it stands.
        place: String,
        /// The most that it may hold.
        approved: Vec<label::Clearance>,
    },
}

/// A copy that is put into a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// Its number.
    pub number: u32,
    /// How many pages it has.
    #[serde(default)]
    pub pages: Option<u32>,
    /// What it is made of.
    pub medium: Medium,
}

impl Act {
    /// The copies that it names.
    pub fn copies(&self) -> &[CopyId] {
        match self {
            Act::Keep { copies, .. }
            | Act::Send { copies, .. }
            | Act::Prolong { copies, .. }
            | Act::Miss { copies, .. }
            | Act::Release { copies, .. }
            | Act::DrawUp { copies, .. }
            | Act::Report { copies, .. } => copies,
            Act::Record { from, .. } => from.as_slice(),
            _ => &[],
        }
    }
    /// Takes out the names that the vault drew for an upload, for comparing two requests.
    pub(crate) fn forget_objects(&mut self) {
        if let Act::Receipt { scan: Some(scan), .. } = self {
            scan.forget_objects();
        }
    }
    /// The muster that it names.
    pub fn muster(&self) -> Option<MusterId> {
        match self {
            Act::Sight { muster, .. }
            | Act::CloseMuster { muster, .. }
            | Act::SignMuster { muster }
            | Act::AbandonMuster { muster, .. } => Some(*muster),
            _ => None,
        }
    }
    /// How many copies it names.
    fn many(&self) -> usize {
        match self {
            Act::Sight { sightings, .. } => sightings.len(),
            other => other.copies().len(),
        }
    }
    /// The container that it names.
    pub fn container(&self) -> Option<ContainerId> {
        match self {
            Act::Record { container, .. }
            | Act::Keep { container, .. }
            | Act::OpenMuster { container, .. } => *container,
            _ => None,
        }
    }
    /// The person whom it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Act::Send { to, .. } => to.person(),
            Act::Step { step, .. } => match step.as_ref() {
                Step::HandOut { person } => Some(*person),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A copy with what is known of its document.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The copy.
    pub copy: Copy,
    /// By which rule its document is seen.
    pub rule: AccessRule,
    /// Whether its document came from elsewhere.
    pub received: bool,
    /// Its number in the log.
    pub control: Control,
    /// A certificate on which it stands and that waits for a signature.
    pub drawn_up: Option<CertificateId>,
}

impl Known {
    /// As it is called: the number in the log, and its own.
    pub fn name(&self) -> String {
        format!("{}/{}", self.control.text(), self.copy.number)
    }
}

/// The document of which copies are recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Documented {
    /// By which rule it is seen.
    pub rule: AccessRule,
    /// Its number in its log; none: it has no copies yet.
    pub control: Option<Control>,
    /// The numbers that its copies have.
    pub numbers: std::collections::BTreeSet<u32>,
}

/// A container of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Container {
    /// Its identifier.
    pub id: ContainerId,
    /// What stands on its door.
    pub name: String,
    /// Where it stands.
    pub location: String,
    /// The most that it may hold.
    pub approved: Vec<label::Clearance>,
}

/// What the tables must tell before an act is decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustodyNeeds {
    /// The copies that are named, or that the dispatch or certificate or incident is of; those that are not there are absent.
    pub copies: Vec<Known>,
    /// The document that is named.
    pub document: Option<Documented>,
    /// The person who shall have them, with what he holds.
    pub person: Option<Box<(Person, Vec<Authorisation>)>>,
    /// The persons whom the lines of a distribution name, with what they hold.
    pub receivers: Vec<(Person, Vec<Authorisation>)>,
    /// The correspondents whom they name.
    pub correspondents: Vec<Item>,
    /// The container.
    pub container: Option<Container>,
    /// The dispatch, and whether its receipt is out.
    pub dispatch: Option<Dispatch>,
    /// The certificate, with those who signed.
    pub certificate: Option<(Certificate, BTreeMap<Hand, PersonId>)>,
    /// The incident, if it is open.
    pub incident: Option<Incident>,
    /// The muster.
    pub muster: Option<Mustered>,
    /// The item of a book that something shall happen to.
    pub item: Option<Booked>,
    /// The items that it or what is entered names: packages.
    pub items: Vec<Item>,
    /// The dispatches that a package names.
    pub dispatches: Vec<Dispatch>,
    /// Those of them that are in packages: of each package the rules by which its copies are seen.
    pub packed: BTreeMap<DispatchId, Vec<Vec<AccessRule>>>,
    /// An open item of the same name in the same book: of a correspondent to whom copies go, or that shall be entered.
    pub namesake: Option<Item>,
    /// The approvals by which the registry sends past the one above.
    pub routes: Vec<Route>,
    /// Those of the named people who are of the house.
    pub people: std::collections::BTreeSet<PersonId>,
    /// The next number of each count of this year: logs, and those named below.
    pub next: BTreeMap<String, u64>,
}

/// The count of receipts.
pub const RECEIPTS: &str = "receipt";
/// The count of certificates of destruction.
pub const CERTIFICATES: &str = "destruction";
/// The count of incidents.
pub const INCIDENTS: &str = "incident";

impl CustodyNeeds {
    pub(crate) fn next(&self, count: &str) -> u64 {
        self.next.get(count).copied().unwrap_or(1)
    }
}

/// Decides an act.
pub fn decide(
    caller: &Caller,
    context: &Context<'_>,
    act: &Act,
    needs: &CustodyNeeds,
) -> Result<Vec<Fact>, Refusal> {
    if act.many() > MANY {
        return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY));
    }
    let desk = Desk { caller, context, needs };
    match act {
        Act::Record { document, origin, from, copies, of, container, shelf, at, words } => {
            let asked = recording::Asked {
                document: *document,
                origin: *origin,
                from: *from,
                copies,
                of: *of,
                container: *container,
                shelf,
                at: *at,
                words,
            };
            desk.record(&asked)
        }
        Act::Keep { copies, container, shelf, at, words } => desk.keep(copies, *container, shelf, *at, words),
        Act::Send { copies, to, bearer, at, despite, back_by, words } => desk.send(&movement::Sending {
            copies,
            to,
            bearer,
            at: *at,
            despite: *despite,
            back_by: *back_by,
            words,
        }),
        Act::Prolong { copies, back_by, words } => desk.prolong(copies, *back_by, words),
        Act::Receipt { signed, by, scan, at, discrepancies, .. } => {
            desk.receipt(*signed, by, scan.as_deref(), *at, discrepancies)
        }
        Act::Trace { words, .. } => desk.trace(words),
        Act::Miss { copies, words } => desk.miss(copies, words),
        Act::Release { copies, words } => desk.release(copies, words),
        Act::DrawUp { copies, method } => desk.draw_up(copies, method),
        Act::Sign { hand, .. } => desk.sign(*hand),
        Act::Withdraw { words, .. } => desk.withdraw(words),
        Act::Report { is, copies, words } => desk.report(*is, copies, words),
        Act::Follow { words, report, closes, .. } => desk.follow(words, *report, *closes),
        Act::OpenMuster { is, logs, container, sample, seed, hand_over, words } => {
            desk.open_muster(&muster::Asked {
                is: *is,
                logs,
                container: *container,
                sample: *sample,
                seed: *seed,
                hand_over: *hand_over,
                words,
            })
        }
        Act::Sight { sightings, words, .. } => desk.sight(sightings, words),
        Act::CloseMuster { words, .. } => desk.close_muster(words),
        Act::SignMuster { .. } => desk.sign_muster(),
        Act::AbandonMuster { words, .. } => desk.abandon_muster(words),
        Act::Enter { details, words } => desk.enter(details, words),
        Act::Step { step, at, words, .. } => desk.step(step, *at, words),
        Act::Distribute { document, lines, bearer, words } => {
            desk.distribute(*document, lines, bearer, words)
        }
        Act::Furnish { name, place, approved } => desk.furnish(name, place, approved),
    }
}

/// What a decision has at hand.
struct Desk<'a> {
    caller: &'a Caller,
    context: &'a Context<'a>,
    needs: &'a CustodyNeeds,
}

impl Desk<'_> {
    /// Refused to whoever is not of the registry's staff.
    fn staff(&self) -> Result<(), Refusal> {
        if self.caller.is_operator() || self.caller.viewer.handles(self.context.registry) {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }

    /// Whether the caller sees so much as the entry of a document.
    fn sees(&self, rule: &AccessRule) -> bool {
        let Context { registry, house, today, .. } = self.context;
        let sight = self.caller.viewer.sight(rule, *registry, house, *today);
        sight.read || sight.handle || self.caller.is_operator()
    }

    /// The copies that are named, each of which the caller sees: what he does not see is not there.
    fn seen(&self, named: &[CopyId]) -> Result<Vec<&Known>, Refusal> {
        if named.is_empty() {
            return Err(Refusal::on("copies", Code::Required));
        }
        let mut seen = Vec::with_capacity(named.len());
        for id in named {
            let known = self.needs.copies.iter().find(|known| known.copy.id == *id);
            let known = known.filter(|known| self.sees(&known.rule)).ok_or(Code::NotFound)?;
            if seen.iter().any(|other: &&Known| other.copy.id == *id) {
                return Err(Refusal::on("copies", Code::CopyTwice).with("copy", known.name()));
            }
            seen.push(known);
        }
        Ok(seen)
    }

    /// The moment at which something happened: what is given, not later than now.
    fn moment(&self, at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        match at {
            Some(at) if at > self.context.now => Err(Refusal::on("at", Code::NotYet)),
            Some(at) => Ok(at),
            None => Ok(self.context.now),
        }
    }

    /// Refused where the event cannot happen to one of the copies.
    fn happens(copies: &[&Known], event: &Event, at: Timestamp) -> Result<(), Refusal> {
        copies
            .iter()
            .try_for_each(|known| known.copy.after(event, at).map(|_| ()).map_err(|why| broken(known, why)))
    }

    /// The registry's own holder: its desk, or a container that may hold the papers.
    fn own(
        &self,
        container: Option<ContainerId>,
        shelf: &str,
        rules: &[&AccessRule],
    ) -> Result<Holder, Refusal> {
        let shelf = line("shelf", shelf, NAME)?;
        let Some(id) = container else {
            return match shelf {
                Some(_) => Err(Refusal::on("shelf", Code::ShelfOfNothing)),
                None => Ok(Holder::Registry),
            };
        };
        let container = self.needs.container.as_ref().filter(|c| c.id == id);
        let container = container.ok_or(Refusal::on("container", Code::NotOffered))?;
        let house = self.context.house;
        for label in rules.iter().filter_map(|rule| rule.content.as_ref()) {
            let policy =
                house.policies.of(label).map_err(|_| Refusal::on("container", Code::UnknownPolicy))?;
            let fits =
                |c: &label::Clearance| c.policy == *policy.id() && crate::house::dominates(policy, c, label);
            if !container.approved.is_empty() && !container.approved.iter().any(fits) {
                return Err(
                    Refusal::on("container", Code::ContainerNotApproved).with("name", &container.name)
                );
            }
        }
        Ok(Holder::Container { container: id, shelf })
    }

    fn id(&self, n: u32) -> [u8; 16] {
        self.context.new_id(n)
    }

    fn year(&self) -> i16 {
        self.context.today.year()
    }
}

/// The refusal of what cannot happen to a copy.
fn broken(known: &Known, why: Broken) -> Refusal {
    let code = match why {
        Broken::Closed(standing) => match standing {
            copy::Standing::Destroyed { .. } => Code::CopyDestroyed,
            copy::Standing::Transferred => Code::CopyTransferred,
            _ => Code::CopyReleased,
        },
        Broken::UnderWay => Code::CopyUnderWay,
        Broken::Missing => Code::CopyMissing,
        Broken::NotSent => Code::CopyNotSent,
        Broken::Before(_) => Code::CopyBefore,
        Broken::NotLent => Code::NotOnLoan,
        Broken::NotLonger(until) => {
            return Refusal::on("back_by", Code::LoanNotLonger).with("copy", known.name()).with("day", until);
        }
    };
    Refusal::on("copies", code).with("copy", known.name())
}

/// What a fact makes happen to copies: which, what, when. Tables and tests read facts by this and nothing else.
pub fn happening(fact: &Fact) -> Option<(Vec<CopyId>, Event, Timestamp)> {
    Some(match fact {
        Fact::CopiesKept { copies, holder, at, .. } => {
            (copies.clone(), Event::Kept { holder: holder.clone() }, *at)
        }
        Fact::CopiesSent { dispatch } => {
            let event = Event::Sent { dispatch: dispatch.id, back_by: dispatch.back_by };
            (dispatch.copies.clone(), event, dispatch.at)
        }
        Fact::LoanProlonged { copies, until, at, .. } => {
            (copies.clone(), Event::Prolonged { until: *until }, *at)
        }
        Fact::ReceiptRecorded { receipt } => {
            let event = Event::Received { dispatch: receipt.dispatch, holder: receipt.holder.clone() };
            (receipt.copies.clone(), event, receipt.at)
        }
        Fact::CopiesMissed { copies, at } => (copies.clone(), Event::Missed, *at),
        Fact::CopiesReleased { copies, at, .. } => (copies.clone(), Event::Released, *at),
        Fact::DestructionSigned { certificate, at, destroyed, .. } if !destroyed.is_empty() => {
            (destroyed.clone(), Event::Destroyed { certificate: *certificate }, *at)
        }
        _ => return None,
    })
}
