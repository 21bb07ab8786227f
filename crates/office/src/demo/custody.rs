//! The numbered copies of the demo: in a safe, with people, on their way, destroyed, one that was lost and found.

use jiff::{Span, civil::Date};
use label::NamedClearance;
use registry::{
    Answer, Command, CopyId, DispatchId, PersonId,
    custody::{
        Act, Numbered,
        copy::{Medium, Origin},
        fact::{Addressee, Hand, Signed},
        muster::{MusterKind, Outcome, Seen},
    },
    id::{CertificateId, ContainerId, IncidentId, MusterId},
};
use store::custody::seen::Slice;

use super::{Builder, damaged};
use crate::{door::Sender, failure::Failure};

/// The registry whose copies they are, its clerk and the controller who signs with him.
const REGISTRY: &str = "HQR";
pub(super) const CLERK: &str = "figueiredo";
/// Who has one copy and has not signed for another.
pub(super) const READER: &str = "hruskova";
pub(super) const CONTROLLER: &str = "drosopoulou";
/// Papers with how many copies there are of each.
const DIRECTIVE: (&str, u32) = ("MCM-0084-2026", 6);
const RULES: (&str, u32) = ("MCM-0037-2026", 4);
const POINTS: (&str, u32) = ("IMSM-0267-2026", 2);
const SCHEDULE: (&str, u32) = ("IMSTAM(LOG)-0143-2025", 2);

impl Builder {
    /// Does what was done with copies.
    pub(super) async fn keeps_copies(&mut self) -> Result<(), Failure> {
        let safe = self.furnishes("Safe 4", "Room 2.10, registry").await?;
        let directive = self.numbers_copies(DIRECTIVE, safe).await?;
        let waits = self.hands_out(&directive).await?;
        self.keeps_books(waits).await?;
        let points = self.numbers_copies(POINTS, safe).await?;
        self.loses_and_finds(points.first().copied(), safe).await?;
        let rules = self.numbers_copies(RULES, safe).await?;
        self.destroys(rules.get(2..).unwrap_or_default()).await?;
        self.musters(&rules).await?;
        let copies = self.numbers_copies(SCHEDULE, safe).await?;
        let words = "The paper is not accountable: its copies are numbered no more".to_owned();
        self.asks(CONTROLLER, Act::Release { copies, words }).await?;
        self.distributes(POINTS.0).await
    }

    pub(super) async fn asks(&mut self, by: &str, act: Act) -> Result<Answer, Failure> {
        let said = format!("{act:?}");
        let by = self.known(by)?;
        let registry = *self.ids.registries.get(REGISTRY).ok_or_else(|| damaged(REGISTRY))?;
        let sender = Sender::proven(by, self.tick.plus_seconds(1));
        let done = self.does(sender, Command::Custody { registry, act: Box::new(act) }).await;
        done.map_err(|failure| damaged(format!("{said}: {failure}")))
    }

    pub(super) fn known(&self, login: &str) -> Result<PersonId, Failure> {
        self.ids.people.get(login).copied().ok_or_else(|| damaged(login))
    }

    /// What may be kept and sent.
    pub(super) async fn secret(&self) -> Result<label::Clearance, Failure> {
        let secret = NamedClearance {
            policy: "NATO".to_owned(),
            level: "SECRET".to_owned(),
            categories: Default::default(),
        };
        self.office.house().await?.policies.resolve_clearance(&secret).map_err(damaged)
    }

    async fn furnishes(&mut self, name: &str, place: &str) -> Result<ContainerId, Failure> {
        let approved = vec![self.secret().await?];
        let act = Act::Furnish { name: name.to_owned(), place: place.to_owned(), approved };
        match self.asks(CLERK, act).await? {
            Answer::Furnished { container } => Ok(container),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    /// Numbers the copies of a paper; then they lie in the safe.
    async fn numbers_copies(
        &mut self,
        (reference, many): (&str, u32),
        safe: ContainerId,
    ) -> Result<Vec<CopyId>, Failure> {
        let mut reading = self.office.read_as(self.known(CLERK)?).await?;
        let found = reading.by_reference(reference).await?;
        let document = found.first().ok_or_else(|| damaged(reference))?.document;
        drop(reading);
        let act = Act::Record {
            shelf: String::new(),
            document,
            origin: Origin::Made,
            from: None,
            copies: (1..=many)
                .map(|number| Numbered { number, pages: Some(4), medium: Medium::Paper })
                .collect(),
            of: Some(many),
            container: None,
            at: None,
            words: String::new(),
        };
        let Answer::Recorded { copies, .. } = self.asks(CLERK, act).await? else {
            return Err(damaged("no copies"));
        };
        let act = Act::Keep {
            copies: copies.clone(),
            container: Some(safe),
            shelf: "Shelf 2".to_owned(),
            at: None,
            words: String::new(),
        };
        self.asks(CLERK, act).await?;
        Ok(copies)
    }

    async fn sends(&mut self, copies: &[CopyId], to: Addressee) -> Result<DispatchId, Failure> {
        self.lends(copies, to, None).await
    }

    async fn lends(
        &mut self,
        copies: &[CopyId],
        to: Addressee,
        back_by: Option<Date>,
    ) -> Result<DispatchId, Failure> {
        let bearer = match to {
            Addressee::Elsewhere { .. } => "The morning courier",
            _ => "",
        };
        let act = Act::Send {
            back_by,
            copies: copies.to_vec(),
            to,
            bearer: bearer.to_owned(),
            at: None,
            despite: None,
            words: String::new(),
        };
        match self.asks(CLERK, act).await? {
            Answer::Sent { dispatch, .. } => Ok(dispatch),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    /// One reader signs on screen, and for another copy not yet; a second on paper; one mission has signed, of another no receipt has
    /// come back: that one waits.
    async fn hands_out(&mut self, copies: &[CopyId]) -> Result<DispatchId, Failure> {
        let [first, second, third, fourth, fifth, ..] = copies else { return Err(damaged("copies")) };
        let reader = Addressee::Person { person: self.known(READER)? };
        let dispatch = self.sends(&[*first], reader).await?;
        self.asks(READER, receipt(dispatch, Signed::Screen, "")).await?;
        let reader = Addressee::Person { person: self.known("ahlgren")? };
        // On loan: of the second a day was added since, of the third it will soon be over.
        let today = self.tick.date(&self.office.house().await?.zone);
        let in_days = |days: i64| today.saturating_add(Span::new().days(days));
        let dispatch = self.lends(&[*second], reader, Some(today)).await?;
        self.asks(CLERK, receipt(dispatch, Signed::Paper, "K. Ahlgren")).await?;
        let words = "The exercise begins a week later".to_owned();
        self.asks(CLERK, Act::Prolong { copies: vec![*second], back_by: in_days(5), words }).await?;
        let reader = Addressee::Person { person: self.known(READER)? };
        self.sends(&[*fifth], reader).await?;
        let mission = |name: &str| Addressee::Elsewhere { name: name.to_owned() };
        let mission_of_portugal = mission("Sub-registry of the Portuguese mission");
        let dispatch = self.lends(&[*third], mission_of_portugal, Some(in_days(90))).await?;
        self.asks(CLERK, receipt(dispatch, Signed::Paper, "T. Nogueira")).await?;
        let dispatch = self.sends(&[*fourth], mission("Sub-registry of the Danish mission")).await?;
        self.asks(CLERK, Act::Trace { dispatch, words: "Asked by telephone".to_owned() }).await?;
        Ok(dispatch)
    }

    async fn loses_and_finds(&mut self, copy: Option<CopyId>, safe: ContainerId) -> Result<(), Failure> {
        let copies: Vec<CopyId> = copy.into_iter().collect();
        let words = "Not in the safe when the copies were counted".to_owned();
        let missed = self.asks(CLERK, Act::Miss { copies: copies.clone(), words }).await?;
        let Answer::Incident { incident } = missed else { return Err(damaged("no incident")) };
        let follow = |incident: IncidentId, words: &str, closes| Act::Follow {
            incident,
            words: words.to_owned(),
            report: None,
            closes,
        };
        self.asks(CLERK, follow(incident, "The last reader was asked; the security officer was told", false))
            .await?;
        self.asks(CLERK, keep(copies, Some(safe), "It lay in the folder of the next paper")).await?;
        self.asks(CONTROLLER, follow(incident, "Found; nobody outside of the registry had it", true))
            .await
            .map(|_| ())
    }

    /// One muster is counted, closed and signed by two; one is given up; one is being counted.
    async fn musters(&mut self, there: &[CopyId]) -> Result<(), Failure> {
        let muster = self.opens(MusterKind::Full, "Yearly muster").await?;
        let mut reading = self.office.read_as(self.known(CLERK)?).await?;
        let row = reading.muster(muster).await?;
        let open = reading.muster_lines(&row, &[Outcome::Open], Slice::ALL).await?;
        drop(reading);
        let copies: Vec<CopyId> = open.rows.iter().map(|line| line.row.view.copy.id).collect();
        self.asks(CLERK, sight(muster, &copies)).await?;
        let words = "In good order".to_owned();
        self.asks(CONTROLLER, Act::CloseMuster { muster, words }).await?;
        self.asks(CLERK, Act::SignMuster { muster }).await?;
        self.asks(CONTROLLER, Act::SignMuster { muster }).await?;
        let muster = self.opens(MusterKind::SpotCheck, "").await?;
        let words = "The alarm was tested in the middle of it".to_owned();
        self.asks(CLERK, Act::AbandonMuster { muster, words }).await?;
        let muster = self.opens(MusterKind::Inspection, "The inspector counts").await?;
        self.asks(CLERK, sight(muster, there.get(..1).unwrap_or_default())).await.map(|_| ())
    }

    async fn opens(&mut self, is: MusterKind, words: &str) -> Result<MusterId, Failure> {
        let act = Act::OpenMuster {
            is,
            logs: Vec::new(),
            container: None,
            sample: None,
            seed: None,
            hand_over: None,
            words: words.to_owned(),
        };
        match self.asks(CLERK, act).await? {
            Answer::Mustered { muster, .. } => Ok(muster),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    async fn destroys(&mut self, copies: &[CopyId]) -> Result<(), Failure> {
        let draw_up = || Act::DrawUp { copies: copies.to_vec(), method: "Shredded, 0.8 mm".to_owned() };
        let certified = |answer| match answer {
            Answer::Certified { certificate, .. } => Ok::<CertificateId, Failure>(certificate),
            other => Err(damaged(format!("{other:?}"))),
        };
        let certificate = certified(self.asks(CLERK, draw_up()).await?)?;
        let words = "The shredder was out of order".to_owned();
        self.asks(CLERK, Act::Withdraw { certificate, words }).await?;
        let certificate = certified(self.asks(CLERK, draw_up()).await?)?;
        self.asks(CLERK, Act::Sign { certificate, hand: Hand::Destroyer }).await?;
        self.asks(CONTROLLER, Act::Sign { certificate, hand: Hand::Witness }).await.map(|_| ())
    }
}

fn keep(copies: Vec<CopyId>, container: Option<ContainerId>, words: &str) -> Act {
    Act::Keep { shelf: String::new(), copies, container, at: None, words: words.to_owned() }
}

fn sight(muster: MusterId, copies: &[CopyId]) -> Act {
    let seen = |copy: &CopyId| Seen { copy: *copy, pages: None, at: None };
    Act::Sight { muster, sightings: copies.iter().map(seen).collect(), words: String::new() }
}

fn receipt(dispatch: DispatchId, signed: Signed, by: &str) -> Act {
    Act::Receipt { dispatch, signed, by: by.to_owned(), scan: None, at: None, discrepancies: Vec::new() }
}
