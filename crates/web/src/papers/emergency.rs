//! The list for an emergency as PDF: for the staff as its page shows it, and as it lies in the data folder for a drawer.

use axum::{extract::Query, response::Response};
use forms::data::{EmergencyContainer, EmergencyList, EmergencyPlace, Head, LogCount};
use office::{
    custody::{
        HolderName,
        emergency::{Drawer, EmergencyPlace as Place},
    },
    texts::{Texts, Voice},
};
use serde::Deserialize;

use super::{Filling, answered, press, voice};
use crate::{
    answer::WebError,
    pages::{custody::common::Kept, visit::Visit},
};

/// What is asked of it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    lang: String,
}

/// The list, for the staff of a registry, as of today.
pub async fn pdf(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = voice(&asking.lang, &app, asked, &reading);
    let registry = Kept::of(&reading, &asking.registry)?.chosen;
    let places = reading.emergency_list(registry.id).await?;
    let begin = reading.today().to_zoned(reading.house.zone.clone()).map_err(|_| super::not_there())?;
    let made = begin.timestamp().into();
    let of = Filling { say, reading: &reading, registry: registry.id };
    let head = Head { qr: None, ..of.head("", made) };
    let data = EmergencyList { head, landscape: false, places: filled(say, &places) };
    drop(reading);
    answered(say, data, made, &format!("F-EL {}", registry.code)).await
}

/// The list as it lies in a drawer; none: it could not be made, and the log says why.
pub fn drawn(texts: &Texts, drawer: &Drawer) -> Option<Vec<u8>> {
    let say = texts.voice(drawer.language);
    let tag = drawer.language.tag();
    let house = &drawer.house;
    let body = drawer.registry.body.and_then(|body| house.body(body));
    let head = Head {
        organisation: body.map_or_else(|| house.name.clone(), |body| body.names.in_language(tag).to_owned()),
        registry: drawer.registry.names.in_language(tag).to_owned(),
        date: say.date(drawer.made.date(&house.zone)),
        ..Head::default()
    };
    let data = EmergencyList { head, landscape: false, places: filled(say, &drawer.places) };
    press::pressed(drawer.language, &data, drawer.made)
}

/// Place by place, in the order of the list: what stands in one place stands together.
fn filled(say: Voice<'_>, list: &[Place]) -> Vec<EmergencyPlace> {
    let mut places: Vec<EmergencyPlace> = Vec::new();
    let last = list.iter().filter_map(Place::priority).max().unwrap_or(0).saturating_add(1);
    for one in list {
        let place = one.location.clone().unwrap_or_else(|| say.t("emergency-elsewhere"));
        let count = |copies: u64| u32::try_from(copies).unwrap_or(u32::MAX);
        let container = EmergencyContainer {
            container: match &one.holder {
                HolderName::Container(_, name)
                | HolderName::Person(_, name)
                | HolderName::Elsewhere(name) => name.clone(),
                HolderName::Registry(code) => code.clone(),
                HolderName::Desk => say.t("copies-at-desk"),
            },
            priority: u32::from(one.priority().unwrap_or(last)),
            copies: one
                .lines
                .iter()
                .map(|line| LogCount { log: line.log.clone(), copies: count(line.copies) })
                .collect(),
            keys: None,
        };
        match places.iter_mut().find(|known| known.place == place) {
            Some(known) => known.containers.push(container),
            None => places.push(EmergencyPlace { place, containers: vec![container] }),
        }
    }
    places
}
