//! Owns a server for looking at the pages while they are made: the demo headquarters in a folder, served in clear on
//! this machine. It must not be used for anything real; `chancery demo` is the product's own.
//!
//! `cargo run -p web --example try -- FOLDER 127.0.0.1:8099`

use std::{error::Error, path::Path, sync::Arc};

use office::{Office, Opening, demo, folder::Folder, texts::Texts};
use tokio::net::TcpListener;
use web::{App, Greeting, app::Guest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("say in which folder: try FOLDER ADDRESS")?;
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8099".to_owned());
    let data = Path::new(&folder).join("data");
    if !data.is_dir() {
        std::fs::create_dir_all(&folder)?;
        demo::build(Opening::of(Folder::at(&data)), |done, total| {
            if done % 50 == 0 {
                println!("{done} of {total}");
            }
        })
        .await?;
    }
    let office = Office::open(Opening::of(Folder::at(&data))).await?;
    office.catch_up().await?;
    let guide = demo::guide()?;
    let people = guide
        .guests
        .into_iter()
        .map(|guest| Guest {
            login: guest.login,
            password: demo::PASSWORD.to_owned(),
            name: guest.name,
            title: guest.title,
            shows: guest.shows,
        })
        .collect();
    let greeting = Greeting { people, worth_trying: guide.worth_trying };
    let app = App { office, texts: Arc::new(Texts::new()?), greeting: Some(Arc::new(greeting)) };
    println!("http://{address}/");
    web::serve(app, TcpListener::bind(&address).await?, std::future::pending()).await?;
    Ok(())
}
