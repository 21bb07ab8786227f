//! What the machine fails at is said clearly and leaves nothing half done; when it is mended, work goes on: a full disk, a
//! folder that may only be read, keys that are missing, a database that goes away and comes back, a clock set back, and a
//! paper whose words cannot be read.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use office::{Office, Opening, clock::SetClock};
use registry::{Code, Timestamp};
use store::sql::DatabaseUrl;

use crate::{
    engines::{Kind, kinds},
    run,
    served::{Act, Client, Installation, Said, Serving, entry, files},
};

fn is_ailing(said: &Said, code: &str) {
    assert_eq!((said.status, said.code()), (503, code), "{}", said.body);
    let words = said.body["remedy"].as_str().unwrap();
    assert!(words.len() > 20, "{words}");
}

/// A disk of its own, small, that is taken away again; none where disks may not be made.
struct Disk(PathBuf);

impl Disk {
    fn of(place: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(place);
        mount.output().is_ok_and(|out| out.status.success()).then(|| Self(place.to_owned()))
    }

    fn turns(&self, how: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn fault_of_a_full_disk_is_refused_and_work_goes_on_when_there_is_room() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let Some(disk) = Disk::of(&dir.path().join("disk"), "48m") else {
            println!("  skipped: no disk can be made here, so none is full");
            return;
        };
        let data = disk.0.join("data");
        let house = Installation::founded_in(Kind::Sqlite.fresh().await, 1, data, dir).await;
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        let first = client.does(&Act::paper(1, "The first", "Words"));
        // Something else fills the disk but for little.
        let filler = disk.0.join("filler");
        let mut file = std::fs::File::create(&filler).unwrap();
        let free = |path: &Path| {
            let out = Command::new("df").args(["--output=avail", "-B1"]).arg(path).output().unwrap();
            let text = String::from_utf8(out.stdout).unwrap();
            text.lines().last().unwrap().trim().parse::<usize>().unwrap()
        };
        let fill = free(&disk.0).saturating_sub(1 << 20);
        file.write_all(&vec![1; fill]).unwrap();
        let (mut kept, mut refused) = (vec![Act::paper(1, "The first", "Words")], None);
        for key in 2..200 {
            let act = Act::paper(
                key,
                &format!("Convoy {key}"),
                &format!("Paper {key}: {}", "ballast ".repeat(4_000)),
            );
            let said = client.send(&act).unwrap();
            if said.status != 201 {
                is_ailing(&said, "storage-full");
                refused = Some(act);
                break;
            }
            kept.push(act);
        }
        let refused = refused.expect("the disk is never full");
        // Nothing came of it, and reading goes on.
        assert_eq!(client.total(), kept.len() as u64);
        is_ailing(&client.send(&refused).unwrap(), "storage-full");
        // A paper is opened only when it can be noted who did, for which there may be room; its entry is shown.
        let path = format!("/api/v1/documents/{}", first.id());
        assert_eq!(client.get(&path).unwrap().status, 200);
        let opened = client.get(&format!("{path}/versions/1/content")).unwrap();
        assert!(opened.status == 200 || opened.code() == "storage-full", "{}", opened.body);
        drop(file);
        std::fs::remove_file(&filler).unwrap();
        // Whoever sends it again gets it done, at the latest with the next try: what ailed may have left a connection behind.
        let mut tries = 1;
        while client.send(&refused).unwrap().status != 201 {
            tries += 1;
            assert!(tries <= 5, "it is never done");
            std::thread::sleep(Duration::from_millis(200));
        }
        println!("  done at try {tries}");
        assert_eq!(client.total(), kept.len() as u64 + 1);
        serving.stop();
        assert_eq!(house.examined().await, Vec::<String>::new());
        println!("  a full disk: refused after {} papers, and again; then registered", kept.len());
    });
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn fault_of_a_folder_that_may_only_be_read_or_lacks_its_keys_is_said_at_the_start() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let disk = Disk::of(&dir.path().join("disk"), "48m");
        let data = dir.path().join("disk").join("data");
        let house = Installation::founded_in(Kind::Sqlite.fresh().await, 1, data, dir).await;
        let starts = || Serving::begun(&mut house.command(&["serve"], &["--listen", "127.0.0.1:0"]));
        let refuses = |words: &[&str]| {
            let said = starts().err().expect("it serves all the same");
            assert!(words.iter().all(|word| said.contains(word)), "nothing says {words:?}: {said}");
            println!("  {}", said.trim());
        };
        match &disk {
            Some(disk) => {
                disk.turns("ro");
                refuses(&["Read-only"]);
                disk.turns("rw");
            }
            None => println!("  skipped: no disk can be made here, so none is read-only"),
        }
        let key = PathBuf::from(format!("{}.key", house.data.display()));
        let aside = house.path("aside");
        std::fs::copy(&key, &aside).unwrap();
        std::fs::remove_file(&key).unwrap();
        refuses(&["the key", "data.key"]);
        std::fs::write(&key, "chancery-key 1\nnothing of one\n").unwrap();
        open_to(&key, 0o600);
        refuses(&["damaged"]);
        let other = format!("chancery-key 1\n{}\n", "ab".repeat(32));
        std::fs::write(&key, other).unwrap();
        refuses(&["not the key of this installation"]);
        std::fs::remove_file(&key).unwrap();
        std::fs::copy(&aside, &key).unwrap();
        open_to(&key, 0o644);
        refuses(&["may be read by others"]);
        open_to(&key, 0o600);
        let keys = house.data.join("keys");
        let away = house.path("keys");
        copy_away(&keys, &away);
        refuses(&["the store of wrapped keys"]);
        copy_away(&away, &keys);
        let serving = starts().unwrap();
        serving.client(&house.tokens[0]).does(&Act::paper(1, "Afterwards", "Words"));
        serving.stop();
        assert_eq!(house.examined().await, Vec::<String>::new());
        drop(disk);
    });
}

fn open_to(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn copy_away(from: &Path, to: &Path) {
    crate::backup::copied(from, to);
    for file in files(from) {
        std::fs::remove_file(file).unwrap();
    }
}

/// A way to the database that can be shut.
struct Way {
    port: u16,
    open: Arc<AtomicBool>,
    through: Arc<Mutex<Vec<TcpStream>>>,
}

impl Way {
    fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let way = Self {
            port: listener.local_addr().unwrap().port(),
            open: Arc::new(AtomicBool::new(true)),
            through: Arc::default(),
        };
        let (open, through, address) = (way.open.clone(), way.through.clone(), address.to_owned());
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if !open.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&address) else { continue };
                through.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                for (mut from, mut to) in [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)]
                {
                    std::thread::spawn(move || {
                        let mut part = vec![0; 1 << 16];
                        while let Ok(read) = from.read(&mut part) {
                            if read == 0 || to.write_all(&part[..read]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        way
    }

    fn shut(&self) {
        self.open.store(false, Ordering::SeqCst);
        for stream in self.through.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn opens(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn fault_of_a_database_that_goes_away_and_comes_back_loses_nothing() {
    run(async {
        let Some(kind) = kinds().into_iter().find(|kind| matches!(kind, Kind::Postgres(_))) else { return };
        let mut house = Installation::founded(kind.fresh().await, 4).await;
        let Some(DatabaseUrl::Postgres { url, .. }) = &house.engine.database else { panic!() };
        let (head, name) = url.rsplit_once('/').unwrap();
        let (user, place) = head.rsplit_once('@').unwrap();
        let way = Way::to(place);
        let round = format!("{user}@127.0.0.1:{}/{name}", way.port);
        std::fs::write(house.data.join("database"), format!("{round}\n")).unwrap();
        house.tokens.truncate(4);
        let serving = house.serve();
        let clients: Vec<Client> = house.tokens.iter().map(|token| serving.client(token)).collect();
        let stop = AtomicBool::new(false);
        let ended = std::thread::scope(|scope| {
            let workers: Vec<_> = clients
                .iter()
                .enumerate()
                .map(|(clerk, client)| {
                    let stop = &stop;
                    scope.spawn(move || works(client, clerk as u64 * 10_000, stop))
                })
                .collect();
            for _ in 0..3 {
                std::thread::sleep(Duration::from_millis(300));
                way.shut();
                std::thread::sleep(Duration::from_millis(400));
                way.opens();
            }
            std::thread::sleep(Duration::from_millis(500));
            stop.store(true, Ordering::SeqCst);
            workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
        });
        let refused: usize = ended.iter().map(|(_, refused)| refused).sum();
        let kept: usize = ended.iter().map(|(kept, _)| kept.len()).sum();
        assert!(refused > 0 && kept > 20, "{refused} refused, {kept} kept");
        // Everything was sent until it was acknowledged: each is there, once.
        for (client, (acts, _)) in clients.iter().zip(&ended) {
            for (act, said) in acts {
                assert_eq!(client.send(act).unwrap(), *said);
            }
        }
        assert_eq!(clients[0].total(), kept as u64);
        way.shut();
        let away = clients[0].send(&Act::paper(99_999, "While it is away", "Words")).unwrap();
        is_ailing(&away, "storage-away");
        way.opens();
        serving.stop();
        std::fs::write(house.data.join("database"), format!("{url}\n")).unwrap();
        assert_eq!(house.examined().await, Vec::<String>::new());
        println!("  the database went away four times: {refused} refusals, {kept} papers, each once");
        house.engine.give_back().await;
    });
}

/// Registers papers, each until it is acknowledged; those, and how often one was refused.
fn works(client: &Client, from: u64, stop: &AtomicBool) -> (Vec<(Act, Said)>, usize) {
    let (mut kept, mut refused, mut key) = (Vec::new(), 0, from);
    while !stop.load(Ordering::SeqCst) {
        key += 1;
        let act = Act::paper(key, &format!("Convoy {key}"), &format!("Words of paper {key}"));
        loop {
            let said = client.send(&act).unwrap();
            if said.status == 201 {
                kept.push((act, said));
                break;
            }
            is_ailing(&said, "storage-away");
            refused += 1;
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    (kept, refused)
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn fault_of_a_clock_set_back_writes_nothing_until_it_is_right() {
    run(async {
        for kind in kinds() {
            let house = Installation::founded(kind.fresh().await, 1).await;
            let now = {
                let office = house.open().await;
                let now = office.now();
                office.close().await;
                now
            };
            let clock = Arc::new(SetClock::at(now.plus_seconds(10)));
            let office = Office::open(Opening { clock: clock.clone(), ..house.opening() }).await.unwrap();
            let person = registry::person::NewPerson {
                login: "later".into(),
                name: "Later".into(),
                nationality: "BEL".into(),
                language: "en".into(),
                title: String::new(),
                body: None,
            };
            let adds = |at: Timestamp| {
                clock.set(at);
                let sender = office::Sender::proven(house.officers[0], at);
                let command = registry::Command::AddPerson { person: person.clone() };
                office.command(sender, office.new_command(), command)
            };
            let refusal = adds(now.plus_seconds(-3_600)).await.unwrap_err();
            assert_eq!(refusal.refusal().map(|refusal| refusal.code), Some(Code::ClockBack));
            adds(now.plus_seconds(20)).await.unwrap();
            assert_eq!(crate::served::examined(&office).await, Vec::<String>::new());
            drop(office);
            println!("  {}: an hour back is refused, then the clock is right and work goes on", kind.name());
            house.engine.give_back().await;
        }
    });
}

/// The text of a paper rots before the index has read it: that paper is parked and told of, the next are found, and when
/// the file is put back so is the paper.
#[test]
#[ignore = "run by cargo xtask prove"]
fn fault_of_a_paper_whose_words_cannot_be_read_stops_nobody() {
    run(async {
        let house = Installation::founded(Kind::Sqlite.fresh().await, 1).await;
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        client.does(&Act::json(1, "/api/v1/documents", elsewhere()));
        serving.stop();
        let before = files(&house.data.join("vault"));
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        let bad = client.does(&Act::paper(2, "The poisoned one", "Belladonna in the stores"));
        serving.stop();
        let object =
            files(&house.data.join("vault")).into_iter().find(|file| !before.contains(file)).unwrap();
        let good = std::fs::read(&object).unwrap();
        crate::backup::flipped(&object);
        // The index is made anew from what is there now.
        std::fs::remove_dir_all(house.data.join("index")).unwrap();
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        client.does(&Act::paper(3, "The next", "Chamomile in the stores"));
        let finds = |word: &str| {
            let mut total = 0;
            for _ in 0..100 {
                let found = client.get(&format!("/api/v1/search?q={word}")).unwrap();
                total = found.body["total"].as_u64().unwrap_or_else(|| panic!("{}", found.body));
                if total > 0 {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            total
        };
        assert_eq!((finds("chamomile"), finds("poisoned")), (1, 1));
        assert_eq!(client.get("/api/v1/search?q=belladonna").unwrap().body["total"], 0);
        let text = client.get(&format!("/api/v1/documents/{}/text", bad.id())).unwrap();
        assert_eq!((text.status, text.code()), (503, "content-damaged"));
        serving.stop();
        let office = house.open().await;
        assert_eq!(office.retry_parked().await.unwrap(), 1);
        std::fs::write(&object, good).unwrap();
        assert_eq!(office.retry_parked().await.unwrap(), 0);
        office.close().await;
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        assert_eq!(client.get("/api/v1/search?q=belladonna").unwrap().body["total"], 1);
        serving.stop();
        assert_eq!(house.examined().await, Vec::<String>::new());
        println!("  a paper that cannot be read is parked; the next are found; put back, so is it");
    });
}

fn elsewhere() -> serde_json::Value {
    let mut entry = entry("Held elsewhere");
    entry["registry"] = "REG".into();
    entry["held_elsewhere"] = "in the safe of the annex".into();
    entry
}
