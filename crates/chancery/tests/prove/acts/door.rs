//! What is sent at the door: signing in and out, and what one signs in with.

use super::Given;
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let login = given.login();
    Some(match path {
        "/sign-in" => vec![
            Ask::form(path, &[("login", "clerk"), ("password", "not the password")]),
            Ask::form(path, &[("login", "nobody"), ("password", "not the password")]),
        ],
        "/first-password" => vec![Ask::form(
            path,
            &[
                ("login", "clerk"),
                ("code", "AAAAA"),
                ("password", "a long enough phrase"),
                ("again", "a long enough phrase"),
            ],
        )],
        "/sign-out" | "/sign-out-everywhere" => vec![Ask::form(path, &[("token", "@token@")])],
        // The seat is not changed: whoever asks goes on asking.
        "/change-user" => vec![Ask::form(
            path,
            &[("token", "@token@"), ("change_login", "clerk"), ("change_password", "not the password")],
        )],
        "/sign-in/card" => vec![Ask::form(path, &[("back", "/desk")])],
        // No passkeys are set up: who may ask is told so.
        "/sign-in/passkey" => vec![Ask::form(path, &[])],
        "/account/passkeys" => {
            vec![Ask::form(path, &[("token", "@token@"), ("passkey_name", "Key on my ring")])]
        }
        "/account/passkeys/drop" => {
            vec![Ask::form(path, &[("token", "@token@"), ("id", &"00".repeat(32))])]
        }
        "/account/tokens" | "/account/token" => {
            vec![Ask::form(path, &[("token", "@token@"), ("name", &login)])]
        }
        "/api/v1/sign-in" => vec![Ask::json(path, r#"{"login":"clerk","password":"not the password"}"#)],
        "/api/v1/sign-in/proof" => vec![Ask::json(path, r#"{"password":"not the password"}"#)],
        "/api/v1/sign-out" => vec![Ask::json(path, "")],
        _ => return None,
    })
}
