//! Words of scans: their pages are drawn and the words in them recognised by two programs of the machine, each run in a
//! limited child that has become it. Owns which programs these are, how they are asked, and how much of a scan is
//! recognised; must not know parsers.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Language, MediaType};

/// Dots an inch at which pages are drawn: enough for ten-point type, and a page stays under four megabytes.
const DOTS: &str = "200";
/// Where installations keep what the recogniser knows of languages.
const KNOWLEDGE: [&str; 4] = [
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
];
/// The program that draws pages.
const DRAWER: &str = "/usr/bin/pdftoppm";
/// The program that recognises words.
const RECOGNISER: &str = "/usr/bin/tesseract";

/// What this machine has for scans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recogniser {
    /// Whether pages of a PDF can be drawn.
    pub draws: bool,
    /// The languages whose words can be recognised; none: nothing is recognised here.
    pub languages: Vec<Language>,
}

impl Recogniser {
    /// What is installed here.
    pub fn installed() -> Self {
        let knows = |language: &Language| {
            KNOWLEDGE
                .iter()
                .any(|folder| Path::new(folder).join(format!("{}.traineddata", name(*language))).is_file())
        };
        let languages = if Path::new(RECOGNISER).is_file() {
            [Language::English, Language::French].into_iter().filter(knows).collect()
        } else {
            Vec::new()
        };
        Self { draws: Path::new(DRAWER).is_file(), languages }
    }

    /// Whether the words of such a file could be recognised here.
    #[must_use]
    pub const fn takes(&self, kind: MediaType) -> bool {
        !self.languages.is_empty() && (is_picture(kind) || (self.draws && matches!(kind, MediaType::Pdf)))
    }
}

/// Whether a file is a picture that may hold words.
pub(crate) const fn is_picture(kind: MediaType) -> bool {
    matches!(
        kind,
        MediaType::Png
            | MediaType::Jpeg
            | MediaType::Tiff
            | MediaType::Bmp
            | MediaType::Webp
            | MediaType::Gif
    )
}

/// A language by the name of what the recogniser knows of it.
const fn name(language: Language) -> &'static str {
    match language {
        Language::English => "eng",
        Language::French => "fra",
    }
}

/// A program of the machine that a child becomes. What it is given is its standard input, what it says its standard output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// Draws a page of a PDF in greys.
    Draw {
        /// Which, from one.
        page: usize,
    },
    /// Draws some pages of a PDF in greys, each no longer than so many dots, however large it says it is.
    Show {
        /// The first, from one.
        from: usize,
        /// The last.
        to: usize,
        /// Dots of the longer side.
        side: u32,
    },
    /// Recognises the words of a picture.
    Recognise {
        /// Which picture of a file of several, from nought; none: the file is one picture, drawn here.
        picture: Option<usize>,
        /// In which languages.
        languages: Vec<Language>,
    },
}

impl Tool {
    /// The program.
    pub(crate) fn program(&self) -> PathBuf {
        match self {
            Tool::Draw { .. } | Tool::Show { .. } => DRAWER.into(),
            Tool::Recognise { .. } => RECOGNISER.into(),
        }
    }

    /// Its arguments: made here, word for word; nothing of the file stands among them.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        match self {
            Tool::Draw { page } => {
                let page = page.to_string();
                words(&["-q", "-gray", "-r", DOTS, "-f", &page, "-l", &page, "-"])
            }
            Tool::Show { from, to, side } => {
                let [from, to, side] = [from.to_string(), to.to_string(), side.to_string()];
                words(&["-q", "-gray", "-scale-to", &side, "-f", &from, "-l", &to, "-"])
            }
            Tool::Recognise { picture, languages } => {
                let languages: Vec<&str> = languages.iter().map(|language| name(*language)).collect();
                let mut arguments = words(&["stdin", "stdout", "-l", &languages.join("+")]);
                arguments.extend(match picture {
                    None => words(&["--dpi", DOTS]),
                    Some(picture) => words(&["-c", &format!("tessedit_page_number={picture}")]),
                });
                arguments
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_asked_in_words_of_ours() {
        let draw = Tool::Draw { page: 3 };
        assert_eq!(draw.arguments(), ["-q", "-gray", "-r", "200", "-f", "3", "-l", "3", "-"]);
        let languages = vec![Language::English, Language::French];
        let words = Tool::Recognise { picture: Some(0), languages };
        assert_eq!(words.arguments(), ["stdin", "stdout", "-l", "eng+fra", "-c", "tessedit_page_number=0"]);
    }

    #[test]
    fn nothing_is_taken_where_no_language_is_known() {
        let none = Recogniser { draws: true, languages: Vec::new() };
        assert!(!none.takes(MediaType::Tiff) && !none.takes(MediaType::Pdf));
        let pictures = Recogniser { draws: false, languages: vec![Language::French] };
        assert!(pictures.takes(MediaType::Tiff) && !pictures.takes(MediaType::Pdf));
    }
}
