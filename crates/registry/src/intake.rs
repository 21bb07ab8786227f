//! What came to the registry and is not registered: who decided so and why. Of the thing itself nothing is kept but the
//! digest of its bytes, so that it can be shown which thing was meant to whoever still has it.

use serde::{Deserialize, Serialize};

use crate::{
    command::{Caller, Context},
    fact::Fact,
    id::{Digest, ObjectId},
    line::{NAME, line},
    refusal::{Code, Refusal},
};

/// Most things that are dismissed at once.
pub const AT_ONCE: usize = 200;

/// Why something that came is not registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DismissalReason {
    /// Nobody asked for it.
    Spam,
    /// It is a person's own, and no business of the registry.
    Private,
    /// The paper is in the register already.
    Duplicate,
    /// It came to the wrong address, and was sent on.
    Misdirected,
    /// It is of no lasting value: an announcement, a receipt of delivery.
    Ephemeral,
    /// Another reason, which is given in words.
    Other,
}

impl DismissalReason {
    /// Every reason.
    pub const ALL: [DismissalReason; 6] = [
        DismissalReason::Spam,
        DismissalReason::Private,
        DismissalReason::Duplicate,
        DismissalReason::Misdirected,
        DismissalReason::Ephemeral,
        DismissalReason::Other,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            DismissalReason::Spam => "spam",
            DismissalReason::Private => "private",
            DismissalReason::Duplicate => "duplicate",
            DismissalReason::Misdirected => "misdirected",
            DismissalReason::Ephemeral => "ephemeral",
            DismissalReason::Other => "other",
        }
    }
    /// The reason with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// A thing of the in-tray, as a dismissal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Came {
    /// Its name in the tray.
    pub item: ObjectId,
    /// The digest of its bytes; none: it could not be fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// Decides that things of the in-tray are not registered.
pub(crate) fn dismiss(
    caller: &Caller,
    context: &Context<'_>,
    items: &[Came],
    reason: DismissalReason,
    words: Option<&str>,
) -> Result<Vec<Fact>, Refusal> {
    let registry = context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    if !caller.registers(registry.id) {
        return Err(Code::Forbidden.into());
    }
    if items.is_empty() {
        return Err(Refusal::on("items", Code::Required));
    }
    if items.len() > AT_ONCE {
        return Err(Refusal::on("items", Code::TooLong).with("limit", AT_ONCE));
    }
    let words = line("words", words.unwrap_or_default(), NAME)?;
    if reason == DismissalReason::Other && words.is_none() {
        return Err(Refusal::on("words", Code::Required));
    }
    Ok(items
        .iter()
        .map(|came| Fact::IntakeDismissed {
            item: came.item,
            digest: came.digest,
            reason,
            words: words.clone(),
        })
        .collect())
}
