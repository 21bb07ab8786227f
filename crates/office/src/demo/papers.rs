//! The papers of the demo: registered day by day by the clerks of their registries, one taken over from a register of old, some
//! corrected.

use label::NamedLabel;
use registry::{
    Answer, Command, DocumentDate, GroupId, Timestamp,
    authorisation::Role,
    correction::Correction,
    document::Register,
    reference::{Reference, ReferenceKind},
};

use super::{
    Builder, damaged,
    data::{CorrectionData, Headquarters, Paper, RoleData},
};
use crate::{door::Sender, failure::Failure};

impl Builder {
    /// The first row of the register of old that one may try with: taken over already, as on the day of a trial.
    pub(super) async fn takes_over(&mut self, data: &Headquarters) -> Result<(), Failure> {
        let registry =
            *self.ids.registries.get("HQR").ok_or_else(|| damaged("registry of the old register"))?;
        let of = |r: &&RoleData| r.role == Role::Controller.as_str() && r.registry.as_deref() == Some("HQR");
        let controller = data.person.iter().find(|p| p.roles.iter().any(|r| of(&r)));
        let controller = controller.and_then(|p| self.ids.people.get(&p.login)).copied();
        let controller = controller.ok_or_else(|| damaged("controller of the headquarters"))?;
        let document = self.office.first_of_demo_register("old-register.csv").await?;
        let command = Command::Register { registry, document: Box::new(document) };
        self.does(Sender::person(controller), command).await.map(|_| ())
    }

    /// Registers a paper: the afternoon after it was written, and never after today.
    pub(super) async fn registers(
        &mut self,
        paper: Paper,
        now: Timestamp,
        left: usize,
    ) -> Result<(), Failure> {
        let registry =
            *self.ids.registries.get(&paper.registry).ok_or_else(|| damaged("registry of a paper"))?;
        let clerk = *self.ids.clerks.get(&paper.registry).ok_or_else(|| damaged("clerk of a registry"))?;
        let house = self.office.house().await?;
        let resolve = |named: &NamedLabel| house.policies.resolve(named).map_err(damaged);
        let label = paper.label.as_ref().map(resolve).transpose()?;
        let subject_label = paper.subject_label.as_ref().map(resolve).transpose()?;
        let need_to_know = paper
            .need_to_know
            .iter()
            .map(|any| {
                let group = |c: &String| self.ids.groups.get(c).copied().ok_or_else(|| damaged(c));
                any.iter().map(group).collect()
            })
            .collect::<Result<Vec<Vec<GroupId>>, Failure>>()?;
        let reference = |kind| move |text: &String| Reference::new(kind, text.clone());
        let mut references: Vec<Reference> =
            paper.reference.iter().map(reference(ReferenceKind::Originator)).collect();
        references.extend(paper.other_references.iter().map(reference(ReferenceKind::Other)));
        // The afternoon after it was written, and never after today.
        let midday = paper.date.to_datetime(jiff::civil::time(14, 0, 0, 0));
        let written = midday.to_zoned(jiff::tz::TimeZone::UTC).map_err(damaged)?.timestamp();
        let latest = now.plus_seconds(-60 * i64::try_from(left).unwrap_or(i64::MAX / 120));
        self.tick = self.tick.plus_seconds(30).max(Timestamp::from(written)).min(latest).max(self.tick);

        let mut content = None;
        if let Some(body) = &paper.body {
            let name =
                format!("{}.txt", paper.reference.as_deref().unwrap_or("paper").replace(['/', '\\'], "-"));
            let mut upload = self.office.upload(registry, &name)?;
            upload.write(body.as_bytes())?;
            for (name, text) in &paper.attached {
                upload.enclose(name, text.as_bytes());
            }
            let staged = upload.finish(None)?;
            self.office.keep(staged.sealed).await?;
            content = Some(staged.content);
        }
        let files = self.files.for_paper(&paper.registry, &paper.originator, &paper.subject, &paper.kind);
        let document = Register {
            date: Some(DocumentDate::day(paper.date)),
            language: paper.language,
            originator: Some(paper.originator),
            references,
            preferred: paper.reference.clone(),
            subject_label,
            label,
            action: paper.to,
            info: paper.info,
            need_to_know,
            held_elsewhere: paper.held_elsewhere,
            content,
            files,
            formal: paper.formal,
            ..Register::plain(paper.direction, paper.kind, paper.subject.clone())
        };
        let command = Command::Register { registry, document: Box::new(document) };
        match self.does(Sender::person(clerk), command).await {
            Ok(Answer::Registered { document, .. }) if paper.noted => {
                self.does(Sender::person(clerk), Command::TakeNote { registry, document }).await.map(|_| ())
            }
            Ok(_) => Ok(()),
            Err(failure) => Err(damaged(format!("“{}”: {failure}", paper.subject))),
        }
    }

    /// Corrects a paper.
    pub(super) async fn corrects(&mut self, data: &CorrectionData) -> Result<(), Failure> {
        let by = *self.ids.people.get(&data.by).ok_or_else(|| damaged(&data.by))?;
        let mut reading = self.office.read_as(by).await?;
        let found = reading.by_reference(&data.reference).await?;
        let paper = found.first().ok_or_else(|| damaged(&data.reference))?;
        let label =
            data.label.as_ref().map(|l| reading.house.policies.resolve(l).map_err(damaged)).transpose()?;
        let correction = Box::new(Correction {
            reason: data.reason.clone(),
            label,
            subject: data.subject.clone(),
            originator: data.originator.clone(),
            action: data.action.clone(),
            relations: data.relations.clone(),
            ..Correction::default()
        });
        let command = Command::Correct { registry: paper.registry, document: paper.document, correction };
        drop(reading);
        self.does(Sender::person(by), command).await.map(|_| ())
    }
}
