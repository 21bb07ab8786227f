//! From a name to a conversation that is secured as it is set: address, TCP, TLS, StartTLS. Owns whom we take the server for;
//! nothing of ours is said before that is known.

use std::sync::Arc;

use ldap3_proto::proto::{LdapExtendedRequest, LdapOp, LdapResultCode};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, Error, RootCertStore};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::trouble::said;
use crate::wire::{Line, Wire};
use crate::{Doing, Limits, Security, Server, Trouble, Trusted};

/// The name of StartTLS (RFC 4511 section 4.14.1).
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

/// Connects as it is set, up to where one may sign in.
pub(crate) async fn connect(server: &Server, limits: &Limits) -> Result<Wire, Trouble> {
    // What is wrong with our own files is told before anybody is called.
    let trust = match &server.security {
        Security::Tls(trusted) | Security::StartTls(trusted) => Some(Trust::new(server, trusted)?),
        Security::PlainLoopback => None,
    };
    let line = timeout(limits.connect, tcp(server)).await.unwrap_or_else(|_| {
        Err(Trouble::Unreachable {
            server: server.named(),
            why: format!("nothing came back within {} seconds", limits.connect.as_secs()),
        })
    })?;
    match (&server.security, trust) {
        (Security::Tls(_), Some(trust)) => {
            Ok(Wire::new(secure(server, limits, &trust, Box::new(line)).await?, limits))
        }
        (Security::StartTls(_), Some(trust)) => {
            let line = start_tls(server, Wire::new(Box::new(line), limits)).await?;
            Ok(Wire::new(secure(server, limits, &trust, line).await?, limits))
        }
        _ => Ok(Wire::new(Box::new(line), limits)),
    }
}

async fn start_tls(server: &Server, mut wire: Wire) -> Result<Box<dyn Line>, Trouble> {
    let asked = LdapOp::ExtendedRequest(LdapExtendedRequest { name: START_TLS.into(), value: None });
    let answer = wire.ask(Doing::Securing, asked, Vec::new()).await?;
    let LdapOp::ExtendedResponse(answer) = answer.op else {
        return Err(Trouble::Nonsense { doing: Doing::Securing, why: "it answers something else" });
    };
    if answer.res.code != LdapResultCode::Success {
        return Err(not_secured(server, format!("it refuses StartTLS ({})", said(&answer.res.message))));
    }
    wire.into_line()
}

async fn tcp(server: &Server) -> Result<TcpStream, Trouble> {
    let unreachable = |why: String| Trouble::Unreachable { server: server.named(), why };
    let addresses: Vec<_> = lookup_host((server.host.as_str(), server.port))
        .await
        .map_err(|error| unreachable(format!("its name is not known ({error})")))?
        .collect();
    if server.security == Security::PlainLoopback
        && !addresses.iter().all(|address| address.ip().is_loopback())
    {
        return Err(Trouble::PlainRefused { server: server.named() });
    }
    let mut why = String::from("its name has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(line) => {
                // Short questions and their answers take turns; waiting to fill a packet only costs time.
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
    fn new(server: &Server, trusted: &Trusted) -> Result<Self, Trouble> {
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
            .map_err(|error| not_secured(server, error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = trusted.name.as_deref().unwrap_or(&server.host).to_owned();
        let name = ServerName::try_from(name.clone())
            .map_err(|_| not_secured(server, format!("“{name}” is no name that a certificate can bear")))?;
        Ok(Self { config: Arc::new(config), name })
    }
}

async fn secure(
    server: &Server,
    limits: &Limits,
    trust: &Trust,
    line: Box<dyn Line>,
) -> Result<Box<dyn Line>, Trouble> {
    let connector = TlsConnector::from(Arc::clone(&trust.config));
    match timeout(limits.connect, connector.connect(trust.name.clone(), line)).await {
        Ok(Ok(line)) => Ok(Box::new(line)),
        Ok(Err(error)) => Err(why_not(server, &error)),
        Err(_) => Err(Trouble::Silent { doing: Doing::Securing, seconds: limits.connect.as_secs() }),
    }
}

fn not_secured(server: &Server, why: String) -> Trouble {
    Trouble::NotSecured { server: server.named(), why }
}

fn why_not(server: &Server, error: &std::io::Error) -> Trouble {
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
            Trouble::NotTrusted { server: server.named(), why }
        }
        Some(Error::InvalidMessage(_)) => not_secured(server, "what answers there does not speak TLS".into()),
        Some(other) => not_secured(server, other.to_string()),
        None => Trouble::Lost { doing: Doing::Securing },
    }
}
