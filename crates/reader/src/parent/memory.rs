//! Bytes in a sealed file in memory, ready to be a child's standard input. Knows neither the child nor what the bytes say.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::OwnedFd;

use rustix::fs::{MemfdFlags, SealFlags};

use super::ReadError;
use crate::Limits;
use crate::frame::{Request, read_request, write_request};
use crate::sniff::HEAD;

/// Bytes in memory as a request's file, without a head to speak of.
pub(crate) fn memory_of(bytes: &[u8]) -> Result<OwnedFd, ReadError> {
    let request = Request::Probe { limits: Limits::default() };
    let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_add(1);
    memory_file(&request, &[], &mut io::Cursor::new(bytes), limit)?
        .ok_or_else(|| ReadError::Memory(io::Error::from(io::ErrorKind::FileTooLarge)))
}

/// The file of a request from its beginning, wherever others have read it to.
pub(super) fn behind_head(memory: &OwnedFd) -> Result<File, ReadError> {
    let mut file = File::from(memory.try_clone().map_err(ReadError::Memory)?);
    file.rewind().map_err(ReadError::Memory)?;
    read_request(&mut file).map_err(ReadError::Memory)?;
    Ok(file)
}

/// The request and the file in memory, sealed, ready to be a child's standard input. `None` where the file is over the limit.
pub(crate) fn memory_file(
    request: &Request,
    head: &[u8],
    rest: &mut impl Read,
    limit: u64,
) -> Result<Option<OwnedFd>, ReadError> {
    let memory = rustix::fs::memfd_create("reading", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)
        .map_err(|error| ReadError::Memory(error.into()))?;
    let mut file = File::from(memory);
    write_request(request, &mut file).map_err(ReadError::Memory)?;
    file.write_all(head).map_err(ReadError::Memory)?;
    let mut room = limit.saturating_add(1).saturating_sub(head.len() as u64);
    let mut buffer = vec![0; HEAD];
    while room > 0 {
        let read = match rest.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(ReadError::Input(error)),
        };
        file.write_all(buffer.get(..read).unwrap_or(&[])).map_err(ReadError::Memory)?;
        room = room.saturating_sub(read as u64);
    }
    if room == 0 && limit > 0 {
        return Ok(None);
    }
    file.rewind().map_err(ReadError::Memory)?;
    let seals = SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE;
    rustix::fs::fcntl_add_seals(&file, seals).map_err(|error| ReadError::Memory(error.into()))?;
    Ok(Some(file.into()))
}
