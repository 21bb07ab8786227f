//! What parent and child say to each other. Owns the frames and their bounds; must not know processes.
//!
//! A request is `length (4 bytes, little endian) | JSON | the file`, in a memory file. An answer is `mark (8 bytes) | length (4 bytes) | JSON | bytes of each part, in
//! order, each as long as its `size` says`, on the child's standard output. Nothing about the file goes through arguments or the environment, which others may see.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::confine::Protection;
use crate::scan::{Scanned, Task};
use crate::{Limits, MediaType, Outcome, Tool};

/// The largest JSON head of a request, in bytes.
const REQUEST_HEAD: usize = 64 * 1024;
/// The mark and version of an answer.
const ANSWER_MARK: &[u8; 8] = b"CHREAD01";

/// What a child is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Read the file behind the head.
    Read {
        /// The kind that the file's name claims. (The name itself stays with the parent.)
        claimed: Option<MediaType>,
        /// What it may cost.
        limits: Limits,
        /// Read nothing where a protection is missing.
        all_protections: bool,
        /// Hand back its tables too.
        tables: bool,
    },
    /// Become a program of the machine, which meets the file behind the head on its standard input.
    Become {
        /// Which.
        tool: Tool,
        /// What it may cost.
        limits: Limits,
    },
    /// Look at the pages of a scan behind the head, or bind some of them.
    Scan {
        /// What to do.
        task: Task,
        /// What it may cost.
        limits: Limits,
        /// Do nothing where a protection is missing.
        all_protections: bool,
    },
    /// Say which protections are in force.
    Probe {
        /// What it may cost.
        limits: Limits,
    },
}

/// What a child answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    /// The file was looked at.
    Read(Outcome),
    /// The pages of a scan were looked at, or bound.
    Scanned(Scanned),
    /// The protections in force, asked for or because one is missing.
    Protections(Vec<Protection>),
}

/// Why an answer is not in the agreed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// It ends early: the child died before it had said everything.
    Short,
    /// Anything else.
    Form,
}

/// Writes the head of a request.
pub(crate) fn write_request(request: &Request, to: &mut impl Write) -> io::Result<()> {
    let head = serde_json::to_vec(request)?;
    let length = u32::try_from(head.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)
}

/// Reads the head of a request.
pub(crate) fn read_request(from: &mut impl Read) -> io::Result<Request> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(io::Error::other)?;
    if length > REQUEST_HEAD {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut head = vec![0; length];
    from.read_exact(&mut head)?;
    Ok(serde_json::from_slice(&head)?)
}

/// Writes an answer.
pub(crate) fn write_answer(answer: &Answer, to: &mut impl Write) -> io::Result<()> {
    let head = serde_json::to_vec(answer)?;
    let length = u32::try_from(head.len()).map_err(io::Error::other)?;
    to.write_all(ANSWER_MARK)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)?;
    if let Answer::Read(outcome) = answer {
        for part in outcome.reading().map(|reading| reading.parts.as_slice()).unwrap_or_default() {
            to.write_all(&part.bytes)?;
        }
    }
    if let Answer::Scanned(scanned) = answer {
        for (_, bytes) in scanned.bytes() {
            to.write_all(bytes)?;
        }
    }
    to.flush()
}

/// Reads an answer, all of it and nothing behind it. The bytes are the child's and may be anything.
pub(crate) fn read_answer(bytes: &[u8]) -> Result<Answer, Malformed> {
    let (mark, rest) = bytes.split_at_checked(8).ok_or(Malformed::Short)?;
    if mark != ANSWER_MARK {
        return Err(Malformed::Form);
    }
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(Malformed::Short)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Malformed::Form)?;
    let (head, mut rest) = rest.split_at_checked(length).ok_or(Malformed::Short)?;
    let mut answer: Answer = serde_json::from_slice(head).map_err(|_| Malformed::Form)?;
    if let Answer::Read(Outcome::Text(reading) | Outcome::Mislabelled { reading: Some(reading), .. }) =
        &mut answer
    {
        for part in &mut reading.parts {
            let size = usize::try_from(part.size).map_err(|_| Malformed::Form)?;
            let (bytes, behind) = rest.split_at_checked(size).ok_or(Malformed::Short)?;
            part.bytes = bytes.to_vec();
            rest = behind;
        }
    }
    if let Answer::Scanned(scanned) = &mut answer {
        for (size, into) in scanned.bytes_mut() {
            let size = usize::try_from(size).map_err(|_| Malformed::Form)?;
            let (bytes, behind) = rest.split_at_checked(size).ok_or(Malformed::Short)?;
            *into = bytes.to_vec();
            rest = behind;
        }
    }
    if rest.is_empty() { Ok(answer) } else { Err(Malformed::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Part, Reading};
    use proptest::prelude::*;

    fn reading() -> Answer {
        let part = |name: &str, bytes: &[u8]| Part {
            name: name.into(),
            size: bytes.len() as u64,
            bytes: bytes.to_vec(),
            ..Part::default()
        };
        Answer::Read(Outcome::Text(Box::new(Reading {
            text: "words".into(),
            parts: vec![part("a.bin", &[1, 2, 3]), part("", &[]), part("b", &[9])],
            ..Reading::default()
        })))
    }

    #[test]
    fn an_answer_comes_back_with_the_bytes_of_its_parts() {
        let mut bytes = Vec::new();
        write_answer(&reading(), &mut bytes).unwrap();
        assert_eq!(read_answer(&bytes), Ok(reading()));
    }

    #[test]
    fn an_answer_cut_anywhere_is_short_and_one_with_a_tail_is_refused() {
        let mut bytes = Vec::new();
        write_answer(&reading(), &mut bytes).unwrap();
        for end in 0..bytes.len() {
            assert_eq!(read_answer(&bytes[..end]), Err(Malformed::Short), "{end}");
        }
        bytes.push(0);
        assert_eq!(read_answer(&bytes), Err(Malformed::Form));
    }

    #[test]
    fn a_part_that_claims_more_bytes_than_there_are_is_refused() {
        let mut answer = reading();
        if let Answer::Read(Outcome::Text(reading)) = &mut answer {
            reading.parts[2].size = u64::MAX;
        }
        let mut bytes = Vec::new();
        write_answer(&answer, &mut bytes).unwrap();
        assert!(read_answer(&bytes).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_answer(&bytes);
            let _ = read_answer(&[ANSWER_MARK.as_slice(), &bytes].concat());
            let _ = read_request(&mut bytes.as_slice());
        }
    }
}
