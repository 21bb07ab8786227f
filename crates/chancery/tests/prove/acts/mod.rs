//! What is sent to each route that changes something, by its path in the table. The first of each is what a person who
//! may do it would send, so that the matrix shows who may; the others are what tells a hidden thing from an absent one,
//! if anything does. A route that is in none of these files fails the proofs.

mod books;
mod cases;
mod custody;
mod documents;
mod door;
mod files;
mod house;
mod numbered;
mod numbers;
mod old;
mod organisation;
mod own;
mod people;
mod registering;
mod tray;

use registry::id::Digest;

use crate::{asks::Common, send::Ask};

/// An identifier that nothing has.
const STRANGER: &str = "00112233445566778899aabbccddeeff";

/// For which route something is sent, and from what it is made.
struct Given<'a> {
    path: &'a str,
    common: &'a Common,
    /// Makes it another command.
    salt: &'a str,
    /// By what the command is known.
    key: String,
}

impl Given<'_> {
    /// The same under the name of the `n`th command of the route.
    fn keyed(&self, ask: Ask, n: usize) -> Ask {
        ask.with("idempotency-key", key(&format!("{} {} {n}", self.path, self.salt)))
    }

    /// The person to whom things are done.
    fn person(&self) -> &String {
        &self.common.people[8]
    }

    /// A sign-in name that nobody has.
    fn login(&self) -> String {
        format!("new{}", &self.key[..8])
    }
}

/// Thirty-two digits that a request is known by.
pub fn key(salt: &str) -> String {
    Digest::of(salt.as_bytes()).to_string().chars().take(32).collect()
}

/// Papers that are corrected: seen by most, seen by some, hidden, absent.
fn corrected(common: &Common) -> Vec<String> {
    let seen = [0, 9].iter().filter_map(|n| common.visible.get(*n));
    let hidden = [0, 1].iter().filter_map(|n| common.hidden.get(*n));
    seen.chain(hidden).cloned().chain([STRANGER.to_owned()]).collect()
}

/// What is sent to a route that changes something; none: nobody has said yet. `salt` makes it another command.
pub fn acts(path: &str, common: &Common, salt: &str) -> Option<Vec<Ask>> {
    let given = Given { path, common, salt, key: key(&format!("{path} {salt}")) };
    [
        cases::acts,
        custody::acts,
        documents::acts,
        door::acts,
        files::acts,
        house::acts,
        numbers::acts,
        old::acts,
        organisation::acts,
        own::acts,
        people::acts,
        registering::acts,
        tray::acts,
    ]
    .into_iter()
    .find_map(|acts| acts(&given))
}
