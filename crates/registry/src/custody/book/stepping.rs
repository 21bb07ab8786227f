//! Something happens to an item of a book: who may say so, and what follows for other items.

use super::{Details, Item, Route, Stage, Step, Stuck, entering::stepped};
use crate::{
    command::Channel,
    custody::{Desk, WORDS},
    fact::Fact,
    house::House,
    id::PersonId,
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// An item that something shall happen to.
#[derive(Debug, Clone, PartialEq)]
pub struct Booked {
    /// The item.
    pub item: Item,
    /// Who entered it.
    pub entered_by: PersonId,
}

impl Desk<'_> {
    pub(in crate::custody) fn step(
        &self,
        step: &Step,
        at: Option<Timestamp>,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let booked = self.needs.item.as_ref().ok_or(Code::NotFound)?;
        let item = &booked.item;
        if item.document().is_some() {
            self.document_is_seen()?
        } else {
            self.named_are_seen()?
        }
        self.may_step(booked, step, words)?;
        let step = self.checked(item, step)?;
        let at = self.moment(at)?;
        after(item, &step, at)?;
        let words = if wants_words(item, &step) {
            Some(required("words", words, WORDS)?)
        } else {
            line("words", words, WORDS)?
        };
        let mut facts = vec![stepped(item.id, step.clone(), at, words)];
        facts.extend(self.packages_follow(item, &step, at)?);
        Ok(facts)
    }

    /// What the control officer does, and what nobody does for himself or twice.
    fn may_step(&self, booked: &Booked, step: &Step, words: &str) -> Result<(), Refusal> {
        let own = self.caller.person;
        match step {
            Step::Read { person } => return self.may_read(*person),
            Step::Post { copies } => return self.may_post(booked, copies, words),
            _ => self.staff()?,
        }
        match (&booked.item.details, step) {
            (Details::Instructions(_), Step::End) => self.controls(),
            (Details::Routes(_) | Details::Appointments(_), Step::End) => self.controls(),
            (Details::Journeys(journey), Step::Issue) => {
                self.controls()?;
                other(journey.courier.person != Some(own))
            }
            (Details::Transfers(_), Step::Confirm) => other(booked.entered_by != own),
            (Details::Transfers(_), Step::Clear | Step::End) => {
                self.controls()?;
                other(booked.entered_by != own)
            }
            // Packages are put on a certificate by the certificate, and leave with its courier.
            (Details::Packages(_), Step::Assign { .. } | Step::Unassign) => Err(stuck(&booked.item)),
            (Details::Packages(_), Step::Depart) if booked.item.stage == Stage::Assigned => {
                Err(stuck(&booked.item))
            }
            _ => Ok(()),
        }
    }

    /// Nobody says of another that he read a paper, nor of himself what he may not open.
    fn may_read(&self, person: PersonId) -> Result<(), Refusal> {
        let crate::command::Context { registry, house, today, .. } = self.context;
        let rule = self.needs.document.as_ref().map(|document| &document.rule).ok_or(Code::NotFound)?;
        let opens = self.caller.viewer.sight(rule, *registry, house, *today).read;
        let own = self.caller.channel == Channel::Person && self.caller.person == person;
        if own && opens { Ok(()) } else { Err(Code::Forbidden.into()) }
    }

    fn checked(&self, item: &Item, step: &Step) -> Result<Step, Refusal> {
        Ok(match (&item.details, step) {
            (Details::Equipment(equipment), Step::HandOut { person }) => {
                self.receives(*person, equipment.level.as_ref())?;
                step.clone()
            }
            (Details::Equipment(equipment), Step::Raise { level }) => {
                let house = self.context.house;
                if !house.knows(level) {
                    return Err(Refusal::on("level", Code::InvalidLabel));
                }
                if equipment.level.as_ref().is_some_and(|was| !is_above(house, level, was)) {
                    return Err(Refusal::on("level", Code::NotHigher));
                }
                step.clone()
            }
            (_, Step::Sanitise { method }) => Step::Sanitise { method: required("method", method, NAME)? },
            (_, Step::Destroy { method }) => Step::Destroy { method: required("method", method, NAME)? },
            (_, Step::ChangeCombination { known_to, .. }) => {
                for person in known_to {
                    self.of_house("known_to", *person)?;
                }
                step.clone()
            }
            _ => step.clone(),
        })
    }

    /// Whether somebody may have equipment that held papers of a level.
    fn receives(&self, person: PersonId, level: Option<&label::Clearance>) -> Result<(), Refusal> {
        let known = self.needs.person.as_deref().filter(|(known, _)| known.id == person);
        let refused = |code: Code| Refusal::on("person", code);
        let (person, held) = known.ok_or_else(|| refused(Code::PersonUnknown).with("person", person))?;
        let Some(level) = level else { return Ok(()) };
        let context = self.context;
        let label = label::Label::plain(level.policy.clone(), level.level.clone());
        let viewer = crate::access::Viewer::on(context.today, person, held);
        if viewer.admitted(&label, None, context.house, context.today) {
            Ok(())
        } else {
            Err(refused(Code::EquipmentClearance).with("name", &person.name))
        }
    }

    /// What happens to the packages of a certificate.
    fn packages_follow(&self, item: &Item, step: &Step, at: Timestamp) -> Result<Vec<Fact>, Refusal> {
        let Details::Journeys(journey) = &item.details else { return Ok(Vec::new()) };
        let follows = match step {
            Step::Depart | Step::Arrive => step.clone(),
            Step::Cancel => Step::Unassign,
            _ => return Ok(Vec::new()),
        };
        let packages = self.needs.items.iter().filter(|package| journey.packages.contains(&package.id));
        packages
            // One that was received before its courier was is where it should be.
            .filter(|package| package.stage != Stage::Delivered)
            .map(|package| {
                after(package, &follows, at)?;
                Ok(stepped(package.id, follows.clone(), at, None))
            })
            .collect()
    }
}

fn after(item: &Item, step: &Step, at: Timestamp) -> Result<Item, Refusal> {
    item.after(step, at).map_err(|why| {
        let code = match (why, step) {
            (Stuck::Before, _) => return Refusal::on("at", Code::ItemBefore).with("item", item.text()),
            // A certificate is for one journey.
            (Stuck::Stage, Step::Depart) if matches!(item.details, Details::Journeys(_)) => Code::OneJourney,
            (Stuck::Stage, _) => Code::ItemStage,
        };
        Refusal::new(code).with("item", item.text())
    })
}

/// The refusal of what cannot happen to an item as it stands.
fn stuck(item: &Item) -> Refusal {
    Refusal::new(Code::ItemStage).with("item", item.text())
}

/// Refused where one person would do both halves of what takes two.
fn other(is: bool) -> Result<(), Refusal> {
    if is { Ok(()) } else { Err(Code::SamePerson.into()) }
}

/// What is not done without saying why.
fn wants_words(item: &Item, step: &Step) -> bool {
    match step {
        Step::End | Step::EndLines { .. } | Step::Unpack | Step::Cancel | Step::Miss | Step::Clear => true,
        Step::TakeBack => item.stage == Stage::Missing,
        _ => false,
    }
}

/// Whether one level is another or above it, in one policy.
fn is_above(house: &House, level: &label::Clearance, was: &label::Clearance) -> bool {
    let rank = |clearance: &label::Clearance| {
        house
            .policies
            .get(&clearance.policy)
            .and_then(|policy| policy.level(&clearance.level))
            .map(|l| l.hierarchy)
    };
    level.policy != was.policy || rank(level) > rank(was)
}

/// The routes among items.
pub fn routes<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Route> {
    let current = items.into_iter().filter(|item| item.is_open());
    current
        .filter_map(|item| match &item.details {
            Details::Routes(route) => Some(route.clone()),
            _ => None,
        })
        .collect()
}
