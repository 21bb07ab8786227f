//! Identifiers: sixteen bytes each, one type for each kind of thing, so that one can't be taken for another.
//!
//! New ones are not drawn at random but derived: the first sixteen bytes of HMAC-SHA-256 under the registry's
//! key over (registry, actor, command id, n). The same command thus names the same things however often it
//! runs, two actors can't collide, and an identifier tells nothing about what else is registered.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The sixteen bytes.
            pub const fn bytes(&self) -> &[u8; 16] { &self.0 }
            /// From sixteen bytes.
            pub const fn new(bytes: [u8; 16]) -> Self { Self(bytes) }
        }
        impl From<[u8; 16]> for $name { fn from(bytes: [u8; 16]) -> Self { Self(bytes) } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&hex(&self.0)) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> { unhex::<16>(text).map(Self).ok_or(NotAnId) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(d)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )* };
}

ids! {
    /// A registry: the unit that has a ledger, a number series and a key of its own.
    RegistryId,
    /// A person of the house.
    PersonId,
    /// A body that keeps registries: a headquarters, an agency.
    BodyId,
    /// A need-to-know group.
    GroupId,
    /// An authority to reproduce.
    ReproductionId,
    /// A document: the register entry, whatever versions it has.
    DocumentId,
    /// One version of a document.
    VersionId,
    /// One sealed object in the vault.
    ObjectId,
    /// A clearance, briefing, role or membership of a person, from proposal to revocation.
    AuthorisationId,
    /// A number that is kept for a paper being written.
    ReservationId,
    /// A file of a file plan, or a dossier.
    FileId,
    /// A numbered copy of a document.
    CopyId,
    /// What holds copies: a safe, a cabinet, a box.
    ContainerId,
    /// Copies that go off together to one addressee, with one receipt.
    DispatchId,
    /// A certificate of destruction.
    CertificateId,
    /// Something that went wrong with copies, until it is closed.
    IncidentId,
    /// A muster of copies.
    MusterId,
    /// An item of one of a registry's other books: a package, an approval, a safe.
    BookItemId,
    /// A unit of the house.
    UnitId,
    /// A post of a unit.
    PostId,
    /// A person in a post.
    TenureId,
    /// Somebody who stands in.
    StandInId,
    /// A leave.
    LeaveId,
    /// A contact outside.
    ContactId,
    /// A distribution list.
    ListId,
    /// A case of a procedure.
    CaseId,
    /// A task of a case.
    TaskId,
    /// A row of the table of comments of a case.
    CommentId,
    /// A command, as its sender named it.
    CommandId,
}

/// The ledger of the house itself: people, policies, registries.
pub const HOUSE: RegistryId = RegistryId::new(*b"chancery-house--");

/// The ledger of cases: what runs through the procedures of the house.
pub const CASES: RegistryId = RegistryId::new(*b"chancery-cases--");

/// A text that is not thirty-two hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of thirty-two hexadecimal digits")]
pub struct NotAnId;

/// Derives identifiers under a registry's key.
pub struct IdSource {
    mac: Hmac<Sha256>,
}

impl IdSource {
    /// For one registry's key (32 bytes, never shown).
    pub fn new(key: &[u8; 32]) -> Self {
        // HMAC fills a short key up with zeros to its block of 64 bytes.
        let mut block = [0_u8; 64];
        block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        let mac = Hmac::<Sha256>::new(&block.into());
        Self { mac }
    }

    /// The sixteen bytes that name the `n`th new thing of a command.
    pub fn derive(&self, registry: RegistryId, actor: PersonId, command: CommandId, n: u32) -> [u8; 16] {
        let mut mac = self.mac.clone();
        mac.update(registry.bytes());
        mac.update(actor.bytes());
        mac.update(command.bytes());
        mac.update(&n.to_be_bytes());
        let full = mac.finalize().into_bytes();
        let mut id = [0; 16];
        id.iter_mut().zip(full.iter()).for_each(|(to, from)| *to = *from);
        id
    }
}

impl fmt::Debug for IdSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdSource(key withheld)")
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| DIGITS.get(usize::from(n)).map_or('0', |d| char::from(*d));
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// Reads exactly `N` bytes of hexadecimal.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut out = [0; N];
    for (to, pair) in out.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *to = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(out)
}

/// A SHA-256 digest, written as hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(Sha256::digest(bytes).into())
    }
}
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        unhex::<32>(&text).map(Self).ok_or_else(|| de::Error::custom("not a digest of 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_reads_back_what_it_wrote() {
        let id = DocumentId::new([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("zz".parse::<DocumentId>(), Err(NotAnId));
        assert_eq!("+f".repeat(16).parse::<DocumentId>(), Err(NotAnId));
    }

    #[test]
    fn identifiers_repeat_for_the_same_command_and_differ_for_another_actor() {
        let source = IdSource::new(&[7; 32]);
        let (r, a, b, c) = (
            RegistryId::new([1; 16]),
            PersonId::new([2; 16]),
            PersonId::new([3; 16]),
            CommandId::new([4; 16]),
        );
        assert_eq!(source.derive(r, a, c, 0), source.derive(r, a, c, 0));
        assert_ne!(source.derive(r, a, c, 0), source.derive(r, b, c, 0));
        assert_ne!(source.derive(r, a, c, 0), source.derive(r, a, c, 1));
    }
}
