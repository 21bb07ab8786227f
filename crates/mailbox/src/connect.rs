//! From the account to a conversation that is secured as it asks, and greeted; STARTTLS as IMAP speaks it. Nothing of ours is
//! said before it is known who listens.

use imap_codec::imap_types::command::CommandBody;
use secured::{Line, Reached};

use crate::wire::Wire;
use crate::{Account, Doing, Limits, Trouble};

/// Connects as the account asks, up to and including the greeting.
pub(crate) async fn connect(account: &Account, limits: &Limits) -> Result<Wire, Trouble> {
    match account.line(limits.connect).reach().await? {
        Reached::Ready(line) => greeted(line, limits).await,
        Reached::ToBeSecured(line, trust) => {
            let line = start_tls(account, greeted(line, limits).await?).await?;
            // A server greets once.
            Ok(Wire::new(trust.secure(line).await?, limits.answer))
        }
    }
}

async fn greeted(line: Box<dyn Line>, limits: &Limits) -> Result<Wire, Trouble> {
    let mut wire = Wire::new(line, limits.answer);
    wire.greeting().await?;
    Ok(wire)
}

/// Asked for without looking at what is offered: an offer in plain proves nothing, and neither does its lack.
async fn start_tls(account: &Account, mut wire: Wire) -> Result<Box<dyn Line>, Trouble> {
    let verdict = wire.command(Doing::Securing, CommandBody::StartTLS, &mut |_| Ok(())).await?;
    verdict.done(Doing::Securing).map_err(|refused| Trouble::NotSecured {
        server: account.server(),
        why: match refused {
            Trouble::Refused { said, .. } => format!("it refuses STARTTLS ({said})"),
            other => other.to_string(),
        },
    })?;
    wire.into_line()
}
