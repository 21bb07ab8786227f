//! Owns the files that a browser loads with a page, embedded in the binary. It must not know how they are served.
//!
//! `levels.css` is not here: it is made from the installed policies, see [`super::colour::levels_css`].

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// One embedded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// The name under `/assets/`.
    pub name: &'static str,
    /// The content type to send.
    pub content_type: &'static str,
    /// The content.
    pub body: &'static str,
}

/// The style sheet: light, dark, print, high contrast.
pub const STYLE: Asset = Asset {
    name: "chancery.css",
    content_type: "text/css; charset=utf-8",
    body: include_str!("../../assets/chancery.css"),
};

/// The script: keys, palette, file drop, unsaved forms. Every page works without it. It is written in parts and sent as one.
pub const SCRIPT: Asset = Asset {
    name: "chancery.js",
    content_type: "text/javascript; charset=utf-8",
    body: concat!(
        include_str!("../../assets/script/keys.js"),
        include_str!("../../assets/script/palette.js"),
        include_str!("../../assets/script/choosing.js"),
        include_str!("../../assets/script/files.js"),
        include_str!("../../assets/script/forms.js"),
        include_str!("../../assets/script/passkeys.js"),
        include_str!("../../assets/script/seat.js"),
    ),
};

/// The script of the page on which copies are counted.
pub const COUNTING: Asset = Asset {
    name: "counting.js",
    content_type: "text/javascript; charset=utf-8",
    body: include_str!("../../assets/counting.js"),
};

/// The sign of the product, for the browser's tab.
pub const SIGN: Asset = Asset {
    name: "chancery.svg",
    content_type: "image/svg+xml",
    body: include_str!("../../assets/chancery.svg"),
};

/// A register of old to try taking over with.
pub const OLD_REGISTER: Asset = Asset {
    name: "old-register.csv",
    content_type: "text/csv; charset=utf-8",
    body: office::shipped::DEMO_REGISTER,
};

/// All of them, for the route that serves `/assets/`.
pub const ALL: [Asset; 5] = [STYLE, SCRIPT, COUNTING, SIGN, OLD_REGISTER];

/// The path of the style sheet made from the policies. Its content changes with them, so serve it with an ETag.
pub const LEVELS_PATH: &str = "/assets/levels.css";

/// The header that these pages are written for. Nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

static STYLE_PATH: LazyLock<String> = LazyLock::new(|| versioned(STYLE));
static SCRIPT_PATH: LazyLock<String> = LazyLock::new(|| versioned(SCRIPT));
static COUNTING_PATH: LazyLock<String> = LazyLock::new(|| versioned(COUNTING));
static SIGN_PATH: LazyLock<String> = LazyLock::new(|| versioned(SIGN));

/// The path of the style sheet with its version, so that it can be cached for good and still change overnight.
#[must_use]
pub fn style_path() -> &'static str {
    &STYLE_PATH
}

/// The path of the script, with its version.
#[must_use]
pub fn script_path() -> &'static str {
    &SCRIPT_PATH
}

/// The path of the script for counting, with its version.
#[must_use]
pub fn counting_path() -> &'static str {
    &COUNTING_PATH
}

/// The path of the sign, with its version.
#[must_use]
pub fn sign_path() -> &'static str {
    &SIGN_PATH
}

/// The asset under `name`, as it stands after `/assets/` and before any `?`.
#[must_use]
pub fn find(name: &str) -> Option<Asset> {
    ALL.into_iter().find(|asset| asset.name == name)
}

fn versioned(asset: Asset) -> String {
    let digest = Sha256::digest(asset.body.as_bytes());
    let version: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/{}?v={version}", asset.name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::colour::Colour;
    use super::*;

    #[test]
    fn every_asset_is_found_by_its_name_and_versioned() {
        for asset in ALL {
            assert_eq!(find(asset.name), Some(asset));
            assert!(!asset.body.is_empty());
        }
        assert_eq!(find("levels.css"), None);
        assert!(style_path().starts_with("/assets/chancery.css?v="));
        assert_ne!(style_path(), script_path());
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        for asset in ALL {
            let body = asset.body.replace("http://www.w3.org/2000/svg", "");
            assert!(!body.contains("http:") && !body.contains("https:"), "{}", asset.name);
            assert!(!body.contains("@import"), "{}", asset.name);
        }
        // Classified words must not outlive the page in a browser's storage; the one preference kept is not a word.
        for forbidden in ["indexedDB", "eval(", "innerHTML", ".style."] {
            assert!(!SCRIPT.body.contains(forbidden), "{forbidden}");
            assert!(!COUNTING.body.contains(forbidden), "{forbidden}");
        }
        // While one goes from page to page of a list, the rows that were chosen are kept: identifiers, no words.
        for kept in SCRIPT.body.split("sessionStorage.").skip(1) {
            let (_, what) = kept.split_once('(').unwrap();
            assert!(what.starts_with("CHOSEN"), "{kept}");
        }
        assert!(SCRIPT.body.contains("keepChosen(who, [...elsewhere, ...here.map((pick) => pick.value)])"));
    }

    /// The tokens of the style sheet in the light scheme and in the dark one.
    fn tokens() -> [HashMap<&'static str, Colour>; 2] {
        let colours = |block: &'static str| -> HashMap<&'static str, Colour> {
            block
                .lines()
                .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
                .filter_map(|(name, value)| Some((name, value.parse().ok()?)))
                .collect()
        };
        let mut blocks = STYLE.body.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap());
        let light = colours(blocks.next().unwrap());
        let mut dark = light.clone();
        dark.extend(colours(blocks.next().unwrap()));
        assert!(light.len() > 20 && dark["paper"] != light["paper"]);
        [light, dark]
    }

    #[test]
    fn words_stand_out_from_what_they_stand_on_in_both_schemes() {
        // WCAG 2.2, 1.4.3: 4.5 for text; 1.4.11: 3 for the edges of controls and for the focus.
        let grounds = ["paper", "ground", "line-2", "accent-2", "sheet"];
        let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
        for ground in grounds {
            pairs.extend(["ink", "ink-2"].map(|ink| (ink, ground, 4.5)));
            pairs.extend([
                ("accent", ground, 3.0),
                ("ink-3", ground, if ground == "accent-2" { 3.0 } else { 4.5 }),
            ]);
        }
        for ground in ["paper", "ground", "accent-2"] {
            pairs.push(("accent", ground, 4.5));
        }
        for ground in ["paper", "ground"] {
            pairs.push(("line-3", ground, 3.0));
            pairs.push(("late", ground, 4.5));
        }
        for tone in [("late", "late-2"), ("soon", "soon-2"), ("good", "good-2")] {
            pairs.push((tone.0, tone.1, 4.5));
            pairs.push(("ink", tone.1, 4.5));
            pairs.push(("ink-2", tone.1, 4.5));
        }
        pairs.extend([("ink", "lit", 4.5), ("on-main", "main", 4.5), ("on-level", "level", 4.5)]);
        for (scheme, tokens) in ["light", "dark"].into_iter().zip(tokens()) {
            for (ink, ground, least) in &pairs {
                let contrast = tokens[ink].contrast(tokens[ground]);
                assert!(contrast >= *least, "{scheme}: {ink} on {ground} has {contrast:.2}, not {least}");
            }
        }
    }
}
