//! Owns the verifier: of entries one by one, and of a whole export. Must not know more of an entry than the published
//! format says; what a payload means is for the caller's rule.

use std::collections::BTreeSet;
use std::io::BufRead;

use crate::checkpoint::Checkpoint;
use crate::export::{Body, ExportError, ExportReader, LineFault, Record};
use crate::finding::{Fault, Finding, Findings, LedgerReport, Report};
use crate::header::{Hash, HeaderView, commitment};
use crate::note::{Note, NoteError, VerifierKey};
use crate::tree::{Frontier, leaf_hash};

/// The most ledgers that one export may hold.
pub const MAX_LEDGERS: usize = 65_536;

/// A rule that the caller adds, for example that an execution has its two approvals. It is given, in order, every
/// entry whose payload matches its commitment, and with no payload every entry whose payload is erased; its error is
/// the text of a finding. Entries exported as headers only are not given to it.
pub type Rule<'r> = dyn FnMut(&HeaderView<'_>, Option<&[u8]>) -> Result<(), String> + Send + 'r;

/// Verifies the entries of one ledger, given in order, from tables or from an export.
pub struct Verifier<'r> {
    rule: Option<Box<Rule<'r>>>,
    /// Checkpoints held of this ledger, smallest last, so that the next one due is popped.
    held: Vec<Checkpoint>,
    /// The sequence due.
    next: u64,
    /// After a wrong sequence: the one due if only that header was damaged and no entry is missing.
    otherwise: Option<u64>,
    last_time: Option<i64>,
    /// Entries without a leaf hash, because their line could not be read.
    unhashed: u64,
    frontier: Frontier,
    line: Option<u64>,
    findings: Findings,
    report: LedgerReport,
}

impl<'r> Verifier<'r> {
    /// Begins with the first entry of a ledger.
    #[must_use]
    pub fn new(registry: [u8; 16], origin: &str) -> Self {
        Self {
            rule: None,
            held: Vec::new(),
            next: 0,
            otherwise: None,
            last_time: None,
            unhashed: 0,
            frontier: Frontier::new(),
            line: None,
            findings: Findings::default(),
            report: LedgerReport {
                registry,
                origin: origin.to_owned(),
                entries: 0,
                payloads: 0,
                erased: 0,
                root: None,
                checkpoint: None,
                signers: Vec::new(),
                confirmed: 0,
                findings: 0,
            },
        }
    }

    /// Adds a rule; see [`Rule`].
    #[must_use]
    pub fn with_rule(
        mut self,
        rule: impl FnMut(&HeaderView<'_>, Option<&[u8]>) -> Result<(), String> + Send + 'r,
    ) -> Self {
        self.rule = Some(Box::new(rule));
        self
    }

    /// Holds the ledger against checkpoints that the caller has from elsewhere and trusts, for example printed ones
    /// from the safe. Those of other origins are passed over.
    #[must_use]
    pub fn with_held(mut self, held: &[Checkpoint]) -> Self {
        self.held = held.iter().filter(|held| held.origin == self.report.origin).cloned().collect();
        self.held.sort_by_key(|held| std::cmp::Reverse(held.size));
        self.confirm_held();
        self
    }

    /// Takes the next entry; `stored` is its leaf hash where one was kept beside it, by which a changed header is
    /// named and not only noticed.
    pub fn push(&mut self, header: &[u8], body: Body<'_>, stored: Option<&Hash>) {
        let leaf = leaf_hash(header);
        self.take(header, body, &leaf, stored.is_none_or(|stored| *stored == leaf));
    }

    fn take(&mut self, header: &[u8], body: Body<'_>, leaf: &Hash, leaf_is_as_stored: bool) {
        let sequence = self.next;
        self.next = self.next.saturating_add(1);
        self.report.entries = self.report.entries.saturating_add(1);
        self.frontier.append(*leaf);
        match HeaderView::decode(header) {
            Err(error) => {
                self.find(Some(sequence), error.into());
                self.check_leaf(sequence, leaf_is_as_stored);
            }
            Ok(header) => {
                let sequence = self.check_sequence(sequence, header.sequence);
                self.check_leaf(sequence, leaf_is_as_stored);
                self.check(sequence, &header, body);
            }
        }
        self.confirm_held();
    }

    fn check_leaf(&mut self, sequence: u64, leaf_is_as_stored: bool) {
        if !leaf_is_as_stored {
            self.find(Some(sequence), Fault::LeafHash);
        }
    }

    fn check(&mut self, sequence: u64, header: &HeaderView<'_>, body: Body<'_>) {
        if header.registry != self.report.registry {
            self.find(Some(sequence), Fault::Registry { found: header.registry });
        }
        match self.last_time {
            Some(previous) if header.time < previous => {
                self.find(Some(sequence), Fault::TimeWentBack { previous, found: header.time });
            }
            _ => self.last_time = Some(header.time),
        }
        let payload = match body {
            Body::HeaderOnly => return,
            Body::Erased => {
                self.report.erased = self.report.erased.saturating_add(1);
                None
            }
            Body::Payload { salt, payload } => {
                self.report.payloads = self.report.payloads.saturating_add(1);
                if commitment(salt, payload) != header.commitment {
                    return self.find(Some(sequence), Fault::Commitment);
                }
                Some(payload)
            }
        };
        if let Some(rule) = &mut self.rule
            && let Err(words) = rule(header, payload)
        {
            self.find(Some(sequence), Fault::rule(words));
        }
    }

    /// Returns the sequence by which to name the entry. One damaged header or one gap is one finding, not one for
    /// every entry after it.
    fn check_sequence(&mut self, expected: u64, found: u64) -> u64 {
        let otherwise = self.otherwise.take();
        if found == expected {
            return found;
        }
        self.next = found.saturating_add(1);
        if otherwise == Some(found) {
            return found;
        }
        self.otherwise = expected.checked_add(1);
        self.find(Some(expected), Fault::Sequence { expected, found });
        expected
    }

    /// Takes the place of an entry that could not be read.
    fn push_damaged(&mut self, fault: LineFault) {
        self.find(Some(self.next), fault.into());
        self.next = self.next.saturating_add(1);
        self.report.entries = self.report.entries.saturating_add(1);
        self.unhashed = self.unhashed.saturating_add(1);
    }

    fn confirm_held(&mut self) {
        // After an unreadable line the root is not known any more; that alone makes the ledger unsound.
        if self.unhashed > 0 {
            return;
        }
        while let Some(held) = self.held.pop_if(|held| held.size == self.frontier.size()) {
            if self.frontier.root() == held.root {
                self.report.confirmed = self.report.confirmed.saturating_add(1);
            } else {
                self.find(None, Fault::Rewritten { size: held.size });
            }
        }
    }

    /// Ends the ledger and holds it against a checkpoint, whose signature the caller has verified
    /// ([`Note::verify`]).
    #[must_use]
    pub fn finish(mut self, expected: &Checkpoint) -> (LedgerReport, Findings) {
        self.compare(expected);
        self.report.checkpoint = Some(expected.clone());
        self.close()
    }

    fn compare(&mut self, expected: &Checkpoint) {
        if expected.origin != self.report.origin {
            self.find(None, Fault::Origin { found: expected.origin.clone() });
        }
        if expected.size != self.report.entries {
            self.find(None, Fault::Size { signed: expected.size, found: self.report.entries });
        } else if self.unhashed > 0 {
            self.find(None, Fault::RootUnknown);
        } else if expected.root != self.frontier.root() {
            self.find(None, Fault::Root);
        }
    }

    /// Ends a section of an export with its note.
    fn finish_note(&mut self, note: &[u8], keys: &[VerifierKey]) {
        let note = std::str::from_utf8(note).map_err(|_| NoteError::Form).and_then(Note::parse);
        let note = match note {
            Ok(note) => note,
            Err(error) => return self.find(None, error.into()),
        };
        match note.signers(keys) {
            Ok(signers) => self.report.signers = signers.iter().map(|key| key.name().to_owned()).collect(),
            Err(error) => self.find(None, error.into()),
        }
        // Even an unsigned checkpoint tells, by its root, whether the entries are damaged or only the signature.
        match Checkpoint::parse(note.unverified_text()) {
            Err(error) => self.find(None, NoteError::from(error).into()),
            Ok(checkpoint) => {
                self.compare(&checkpoint);
                if !self.report.signers.is_empty() {
                    self.report.checkpoint = Some(checkpoint);
                }
            }
        }
    }

    fn close(mut self) -> (LedgerReport, Findings) {
        while let Some(held) = self.held.pop() {
            if held.size > self.report.entries {
                self.find(None, Fault::Shortened { size: held.size });
            }
        }
        self.report.root = (self.unhashed == 0).then(|| self.frontier.root());
        self.report.findings = self.findings.total();
        (self.report, self.findings)
    }

    fn find(&mut self, sequence: Option<u64>, fault: Fault) {
        let finding = Finding { registry: Some(self.report.registry), sequence, line: self.line, fault };
        self.findings.add(finding);
    }
}

/// What to verify an export with.
#[derive(Default)]
pub struct VerifyOptions<'a> {
    /// The keys that are trusted to sign. Each is trusted for every origin in the file.
    pub keys: &'a [VerifierKey],
    /// Checkpoints held from elsewhere: the export must contain their ledgers, unchanged up to their sizes. Only
    /// these reveal that a ledger was left out, or that a whole file is an old one.
    pub held: &'a [Checkpoint],
    /// A rule of the caller's own; see [`Rule`].
    pub rule: Option<&'a mut Rule<'a>>,
}

/// Verifies an export with these keys; see [`verify_export_with`].
///
/// # Errors
/// As [`verify_export_with`].
pub fn verify_export(input: impl BufRead, keys: &[VerifierKey]) -> Result<Report, ExportError> {
    verify_export_with(input, VerifyOptions { keys, held: &[], rule: None })
}

/// Verifies an export as a stream: every header, sequence, time and commitment, each root against its checkpoint, and
/// each checkpoint's signature. What is wrong is listed in the report, also when the file breaks off.
///
/// # Errors
/// [`ExportError::Io`] when the input fails, [`ExportError::NotAnExport`] when it is no export at all.
pub fn verify_export_with(input: impl BufRead, options: VerifyOptions<'_>) -> Result<Report, ExportError> {
    let VerifyOptions { keys, held, mut rule } = options;
    let mut reader = ExportReader::new(input)?;
    let mut report = Report { mode: reader.mode(), ledgers: Vec::new(), findings: Findings::default() };
    let mut registries = BTreeSet::new();
    let mut origins = BTreeSet::new();
    while let Some((registry, origin)) = next_ledger(&mut reader, &mut report)? {
        let mut verifier = Verifier::new(registry, &origin).with_held(held);
        if let Some(rule) = rule.as_deref_mut() {
            verifier = verifier.with_rule(rule);
        }
        verifier.line = Some(reader.line());
        if !registries.insert(registry) | !origins.insert(origin) {
            verifier.find(None, Fault::Repeated);
        }
        let outcome = verify_section(&mut reader, &mut verifier, keys);
        let (ledger, findings) = verifier.close();
        report.ledgers.push(ledger);
        report.findings.absorb(findings);
        if let Err(error) = outcome {
            unreadable(&mut report, &reader, error)?;
            break;
        }
    }
    for checkpoint in held.iter().filter(|checkpoint| !origins.contains(&checkpoint.origin)) {
        let fault = Fault::Missing { origin: checkpoint.origin.clone() };
        report.findings.add(Finding { registry: None, sequence: None, line: None, fault });
    }
    Ok(report)
}

/// The next section's registry and origin; nothing at the end of the file, or where it can be read no further.
fn next_ledger<R: BufRead>(
    reader: &mut ExportReader<R>,
    report: &mut Report,
) -> Result<Option<([u8; 16], String)>, ExportError> {
    let outcome = match reader.next_record() {
        Ok(Some(Record::Ledger { registry, origin })) if report.ledgers.len() < MAX_LEDGERS => {
            return Ok(Some((registry, origin.to_owned())));
        }
        Ok(Some(Record::Close { declared, found })) => {
            if declared != found {
                let fault = Fault::Count { declared, found };
                let line = Some(reader.line());
                report.findings.add(Finding { registry: None, sequence: None, line, fault });
            }
            reader.next_record().map(|_| ())
        }
        Ok(_) => Err(ExportError::Structure { line: reader.line() }),
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        unreadable(report, reader, error)?;
    }
    Ok(None)
}

fn verify_section<R: BufRead>(
    reader: &mut ExportReader<R>,
    verifier: &mut Verifier<'_>,
    keys: &[VerifierKey],
) -> Result<(), ExportError> {
    loop {
        let line = reader.line().saturating_add(1);
        match reader.next_record()? {
            Some(Record::Entry { header, check, body }) => {
                verifier.line = Some(line);
                let leaf = leaf_hash(header);
                verifier.take(header, body, &leaf, leaf.starts_with(&check));
            }
            Some(Record::Damaged(fault)) => {
                verifier.line = Some(line);
                verifier.push_damaged(fault);
            }
            Some(Record::Checkpoint(note)) => {
                verifier.line = Some(line);
                verifier.finish_note(note, keys);
            }
            Some(Record::End { declared, found }) => {
                verifier.line = Some(line);
                if declared != found {
                    verifier.find(None, Fault::Count { declared, found });
                }
                return Ok(());
            }
            Some(Record::Ledger { .. } | Record::Close { .. }) | None => {
                return Err(ExportError::Structure { line });
            }
        }
    }
}

/// A file that breaks off is a finding, so that what was found before it is not lost; an input that fails is not.
fn unreadable<R: BufRead>(
    report: &mut Report,
    reader: &ExportReader<R>,
    error: ExportError,
) -> Result<(), ExportError> {
    if let ExportError::Io(error) = error {
        return Err(ExportError::Io(error));
    }
    let fault = Fault::Unreadable(error.to_string());
    report.findings.add(Finding { registry: None, sequence: None, line: Some(reader.line()), fault });
    Ok(())
}
