//! Filling a form in.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::{FileId, Source};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::data::Filled;
use crate::error::{Fault, FormError};
use crate::form::{Form, Language};
use crate::prepare::prepared;
use crate::world::{DATA, Desk, File, id};

/// How many bytes of data a form may be made of, as JSON.
pub const DATA_MOST: usize = 8 << 20;
/// How many pages a form may have.
pub const PAGES_MOST: usize = 2_000;

/// The forms of a house: its templates, by name.
pub struct Forms {
    files: HashMap<FileId, File>,
    library: LazyHash<Library>,
}

impl Forms {
    /// Of templates by file name; of two with one name the later stands. One that is no text, or is called what no file
    /// is called, is refused when it is asked for.
    pub fn new(templates: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let named = templates.into_iter().filter_map(|(name, bytes)| {
            let id = id(&name)?;
            let file = match String::from_utf8(bytes) {
                Ok(text) => File::Source(Source::new(id, text)),
                Err(error) => File::Bytes(Bytes::new(error.into_bytes())),
            };
            Some((id, file))
        });
        Self { files: named.collect(), library: LazyHash::new(<Library as LibraryExt>::default()) }
    }

    /// A form filled in, as PDF/A-2a. `data` is what its template reads (see [`crate::data`]); `made` stands in the file
    /// as its date. Takes tenths of a second, and seconds for hundreds of pages: not for a thread that others wait for.
    ///
    /// # Errors
    /// No such template, one that does not compile with this data, data or pages beyond the bounds, a code too long.
    pub fn pdf(
        &self,
        form: Form,
        language: Language,
        data: &Value,
        made: Timestamp,
    ) -> Result<Vec<u8>, FormError> {
        let _evict = Evict;
        let made = datetime(made)?;
        let main = self.main(form)?;
        let desk = Desk {
            library: &self.library,
            files: &self.files,
            main,
            data: (
                id(DATA).ok_or_else(|| FormError::NoTemplate(DATA.to_owned()))?,
                bytes(form, language, data)?,
            ),
            today: day(made),
        };
        let document = compiled(&desk)?;
        let options = options(form, data, made)?;
        typst_pdf::pdf(&document, &options).map_err(|errors| FormError::Archive(faults(&desk, &errors)))
    }

    /// The same, of data that knows its form.
    ///
    /// # Errors
    /// As [`Forms::pdf`].
    pub fn fill<T: Filled>(
        &self,
        language: Language,
        data: &T,
        made: Timestamp,
    ) -> Result<Vec<u8>, FormError> {
        let data = serde_json::to_value(data).map_err(|_| FormError::NotAnObject)?;
        self.pdf(T::FORM, language, &data, made)
    }

    fn main(&self, form: Form) -> Result<FileId, FormError> {
        let name = format!("{}.typ", form.name());
        id(&name).filter(|id| self.files.contains_key(id)).ok_or(FormError::NoTemplate(name))
    }
}

/// What the compiler remembers between two forms is of no use to the next and would only grow.
struct Evict;

impl Drop for Evict {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

fn compiled(desk: &Desk) -> Result<PagedDocument, FormError> {
    let document = typst::compile::<PagedDocument>(desk)
        .output
        .map_err(|errors| FormError::Template(faults(desk, &errors)))?;
    match document.pages().len() {
        pages if pages > PAGES_MOST => Err(FormError::Pages { pages, most: PAGES_MOST }),
        _ => Ok(document),
    }
}

/// The data as the template reads it: besides what was given, `language` and the `form`'s code.
fn bytes(form: Form, language: Language, data: &Value) -> Result<Bytes, FormError> {
    let size = serde_json::to_vec(data).map_err(|_| FormError::NotAnObject)?.len();
    if size > DATA_MOST {
        return Err(FormError::Data { bytes: size, most: DATA_MOST });
    }
    let mut data = prepared(data)?;
    let object = data.as_object_mut().ok_or(FormError::NotAnObject)?;
    object.insert("language".to_owned(), Value::from(language.code()));
    object.insert("form".to_owned(), Value::from(form.code()));
    serde_json::to_vec(&data).map(Bytes::new).map_err(|_| FormError::NotAnObject)
}

fn options(form: Form, data: &Value, made: Datetime) -> Result<PdfOptions, FormError> {
    let part = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default();
    let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|error| {
        let message = error.message().to_string();
        FormError::Archive(vec![Fault { file: form.name().to_owned(), line: None, message }])
    })?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{}\n{}\n{}", form.code(), part("registry"), part("number"))),
        creator: Smart::Custom(Some("Chancery".to_owned())),
        timestamp: Some(typst_pdf::Timestamp::new_utc(made)),
        standards,
        ..PdfOptions::default()
    })
}

fn datetime(made: Timestamp) -> Result<Datetime, FormError> {
    let at = Offset::UTC.to_datetime(made);
    let part = |value: i8| u8::try_from(value).ok();
    let datetime = || {
        let (month, day) = (part(at.month())?, part(at.day())?);
        let (hour, minute, second) = (part(at.hour())?, part(at.minute())?, part(at.second())?);
        (at.year() >= 0).then_some(())?;
        Datetime::from_ymd_hms(i32::from(at.year()), month, day, hour, minute, second)
    };
    datetime().ok_or_else(|| FormError::Date(made.to_string()))
}

fn day(made: Datetime) -> Option<Datetime> {
    Datetime::from_ymd(made.year()?, made.month()?, made.day()?)
}

fn faults(desk: &Desk, errors: &[SourceDiagnostic]) -> Vec<Fault> {
    errors.iter().map(|error| fault(desk, error)).collect()
}

fn fault(desk: &Desk, error: &SourceDiagnostic) -> Fault {
    let file = error.span.id().unwrap_or(desk.main);
    let line = || {
        let start = desk.range(error.span)?.start;
        desk.source(file).ok()?.lines().byte_to_line(start)
    };
    let name = file.vpath().get_without_slash().to_owned();
    Fault { file: name, line: line().map(|line| line + 1), message: error.message.to_string() }
}
