//! One conversation: commands out, answers in, framed, bounded in size and time. Owns the bytes; must not know what a
//! command is for. Everything that comes in is hostile: no answer is kept beyond [`FRAME`], and what cannot be parsed is
//! left out without losing the place, for lines and literals are cut before they are parsed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imap_codec::decode::Decoder as _;
use imap_codec::encode::{Encoder as _, Fragment};
use imap_codec::fragmentizer::Fragmentizer;
use imap_codec::imap_types::auth::AuthMechanism;
use imap_codec::imap_types::command::{Command, CommandBody};
use imap_codec::imap_types::core::LiteralMode;
use imap_codec::imap_types::response::{
    Code, Data, Greeting, GreetingKind, Response, Status, StatusBody, StatusKind,
};
use imap_codec::{CommandCodec, GreetingCodec, ResponseCodec};
use secured::{Line, said};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::{Doing, Trouble};

/// The bytes of one answer that are kept at most: a piece of a message, or the numbers of a search.
const FRAME: u32 = 5 * 1024 * 1024;

/// What is done with each answer that comes before the closing one.
pub(crate) type Each<'a> = &'a mut (dyn FnMut(&Response<'_>) -> Result<(), Trouble> + Send);

/// How a command ended.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Done; so many answers in between could not be parsed.
    Done { unread: usize },
    /// Refused, in the server's words; `passing` where it says that it may do so later.
    Refused { said: String, passing: bool },
}

impl Verdict {
    pub(crate) fn done(self, doing: Doing) -> Result<usize, Trouble> {
        match self {
            Self::Done { unread } => Ok(unread),
            Self::Refused { said, .. } => Err(Trouble::Refused { doing, said }),
        }
    }
}

pub(crate) struct Wire {
    line: Box<dyn Line>,
    frames: Fragmentizer,
    buffer: Vec<u8>,
    tags: u64,
    /// Set while a command runs. A caller that drops a command midway leaves it set, and the conversation is over, for
    /// nobody knows whose answer would come next.
    midway: bool,
    answer: Duration,
}

enum Heard<'a> {
    Response(Box<Response<'a>>),
    /// The server waits for the rest of the command.
    GoOn,
    /// Something that cannot be parsed.
    Unread,
}

impl Wire {
    pub(crate) fn new(line: Box<dyn Line>, answer: Duration) -> Self {
        Self {
            line,
            frames: Fragmentizer::new(FRAME),
            buffer: vec![0; 16 * 1024],
            tags: 0,
            midway: false,
            answer,
        }
    }

    /// Hears the greeting.
    pub(crate) async fn greeting(&mut self) -> Result<(), Trouble> {
        self.within(Doing::Connecting, async |wire| {
            wire.receive(Doing::Connecting).await?;
            let nonsense = |why| Trouble::Nonsense { doing: Doing::Connecting, why };
            let (_, greeting): (_, Greeting<'_>) = GreetingCodec::default()
                .decode(wire.frames.message_bytes())
                .map_err(|_| nonsense("it does not greet as an IMAP server does"))?;
            match greeting.kind {
                GreetingKind::Ok => Ok(()),
                GreetingKind::PreAuth => Err(nonsense("it lets in whoever comes")),
                GreetingKind::Bye => {
                    Err(Trouble::Ended { doing: Doing::Connecting, said: said(greeting.text.inner()) })
                }
            }
        })
        .await
    }

    /// One command and all its answers.
    pub(crate) async fn command(
        &mut self,
        doing: Doing,
        body: CommandBody<'_>,
        each: Each<'_>,
    ) -> Result<Verdict, Trouble> {
        self.within(doing, async |wire| {
            let tag = match wire.send(doing, body).await? {
                Ok(tag) => tag,
                Err(refused) => return Ok(refused),
            };
            wire.finish(doing, &tag, each).await
        })
        .await
    }

    /// Signs in by SASL PLAIN (RFC 4616); the password goes over only after the server asked for it.
    pub(crate) async fn authenticate(&mut self, user: &str, password: &str) -> Result<Verdict, Trouble> {
        let doing = Doing::SigningIn;
        self.within(doing, async |wire| {
            let tag = match wire.send(doing, CommandBody::authenticate(AuthMechanism::Plain)).await? {
                Ok(tag) => tag,
                Err(refused) => return Ok(refused),
            };
            if let Some(refused) = wire.go_on(doing, &tag).await? {
                return Ok(refused);
            }
            let mut words = STANDARD.encode(format!("\0{user}\0{password}"));
            words.push_str("\r\n");
            wire.write(doing, words.as_bytes()).await?;
            wire.flush(doing).await?;
            wire.finish(doing, &tag, &mut |_| Ok(())).await
        })
        .await
    }

    /// Waits until the server says that the open folder holds more than `exists` messages (RFC 2177); false when it has
    /// not said so in `at_most`.
    pub(crate) async fn idle(&mut self, exists: u32, at_most: Duration) -> Result<bool, Trouble> {
        let doing = Doing::Waiting;
        let tag = self
            .within(doing, async |wire| {
                let tag = match wire.send(doing, CommandBody::Idle).await? {
                    Ok(tag) => tag,
                    Err(refused) => return refused.done(doing).map(|_| String::new()),
                };
                match wire.go_on(doing, &tag).await? {
                    Some(refused) => refused.done(doing).map(|_| String::new()),
                    None => Ok(tag),
                }
            })
            .await?;
        self.midway = true;
        let mut came = match timeout(at_most, self.until_more(doing, exists)).await {
            Ok(heard) => heard.map(|()| true)?,
            Err(_) => false,
        };
        self.midway = false;
        self.within(doing, async |wire| {
            wire.write(doing, b"DONE\r\n").await?;
            wire.flush(doing).await?;
            let verdict = wire
                .finish(doing, &tag, &mut |response| {
                    came |= matches!(response, Response::Data(Data::Exists(count)) if *count > exists);
                    Ok(())
                })
                .await?;
            verdict.done(doing)
        })
        .await?;
        Ok(came)
    }

    async fn until_more(&mut self, doing: Doing, exists: u32) -> Result<(), Trouble> {
        loop {
            self.receive(doing).await?;
            match self.heard() {
                Heard::Response(response) => match *response {
                    Response::Data(Data::Exists(count)) if count > exists => return Ok(()),
                    Response::Status(Status::Bye(bye)) => {
                        return Err(Trouble::Ended { doing, said: said(bye.text.inner()) });
                    }
                    _ => {}
                },
                Heard::GoOn | Heard::Unread => {}
            }
        }
    }

    /// The bare connection, for TLS to be put over it. Whatever came after the server's last answer was said by
    /// somebody who wanted it to be taken for what is said under TLS.
    pub(crate) fn into_line(mut self) -> Result<Box<dyn Line>, Trouble> {
        let more = self.frames.progress().is_some() || !self.frames.message_bytes().is_empty();
        if more {
            return Err(Trouble::Nonsense { doing: Doing::Securing, why: "it goes on in plain" });
        }
        Ok(self.line)
    }

    /// Runs one exchange within the time for an answer.
    async fn within<T>(
        &mut self,
        doing: Doing,
        exchange: impl AsyncFnOnce(&mut Self) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        if self.midway {
            return Err(Trouble::Lost { doing });
        }
        self.midway = true;
        let limit = self.answer;
        let result = timeout(limit, exchange(&mut *self))
            .await
            .unwrap_or(Err(Trouble::Silent { doing, seconds: limit.as_secs() }));
        self.midway = result.as_ref().is_err_and(Trouble::ends_connection);
        result
    }

    /// Sends a command; its tag, or the refusal of one of its parts.
    async fn send(
        &mut self,
        doing: Doing,
        body: CommandBody<'_>,
    ) -> Result<Result<String, Verdict>, Trouble> {
        self.tags += 1;
        let tag = format!("c{}", self.tags);
        let command = Command::new(tag.as_str(), body)
            .map_err(|_| Trouble::Nonsense { doing, why: "the command cannot be said" })?;
        for fragment in CommandCodec::default().encode(&command) {
            match fragment {
                Fragment::Line { data } => self.write(doing, &data).await?,
                Fragment::Literal { data, mode } => {
                    self.flush(doing).await?;
                    if mode == LiteralMode::Sync
                        && let Some(refused) = self.go_on(doing, &tag).await?
                    {
                        return Ok(Err(refused));
                    }
                    self.write(doing, &data).await?;
                }
            }
        }
        self.flush(doing).await?;
        Ok(Ok(tag))
    }

    /// Waits for the word to go on; a refusal instead is handed back.
    async fn go_on(&mut self, doing: Doing, tag: &str) -> Result<Option<Verdict>, Trouble> {
        loop {
            self.receive(doing).await?;
            match self.heard() {
                Heard::GoOn => return Ok(None),
                Heard::Response(response) => {
                    if let Some(verdict) = closing(doing, tag, &response, 0)? {
                        return Ok(Some(verdict));
                    }
                }
                Heard::Unread => {}
            }
        }
    }

    async fn finish(&mut self, doing: Doing, tag: &str, each: Each<'_>) -> Result<Verdict, Trouble> {
        let mut unread = 0_usize;
        loop {
            self.receive(doing).await?;
            match self.heard() {
                Heard::Response(response) => match closing(doing, tag, &response, unread)? {
                    Some(verdict) => return Ok(verdict),
                    None => each(&response)?,
                },
                Heard::GoOn => {}
                Heard::Unread => {
                    if self.frames.decode_tag().is_some_and(|theirs| theirs.inner() == tag) {
                        return Err(Trouble::Nonsense { doing, why: "its closing line is malformed" });
                    }
                    unread += 1;
                }
            }
        }
    }

    /// Reads until one whole answer is there. May be dropped at any time without losing a byte.
    async fn receive(&mut self, doing: Doing) -> Result<(), Trouble> {
        loop {
            while self.frames.progress().is_some() {
                if self.frames.is_message_complete() && !self.frames.is_max_message_size_exceeded() {
                    return Ok(());
                }
                if self.frames.is_max_message_size_exceeded() {
                    break;
                }
            }
            if self.frames.is_max_message_size_exceeded() {
                return Err(Trouble::Nonsense { doing, why: "it is larger than any that was asked for" });
            }
            let read = self.line.read(&mut self.buffer).await.map_err(|_| Trouble::Lost { doing })?;
            if read == 0 {
                return Err(Trouble::Lost { doing });
            }
            self.frames.enqueue_bytes(self.buffer.get(..read).unwrap_or_default());
        }
    }

    fn heard(&self) -> Heard<'_> {
        let bytes = self.frames.message_bytes();
        if bytes.first() == Some(&b'+') {
            return Heard::GoOn;
        }
        match ResponseCodec::default().decode(bytes) {
            Ok(([], response)) => Heard::Response(Box::new(response)),
            _ => {
                self.heard_folded(bytes).map_or(Heard::Unread, |response| Heard::Response(Box::new(response)))
            }
        }
    }

    /// Servers put words of people (a folder's name, a message in their language) into lines that should be ASCII, or no
    /// words at all. What the line says to us is read all the same; foreign letters become question marks.
    fn heard_folded(&self, bytes: &[u8]) -> Option<Response<'static>> {
        let starts = [&b"* OK"[..], b"* NO", b"* BAD", b"* BYE"];
        if !starts.iter().any(|start| bytes.starts_with(start)) && self.frames.decode_tag().is_none() {
            return None;
        }
        let line = bytes.trim_ascii_end();
        let mut folded: Vec<u8> = String::from_utf8_lossy(line)
            .chars()
            .map(|letter| u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(b'?'))
            .collect();
        if [&b" OK"[..], b" NO", b" BAD", b" BYE"].iter().any(|end| folded.ends_with(end)) {
            folded.extend_from_slice(b" -");
        }
        folded.extend_from_slice(b"\r\n");
        match ResponseCodec::default().decode_static(&folded) {
            Ok(([], response)) => Some(response),
            _ => None,
        }
    }

    async fn write(&mut self, doing: Doing, bytes: &[u8]) -> Result<(), Trouble> {
        self.line.write_all(bytes).await.map_err(|_| Trouble::Lost { doing })
    }

    async fn flush(&mut self, doing: Doing) -> Result<(), Trouble> {
        self.line.flush().await.map_err(|_| Trouble::Lost { doing })
    }
}

/// Whether this answer closes the command, or the whole conversation.
fn closing(
    doing: Doing,
    tag: &str,
    response: &Response<'_>,
    unread: usize,
) -> Result<Option<Verdict>, Trouble> {
    match response {
        Response::Status(Status::Tagged(tagged)) if tagged.tag.inner() == tag => {
            Ok(Some(verdict(&tagged.body, unread)))
        }
        Response::Status(Status::Bye(bye)) => Err(Trouble::Ended { doing, said: said(bye.text.inner()) }),
        _ => Ok(None),
    }
}

fn verdict(body: &StatusBody<'_>, unread: usize) -> Verdict {
    match body.kind {
        StatusKind::Ok => Verdict::Done { unread },
        StatusKind::No | StatusKind::Bad => Verdict::Refused {
            said: said(body.text.inner()),
            // RFC 5530: the server is short of something for now.
            passing: match &body.code {
                Some(Code::Other(code)) => {
                    matches!(code.inner(), b"UNAVAILABLE" | b"INUSE" | b"LIMIT" | b"SERVERBUG")
                }
                _ => false,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tokio::io::duplex;

    fn patience() -> Duration {
        Duration::from_millis(300)
    }

    /// A server that says these bytes whatever it hears, and then is silent or gone.
    async fn against<T>(words: &[u8], gone: bool, ask: impl AsyncFnOnce(&mut Wire) -> T) -> T {
        let (ours, mut theirs) = duplex(64 * 1024);
        let words = words.to_vec();
        let server = tokio::spawn(async move {
            let _ = theirs.write_all(&words).await;
            if !gone {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        });
        let mut wire = Wire::new(Box::new(ours), patience());
        let answer = ask(&mut wire).await;
        server.abort();
        answer
    }

    async fn noop(wire: &mut Wire) -> Result<usize, Trouble> {
        wire.command(Doing::Searching, CommandBody::Noop, &mut |_| Ok(())).await?.done(Doing::Searching)
    }

    #[tokio::test]
    async fn answers_end_well_badly_or_not_at_all() {
        let fine = against(b"* 3 EXISTS\r\n* X-ODD (1\r\nc1 OK done\r\n", false, noop).await;
        assert_eq!(fine, Ok(1), "the odd line is left out and counted");
        let refused = against(b"c1 NO [LIMIT] not now\r\n", false, noop).await;
        assert_eq!(refused, Err(Trouble::Refused { doing: Doing::Searching, said: "not now".into() }));
        let words = "* OK [UIDVALIDITY 7] numérotation\r\nc1 NO [NONEXISTENT] «Éléments» n'existe pas\r\n";
        let refused = against(words.as_bytes(), false, noop).await;
        assert_eq!(
            refused,
            Err(Trouble::Refused { doing: Doing::Searching, said: "??l?ments? n'existe pas".into() })
        );
        assert_eq!(against(b"c1 OK\r\n", false, noop).await, Ok(0));
        let ended = against(b"* BYE going down\r\n", true, noop).await;
        assert_eq!(ended, Err(Trouble::Ended { doing: Doing::Searching, said: "going down".into() }));
        let lost = against(b"* 3 EXI", true, noop).await;
        assert_eq!(lost, Err(Trouble::Lost { doing: Doing::Searching }));
        let silent = against(b"* 3 EXISTS\r\n", false, noop).await;
        assert_eq!(silent, Err(Trouble::Silent { doing: Doing::Searching, seconds: 0 }));
    }

    #[tokio::test]
    async fn an_answer_without_end_is_cut_off_before_it_fills_the_memory() {
        let mut words = b"* 1 FETCH (BODY[]<0> {4294967295}\r\n".to_vec();
        words.extend(vec![b'x'; FRAME as usize + 1]);
        let told = against(&words, false, async |wire: &mut Wire| {
            wire.answer = Duration::from_secs(20);
            noop(wire).await
        })
        .await;
        assert!(matches!(told, Err(Trouble::Nonsense { .. })), "{told:?}");
        let told = against(&vec![b'x'; FRAME as usize + 1], false, async |wire: &mut Wire| {
            wire.answer = Duration::from_secs(20);
            noop(wire).await
        })
        .await;
        assert!(matches!(told, Err(Trouble::Nonsense { .. })), "{told:?}");
    }

    #[tokio::test]
    async fn a_command_dropped_midway_ends_the_conversation() {
        let told = against(b"", false, async |wire: &mut Wire| {
            let _ = timeout(Duration::from_millis(20), noop(wire)).await;
            noop(wire).await
        })
        .await;
        assert_eq!(told, Err(Trouble::Lost { doing: Doing::Searching }));
    }

    #[tokio::test]
    async fn greetings_are_heard_and_judged() {
        let greet = async |wire: &mut Wire| wire.greeting().await;
        assert_eq!(against(b"* OK ready\r\n", false, greet).await, Ok(()));
        for odd in [&b"* PREAUTH come in\r\n"[..], b"HTTP/1.1 400 Bad Request\r\n", b"220 smtp\r\n"] {
            assert!(matches!(against(odd, false, greet).await, Err(Trouble::Nonsense { .. })));
        }
        assert!(matches!(against(b"* BYE full\r\n", false, greet).await, Err(Trouble::Ended { .. })));
    }

    #[tokio::test]
    async fn nothing_said_in_plain_is_taken_for_something_said_under_tls() {
        let told = against(b"c1 OK begin\r\n* CAPABILITY IMAP4rev1\r\n", false, async |wire: &mut Wire| {
            noop(wire).await.unwrap();
            let (ours, _) = duplex(1);
            std::mem::replace(wire, Wire::new(Box::new(ours), patience())).into_line().err()
        })
        .await;
        assert!(matches!(told, Some(Trouble::Nonsense { doing: Doing::Securing, .. })), "{told:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
        #[test]
        fn no_bytes_of_a_server_panic(
            pieces in prop::collection::vec(prop_oneof![
                prop::collection::vec(any::<u8>(), 0..40),
                prop::sample::select(vec![
                    &b"* "[..], b"\r\n", b"FETCH (", b"UID ", b"BODY[]<0> ", b"{5}\r\n", b"(", b")", b"NIL", b"\"",
                    b"* SEARCH ", b"1 ", b"4294967295", b"0", b"c1 OK ", b"c1 NO [", b"] ", b"+ [", b"* OK [UIDVALIDITY ",
                    b"INTERNALDATE \"31-Feb-2020 99:99:99 +9999\"", b"FLAGS (\\Seen $", b"* LIST () \"/\" ",
                    b"* OK [COPYUID 1 1:4294967295,* ", b"ENVELOPE (", b"BODYSTRUCTURE ((((((", b"RFC822.SIZE ",
                ]).prop_map(<[u8]>::to_vec),
            ], 0..30),
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(async {
                let words = pieces.concat();
                let _ = against(&words, true, noop).await;
                let _ = against(&words, true, async |wire: &mut Wire| wire.greeting().await).await;
            });
        }
    }
}
