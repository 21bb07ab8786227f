//! Where a registry's copies are, place by place and log by log: what is carried out first, or destroyed, when it must be.

use std::collections::BTreeMap;

use registry::{PersonId, id::ContainerId};

use super::seen::class;
use crate::{
    documents::Place,
    error::StoreError,
    sql::{Conn, among, built},
    values,
    visible::Visible,
};

/// Where copies are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// In a container.
    Container(ContainerId),
    /// At the registry's desk.
    Desk,
    /// With a person of the house.
    Person(PersonId),
}

/// How many copies that the viewer sees are in each place, log by log.
pub async fn places(
    conn: &mut Conn,
    place: Place<'_>,
) -> Result<Visible<BTreeMap<Spot, BTreeMap<String, u64>>>, StoreError> {
    let seen = place.scope.seen();
    let mut values = values![place.registry];
    let names = among(&mut values, ["held"].into_iter());
    let sql = format!(
        "SELECT c.container_id, c.held_by, n.log, d.class_no, COUNT(*) FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.standing IN ({names}) GROUP BY c.container_id, c.held_by, n.log, d.class_no"
    );
    let mut places: BTreeMap<Spot, BTreeMap<String, u64>> = BTreeMap::new();
    for row in conn.all(built(sql), values).await? {
        if !seen.contains(class(&row, 3)?) {
            continue;
        }
        let spot = match (row.opt_id(0)?, row.opt_id(1)?) {
            (Some(container), _) => Spot::Container(container),
            (None, Some(person)) => Spot::Person(person),
            (None, None) => Spot::Desk,
        };
        *places.entry(spot).or_default().entry(row.text(2)?).or_default() += row.number(4)?;
    }
    Ok(Visible::new(places))
}
