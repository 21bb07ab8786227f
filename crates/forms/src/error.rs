//! Why a form was not made.

use std::fmt;

/// Why a form was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// No template of that name is among those given.
    #[error("there is no template {0}")]
    NoTemplate(String),
    /// A template does not compile with this data: what is wrong, the first first.
    #[error("{}", first(.0))]
    Template(Vec<Fault>),
    /// What the template draws cannot be kept as PDF/A.
    #[error("{}", first(.0))]
    Archive(Vec<Fault>),
    /// The data of a form is an object.
    #[error("the data of a form is an object")]
    NotAnObject,
    /// The data is larger than a form may be made of.
    #[error("{bytes} bytes of data, at most {most}")]
    Data {
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        most: usize,
    },
    /// The form has more pages than one may have.
    #[error("{pages} pages, at most {most}")]
    Pages {
        /// How many it has.
        pages: usize,
        /// How many it may have.
        most: usize,
    },
    /// A text is too long for a code that a reader can still read.
    #[error("a code of {bytes} bytes, at most {most}")]
    Code {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// The date of the form is outside the years that a PDF can name.
    #[error("no form can bear the date {0}")]
    Date(String),
}

/// Something wrong in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The template, or another of its files.
    pub file: String,
    /// The line, from 1; none: it is no line's fault.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

fn first(faults: &[Fault]) -> String {
    faults.first().map_or_else(|| "the template does not compile".to_owned(), Fault::to_string)
}
