//! Owns the export file: one text for a whole installation, a section a ledger, written and read as a stream. Must
//! not judge what it reads: that is the verifier's work.

use std::io::{self, BufRead, Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};

use crate::checkpoint::{decimal, origin_is_well_formed};
use crate::header::{MAX_HEADER, SALT_LEN};
use crate::note::{MAX_NOTE, Note, hex, unhex};
use crate::tree::leaf_hash;

/// The most bytes that a payload may have: 16 MiB.
pub const MAX_PAYLOAD: usize = 16 * 1024 * 1024;

/// The most bytes that a line may have, which bounds the memory that a reader takes.
pub const MAX_LINE: usize = (MAX_PAYLOAD + MAX_HEADER + SALT_LEN).div_ceil(3) * 4 + 64;

/// Whether an export holds payloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Headers, salts and payloads: enough to rebuild a register. As classified as its highest payload.
    Full,
    /// Headers only: enough to verify the chain, without a classified word.
    Proof,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Mode::Full => "full",
            Mode::Proof => "proof",
        }
    }
}

/// What stands beside a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// Nothing: an export as proof, or a check that leaves payloads out.
    HeaderOnly,
    /// The payload and the salt of its commitment.
    Payload {
        /// The salt.
        salt: &'a [u8; SALT_LEN],
        /// The payload's bytes.
        payload: &'a [u8],
    },
    /// Payload and salt have been erased; the header remains.
    Erased,
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The origin is empty, too long or holds a control character.
    #[error("the origin cannot stand on a line")]
    Origin,
    /// A header or a payload exceeds what a reader accepts.
    #[error("the entry is too long to be exported")]
    TooLong,
    /// A full export was given an entry without payload that is not erased either.
    #[error("a full export needs the payload of every entry that is not erased")]
    Payload,
}

/// Writes an export. Its methods borrow one another's results, so that sections open and close in order.
#[derive(Debug)]
pub struct ExportWriter<W: Write> {
    output: W,
    mode: Mode,
    ledgers: u64,
    line: String,
}

/// One ledger's section of an export being written.
#[derive(Debug)]
pub struct SectionWriter<'w, W: Write> {
    export: &'w mut ExportWriter<W>,
    entries: u64,
}

impl<W: Write> ExportWriter<W> {
    /// Begins an export; give a buffered output.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the output fails.
    pub fn new(mut output: W, mode: Mode) -> Result<Self, WriteError> {
        writeln!(output, "chancery-export 1 {}", mode.word())?;
        Ok(Self { output, mode, ledgers: 0, line: String::new() })
    }

    /// Begins the section of one ledger.
    ///
    /// # Errors
    /// [`WriteError`] when the output fails or the origin cannot stand on a line.
    pub fn ledger(&mut self, registry: [u8; 16], origin: &str) -> Result<SectionWriter<'_, W>, WriteError> {
        if !origin_is_well_formed(origin) {
            return Err(WriteError::Origin);
        }
        writeln!(self.output, "ledger {} {origin}", hex(&registry))?;
        self.ledgers = self.ledgers.saturating_add(1);
        Ok(SectionWriter { export: self, entries: 0 })
    }

    /// Ends the export and gives the output back, flushed. Without this the file counts as cut short.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the output fails.
    pub fn close(mut self) -> Result<W, WriteError> {
        writeln!(self.output, "close {}", self.ledgers)?;
        self.output.flush()?;
        Ok(self.output)
    }
}

impl<W: Write> SectionWriter<'_, W> {
    /// Writes the next entry. An export as proof leaves salt and payload out, whatever the body given.
    ///
    /// # Errors
    /// [`WriteError`] when the output fails, the entry is too long, or its payload is missing.
    pub fn entry(&mut self, header: &[u8], body: Body<'_>) -> Result<(), WriteError> {
        if header.len() > MAX_HEADER {
            return Err(WriteError::TooLong);
        }
        let [a, b, c, d, ..] = leaf_hash(header);
        let line = &mut self.export.line;
        line.clear();
        line.push_str("e ");
        BASE64.encode_string(header, line);
        line.push(' ');
        line.push_str(&hex(&[a, b, c, d]));
        match (self.export.mode, body) {
            (Mode::Proof, _) => {}
            (Mode::Full, Body::Erased) => line.push_str(" -"),
            (Mode::Full, Body::HeaderOnly) => return Err(WriteError::Payload),
            (Mode::Full, Body::Payload { payload, .. }) if payload.len() > MAX_PAYLOAD => {
                return Err(WriteError::TooLong);
            }
            (Mode::Full, Body::Payload { salt, payload }) => {
                line.push(' ');
                BASE64.encode_string(salt, line);
                line.push(' ');
                BASE64.encode_string(payload, line);
            }
        }
        line.push('\n');
        self.export.output.write_all(line.as_bytes())?;
        self.entries = self.entries.saturating_add(1);
        Ok(())
    }

    /// Ends the section with the signed checkpoint of exactly the entries written.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the output fails.
    pub fn end(self, checkpoint: &Note) -> Result<(), WriteError> {
        let note = checkpoint.to_string();
        // Each line of the note stands behind a bar, its blank line too, so that none can pass for a line of ours.
        for line in note.strip_suffix('\n').unwrap_or(&note).split('\n') {
            writeln!(self.export.output, "|{line}")?;
        }
        writeln!(self.export.output, "end {}", self.entries)?;
        Ok(())
    }
}

/// Why an export can be read no further.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The input failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The first line is not that of an export of a version known here.
    #[error("this is not an export of version 1")]
    NotAnExport,
    /// The file ends before its last line.
    #[error("the export is cut short after line {line}")]
    CutShort {
        /// The last line read.
        line: u64,
    },
    /// A line is longer than [`MAX_LINE`], or a note than [`MAX_NOTE`].
    #[error("line {line} of the export is too long")]
    TooLong {
        /// The line, from 1.
        line: u64,
    },
    /// A line stands where it must not, or is none of the format's lines.
    #[error("line {line} of the export is not one that may stand there")]
    Structure {
        /// The line, from 1.
        line: u64,
    },
}

/// Why the line of an entry could not be read; reading goes on with the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// The line is neither an entry's nor one that ends the entries.
    #[error("it is not the line of an entry")]
    Tag,
    /// It has not the fields that the export's mode asks for.
    #[error("it has not the fields of an entry")]
    Fields,
    /// A field is not canonical base64 or hexadecimal, or not of its length.
    #[error("a field is not well encoded")]
    Encoding,
}

/// One thing that an export says.
#[derive(Debug, PartialEq, Eq)]
pub enum Record<'a> {
    /// A ledger's section begins.
    Ledger {
        /// The registry whose ledger it is.
        registry: [u8; 16],
        /// The origin in its checkpoints.
        origin: &'a str,
    },
    /// The next entry.
    Entry {
        /// The header's bytes, not decoded.
        header: &'a [u8],
        /// The first four bytes of the leaf hash, as written beside the header.
        check: [u8; 4],
        /// What stands beside it.
        body: Body<'a>,
    },
    /// The line of an entry that could not be read.
    Damaged(LineFault),
    /// The signed checkpoint as text, not parsed.
    Checkpoint(&'a [u8]),
    /// The section ends.
    End {
        /// The number of entries that the file declares.
        declared: u64,
        /// The number of entry lines read.
        found: u64,
    },
    /// The export ends; nothing follows.
    Close {
        /// The number of ledgers that the file declares.
        declared: u64,
        /// The number of sections read.
        found: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    Entries,
    Checkpoint,
    Closed,
}

/// Reads an export line by line, in memory bounded by the longest line.
#[derive(Debug)]
pub struct ExportReader<R: BufRead> {
    input: R,
    mode: Mode,
    place: Place,
    /// The number of the line in `line`, from 1.
    number: u64,
    /// Whether `line` was read ahead and has not been used.
    held: bool,
    entries: u64,
    ledgers: u64,
    line: Vec<u8>,
    header: Vec<u8>,
    salt: Vec<u8>,
    payload: Vec<u8>,
    note: Vec<u8>,
}

impl<R: BufRead> ExportReader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// [`ExportError::NotAnExport`] when it is not that of an export, [`ExportError::Io`] when the input fails.
    pub fn new(input: R) -> Result<Self, ExportError> {
        let mut reader = Self {
            input,
            mode: Mode::Proof,
            place: Place::Between,
            number: 0,
            held: false,
            entries: 0,
            ledgers: 0,
            line: Vec::new(),
            header: Vec::new(),
            salt: Vec::new(),
            payload: Vec::new(),
            note: Vec::new(),
        };
        // A first line that does not come to an end soon is some other file: do not read 16 MiB of it.
        reader.mode = match reader.read_line(64) {
            Ok(()) if reader.line == b"chancery-export 1 full" => Mode::Full,
            Ok(()) if reader.line == b"chancery-export 1 proof" => Mode::Proof,
            Err(ExportError::Io(error)) => return Err(ExportError::Io(error)),
            Ok(()) | Err(_) => return Err(ExportError::NotAnExport),
        };
        Ok(reader)
    }

    /// Whether the export holds payloads.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The line, from 1, at which the record last read ends.
    #[must_use]
    pub fn line(&self) -> u64 {
        if self.held { self.number.saturating_sub(1) } else { self.number }
    }

    /// The next record; nothing after [`Record::Close`].
    ///
    /// # Errors
    /// [`ExportError`] when the export can be read no further.
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, ExportError> {
        if self.place == Place::Closed {
            // Bytes after the end are no part of what was checked, so they may not be there.
            return if self.input.fill_buf()?.is_empty() { Ok(None) } else { Err(self.structure(1)) };
        }
        if !std::mem::take(&mut self.held) {
            self.read_line(MAX_LINE)?;
        }
        match self.place {
            Place::Between if self.line.starts_with(b"ledger ") => self.ledger().map(Some),
            Place::Between => {
                let declared = self.number_after("close ")?;
                self.place = Place::Closed;
                Ok(Some(Record::Close { declared, found: self.ledgers }))
            }
            Place::Entries if self.line.starts_with(b"|") => self.checkpoint().map(Some),
            // Without a checkpoint there is nothing to hold the entries against.
            Place::Entries if self.line.starts_with(b"end ") => Err(self.structure(0)),
            Place::Entries => {
                self.entries = self.entries.saturating_add(1);
                Ok(Some(self.entry().unwrap_or_else(Record::Damaged)))
            }
            Place::Checkpoint => {
                let declared = self.number_after("end ")?;
                self.place = Place::Between;
                Ok(Some(Record::End { declared, found: self.entries }))
            }
            Place::Closed => Ok(None),
        }
    }

    fn ledger(&mut self) -> Result<Record<'_>, ExportError> {
        let wrong = self.structure(0);
        let line = self.line.strip_prefix(b"ledger ").and_then(|rest| rest.split_at_checked(32));
        let Some((registry, Some(origin))) = line.map(|(id, rest)| (unhex(id), rest.strip_prefix(b" ")))
        else {
            return Err(wrong);
        };
        let origin = std::str::from_utf8(origin).ok().filter(|origin| origin_is_well_formed(origin));
        let (Some(registry), Some(origin)) = (registry, origin) else { return Err(wrong) };
        self.place = Place::Entries;
        self.entries = 0;
        self.ledgers = self.ledgers.saturating_add(1);
        Ok(Record::Ledger { registry, origin })
    }

    fn entry(&mut self) -> Result<Record<'_>, LineFault> {
        let line = self.line.strip_prefix(b"e ").ok_or(LineFault::Tag)?;
        let mut fields = line.split(|byte| *byte == b' ');
        let (Some(header), Some(check)) = (fields.next(), fields.next()) else {
            return Err(LineFault::Fields);
        };
        decode(header, MAX_HEADER, &mut self.header)?;
        let check = unhex(check).ok_or(LineFault::Encoding)?;
        let body = match (self.mode, fields.next(), fields.next(), fields.next()) {
            (Mode::Proof, None, None, None) => Body::HeaderOnly,
            (Mode::Full, Some(b"-"), None, None) => Body::Erased,
            (Mode::Full, Some(salt), Some(payload), None) => {
                decode(salt, SALT_LEN, &mut self.salt)?;
                decode(payload, MAX_PAYLOAD, &mut self.payload)?;
                let salt = self.salt.as_array().ok_or(LineFault::Encoding)?;
                Body::Payload { salt, payload: &self.payload }
            }
            _ => return Err(LineFault::Fields),
        };
        Ok(Record::Entry { header: &self.header, check, body })
    }

    fn checkpoint(&mut self) -> Result<Record<'_>, ExportError> {
        self.note.clear();
        while let Some(text) = self.line.strip_prefix(b"|") {
            if self.note.len() + text.len() + 1 > MAX_NOTE {
                return Err(ExportError::TooLong { line: self.number });
            }
            self.note.extend_from_slice(text);
            self.note.push(b'\n');
            self.read_line(MAX_LINE)?;
        }
        self.held = true;
        self.place = Place::Checkpoint;
        Ok(Record::Checkpoint(&self.note))
    }

    fn number_after(&self, tag: &str) -> Result<u64, ExportError> {
        let number =
            self.line.strip_prefix(tag.as_bytes()).and_then(|digits| std::str::from_utf8(digits).ok());
        number.and_then(decimal).ok_or_else(|| self.structure(0))
    }

    fn structure(&self, ahead: u64) -> ExportError {
        ExportError::Structure { line: self.number.saturating_add(ahead) }
    }

    /// Reads the next line into `line`, without its newline.
    fn read_line(&mut self, limit: usize) -> Result<(), ExportError> {
        self.line.clear();
        let allowance = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        (&mut self.input).take(allowance).read_until(b'\n', &mut self.line)?;
        if self.line.pop_if(|last| *last == b'\n').is_some() {
            self.number = self.number.saturating_add(1);
            Ok(())
        } else if self.line.len() > limit {
            Err(ExportError::TooLong { line: self.number.saturating_add(1) })
        } else {
            Err(ExportError::CutShort { line: self.number })
        }
    }
}

/// Decodes canonical base64 of at most `limit` bytes into a buffer that is used again and again.
fn decode(text: &[u8], limit: usize, into: &mut Vec<u8>) -> Result<(), LineFault> {
    into.clear();
    BASE64.decode_vec(text, into).map_err(|_| LineFault::Encoding)?;
    if into.len() > limit { Err(LineFault::Encoding) } else { Ok(()) }
}
