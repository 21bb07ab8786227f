//! Where a registry's copies are, place by place and log by log: what is carried out first, or destroyed, when it must be.

use std::collections::BTreeMap;

use registry::{HOUSE, PersonId, RegistryId, id::ContainerId};

use super::seen::class;
use crate::{
    documents::Place,
    error::StoreError,
    planted::{Leak, leaks},
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
        if !seen.contains(class(&row, 3)?) && !leaks(Leak::Emergency) {
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

/// Copies of one log in one place, by names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Laid {
    /// The container and where it stands.
    pub container: Option<(String, String)>,
    /// Who has them.
    pub person: Option<String>,
    /// The code of the log.
    pub log: String,
    /// How many there are.
    pub copies: u64,
}

/// Where all copies of a registry are, whoever may see them: for the list that the machine's owner keeps in a drawer, and for
/// no page.
pub async fn all(conn: &mut Conn, registry: RegistryId) -> Result<Vec<Laid>, StoreError> {
    let rows = conn
        .all(
            "SELECT k.name, k.place, p.name, n.log, COUNT(*) FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id LEFT JOIN container k ON k.registry_id = c.registry_id AND k.container_id = c.container_id LEFT JOIN person p ON p.registry_id = $2 AND p.person_id = c.held_by WHERE c.registry_id = $1 AND c.standing = 'held' GROUP BY k.name, k.place, p.name, n.log",
            values![registry, HOUSE],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(Laid {
            container: row.opt_text(0)?.zip(row.opt_text(1)?),
            person: row.opt_text(2)?,
            log: row.text(3)?,
            copies: row.number(4)?,
        });
    }
    all.sort();
    Ok(all)
}
