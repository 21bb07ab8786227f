//! Access classes in the register tables: the number of each distinct rule of access.

use registry::{RegistryId, access::AccessRule, id::Digest};

use crate::{error::StoreError, transaction::Write, values};

/// The number of the class of a rule, made when it is new. Numbers follow the order of the ledger, so that a
/// rebuild gives the same.
pub(super) async fn class_of(
    write: &mut Write,
    registry: RegistryId,
    rule: &AccessRule,
) -> Result<u32, StoreError> {
    let text = rule.canonical();
    let digest = Digest::of(text.as_bytes());
    if let Some(number) = write.rows.classes.get(&(registry, digest)) {
        return Ok(*number);
    }
    let conn = write.conn().await?;
    let known = conn
        .one(
            "SELECT class_no FROM access_class WHERE registry_id = $1 AND digest = $2",
            values![registry, digest.0],
        )
        .await?;
    let number = match known {
        Some(row) => row.number(0)?,
        None => {
            let row = conn
                .one("SELECT COUNT(*) FROM access_class WHERE registry_id = $1", values![registry])
                .await?;
            let number = row.map_or(Ok(0), |row| row.number(0))?;
            conn.execute(
                "INSERT INTO access_class (registry_id, class_no, digest, rule) VALUES ($1, $2, $3, $4)",
                values![registry, number, digest.0, text],
            )
            .await?;
            number
        }
    };
    let number = u32::try_from(number).map_err(StoreError::damaged)?;
    write.rows.classes.insert((registry, digest), number);
    Ok(number)
}
