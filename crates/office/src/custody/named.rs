//! Rows of custody by names: who holds, who sent, who signed, to whom; each name looked up once.

use std::collections::HashMap;

use registry::{
    DispatchId, DocumentId, PersonId, RegistryId,
    custody::{
        Container, clock,
        copy::{Copy, Event, Holder},
        fact::{Addressee, Report},
    },
    id::ContainerId,
};
use store::{
    Visible,
    custody::seen::{self, CertificateView, CopyView, DispatchView, IncidentView, Link},
    visible::EntryView,
};

use super::{
    CertificateRow, ChainLink, CopyRow, DAY, DispatchRow, HolderName, IncidentRow, Lateness, LoanRow,
    SentWith,
};
use crate::{failure::Failure, reading::Reading};

/// Names that were looked up already.
#[derive(Debug, Default)]
struct Names {
    containers: HashMap<ContainerId, String>,
    people: HashMap<PersonId, String>,
    sent: HashMap<DispatchId, Option<SentWith>>,
}

impl Reading {
    pub(super) async fn rows(
        &mut self,
        registry: RegistryId,
        views: Vec<Visible<CopyView>>,
    ) -> Result<Vec<CopyRow>, Failure> {
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let containers = seen::container_names(conn, place, &views).await?;
        let documents: Vec<DocumentId> = views.iter().map(|view| view.copy.document).collect();
        let entries = self.entries_of(&documents).await?;
        let mut names = Names { containers, ..Names::default() };
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            let Some(entry) = entries.get(&view.copy.document).cloned() else { continue };
            let holder = self.holder_name(&mut names, &view.copy.holder).await?;
            let sent = match view.copy.standing.sent_with() {
                Some(dispatch) => self.sent_with(&mut names, registry, dispatch).await?,
                None => None,
            };
            let loan = self.loan_of(&view.copy);
            let home = match &view.copy.home {
                Some(home) => Some(self.holder_name(&mut names, home).await?),
                None => None,
            };
            rows.push(CopyRow { registry, view, entry, holder, sent, loan, home });
        }
        Ok(rows)
    }

    /// A dispatch by its names; one of which the reader does not see every copy is not named to him.
    async fn sent_with(
        &mut self,
        names: &mut Names,
        registry: RegistryId,
        id: DispatchId,
    ) -> Result<Option<SentWith>, Failure> {
        if let Some(known) = names.sent.get(&id) {
            return Ok(known.clone());
        }
        let found = match self.at(registry) {
            Some((conn, place)) => seen::dispatch(conn, place, id).await?,
            None => None,
        };
        let sent = match found {
            Some(view) => Some(SentWith {
                dispatch: id,
                receipt: view.dispatch.receipt(),
                to: self.addressed(&view.dispatch.to).await?,
            }),
            None => None,
        };
        names.sent.insert(id, sent.clone());
        Ok(sent)
    }

    async fn holder_name(&mut self, names: &mut Names, holder: &Holder) -> Result<HolderName, Failure> {
        Ok(match holder {
            Holder::Registry => HolderName::Desk,
            Holder::Container { container, shelf } => {
                let name = names.containers.get(container).cloned().unwrap_or_default();
                let name = match shelf {
                    Some(shelf) => format!("{name} – {shelf}"),
                    None => name,
                };
                HolderName::Container(*container, name)
            }
            Holder::Person { person } => HolderName::Person(*person, self.called(names, *person).await?),
            Holder::Elsewhere { name } => HolderName::Elsewhere(name.clone()),
        })
    }

    async fn called(&mut self, names: &mut Names, person: PersonId) -> Result<String, Failure> {
        if let Some(name) = names.people.get(&person) {
            return Ok(name.clone());
        }
        let name = self.name_of(person).await?.unwrap_or_default();
        names.people.insert(person, name.clone());
        Ok(name)
    }

    pub(super) async fn addressed(&mut self, to: &Addressee) -> Result<HolderName, Failure> {
        Ok(match to {
            Addressee::Person { person } => {
                HolderName::Person(*person, self.name_of(*person).await?.unwrap_or_default())
            }
            Addressee::Registry { registry } => HolderName::Registry(
                self.house.registry(*registry).map(|r| r.code.clone()).unwrap_or_default(),
            ),
            Addressee::Desk => HolderName::Desk,
            Addressee::Elsewhere { name } => HolderName::Elsewhere(name.clone()),
        })
    }

    pub(super) async fn links(
        &mut self,
        registry: RegistryId,
        chain: Vec<Visible<Link>>,
    ) -> Result<Vec<ChainLink>, Failure> {
        let mut names = Names::default();
        for (container, _) in self.container_list(registry).await? {
            names.containers.insert(container.id, container.name);
        }
        let mut links = Vec::with_capacity(chain.len());
        for link in chain {
            let actor = self.called(&mut names, link.actor).await?;
            let (holder, dispatch) = match &link.event {
                Event::Kept { holder } => (Some(self.holder_name(&mut names, holder).await?), None),
                Event::Received { dispatch, holder } => {
                    (Some(self.holder_name(&mut names, holder).await?), Some(*dispatch))
                }
                Event::Sent { dispatch, .. } => (None, Some(*dispatch)),
                _ => (None, None),
            };
            let sent = match dispatch {
                Some(id) => self.sent_with(&mut names, registry, id).await?,
                None => None,
            };
            let holder = holder.or_else(|| sent.as_ref().map(|sent| sent.to.clone()));
            let receipt = sent.map(|sent| (sent.dispatch, sent.receipt));
            links.push(ChainLink { link, actor, holder, receipt });
        }
        Ok(links)
    }

    async fn container_list(&mut self, registry: RegistryId) -> Result<Vec<(Container, u64)>, Failure> {
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        Ok(seen::containers(conn, place).await?.into_iter().map(Visible::into_inner).collect())
    }

    async fn papers(&mut self, copies: &[CopyView]) -> Result<Vec<Visible<EntryView>>, Failure> {
        let mut documents: Vec<DocumentId> = copies.iter().map(|view| view.copy.document).collect();
        documents.dedup();
        let found = self.entries_of(&documents).await?;
        let mut entries: Vec<Visible<EntryView>> = Vec::new();
        for document in documents {
            if entries.iter().all(|entry| entry.document != document) {
                entries.extend(found.get(&document).cloned());
            }
        }
        Ok(entries)
    }

    pub(super) async fn dispatch_row(
        &mut self,
        registry: RegistryId,
        view: Visible<DispatchView>,
    ) -> Result<DispatchRow, Failure> {
        let days = self.days_since(view.dispatch.at);
        let late = view.due.then(|| self.lateness(&view, days));
        Ok(DispatchRow {
            registry,
            to: self.addressed(&view.dispatch.to).await?,
            sent_by: self.name_of(view.sent_by).await?.unwrap_or_default(),
            entries: self.papers(&view.copies).await?,
            view,
            days,
            late,
        })
    }

    pub(super) fn loan_of(&self, copy: &Copy) -> Option<LoanRow> {
        let back_by = copy.back_by?;
        let late = (self.today() - back_by).get_days();
        Some(LoanRow { back_by, late: u32::try_from(late).ok().filter(|days| *days > 0) })
    }

    fn days_since(&self, at: registry::Timestamp) -> i64 {
        self.office().now().seconds_since(at) / DAY
    }

    /// The strictest of the logs of its copies counts.
    fn lateness(&self, view: &DispatchView, days: i64) -> Lateness {
        let rules = view.copies.iter().filter_map(|copy| self.house.custody.rules_of(&copy.control.log));
        let of = |rules: &registry::custody::settings::PolicyRules| {
            if days >= i64::from(rules.escalate_after_days) {
                Lateness::Escalate
            } else if days >= i64::from(rules.tracer_after_days) {
                Lateness::Trace
            } else {
                Lateness::Waiting
            }
        };
        rules.map(of).max().unwrap_or(Lateness::Waiting)
    }

    pub(super) async fn certificate_row(
        &mut self,
        registry: RegistryId,
        view: Visible<CertificateView>,
    ) -> Result<CertificateRow, Failure> {
        let mut signed = Vec::with_capacity(view.signed.len());
        for (_, person, _) in &view.signed {
            signed.push(self.name_of(*person).await?.unwrap_or_default());
        }
        Ok(CertificateRow {
            registry,
            drawn_by: self.name_of(view.drawn_by).await?.unwrap_or_default(),
            signed,
            entries: self.papers(&view.copies).await?,
            view,
        })
    }

    pub(super) async fn incident_row(
        &mut self,
        registry: RegistryId,
        view: Visible<IncidentView>,
    ) -> Result<IncidentRow, Failure> {
        let mut noted_by = Vec::with_capacity(view.notes.len());
        for note in &view.notes {
            noted_by.push(self.name_of(note.actor).await?.unwrap_or_default());
        }
        let now = self.office().now();
        let until = view.closed_at.unwrap_or(now);
        let made: Vec<Report> = view.notes.iter().filter_map(|note| note.report).collect();
        let due = match view.closed_at {
            Some(_) => Vec::new(),
            None => {
                let logs = view.copies.iter().map(|copy| copy.control.log.as_str());
                clock::due(view.opened_at, &made, logs, &self.house.custody, now)
            }
        };
        Ok(IncidentRow {
            registry,
            opened_by: self.name_of(view.opened_by).await?.unwrap_or_default(),
            noted_by,
            entries: self.papers(&view.copies).await?,
            days: until.seconds_since(view.opened_at) / DAY,
            due,
            view,
        })
    }
}
