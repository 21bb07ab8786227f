//! The file plan of an import: the paths of its items become files, those that are missing are opened, and each item
//! is put into the deepest of its own.

use std::collections::{BTreeSet, HashMap};

use registry::{
    Answer, Command, FileId, RegistryId,
    filing::{DEPTH, FileState, NewFile, arranged},
    words::fold_value,
};

use super::sources::{Waiting, command_id};
use crate::{
    door::{Carried, Sender},
    failure::Failure,
    office::Office,
};

/// A path by the names of its files, folded.
type Folded = Vec<String>;

fn folded(path: &[String]) -> Folded {
    path.iter().map(|name| fold_value(name)).collect()
}

impl Office {
    /// Opens what is missing of the paths of items and says to each item in which file it is put. An item whose path
    /// can't be had fails with the reason. Run again, it opens nothing twice: a file is known by its name under its
    /// parent, and one that was renamed since by the command that opened it.
    pub(super) async fn lay_out(
        &self,
        sender: Sender,
        registry: RegistryId,
        space: &str,
        waiting: &mut [Waiting],
    ) -> Result<(), Failure> {
        if waiting.iter().all(|item| item.path.is_empty()) {
            return Ok(());
        }
        let mut known: HashMap<Folded, Result<FileId, String>> = self.files_there(sender, registry).await?;
        // Level by level, in the order of the items, so that codes follow it.
        for level in 1..=DEPTH {
            let mut asked: BTreeSet<Folded> = BTreeSet::new();
            let mut opening: Vec<(Folded, String)> = Vec::new();
            for item in waiting.iter().filter(|item| item.path.len() <= DEPTH && item.document.is_ok()) {
                let Some(part) = item.path.get(..level) else { continue };
                let key = folded(part);
                if !known.contains_key(&key) && asked.insert(key.clone()) {
                    opening.push((key, part.last().cloned().unwrap_or_default()));
                }
            }
            let mut commands = Vec::new();
            let mut keys = Vec::new();
            for (key, name) in opening {
                let above = key.get(..level - 1).unwrap_or_default();
                let parent = match known.get(above) {
                    Some(Ok(parent)) => Some(*parent),
                    Some(Err(why)) => {
                        let why = why.clone();
                        known.insert(key, Err(why));
                        continue;
                    }
                    None => None,
                };
                let file = NewFile { name_en: name.clone(), name_fr: name, parent, ..NewFile::default() };
                let id = command_id(&format!("{space} file"), &key.join("\n"));
                commands.push((id, Command::OpenFile { registry, file: Box::new(file) }));
                keys.push(key);
            }
            let answers = self.carry_all(sender, registry, commands).await;
            for (key, answer) in keys.into_iter().zip(answers) {
                let file = match answer {
                    Ok(Carried { answer: Answer::FileOpened { file }, .. }) => Ok(file),
                    Ok(_) => Err("conflict".to_owned()),
                    Err(Failure::Refused(refusal)) => Err(refusal.code.to_string()),
                    Err(failure) => return Err(failure),
                };
                known.insert(key, file);
            }
        }
        for item in waiting.iter_mut().filter(|item| !item.path.is_empty()) {
            let file = match item.path.len() {
                0..=DEPTH => known.get(&folded(&item.path)).cloned(),
                _ => Some(Err(format!("more than {DEPTH} levels"))),
            };
            match (&mut item.document, file) {
                (Ok(document), Some(Ok(file))) => document.files = vec![file],
                (Ok(_), Some(Err(why))) => item.document = Err(format!("its file: {why}")),
                _ => {}
            }
        }
        Ok(())
    }

    /// The files that the sender sees, by the names that lead to them; of two that are called alike the first.
    async fn files_there(
        &self,
        sender: Sender,
        registry: RegistryId,
    ) -> Result<HashMap<Folded, Result<FileId, String>>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let house = self.house_in(&mut conn).await?;
        let caller = self.caller_in(&mut conn, &house, sender.person, sender.channel, false).await?;
        let files = store::filing::plan(&mut conn, registry).await?;
        let today = self.now().date(&house.zone);
        let branches = arranged(&files, |file| match (&file.access, &caller) {
            (None, _) => true,
            (Some(rule), Some(caller)) => caller.viewer.sight(rule, registry, &house, today).read,
            (Some(_), None) => false,
        });
        let mut known = HashMap::new();
        // Names in either language lead to a file.
        let mut above: Vec<Vec<Folded>> = Vec::new();
        for branch in branches {
            above.truncate(branch.depth);
            let names = both(branch.state);
            let before = above.last().cloned().unwrap_or_else(|| vec![Vec::new()]);
            let ways: Vec<Folded> = before
                .iter()
                .take(8)
                .flat_map(|way| {
                    names.iter().map(move |name| [way.as_slice(), std::slice::from_ref(name)].concat())
                })
                .collect();
            for way in &ways {
                known.entry(way.clone()).or_insert(Ok(branch.state.file.id));
            }
            above.push(ways);
        }
        Ok(known)
    }
}

fn both(state: &FileState) -> Vec<String> {
    let (en, fr) = (fold_value(&state.file.names.en), fold_value(&state.file.names.fr));
    if en == fr { vec![en] } else { vec![en, fr] }
}
