//! What is done with a document beyond reading the register: it is opened and that is recorded first, it is out and comes
//! back, those who have had it before them are told that it is not what it was.

use registry::{
    Answer, Code, Command, CommandId, DocumentId, PersonId, Refusal, RegistryId, Timestamp, Viewer,
    authorisation::Role,
    disclosure::{Bears, Means, Piece},
    document::StagedContent,
    working::Out,
};
use store::{
    StoreError, Visible,
    handling::{self, Authorised, Changed, Disclosed},
    visible::{DocumentView, EntryView, SightMark},
};

use crate::{
    door::Sender,
    failure::Failure,
    intake::Upload,
    office::{Office, person_record},
    reading::Reading,
};

/// An opening counts for so long: another within it is no other line of the record (seconds).
const ONE_OPENING: i64 = 3_600;

/// That what has to be recorded before somebody has a version before him is recorded, and durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub(crate) document: DocumentId,
    pub(crate) version: u32,
}

/// A document that its reader opened before it changed.
#[derive(Debug)]
pub struct Notice {
    /// Which.
    pub entry: Visible<EntryView>,
    /// When he opened it last.
    pub opened: Timestamp,
    /// The marking of that day, where it is another now and he could have read it under that one; within, none:
    /// undetermined.
    pub was: Option<Option<label::Label>>,
    /// Whether how it is seen changed.
    pub access: bool,
    /// The newest version that came since.
    pub version: Option<u32>,
    /// Up to which change of the document he is told, from 1.
    pub change: u64,
}

/// Somebody who has had a document before him.
#[derive(Debug)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// For the first time.
    pub first: Timestamp,
    /// For the last time.
    pub last: Timestamp,
    /// Whether he may read it today.
    pub admitted: bool,
    /// The change up to which he must be told in person; none: he is told, or sees it himself.
    pub tell: Option<u64>,
}

impl Reading {
    /// Whether a document is accounted for: every opening is a line of its disclosure record, and nothing of it is given
    /// out without authority.
    pub fn is_accountable(&self, label: Option<&label::Label>) -> bool {
        label.is_some_and(|label| self.house.policies.is_accountable(label))
    }

    /// Whether openings of a document are lines of a record: also while its marking is open, for it may turn out to be
    /// accountable.
    pub fn is_recorded(&self, label: Option<&label::Label>) -> bool {
        label.is_none() || self.is_accountable(label)
    }

    /// The reader has a version of a document before him, on screen. What has to be recorded is durable when this returns.
    pub async fn opens(&mut self, view: &DocumentView, version: u32) -> Result<Before, Failure> {
        if view.inside.is_none() {
            return Err(Code::NotFound.into());
        }
        let before = Before { document: view.entry.document, version };
        if version == 0 {
            return Ok(before);
        }
        let (registry, document, person) = (view.entry.registry, view.entry.document, self.person().id);
        let since = self.office().now().plus_seconds(-ONE_OPENING);
        if self.keeps_record(&view.entry).await? {
            let last = handling::last_disclosed(self.conn(), registry, document, version, person).await?;
            if last.is_none_or(|last| last <= since) {
                let piece = Piece { document, version, enclosure: None };
                self.records(Sender::person(person), registry, piece, Means::Screen, None).await?;
            }
        }
        self.keeps_opening(registry, document, since).await?;
        Ok(before)
    }

    /// Whether a line is kept of who has a document before him: also of one that was accountable once, lest its marking
    /// be lowered for a moment in which it is taken.
    async fn keeps_record(&mut self, entry: &EntryView) -> Result<bool, Failure> {
        Ok(self.is_recorded(entry.label.as_ref()) || self.was_accountable(entry).await?.is_some())
    }

    /// Whether a document was accountable before its marking was corrected; then, whether the reader reads it under every
    /// such marking.
    async fn was_accountable(&mut self, entry: &EntryView) -> Result<Option<bool>, Failure> {
        let borne = match self.at(entry.registry) {
            Some((conn, place)) => handling::borne(conn, place, entry.document).await?,
            None => Vec::new(),
        };
        let strict = borne.iter().filter(|(rule, _)| self.is_accountable(rule.content.as_ref()));
        Ok(strict.map(|(_, reads)| *reads).reduce(|all, one| all && one))
    }

    /// A version of a document, or an attachment of it, is given out to the reader: as a file, or to a program. Of an
    /// accountable one a copy of an authority is used up: the one whose number the bytes bear, or it is refused because
    /// another took that meanwhile; without an authority it is refused. To be asked when the bytes are at hand: what is
    /// used up stays so.
    pub(crate) async fn takes_away(
        &mut self,
        sender: Sender,
        view: &DocumentView,
        version: u32,
        enclosure: Option<u32>,
        bears: Option<Bears>,
    ) -> Result<(), Failure> {
        let inside = view.inside.as_ref().ok_or(Code::NotFound)?;
        if version != 0 && !inside.versions.iter().any(|v| v.number == version) {
            return Err(Code::NotFound.into());
        }
        let (registry, document) = (view.entry.registry, view.entry.document);
        if version != 0 {
            let piece = Piece { document, version, enclosure };
            if self.is_accountable(view.entry.label.as_ref()) {
                self.records(sender, registry, piece, Means::Reproduction, bears).await?;
            } else if self.keeps_record(&view.entry).await? {
                self.records(sender, registry, piece, Means::File, None).await?;
            }
            let since = self.office().now().plus_seconds(-ONE_OPENING);
            self.keeps_opening(registry, document, since).await?;
        }
        Ok(())
    }

    /// Whether a copy of a version of an accountable document is authorised for the reader and left.
    pub async fn may_take_away(&mut self, view: &DocumentView, version: u32) -> Result<bool, Failure> {
        let (own, today) = (self.person().id, self.today());
        let Some((conn, place)) = self.at(view.entry.registry) else { return Ok(false) };
        let given = handling::reproductions(conn, place, view.entry.document).await?;
        Ok(given.iter().any(|one| {
            let given = &one.given;
            given.person == own && given.version == version && given.until >= today && one.used < given.copies
        }))
    }

    async fn records(
        &mut self,
        sender: Sender,
        registry: RegistryId,
        piece: Piece,
        means: Means,
        bears: Option<Bears>,
    ) -> Result<(), Failure> {
        let office = self.office().clone();
        let command = Command::Disclose { registry, piece, means, bears };
        office.record(sender, registry, office.new_command(), command).await.map(|_| ())
    }

    /// Keeps that the reader opened a document, unless that is kept since a moment already.
    async fn keeps_opening(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
        since: Timestamp,
    ) -> Result<(), Failure> {
        let person = self.person().id;
        let known = handling::opening(self.conn(), registry, document, person).await?;
        if known.is_some_and(|known| known.last > since) {
            return Ok(());
        }
        let office = self.office().clone();
        let mut conn = office.database().begin_write().await?;
        handling::opened(&mut conn, registry, document, person, office.now()).await?;
        Ok(conn.commit().await?)
    }

    /// Who has a document out that the reader sees.
    pub async fn out(&mut self, entry: &EntryView) -> Result<Option<Out>, Failure> {
        match self.at(entry.registry) {
            Some((conn, place)) => Ok(handling::out_seen(conn, place, entry.document).await?),
            None => Ok(None),
        }
    }

    /// What is out too long, in the registries of which the reader is a controller.
    pub async fn long_out(&mut self) -> Result<Vec<(Visible<EntryView>, Out)>, Failure> {
        let (today, zone) = (self.today(), self.house.zone.clone());
        let mut found = Vec::new();
        for registry in self.house.clone().registries() {
            if !self.viewer().has(Role::Controller, Some(registry.id)) {
                continue;
            }
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let mut long: Vec<(DocumentId, Out)> = handling::all_out(conn, place).await?;
            long.retain(|(_, out)| out.is_long(today, out.since.date(&zone)));
            let ids: Vec<DocumentId> = long.iter().map(|(document, _)| *document).collect();
            let mut entries = self.entries_of(&ids).await?;
            found.extend(long.into_iter().filter_map(|(id, out)| entries.remove(&id).map(|e| (e, out))));
        }
        Ok(found)
    }

    /// What the reader opened that is not any more what it was then, and he has not said that he knows. What he may not
    /// read any more is not among it.
    pub async fn notices(&mut self) -> Result<Vec<Notice>, Failure> {
        let person = self.person().id;
        let mut found = Vec::new();
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let opened = handling::changed_since_opened(conn, place, person).await?;
            let ids: Vec<DocumentId> = opened.iter().map(|(document, ..)| *document).collect();
            let mut entries = self.entries_of(&ids).await?;
            for (document, last, told) in opened {
                let Some(entry) = entries.remove(&document) else { continue };
                let Some((conn, place)) = self.at(registry.id) else { continue };
                let mut changes = handling::changes(conn, place, document).await?;
                // What he changed himself he knows.
                changes
                    .retain(|c| c.by != person && c.at > last && told.is_none_or(|told| c.sequence > told));
                found.extend(notice(entry, last, &changes));
            }
        }
        Ok(found)
    }

    /// Those who have had a document before them, for the controllers of its registry; others are told that it is not
    /// there. Whoever may not read it any more must be told in person, for no notice may tell him what it is.
    pub async fn holders(&mut self, document: DocumentId) -> Result<Vec<Holder>, Failure> {
        let entry = self.document(document).await?.into_inner().entry;
        let registry = entry.registry;
        if entry.sight != SightMark::Read || !self.viewer().has(Role::Controller, Some(registry)) {
            return Err(Code::NotFound.into());
        }
        let rule = self.description(document).await?.access.clone();
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let changes = handling::changes(conn, place, document).await?;
        let openings = handling::openings(conn, place, document).await?;
        let (house, today) = (self.house.clone(), self.today());
        let mut holders = Vec::new();
        for (opening, told) in openings {
            let Some((person, held)) = person_record(self.conn(), opening.person).await? else { continue };
            let viewer = Viewer::on(today, &person, &held);
            let admitted = viewer.sight(&rule, registry, &house, today).read;
            let due = changes
                .iter()
                .filter(|c| c.by != opening.person && c.at > opening.last)
                .filter(|c| told.is_none_or(|told| c.sequence > told))
                .map(|c| c.number)
                .max();
            let tell = due.filter(|_| !admitted);
            let (first, last) = (opening.first, opening.last);
            holders.push(Holder { person: person.id, name: person.name, first, last, admitted, tell });
        }
        Ok(holders)
    }

    /// Where the entry of a change of a document stands, for recording that somebody knows it.
    pub async fn entry_of_change(&mut self, document: DocumentId, change: u64) -> Result<u64, Failure> {
        let registry = self.document(document).await?.entry.registry;
        let changes = match self.at(registry) {
            Some((conn, place)) => handling::changes(conn, place, document).await?,
            None => Vec::new(),
        };
        let found = changes.iter().find(|c| c.number == change).map(|c| c.sequence);
        found.ok_or_else(|| Refusal::on("change", Code::NotOffered).with("value", change).into())
    }

    /// The disclosure record of a document that the reader may read: all of it for the controllers of its registry, his
    /// own lines for everyone; newest first, with the names.
    pub async fn record(&mut self, view: &DocumentView) -> Result<Vec<(Disclosed, String)>, Failure> {
        let registry = view.entry.registry;
        let all = self.viewer().has(Role::Controller, Some(registry));
        let own = self.person().id;
        let of = (!all).then_some(own);
        let now = self.is_recorded(view.entry.label.as_ref());
        if !now && self.was_accountable(&view.entry).await? == Some(false) {
            // That a line is kept of it would tell what it was.
            return Ok(Vec::new());
        }
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let lines = handling::disclosures(conn, place, view.entry.document, of).await?;
        let mut named = Vec::new();
        for line in lines {
            let name = self.name_of(line.person).await?.unwrap_or_default();
            named.push((line, name));
        }
        Ok(named)
    }

    /// The authorities to reproduce a document: all for the controllers of its registry, his own for everyone.
    pub async fn authorities(&mut self, view: &DocumentView) -> Result<Vec<(Authorised, String)>, Failure> {
        let registry = view.entry.registry;
        let all = self.viewer().has(Role::Controller, Some(registry));
        let own = self.person().id;
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let given = handling::reproductions(conn, place, view.entry.document).await?;
        let mut named = Vec::new();
        for one in given {
            if all || one.given.person == own {
                let name = self.name_of(one.given.person).await?.unwrap_or_default();
                named.push((one, name));
            }
        }
        Ok(named)
    }
}

/// What became of a document since it was opened; none: nothing that is told.
fn notice(entry: Visible<EntryView>, opened: Timestamp, changes: &[Changed]) -> Option<Notice> {
    let change = changes.iter().map(|c| c.number).max()?;
    let access: Vec<&Changed> = changes.iter().filter(|c| c.version.is_none()).collect();
    // As it was on the day of the opening: before the first change since.
    let was = access.first().and_then(|c| c.was.clone()).filter(|was| *was != entry.label);
    let version = changes.iter().filter_map(|c| c.version).max();
    Some(Notice { access: !access.is_empty(), entry, opened, was, version, change })
}

impl Office {
    /// Gives a document back with a new version: the file, whose bytes have all been written, with the length that was
    /// promised (bytes), if one was. Carried to its end even when the one who asked has gone.
    pub async fn check_in(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        document: DocumentId,
        upload: Option<(Upload, Option<u64>)>,
    ) -> Result<Answer, Failure> {
        let office = self.clone();
        let command = move |content: Option<StagedContent>| Command::CheckIn {
            registry,
            document,
            content: content.map(Box::new),
        };
        let errand =
            tokio::spawn(async move { office.carry_in(sender, id, registry, upload, command).await });
        errand.await.map_err(StoreError::damaged)?
    }
}
