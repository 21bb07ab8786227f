//! What is sent to those who keep the house: bodies, registries, groups, series; and the check of the ledgers.

use super::{Given, key};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let salt = given.salt;
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    let group = format!("group-{}", &given.key[..8]);
    Some(match path {
        "/house/new" => ["1", group.as_str()]
            .map(|code| {
                Ask::form(
                    path,
                    &[
                        ("token", "@token@"),
                        ("command", &self::key(&format!("{salt} house {code}"))),
                        ("what", "group"),
                        ("code", code),
                        ("name_en", "Averlund"),
                        ("name_fr", "Averlund"),
                    ],
                )
            })
            .into(),
        "/house/registries/{code}" => ["HQR", "SCR", "NONE"]
            .map(|code| {
                Ask::form(
                    format!("/house/registries/{code}"),
                    &[
                        ("token", "@token@"),
                        ("command", &self::key(&format!("{salt} registry {code}"))),
                        ("what", "changed"),
                        ("name_en", "Averlund"),
                        ("name_fr", "Averlund"),
                        ("ceilings", "bounded"),
                        ("reason", "Averlund"),
                    ],
                )
            })
            .into(),
        "/ledger" | "/ledger/verify" => vec![Ask::form(path, &[("token", "@token@")])],
        // Nameless: refused after it is asked who may, so that the house stays as it is.
        "/api/v1/bodies" | "/api/v1/groups" => {
            vec![keyed(Ask::json(path, r#"{"code":"AV","names":{"en":"","fr":""}}"#), 0)]
        }
        "/api/v1/registries" => {
            vec![keyed(Ask::json(path, r#"{"code":"AV","names":{"en":"","fr":""},"ceilings":[]}"#), 0)]
        }
        "/api/v1/registries/{code}/changes" => ["HQR", "SCR", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let body = r#"{"names":{"en":"","fr":""},"ceilings":[],"reason":""}"#;
                keyed(Ask::json(path.replace("{code}", code), body), n)
            })
            .collect(),
        "/api/v1/series" => vec![keyed(Ask::json(path, r#"{"name":"","toml":""}"#), 0)],
        "/api/v1/series/{code}/entrustings" => {
            vec![keyed(Ask::json(path.replace("{code}", "MCM"), r#"{"registry":"NONE"}"#), 0)]
        }
        "/api/v1/ledgers/verifications" => vec![keyed(Ask::json(path, ""), 0)],
        _ => return None,
    })
}
