//! Owns the colours of levels: reading them from a policy, keeping them legible, and the style sheet made of them.
//! It must not know any level, policy or organisation by name.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// A colour that cannot be read: neither `#rgb`, `#rrggbb` nor a basic name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a colour: {0:?}; write #rrggbb or a basic name such as green")]
pub struct NotAColour(pub String);

/// The names that policies use, after the CSS basic set and the few that classification policies add.
const NAMES: &[(&str, Colour)] = &[
    ("black", Colour::new(0, 0, 0)),
    ("silver", Colour::new(192, 192, 192)),
    ("gray", Colour::new(128, 128, 128)),
    ("grey", Colour::new(128, 128, 128)),
    ("white", Colour::new(255, 255, 255)),
    ("maroon", Colour::new(128, 0, 0)),
    ("red", Colour::new(255, 0, 0)),
    ("purple", Colour::new(128, 0, 128)),
    ("fuchsia", Colour::new(255, 0, 255)),
    ("magenta", Colour::new(255, 0, 255)),
    ("green", Colour::new(0, 128, 0)),
    ("lime", Colour::new(0, 255, 0)),
    ("olive", Colour::new(128, 128, 0)),
    ("yellow", Colour::new(255, 255, 0)),
    ("navy", Colour::new(0, 0, 128)),
    ("blue", Colour::new(0, 0, 255)),
    ("teal", Colour::new(0, 128, 128)),
    ("aqua", Colour::new(0, 255, 255)),
    ("cyan", Colour::new(0, 255, 255)),
    ("orange", Colour::new(255, 165, 0)),
    ("gold", Colour::new(255, 215, 0)),
    ("brown", Colour::new(165, 42, 42)),
    ("pink", Colour::new(255, 192, 203)),
    ("violet", Colour::new(238, 130, 238)),
];

const BLACK: Colour = Colour::new(0, 0, 0);
const WHITE: Colour = Colour::new(255, 255, 255);
/// The paper of the dark scheme, `--paper` in `chancery.css`: the worst ground for a dark level's edge.
const DARK_PAPER: Colour = Colour::new(0x17, 0x1b, 0x20);

impl Colour {
    /// A colour from its three parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever is easier to read on this colour. One of them always reaches 4.5.
    #[must_use]
    pub fn ink(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }

    /// This colour, moved towards `pole` by as little as makes it stand out from `ground` by 3 (WCAG 2.2, 1.4.11).
    fn edge_on(self, ground: Self, pole: Self) -> Self {
        (0..=20_u16)
            .map(|step| self.mixed(pole, step))
            .find(|colour| colour.contrast(ground) >= 3.0)
            .unwrap_or(pole)
    }

    /// `twentieths` of `other` in this colour.
    fn mixed(self, other: Self, twentieths: u16) -> Self {
        let part = |from: u8, to: u8| {
            let sum = u16::from(from) * (20 - twentieths) + u16::from(to) * twentieths;
            u8::try_from(sum / 20).unwrap_or(u8::MAX)
        };
        Self {
            red: part(self.red, other.red),
            green: part(self.green, other.green),
            blue: part(self.blue, other.blue),
        }
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAColour(text.chars().take(40).collect());
        let trimmed = text.trim();
        let Some(hex) = trimmed.strip_prefix('#') else {
            return NAMES
                .iter()
                .find(|(name, _)| trimmed.eq_ignore_ascii_case(name))
                .map(|(_, colour)| *colour)
                .ok_or_else(wrong);
        };
        let digits: Option<Vec<u32>> = hex.chars().take(7).map(|c| c.to_digit(16)).collect();
        let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        match digits.ok_or_else(wrong)?.as_slice() {
            [r, g, b] => Ok(Self::new(part(r * 17), part(g * 17), part(b * 17))),
            [r1, r2, g1, g2, b1, b2] => {
                Ok(Self::new(part(r1 * 16 + r2), part(g1 * 16 + g2), part(b1 * 16 + b2)))
            }
            _ => Err(wrong()),
        }
    }
}

/// The class that stands for one level of one policy in pages and in `levels.css`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LevelClass(String);

impl LevelClass {
    /// The class of a level, from any two words that name policy and level for good (an OID and a number, say).
    /// Different words give different classes, and none can break out of an attribute or a style sheet.
    #[must_use]
    pub fn new(policy: &str, level: &str) -> Self {
        let mut class = String::from("level-");
        for (place, word) in [policy, level].into_iter().enumerate() {
            if place > 0 {
                class.push_str("--");
            }
            for byte in word.bytes().take(200) {
                if byte.is_ascii_alphanumeric() {
                    class.push(char::from(byte));
                } else {
                    // Infallible: writing to a String.
                    let _ = write!(class, "_{byte:02x}");
                }
            }
        }
        Self(class)
    }

    /// The class of things whose marking nobody has determined yet: no policy has a colour for it.
    #[must_use]
    pub fn undetermined() -> Self {
        Self(String::from("level-undetermined"))
    }

    /// The class of a page that shows nothing marked, such as the sign-in page.
    #[must_use]
    pub fn none() -> Self {
        Self(String::from("level-none"))
    }

    /// The class as written in pages.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One level's colour, as its policy gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelColour {
    /// The class of the level.
    pub class: LevelClass,
    /// Its colour.
    pub colour: Colour,
}

/// The style sheet `/assets/levels.css`: each level's colour, the ink to write on it, and an edge that stands out on
/// light and on dark paper.
#[must_use]
pub fn levels_css(levels: &[LevelColour]) -> String {
    let mut css = String::from("/* Made from the security policies of this installation. */\n");
    for level in levels {
        let class = level.class.as_str();
        let colour = level.colour;
        let _ = writeln!(
            css,
            ".{class} {{ --level: {colour}; --on-level: {}; --edge: {}; }}",
            colour.ink(),
            colour.edge_on(WHITE, BLACK),
        );
    }
    css.push_str("@media screen and (prefers-color-scheme: dark) {\n");
    for level in levels {
        let class = level.class.as_str();
        let edge = level.colour.edge_on(DARK_PAPER, WHITE);
        let _ = writeln!(css, "  .{class} {{ --edge: {edge}; }}");
    }
    css.push_str("}\n");
    css
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_read_in_the_forms_that_policies_use() {
        assert_eq!("#1f6b3c".parse(), Ok(Colour::new(0x1f, 0x6b, 0x3c)));
        assert_eq!(" #F00 ".parse(), Ok(Colour::new(255, 0, 0)));
        assert_eq!("Green".parse(), Ok(Colour::new(0, 128, 0)));
        for wrong in ["", "#", "#12", "#1234567", "#ggg", "red;}", "url(x)", "é"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 0.01);
        assert!((Colour::new(0x77, 0x77, 0x77).contrast(WHITE) - 4.48).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn a_banner_is_legible_in_any_colour(r: u8, g: u8, b: u8) {
            let colour = Colour::new(r, g, b);
            prop_assert!(colour.contrast(colour.ink()) >= 4.5);
            prop_assert!(colour.edge_on(WHITE, BLACK).contrast(WHITE) >= 3.0);
            prop_assert!(colour.edge_on(DARK_PAPER, WHITE).contrast(DARK_PAPER) >= 3.0);
            prop_assert_eq!(colour.to_string().parse(), Ok(colour));
        }

        #[test]
        fn a_class_is_a_plain_word_and_tells_levels_apart(p in ".{0,20}", l in ".{0,20}", q in ".{0,20}", m in ".{0,20}") {
            let one = LevelClass::new(&p, &l);
            prop_assert!(one.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(one == LevelClass::new(&q, &m), (p, l) == (q, m));
        }

        #[test]
        fn no_text_makes_the_reader_of_colours_fail(text in "\\PC*") {
            let _ = text.parse::<Colour>();
        }
    }

    #[test]
    fn the_sheet_holds_each_level_in_both_schemes() {
        let css =
            levels_css(&[LevelColour { class: LevelClass::new("p", "1"), colour: Colour::new(255, 255, 0) }]);
        assert_eq!(css.matches(".level-p--1 {").count(), 2);
        assert!(css.contains("--level: #ffff00; --on-level: #000000;"));
    }
}
