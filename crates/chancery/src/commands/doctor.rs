//! `chancery doctor`: what is missing on this machine, and what that costs.

use std::{path::PathBuf, process::ExitCode};

use office::folder::Folder;

/// Say what is missing on this machine, and what that costs
#[derive(Debug, clap::Args)]
pub struct Doctor {
    /// A data folder to look at as well
    dir: Option<PathBuf>,
}

impl Doctor {
    /// Looks. Exits with 1 when something needs care.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut care = 0;
        let mut say = |good: bool, what: &str, cost: &str| {
            if good {
                println!("good   {what}");
            } else {
                care += 1;
                println!("care   {what}\n       {cost}");
            }
        };
        let program = std::env::current_exe()?;
        match reader::Reader::new(program, reader::Limits::default()).protections() {
            Ok(protections) => {
                for p in protections {
                    let what = format!("reader: {}", p.guard.name());
                    let why = p.why.clone();
                    say(p.available, &what, &format!("foreign files are read with less protection: {why}"));
                }
            }
            Err(e) => say(false, "reader", &format!("no file but plain text can be read: {e}")),
        }
        let scans = reader::Recogniser::installed();
        say(scans.draws, "pages of scanned PDF", "no text from scanned PDF (poppler-utils)");
        for (language, package) in [
            (reader::Language::English, "tesseract-ocr"),
            (reader::Language::French, "tesseract-ocr, tesseract-ocr-fra"),
        ] {
            let what = format!("text of scans, {language:?}");
            say(scans.languages.contains(&language), &what, &format!("no such text from scans ({package})"));
        }
        if let Some(dir) = &self.dir {
            folder(dir, &mut say);
        }
        println!("{}", if care == 0 { "nothing needs care" } else { "see above" });
        Ok(if care == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn folder(dir: &PathBuf, say: &mut impl FnMut(bool, &str, &str)) {
    let folder = Folder::at(dir);
    match folder.check_format() {
        Ok(()) => say(true, "folder format", ""),
        Err(e) => say(false, "folder format", &e.to_string()),
    }
    match office::folder::read_key(&folder.key_file()) {
        Ok(_) => say(true, "key file", ""),
        Err(e) => say(false, "key file", &format!("the folder can't be opened: {e}")),
    }
    match rustix::fs::statvfs(dir) {
        Ok(space) => {
            let free = space.f_bavail.saturating_mul(space.f_frsize) >> 20;
            say(free > 2_048, &format!("{free} MB free"), "less than 2 GB: large files will be refused");
        }
        Err(e) => say(false, "free space", &e.to_string()),
    }
    // Postings lie in clear: the words of the index can be read by whoever has the disk.
    say(
        encrypted(dir),
        "encrypted volume",
        "the index holds words in clear; keep the folder on an encrypted volume (LUKS), or this could not be told",
    );
}

/// Whether the folder's device is a dm-crypt mapping, as far as the system tells.
fn encrypted(dir: &PathBuf) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(meta) = std::fs::metadata(dir) else { return false };
    let device = meta.dev();
    let uuid = format!("/sys/dev/block/{}:{}/dm/uuid", rustix::fs::major(device), rustix::fs::minor(device));
    std::fs::read_to_string(uuid).is_ok_and(|uuid| uuid.starts_with("CRYPT-"))
}
