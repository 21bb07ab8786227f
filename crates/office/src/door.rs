//! The one door in: a command from a known caller, decided and carried out in one transaction.
//!
//! `request → caller → [content is sealed already] → line of its registry → heads held → loaded → decided → entries
//! appended and applied → committed → answered`.

use std::sync::Arc;

use futures::future::BoxFuture;
use registry::{
    CommandId, Entry, HOUSE, PersonId, Refusal, RegistryId, Timestamp,
    command::{Answer, Channel, Command, Context, decide},
    house::House,
    id::{Digest, IdSource},
    organisation::Organisation,
    refusal::Code,
};
use store::{
    StoreError,
    commit::Work,
    load,
    sql::Hold,
    transaction::{Stamp, Write},
};
use tokio::sync::oneshot;

use crate::{
    failure::Failure,
    office::{Office, load_house, operator, person_record},
    signin::{Session, ceiling_of, is_fresh},
};

/// A clock this far behind the ledger is wrong, not merely uneven (seconds).
const CLOCK_BACK: i64 = 300;

/// Who sends a command, and by which way.
#[derive(Debug, Clone, Copy)]
pub struct Sender {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub channel: Channel,
    /// When he last proved that it is he.
    pub proven: Option<Timestamp>,
    /// His session, where it has a ceiling.
    limited: Option<Digest>,
}

impl Sender {
    /// A person who is signed in, and proved it who knows when.
    pub const fn person(person: PersonId) -> Self {
        Self { person, channel: Channel::Person, proven: None, limited: None }
    }
    /// A person who proved at a moment that it is he.
    pub const fn proven(person: PersonId, at: Timestamp) -> Self {
        Self { person, channel: Channel::Person, proven: Some(at), limited: None }
    }
    /// The person of a session, by what it proved and up to what it may show.
    pub fn of(session: &Session) -> Self {
        let limited = session.ceiling.as_ref().map(|_| session.digest);
        Self { person: session.person, channel: Channel::Person, proven: session.proven, limited }
    }
    /// The holder of the key in a person's name.
    pub const fn operator_as(person: PersonId) -> Self {
        Self { person, channel: Channel::Operator, proven: None, limited: None }
    }
}

impl Office {
    /// Carries out a command. The answer comes when it is durable; the same id again gives the same answer.
    pub async fn command(&self, sender: Sender, id: CommandId, command: Command) -> Result<Answer, Failure> {
        self.carry(sender, id, command).await.map(|carried| carried.answer)
    }

    /// The same, and whether it was carried out now or remembered.
    pub(crate) async fn carry(
        &self,
        sender: Sender,
        id: CommandId,
        command: Command,
    ) -> Result<Carried, Failure> {
        let ledger = command.ledger();
        let (errand, answer) = self.errand(sender, id, command);
        self.committer().submit(ledger, errand).await;
        self.answered(sender, ledger, answer).await
    }

    /// Commands of one sender to one ledger, in line together; their answers in the same order.
    pub(crate) async fn carry_all(
        &self,
        sender: Sender,
        ledger: RegistryId,
        commands: Vec<(CommandId, Command)>,
    ) -> Vec<Result<Carried, Failure>> {
        let (errands, answers): (Vec<_>, Vec<_>) =
            commands.into_iter().map(|(id, command)| self.errand(sender, id, command)).unzip();
        self.committer().submit_all(ledger, errands).await;
        let mut carried = Vec::with_capacity(answers.len());
        for answer in answers {
            carried.push(self.answered(sender, ledger, answer).await);
        }
        carried
    }

    /// Carries out what is recorded of a reader himself: the index has nothing to learn from it, so nobody waits for it.
    pub(crate) async fn record(
        &self,
        sender: Sender,
        ledger: RegistryId,
        id: CommandId,
        command: Command,
    ) -> Result<Answer, Failure> {
        let (errand, answer) = self.errand(sender, id, command);
        self.committer().submit(ledger, errand).await;
        answer.answer.await.map_err(|_| StoreError::Stopped)?.map(|(answer, _)| answer)
    }

    fn errand(&self, sender: Sender, id: CommandId, command: Command) -> (Box<dyn Work>, Waiting) {
        let (reply, answer) = oneshot::channel();
        let searched = command.is_searched();
        let work = Errand {
            office: self.clone(),
            sender,
            id,
            digest: command.digest(),
            ids: self.ids(command.ledger()),
            command,
            came: self.now(),
            outcome: None,
            last: None,
            reply,
        };
        (Box::new(work), Waiting { answer, searched })
    }

    async fn answered(
        &self,
        sender: Sender,
        ledger: RegistryId,
        answer: Waiting,
    ) -> Result<Carried, Failure> {
        let Waiting { answer, searched } = answer;
        let (answer, last) = answer.await.map_err(|_| StoreError::Stopped)??;
        if let (Some(follower), Some(last), true) = (self.follower(), last, searched) {
            follower.wrote(sender.person, ledger, last);
        }
        Ok(Carried { answer, now: last.is_some() })
    }
}

/// What became of a command.
pub(crate) struct Carried {
    /// Its answer.
    pub(crate) answer: Answer,
    /// True when it was carried out now, false when an earlier run had done so.
    pub(crate) now: bool,
}

/// An answer to come.
struct Waiting {
    /// With the sequence of its last entry, where it was carried out now.
    answer: oneshot::Receiver<Result<(Answer, Option<u64>), Failure>>,
    /// True when a search may find something else thereafter.
    searched: bool,
}

/// A command in line.
struct Errand {
    office: Office,
    sender: Sender,
    id: CommandId,
    digest: Digest,
    ids: IdSource,
    command: Command,
    came: Timestamp,
    outcome: Option<Result<Answer, Refusal>>,
    /// The sequence of its last entry. It stays when the transaction runs again: a commit whose answer was lost may
    /// have been kept after all, and then what is remembered is of this very errand.
    last: Option<u64>,
    reply: oneshot::Sender<Result<(Answer, Option<u64>), Failure>>,
}

impl Work for Errand {
    fn run<'a>(&'a mut self, write: &'a mut Write) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.outcome = Some(self.carry_out(write).await?);
            Ok(())
        })
    }

    fn settle(self: Box<Self>, result: Result<(), StoreError>) {
        let answer = match (result, self.outcome) {
            (Ok(()), Some(Ok(answer))) => Ok((answer, self.last)),
            (Ok(()), Some(Err(refusal))) => Err(Failure::Refused(refusal)),
            (Ok(()), None) => Err(Failure::Failed(StoreError::Stopped)),
            (Err(StoreError::ClockBack { behind }), _) => {
                Err(Refusal::new(Code::ClockBack).with("seconds", behind).into())
            }
            (Err(e), _) => Err(Failure::Failed(e)),
        };
        // Whoever asked may have gone; the command stands all the same.
        let _ = self.reply.send(answer);
    }
}

impl Errand {
    async fn carry_out(&mut self, write: &mut Write) -> Result<Result<Answer, Refusal>, StoreError> {
        let ledger = self.command.ledger();
        // The house first, always: shared where a registry decides upon it, alone where it changes itself.
        let hold = if ledger == HOUSE { Hold::Exclusive } else { Hold::Shared };
        let head = write.lock_head(HOUSE, hold).await?;
        let (mut last, house_size) = (head.time, head.frontier.size());
        if ledger != HOUSE {
            last = write.lock_head(ledger, Hold::Exclusive).await?.time;
        }
        let behind = last.map_or(0, |last| last.seconds_since(self.came));
        if behind > CLOCK_BACK {
            return Err(StoreError::ClockBack { behind });
        }
        if let Some((digest, answer)) = load::earlier(write, ledger, self.sender.person, self.id).await? {
            if digest != self.digest {
                return Ok(Err(Code::CommandIdReused.into()));
            }
            return serde_json::from_str(&answer).map(Ok).map_err(StoreError::damaged);
        }

        let (house, caller) = if ledger == HOUSE {
            // This very transaction may have changed the house: nothing of it may stay in memory.
            let house = std::sync::Arc::new(load_house(write.conn().await?).await?);
            let caller = self.caller_fresh(write, &house).await?;
            (house, caller)
        } else {
            let conn = write.conn_unchanged();
            let house = self.office.house_at(conn, house_size).await?;
            let Sender { person, channel, .. } = self.sender;
            let caller = self.office.caller_in(conn, &house, person, channel, self.fresh()).await?;
            (house, caller)
        };
        let Some(mut caller) = caller else { return Ok(Err(Code::PersonUnknown.into())) };
        if let Some(session) = self.sender.limited {
            match ceiling_of(write.conn_unchanged(), session).await {
                Ok(Some(ceiling)) => caller.viewer = caller.viewer.under(ceiling),
                Ok(None) => {}
                Err(Failure::Refused(refusal)) => return Ok(Err(refusal)),
                Err(Failure::Failed(error)) => return Err(error),
            }
        }

        // Security time never goes back.
        let now = last.map_or(self.came, |last| last.max(self.came));
        let today = now.date(&house.zone);
        let viewer = &caller.viewer;
        let sees = |rule: &registry::AccessRule| viewer.sight(rule, ledger, &house, today);
        let about = store::cases::About { organisation: self.organisation(write).await?, viewer };
        let needs =
            load::load(write, &self.command, self.sender.person, &house, today, &sees, &about).await?;
        let context = Context {
            registry: ledger,
            actor: self.sender.person,
            command: self.id,
            now,
            today,
            house: &house,
            ids: &self.ids,
        };
        let (facts, answer) = match decide(&self.command, &needs, &caller, &context) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let stamp = Stamp { registry: ledger, actor: self.sender.person, command: self.id, time: now };
        for fact in facts {
            let mut salt = [0; 32];
            self.office.entropy()(&mut salt);
            let operator = self.sender.channel == Channel::Operator;
            let entry = Entry { house: house.sequence, operator, fact };
            self.last = Some(write.append(&stamp, salt, &entry).await?);
        }
        let kept = serde_json::to_string(&answer).map_err(StoreError::damaged)?;
        load::remember(write, ledger, self.sender.person, self.id, self.digest, kept);
        Ok(Ok(answer))
    }

    /// The organisation, for what needs it beside its own ledger.
    async fn organisation(&self, write: &mut Write) -> Result<Arc<Organisation>, StoreError> {
        match self.command {
            Command::Case { .. } => self.office.organisation_in(write.conn_unchanged()).await,
            _ => Ok(Arc::default()),
        }
    }

    fn fresh(&self) -> bool {
        is_fresh(self.sender.proven, self.came)
    }

    async fn caller_fresh(
        &self,
        write: &mut Write,
        house: &House,
    ) -> Result<Option<registry::Caller>, StoreError> {
        if self.sender.person == registry::command::OPERATOR {
            return Ok((self.sender.channel == Channel::Operator).then(operator));
        }
        let record = person_record(write.conn().await?, self.sender.person).await?;
        let day = self.came.date(&house.zone);
        Ok(record.map(|(person, authorisations)| registry::Caller {
            person: person.id,
            channel: self.sender.channel,
            fresh: self.fresh(),
            viewer: registry::Viewer::on(day, &person, &authorisations),
        }))
    }
}
