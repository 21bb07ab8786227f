//! From a name to a conversation that is secured as the account asks: address, TCP, TLS, greeting, STARTTLS. Owns whom we
//! take the server for; nothing of ours is said before that is known.

use std::sync::Arc;

use imap_codec::imap_types::command::CommandBody;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, Error, RootCertStore};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::account::Trusted;
use crate::wire::{Line, Wire};
use crate::{Account, Doing, Limits, Security, Trouble};

/// Connects as the account asks, up to and including the greeting.
pub(crate) async fn connect(account: &Account, limits: &Limits) -> Result<Wire, Trouble> {
    // What is wrong with our own files is told before anybody is called.
    let trust = match &account.security {
        Security::Tls(trusted) | Security::StartTls(trusted) => Some(Trust::new(account, trusted)?),
        Security::PlainLoopback => None,
    };
    let line = timeout(limits.connect, tcp(account)).await.unwrap_or_else(|_| {
        Err(Trouble::Unreachable {
            server: account.server(),
            why: format!("nothing came back within {} seconds", limits.connect.as_secs()),
        })
    })?;
    match (&account.security, trust) {
        (Security::Tls(_), Some(trust)) => {
            let line = secure(account, limits, &trust, Box::new(line)).await?;
            let mut wire = Wire::new(line, limits.answer);
            wire.greeting().await?;
            Ok(wire)
        }
        (Security::StartTls(_), Some(trust)) => {
            let mut wire = Wire::new(Box::new(line), limits.answer);
            wire.greeting().await?;
            // Asked for without looking at what is offered: an offer in plain proves nothing, and neither does its lack.
            let verdict = wire.command(Doing::Securing, CommandBody::StartTLS, &mut |_| Ok(())).await?;
            verdict.done(Doing::Securing).map_err(|refused| Trouble::NotSecured {
                server: account.server(),
                why: match refused {
                    Trouble::Refused { said, .. } => format!("it refuses STARTTLS ({said})"),
                    other => other.to_string(),
                },
            })?;
            let line = secure(account, limits, &trust, wire.into_line()?).await?;
            Ok(Wire::new(line, limits.answer))
        }
        _ => {
            let mut wire = Wire::new(Box::new(line), limits.answer);
            wire.greeting().await?;
            Ok(wire)
        }
    }
}

async fn tcp(account: &Account) -> Result<TcpStream, Trouble> {
    let unreachable = |why: String| Trouble::Unreachable { server: account.server(), why };
    let addresses: Vec<_> = lookup_host((account.host.as_str(), account.port))
        .await
        .map_err(|error| unreachable(format!("its name is not known ({error})")))?
        .collect();
    if account.security == Security::PlainLoopback
        && !addresses.iter().all(|address| address.ip().is_loopback())
    {
        return Err(Trouble::PlainRefused { server: account.server() });
    }
    let mut why = String::from("its name has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(line) => {
                // Short commands and their answers take turns; waiting to fill a packet only costs time.
                let _ = line.set_nodelay(true);
                return Ok(line);
            }
            Err(error) => why = error.to_string(),
        }
    }
    Err(unreachable(why))
}

struct Trust {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl Trust {
    fn new(account: &Account, trusted: &Trusted) -> Result<Self, Trouble> {
        let file = trusted.authorities.display().to_string();
        let unusable = |why: String| Trouble::Authorities { file: file.clone(), why };
        let mut roots = RootCertStore::empty();
        let found = CertificateDer::pem_file_iter(&trusted.authorities)
            .map_err(|error| unusable(error.to_string()))?;
        for certificate in found {
            let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(unusable("there is no certificate in it".into()));
        }
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| not_secured(account, error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = trusted.name.as_deref().unwrap_or(&account.host).to_owned();
        let name = ServerName::try_from(name.clone())
            .map_err(|_| not_secured(account, format!("“{name}” is no name that a certificate can bear")))?;
        Ok(Self { config: Arc::new(config), name })
    }
}

async fn secure(
    account: &Account,
    limits: &Limits,
    trust: &Trust,
    line: Box<dyn Line>,
) -> Result<Box<dyn Line>, Trouble> {
    let connector = TlsConnector::from(Arc::clone(&trust.config));
    match timeout(limits.connect, connector.connect(trust.name.clone(), line)).await {
        Ok(Ok(line)) => Ok(Box::new(line)),
        Ok(Err(error)) => Err(why_not(account, &error)),
        Err(_) => Err(Trouble::Silent { doing: Doing::Securing, seconds: limits.connect.as_secs() }),
    }
}

fn not_secured(account: &Account, why: String) -> Trouble {
    Trouble::NotSecured { server: account.server(), why }
}

fn why_not(account: &Account, error: &std::io::Error) -> Trouble {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(reason)) => {
            let why = match reason {
                CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                    "none of the trusted authorities signed it".to_owned()
                }
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                    "it has expired".to_owned()
                }
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                    "it is not valid yet".to_owned()
                }
                CertificateError::Revoked => "it was revoked".to_owned(),
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    "it was made for another name".to_owned()
                }
                other => other.to_string(),
            };
            Trouble::NotTrusted { server: account.server(), why }
        }
        Some(Error::InvalidMessage(_)) => {
            not_secured(account, "what answers there does not speak TLS".into())
        }
        Some(other) => not_secured(account, other.to_string()),
        None => Trouble::Lost { doing: Doing::Securing },
    }
}
