//! What all Office Open XML files share (ISO 29500-2): content types and core properties. Must not know paragraphs, cells or slides.

use std::collections::{BTreeMap, BTreeSet};

use super::container::Container;
use super::markup::{Declarations, Node, decode, walk};
use super::{Read, Stop, short};
use crate::{Damage, Flag, Limits, Reading};

/// The parts of a package, each with the content type that the package declares for it.
pub(crate) struct Package<'bytes> {
    pub(crate) container: Container<'bytes>,
    overrides: Vec<(String, String)>,
}

impl<'bytes> Package<'bytes> {
    pub(crate) fn open(bytes: &'bytes [u8], limits: &'bytes Limits) -> Read<Self> {
        let mut container = Container::open(bytes, limits)?;
        let types = container.needed("[Content_Types].xml")?;
        let mut overrides = Vec::new();
        let mut defaults = Vec::new();
        walk(&decode(&types, types.len() * 4)?, Declarations::Forbidden, limits, &mut |node| {
            if let Node::Open(name, attributes) = node {
                let kind = attributes.get("ContentType").unwrap_or_default();
                match name {
                    "Override" => overrides.push((
                        attributes.get("PartName").unwrap_or_default().trim_start_matches('/').to_owned(),
                        kind,
                    )),
                    "Default" => defaults
                        .push((attributes.get("Extension").unwrap_or_default().to_ascii_lowercase(), kind)),
                    _ => {}
                }
            }
            Ok(())
        })?;
        // A part without a type of its own has that of its extension.
        let typed: BTreeSet<String> = overrides.iter().map(|(part, _)| part.to_ascii_lowercase()).collect();
        let defaults: BTreeMap<String, String> = defaults.into_iter().collect();
        for name in container.names() {
            let lower = name.to_ascii_lowercase();
            let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
            if let Some(kind) = defaults.get(extension).filter(|_| !typed.contains(&lower)) {
                overrides.push((name.clone(), kind.clone()));
            }
        }
        Ok(Self { container, overrides })
    }

    /// The names of the parts whose content type ends so, in the order of the numbers in their names.
    pub(crate) fn parts(&self, ending: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .overrides
            .iter()
            .filter(|(_, kind)| kind.ends_with(ending))
            .map(|(name, _)| name.clone())
            .collect();
        names.sort_by_key(|name| (number_in(name), name.clone()));
        names.dedup();
        names
    }

    /// The part of that type that must be there.
    pub(crate) fn main(&self, endings: &[&str]) -> Read<String> {
        endings
            .iter()
            .find_map(|ending| self.parts(ending).into_iter().next())
            .ok_or(Stop::Damaged(Damage::MissingPart))
    }

    /// The text of a part; `None` where it is not there.
    pub(crate) fn xml(&mut self, name: &str) -> Read<Option<String>> {
        match self.container.part(name)? {
            Some(bytes) => decode(&bytes, bytes.len().saturating_mul(4)).map(Some),
            None => Ok(None),
        }
    }

    /// Fills in what the package says about itself.
    pub(crate) fn describe(&mut self, reading: &mut Reading, limits: &Limits) -> Read<()> {
        reading.flags.extend(self.container.flags());
        for name in self.container.names() {
            let lower = name.to_ascii_lowercase();
            if lower.ends_with("vbaproject.bin") {
                reading.flags.insert(Flag::Macros);
            }
            if lower.contains("/embeddings/") || lower.contains("/activex/") {
                reading.flags.insert(Flag::EmbeddedFiles);
            }
        }
        let links: Vec<String> =
            self.container.names().iter().filter(|name| name.ends_with(".rels")).cloned().collect();
        for name in links {
            // Broken links spoil no text.
            let Some(xml) = self.xml(&name)? else { continue };
            let found = walk(&xml, Declarations::Forbidden, limits, &mut |node| {
                if let Node::Open("Relationship", attributes) = node {
                    let external = attributes.get("TargetMode").as_deref() == Some("External");
                    // A hyperlink is fetched by a reader's click, a template or a picture by opening the file.
                    if external && !attributes.get("Type").unwrap_or_default().ends_with("/hyperlink") {
                        reading.flags.insert(Flag::ExternalContent);
                    }
                }
                Ok(())
            });
            passed(found, reading)?;
        }
        for name in self.parts("core-properties+xml") {
            let Some(xml) = self.xml(&name)? else { continue };
            let mut field = String::new();
            let mut value = String::new();
            let found = walk(&xml, Declarations::Forbidden, limits, &mut |node| {
                match node {
                    Node::Open(name, _) => {
                        name.clone_into(&mut field);
                        value.clear();
                    }
                    Node::Text(words) if value.len() < 4_000 => value.push_str(words),
                    Node::Close(name) if name == field => match name {
                        "title" => reading.title = short(&value),
                        "creator" => reading.author = short(&value),
                        "created" => reading.created = short(&value),
                        "modified" => reading.modified = short(&value),
                        _ => {}
                    },
                    _ => {}
                }
                Ok(())
            });
            passed(found, reading)?;
        }
        Ok(())
    }
}

/// A side part that is damaged leaves a gap; one that attacks stops the reading.
pub(crate) fn passed(found: Read<()>, reading: &mut Reading) -> Read<()> {
    match found {
        Err(Stop::Damaged(_)) => {
            reading.flags.insert(Flag::PartlyRead);
            Ok(())
        }
        other => other,
    }
}

fn number_in(name: &str) -> u32 {
    let last = name.rsplit('/').next().unwrap_or_default();
    let digits: String = last.chars().filter(char::is_ascii_digit).take(9).collect();
    digits.parse().unwrap_or(0)
}
