//! What is written on the papers: levels, captions, words of handling of the historic policy, and the marking that
//! they make. Written from the policy by hand; knows neither the map nor the policy's file, nor who reads.

use std::collections::BTreeSet;

/// A level, in the policy's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// UNCLASSIFIED.
    Unclassified,
    /// RESTRICTED.
    Restricted,
    /// LIMITED OFFICIAL USE.
    LimitedOfficialUse,
    /// OFFICIAL USE ONLY.
    OfficialUseOnly,
    /// CONFIDENTIAL.
    Confidential,
    /// SECRET.
    Secret,
    /// TOP SECRET.
    TopSecret,
}

impl Level {
    /// All, lowest first.
    pub const ALL: [Level; 7] = [
        Level::Unclassified,
        Level::Restricted,
        Level::LimitedOfficialUse,
        Level::OfficialUseOnly,
        Level::Confidential,
        Level::Secret,
        Level::TopSecret,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Unclassified => "UNCLASSIFIED",
            Level::Restricted => "RESTRICTED",
            Level::LimitedOfficialUse => "LIMITED OFFICIAL USE",
            Level::OfficialUseOnly => "OFFICIAL USE ONLY",
            Level::Confidential => "CONFIDENTIAL",
            Level::Secret => "SECRET",
            Level::TopSecret => "TOP SECRET",
        }
    }

    /// Its short code.
    pub const fn short(self) -> &'static str {
        match self {
            Level::Unclassified => "U",
            Level::Restricted => "R",
            Level::LimitedOfficialUse => "LOU",
            Level::OfficialUseOnly => "OUO",
            Level::Confidential => "C",
            Level::Secret => "S",
            Level::TopSecret => "TS",
        }
    }

    /// Its place: three levels share the second.
    pub const fn place(self) -> u8 {
        match self {
            Level::Unclassified => 1,
            Level::Restricted | Level::LimitedOfficialUse | Level::OfficialUseOnly => 2,
            Level::Confidential => 3,
            Level::Secret => 4,
            Level::TopSecret => 5,
        }
    }

    /// The level of a name.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// The captions, in the order in which a marking has them. Each restricts.
pub const CAPTIONS: [&str; 9] =
    ["NODIS", "EXDIS", "LIMDIS", "EYES ONLY", "NOFORN", "ORCON", "RESTRICTED DATA", "CODEWORD", "SENSITIVE"];

/// The words of handling, in the order in which a marking has them. None restricts.
pub const HANDLING: [&str; 6] =
    ["PERSONAL", "OFFICIAL-INFORMAL", "VERBATIM TEXT", "CHANNEL", "CONTROL", "OUTSIDE THE SYSTEM"];

/// Other ways of writing a caption.
pub const SYNONYMS: [(&str, &str); 3] = [
    ("LIMIT DISTRIBUTION", "LIMDIS"),
    ("EXCLUSIVELY EYES ONLY", "EYES ONLY"),
    ("LITERALLY EYES ONLY", "EYES ONLY"),
];

/// What a paper bears. Papers that bear the same are one class. Captions and words of handling are kept by their
/// place in the lists above, so that their order is the marking's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marking {
    /// The level.
    pub level: Level,
    captions: BTreeSet<usize>,
    handling: BTreeSet<usize>,
}

impl Marking {
    /// The marking of the manifest's words; none where it has no level: undetermined.
    ///
    /// # Errors
    /// The first word that has no fate here.
    pub fn from_manifest(level: Option<&str>, caveats: &[String]) -> Result<Option<Marking>, String> {
        let mut captions = BTreeSet::new();
        let mut handling = BTreeSet::new();
        for word in caveats {
            let synonym = SYNONYMS.iter().find(|(other, _)| other == word).map(|(_, caption)| *caption);
            let word = synonym.unwrap_or(word);
            if let Some(place) = CAPTIONS.iter().position(|caption| *caption == word) {
                captions.insert(place);
            } else if let Some(place) = HANDLING.iter().position(|other| *other == word) {
                handling.insert(place);
            } else {
                return Err(format!("unknown caveat {word:?}"));
            }
        }
        let level = match level {
            None => return Ok(None),
            Some("NO MARKING") => Level::Unclassified,
            Some(name) => Level::named(name).ok_or_else(|| format!("unknown classification {name:?}"))?,
        };
        Ok(Some(Marking { level, captions, handling }))
    }

    /// The captions on it.
    pub fn captions(&self) -> impl Iterator<Item = &'static str> {
        CAPTIONS
            .into_iter()
            .enumerate()
            .filter(|(place, _)| self.captions.contains(place))
            .map(|(_, word)| word)
    }

    /// As it stands at the top of a page: level, captions, words of handling.
    pub fn text(&self) -> String {
        let handling = HANDLING.into_iter().enumerate().filter(|(place, _)| self.handling.contains(place));
        let mut words = vec![self.level.name()];
        words.extend(self.captions());
        words.extend(handling.map(|(_, word)| word));
        words.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(level: &str, caveats: &[&str]) -> String {
        let caveats: Vec<String> = caveats.iter().map(|c| (*c).to_owned()).collect();
        Marking::from_manifest(Some(level), &caveats).unwrap().unwrap().text()
    }

    #[test]
    fn a_marking_has_level_captions_handling_in_the_policys_order() {
        assert_eq!(text("SECRET", &[]), "SECRET");
        assert_eq!(text("SECRET", &["PERSONAL", "EXDIS", "NODIS"]), "SECRET; NODIS; EXDIS; PERSONAL");
        assert_eq!(text("NO MARKING", &[]), "UNCLASSIFIED");
    }

    #[test]
    fn a_synonym_beside_its_word_counts_once() {
        assert_eq!(text("SECRET", &["LIMDIS", "LIMIT DISTRIBUTION"]), "SECRET; LIMDIS");
        assert_eq!(text("TOP SECRET", &["LITERALLY EYES ONLY"]), "TOP SECRET; EYES ONLY");
    }

    #[test]
    fn no_level_is_undetermined_and_an_unknown_word_is_an_error() {
        assert_eq!(Marking::from_manifest(None, &[]), Ok(None));
        assert!(Marking::from_manifest(Some("COSMIC"), &[]).is_err());
        assert!(Marking::from_manifest(Some("SECRET"), &["BURN".to_owned()]).is_err());
    }
}
