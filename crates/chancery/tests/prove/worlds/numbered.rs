//! More copies in the worlds than those of the books: of papers of every kind that callers see, and of hidden papers of each
//! kind, with callers too. What all have is numbered first: numbers of logs, receipts and incidents are the same everywhere.

use office::Sender;
use registry::{
    Answer, Command, DocumentId, Timestamp,
    custody::{
        Act, Numbered,
        copy::{Medium, Origin},
        fact::{Addressee, Despite, Hand, IncidentKind, Signed},
    },
    id::{CertificateId, ContainerId, CopyId, DispatchId, IncidentId},
};

use super::{World, command_id};
use crate::papers;

/// What there is of copies, by identifier; of what is seen, then of what is hidden.
#[derive(Debug, Default)]
pub struct Copies {
    pub seen: Vec<CopyId>,
    pub hidden: Vec<CopyId>,
    pub dispatches: Vec<DispatchId>,
    pub hidden_dispatches: Vec<DispatchId>,
    pub certificates: Vec<CertificateId>,
    pub incidents: Vec<IncidentId>,
    pub containers: Vec<ContainerId>,
}

/// Papers with copies that callers see, by their number: of HQR and COS, whose staff some of them are.
const SEEN: [usize; 6] = [0, 5, 6, 15, 14, 24];

/// Who does it, in which registry, and at what moment.
struct Doer<'a> {
    world: &'a World,
    code: &'static str,
    moment: Timestamp,
}

impl Doer<'_> {
    async fn asks(&self, step: &str, login: &str, act: Act) -> Answer {
        let step = format!("copies {} {step}", self.code);
        self.world.clock.set(self.moment);
        self.world.steps.at(&step);
        let by = Sender::proven(self.world.people[login], self.moment);
        let command = Command::Custody { registry: self.world.registries[self.code], act: Box::new(act) };
        let done = self.world.office.command(by, command_id(&step), command).await;
        done.unwrap_or_else(|e| panic!("{step}: {e}"))
    }

    async fn numbers(&self, step: &str, document: DocumentId, many: u32) -> Vec<CopyId> {
        let copies = (1..=many).map(|number| Numbered { number, pages: Some(4), medium: Medium::Paper });
        let act = Act::Record {
            shelf: String::new(),
            document,
            origin: Origin::Received,
            from: None,
            copies: copies.collect(),
            of: Some(many),
            container: None,
            at: None,
            words: "Averlund: came by courier".into(),
        };
        match self.asks(&format!("numbered {step}"), "registrar", act).await {
            Answer::Recorded { copies, .. } => copies,
            other => panic!("{other:?}"),
        }
    }

    async fn sends(
        &self,
        step: &str,
        copies: &[CopyId],
        to: Addressee,
        despite: Option<Despite>,
    ) -> DispatchId {
        let act = Act::Send {
            back_by: None,
            copies: copies.to_vec(),
            to,
            bearer: "Averlund messenger".into(),
            at: None,
            despite,
            words: "Averlund: as it was".into(),
        };
        match self.asks(&format!("sent {step}"), "registrar", act).await {
            Answer::Sent { dispatch, .. } => dispatch,
            other => panic!("{other:?}"),
        }
    }

    fn person(&self, login: &str) -> Addressee {
        Addressee::Person { person: self.world.people[login] }
    }

    async fn receipt(&self, step: &str, login: &str, dispatch: DispatchId, signed: Signed) {
        let by = if signed == Signed::Paper { "A. Verlund".to_owned() } else { String::new() };
        let act = Act::Receipt { dispatch, signed, by, scan: None, at: None, discrepancies: Vec::new() };
        self.asks(&format!("receipt {step}"), login, act).await;
    }

    async fn certificate(&self, step: &str, copies: &[CopyId]) -> CertificateId {
        let act = Act::DrawUp { copies: copies.to_vec(), method: "Shredded".into() };
        match self.asks(&format!("drawn up {step}"), "registrar", act).await {
            Answer::Certified { certificate, .. } => certificate,
            other => panic!("{other:?}"),
        }
    }

    async fn incident(&self, step: &str, act: Act) -> IncidentId {
        match self.asks(&format!("incident {step}"), "registrar", act).await {
            Answer::Incident { incident } => incident,
            other => panic!("{other:?}"),
        }
    }
}

impl World {
    /// Numbers copies of what is seen, hands some out, draws up, misses and reports others.
    pub async fn keeps_copies(&mut self, moment: Timestamp) {
        let mut kept = Copies::default();
        self.of_the_headquarters(moment, &mut kept).await;
        self.of_the_cosmic_registry(moment.plus_seconds(1), &mut kept).await;
        self.copies = kept;
    }

    /// Numbers copies of what is hidden, once all is numbered that is seen.
    pub async fn keeps_hidden_copies(&mut self, moment: Timestamp) {
        let mut kept = std::mem::take(&mut self.copies);
        self.of_what_is_hidden(moment, &mut kept).await;
        self.copies = kept;
    }

    async fn of_the_headquarters(&self, moment: Timestamp, kept: &mut Copies) {
        let doer = Doer { world: self, code: "HQR", moment };
        let safe =
            Act::Furnish { name: "Averlund safe".into(), place: "Room 4".into(), approved: Vec::new() };
        let Answer::Furnished { container } = doer.asks("safe", "registrar", safe).await else { panic!() };
        kept.containers.push(container);
        for n in SEEN.into_iter().filter(|n| papers::visible(*n).registry == "HQR") {
            let copies = doer.numbers(&n.to_string(), self.visible[n].0, 4).await;
            kept.seen.extend(&copies);
            let lies = Act::Keep {
                shelf: String::new(),
                copies: copies[3..].to_vec(),
                container: Some(container),
                at: None,
                words: String::new(),
            };
            doer.asks(&format!("kept {n}"), "registrar", lies).await;
        }
        let [open, restricted, secret, last] = [0, 4, 8, 12].map(|n| kept.seen[n..n + 4].to_vec());
        for (step, copies, to) in
            [("a", &open[..1], "assistant"), ("b", &restricted[..1], "french"), ("c", &secret[..1], "clerk")]
        {
            let dispatch = doer.sends(step, copies, doer.person(to), None).await;
            doer.receipt(step, to, dispatch, Signed::Screen).await;
            kept.dispatches.push(dispatch);
        }
        for (step, copies, to) in [("d", &restricted[1..3], "french"), ("e", &secret[1..2], "controller")] {
            kept.dispatches.push(doer.sends(step, copies, doer.person(to), None).await);
        }
        let traced = Act::Trace { dispatch: kept.dispatches[3], words: "Averlund: by telephone".into() };
        doer.asks("traced", "registrar", traced).await;
        kept.certificates.push(doer.certificate("a", &last[..2]).await);
        kept.certificates.push(doer.certificate("b", &open[1..2]).await);
        let sign = Act::Sign { certificate: kept.certificates[0], hand: Hand::Destroyer };
        doer.asks("signed", "registrar", sign).await;
        let words = || "Averlund: not in the safe".to_owned();
        let missed = Act::Miss { copies: secret[2..3].to_vec(), words: words() };
        kept.incidents.push(doer.incident("a", missed).await);
        let report =
            Act::Report { is: IncidentKind::Compromise, copies: last[2..3].to_vec(), words: words() };
        kept.incidents.push(doer.incident("b", report).await);
        let follow = Act::Follow { incident: kept.incidents[1], words: words(), report: None, closes: true };
        doer.incident("followed", follow).await;
    }

    async fn of_the_cosmic_registry(&self, moment: Timestamp, kept: &mut Copies) {
        let doer = Doer { world: self, code: "COS", moment };
        for n in SEEN.into_iter().filter(|n| papers::visible(*n).registry == "COS") {
            let copies = doer.numbers(&n.to_string(), self.visible[n].0, 2).await;
            let mission = Addressee::Elsewhere { name: "Averlund mission".into() };
            kept.dispatches.push(doer.sends(&n.to_string(), &copies[..1], mission, None).await);
            kept.seen.extend(copies);
        }
    }

    /// Copies of papers that only the registrar sees: on the desk, under way to callers and with them, as it should not be.
    async fn of_what_is_hidden(&self, moment: Timestamp, kept: &mut Copies) {
        for code in ["HQR", "ARC", "SCR"] {
            let doer = Doer { world: self, code, moment };
            let mut papers = Vec::new();
            for (m, (document, reference)) in self.hidden.iter().enumerate().take(60) {
                // Of every fourth the marking is open: it has no log.
                if m % 4 != 2 && reference.starts_with(code) && papers.len() < 4 {
                    papers.push((m, *document));
                }
            }
            for (n, (m, document)) in papers.into_iter().enumerate() {
                let copies = doer.numbers(&format!("hidden {m}"), document, 3).await;
                let to = doer.person(["french", "clerk", "controller", "partner"][n]);
                for (k, copy) in copies.iter().take(2).enumerate() {
                    let step = format!("hidden {m} {k}");
                    let dispatch = doer.sends(&step, &[*copy], to.clone(), Some(Despite::Happened)).await;
                    if k == 0 {
                        doer.receipt(&step, "registrar", dispatch, Signed::Paper).await;
                    }
                    kept.hidden_dispatches.push(dispatch);
                }
                kept.hidden.extend(copies);
            }
        }
    }
}
