//! `chancery backup` and `chancery restore`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use office::{
    Office,
    backup::{Doing, Restoring, Wish, restore},
    folder::Folder,
};
use store::sql::DatabaseUrl;

use crate::{Place, commands::proofs::conclude, output::Terminal};

/// Take a backup while everybody works
///
/// The tables, the sealed files, the settings and the signed heads of the ledgers; no key. It holds the register in clear:
/// keep it as you keep the highest paper in it.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// The folder of the backup; it must be empty or not there
    out: PathBuf,
    /// An earlier backup on the same disk: sealed files that it has become one file with it
    #[arg(long)]
    since: Option<PathBuf>,
    /// Where the wrapped keys are kept, apart from the backup; the file is replaced
    #[arg(long)]
    keys: Option<PathBuf>,
}

fn tell(terminal: &mut Terminal, doing: Doing, done: u64, of: u64) {
    let what = match doing {
        Doing::Tables => "Copying rows",
        Doing::Vault => "Copying sealed files",
    };
    terminal.progress(what, done, of);
}

impl Backup {
    /// Takes it.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let wish = Wish {
            out: terminal.path(&self.out),
            earlier: self.since.as_deref().map(|path| terminal.path(path)),
            keys: self.keys.as_deref().map(|path| terminal.path(path)),
        };
        let begun = std::fs::read_dir(&wish.out).map_or(true, |mut files| files.next().is_none());
        let taken = match office.back_up(&wish, |doing, done, of| tell(terminal, doing, done, of)).await {
            Ok(taken) => taken,
            Err(failure) if begun && wish.out.exists() => {
                let left =
                    format!("the backup was broken off, and what is in {} is none", self.out.display());
                return Err(anyhow::Error::from(failure).context(left));
            }
            Err(failure) => return Err(failure.into()),
        };
        terminal.say(format_args!(
            "{} rows, {} sealed files ({} shared with the earlier backup), {} bytes copied, as of {}",
            taken.manifest.rows,
            taken.vault.objects,
            taken.vault.linked,
            taken.vault.bytes,
            taken.manifest.taken_at
        ));
        match (&self.keys, taken.keys) {
            (Some(file), Some(keys)) => terminal.say(format_args!("{keys} wrapped keys in {}", file.display())),
            _ => terminal.note(
                "No keys were copied (--keys FILE): without DIR/keys/keys.db or a copy of it no sealed file is ever read again.",
            ),
        }
        Ok(0)
    }
}

/// Put a backup back in an empty folder, and verify it
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup
    backup: PathBuf,
    /// The data folder to be; it must be empty or not there
    dir: PathBuf,
    /// The root key, when it is not DIR.key
    #[arg(long)]
    key: Option<PathBuf>,
    /// The wrapped keys as they are today: DIR/keys/keys.db of the installation, or what `backup --keys` kept
    #[arg(long)]
    keys: PathBuf,
    /// Put the tables in PostgreSQL (postgres://…); the database must hold no register
    #[arg(long)]
    database: Option<String>,
    /// Checkpoints that were kept elsewhere: they show that the backup is an old one
    #[arg(long)]
    held: Vec<PathBuf>,
}

impl Restore {
    /// Puts it back. Exits with 1 when what came back is not whole.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut terminal = Terminal::here();
        let folder = Folder::at(&self.dir);
        let restoring = Restoring {
            backup: self.backup,
            key: self.key.clone().unwrap_or_else(|| folder.key_file()),
            keys: self.keys,
            database: self.database.as_deref().map(DatabaseUrl::parse).transpose()?,
            folder,
        };
        let (manifest, mut held) =
            restore(&restoring, |doing, done, of| tell(&mut terminal, doing, done, of)).await?;
        for file in &self.held {
            held.push('\n');
            held.push_str(&std::fs::read_to_string(file).with_context(|| file.display().to_string())?);
        }
        let place = Place { dir: self.dir.clone(), key: self.key, database: None };
        let office = place.open().await?;
        let verified = office.verify_against(&held).await?;
        for ledger in &verified.ledgers {
            terminal.say(format_args!("ledger {}  {} entries", ledger.origin, ledger.entries));
        }
        let mut faults = verified.faults;
        let (read, damaged) = office.fixity().await?;
        terminal.say(format_args!("{read} sealed objects read"));
        faults.extend(damaged);
        office.catch_up().await?;
        office.close().await;
        let code = conclude(&faults, &mut terminal);
        terminal.say(format_args!(
            "{} as of {} is in {}. What was registered, signed or numbered since is not: look at the paper before you number on. Nobody is signed in.",
            manifest.name,
            manifest.taken_at,
            self.dir.display()
        ));
        Ok(code.into())
    }
}
