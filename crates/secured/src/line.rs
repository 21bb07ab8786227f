//! From a name to a line that is secured as it is set. Owns whom we take the server for.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, Error, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::{Security, Trouble, Trusted};

/// What a conversation runs over: a plain or a TLS connection.
pub trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

/// A server, as it is set.
#[derive(Clone, Copy, Debug)]
pub struct Server<'a> {
    /// Its name or address.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: &'a Security,
    /// Time for finding the server, and again for agreeing on TLS.
    pub connect: Duration,
}

/// How far a line came.
pub enum Reached {
    /// As far as is set: secured, or plain to this machine itself.
    Ready(Box<dyn Line>),
    /// The server is to be asked for TLS first, in plain; then the line is secured with this trust.
    ToBeSecured(Box<dyn Line>, Trust),
}

/// The authorities that are trusted for a server, and the name that its certificate must bear.
pub struct Trust {
    server: String,
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    connect: Duration,
}

impl Server<'_> {
    /// As it is named in messages: `host:port`.
    #[must_use]
    pub fn named(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Connects as it is set, up to where something is said.
    ///
    /// # Errors
    /// What keeps it from being reached, or from being known for the one that is meant.
    pub async fn reach(&self) -> Result<Reached, Trouble> {
        // What is wrong with our own files is told before anybody is called.
        let trust = match self.security {
            Security::Tls(trusted) | Security::StartTls(trusted) => Some(Trust::new(self, trusted)?),
            Security::PlainLoopback => None,
        };
        let line = timeout(self.connect, self.tcp()).await.unwrap_or_else(|_| {
            Err(Trouble::Unreachable {
                server: self.named(),
                why: format!("nothing came back within {} seconds", self.connect.as_secs()),
            })
        })?;
        match (self.security, trust) {
            (Security::Tls(_), Some(trust)) => Ok(Reached::Ready(trust.secure(Box::new(line)).await?)),
            (Security::StartTls(_), Some(trust)) => Ok(Reached::ToBeSecured(Box::new(line), trust)),
            _ => Ok(Reached::Ready(Box::new(line))),
        }
    }

    async fn tcp(&self) -> Result<TcpStream, Trouble> {
        let unreachable = |why: String| Trouble::Unreachable { server: self.named(), why };
        let addresses: Vec<_> = lookup_host((self.host, self.port))
            .await
            .map_err(|error| unreachable(format!("its name is not known ({error})")))?
            .collect();
        if *self.security == Security::PlainLoopback
            && !addresses.iter().all(|address| address.ip().is_loopback())
        {
            return Err(Trouble::PlainRefused { server: self.named() });
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
}

impl Trust {
    fn new(server: &Server<'_>, trusted: &Trusted) -> Result<Self, Trouble> {
        let file = trusted.authorities.display().to_string();
        let unusable = |why: String| Trouble::Authorities { file: file.clone(), why };
        let not_secured = |why: String| Trouble::NotSecured { server: server.named(), why };
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
            .map_err(|error| not_secured(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = trusted.name.as_deref().unwrap_or(server.host).to_owned();
        let name = ServerName::try_from(name.clone())
            .map_err(|_| not_secured(format!("“{name}” is no name that a certificate can bear")))?;
        Ok(Self { server: server.named(), config: Arc::new(config), name, connect: server.connect })
    }

    /// Agrees on TLS over a line.
    ///
    /// # Errors
    /// Why the server is not taken for the one that is meant, or why there is no TLS with it.
    pub async fn secure(&self, line: Box<dyn Line>) -> Result<Box<dyn Line>, Trouble> {
        let connector = TlsConnector::from(Arc::clone(&self.config));
        match timeout(self.connect, connector.connect(self.name.clone(), line)).await {
            Ok(Ok(line)) => Ok(Box::new(line)),
            Ok(Err(error)) => Err(self.why_not(&error)),
            Err(_) => Err(Trouble::Silent { seconds: self.connect.as_secs() }),
        }
    }

    fn why_not(&self, error: &std::io::Error) -> Trouble {
        let server = self.server.clone();
        let not_secured = |why: String| Trouble::NotSecured { server: self.server.clone(), why };
        let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
        match tls {
            Some(Error::InvalidCertificate(reason)) => Trouble::NotTrusted { server, why: fault(reason) },
            Some(Error::InvalidMessage(_)) => not_secured("what answers there does not speak TLS".into()),
            Some(other) => not_secured(other.to_string()),
            None => Trouble::Lost,
        }
    }
}

/// What is wrong with a certificate, in words.
fn fault(reason: &CertificateError) -> String {
    match reason {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "none of the trusted authorities signed it".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet".to_owned()
        }
        CertificateError::Revoked => "it was revoked".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it was made for another name".to_owned()
        }
        other => other.to_string(),
    }
}
