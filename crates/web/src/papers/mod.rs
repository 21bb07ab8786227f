//! Official forms as PDF: which record fills which form, in the words of the reader's language or of the one he asks for. A form
//! tells no more than the page of the same thing, to nobody else, and nothing of the moment at which it is asked for: the same
//! record gives the same bytes. How a form is drawn is `forms`'s.

pub mod books;
pub mod copies;
pub mod destruction;
pub mod emergency;
mod journeys;
pub mod labels;
pub mod log;
pub mod musters;
mod press;
pub mod receipts;

use std::collections::HashMap;

use forms::data::{Head, Signature};
use office::{Reading, texts::Voice};
use registry::{Code, DocumentId, PersonId, RegistryId, Timestamp};
use serde::Deserialize;
use store::{Visible, visible::EntryView};

use crate::{
    answer::WebError,
    app::App,
    pages::shown,
    signed::Asked,
    words::{self, registry_name},
};

pub use press::answered;

/// What is asked of every form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Tongue {
    /// The language, where it is not the reader's own: `en` or `fr`.
    lang: String,
}

impl Tongue {
    /// The voice in which a form speaks.
    pub fn voice<'a>(&self, app: &'a App, asked: Asked, reading: &Reading) -> Voice<'a> {
        voice(&self.lang, app, asked, reading)
    }
}

fn voice<'a>(lang: &str, app: &'a App, asked: Asked, reading: &Reading) -> Voice<'a> {
    match lang.parse() {
        Ok(language) => app.texts.voice(language),
        Err(_) => asked.voice_for(app, reading),
    }
}

fn not_there() -> WebError {
    WebError::page(Code::NotFound)
}

/// Who fills a form in: in which language, of what he may see, of which registry.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    /// The words.
    pub say: Voice<'a>,
    /// Who reads.
    pub reading: &'a Reading,
    /// Whose form it is.
    pub registry: RegistryId,
}

impl Filling<'_> {
    /// The head of a form with a number of the registry; `at` is when its record was written down.
    pub fn head(&self, number: &str, at: Timestamp) -> Head {
        Head {
            organisation: self.organisation(),
            registry: self.name(),
            number: number.to_owned(),
            date: self.day(at),
            marking: None,
            qr: (!number.is_empty()).then(|| format!("{} {number}", self.code())),
        }
    }

    /// The body that keeps the registry; of one that nobody keeps, the name of the installation.
    fn organisation(&self) -> String {
        let house = &self.reading.house;
        let body = house.registry(self.registry).and_then(|registry| house.body(registry.body?));
        let named = body.map(|body| body.names.in_language(self.say.language().tag()).to_owned());
        named.unwrap_or_else(|| house.name.clone())
    }

    fn name(&self) -> String {
        registry_name(self.reading, self.registry, self.say)
    }

    /// The code of the registry.
    fn code(&self) -> &str {
        self.reading.house.registry(self.registry).map_or("", |registry| registry.code.as_str())
    }

    /// The day of a moment.
    pub fn day(&self, at: Timestamp) -> String {
        self.say.date(at.date(&self.reading.house.zone))
    }

    /// A moment.
    pub fn moment(&self, at: Timestamp) -> String {
        shown::moment(self.say, self.reading, at)
    }

    /// Somebody who has signed on screen, or who is to sign on paper.
    pub fn signature(&self, name: Option<&str>, signed: Option<Timestamp>) -> Signature {
        Signature { name: name.map(str::to_owned), function: None, signed: signed.map(|at| self.moment(at)) }
    }

    /// The marking of a paper.
    pub fn marking(&self, entry: &EntryView) -> String {
        match &entry.label {
            Some(label) => {
                let language = words::document_language(entry.language.as_deref(), self.say);
                words::marking(label, &self.reading.house.policies, language)
            }
            None => self.say.t("document-undetermined"),
        }
    }

    /// The date of a paper.
    pub fn dated(&self, entry: &EntryView) -> Option<String> {
        Some(words::date(self.say, &entry.date)).filter(|date| !date.is_empty())
    }
}

/// The posts of people of the house, which stand beside their names.
#[derive(Debug, Default)]
pub struct Posts(HashMap<PersonId, String>);

impl Posts {
    /// The posts of some people.
    pub async fn of(reading: &mut Reading, people: Vec<PersonId>) -> Result<Self, WebError> {
        let mut posts = HashMap::new();
        for person in people {
            if let Some(post) = reading.post_of(person).await? {
                posts.insert(person, post);
            }
        }
        Ok(Self(posts))
    }

    /// The post of one of them.
    pub fn get(&self, person: PersonId) -> Option<String> {
        self.0.get(&person).cloned()
    }

    /// The signature of one of them, given on screen or to be given on paper.
    fn signature(
        &self,
        of: Filling<'_>,
        person: PersonId,
        name: &str,
        signed: Option<Timestamp>,
    ) -> Signature {
        Signature { function: self.get(person), ..of.signature(Some(name), signed) }
    }
}

/// The entry of a paper, of those of an act.
fn paper(entries: &[Visible<EntryView>], document: DocumentId) -> Option<&EntryView> {
    entries.iter().find(|entry| entry.document == document).map(|entry| &**entry)
}

/// The last of some moments.
fn last(first: Timestamp, more: impl IntoIterator<Item = Timestamp>) -> Timestamp {
    more.into_iter().fold(first, Timestamp::max)
}
