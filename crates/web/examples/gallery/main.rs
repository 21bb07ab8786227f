//! Owns the gallery: every component on pages with invented content, written as files, to be looked at in a browser.
//! It must not know the register; nothing in it is real.
//!
//! `cargo run -p web --example gallery -- FOLDER`, then serve FOLDER and open `/en/desk.html`.

mod content;
mod lists;
mod things;

use std::error::Error;
use std::fs;
use std::path::Path;

use maud::Markup;
use office::texts::{Language, Texts, Voice};
use web::look::{
    Button, LevelClass, Marking, Notice, Page, Person, RailEntry, Section, assets, levels_css, shell,
};

use content::Levels;

/// A page of the gallery, before its frame.
struct Sheet {
    name: &'static str,
    title: String,
    level: LevelClass,
    banner: &'static str,
    section: Option<Section>,
    query: &'static str,
    notices: Vec<Notice>,
    body: Markup,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("say into which folder: gallery FOLDER")?;
    let folder = Path::new(&folder);
    let texts = Texts::new()?;
    let levels = Levels::new();
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::ALL {
        fs::write(folder.join("assets").join(asset.name), asset.body)?;
    }
    fs::write(folder.join("assets/levels.css"), levels_css(&levels.colours()?))?;
    for language in Language::ALL {
        let say = texts.voice(language);
        let home = folder.join(language.tag());
        fs::create_dir_all(&home)?;
        let sheets = lists::sheets(say, &levels).into_iter().chain(things::sheets(say, &levels));
        for sheet in sheets {
            let file = home.join(format!("{}.html", sheet.name));
            fs::write(&file, framed(say, &sheet).into_string())?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

fn framed(say: Voice<'_>, sheet: &Sheet) -> Markup {
    let rail = Section::ALL.map(|section| RailEntry {
        count: (section == Section::Desk).then_some(3),
        late: true,
        href: format!("/{}/{}.html", say.language(), file(section)),
        ..section.entry(say, Some(section) == sheet.section)
    });
    let lines = match say.language() {
        Language::En => ["Registry of the Military Staff", "NATO SECRET until 14 March 2029"],
        Language::Fr => ["Bureau d’ordre de l’état-major", "NATO SECRET jusqu’au 14 mars 2029"],
    }
    .map(String::from);
    let register = say.t("register-new");
    shell(
        say,
        &Page {
            title: &sheet.title,
            banner: Marking { text: sheet.banner, language: Language::En, level: &sheet.level },
            person: sheet.section.map(|_| Person {
                name: "Ilse Marchetti",
                href: "person.html",
                lines: &lines,
            }),
            rail: &rail,
            path: "/register?registry=ims",
            token: Some("invented"),
            query: sheet.query,
            acts: &[Button::main(&register).to("register-new.html").key("n")],
            notices: &sheet.notices,
            script: None,
            body: sheet.body.clone(),
        },
    )
}

const fn file(section: Section) -> &'static str {
    match section {
        Section::Desk => "desk",
        Section::Tray => "tray",
        Section::Register => "register",
        Section::Files => "files",
        Section::Custody => "custody",
        Section::Search => "search",
        Section::Series => "series",
        Section::Quality => "quality",
        Section::Cases => "cases",
        Section::Organisation => "organisation",
        Section::People => "people",
        Section::House => "house",
        Section::Ledger => "ledger",
    }
}
