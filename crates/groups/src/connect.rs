//! From the settings to a conversation that is secured as they ask; StartTLS as LDAP speaks it. Nothing of ours is said before
//! it is known who listens.

use ldap3_proto::proto::{LdapExtendedRequest, LdapOp, LdapResultCode};
use secured::{Line, Reached, said};

use crate::wire::Wire;
use crate::{Doing, Limits, Server, Trouble};

/// The name of StartTLS (RFC 4511 section 4.14.1).
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

/// Connects as it is set, up to where one may sign in.
pub(crate) async fn connect(server: &Server, limits: &Limits) -> Result<Wire, Trouble> {
    match server.line(limits.connect).reach().await? {
        Reached::Ready(line) => Ok(Wire::new(line, limits)),
        Reached::ToBeSecured(line, trust) => {
            let line = start_tls(server, Wire::new(line, limits)).await?;
            Ok(Wire::new(trust.secure(line).await?, limits))
        }
    }
}

async fn start_tls(server: &Server, mut wire: Wire) -> Result<Box<dyn Line>, Trouble> {
    let asked = LdapOp::ExtendedRequest(LdapExtendedRequest { name: START_TLS.into(), value: None });
    let answer = wire.ask(Doing::Securing, asked, Vec::new()).await?;
    let LdapOp::ExtendedResponse(answer) = answer.op else {
        return Err(Trouble::Nonsense { doing: Doing::Securing, why: "it answers something else" });
    };
    if answer.res.code != LdapResultCode::Success {
        let why = format!("it refuses StartTLS ({})", said(&answer.res.message));
        return Err(Trouble::NotSecured { server: server.named(), why });
    }
    wire.into_line()
}
