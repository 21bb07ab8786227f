//! Following a mailbox: what is new in its folders since the state, one event at a time, each settled by the caller. Owns
//! the order of things; the contract is told in the crate's own documentation.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use jiff::Timestamp;

use crate::connect::connect;
use crate::session::{Head, Opened, Piece, Session};
use crate::state::{OWED_AT_MOST, State};
use crate::{Account, Afterwards, Direction, Doing, Folder, Limits, Mark, Password, Trouble};

/// The bytes of a message that are asked for at once.
const PIECE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1024 * 1024 - 1);
/// The numbers that are looked through at once, at first and at most: numbers may lie far apart.
const WINDOW: u32 = 50_000;
const WIDEST: u32 = 400_000;
/// An IDLE is renewed before a server or a firewall takes it for dead (RFC 2177 says 29 minutes).
const IDLE_AT_MOST: Duration = Duration::from_secs(10 * 60);

/// Something that a poll found.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// A message. To be settled.
    Arrived(Arrived),
    /// A message that was not read, and why. To be settled; one left unsettled is tried again by the next poll.
    PassedOver {
        /// The folder.
        folder: String,
        /// Its number there.
        uid: u32,
        /// Why it was not read.
        why: PassedOver,
    },
    /// The server gave the folder's messages new numbers: once settled, all of them are handed out anew, and the caller
    /// recognises those that it has. To be settled.
    Renumbered {
        /// The folder.
        folder: String,
        /// The validity under which it was read until now.
        was: u32,
        /// The one that holds from now on.
        is: u32,
    },
    /// A folder that cannot be read, or in which registered messages could not be marked or moved. Nothing to settle.
    Hindered {
        /// The folder.
        folder: String,
        /// Why.
        trouble: Trouble,
    },
}

/// A message, byte for byte as the server has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The folder.
    pub folder: String,
    /// Whether it came in or went out.
    pub direction: Direction,
    /// The validity of the folder's numbers.
    pub validity: u32,
    /// Its number in the folder.
    pub uid: u32,
    /// When the server took it (INTERNALDATE).
    pub received: Option<Timestamp>,
    /// Its flags, such as `\Seen`, at most fifty. One with `\Deleted` or `\Draft` is handed out like any other.
    pub flags: Vec<String>,
    /// The message.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Arrived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrived")
            .field("folder", &self.folder)
            .field("uid", &self.uid)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Why a message was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// It is larger than the limit.
    TooLarge {
        /// Its bytes, as the server counts them.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// It was deleted or moved between being seen and being read.
    Gone,
    /// It is there and the server does not give it.
    Unreadable {
        /// The server's words.
        said: String,
    },
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is registered: what the folder asks for is done at the server.
    Registered,
    /// The caller passes it over, and has noted that: it stays at the server as it is.
    PassedOver,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// There is something new: poll.
    NewMail,
    /// Nothing came in the time.
    TimedOut,
}

/// A mailbox, connected and signed in.
pub struct Mailbox {
    account: Account,
    limits: Limits,
    session: Session,
    /// The next number of each folder as the last poll found it.
    looked: BTreeMap<String, u32>,
}

impl Mailbox {
    /// Connects, secures the connection and signs in.
    ///
    /// # Errors
    /// Any [`Trouble`] that ends a connection.
    pub async fn connect(account: &Account, password: &Password, limits: &Limits) -> Result<Self, Trouble> {
        let wire = connect(account, limits).await?;
        let session = Session::sign_in(wire, &account.user, password).await?;
        Ok(Self { account: account.clone(), limits: limits.clone(), session, looked: BTreeMap::new() })
    }

    /// The names of the folders that can be followed, for an administrator to choose from.
    ///
    /// # Errors
    /// [`Trouble`] where the server does not say.
    pub async fn folders(&mut self) -> Result<Vec<String>, Trouble> {
        self.session.folders().await
    }

    /// Begins to read what is new since `state`.
    pub fn poll(&mut self, state: State) -> Poll<'_> {
        Poll { mailbox: self, state, turn: 0, open: None, given: 0, pending: None }
    }

    /// Waits until the first folder holds something that the last poll has not seen, at most so long; ends at once where
    /// that poll stopped at its limit. Where the server cannot say so by itself it is asked every [`Limits::ask_every`].
    /// The other folders are not watched: poll from time to time all the same.
    ///
    /// # Errors
    /// [`Trouble`], as for a poll.
    pub async fn wait(&mut self, at_most: Duration) -> Result<Woken, Trouble> {
        let Some(folder) = self.account.folders.first().map(|folder| folder.name.clone()) else {
            tokio::time::sleep(at_most).await;
            return Ok(Woken::TimedOut);
        };
        let mut left = at_most;
        loop {
            // What came between the last look and this moment is no news to an IDLE that begins now.
            let opened = self.session.open(&folder, false).await?;
            if opened.next.is_some() && self.looked.get(&folder).copied() != opened.next {
                return Ok(Woken::NewMail);
            }
            if left.is_zero() {
                return Ok(Woken::TimedOut);
            }
            let turn = if self.session.can_idle() {
                let turn = left.min(IDLE_AT_MOST);
                if self.session.idle(opened.exists, turn).await? {
                    return Ok(Woken::NewMail);
                }
                turn
            } else {
                let turn = left.min(self.limits.ask_every);
                tokio::time::sleep(turn).await;
                turn
            };
            left = left.saturating_sub(turn);
        }
    }

    /// Takes leave of the server.
    pub async fn close(self) {
        self.session.leave().await;
    }
}

/// One reading of what is new. Dropping it at any moment loses nothing.
pub struct Poll<'m> {
    mailbox: &'m mut Mailbox,
    state: State,
    /// Which folder's turn it is.
    turn: usize,
    open: Option<Open>,
    given: usize,
    pending: Option<Pending>,
}

/// The folder that is open, and what is new in it.
struct Open {
    validity: u32,
    queue: VecDeque<u32>,
    heads: BTreeMap<u32, Head>,
}

/// The event that waits to be settled.
enum Pending {
    Message { folder: String, uid: u32, owes: bool },
    Renumbered { folder: String, is: u32 },
}

impl Poll<'_> {
    /// What is settled so far.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The state as it will be once the last event is settled so: to be written down with the registration itself.
    #[must_use]
    pub fn state_after(&self, how: Settled) -> State {
        let mut state = self.state.clone();
        match &self.pending {
            Some(Pending::Message { folder, uid, owes }) => {
                state.pass(folder, *uid, *owes && how == Settled::Registered);
            }
            Some(Pending::Renumbered { folder, is }) => state.begin(folder, *is),
            None => {}
        }
        state
    }

    /// Settles the last event: the state moves, then what the folder asks for is done at the server. Without an event to
    /// settle nothing happens.
    ///
    /// # Errors
    /// [`Trouble`] where the server did not do it. The event is settled nevertheless, and what was not done is owed.
    pub async fn settle(&mut self, how: Settled) -> Result<(), Trouble> {
        self.state = self.state_after(how);
        match self.pending.take() {
            Some(Pending::Message { folder, owes: true, .. }) if how == Settled::Registered => {
                self.pay(&folder).await
            }
            Some(Pending::Renumbered { .. }) => {
                // The same folder is opened again, and read from its beginning.
                self.open = None;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The next event; none when everything new was given, or as much as one poll may give.
    ///
    /// # Errors
    /// Any [`Trouble`] after which the connection is of no use. [`Poll::state`] holds what was settled before.
    pub async fn next(&mut self) -> Result<Option<Event>, Trouble> {
        if self.pending.take().is_some() {
            // Not settled: the folder is held back, so that nothing overtakes what waits.
            self.next_folder();
        }
        loop {
            if self.given >= self.mailbox.limits.events {
                // There may be more: a wait ends at once.
                self.mailbox.looked.clear();
                return Ok(None);
            }
            let Some(folder) = self.mailbox.account.folders.get(self.turn).cloned() else {
                return Ok(None);
            };
            let found = match &mut self.open {
                None => self.open(&folder).await,
                Some(open) => match open.queue.pop_front() {
                    Some(uid) => {
                        let (validity, head) = (open.validity, open.heads.remove(&uid));
                        self.read(&folder, validity, uid, head).await.map(Some)
                    }
                    None => {
                        self.next_folder();
                        Ok(None)
                    }
                },
            };
            match found {
                Ok(None) => {}
                Ok(Some(event)) => {
                    self.given += 1;
                    return Ok(Some(event));
                }
                Err(trouble) if trouble.ends_connection() => return Err(trouble),
                Err(trouble) => {
                    self.next_folder();
                    self.given += 1;
                    return Ok(Some(Event::Hindered { folder: folder.name, trouble }));
                }
            }
        }
    }

    fn next_folder(&mut self) {
        self.turn += 1;
        self.open = None;
    }

    async fn open(&mut self, folder: &Folder) -> Result<Option<Event>, Trouble> {
        let changing = folder.afterwards != Afterwards::Leave;
        let opened = self.mailbox.session.open(&folder.name, changing).await?;
        let Some(is) = opened.validity else {
            return Err(Trouble::Unfollowable { folder: folder.name.clone() });
        };
        if self.state.mark(&folder.name).is_none() {
            self.state.begin(&folder.name, is);
        }
        let mark = self.state.mark(&folder.name).cloned().unwrap_or_default();
        // A server that was put back from a backup may give numbers again that it gave before, under the same validity.
        let backwards = opened.next.is_some_and(|next| next <= mark.last);
        if mark.validity != is || backwards {
            self.pending = Some(Pending::Renumbered { folder: folder.name.clone(), is });
            return Ok(Some(Event::Renumbered { folder: folder.name.clone(), was: mark.validity, is }));
        }
        if let Some(next) = opened.next {
            self.mailbox.looked.insert(folder.name.clone(), next);
        }
        let hindrance =
            if mark.owed.is_empty() { None } else { self.pay_open(folder, &mark, true).await.err() };
        if let Some(trouble) = &hindrance
            && (trouble.ends_connection() || mark.owed.len() >= OWED_AT_MOST)
        {
            return Err(match trouble.ends_connection() {
                true => trouble.clone(),
                false => Trouble::TooMuchOwed { folder: folder.name.clone(), count: mark.owed.len() },
            });
        }
        let uids = self.find(&opened, mark.last).await?;
        let heads =
            if uids.is_empty() { BTreeMap::new() } else { self.mailbox.session.heads(&uids).await?.0 };
        self.open = Some(Open { validity: is, queue: uids.into_iter().collect(), heads });
        Ok(hindrance.map(|trouble| Event::Hindered { folder: folder.name.clone(), trouble }))
    }

    /// The lowest numbers after `last`, as many as this poll may still give.
    async fn find(&mut self, opened: &Opened, last: u32) -> Result<BTreeSet<u32>, Trouble> {
        let room = self.mailbox.limits.events.saturating_sub(self.given);
        let mut found: BTreeSet<u32> = BTreeSet::new();
        let Some(mut first) = last.checked_add(1) else { return Ok(found) };
        if opened.exists == 0 {
            return Ok(found);
        }
        let Some(next) = opened.next else {
            found = self.mailbox.session.search(first, None).await?;
            return Ok(found.into_iter().take(room).collect());
        };
        let mut window = WINDOW;
        while first < next && found.len() < room {
            let end = first.saturating_add(window - 1).min(next - 1);
            let more = self.mailbox.session.search(first, Some(end)).await?;
            window = if more.is_empty() { window.saturating_mul(2).min(WIDEST) } else { WINDOW };
            found.extend(more);
            let Some(after) = end.checked_add(1) else { break };
            first = after;
        }
        Ok(found.into_iter().take(room).collect())
    }

    async fn read(
        &mut self,
        folder: &Folder,
        validity: u32,
        uid: u32,
        head: Option<Head>,
    ) -> Result<Event, Trouble> {
        let limit = self.mailbox.limits.message_bytes;
        let head = head.unwrap_or_default();
        let read = if head.size > limit {
            Err(PassedOver::TooLarge { bytes: head.size, limit })
        } else {
            self.bytes(uid, limit, head.size).await?
        };
        let owes = read.is_ok() && folder.afterwards != Afterwards::Leave;
        self.pending = Some(Pending::Message { folder: folder.name.clone(), uid, owes });
        Ok(match read {
            Ok(bytes) => Event::Arrived(Arrived {
                folder: folder.name.clone(),
                direction: folder.direction,
                validity,
                uid,
                received: head.received,
                flags: head.flags,
                bytes,
            }),
            Err(why) => Event::PassedOver { folder: folder.name.clone(), uid, why },
        })
    }

    /// The message, piece by piece: what a server says of a message's size beforehand is not always true.
    async fn bytes(
        &mut self,
        uid: u32,
        limit: u64,
        announced: u64,
    ) -> Result<Result<Vec<u8>, PassedOver>, Trouble> {
        let mut all: Vec<u8> = Vec::new();
        loop {
            let Ok(offset) = u32::try_from(all.len()) else {
                return Ok(Err(PassedOver::TooLarge { bytes: all.len() as u64, limit }));
            };
            match self.mailbox.session.piece(uid, offset, PIECE).await? {
                Piece::Bytes { bytes, whole } => {
                    let last = whole || bytes.len() < PIECE.get() as usize;
                    all.extend_from_slice(&bytes);
                    if all.len() as u64 > limit {
                        return Ok(Err(PassedOver::TooLarge { bytes: all.len() as u64, limit }));
                    }
                    if last {
                        // A server that lost the message while it was read may give less of it without a word; one that
                        // only estimates sizes gives the whole.
                        let whole = all.len() as u64 == announced || self.is_there(uid).await?;
                        if whole && (!all.is_empty() || announced == 0) {
                            return Ok(Ok(all));
                        }
                        return self.missing(uid, None).await;
                    }
                }
                Piece::Missing(said) => return self.missing(uid, said).await,
            }
        }
    }

    /// Only the folder itself can say that a message is gone, once it has told us what changed.
    async fn is_there(&mut self, uid: u32) -> Result<bool, Trouble> {
        self.mailbox.session.refresh().await?;
        Ok(self.mailbox.session.search(uid, Some(uid)).await?.contains(&uid))
    }

    async fn missing(
        &mut self,
        uid: u32,
        said: Option<String>,
    ) -> Result<Result<Vec<u8>, PassedOver>, Trouble> {
        Ok(Err(match (self.is_there(uid).await?, said) {
            (false, _) => PassedOver::Gone,
            (true, said) => {
                PassedOver::Unreadable { said: said.unwrap_or_else(|| "without a reason".into()) }
            }
        }))
    }

    /// Does what is owed in the open folder.
    async fn pay(&mut self, name: &str) -> Result<(), Trouble> {
        let folder = self.mailbox.account.folders.iter().find(|folder| folder.name == name).cloned();
        let mark = self.state.mark(name).cloned();
        match (folder, mark) {
            (Some(folder), Some(mark)) if self.open.is_some() => self.pay_open(&folder, &mark, false).await,
            _ => Err(Trouble::Lost { doing: Doing::Marking }),
        }
    }

    async fn pay_open(&mut self, folder: &Folder, mark: &Mark, again: bool) -> Result<(), Trouble> {
        // In parts, so that no command grows beyond what a server takes.
        let owed: Vec<u32> = mark.owed.iter().copied().collect();
        for part in owed.chunks(500) {
            let part: BTreeSet<u32> = part.iter().copied().collect();
            let mut there = part.clone();
            if again && folder.afterwards != Afterwards::Leave {
                // What is gone meanwhile owes nothing; some servers would refuse the others because of it.
                let (heads, unclear) = self.mailbox.session.heads(&part).await?;
                there.retain(|uid| unclear || heads.contains_key(uid));
            }
            match &folder.afterwards {
                // The settings changed meanwhile: nothing is asked for any more.
                Afterwards::Leave => {}
                Afterwards::MarkSeen => self.mailbox.session.mark_seen(&there).await?,
                Afterwards::MoveTo(target) => self.mailbox.session.move_to(&there, target).await?,
            }
            self.state.paid(&folder.name, &part);
        }
        Ok(())
    }
}
