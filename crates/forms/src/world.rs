//! All that a template can see.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::FONTS;

/// The name that the data of a form has for its template.
pub const DATA: &str = "data.json";

/// A file of an office's forms.
#[derive(Debug, Clone)]
pub enum File {
    /// One that compiles, read once.
    Source(Source),
    /// Any other.
    Bytes(Bytes),
}

/// What one template sees while it compiles.
pub struct Desk<'a> {
    /// The library of the language.
    pub library: &'a LazyHash<Library>,
    /// The templates.
    pub files: &'a HashMap<FileId, File>,
    /// The template that is compiled.
    pub main: FileId,
    /// The data, and the name it is asked for by.
    pub data: (FileId, Bytes),
    /// The day in UTC on which the form is made.
    pub today: Option<Datetime>,
}

/// The name of a file among the templates; none: nothing can be called that.
pub fn id(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk<'_> {
    fn missing(id: FileId) -> FileError {
        match id.root() {
            VirtualRoot::Package(package) => FileError::Package(PackageError::NotFound(package.clone())),
            VirtualRoot::Project => FileError::NotFound(id.vpath().get_without_slash().into()),
        }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match self.files.get(&id) {
            Some(File::Source(source)) => Ok(source.clone()),
            Some(File::Bytes(_)) => Err(FileError::NotSource),
            None => Err(Self::missing(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        match self.files.get(&id) {
            Some(File::Source(source)) => Ok(Bytes::from_string(source.clone())),
            Some(File::Bytes(bytes)) => Ok(bytes.clone()),
            None => Err(Self::missing(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    /// The day the form is made, wherever the template thinks it is.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
