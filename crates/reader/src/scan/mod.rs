//! Scans, page by page: what is seen on each (a small picture, whether it is blank, whether it is a separator sheet), and some
//! of the pages bound into a PDF. Owns what parent and child say about it and the parent's part; what is done with a picture or a
//! PDF is done in the child (`look`, `bind`). Must not know what becomes of the pages.

mod bind;
mod ink;
mod look;
mod stamp;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use crate::frame::{Answer, Request};
use crate::parent::{Said, kind_of, memory_file, memory_of};
use crate::{Damage, Limit, Limits, MediaType, Outcome, ReadError, Reader, Threat, Tool};

/// What the code of a separator sheet says. Sheets that were printed once are used for years: it never changes.
pub const SEPARATOR: &str = "CHANCERY:SEPARATOR:1";
/// Dots of the longer side of a page as it is looked at.
pub const SIDE: u32 = 1_400;
/// Dots of the longer side of a page's small picture.
pub const SMALL: u32 = 400;
/// Pages that one child looks at.
const TOGETHER: usize = 8;
/// Pages in a row that could not be looked at, after which the rest is let be: each may cost the child's whole time.
const FAILED: usize = 4;
/// How much more than a reading the binding of a document may cost: it packs hundreds of pictures.
const BINDING: u32 = 8;

/// How a page is turned, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// As it came.
    #[default]
    None,
    /// By a quarter.
    Right,
    /// Upside down.
    Half,
    /// By three quarters.
    Left,
}

impl Turn {
    /// Every turn, by quarters.
    pub const ALL: [Turn; 4] = [Turn::None, Turn::Right, Turn::Half, Turn::Left];

    /// How many quarters it is.
    #[must_use]
    pub const fn quarters(self) -> u8 {
        match self {
            Turn::None => 0,
            Turn::Right => 1,
            Turn::Half => 2,
            Turn::Left => 3,
        }
    }

    /// Turned once more.
    #[must_use]
    pub fn and(self, other: Turn) -> Turn {
        let quarters = usize::from((self.quarters() + other.quarters()) % 4);
        Self::ALL.get(quarters).copied().unwrap_or_default()
    }
}

/// A page that is bound into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Which page of the scan, from nought.
    pub page: usize,
    /// How it is turned.
    pub turn: Turn,
}

/// What is seen on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// Whether nothing stands on it but noise, holes and borders.
    pub blank: bool,
    /// Whether it is a separator sheet.
    pub separator: bool,
    /// Its ink, in millionths of its face.
    pub ink: u32,
    /// Length of its picture (bytes); nought: it could not be looked at.
    pub size: u64,
    /// Its picture, a JPEG in greys. Travels beside the frame.
    #[serde(skip)]
    pub picture: Vec<u8>,
}

/// What the child shall do with a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Count its pages.
    Count,
    /// Look at some pages of a file of pictures, or at all of those drawn already.
    Look {
        /// The first, from nought.
        from: usize,
        /// How many.
        count: usize,
        /// Whether they were drawn: greys one after the other (PGM).
        drawn: bool,
        /// Dots of the longer side of the pictures made.
        side: u32,
        /// How they are turned.
        turn: Turn,
    },
    /// Bind some pages into a PDF.
    Bind {
        /// Which, in their order.
        leaves: Vec<Leaf>,
    },
    /// Stamp words into the margin of every page of a PDF.
    Stamp {
        /// Line by line.
        lines: Vec<String>,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Scanned {
    /// It has so many pages.
    Pages(usize),
    /// What is seen on each.
    Seen(Vec<Sight>),
    /// A PDF.
    Bound {
        size: u64,
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// Nothing, and why.
    Nothing(Outcome),
}

impl Scanned {
    /// The bytes that travel beside the frame, each with its length.
    pub(crate) fn bytes(&self) -> Vec<(u64, &[u8])> {
        match self {
            Scanned::Seen(all) => all.iter().map(|one| (one.size, one.picture.as_slice())).collect(),
            Scanned::Bound { size, bytes } => vec![(*size, bytes.as_slice())],
            Scanned::Pages(_) | Scanned::Nothing(_) => Vec::new(),
        }
    }

    /// The same, to be filled.
    pub(crate) fn bytes_mut(&mut self) -> Vec<(u64, &mut Vec<u8>)> {
        match self {
            Scanned::Seen(all) => all.iter_mut().map(|one| (one.size, &mut one.picture)).collect(),
            Scanned::Bound { size, bytes } => vec![(*size, bytes)],
            Scanned::Pages(_) | Scanned::Nothing(_) => Vec::new(),
        }
    }
}

/// The child's part.
pub(crate) fn work(task: &Task, bytes: &[u8], limits: &Limits) -> Scanned {
    let kind = kind_of(bytes, None);
    let done = catch_unwind(AssertUnwindSafe(|| match task {
        Task::Count => bind::count(bytes, kind, limits).map(Scanned::Pages),
        Task::Look { drawn: true, side, turn, .. } => look::drawn(bytes, *side, *turn).map(Scanned::Seen),
        Task::Look { from, count, side, turn, .. } => {
            look::pictures(bytes, kind, *from..from.saturating_add(*count), *side, *turn).map(Scanned::Seen)
        }
        Task::Bind { leaves } => bind::bound(bytes, kind, leaves, limits)
            .map(|bytes| Scanned::Bound { size: bytes.len() as u64, bytes }),
        Task::Stamp { lines } if kind == MediaType::Pdf => stamp::stamped(bytes, lines, limits)
            .map(|bytes| Scanned::Bound { size: bytes.len() as u64, bytes }),
        Task::Stamp { .. } => Ok(Scanned::Nothing(Outcome::Unsupported { kind })),
    }))
    .unwrap_or(Err(crate::formats::Stop::Damaged(Damage::ReaderFailed)));
    done.unwrap_or_else(|stop| Scanned::Nothing(stop.outcome(kind)))
}

/// The code of a separator sheet: how many dots wide it is, and its dots row by row, true where one is dark. It can be read
/// with a third of it missing.
#[must_use]
pub fn sheet() -> (usize, Vec<bool>) {
    let level = qrcode::EcLevel::H;
    let code = qrcode::QrCode::with_error_correction_level(SEPARATOR, level);
    code.map_or((0, Vec::new()), |code| {
        (code.width(), code.to_colors().into_iter().map(|dot| dot == qrcode::Color::Dark).collect())
    })
}

/// Whether a file can be a scan: a PDF or pictures of pages.
#[must_use]
pub const fn is_scan(kind: MediaType) -> bool {
    matches!(kind, MediaType::Pdf | MediaType::Tiff | MediaType::Jpeg | MediaType::Png)
}

/// Whether bytes begin as the pictures do that the child makes: nothing else is shown to anybody as one.
#[must_use]
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xd8\xff")
}

impl Reader {
    /// How many pages a scan has, or why it cannot be divided.
    ///
    /// # Errors
    /// [`ReadError`], never about the file.
    pub fn leaves(&self, bytes: &[u8]) -> Result<Result<usize, Outcome>, ReadError> {
        let kind = kind_of(bytes, None);
        if !is_scan(kind) {
            return Ok(Err(Outcome::Unsupported { kind }));
        }
        Ok(match self.scan(Task::Count, bytes)? {
            Ok(Scanned::Pages(n)) if n > self.limits().leaves => {
                Err(Outcome::OverLimit { limit: Limit::Pages })
            }
            Ok(Scanned::Pages(n)) if n > 0 => Ok(n),
            Ok(Scanned::Nothing(outcome)) | Err(outcome) => Err(outcome),
            Ok(_) => Err(Outcome::Hostile { threat: Threat::ForgedAnswer }),
        })
    }

    /// What is seen on each of the `pages` of a scan. One that cannot be drawn or looked at has no picture.
    ///
    /// # Errors
    /// [`ReadError`], never about the file.
    pub fn sights(&self, bytes: &[u8], pages: usize) -> Result<Vec<Sight>, ReadError> {
        let mut seen: Vec<Sight> = Vec::with_capacity(pages);
        #[expect(clippy::disallowed_methods, reason = "what a scan may cost is a matter of time")]
        let begun = std::time::Instant::now();
        let mut failed = 0;
        while seen.len() < pages && failed < FAILED && begun.elapsed() < self.limits().looking {
            let count = TOGETHER.min(pages - seen.len());
            if let Some(some) = self.some(bytes, seen.len(), count, SMALL, Turn::None)? {
                seen.extend(some);
                failed = 0;
                continue;
            }
            for _ in 0..count {
                let alone = self.some(bytes, seen.len(), 1, SMALL, Turn::None)?;
                failed = if alone.is_some() { 0 } else { failed + 1 };
                seen.push(alone.and_then(|mut one| one.pop()).unwrap_or_default());
                if failed >= FAILED {
                    break;
                }
            }
        }
        seen.resize_with(pages, Sight::default);
        Ok(seen)
    }

    /// One page of a scan as a large picture, turned; none: it cannot be drawn.
    ///
    /// # Errors
    /// [`ReadError`], never about the file.
    pub fn page(&self, bytes: &[u8], leaf: Leaf) -> Result<Option<Vec<u8>>, ReadError> {
        let seen = self.some(bytes, leaf.page, 1, SIDE, leaf.turn)?;
        Ok(seen
            .and_then(|mut one| one.pop())
            .map(|sight| sight.picture)
            .filter(|picture| is_picture(picture)))
    }

    /// Some pages of a scan as a PDF, in the order given. The same pages of the same scan give the same bytes.
    ///
    /// # Errors
    /// [`ReadError`], never about the file.
    pub fn bind(&self, bytes: &[u8], leaves: &[Leaf]) -> Result<Result<Vec<u8>, Outcome>, ReadError> {
        self.made(Task::Bind { leaves: leaves.to_vec() }, bytes)
    }

    /// A PDF with words in the margin of each of its pages, or why it cannot be stamped. The same words on the same PDF give the
    /// same bytes.
    ///
    /// # Errors
    /// [`ReadError`], never about the file.
    pub fn stamp(&self, bytes: &[u8], lines: &[String]) -> Result<Result<Vec<u8>, Outcome>, ReadError> {
        self.made(Task::Stamp { lines: lines.to_vec() }, bytes)
    }

    /// A PDF that the child makes, with the patience that takes.
    fn made(&self, task: Task, bytes: &[u8]) -> Result<Result<Vec<u8>, Outcome>, ReadError> {
        let limits = self.limits();
        let patient = self.under(Limits {
            processor_seconds: limits.processor_seconds.saturating_mul(u64::from(BINDING)),
            deadline: limits.deadline.saturating_mul(BINDING),
            ..limits.clone()
        });
        Ok(match patient.scan(task, bytes)? {
            Ok(Scanned::Bound { bytes, .. }) if bytes.starts_with(b"%PDF-") => Ok(bytes),
            Ok(Scanned::Nothing(outcome)) | Err(outcome) => Err(outcome),
            Ok(_) => Err(Outcome::Hostile { threat: Threat::ForgedAnswer }),
        })
    }

    /// What is seen on some pages that follow one another; none where one of them cost too much, or cannot be drawn.
    fn some(
        &self,
        bytes: &[u8],
        from: usize,
        count: usize,
        side: u32,
        turn: Turn,
    ) -> Result<Option<Vec<Sight>>, ReadError> {
        let look = |drawn| Task::Look { from, count, drawn, side, turn };
        let seen = if kind_of(bytes, None) == MediaType::Pdf {
            if !self.draws() {
                return Ok(None);
            }
            let dots = SIDE.max(side);
            let tool = Tool::Show { from: from + 1, to: from + count, side: dots };
            let Some(drawn) = self.tool(tool, &memory_of(bytes)?)? else { return Ok(None) };
            self.scan(look(true), &drawn)?
        } else {
            self.scan(look(false), bytes)?
        };
        Ok(match seen {
            Ok(Scanned::Seen(all)) if all.len() == count => {
                Some(all).filter(|all| all.iter().all(|one| is_picture(&one.picture)))
            }
            _ => None,
        })
    }

    /// Runs one child over a scan.
    fn scan(&self, task: Task, bytes: &[u8]) -> Result<Result<Scanned, Outcome>, ReadError> {
        let request =
            Request::Scan { task, limits: self.limits().clone(), all_protections: self.demands_all() };
        let mut input = bytes;
        let Some(memory) = memory_file(&request, &[], &mut input, self.limits().input_bytes)? else {
            return Ok(Err(Outcome::OverLimit { limit: Limit::Input }));
        };
        Ok(match self.run(memory)? {
            Said::Answer(Answer::Scanned(scanned)) => Ok(scanned),
            Said::Answer(Answer::Protections(all)) if self.demands_all() => {
                return Err(ReadError::Unprotected(all));
            }
            Said::Answer(_) => Err(Outcome::Hostile { threat: Threat::ForgedAnswer }),
            Said::Nothing(outcome) => Err(outcome),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Turn;

    #[test]
    fn turns_add_up() {
        assert_eq!(Turn::Right.and(Turn::Left), Turn::None);
        assert_eq!(Turn::Half.and(Turn::Left), Turn::Right);
        assert_eq!(Turn::Right.and(Turn::Right), Turn::Half);
    }
}
