//! The fonts that forms are set in, and which signs they have.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStyle, FontWeight};
use typst::utils::LazyHash;

/// Families that templates may name. Each has every sign it shows upright and bold, so that a sign is found or replaced
/// whatever the template does with it.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// What is set in place of a sign that no font has.
pub const UNKNOWN: char = '\u{FFFD}';

/// The fonts of all forms.
pub struct Fonts {
    /// What they are.
    pub book: LazyHash<FontBook>,
    /// They, in the order of the book.
    pub fonts: Vec<Font>,
}

/// The fonts, read once.
pub static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        typst_assets::fonts().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).filter(wanted).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// The sloped shapes of the second family have fewer signs than its upright ones.
fn wanted(font: &Font) -> bool {
    let info = font.info();
    let family = info.family.as_str();
    FAMILIES.contains(&family)
        && (family == FAMILIES[0] || info.variant.style == FontStyle::Normal)
        && usual(font)
}

fn usual(font: &Font) -> bool {
    [FontWeight::REGULAR, FontWeight::BOLD].contains(&font.info().variant.weight)
}

impl Fonts {
    /// Whether one family has all these signs in all its shapes.
    pub fn have(&self, signs: impl Iterator<Item = char> + Clone) -> bool {
        FAMILIES.iter().any(|family| {
            let mut shapes = self.fonts.iter().filter(|font| font.info().family == *family);
            shapes.all(|font| signs.clone().all(|sign| font.info().coverage.contains(sign.into())))
        })
    }
}
