//! Deciding where documents are filed: into one file or more, at registration or later, and out again with a reason.

use serde::{Deserialize, Serialize};

use super::{
    AT_ONCE, Chain, DocumentState, FILES, FilingNeeds,
    decide::{keeps, sees},
};
use crate::{
    access::Sight,
    command::{Caller, Context},
    fact::Fact,
    id::{DocumentId, FileId},
    line::required,
    refusal::{Code, Refusal},
};

/// Longest reason (characters).
const REASON: usize = 1_000;

/// What came of filing: each document that was asked for is in one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filed {
    /// Those that are filed now.
    pub documents: Vec<DocumentId>,
    /// Those that were refused.
    pub refused: Vec<NotFiled>,
}

/// A document that was not filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFiled {
    /// Which.
    pub document: DocumentId,
    /// The code of the refusal.
    pub code: String,
}

/// A file that a caller sees and that takes documents: its open volume.
fn takes(caller: &Caller, context: &Context<'_>, field: &'static str, chain: &Chain) -> Result<u32, Refusal> {
    let first = chain.first().filter(|_| chain.iter().all(|state| sees(caller, context, &state.file)));
    let state = first.ok_or(Refusal::on(field, Code::NotFound))?;
    if state.closed_on.is_some() {
        return Err(Refusal::on(field, Code::FileClosed).with("code", &state.file.code));
    }
    state.open_volume.ok_or_else(|| Refusal::on(field, Code::NoOpenVolume).with("code", &state.file.code))
}

/// The entries that file a document which is being registered.
pub fn in_files(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    files: &[(FileId, Chain)],
) -> Result<Vec<Fact>, Refusal> {
    if files.len() > FILES {
        return Err(Refusal::on("files", Code::TooLong).with("limit", FILES));
    }
    let mut facts = Vec::new();
    for (n, (file, chain)) in files.iter().enumerate() {
        let volume = takes(caller, context, "files", chain)?;
        if files.iter().take(n).all(|(before, _)| before != file) {
            facts.push(Fact::DocumentsFiled { file: *file, volume, documents: vec![document] });
        }
    }
    Ok(facts)
}

fn sight(caller: &Caller, context: &Context<'_>, state: &DocumentState) -> Sight {
    state.access.as_ref().map_or(Sight::default(), |rule| {
        caller.viewer.sight(rule, context.registry, context.house, context.today)
    })
}

/// Decides the filing of documents. What is refused of one document keeps no other from being filed; a single one that
/// is refused refuses the whole.
///
/// Who handles a document and may not read it files it without being told where it is: for him it is never filed
/// already.
pub fn file_documents(
    caller: &Caller,
    context: &Context<'_>,
    needs: &FilingNeeds,
) -> Result<(Vec<Fact>, Filed), Refusal> {
    keeps(caller, context)?;
    if needs.files.is_empty() {
        return Err(Refusal::on("file", Code::Required));
    }
    if needs.files.len() > FILES {
        return Err(Refusal::on("file", Code::TooLong).with("limit", FILES));
    }
    if needs.documents.is_empty() {
        return Err(Refusal::on("documents", Code::Required));
    }
    if needs.documents.len() > AT_ONCE {
        return Err(Refusal::on("documents", Code::TooLong).with("limit", AT_ONCE));
    }
    let mut files: Vec<(FileId, u32, Vec<DocumentId>)> = Vec::new();
    for (file, chain) in &needs.files {
        let volume = takes(caller, context, "file", chain)?;
        if files.iter().all(|(before, ..)| before != file) {
            files.push((*file, volume, Vec::new()));
        }
    }
    let mut filed = Filed::default();
    for (n, state) in needs.documents.iter().enumerate() {
        if needs.documents.iter().take(n).any(|before| before.document == state.document) {
            continue;
        }
        let sight = sight(caller, context, state);
        if sight == Sight::default() {
            refuse(&mut filed, state.document, Code::NotFound);
            continue;
        }
        let mut missing = 0;
        for (file, _, documents) in &mut files {
            if !(sight.read && state.files.contains(file)) {
                documents.push(state.document);
                missing += 1;
            }
        }
        if missing == 0 {
            refuse(&mut filed, state.document, Code::AlreadyFiled);
        } else {
            filed.documents.push(state.document);
        }
    }
    if let ([], [only]) = (filed.documents.as_slice(), filed.refused.as_slice()) {
        let known = [Code::NotFound, Code::AlreadyFiled].into_iter().find(|code| code.as_str() == only.code);
        return Err(Refusal::on("documents", known.unwrap_or(Code::Conflict)));
    }
    let facts = files.into_iter().filter(|(.., documents)| !documents.is_empty());
    let facts = facts.map(|(file, volume, documents)| Fact::DocumentsFiled { file, volume, documents });
    Ok((facts.collect(), filed))
}

fn refuse(filed: &mut Filed, document: DocumentId, code: Code) {
    filed.refused.push(NotFiled { document, code: code.as_str().to_owned() });
}

/// Decides that a document is taken out of a file. It takes one who may read it: others are not told where it is.
pub fn take_out(
    caller: &Caller,
    context: &Context<'_>,
    reason: &str,
    needs: &FilingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    keeps(caller, context)?;
    let state = needs.documents.first().ok_or(Code::NotFound)?;
    let sight = sight(caller, context, state);
    if sight == Sight::default() {
        return Err(Code::NotFound.into());
    }
    if !sight.read {
        return Err(Code::Forbidden.into());
    }
    let (file, chain) = needs.files.first().ok_or(Refusal::on("file", Code::Required))?;
    let seen = !chain.is_empty() && chain.iter().all(|state| sees(caller, context, &state.file));
    if !seen {
        return Err(Refusal::on("file", Code::NotFound));
    }
    if !state.files.contains(file) {
        return Err(Refusal::on("file", Code::NotFiled));
    }
    let reason = required("reason", reason, REASON)?;
    Ok(vec![Fact::DocumentTakenOut { file: *file, document: state.document, reason }])
}
