//! XML of no vocabulary that we know: its text, one line an element. Nothing is ever expanded or fetched.

use super::markup::{Declarations, Node, decode, walk};
use super::{Read, Words};
use crate::{Flag, Limits, Reading};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let xml = decode(bytes, bytes.len().saturating_mul(4))?;
    let mut reading = Reading::default();
    let mut words = Words::new(limits);
    walk(&xml, Declarations::PassedOver, limits, &mut |node| {
        match node {
            Node::Text(text) => words.push_flowing(text)?,
            Node::Open(..) | Node::Close(_) => words.fresh_line(),
            Node::Entity => {
                reading.flags.insert(Flag::EntitiesLeftOut);
            }
        }
        Ok(())
    })?;
    reading.text = words.finish();
    Ok(reading)
}
