//! One conversation: questions out, answers in, bounded in size and time. Owns the bytes; must not know what a question is
//! for. Everything that comes in is hostile: no message is kept beyond [`FRAME`], nor all of them beyond the limit.

use std::time::Duration;

use bytes::BytesMut;
use ldap3_proto::LdapCodec;
use ldap3_proto::control::LdapControl;
use ldap3_proto::proto::{LdapMsg, LdapOp};
use secured::{Line, said};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;
use tokio_util::codec::{Decoder as _, Encoder as _};

use crate::{Doing, Limits, Trouble};

/// The bytes of one message at most: a group that names a hundred thousand members.
const FRAME: usize = 16 * 1024 * 1024;
/// How deep a message may be nested: an entry has six storeys.
const DEEP: usize = 16;

pub(crate) struct Wire {
    line: Box<dyn Line>,
    codec: LdapCodec,
    buffer: BytesMut,
    last: i32,
    left: u64,
    bytes: u64,
    answer: Duration,
}

impl Wire {
    pub(crate) fn new(line: Box<dyn Line>, limits: &Limits) -> Self {
        Self {
            line,
            codec: LdapCodec::new(Some(FRAME), Some(DEEP)),
            buffer: BytesMut::with_capacity(16 * 1024),
            last: 0,
            left: limits.bytes,
            bytes: limits.bytes,
            answer: limits.answer,
        }
    }

    /// One question that has one answer.
    pub(crate) async fn ask(
        &mut self,
        doing: Doing,
        op: LdapOp,
        ctrl: Vec<LdapControl>,
    ) -> Result<LdapMsg, Trouble> {
        self.say(doing, op, ctrl).await?;
        self.hear(doing).await
    }

    /// Sends a question.
    pub(crate) async fn say(
        &mut self,
        doing: Doing,
        op: LdapOp,
        ctrl: Vec<LdapControl>,
    ) -> Result<(), Trouble> {
        self.last = self.last.checked_add(1).ok_or(Trouble::Lost { doing })?;
        let mut bytes = BytesMut::new();
        let message = LdapMsg { msgid: self.last, op, ctrl };
        self.codec.encode(message, &mut bytes).map_err(|_| Trouble::Lost { doing })?;
        let sending = async {
            self.line.write_all(&bytes).await?;
            self.line.flush().await
        };
        match timeout(self.answer, sending).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Trouble::Lost { doing }),
            Err(_) => Err(self.silent(doing)),
        }
    }

    /// The next answer to what was said last. There is one question at a time.
    pub(crate) async fn hear(&mut self, doing: Doing) -> Result<LdapMsg, Trouble> {
        let answer = self.answer;
        let heard = timeout(answer, self.message(doing)).await.unwrap_or_else(|_| Err(self.silent(doing)))?;
        match heard {
            // The server says unasked that it hangs up (RFC 4511 section 4.4.1).
            LdapMsg { msgid: 0, op: LdapOp::ExtendedResponse(goodbye), .. } => {
                Err(Trouble::Refused { doing, said: said(&goodbye.res.message) })
            }
            heard if heard.msgid == self.last => Ok(heard),
            _ => Err(Trouble::Nonsense { doing, why: "it answers what was not asked" }),
        }
    }

    async fn message(&mut self, doing: Doing) -> Result<LdapMsg, Trouble> {
        let nonsense = |why| Trouble::Nonsense { doing, why };
        loop {
            if let Some(length) = announced(&self.buffer).map_err(nonsense)? {
                if length > FRAME {
                    return Err(nonsense("one answer is larger than any can be"));
                }
                // Looked at once it is there, not with each piece that comes.
                if self.buffer.len() >= length {
                    let message = self.codec.decode(&mut self.buffer);
                    let message = message.map_err(|_| nonsense("it is no message of LDAP"))?;
                    return message.ok_or(nonsense("it is no message of LDAP"));
                }
            }
            let read = self.line.read_buf(&mut self.buffer).await.map_err(|_| Trouble::Lost { doing })?;
            if read == 0 {
                return Err(Trouble::Lost { doing });
            }
            let read = u64::try_from(read).unwrap_or(u64::MAX);
            self.left = self.left.checked_sub(read).ok_or(Trouble::TooMuch {
                what: "bytes",
                limit: usize::try_from(self.bytes).unwrap_or(usize::MAX),
            })?;
        }
    }

    fn silent(&self, doing: Doing) -> Trouble {
        Trouble::Silent { doing, seconds: self.answer.as_secs() }
    }

    /// The connection itself, to be secured. What came before that and was not asked for does not count as secured.
    pub(crate) fn into_line(self) -> Result<Box<dyn Line>, Trouble> {
        if self.buffer.is_empty() {
            Ok(self.line)
        } else {
            Err(Trouble::Nonsense { doing: Doing::Securing, why: "it says more in plain than it was asked" })
        }
    }
}

/// How many bytes the message has that begins here; none while that has not come yet.
fn announced(bytes: &[u8]) -> Result<Option<usize>, &'static str> {
    let not_ldap = "it is no message of LDAP";
    match bytes.first() {
        None => return Ok(None),
        Some(0x30) => {}
        Some(_) => return Err(not_ldap),
    }
    let Some(&first) = bytes.get(1) else { return Ok(None) };
    if first < 0x80 {
        return Ok(Some(2 + usize::from(first)));
    }
    let count = usize::from(first & 0x7f);
    if !(1..=4).contains(&count) {
        return Err(not_ldap);
    }
    let Some(digits) = bytes.get(2..2 + count) else { return Ok(None) };
    let length = digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
    Ok(Some(length.saturating_add(2 + count)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3_proto::proto::{LdapPartialAttribute, LdapSearchResultEntry};
    use proptest::prelude::*;

    #[test]
    fn the_length_of_a_message_is_known_before_it_is_there() {
        assert_eq!(announced(&[]), Ok(None));
        assert_eq!(announced(&[0x30]), Ok(None));
        assert_eq!(announced(&[0x30, 5, 1]), Ok(Some(7)));
        assert_eq!(announced(&[0x30, 0x82, 1]), Ok(None));
        assert_eq!(announced(&[0x30, 0x82, 1, 0]), Ok(Some(260)));
        assert_eq!(announced(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Ok(Some(0xffff_ffff + 6)));
        assert!(announced(b"HTTP").is_err());
        assert!(announced(&[0x30, 0x80]).is_err());
        assert!(announced(&[0x30, 0x88]).is_err());
    }

    /// What is made of bytes that come from a server, in answer to one question.
    fn heard(bytes: &[u8]) -> Result<LdapMsg, Trouble> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (here, mut there) = tokio::io::duplex(1 << 20);
            let mut wire = Wire::new(Box::new(here), &Limits::default());
            wire.say(Doing::People, LdapOp::UnbindRequest, Vec::new()).await.unwrap();
            there.write_all(bytes).await.unwrap();
            there.shutdown().await.unwrap();
            wire.hear(Doing::People).await
        })
    }

    fn answer() -> Vec<u8> {
        let attribute = |atype: &str, value: &[u8]| LdapPartialAttribute {
            atype: atype.into(),
            vals: vec![value.to_vec(), b"second".to_vec()],
        };
        let attributes = vec![attribute("uid", b"ada"), attribute("cn", "Ada \u{e9}".as_bytes())];
        let entry = LdapSearchResultEntry { dn: "uid=ada,dc=hq".into(), attributes };
        let cookie = LdapControl::SimplePagedResults { size: 0, cookie: vec![1, 2, 3] };
        let message = LdapMsg::new_with_ctrls(1, LdapOp::SearchResultEntry(entry), vec![cookie]);
        let mut bytes = BytesMut::new();
        LdapCodec::default().encode(message, &mut bytes).unwrap();
        bytes.to_vec()
    }

    #[test]
    fn an_answer_comes_over_whole() {
        let LdapOp::SearchResultEntry(entry) = heard(&answer()).unwrap().op else { panic!() };
        assert_eq!(entry.attributes.len(), 2);
        assert!(matches!(heard(&[0x30, 0x84, 0x7f, 0, 0, 0]), Err(Trouble::Nonsense { .. })));
        assert!(matches!(heard(b"HTTP/1.1 400"), Err(Trouble::Nonsense { .. })));
        assert_eq!(heard(&answer()[..20]), Err(Trouble::Lost { doing: Doing::People }));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much_for_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = heard(&bytes);
            let framed: Vec<u8> = [0x30, u8::try_from(bytes.len().min(127)).unwrap()].into_iter().chain(bytes).collect();
            let _ = heard(&framed);
        }

        #[test]
        fn an_answer_that_was_bent_ends_in_words(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
            let mut bytes = answer();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = heard(&bytes);
        }
    }
}
