//! Leaks planted on purpose, so that the proof of non-interference is seen to find them. Owns the switch and nothing
//! else: each leak is one line in the real path of what it betrays.
//!
//! The switch exists under the feature `planted-leaks` alone, which only the tests of the binary ask for; in every
//! other build [`leaks`] is a constant `false` and what it guards is not compiled into anything.

/// What may be betrayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Leak {
    /// A document that is not for the caller is refused in other words than one that is not there.
    ErrorText = 1,
    /// The place in a list names the entry's sequence in the ledger.
    Id,
    /// The entity tag changes with every row of the register.
    Tag,
    /// The number of entries counts all of them.
    ListCount,
    /// The number of hits counts all of them.
    SearchTotal,
    /// Facets count all that matches.
    Facet,
    /// The weight of a word is taken from the whole index.
    Rank,
    /// Where an excerpt begins depends on how full the register is.
    Snippet,
    /// An export ends with rows in proportion to all of them.
    CsvRows,
    /// The length of a file that is given out counts every row of the register.
    Length,
    /// A header of every answer counts every row of the register.
    Header,
    /// The description of the interface counts every row of the register.
    Description,
    /// Whether an unchanged answer is sent again depends on how full the register is.
    NotModified,
    /// A paper that one does not see is a place in the list from which one may go on.
    Place,
    /// What one does not see counts towards the bound on the bearers of a reference.
    Bound,
    /// A reference leads to its document, seen or not.
    Redirect,
    /// A registry that shows one nothing is refused in other words than one that is not there.
    PostRefusal,
    /// The continuity report tells of numbers on papers that one does not see.
    Numbers,
    /// Content is known again whoever may see where it was registered.
    Duplicate,
    /// A file is shown whoever may see it.
    File,
    /// The number of documents in a file counts all of them.
    FileCount,
    /// The number of copies in a list counts all of them.
    CopyCount,
    /// A copy is found under its name whoever may see its paper: in the list there is a gap where a word was refused.
    CopyName,
    /// How many copies are in each state counts all of them.
    Standings,
    /// The number of receipts counts those of copies that one does not see.
    Receipts,
    /// A muster is shown, with its sums, to whoever does not see all of its copies.
    Muster,
    /// A package is shown to whoever does not see all that is in it.
    Package,
    /// What lies in each place for an emergency counts all copies.
    Emergency,
    /// How many copies lie in a container counts all of them.
    Container,
    /// The copies in a file for other programs end with rows in proportion to all papers.
    CopyRows,
    /// The register page of a year as a form is dated by all papers of the registry.
    Form,
    /// The number of cases in a list counts all of them.
    CaseCount,
    /// The number of tasks that wait for somebody counts those of cases that he may not read.
    TaskCount,
    /// A number leads to its case whoever may see it: it is refused in other words than one that nothing bears.
    CaseNumber,
}

impl Leak {
    /// Every one that can be planted.
    pub const ALL: [Leak; 34] = [
        Leak::ErrorText,
        Leak::Id,
        Leak::Tag,
        Leak::ListCount,
        Leak::SearchTotal,
        Leak::Facet,
        Leak::Rank,
        Leak::Snippet,
        Leak::CsvRows,
        Leak::Length,
        Leak::Header,
        Leak::Description,
        Leak::NotModified,
        Leak::Place,
        Leak::Bound,
        Leak::Redirect,
        Leak::PostRefusal,
        Leak::Numbers,
        Leak::Duplicate,
        Leak::File,
        Leak::FileCount,
        Leak::CopyCount,
        Leak::CopyName,
        Leak::Standings,
        Leak::Receipts,
        Leak::Muster,
        Leak::Package,
        Leak::Emergency,
        Leak::Container,
        Leak::CopyRows,
        Leak::Form,
        Leak::CaseCount,
        Leak::TaskCount,
        Leak::CaseNumber,
    ];
}

#[cfg(feature = "planted-leaks")]
static PLANTED: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);

/// Plants one leak in this process, or takes out the one there is.
#[cfg(feature = "planted-leaks")]
pub fn plant(leak: Option<Leak>) {
    PLANTED.store(leak.map_or(0, |leak| leak as u8), std::sync::atomic::Ordering::SeqCst);
}

/// Whether a leak is planted.
#[cfg(feature = "planted-leaks")]
pub fn leaks(leak: Leak) -> bool {
    PLANTED.load(std::sync::atomic::Ordering::SeqCst) == leak as u8
}

/// Whether a leak is planted: never.
#[cfg(not(feature = "planted-leaks"))]
pub const fn leaks(_: Leak) -> bool {
    false
}

/// How many documents a registry has, seen or not: what no answer may tell.
///
/// # Errors
/// When the tables can't be read.
#[cfg(feature = "planted-leaks")]
pub async fn rows(conn: &mut crate::sql::Conn) -> Result<u64, crate::StoreError> {
    let row = conn.one("SELECT COUNT(*) FROM document", Vec::new()).await?;
    row.map_or(Ok(0), |row| Ok(row.number(0)?))
}

/// How many documents one registry has, seen or not: what no answer may tell.
///
/// # Errors
/// When the tables can't be read.
#[cfg(feature = "planted-leaks")]
pub async fn rows_of(
    conn: &mut crate::sql::Conn,
    registry: registry::RegistryId,
) -> Result<u64, crate::StoreError> {
    let sql = "SELECT COUNT(*) FROM document WHERE registry_id = $1";
    let row = conn.one(sql, crate::values![registry]).await?;
    row.map_or(Ok(0), |row| Ok(row.number(0)?))
}

/// The document that bears a register's own reference, seen or not: what no answer may tell.
///
/// # Errors
/// When the tables can't be read.
#[cfg(feature = "planted-leaks")]
pub async fn named(
    conn: &mut crate::sql::Conn,
    reference: &str,
) -> Result<Option<registry::DocumentId>, crate::StoreError> {
    let sql = "SELECT document_id FROM document WHERE reference = $1";
    let row = conn.one(sql, crate::values![reference.to_owned()]).await?;
    row.map(|row| Ok(row.id(0)?)).transpose()
}

/// True when a document is there, seen or not: what no answer may tell.
///
/// # Errors
/// When the tables can't be read.
#[cfg(feature = "planted-leaks")]
pub async fn is_there(
    conn: &mut crate::sql::Conn,
    document: registry::DocumentId,
) -> Result<bool, crate::StoreError> {
    let sql = "SELECT 1 FROM document WHERE document_id = $1";
    Ok(conn.one(sql, crate::values![document]).await?.is_some())
}

/// Whether a case is there, seen or not: what no answer may tell.
///
/// # Errors
/// When the tables can't be read.
#[cfg(feature = "planted-leaks")]
pub async fn is_case(conn: &mut crate::sql::Conn, case: registry::CaseId) -> Result<bool, crate::StoreError> {
    let sql = "SELECT 1 FROM case_item WHERE case_id = $1";
    Ok(conn.one(sql, crate::values![case]).await?.is_some())
}
