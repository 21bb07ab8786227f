//! What we ask of a server, one method a question. Owns the commands and what is taken from their answers; must not know
//! what has been read before.

use secured::said;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::time::Duration;

use imap_codec::imap_types::auth::AuthMechanism;
use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::Vec1;
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItem, MessageDataItemName};
use imap_codec::imap_types::flag::{Flag, FlagFetch, FlagNameAttribute, StoreResponse, StoreType};
use imap_codec::imap_types::mailbox::Mailbox;
use imap_codec::imap_types::response::{Capability, Code, Data, Response, Status};
use imap_codec::imap_types::search::SearchKey;
use imap_codec::imap_types::sequence::{SeqOrUid, Sequence, SequenceSet};
use jiff::Timestamp;

use crate::names;
use crate::wire::{Verdict, Wire};
use crate::{Doing, Password, Trouble};

/// Folders named in a message to the administrator.
const FOLDERS_NAMED: usize = 30;
/// Flags of one message that are kept, and the letters of each.
const FLAGS: usize = 50;
const FLAG_LETTERS: usize = 100;

pub(crate) struct Session {
    wire: Wire,
    able: Able,
}

/// What the server says it can do.
#[derive(Debug, Default, Clone, Copy)]
struct Able {
    plain: bool,
    no_login: bool,
    idle: bool,
    moves: bool,
    uid_plus: bool,
}

/// What opening a folder told.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Opened {
    /// None where the folder's numbers do not last.
    pub(crate) validity: Option<u32>,
    /// The number that the next message will bear, where the server tells it.
    pub(crate) next: Option<u32>,
    pub(crate) exists: u32,
}

/// What is known of a message before it is read.
#[derive(Debug, Default, Clone)]
pub(crate) struct Head {
    pub(crate) flags: Vec<String>,
    pub(crate) received: Option<Timestamp>,
    pub(crate) size: u64,
}

/// A piece of a message.
#[derive(Debug)]
pub(crate) enum Piece {
    /// These bytes; `whole` where the server gave the message at once.
    Bytes { bytes: Vec<u8>, whole: bool },
    /// None came, and what the server said to that.
    Missing(Option<String>),
}

fn set(uids: &BTreeSet<u32>) -> Option<SequenceSet> {
    let mut ranges: Vec<(NonZeroU32, NonZeroU32)> = Vec::new();
    for uid in uids.iter().filter_map(|uid| NonZeroU32::new(*uid)) {
        match ranges.last_mut() {
            Some((_, last)) if last.get().checked_add(1) == Some(uid.get()) => *last = uid,
            _ => ranges.push((uid, uid)),
        }
    }
    let parts: Vec<Sequence> = ranges
        .into_iter()
        .map(|(first, last)| match first == last {
            true => Sequence::Single(SeqOrUid::Value(first)),
            false => Sequence::Range(SeqOrUid::Value(first), SeqOrUid::Value(last)),
        })
        .collect();
    Vec1::try_from(parts).ok().map(SequenceSet)
}

fn folder_name(name: &str, doing: Doing) -> Result<Mailbox<'static>, Trouble> {
    Mailbox::try_from(names::encode(name))
        .map_err(|_| Trouble::Nonsense { doing, why: "the folder's name cannot be said" })
}

impl Session {
    /// Signs in over a connection that is secured.
    pub(crate) async fn sign_in(wire: Wire, user: &str, password: &Password) -> Result<Self, Trouble> {
        let mut session = Self { wire, able: Able::default() };
        session.ask_abilities().await?;
        let doing = Doing::SigningIn;
        let verdict = if session.able.plain {
            session.wire.authenticate(user, password.reveal()).await?
        } else if session.able.no_login {
            return Err(Trouble::LoginImpossible);
        } else {
            let login = CommandBody::login(user, password.reveal())
                .map_err(|_| Trouble::Nonsense { doing, why: "name or password cannot be said" })?;
            session.wire.command(doing, login, &mut |_| Ok(())).await?
        };
        match verdict {
            Verdict::Done { .. } => {}
            Verdict::Refused { said, passing: true } => return Err(Trouble::Refused { doing, said }),
            Verdict::Refused { said, passing: false } => {
                return Err(Trouble::LoginRefused { user: user.to_owned(), said });
            }
        }
        // What a server can do differs once it knows who asks.
        session.ask_abilities().await?;
        Ok(session)
    }

    async fn ask_abilities(&mut self) -> Result<(), Trouble> {
        let mut able = Able::default();
        let mut note = |response: &Response<'_>| {
            if let Response::Data(Data::Capability(all)) = response {
                for one in all.as_ref() {
                    match one {
                        Capability::Auth(AuthMechanism::Plain) => able.plain = true,
                        Capability::LoginDisabled => able.no_login = true,
                        Capability::Idle => able.idle = true,
                        Capability::Move => able.moves = true,
                        Capability::UidPlus => able.uid_plus = true,
                        _ => {}
                    }
                }
            }
            Ok(())
        };
        self.wire
            .command(Doing::Connecting, CommandBody::Capability, &mut note)
            .await?
            .done(Doing::Connecting)?;
        self.able = able;
        Ok(())
    }

    /// The folders that can be opened, for people to choose from.
    pub(crate) async fn folders(&mut self) -> Result<Vec<String>, Trouble> {
        let doing = Doing::Listing;
        let list = CommandBody::list("", "*")
            .map_err(|_| Trouble::Nonsense { doing, why: "the command cannot be said" })?;
        let mut found = BTreeSet::new();
        let mut note = |response: &Response<'_>| {
            if let Response::Data(Data::List { items, mailbox, .. }) = response
                && !items.contains(&FlagNameAttribute::Noselect)
                && found.len() < 1_000
            {
                found.insert(match mailbox {
                    Mailbox::Inbox => "INBOX".to_owned(),
                    Mailbox::Other(other) => said(&names::decode(&String::from_utf8_lossy(other.as_ref()))),
                });
            }
            Ok(())
        };
        self.wire.command(doing, list, &mut note).await?.done(doing)?;
        Ok(found.into_iter().collect())
    }

    /// Opens a folder, so that it can be changed or so that it cannot.
    pub(crate) async fn open(&mut self, folder: &str, changing: bool) -> Result<Opened, Trouble> {
        let doing = Doing::Opening;
        let mailbox = folder_name(folder, doing)?;
        let body = if changing { CommandBody::select(mailbox) } else { CommandBody::examine(mailbox) };
        let Ok(body) = body;
        let mut opened = Opened::default();
        let mut lasting = true;
        let mut note = |response: &Response<'_>| {
            match response {
                Response::Data(Data::Exists(count)) => opened.exists = *count,
                Response::Status(Status::Untagged(body)) => match &body.code {
                    Some(Code::UidValidity(number)) => opened.validity = Some(number.get()),
                    Some(Code::UidNext(number)) => opened.next = Some(number.get()),
                    Some(Code::UidNotSticky) => lasting = false,
                    _ => {}
                },
                _ => {}
            }
            Ok(())
        };
        match self.wire.command(doing, body, &mut note).await? {
            Verdict::Done { .. } => {
                if !lasting {
                    opened.validity = None;
                }
                Ok(opened)
            }
            Verdict::Refused { said, passing: true } => Err(Trouble::Refused { doing, said }),
            Verdict::Refused { said, passing: false } => Err(self.missing(folder, said).await?),
        }
    }

    async fn missing(&mut self, folder: &str, said: String) -> Result<Trouble, Trouble> {
        let folders = self.folders().await?;
        let there_are = folders.iter().take(FOLDERS_NAMED).cloned().collect::<Vec<_>>().join(", ");
        Ok(Trouble::FolderMissing { folder: folder.to_owned(), said, there_are })
    }

    /// The numbers of the messages from `first` to `last` (to the end without it) in the open folder.
    pub(crate) async fn search(&mut self, first: u32, last: Option<u32>) -> Result<BTreeSet<u32>, Trouble> {
        let doing = Doing::Searching;
        let value = |uid: u32| SeqOrUid::Value(NonZeroU32::new(uid).unwrap_or(NonZeroU32::MIN));
        let range = Sequence::Range(value(first), last.map_or(SeqOrUid::Asterisk, value));
        let body = CommandBody::Search {
            charset: None,
            criteria: Vec1::from(SearchKey::Uid(SequenceSet::from(range))),
            uid: true,
        };
        let mut found = BTreeSet::new();
        let mut note = |response: &Response<'_>| {
            if let Response::Data(Data::Search(uids)) = response {
                // `n:*` also names the last message where it lies before n.
                found.extend(
                    uids.iter()
                        .map(|uid| uid.get())
                        .filter(|uid| *uid >= first && last.is_none_or(|last| *uid <= last)),
                );
                if found.len() > 1_000_000 {
                    return Err(Trouble::Nonsense { doing, why: "it names too many messages" });
                }
            }
            Ok(())
        };
        let unread = self.wire.command(doing, body, &mut note).await?.done(doing)?;
        if unread > 0 && found.is_empty() {
            return Err(Trouble::Nonsense { doing, why: "the numbers of the messages are malformed" });
        }
        Ok(found)
    }

    /// What is known of these messages; those that are not there any more are missing from the answer. True where some
    /// answer could not be parsed.
    pub(crate) async fn heads(
        &mut self,
        uids: &BTreeSet<u32>,
    ) -> Result<(BTreeMap<u32, Head>, bool), Trouble> {
        let mut heads = BTreeMap::new();
        let Some(sequence_set) = set(uids) else { return Ok((heads, false)) };
        let items = vec![
            MessageDataItemName::Uid,
            MessageDataItemName::Flags,
            MessageDataItemName::InternalDate,
            MessageDataItemName::Rfc822Size,
        ];
        let mut note = |response: &Response<'_>| {
            if let Response::Data(Data::Fetch { items, .. }) = response
                && let Some(uid) = uid_of(items.as_ref())
                && uids.contains(&uid)
            {
                take_head(heads.entry(uid).or_default(), items.as_ref());
            }
            Ok(())
        };
        let unread = self.fetch(sequence_set, items, &mut note).await?;
        // Some servers refuse where one of many is gone (RFC 2180 section 4.1): each is looked at when its turn comes.
        Ok((heads, unread != Ok(0)))
    }

    /// `count` bytes of a message from `offset`, fewer where it ends before. The message stays unseen.
    pub(crate) async fn piece(&mut self, uid: u32, offset: u32, count: NonZeroU32) -> Result<Piece, Trouble> {
        let Some(sequence_set) = set(&BTreeSet::from([uid])) else { return Ok(Piece::Missing(None)) };
        let items = vec![
            MessageDataItemName::Uid,
            MessageDataItemName::BodyExt { section: None, partial: Some((offset, count)), peek: true },
        ];
        let mut found: Option<(Vec<u8>, bool)> = None;
        let mut note = |response: &Response<'_>| {
            let Response::Data(Data::Fetch { items, .. }) = response else { return Ok(()) };
            if uid_of(items.as_ref()) != Some(uid) {
                return Ok(());
            }
            for item in items.as_ref() {
                if let MessageDataItem::BodyExt { section: None, origin, data } = item {
                    // NIL is what some say of a message that is gone.
                    let Some(text) = &data.0 else { continue };
                    let bytes = text.as_ref();
                    let whole = origin.is_none() && offset == 0;
                    let fits = whole || bytes.len() <= count.get() as usize;
                    if (!whole && *origin != Some(offset)) || !fits {
                        return Err(Trouble::Nonsense {
                            doing: Doing::Reading,
                            why: "it gives another part of the message than was asked for",
                        });
                    }
                    found = Some((bytes.to_vec(), whole));
                }
            }
            Ok(())
        };
        let unread = self.fetch(sequence_set, items, &mut note).await?;
        Ok(match (unread, found) {
            (Ok(_), Some((bytes, whole))) => Piece::Bytes { bytes, whole },
            (Ok(0), None) => Piece::Missing(None),
            (Ok(_), None) => Piece::Missing(Some("its answer cannot be understood".into())),
            // Whatever came with a refusal is not the message.
            (Err(said), _) => Piece::Missing(Some(said)),
        })
    }

    async fn fetch(
        &mut self,
        sequence_set: SequenceSet,
        items: Vec<MessageDataItemName<'_>>,
        note: crate::wire::Each<'_>,
    ) -> Result<Result<usize, String>, Trouble> {
        let body = CommandBody::Fetch {
            sequence_set,
            macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(items),
            uid: true,
        };
        match self.wire.command(Doing::Reading, body, note).await? {
            Verdict::Done { unread } => Ok(Ok(unread)),
            Verdict::Refused { said, .. } => Ok(Err(said)),
        }
    }

    /// Lets the server tell what changed in the open folder; some say nothing of deletions otherwise.
    pub(crate) async fn refresh(&mut self) -> Result<(), Trouble> {
        self.wire
            .command(Doing::Searching, CommandBody::Noop, &mut |_| Ok(()))
            .await?
            .done(Doing::Searching)
            .map(|_| ())
    }

    /// Marks these messages of the open folder as seen.
    pub(crate) async fn mark_seen(&mut self, uids: &BTreeSet<u32>) -> Result<(), Trouble> {
        self.flag(Doing::Marking, uids, Flag::Seen).await
    }

    async fn flag(&mut self, doing: Doing, uids: &BTreeSet<u32>, flag: Flag<'_>) -> Result<(), Trouble> {
        let Some(sequence_set) = set(uids) else { return Ok(()) };
        let body = CommandBody::Store {
            sequence_set,
            kind: StoreType::Add,
            response: StoreResponse::Silent,
            flags: vec![flag],
            uid: true,
        };
        self.wire.command(doing, body, &mut |_| Ok(())).await?.done(doing).map(|_| ())
    }

    /// Moves these messages of the open folder. What is gone already is no error. Without MOVE (RFC 6851) they are copied
    /// and marked as deleted; they are taken away only where the server can take away these alone (RFC 4315), for a plain
    /// EXPUNGE would also destroy what others have marked.
    pub(crate) async fn move_to(&mut self, uids: &BTreeSet<u32>, folder: &str) -> Result<(), Trouble> {
        let doing = Doing::Moving;
        let Some(sequence_set) = set(uids) else { return Ok(()) };
        let mailbox = folder_name(folder, doing)?;
        let body = if self.able.moves {
            CommandBody::Move { sequence_set: sequence_set.clone(), mailbox, uid: true }
        } else {
            CommandBody::Copy { sequence_set: sequence_set.clone(), mailbox, uid: true }
        };
        match self.wire.command(doing, body, &mut |_| Ok(())).await? {
            Verdict::Done { .. } => {}
            Verdict::Refused { said, .. } => {
                let folders = self.folders().await?;
                if folders.iter().any(|there| there == folder) {
                    return Err(Trouble::Refused { doing, said });
                }
                return Err(self.missing(folder, said).await?);
            }
        }
        if !self.able.moves {
            self.flag(doing, uids, Flag::Deleted).await?;
            if self.able.uid_plus {
                let body = CommandBody::ExpungeUid { sequence_set };
                self.wire.command(doing, body, &mut |_| Ok(())).await?.done(doing)?;
            }
        }
        Ok(())
    }

    /// Whether the server says by itself that mail came.
    pub(crate) const fn can_idle(&self) -> bool {
        self.able.idle
    }

    /// Waits for more than `exists` messages in the open folder.
    pub(crate) async fn idle(&mut self, exists: u32, at_most: Duration) -> Result<bool, Trouble> {
        self.wire.idle(exists, at_most).await
    }

    /// Takes leave. What the server says to that is of no interest.
    pub(crate) async fn leave(mut self) {
        let _ = self.wire.command(Doing::Waiting, CommandBody::Logout, &mut |_| Ok(())).await;
    }
}

fn uid_of(items: &[MessageDataItem<'_>]) -> Option<u32> {
    items.iter().find_map(|item| match item {
        MessageDataItem::Uid(uid) => Some(uid.get()),
        _ => None,
    })
}

fn take_head(head: &mut Head, items: &[MessageDataItem<'_>]) {
    for item in items {
        match item {
            MessageDataItem::Flags(flags) => {
                head.flags = flags.iter().take(FLAGS).map(flag_name).collect();
            }
            MessageDataItem::InternalDate(date) => {
                head.received = Timestamp::from_second(date.as_ref().timestamp()).ok();
            }
            MessageDataItem::Rfc822Size(size) => head.size = u64::from(*size),
            _ => {}
        }
    }
}

fn flag_name(flag: &FlagFetch<'_>) -> String {
    let name = match flag {
        FlagFetch::Flag(flag) => flag.to_string(),
        FlagFetch::Recent => "\\Recent".into(),
    };
    name.chars().take(FLAG_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, duplex};

    /// A server that answers each line by the next of these, its tag put in for `@`, and hands back what it heard.
    async fn scripted(answers: &'static [&'static str]) -> (Result<(), Trouble>, Vec<String>) {
        let (ours, theirs) = duplex(4_096);
        let server = tokio::spawn(async move {
            let mut line = BufReader::new(theirs);
            let mut heard = Vec::new();
            let mut tag = String::new();
            for answer in answers {
                let mut said = String::new();
                if line.read_line(&mut said).await.unwrap_or(0) == 0 {
                    break;
                }
                if said.starts_with('c') {
                    tag = said.split(' ').next().unwrap_or_default().to_owned();
                }
                heard.push(said.trim_end().to_owned());
                line.write_all(answer.replace('@', &tag).as_bytes()).await.unwrap();
            }
            heard
        });
        let wire = Wire::new(Box::new(ours), Duration::from_secs(2));
        let signed = Session::sign_in(wire, "registry", &Password::new("ölé")).await.map(|_| ());
        (signed, server.await.unwrap())
    }

    #[tokio::test]
    async fn signing_in_takes_plain_else_login_else_nothing() {
        let (signed, heard) = scripted(&[
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n@ OK\r\n",
            "+ \r\n",
            "@ OK in\r\n",
            "* CAPABILITY IMAP4rev1 IDLE\r\n@ OK\r\n",
        ])
        .await;
        assert_eq!(signed, Ok(()));
        assert_eq!(heard[1..3], ["c2 AUTHENTICATE PLAIN", "AHJlZ2lzdHJ5AMO2bMOp"]);
        // Letters that a line cannot carry go over apart, once the server agrees.
        let (signed, heard) = scripted(&[
            "* CAPABILITY IMAP4rev1\r\n@ OK done\r\n",
            "+ go on\r\n",
            "@ OK in\r\n",
            "* CAPABILITY IMAP4rev1\r\n@ OK done\r\n",
        ])
        .await;
        assert_eq!(signed, Ok(()));
        assert_eq!(heard[1..3], ["c2 LOGIN registry {5}", "ölé"]);
        let (signed, heard) =
            scripted(&["* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n@ OK done\r\n", "never"]).await;
        assert_eq!((signed, heard.len()), (Err(Trouble::LoginImpossible), 1));
    }

    #[tokio::test]
    async fn a_server_that_is_short_of_something_has_not_refused_the_password() {
        let begin = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n@ OK done\r\n";
        for (answer, lasting) in
            [("@ NO [UNAVAILABLE] later\r\n", false), ("@ NO [AUTHENTICATIONFAILED] no\r\n", true)]
        {
            let answers: &'static [&'static str] = Box::leak(Box::new([begin, "+ \r\n", answer]));
            let (signed, _) = scripted(answers).await;
            assert_eq!(signed.unwrap_err().is_lasting(), lasting);
        }
    }

    #[test]
    fn sets_of_numbers_are_short() {
        let uids = BTreeSet::from([1, 2, 3, 7, 9, 10, u32::MAX]);
        let parts = set(&uids).unwrap().0;
        assert_eq!(parts.as_ref().len(), 4);
        assert!(set(&BTreeSet::new()).is_none());
    }
}
