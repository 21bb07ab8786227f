//! A registry's copies at a glance: how many are in which state, late, on loan, and what waits.

use std::collections::HashMap;

use jiff::Span;
use registry::{DocumentId, RegistryId};
use store::custody::seen::{self, Loan, Order, Slice, Wanted};

use super::{CustodyCounts, Lateness, LoanCounts};
use crate::{failure::Failure, reading::Reading};

/// Most late receipts that are named at a glance.
const LATE: usize = 10;
/// The lists of copies on loan.
pub const LOANS: [&str; 3] = ["out", "due", "overdue"];
/// How long before its day a loan is said to be due.
const SOON: i64 = 7;

impl Reading {
    /// A registry's copies at a glance, for its staff.
    pub async fn custody_counts(&mut self, registry: RegistryId) -> Result<CustodyCounts, Failure> {
        self.keeps(registry)?;
        let mut counts = CustodyCounts::default();
        for row in self.dispatches(registry, Some(true), Slice::ALL).await?.rows {
            match row.late {
                Some(Lateness::Waiting) => counts.waiting += 1,
                Some(Lateness::Trace) => counts.trace += 1,
                Some(Lateness::Escalate) => counts.escalate += 1,
                None => {}
            }
            if matches!(row.late, Some(Lateness::Trace | Lateness::Escalate)) {
                counts.late.push(row);
            }
        }
        counts.late.sort_by_key(|row| std::cmp::Reverse(row.days));
        counts.late.truncate(LATE);
        let none = Slice { most: 0, ..Slice::ALL };
        counts.unsigned = self.certificates(registry, Some(true), none).await?.all;
        counts.incidents = self.incidents(registry, Some(true), none).await?.all;
        counts.standings = self.standings(registry).await?;
        counts.loans = self.loan_counts(registry).await?;
        counts.unlogged = self.unlogged_counts(registry).await?;
        Ok(counts)
    }

    /// Copies on loan that are to be back within the next days, or should have been; by the name of the list.
    pub fn loan_named(&self, name: &str) -> Option<Loan> {
        let today = self.today();
        match name {
            "out" => Some(Loan::Out),
            "due" => Some(Loan::Due(today, today.saturating_add(Span::new().days(SOON)))),
            "overdue" => Some(Loan::Overdue(today)),
            _ => None,
        }
    }

    /// How many copies of a registry are on loan, for its staff.
    pub async fn loan_counts(&mut self, registry: RegistryId) -> Result<LoanCounts, Failure> {
        self.keeps(registry)?;
        let kinds = LOANS.map(|name| self.loan_named(name).unwrap_or(Loan::Out));
        let Some((conn, place)) = self.at(registry) else { return Ok(LoanCounts::default()) };
        let [out, due, overdue] = seen::loans(conn, place, kinds).await?;
        Ok(LoanCounts { out, due, overdue })
    }

    /// How many copies of a registry are in each state, for its staff.
    pub async fn standings(&mut self, registry: RegistryId) -> Result<HashMap<String, u64>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Ok(HashMap::new()) };
        Ok(seen::counts(conn, place).await?)
    }

    /// How many copies of a document are in the books, for the staff of its registry.
    pub async fn copies_count(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<usize, Failure> {
        let wanted = Wanted { document: Some(document), ..Wanted::default() };
        Ok(self.copies(registry, &wanted, Order::Number, Slice { most: 0, ..Slice::ALL }).await?.all)
    }
}
