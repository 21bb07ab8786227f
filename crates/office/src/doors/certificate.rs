//! Signing in with a smart card: a server before this one ends TLS, asks for the card's certificate, checks it and names it
//! in a header. Owns from whom such a header is believed, and whose a certificate is. It must not know HTTP.

use std::{collections::HashMap, net::IpAddr, path::Path, sync::Mutex};

use registry::{Code, PersonId, authorisation::Grant};
use serde::Deserialize;
use store::StoreError;

use super::read_secret;
use crate::{
    failure::Failure,
    office::Office,
    signin::{Session, SessionKind, Terms, Way},
};

/// The bytes of a name of a certificate that are looked at.
const LONGEST: usize = 500;
/// Most certificates that are kept in memory with whose they are.
const KEPT: usize = 10_000;

/// What an installation sets of the server before it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateSettings {
    header: String,
    #[serde(default)]
    proxies: Vec<IpAddr>,
    secret_header: Option<String>,
    secret_file: Option<String>,
}

/// The server before this one that has seen certificates.
#[derive(Debug)]
pub struct CertificateDoor {
    /// The header that names the certificate, in small letters.
    pub header: String,
    /// The header that proves where it comes from, in small letters.
    pub secret_header: Option<String>,
    proxies: Vec<IpAddr>,
    secret: Option<Secret>,
    /// Whose a certificate is, as of a state of the house.
    known: Mutex<HashMap<String, (u64, Option<PersonId>)>>,
}

struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

/// What came with a request, as far as it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// No certificate, or none from a place that is believed.
    None,
    /// A certificate, by its name.
    Named(String),
    /// The server before this one contradicts itself: nobody is believed.
    Twisted,
}

impl CertificateDoor {
    /// Opens it as it is set.
    pub(crate) fn open(set: CertificateSettings, folder: &Path) -> Result<Self, String> {
        let name = |name: &str| {
            let fits = !name.is_empty() && name.len() <= 100;
            let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if fits && plain {
                Ok(name.to_ascii_lowercase())
            } else {
                Err(format!("{name:?} names no header"))
            }
        };
        let header = name(&set.header)?;
        let secret_header = set.secret_header.as_deref().map(name).transpose()?;
        let secret = set.secret_file.map(|file| read_secret(&folder.join(file))).transpose()?;
        if secret_header.is_some() != secret.is_some() {
            return Err("secret_header and secret_file go together".to_owned());
        }
        if set.proxies.is_empty() && secret.is_none() {
            return Err("without proxies or a secret anybody could write the header".to_owned());
        }
        if secret.as_ref().is_some_and(|secret| secret.len() < 32) {
            return Err("the secret is shorter than 32 characters".to_owned());
        }
        Ok(Self {
            header,
            secret_header,
            proxies: set.proxies,
            secret: secret.map(Secret),
            known: Mutex::default(),
        })
    }

    /// What is believed of a request: who sent it, every value of the header, every value of the secret's header.
    pub fn card(&self, peer: Option<IpAddr>, values: &[&[u8]], secrets: &[&[u8]]) -> Card {
        if values.is_empty() {
            return Card::None;
        }
        let from_there =
            self.proxies.is_empty() || peer.is_some_and(|peer| self.proxies.contains(&peer.to_canonical()));
        let knows = match (&self.secret, secrets) {
            (None, _) => true,
            (Some(secret), [given]) => same(secret.0.as_bytes(), given),
            (Some(_), _) => false,
        };
        if !from_there || !knows {
            tracing::warn!(
                peer = peer.map(tracing::field::display),
                header = self.header,
                "a certificate was named by somebody who is not believed"
            );
            return Card::None;
        }
        let [value] = values else {
            tracing::warn!(header = self.header, "a request named more than one certificate");
            return Card::Twisted;
        };
        match std::str::from_utf8(value) {
            Ok(name) if name.len() <= LONGEST && !name.chars().any(char::is_control) => {
                // As the register folds what two officers typed.
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                if name.is_empty() { Card::None } else { Card::Named(name) }
            }
            _ => Card::Twisted,
        }
    }
}

/// Compared without telling by the time it takes how much of it is right.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

impl Office {
    /// The person whose a certificate is today; nobody where two hold it.
    async fn holder(&self, door: &CertificateDoor, name: &str) -> Result<Option<PersonId>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let house = self.house_in(&mut conn).await?;
        let kept = door.known.lock().ok().and_then(|known| known.get(name).copied());
        let person = match kept {
            Some((sequence, person)) if sequence == house.sequence => person,
            _ => {
                let grant = Grant::Certificate { certificate: name.to_owned() };
                let person = match store::house::holders_of(&mut conn, &grant).await?.as_slice() {
                    [one] => Some(*one),
                    _ => None,
                };
                if let Ok(mut known) = door.known.lock() {
                    if known.len() >= KEPT {
                        known.clear();
                    }
                    known.insert(name.to_owned(), (house.sequence, person));
                }
                person
            }
        };
        let Some(person) = person else { return Ok(None) };
        let known = self.known_in(&mut conn, &house, person).await?;
        Ok(known.filter(|k| !k.person.has_left(self.now().date(&house.zone))).map(|_| person))
    }

    /// Opens a session for the person of a card. It proves nothing anew: a card that was left in its reader answers by
    /// itself.
    pub async fn sign_in_by_card(&self, card: &Card) -> Result<String, Failure> {
        let door = self.doors().certificate.as_ref().ok_or(Code::NotFound)?;
        let Card::Named(name) = card else { return Err(Code::CertificateMissing.into()) };
        let Some(person) = self.holder(door, name).await? else {
            self.notice(Code::CertificateUnknown.as_str(), None, name).await?;
            return Err(Code::CertificateUnknown.into());
        };
        let terms = Terms { proven: None, ceiling: None, way: Way::Certificate };
        Ok(self.open_session(person, SessionKind::Browser, "", self.now(), terms).await?)
    }

    /// The session that a secret opens, for whoever shows this card: a session that a card opened asks for a card of its
    /// person at every request, and no session is that of another than the card's.
    pub async fn session_with(&self, secret: &str, card: &Card) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.session(secret).await? else { return Ok(None) };
        let Some(door) = self.doors().certificate.as_ref() else {
            return Ok((session.way != Way::Certificate).then_some(session));
        };
        if session.kind == SessionKind::Token {
            return Ok(Some(session));
        }
        let holder = match card {
            Card::Twisted => return Ok(None),
            Card::None => return Ok((session.way != Way::Certificate).then_some(session)),
            Card::Named(name) => self.holder(door, name).await?,
        };
        match holder {
            Some(person) if person == session.person => Ok(Some(session)),
            // A card of nobody here opens nothing and shuts nothing.
            None if session.way != Way::Certificate => Ok(Some(session)),
            Some(person) => {
                self.notice("certificate-other", Some(session.person), &person.to_string()).await?;
                Ok(None)
            }
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(proxies: &[&str], secret: Option<&str>) -> CertificateDoor {
        CertificateDoor {
            header: "x-card".into(),
            secret_header: secret.map(|_| "x-secret".into()),
            proxies: proxies.iter().map(|p| p.parse().unwrap()).collect(),
            secret: secret.map(|s| Secret(s.into())),
            known: Mutex::default(),
        }
    }

    #[test]
    fn only_the_server_before_this_one_is_believed() {
        let card = Card::Named("7 CN=Cards".into());
        let there = Some("10.0.0.1".parse().unwrap());
        let mapped = Some("::ffff:10.0.0.1".parse().unwrap());
        let by_address = door(&["10.0.0.1"], None);
        assert_eq!(by_address.card(there, &[b"7 CN=Cards"], &[]), card);
        assert_eq!(by_address.card(mapped, &[b" 7 CN=Cards "], &[]), card);
        assert_eq!(by_address.card(Some("10.0.0.2".parse().unwrap()), &[b"7 CN=Cards"], &[]), Card::None);
        assert_eq!(by_address.card(None, &[b"7 CN=Cards"], &[]), Card::None);
        assert_eq!(by_address.card(there, &[b"7 CN=Cards", b"8 CN=Cards"], &[]), Card::Twisted);
        assert_eq!(by_address.card(there, &[b"7\xff"], &[]), Card::Twisted);
        assert_eq!(by_address.card(there, &[b"7\tCN"], &[]), Card::Twisted);
        assert_eq!(by_address.card(there, &[&[b'a'; 501]], &[]), Card::Twisted);
        assert_eq!(by_address.card(there, &[b""], &[]), Card::None);
        assert_eq!(by_address.card(there, &[], &[]), Card::None);
        let both = door(&["10.0.0.1"], Some("right"));
        assert_eq!(both.card(there, &[b"7 CN=Cards"], &[b"right"]), card);
        for wrong in [&[][..], &[&b"wrong"[..]], &[b"righ"], &[b"right", b"right"]] {
            assert_eq!(both.card(there, &[b"7 CN=Cards"], wrong), Card::None);
        }
        assert_eq!(both.card(None, &[b"7 CN=Cards"], &[b"right"]), Card::None);
    }
}
