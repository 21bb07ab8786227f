//! What a muster came to: a report, and of an inspection or a hand-over the form of that.

use std::collections::{BTreeMap, HashSet};

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forms::data::{self, HandOver, InspectionReport, MusterReport, Sample, Signature};
use office::{
    Reading,
    custody::{
        IncidentRow,
        musters::{MusterLine, MusterRow},
    },
    texts::Voice,
};
use registry::{
    CopyId, PersonId, Timestamp,
    custody::muster::{MusterKind, Outcome, Tally},
};
use store::custody::seen::Slice;

use super::{Filling, Posts, Tongue, answered, last};
use crate::{
    answer::WebError,
    pages::{
        custody::{common::holder, incidents, musters::outcome},
        visit::{Visit, id},
    },
};

/// A muster with all of its lines.
struct Counted {
    row: MusterRow,
    lines: Vec<MusterLine>,
    /// What is reported of copies that were not accounted for.
    incidents: Vec<IncidentRow>,
    /// Of those who signed, or are to.
    posts: Posts,
}

/// The report, for the staff of the registry and for the two between whom copies are handed over.
pub async fn pdf(
    visit: Visit,
    Path(muster): Path<String>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let counted = Counted::of(&mut reading, &muster).await?;
    let (made, name) = (counted.made(), counted.row.view.muster.text());
    let of = Filling { say, reading: &reading, registry: counted.row.registry };
    match counted.row.view.muster.is {
        MusterKind::Full | MusterKind::SpotCheck => {
            let report = counted.report(of);
            drop(reading);
            answered(say, report, made, &name).await
        }
        MusterKind::Inspection => {
            let report = counted.inspection(of);
            drop(reading);
            answered(say, report, made, &name).await
        }
        MusterKind::HandOver => {
            let form = counted.hand_over(of);
            drop(reading);
            answered(say, form, made, &name).await
        }
    }
}

/// Whether a copy is not accounted for.
const fn is_missing(line: &MusterLine) -> bool {
    matches!(line.outcome, Outcome::Missing | Outcome::Open)
}

impl Counted {
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let row = reading.muster(id(asked)?).await?;
        let lines = reading.muster_lines(&row, &[], Slice::ALL).await?.rows;
        let missing: HashSet<CopyId> =
            lines.iter().filter(|line| is_missing(line)).map(|line| line.row.view.copy.id).collect();
        let mut incidents = Vec::new();
        if !missing.is_empty() && reading.viewer().handles(row.registry) {
            incidents = reading.incidents(row.registry, None, Slice::ALL).await?.rows;
            let opened = row.view.opened_at;
            incidents.retain(|one| {
                let past = one.view.closed_at.is_some_and(|closed| closed < opened);
                !past && one.view.incident.copies.iter().any(|copy| missing.contains(copy))
            });
        }
        let between = row.view.muster.hand_over.iter().flat_map(|h| [h.from, h.to]);
        let people: Vec<PersonId> =
            row.view.signed.iter().map(|(person, _)| *person).chain(between).collect();
        let posts = Posts::of(reading, people).await?;
        Ok(Self { row, lines, incidents, posts })
    }

    /// The last moment of which the form tells.
    fn made(&self) -> Timestamp {
        let view = &self.row.view;
        let signed = view.signed.iter().map(|(_, at)| *at);
        let seen = self.lines.iter().filter_map(|line| line.sighted.as_ref().map(|(at, ..)| *at));
        let opened = self.incidents.iter().map(|one| one.view.opened_at);
        last(view.opened_at, signed.chain(view.closed.map(|(at, _)| at)).chain(seen).chain(opened))
    }

    fn report(&self, of: Filling<'_>) -> MusterReport {
        let view = &self.row.view;
        let kind = match view.muster.is {
            MusterKind::SpotCheck => data::MusterKind::SpotCheck,
            _ => data::MusterKind::Full,
        };
        MusterReport {
            head: of.head(&view.muster.text(), view.opened_at),
            kind,
            opened: of.moment(view.opened_at),
            closed: view.closed.map(|(at, _)| of.moment(at)),
            logs: view.muster.logs.clone(),
            container: self.row.container.clone(),
            sample: self.sample(),
            tally: self.tally(of.say),
            missing: self.missing(of),
            incidents: self.incidents(of),
            remarks: self.remarks(of.say),
            signatures: self.signatures(of),
        }
    }

    fn inspection(&self, of: Filling<'_>) -> InspectionReport {
        let view = &self.row.view;
        InspectionReport {
            head: of.head(&view.muster.text(), view.opened_at),
            inspector: self.row.opened_by.clone(),
            began: of.moment(view.opened_at),
            ended: view.closed.map(|(at, _)| of.moment(at)),
            muster: Some(view.muster.text()),
            logs: view.muster.logs.clone(),
            container: self.row.container.clone(),
            sample: self.sample(),
            tally: self.tally(of.say),
            missing: self.missing(of),
            incidents: self.incidents(of),
            findings: self.remarks(of.say).into_iter().collect(),
            recommendations: Vec::new(),
            signatures: self.signatures(of),
        }
    }

    fn hand_over(&self, of: Filling<'_>) -> HandOver {
        let view = &self.row.view;
        let names = self.row.hand_over.as_ref();
        let between = view.muster.hand_over;
        HandOver {
            head: of.head(&view.muster.text(), view.opened_at),
            on: of.day(view.closed.map_or(view.opened_at, |(at, _)| at)),
            muster: Some(view.muster.text()),
            counted: Some(of.moment(view.opened_at)),
            tally: self.tally(of.say),
            discrepancies: self.missing(of),
            remarks: self.remarks(of.say),
            outgoing: self.signed_by(of, names.map(|(from, _)| from), between.map(|b| b.from)),
            incoming: self.signed_by(of, names.map(|(_, to)| to), between.map(|b| b.to)),
        }
    }

    fn sample(&self) -> Option<Sample> {
        let muster = &self.row.view.muster;
        muster.sample.map(|sample| Sample {
            drawn: muster.listed,
            of: sample.out_of,
            seed: sample.seed.to_string(),
        })
    }

    /// Log by log; in one line where copies moved since, so that only the whole is still what it was when the count ended.
    fn tally(&self, say: Voice<'_>) -> Vec<data::Tally> {
        let mut logs: BTreeMap<&str, Vec<Outcome>> = BTreeMap::new();
        for line in &self.lines {
            logs.entry(&line.row.view.control.log).or_default().push(line.outcome);
        }
        let whole = &self.row.view.tally;
        let count = |outcome: Outcome| self.lines.iter().filter(|line| line.outcome == outcome).count();
        let stands = [
            (Outcome::Sighted, whole.sighted),
            (Outcome::Covered, whole.covered),
            (Outcome::UnderWay, whole.under_way),
            (Outcome::Missing, whole.missing),
            (Outcome::Surplus, whole.surplus),
        ];
        if stands.into_iter().all(|(outcome, n)| u32::try_from(count(outcome)) == Ok(n)) {
            return logs.into_iter().map(|(log, outcomes)| of_log(log, &outcomes)).collect();
        }
        let log = match self.row.view.muster.logs.as_slice() {
            [] => say.t("muster-logs-all"),
            some => some.join(", "),
        };
        vec![of_whole(log, self.row.view.muster.listed, whole)]
    }

    fn missing(&self, of: Filling<'_>) -> Vec<data::MusterLine> {
        let missing = self.lines.iter().filter(|line| is_missing(line));
        missing
            .map(|line| data::MusterLine {
                copy: line.row.view.name(),
                reference: Some(office::relations::called(&line.row.entry)),
                holder: Some(holder(of.say, of.reading, &line.row.holder)),
                sighted: None,
                note: (line.outcome == Outcome::Open).then(|| outcome(of.say, line.outcome)),
            })
            .collect()
    }

    fn incidents(&self, of: Filling<'_>) -> Vec<data::Incident> {
        let state = |row: &IncidentRow| {
            let kind = incidents::kind_words(of.say, row.view.incident.is);
            format!("{kind}, {}", incidents::state_words(of.say, row).to_lowercase())
        };
        let one = |row: &IncidentRow| data::Incident {
            number: row.view.incident.text(),
            opened: of.day(row.view.opened_at),
            state: state(row),
        };
        self.incidents.iter().map(one).collect()
    }

    fn remarks(&self, say: Voice<'_>) -> Option<String> {
        let view = &self.row.view;
        let given_up = view.abandoned.as_deref();
        let given_up = given_up.map(|words| say.tr("paper-given-up", &[("words", words.into())]));
        given_up.or_else(|| view.closing_words.clone())
    }

    /// Those who signed, and room for those who have not.
    fn signatures(&self, of: Filling<'_>) -> Vec<Signature> {
        let signed = self.row.view.signed.iter().zip(&self.row.signed);
        let mut all: Vec<Signature> =
            signed.map(|((person, at), name)| self.posts.signature(of, *person, name, Some(*at))).collect();
        let wanted = usize::from(self.row.view.muster.signatures).max(all.len());
        all.resize_with(wanted, Signature::default);
        all
    }

    fn signed_by(&self, of: Filling<'_>, name: Option<&String>, person: Option<PersonId>) -> Signature {
        let signed = self.row.view.signed.iter().find(|(one, _)| Some(*one) == person);
        let function = person.and_then(|person| self.posts.get(person));
        Signature { function, ..of.signature(name.map(String::as_str), signed.map(|(_, at)| *at)) }
    }
}

fn of_log(log: &str, outcomes: &[Outcome]) -> data::Tally {
    let count = |outcome: Outcome| {
        u32::try_from(outcomes.iter().filter(|one| **one == outcome).count()).unwrap_or(u32::MAX)
    };
    let surplus = count(Outcome::Surplus);
    data::Tally {
        log: log.to_owned(),
        listed: u32::try_from(outcomes.len()).unwrap_or(u32::MAX).saturating_sub(surplus),
        sighted: count(Outcome::Sighted),
        covered: count(Outcome::Covered),
        under_way: count(Outcome::UnderWay),
        missing: count(Outcome::Missing),
        surplus,
    }
}

fn of_whole(log: String, listed: u32, whole: &Tally) -> data::Tally {
    data::Tally {
        log,
        listed,
        sighted: whole.sighted,
        covered: whole.covered,
        under_way: whole.under_way,
        missing: whole.missing,
        surplus: whole.surplus,
    }
}
