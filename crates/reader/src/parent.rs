//! The parent of the reading child. Owns its start, its deadline, its end, and what its death means; must not know formats.

mod end;
mod memory;

use std::ffi::OsString;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::confine::Protection;
use crate::frame::{Answer, Malformed, Request, read_answer};
use crate::recognise::is_picture;
use crate::sniff::{HEAD, disagrees, refine};
use crate::turns::Turns;
use crate::{
    Damage, Flag, Limit, Limits, MediaType, Outcome, Reading, Recogniser, Threat, Tool, language, sniff, text,
};

use end::{Running, cause_of_death};
use memory::behind_head;
pub(crate) use memory::{memory_file, memory_of};

/// Why nothing was read, through no fault of the file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be taken in.
    #[error("the file could not be taken in: {0}")]
    Input(#[source] io::Error),
    /// The memory file could not be made.
    #[error("no memory file for the reading child: {0}")]
    Memory(#[source] io::Error),
    /// The child could not be started or waited for.
    #[error("the reading child could not be run: {0}")]
    Child(#[source] io::Error),
    /// All protections are demanded and this kernel lacks some.
    #[error("this machine lacks a protection that reading demands: {}", missing(.0))]
    Unprotected(Vec<Protection>),
}

fn missing(protections: &[Protection]) -> String {
    let names: Vec<&str> = protections
        .iter()
        .filter(|protection| !protection.available)
        .map(|protection| protection.guard.name())
        .collect();
    names.join(", ")
}

/// Reads files. Cheap to clone; every reading of anything but plain text starts a child of its own and blocks until it ends, so call it where blocking is allowed.
/// Clones together have no more children at once than the machine has processors; who comes later waits for his turn.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    all_protections: bool,
    recogniser: Recogniser,
    turns: Turns,
}

impl Reader {
    /// A reader whose child is `program read`. The program's `read` subcommand must be [`crate::child::main`].
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, limits: Limits) -> Self {
        Self {
            program: program.into(),
            arguments: vec!["read".into()],
            limits,
            all_protections: false,
            recogniser: Recogniser::default(),
            turns: Turns::of_machine(),
        }
    }

    /// The same, recognising the words of scans with what the machine has for that.
    #[must_use]
    pub fn recognising(mut self, recogniser: Recogniser) -> Self {
        self.recogniser = recogniser;
        self
    }

    /// The same, with no more children at once than so many.
    #[must_use]
    pub fn with_children(mut self, at_once: NonZeroUsize) -> Self {
        self.turns = Turns::new(at_once);
        self
    }

    /// The same with other arguments before the child.
    #[must_use]
    pub fn with_arguments(mut self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.arguments = arguments.into_iter().map(Into::into).collect();
        self
    }

    /// The same, but refusing to read where the kernel lacks a protection. Else a missing one is for `doctor` to say.
    #[must_use]
    pub fn demanding_all_protections(mut self) -> Self {
        self.all_protections = true;
        self
    }

    /// The same, under other limits.
    pub(crate) fn under(&self, limits: Limits) -> Self {
        Self { limits, ..self.clone() }
    }

    /// Whether it reads only where every protection is in force.
    pub(crate) const fn demands_all(&self) -> bool {
        self.all_protections
    }

    /// Whether pages of a PDF can be drawn here.
    #[must_use]
    pub const fn draws(&self) -> bool {
        self.recogniser.draws
    }

    /// The limits in force.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads one file. Its name only serves to tell kinds of text apart and to find it mislabelled; it goes neither to the child nor to any disk.
    ///
    /// # Errors
    /// [`ReadError`], never about the file: that is an [`Outcome`].
    pub fn read(&self, name: &str, input: impl Read) -> Result<Outcome, ReadError> {
        self.look(name, input, false)
    }

    /// Reads one file and hands back its tables too (`Reading::sheets`), within the limits of sheets and cells. Cells are cut apart in the child, even where the file is
    /// text.
    ///
    /// # Errors
    /// [`ReadError`], never about the file: that is an [`Outcome`].
    pub fn tables(&self, name: &str, input: impl Read) -> Result<Outcome, ReadError> {
        self.look(name, input, true)
    }

    fn look(&self, name: &str, mut input: impl Read, tables: bool) -> Result<Outcome, ReadError> {
        let mut head = Vec::new();
        input.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(ReadError::Input)?;
        let claimed = MediaType::from_name(name);
        let kind = sniff::sniff(&head, name);
        if kind == MediaType::Empty {
            return Ok(Outcome::Damaged { kind: claimed.unwrap_or(kind), reason: Damage::Empty });
        }
        if kind.is_plain() && !(tables && kind == MediaType::Csv) {
            let mut bytes = head;
            let room = self.limits.input_bytes.saturating_add(1).saturating_sub(bytes.len() as u64);
            input.take(room).read_to_end(&mut bytes).map_err(ReadError::Input)?;
            return Ok(judge(self.read_plain(kind, &bytes), claimed, kind));
        }
        let picture = is_picture(kind) && self.recogniser.takes(kind);
        if !picture && !kind.is_readable() && !kind.is_compound() {
            return Ok(judge(Outcome::Unsupported { kind }, claimed, kind));
        }
        let request = Request::Read {
            claimed,
            limits: self.limits.clone(),
            all_protections: self.all_protections,
            tables,
        };
        let Some(memory) = memory_file(&request, &head, &mut input, self.limits.input_bytes)? else {
            return Ok(Outcome::OverLimit { limit: Limit::Input });
        };
        // A second hold of the file, for whoever draws its pages.
        let kept = memory.try_clone().map_err(ReadError::Memory)?;
        match self.run(memory)? {
            Said::Answer(Answer::Read(Outcome::Text(reading)))
                if reading.flags.contains(&Flag::NoWords) && self.recogniser.takes(reading.kind) =>
            {
                self.of_pages(*reading, &kept)
            }
            // A picture by its head that holds none, or one that goes by another name: kept, not read.
            Said::Answer(Answer::Read(Outcome::Damaged { .. })) if picture => {
                Ok(judge(Outcome::Unsupported { kind }, claimed, kind))
            }
            Said::Answer(Answer::Read(outcome)) => Ok(outcome),
            Said::Answer(Answer::Protections(protections)) => {
                if self.all_protections && protections.iter().any(|protection| !protection.available) {
                    Err(ReadError::Unprotected(protections))
                } else {
                    Ok(Outcome::Hostile { threat: Threat::ForgedAnswer })
                }
            }
            // It was asked to read.
            Said::Answer(Answer::Scanned(_)) => Ok(Outcome::Hostile { threat: Threat::ForgedAnswer }),
            Said::Nothing(outcome) => Ok(outcome),
        }
    }

    /// The protections that a child gets on this machine, for `doctor`: asked of a child, not guessed.
    ///
    /// # Errors
    /// [`ReadError::Child`] where no child can be run or it does not answer.
    pub fn protections(&self) -> Result<Vec<Protection>, ReadError> {
        let silent = || ReadError::Child(io::Error::from(io::ErrorKind::InvalidData));
        let request = Request::Probe { limits: self.limits.clone() };
        let memory = memory_file(&request, &[], &mut io::empty(), 0)?.ok_or_else(silent)?;
        match self.run(memory)? {
            Said::Answer(Answer::Protections(protections)) => Ok(protections),
            _ => Err(silent()),
        }
    }

    fn read_plain(&self, kind: MediaType, bytes: &[u8]) -> Outcome {
        if bytes.len() as u64 > self.limits.input_bytes {
            return Outcome::OverLimit { limit: Limit::Input };
        }
        match text::decode(bytes, self.limits.text_bytes) {
            Ok(decoded) => {
                let mut reading =
                    Reading { kind, language: language::guess(&decoded.text), ..Reading::default() };
                if !decoded.was_utf8 {
                    reading.flags.insert(Flag::Decoded);
                }
                if decoded.lost {
                    reading.flags.insert(Flag::CharactersLost);
                }
                reading.text = decoded.text;
                Outcome::Text(Box::new(reading))
            }
            Err(text::NotText::OverLimit) => Outcome::OverLimit { limit: Limit::Text },
            // The head looked like text and the rest does not.
            Err(text::NotText::Binary) => Outcome::Damaged { kind, reason: Damage::Structure },
        }
    }

    /// Runs one child over one request.
    pub(crate) fn run(&self, memory: OwnedFd) -> Result<Said, ReadError> {
        match self.hear(memory)? {
            Heard::Late => Ok(Said::Nothing(Outcome::OverLimit { limit: Limit::Time })),
            Heard::TooMuch => Ok(Said::Nothing(Outcome::OverLimit { limit: Limit::Answer })),
            Heard::All { answer, last_words, status } => match read_answer(&answer) {
                Ok(answer) => Ok(Said::Answer(answer)),
                Err(Malformed::Form) => Ok(Said::Nothing(Outcome::Hostile { threat: Threat::ForgedAnswer })),
                Err(Malformed::Short) => {
                    Ok(Said::Nothing(cause_of_death(status, &last_words).map_err(ReadError::Child)?))
                }
            },
        }
    }

    /// Runs one child to its end, or to its deadline.
    fn hear(&self, memory: OwnedFd) -> Result<Heard, ReadError> {
        let _turn = self.turns.take();
        let mut running = Running(
            Command::new(&self.program)
                .args(&self.arguments)
                .env_clear()
                .current_dir("/")
                .process_group(0)
                .stdin(Stdio::from(memory))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(ReadError::Child)?,
        );
        let (Some(answer), Some(last_words)) = (running.0.stdout.take(), running.0.stderr.take()) else {
            return Err(ReadError::Child(io::Error::from(io::ErrorKind::BrokenPipe)));
        };
        // The pipes are read beside, so that waiting has a deadline. The thread ends when the child does.
        let room = self.limits.answer_bytes;
        let (send, receive) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name("reading".into())
            .spawn(move || {
                let mut bytes = Vec::new();
                let mut words = Vec::new();
                let read = answer.take(room.saturating_add(1)).read_to_end(&mut bytes);
                if bytes.len() as u64 <= room {
                    let _ = last_words.take(4096).read_to_end(&mut words);
                }
                // Nobody listens any more once the deadline has passed.
                let _ = send.send(read.map(|_| (bytes, words)));
            })
            .map_err(ReadError::Child)?;
        let heard = receive.recv_timeout(self.limits.deadline);
        // Whatever is left of it ends here. Not reaped yet, its number is still its own; if it has ended, why it did stays as it was.
        let status = running.end().map_err(ReadError::Child)?;
        let Ok(heard) = heard else { return Ok(Heard::Late) };
        let (answer, last_words) = heard.map_err(ReadError::Child)?;
        if answer.len() as u64 > room {
            return Ok(Heard::TooMuch);
        }
        Ok(Heard::All { answer, last_words, status })
    }

    /// The words of a scan of which only the pages are known.
    fn of_pages(&self, mut reading: Reading, file: &OwnedFd) -> Result<Outcome, ReadError> {
        let pages = reading.pages.map_or(1, |pages| pages as usize);
        let mut words = Recognised { missed: pages > self.limits.scanned_pages, ..Recognised::default() };
        #[expect(clippy::disallowed_methods, reason = "what a scan may cost is a matter of time")]
        let begun = std::time::Instant::now();
        for page in 0..pages.min(self.limits.scanned_pages) {
            if begun.elapsed() > self.limits.recognising {
                words.missed = true;
                break;
            }
            let Some(said) = self.of_page(reading.kind, page, file)? else {
                if page == 0 && is_picture(reading.kind) {
                    // No program here sees a picture in it.
                    return Ok(Outcome::Unsupported { kind: reading.kind });
                }
                // What cost all that may be spent is not tried again with the next page.
                words.missed = true;
                break;
            };
            words.take(&String::from_utf8_lossy(&said), self.limits.text_bytes);
        }
        words.into(&mut reading);
        Ok(Outcome::Text(Box::new(reading)))
    }

    /// What is recognised on a page, counted from nought; nothing where a program failed or met its limits.
    fn of_page(&self, kind: MediaType, page: usize, file: &OwnedFd) -> Result<Option<Vec<u8>>, ReadError> {
        let languages = self.recogniser.languages.clone();
        if is_picture(kind) {
            return self.tool(Tool::Recognise { picture: Some(page), languages }, file);
        }
        let drawn = self.tool(Tool::Draw { page: page + 1 }, file)?.filter(|picture| !picture.is_empty());
        match drawn {
            Some(drawn) => self.tool(Tool::Recognise { picture: None, languages }, &memory_of(&drawn)?),
            None => Ok(None),
        }
    }

    /// What a program of the machine says of a file; nothing where it failed or met its limits.
    pub(crate) fn tool(&self, tool: Tool, file: &OwnedFd) -> Result<Option<Vec<u8>>, ReadError> {
        let mut file = behind_head(file)?;
        let request = Request::Become { tool, limits: self.limits.clone() };
        let Some(memory) = memory_file(&request, &[], &mut file, self.limits.answer_bytes)? else {
            return Ok(None);
        };
        match self.hear(memory)? {
            Heard::All { answer, status, .. } if status.success() => Ok(Some(answer)),
            _ => Ok(None),
        }
    }
}

/// What was heard of a child.
enum Heard {
    /// All that it said, to its end.
    All { answer: Vec<u8>, last_words: Vec<u8>, status: ExitStatus },
    /// It did not end in time.
    Late,
    /// It said more than is listened to.
    TooMuch,
}

/// The words of the pages of a scan.
#[derive(Default)]
struct Recognised {
    text: String,
    /// Whether a page is missing.
    missed: bool,
}

impl Recognised {
    /// Takes the words of one page, as far as there is room.
    fn take(&mut self, said: &str, limit: usize) {
        if said.len() > limit.saturating_sub(self.text.len()) {
            self.missed = true;
            return;
        }
        // It ends each page with a form feed.
        text::push_clean(said.trim_end_matches('\u{c}'), &mut self.text);
    }

    fn into(self, reading: &mut Reading) {
        if self.missed {
            reading.flags.insert(Flag::PartlyRead);
        }
        if self.text.trim().is_empty() {
            reading.flags.insert(Flag::NoWords);
        } else {
            reading.flags.remove(&Flag::NoWords);
            reading.flags.insert(Flag::Recognised);
            reading.language = language::guess(&self.text);
            reading.text = self.text;
        }
    }
}

/// What came of a child.
pub(crate) enum Said {
    Answer(Answer),
    Nothing(Outcome),
}

/// Finds an outcome mislabelled where the name belies the content. A hostile file stays hostile, whatever it is called.
pub(crate) fn judge(outcome: Outcome, claimed: Option<MediaType>, found: MediaType) -> Outcome {
    match (claimed, outcome) {
        (_, outcome @ Outcome::Hostile { .. }) => outcome,
        (Some(claimed), outcome) if disagrees(claimed, found) => {
            Outcome::Mislabelled { claimed, found, reading: outcome.into_reading().map(Box::new) }
        }
        (_, outcome) => outcome,
    }
}

/// The kind that claim and content agree on, for the child, which sees the whole file.
pub(crate) fn kind_of(bytes: &[u8], claimed: Option<MediaType>) -> MediaType {
    refine(sniff::by_content(bytes), claimed, bytes)
}
