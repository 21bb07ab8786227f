//! The one error of the office: a refusal that the asker can do something about, or a failure of the machine.

use registry::{Code, Refusal};
use store::{StoreError, error::Plight, sql::SqlError};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The machine could not.
    #[error(transparent)]
    Failed(StoreError),
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Failure::Refused(code.into())
    }
}

impl From<StoreError> for Failure {
    /// What no table takes is what somebody sent, wherever it was asked for: no fault of the machine.
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Sql(SqlError::Nul) => Failure::Refused(Code::TextForm.into()),
            other => Failure::Failed(other),
        }
    }
}

impl From<SqlError> for Failure {
    fn from(e: SqlError) -> Self {
        StoreError::from(e).into()
    }
}

impl Failure {
    /// What is told of it to whoever asked: a refusal, or that the place where the register is kept ails; none: a fault of
    /// which nothing can be told. What ails is told and not a refusal, for it may have ended when all was done already.
    pub fn told(&self) -> Option<Refusal> {
        match self {
            Failure::Refused(refusal) => Some(refusal.clone()),
            Failure::Failed(error) => match error.plight()? {
                Plight::Full => Some(Code::StorageFull.into()),
                Plight::ReadOnly => Some(Code::StorageReadOnly.into()),
                Plight::Away => Some(Code::StorageAway.into()),
            },
        }
    }

    /// The refusal, when it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Failure::Refused(refusal) => Some(refusal),
            Failure::Failed(_) => None,
        }
    }
}
