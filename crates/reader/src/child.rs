//! The reading child: what the binary's hidden subcommand runs. Owns the order of things in it: take the answer's pipe, give everything up, only then look at the
//! file. Must not know who asked or what the file is called.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::panic::{self, AssertUnwindSafe};
use std::process::{Command, ExitCode};

pub use crate::confine::Confinement;
use crate::confine::Streams;
pub use crate::frame::Request;
use crate::frame::{Answer, read_request, write_answer};
use crate::{Damage, Limits, MediaType, Outcome, Tool, confine, formats, scan};

/// Runs as the reading child: one request on standard input (a memory file), one answer on standard output, then the end.
///
/// Call it before the process has started any thread, opened any file or read any configuration: landlock binds the calling thread and those it starts. The exit code is
/// failure where the request or the answer could not be passed; the parent then knows what to think.
#[must_use]
pub fn main() -> ExitCode {
    run_with(Confinement::Full, |request, file| match request {
        Request::Read { claimed, limits, tables, .. } => formats::read(&file, claimed, &limits, tables),
        Request::Become { .. } | Request::Scan { .. } | Request::Probe { .. } => {
            Outcome::Unsupported { kind: MediaType::Unknown }
        }
    })
}

/// Runs as a child that does something else with the file. For tests of the confinement, which need children that misbehave.
#[must_use]
pub fn run_with(confinement: Confinement, work: impl FnOnce(Request, Vec<u8>) -> Outcome) -> ExitCode {
    match serve(confinement, work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve(confinement: Confinement, work: impl FnOnce(Request, Vec<u8>) -> Outcome) -> io::Result<()> {
    // Whatever a library prints must not get into the answer.
    let mut answer_to = File::from(rustix::io::dup(io::stdout())?);
    rustix::stdio::dup2_stdout(io::stderr())?;
    // A panic's message may quote the file.
    panic::set_hook(Box::new(|_| {}));
    let mut input = File::from(rustix::io::dup(io::stdin())?);
    let size = input.metadata()?.len();
    // The head is the parent's own words; the file begins behind it.
    let request = read_request(&mut input)?;
    if let Request::Become { tool, limits } = &request {
        return Err(become_tool(tool, limits, &answer_to));
    }
    let (limits, needed, probe) = match &request {
        Request::Read { limits, all_protections, .. } | Request::Scan { limits, all_protections, .. } => {
            (limits.clone(), *all_protections, false)
        }
        Request::Become { limits, .. } | Request::Probe { limits } => (limits.clone(), false, true),
    };
    let streams = Streams { input: input.as_raw_fd(), answer: answer_to.as_raw_fd() };
    let protections = confine::confine(&limits, confinement, streams);
    if probe || (needed && protections.iter().any(|protection| !protection.available)) {
        return write_answer(&Answer::Protections(protections), &mut answer_to);
    }
    let mut file = Vec::with_capacity(usize::try_from(size.min(limits.input_bytes)).unwrap_or(0));
    input.take(limits.input_bytes).read_to_end(&mut file)?;
    if let Request::Scan { task, limits, .. } = &request {
        return write_answer(&Answer::Scanned(scan::work(task, &file, limits)), &mut answer_to);
    }
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| work(request, file)))
        .unwrap_or(Outcome::Damaged { kind: MediaType::Unknown, reason: Damage::ReaderFailed });
    write_answer(&Answer::Read(outcome), &mut answer_to)
}

/// Becomes a program of the machine. The file behind the head is what is left of its standard input. Comes back only where
/// it could not.
fn become_tool(tool: &Tool, limits: &Limits, answer_to: &File) -> io::Error {
    if let Err(error) = rustix::stdio::dup2_stdout(answer_to) {
        return error.into();
    }
    let program = tool.program();
    if let Err(error) = confine::confine_tool(limits, &program) {
        return error;
    }
    // One thread: what it costs is counted in processor time, and it may start none.
    Command::new(program)
        .args(tool.arguments())
        .env_clear()
        .env("OMP_THREAD_LIMIT", "1")
        .env("LC_ALL", "C.UTF-8")
        .exec()
}
