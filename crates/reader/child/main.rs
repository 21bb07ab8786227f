//! The child of the tests: the product's reading child, and children that misbehave on purpose. Never part of the product.

use std::process::ExitCode;

use reader::child;

mod misbehave;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("read") => child::main(),
        Some("misbehave") => misbehave::main(&arguments),
        _ => ExitCode::FAILURE,
    }
}
