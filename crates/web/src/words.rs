//! Labels, places and persons in the words of a page.

use label::{Label, Language as LabelLanguage, Policies};
use office::{
    Reading,
    texts::{Language, Voice},
};
use registry::{DocumentDate, RegistryId, document::Direction, house::Registry};

use crate::look::{Colour, LevelClass, LevelColour, Marking};

/// A marking ready to be shown, holding its own words.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The words.
    pub text: String,
    /// Their language.
    pub language: Language,
    /// The colour of the level.
    pub level: LevelClass,
}

impl Marked {
    /// As a component wants it.
    pub fn as_marking(&self) -> Marking<'_> {
        Marking { text: &self.text, language: self.language, level: &self.level }
    }

    /// The marking of a label in a language; "undetermined" where there is none.
    pub fn of(label: Option<&Label>, policies: &Policies, say: Voice<'_>, language: Language) -> Self {
        match label {
            None => Self {
                text: say.t("document-undetermined"),
                language: say.language(),
                level: LevelClass::undetermined(),
            },
            Some(label) => Self {
                text: marking(label, policies, language),
                language,
                level: LevelClass::new(&label.policy.to_string(), label.level.as_str()),
            },
        }
    }

    /// The banner of a page: the highest of what it shows. `undetermined` when something without a marking is shown.
    pub fn banner(shown: &[&Label], undetermined: bool, policies: &Policies, say: Voice<'_>) -> Self {
        let open = undetermined.then(|| say.t("document-undetermined"));
        let highest = policies.highest(shown);
        let labels = highest.as_ref().map(label::Highest::labels).unwrap_or_default();
        let Some(first) = labels.first() else {
            if undetermined {
                return Self::of(None, policies, say, say.language());
            }
            return Self { text: say.t("banner-none"), language: say.language(), level: LevelClass::none() };
        };
        // What nobody has marked yet may be higher than all the rest: both are said.
        let marked = labels.iter().map(|l| marking(l, policies, say.language()));
        let texts: Vec<String> = marked.chain(open).collect();
        Self {
            text: texts.join(" / "),
            language: say.language(),
            level: LevelClass::new(&first.policy.to_string(), first.level.as_str()),
        }
    }
}

/// A language of the pages, as policies name it.
pub const fn label_language(language: Language) -> LabelLanguage {
    match language {
        Language::En => LabelLanguage::English,
        Language::Fr => LabelLanguage::French,
    }
}

/// The words of a label; a label that its policy does not know is shown as that.
pub fn marking(label: &Label, policies: &Policies, language: Language) -> String {
    let language = label_language(language);
    policies
        .of(label)
        .and_then(|policy| policy.marking(label, language))
        .unwrap_or_else(|_| format!("{} {}", label.policy, label.level.as_str()))
}

/// What a nation is called where a policy names it; else its code.
pub fn nation(code: &str, policies: &Policies, say: Voice<'_>) -> String {
    let language = label_language(say.language());
    let categories = policies
        .iter()
        .flat_map(|policy| policy.tag_sets())
        .flat_map(|set| &set.tags)
        .flat_map(|tag| &tag.categories);
    let mut words =
        categories.filter(|category| category.name == code).map(|category| category.words(language));
    words.find(|words| *words != code).unwrap_or(code).to_owned()
}

/// The colours of every level of every policy, for the style sheet.
pub fn level_colours(policies: &Policies) -> Vec<LevelColour> {
    let mut colours = Vec::new();
    for policy in policies.iter() {
        for level in policy.levels() {
            let label = Label::plain(policy.id().clone(), level.code.clone());
            let colour = policy.level_colour(&label).and_then(|c| c.to_string().parse::<Colour>().ok());
            if let Some(colour) = colour {
                let class = LevelClass::new(&policy.id().to_string(), level.code.as_str());
                colours.push(LevelColour { class, colour });
            }
        }
    }
    colours
}

/// The language of a document's own words, where the pages speak it.
pub fn document_language(tag: Option<&str>, say: Voice<'_>) -> Language {
    tag.and_then(|t| t.parse().ok()).unwrap_or(say.language())
}

/// A document's date in words: the day, what was written, or nothing.
pub fn date(say: Voice<'_>, date: &DocumentDate) -> String {
    match (date.civil, &date.written) {
        (Some(day), _) => say.date(day),
        (None, Some(written)) => written.clone(),
        (None, None) => String::new(),
    }
}

/// The name of a registry.
pub fn registry_name(reading: &Reading, registry: RegistryId, say: Voice<'_>) -> String {
    reading
        .house
        .registry(registry)
        .map(|r| r.names.in_language(say.language().tag()).to_owned())
        .unwrap_or_default()
}

/// Registries to choose from: their codes, with their names.
pub fn registry_choices(say: Voice<'_>, registries: &[Registry]) -> Vec<(String, String)> {
    let tag = say.language().tag();
    registries.iter().map(|r| (r.code.clone(), r.names.in_language(tag).to_owned())).collect()
}

/// The ways of a paper to choose from.
pub fn directions(say: Voice<'_>) -> Vec<(String, String)> {
    let choice = |way: Direction| (way.as_str().to_owned(), say.t(&format!("kind-{}", way.as_str())));
    Direction::ALL.map(choice).to_vec()
}

/// What sort of file a media type means, where there are words for it; else the type itself.
pub fn media(say: Voice<'_>, media_type: &str) -> String {
    let key: String = media_type.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    say.maybe(&format!("media-{key}"), &[]).unwrap_or_else(|| media_type.to_owned())
}

/// A word of the house for a kind of document, where there is one; else the key itself, readable.
pub fn kind(say: Voice<'_>, key: &str) -> String {
    say.maybe(&format!("kind-{key}"), &[]).unwrap_or_else(|| {
        let mut words = key.replace('-', " ");
        if let Some(first) = words.get(..1).map(str::to_uppercase) {
            words.replace_range(..1, &first);
        }
        words
    })
}
