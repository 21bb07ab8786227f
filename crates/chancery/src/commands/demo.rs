//! `chancery demo`: a living headquarters on the embedded default.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use office::{demo, folder::Folder, shipped};
use registry::id::Digest;

use crate::{commands::serve::serve, output::Terminal};

/// Start a living headquarters of invented people and papers
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// The folder to keep it in; without one, a folder of this user in the temporary folder
    dir: Option<PathBuf>,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
}

impl Demo {
    /// Builds the demo where it is not there yet, and serves it.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = match self.dir {
            Some(dir) => dir,
            None => {
                std::env::temp_dir().join(format!("chancery-demo-{}", rustix::process::getuid().as_raw()))
            }
        };
        std::fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
        let folder = Folder::at(dir.join("data"));
        let opening = || office::Opening {
            reader: std::env::current_exe().ok(),
            ..office::Opening::of(folder.clone())
        };
        // What it is built from: other data or another release, and it is built anew.
        let made_of = Digest::of(
            format!(
                "{}{}{}{}{}",
                env!("CARGO_PKG_VERSION"),
                store::tables::SCHEMA,
                shipped::DEMO.0,
                shipped::DEMO.1,
                shipped::DEMO_FILES
            )
            .as_bytes(),
        );
        let mark = dir.join("demo");
        let known = std::fs::read_to_string(&mark).unwrap_or_default();
        if known.trim() != made_of.to_string() {
            if known.is_empty() && std::fs::read_dir(&dir)?.next().is_some() {
                anyhow::bail!("{} holds something that is no demo", dir.display());
            }
            for old in ["data", "data.key", "data.pub"] {
                remove(&dir.join(old))?;
            }
            eprintln!("Building the headquarters in {} …", dir.display());
            // While it is being built the folder says so, and a build that was broken off is begun anew.
            std::fs::write(&mark, "building\n")?;
            let mut terminal = Terminal::here();
            demo::build(opening(), |done, total| terminal.progress("Registering", done as u64, total as u64))
                .await?;
            // Passkeys are bound to a name; on one's own machine that is localhost, whatever the port.
            std::fs::write(
                folder.root().join("sign-in.toml"),
                "[passkeys]\norigin = \"http://localhost\"\n",
            )?;
            std::fs::write(&mark, format!("{made_of}\n"))?;
        }
        let office = office::Office::open(opening()).await?;
        office.catch_up().await?;
        serve(office, Some(greeting()?), self.listen).await
    }
}

fn remove(path: &std::path::Path) -> anyhow::Result<()> {
    let gone = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match gone {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e).context(path.display().to_string()),
        _ => Ok(()),
    }
}

fn greeting() -> anyhow::Result<web::Greeting> {
    let guide = demo::guide()?;
    Ok(web::Greeting {
        people: guide
            .guests
            .into_iter()
            .map(|g| web::app::Guest {
                login: g.login,
                password: demo::PASSWORD.to_owned(),
                name: g.name,
                title: g.title,
                shows: g.shows,
            })
            .collect(),
        worth_trying: guide.worth_trying,
    })
}
