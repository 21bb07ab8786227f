//! The kinds of file, their names in the registry's terms, media types and usual extensions. Must not look at content.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $mime:literal [$($extension:literal)*],)*) => {
        /// The kind of a file.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum MediaType {
            $($(#[$doc])* $kind,)*
            /// Bytes that show no kind.
            #[default]
            Unknown,
        }

        impl MediaType {
            /// Every kind that a file can be found to be.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)* Self::Unknown];

            /// The media type to send the file as.
            #[must_use]
            pub const fn mime(self) -> &'static str {
                match self {
                    $(Self::$kind => $mime,)*
                    Self::Unknown => "application/octet-stream",
                }
            }

            /// The kind that an extension (lower case, no dot) claims.
            #[must_use]
            pub fn from_extension(extension: &str) -> Option<Self> {
                match extension {
                    $($($extension => Some(Self::$kind),)*)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// Plain text.
    Text: "text/plain" ["txt" "text" "log" "asc"],
    /// Comma or tab separated values.
    Csv: "text/csv" ["csv" "tsv"],
    /// Markdown.
    Markdown: "text/markdown" ["md" "markdown"],
    /// JSON, and JSON by lines.
    Json: "application/json" ["json" "jsonl"],
    /// A web page.
    Html: "text/html" ["html" "htm" "xhtml"],
    /// XML that is no kind of its own.
    Xml: "application/xml" ["xml" "xsd" "xsl"],
    /// Rich text.
    Rtf: "application/rtf" ["rtf"],
    /// A message (RFC 5322), a web archive of the same form.
    Eml: "message/rfc822" ["eml" "mht" "mhtml"],
    /// A box of messages.
    Mbox: "application/mbox" ["mbox"],
    /// PDF.
    Pdf: "application/pdf" ["pdf"],
    /// A text document of Office Open XML.
    Docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx" "docm" "dotx" "dotm"],
    /// A workbook of Office Open XML.
    Xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx" "xlsm" "xltx" "xltm"],
    /// A presentation of Office Open XML.
    Pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx" "pptm" "ppsx" "potx"],
    /// A binary workbook in an Office Open XML container.
    Xlsb: "application/vnd.ms-excel.sheet.binary.macroenabled.12" ["xlsb"],
    /// A text document of OpenDocument.
    Odt: "application/vnd.oasis.opendocument.text" ["odt" "ott"],
    /// A workbook of OpenDocument.
    Ods: "application/vnd.oasis.opendocument.spreadsheet" ["ods" "ots"],
    /// A presentation of OpenDocument.
    Odp: "application/vnd.oasis.opendocument.presentation" ["odp" "otp"],
    /// An electronic book.
    Epub: "application/epub+zip" ["epub"],
    /// An Outlook message.
    Msg: "application/vnd.ms-outlook" ["msg"],
    /// A text document of Word 97 to 2003.
    Doc: "application/msword" ["doc" "dot"],
    /// A workbook of Excel 97 to 2003.
    Xls: "application/vnd.ms-excel" ["xls" "xlt"],
    /// A presentation of PowerPoint 97 to 2003.
    Ppt: "application/vnd.ms-powerpoint" ["ppt" "pps"],
    /// An Office Open XML file sealed with a password.
    EncryptedOffice: "application/x-encrypted-office" [],
    /// A compound file that is no kind of its own.
    CompoundFile: "application/x-cfb" [],
    /// An attachment in Outlook's own form.
    Tnef: "application/vnd.ms-tnef" ["tnef"],
    /// WordPerfect.
    WordPerfect: "application/vnd.wordperfect" ["wpd"],
    /// PNG.
    Png: "image/png" ["png"],
    /// JPEG.
    Jpeg: "image/jpeg" ["jpg" "jpeg" "jpe"],
    /// GIF.
    Gif: "image/gif" ["gif"],
    /// TIFF.
    Tiff: "image/tiff" ["tif" "tiff"],
    /// Windows bitmap.
    Bmp: "image/bmp" ["bmp"],
    /// WebP.
    Webp: "image/webp" ["webp"],
    /// JPEG 2000.
    Jpeg2000: "image/jp2" ["jp2" "j2k" "jpx"],
    /// A zip archive.
    Zip: "application/zip" ["zip"],
    /// A gzip file.
    Gzip: "application/gzip" ["gz" "tgz"],
    /// A bzip2 file.
    Bzip2: "application/x-bzip2" ["bz2" "tbz2"],
    /// An xz file.
    Xz: "application/x-xz" ["xz" "txz"],
    /// A zstandard file.
    Zstd: "application/zstd" ["zst"],
    /// A 7-zip archive.
    SevenZip: "application/x-7z-compressed" ["7z"],
    /// A RAR archive.
    Rar: "application/vnd.rar" ["rar"],
    /// A tar archive.
    Tar: "application/x-tar" ["tar"],
    /// A sound or a film.
    Recording: "application/x-recording" ["mp3" "wav" "ogg" "flac" "mp4" "mov" "avi" "mkv"],
    /// A program or a library.
    Program: "application/x-executable" ["exe" "dll" "so" "com" "scr"],
    /// No bytes at all.
    Empty: "application/x-empty" [],
}

impl MediaType {
    /// The kind that a file's name claims, by its last extension. `None` where it claims nothing that we know.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let last = name.rsplit(['/', '\\']).next()?;
        let (stem, extension) = last.rsplit_once('.')?;
        if stem.is_empty() || extension.len() > 8 {
            return None;
        }
        Self::from_extension(&extension.to_ascii_lowercase())
    }

    /// Plain text, whatever its rows mean: read in the parent.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Csv | Self::Markdown | Self::Json | Self::Mbox)
    }

    /// Written in characters, so that an extension decides between kinds of text.
    #[must_use]
    pub const fn is_textual(self) -> bool {
        self.is_plain() || matches!(self, Self::Html | Self::Xml | Self::Eml | Self::Rtf)
    }

    /// A zip container, of whatever use.
    #[must_use]
    pub const fn is_zipped(self) -> bool {
        matches!(
            self,
            Self::Zip
                | Self::Docx
                | Self::Xlsx
                | Self::Pptx
                | Self::Xlsb
                | Self::Odt
                | Self::Ods
                | Self::Odp
                | Self::Epub
        )
    }

    /// A compound file, of whatever use.
    #[must_use]
    pub const fn is_compound(self) -> bool {
        matches!(
            self,
            Self::Msg | Self::Doc | Self::Xls | Self::Ppt | Self::EncryptedOffice | Self::CompoundFile
        )
    }

    /// Whether the reader has words for this kind. Others end as `Unsupported` without a child.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        self.is_textual()
            || self.is_zipped()
            || matches!(self, Self::Pdf | Self::Msg | Self::Xls | Self::EncryptedOffice)
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn a_name_claims_a_kind_by_its_last_extension() {
        assert_eq!(MediaType::from_name("minutes of 3 May.DOCX"), Some(MediaType::Docx));
        assert_eq!(MediaType::from_name("C:\\temp\\report.final.pdf"), Some(MediaType::Pdf));
        assert_eq!(MediaType::from_name("invoice.pdf.exe"), Some(MediaType::Program));
        assert_eq!(MediaType::from_name(".txt"), None);
        assert_eq!(MediaType::from_name("README"), None);
        assert_eq!(MediaType::from_name("folder.pdf/README"), None);
    }

    #[test]
    fn no_two_kinds_share_a_media_type() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in MediaType::ALL {
            assert!(seen.insert(kind.mime()), "{kind:?}");
        }
    }
}
