//! What is done with papers of the demo: taken out and given back with a new version, opened, reproduced by authority.

use jiff::{ToSpan, civil::Date};
use registry::{
    Answer, Command, DocumentId, PersonId, RegistryId,
    disclosure::{Authority, Means, Piece},
};
use serde::Deserialize;

use super::{Builder, damaged, data::Headquarters};
use crate::{door::Sender, failure::Failure};

/// Something that somebody does with a paper.
#[derive(Debug, Deserialize)]
pub(super) struct Handled {
    reference: String,
    by: String,
    act: Act,
    /// Whom it is about.
    person: Option<String>,
    /// What for.
    #[serde(default)]
    reason: String,
    /// Until so many days from then.
    days: Option<i64>,
    /// What the new version has in another's place: the words before and the words now, each.
    #[serde(default)]
    now: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Act {
    /// Opens it on screen.
    Reads,
    /// Takes it out.
    TakesOut,
    /// Gives it back with a new version.
    GivesBack,
    /// Authorises two copies.
    Authorises,
    /// Takes one of them.
    Copies,
    /// Says that he knows the last change.
    Knows,
}

impl Builder {
    /// Does everything, in its order.
    pub(super) async fn handles(&mut self, data: &Headquarters) -> Result<(), Failure> {
        for one in &data.handled {
            let done = self.handles_one(one).await;
            done.map_err(|failure| damaged(format!("{} {}: {failure}", one.by, one.reference)))?;
        }
        Ok(())
    }

    async fn handles_one(&mut self, one: &Handled) -> Result<(), Failure> {
        let person = |login: &String| self.ids.people.get(login).copied().ok_or_else(|| damaged(login));
        let by = person(&one.by)?;
        let other = one.person.as_ref().map(person).transpose()?;
        self.tick = self.tick.plus_seconds(60);
        self.clock.set(self.tick);
        let mut reading = self.office.read_as(by).await?;
        let found = reading.by_reference(&one.reference).await?;
        let document = found.first().ok_or_else(|| damaged("no such paper"))?.document;
        let view = reading.document(document).await?.into_inner();
        let registry = view.entry.registry;
        let version = view.inside.as_ref().map_or(0, store::visible::InsideView::shown);
        let until: Option<Date> =
            one.days.map(|days| reading.today().checked_add(days.days())).transpose().map_err(damaged)?;
        let reason = one.reason.clone();
        let command = match one.act {
            Act::Reads => return reading.opens(&view, version).await.map(|_| ()),
            Act::GivesBack => {
                let before = reading.opens(&view, version).await?;
                let text = reading.text_of(&view, &before).await?.ok_or_else(|| damaged("no text"))?.text;
                let text = one.now.iter().fold(text, |text, (was, now)| text.replace(was, now));
                drop(reading);
                return self.gives_back(by, registry, document, &text).await;
            }
            Act::TakesOut => Command::CheckOut { registry, document, reason, until },
            Act::Authorises => {
                let person = other.ok_or_else(|| damaged("for whom"))?;
                let until = until.ok_or_else(|| damaged("until when"))?;
                let authority =
                    Authority { person, version, purpose: reason, copies: 2, until, unstamped: None };
                Command::AuthoriseReproduction { registry, document, authority: Box::new(authority) }
            }
            Act::Copies => Command::Disclose {
                registry,
                piece: Piece { document, version, enclosure: None },
                means: Means::Reproduction,
                bears: None,
            },
            Act::Knows => {
                let sequence = reading.entry_of_change(document, 1).await?;
                Command::Tell { registry, document, person: by, sequence }
            }
        };
        drop(reading);
        self.does(Sender::person(by), command).await.map(|_| ())
    }

    async fn gives_back(
        &mut self,
        by: PersonId,
        registry: RegistryId,
        document: DocumentId,
        text: &str,
    ) -> Result<(), Failure> {
        let mut upload = self.office.upload(registry, "paper.txt")?;
        upload.write(text.as_bytes())?;
        let command = self.office.new_command();
        let sender = Sender::person(by);
        match self.office.check_in(sender, command, registry, document, Some((upload, None))).await? {
            Answer::Handled { version: Some(_), .. } => Ok(()),
            _ => Err(damaged("no new version")),
        }
    }
}
