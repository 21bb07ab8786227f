//! The words of a marking: page top and bottom, and portion. Owns how phrases, names and qualifiers of a
//! policy are put together; must not know what they mean for access.

use crate::label::{Label, LabelError};
use crate::policy::{Category, Policy, Tag};

/// A language in which markings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// The language of a tag such as `fr` or `fr-CA`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "fr" => Some(Language::French),
            _ => None,
        }
    }

    /// Its two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }
}

/// Where a phrase is shown, or how (SPIF marking codes; those without a use here are `Other`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    PageTop,
    PageTopBottom,
    Portion,
    NoName,
    NoMarking,
    SuppressLevel,
    ReplacePolicy,
    Other,
}

impl Place {
    pub(crate) fn of(code: &str) -> Self {
        match code.trim() {
            "pageTop" => Place::PageTop,
            "pageTopBottom" => Place::PageTopBottom,
            "portionMarking" => Place::Portion,
            "noNameDisplay" => Place::NoName,
            "noMarkingDisplay" => Place::NoMarking,
            "suppressClassName" => Place::SuppressLevel,
            "replacePolicy" => Place::ReplacePolicy,
            _ => Place::Other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Primary language, lower case; none serves every language.
    pub(crate) language: Option<String>,
    /// None means the name itself.
    pub(crate) phrase: Option<String>,
    pub(crate) places: Vec<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QualifierKind {
    Prefix,
    Suffix,
    Separator,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Qualifier {
    pub(crate) language: Option<String>,
    /// None means every place.
    pub(crate) place: Option<Place>,
    pub(crate) kind: QualifierKind,
    pub(crate) text: String,
}

/// The marking data and qualifiers of one thing of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Markings {
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) qualifiers: Vec<Qualifier>,
}

const PAGE: &[Place] = &[Place::PageTop, Place::PageTopBottom];
const PORTION: &[Place] = &[Place::Portion];

/// The best of several for a language: its own, else that for every language, else the English one.
fn best<'a, T>(language: Language, all: impl Iterator<Item = (&'a Option<String>, T)>) -> Option<T> {
    let ranked = all.filter_map(|(tagged, item)| match tagged.as_deref() {
        Some(tag) if tag == language.code() => Some((0, item)),
        None => Some((1, item)),
        Some("en") => Some((2, item)),
        Some(_) => None,
    });
    // `min_by_key` gives the first of equals: the policy's order.
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, item)| item)
}

impl Markings {
    fn says(&self, place: &Place) -> bool {
        self.phrases.iter().any(|phrase| phrase.places.contains(place))
    }

    fn phrase(&self, places: &[Place], language: Language) -> Option<&str> {
        let here = self.phrases.iter().filter(|phrase| phrase.places.iter().any(|p| places.contains(p)));
        best(language, here.filter_map(|p| Some((&p.language, p.phrase.as_deref()?))))
    }

    fn qualifier(&self, kind: QualifierKind, places: &[Place], language: Language) -> Option<&str> {
        let here = self.qualifiers.iter().filter(|qualifier| {
            qualifier.kind == kind && qualifier.place.as_ref().is_none_or(|place| places.contains(place))
        });
        best(language, here.map(|q| (&q.language, q.text.as_str())))
    }

    /// What stands on the page for something of this name: its phrase, else its name, unless hidden.
    pub(crate) fn on_page<'a>(&'a self, name: &'a str, language: Language) -> Option<&'a str> {
        if self.says(&Place::NoMarking) {
            return None;
        }
        match self.phrase(PAGE, language) {
            Some("") => None,
            None if self.says(&Place::NoName) => None,
            None => Some(name),
            phrase => phrase,
        }
    }

    /// The text between its prefix and its suffix.
    fn dress(&self, text: &str, places: &[Place], language: Language) -> String {
        let prefix = self.qualifier(QualifierKind::Prefix, places, language).unwrap_or("");
        let suffix = self.qualifier(QualifierKind::Suffix, places, language).unwrap_or("");
        glue(&glue(prefix, text), suffix)
    }
}

/// Two texts as they stand, with a blank where words would otherwise run together: some published policies
/// leave it out ("Releasable To" + "Ukraine").
fn glue(left: &str, right: &str) -> String {
    let ends_word = left.chars().next_back().is_some_and(char::is_alphanumeric);
    let begins_word = right.chars().next().is_some_and(char::is_alphanumeric);
    let blank = if ends_word && begins_word { " " } else { "" };
    format!("{left}{blank}{right}")
}

/// The categories of a label under one tag, in the policy's order.
fn chosen<'a>(tag: &'a Tag, label: &'a Label) -> impl Iterator<Item = &'a Category> {
    tag.categories.iter().filter(|category| label.categories.contains(&category.key))
}

impl Policy {
    /// The marking of a page, as it stands at the top and bottom.
    ///
    /// The policy's name (or what a level or category puts in its place), the level, then the categories
    /// tag by tag in the policy's order, then the privacy mark.
    ///
    /// # Errors
    /// A label of another policy, or one with a level or category that the policy does not know or gives to
    /// two names: a marking that leaves something out would be worse than none.
    pub fn marking(&self, label: &Label, language: Language) -> Result<String, LabelError> {
        let level = self.level_of(label)?;
        for key in &label.categories {
            self.sure_category(key)?;
        }
        let tags = || self.tag_sets.iter().flat_map(|set| set.tags.iter());
        let categories = || tags().flat_map(|tag| chosen(tag, label));

        let replaced = |markings: &Markings| {
            let phrase = markings.phrase(&[Place::ReplacePolicy], language)?;
            (!phrase.is_empty()).then(|| phrase.to_owned())
        };
        let policy = replaced(&level.markings)
            .or_else(|| categories().find_map(|category| replaced(&category.markings)))
            .or_else(|| self.markings.on_page(&self.name, language).map(str::to_owned));

        let suppressed = categories().any(|category| category.markings.says(&Place::SuppressLevel));
        let level_words = level.markings.on_page(&level.name, language).filter(|_| !suppressed);

        let mut parts: Vec<String> = policy.into_iter().collect();
        parts.extend(level_words.map(|words| level.markings.dress(words, PAGE, language)));
        for tag in tags() {
            let words = chosen(tag, label).filter_map(|category| {
                let words = category.markings.on_page(&category.name, language)?;
                Some(category.markings.dress(words, PAGE, language))
            });
            let words: Vec<String> = words.collect();
            if !words.is_empty() {
                let separator = tag.markings.qualifier(QualifierKind::Separator, PAGE, language);
                parts.push(tag.markings.dress(&words.join(separator.unwrap_or(", ")), PAGE, language));
            }
        }
        parts.extend(label.privacy_mark.as_deref().map(|mark| self.privacy_words(mark, language)));
        let mut out = String::new();
        for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
            // "SECRET; NODIS": a part that begins with a stop follows without a blank.
            if !out.is_empty() && !part.starts_with([';', ',']) {
                out.push(' ');
            }
            out.push_str(part);
        }
        Ok(out)
    }

    /// The mark of a portion (paragraph, subject, table), without brackets: `NS`, `CTS-A`.
    ///
    /// The level's portion mark (else its abbreviation, else its words on the page), then those categories
    /// that have a portion mark.
    ///
    /// # Errors
    /// As [`Policy::marking`].
    pub fn portion_mark(&self, label: &Label, language: Language) -> Result<String, LabelError> {
        let level = self.level_of(label)?;
        for key in &label.categories {
            self.sure_category(key)?;
        }
        let mut out = level
            .markings
            .phrase(PORTION, language)
            .or(level.rule.short.as_deref())
            .or_else(|| level.markings.on_page(&level.name, language))
            .unwrap_or(&level.name)
            .to_owned();
        for tag in self.tag_sets.iter().flat_map(|set| set.tags.iter()) {
            let marks = chosen(tag, label).filter_map(|c| c.markings.phrase(PORTION, language));
            let marks: Vec<&str> = marks.filter(|mark| !mark.is_empty()).collect();
            if marks.is_empty() {
                continue;
            }
            let qualifier = |kind| tag.markings.qualifier(kind, PORTION, language);
            out.push_str(qualifier(QualifierKind::Prefix).unwrap_or("-"));
            out.push_str(&marks.join(qualifier(QualifierKind::Separator).unwrap_or("/")));
            out.push_str(qualifier(QualifierKind::Suffix).unwrap_or(""));
        }
        Ok(out.trim().to_owned())
    }

    fn privacy_words(&self, mark: &str, language: Language) -> String {
        let known = self.privacy_marks.iter().find(|known| known.name == mark);
        match known {
            Some(known) => known.markings.on_page(&known.name, language).unwrap_or("").to_owned(),
            None => mark.to_owned(),
        }
    }
}
