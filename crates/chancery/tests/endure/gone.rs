//! What was destroyed is gone: no planted word of content, of what was read from it or of what was attached to it lies
//! anywhere in the folder or in any earlier backup, search finds none, a restored backup opens none, and the ledger verifies.

use std::path::Path;

use office::{Office, Opening, folder::Folder};

use crate::{
    engines::engines,
    run,
    served::{Act, Client, Installation, Ran, examined, files, program},
};

/// Words that stand in content alone. Each begins otherwise, so that none hides behind what it shares with another.
const PLANTED: [&str; 4] = ["quinquagesima", "wolkenbruch", "brzeczyszczyk", "zanzibarine"];

#[test]
#[ignore = "run by cargo xtask prove"]
fn gone_leaves_no_word_in_folder_index_or_backup() {
    run(async {
        for engine in engines().await {
            let name = engine.name;
            let house = Installation::founded(engine, 1).await;
            let serving = house.serve();
            let client = serving.client(&house.tokens[0]);
            // What is read off it as a field is of its content too, while it waits.
            let text = format!("Subject: {}\n\n{}", PLANTED.join(" "), PLANTED.join(" ").repeat(40));
            // One backup while it waits in the in-tray, one when it is registered.
            let came = client.does(&Act {
                key: 1,
                path: "/api/v1/registries/REG/tray".into(),
                body: serde_json::json!({}),
                content: Some(text.clone()),
            });
            house.run(&["backup"], &["waiting", "--keys", "wrapped"]).good();
            let item = came.body["item"].as_str().unwrap();
            let path = format!("/api/v1/tray/{item}/registrations");
            let mut entry = crate::served::entry("The stores");
            entry["registry"] = "REG".into();
            let paper = client.does(&Act::json(2, path, entry));
            client.does(&Act::paper(3, "Something else", "These words stay"));
            for word in PLANTED {
                assert_eq!(finds(&client, word), 1, "{word} is found before");
            }
            // What a reader types and has not sent yet is kept too.
            client.text(&format!("/api/v1/documents/{}/text", paper.id()));
            house.run(&["backup"], &["registered", "--keys", "wrapped"]).good();
            serving.stop();

            let office = house.open().await;
            office.catch_up().await.unwrap();
            let registry = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
            let before = words_in_index(&house.data);
            let document = paper.id().parse().unwrap();
            assert!(office.destroy_content(registry, document).await.unwrap() >= 1);
            // Nothing of it may come back by making the index anew.
            let verified = office.verify().await.unwrap();
            assert_eq!(verified.faults, Vec::<String>::new());
            assert_eq!(office.compare_rebuilt().await.unwrap().1, Vec::<String>::new());
            assert_eq!(office.compare_index().await.unwrap().1, Vec::<String>::new());
            let (_, lost) = office.fixity().await.unwrap();
            assert!(!lost.is_empty() && lost.iter().all(|fault| fault.contains("destroyed")), "{lost:?}");
            office.close().await;
            let after = words_in_index(&house.data);
            assert!(
                before.iter().any(|part| !after.contains(part)),
                "the part of the index that held it is there still"
            );
            searched(&house);
            comes_back_without(&house, &paper.body["id"]).await;

            let serving = house.serve();
            let client = serving.client(&house.tokens[0]);
            for word in PLANTED {
                assert_eq!(
                    client.get(&format!("/api/v1/search?q={word}")).unwrap().body["total"],
                    0,
                    "{word}"
                );
            }
            assert_eq!(finds(&client, "stay"), 1);
            assert_eq!(finds(&client, "stores"), 1, "its entry stays");
            let shown = client.get(&format!("/api/v1/documents/{}", paper.id())).unwrap();
            assert_eq!((shown.status, shown.body["subject"].as_str()), (200, Some("The stores")));
            for path in ["text", "versions/1/content"] {
                let gone = client.get(&format!("/api/v1/documents/{}/{path}", paper.id())).unwrap();
                assert_eq!((gone.status, gone.code()), (410, "content-destroyed"), "{path}");
            }
            serving.stop();
            println!("  {}: no planted word is left in folder, index and two backups", name);
            house.engine.give_back().await;
        }
    });
}

fn finds(client: &Client, word: &str) -> u64 {
    for _ in 0..100 {
        let total = client.get(&format!("/api/v1/search?q={word}")).unwrap().body["total"].as_u64().unwrap();
        if total > 0 {
            return total;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    0
}

/// The names of the parts of the index that hold words.
fn words_in_index(data: &Path) -> Vec<String> {
    let names = files(&data.join("index")).into_iter();
    let names = names.map(|file| file.file_name().unwrap().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".term") || name.ends_with(".pos") || name.ends_with(".idx")).collect()
}

/// Looks for every word, in each writing that a file could have it in, through everything that is kept.
fn searched(house: &Installation) {
    let (mut bytes, mut count) = (0, 0);
    for folder in [house.data.clone(), house.path("waiting"), house.path("registered")] {
        for file in files(&folder) {
            let content = std::fs::read(&file).unwrap();
            bytes += content.len();
            count += 1;
            for word in PLANTED {
                for wanted in writings(word) {
                    let found = content.windows(wanted.len()).position(|window| window == wanted);
                    assert_eq!(found, None, "{word} lies in {}", file.display());
                }
            }
        }
    }
    println!("  {count} files, {bytes} bytes searched");
}

fn writings(word: &str) -> Vec<Vec<u8>> {
    let wide = |big: bool| {
        let units = word.encode_utf16();
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    // A stem is shorter than its word.
    let stem: String = word.chars().take(word.chars().count() - 2).collect();
    vec![stem.clone().into_bytes(), stem.to_uppercase().into_bytes(), wide(true), wide(false)]
}

/// The backups of before are put back with the keys as they are today: the entry is there and the content is not.
async fn comes_back_without(house: &Installation, document: &serde_json::Value) {
    let key = format!("{}.key", house.data.display());
    let keys = house.data.join("keys").join("keys.db");
    for backup in ["waiting", "registered"] {
        let to = format!("{backup}-again");
        let mut command = program(&["restore", backup, &to, "--key", &key, "--keys"]);
        command.arg(&keys).current_dir(house.dir.path());
        let said = Ran(command.output().unwrap());
        if backup == "registered" {
            said.failed(1, &["destroyed"]);
        } else {
            said.good();
        }
        let folder = Folder::at(house.path(&to));
        let office =
            Office::open(Opening { key: Some(key.clone().into()), ..Opening::of(folder) }).await.unwrap();
        if backup == "registered" {
            let clerk = office.person_named("clerk0").await.unwrap();
            let mut reading = office.read_as(clerk).await.unwrap();
            let id = document.as_str().unwrap().parse().unwrap();
            let refused = reading.open_version(id, 1, &|_| Vec::new()).await.unwrap_err();
            assert_eq!(refused.refusal().map(|r| r.code), Some(registry::Code::ContentDestroyed));
            drop(reading);
        }
        let faults = examined(&office).await;
        assert!(faults.iter().all(|fault| fault.contains("destroyed")), "{faults:?}");
        drop(office);
    }
}
