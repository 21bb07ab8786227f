//! A muster of many copies: counted over HTTP by four people at once, each scan sent as the page of counting sends it, while
//! a fifth looks at the muster. `cargo xtask bench custody [COPIES]`.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use common::{Bench, engines, fresh, letter, percentile, since};
use office::{Sender, signin::SessionKind, texts::Texts};
use registry::{
    Answer, Command, PersonId,
    custody::{
        Act, Numbered,
        copy::{Medium, Origin},
        muster::{MusterKind, Tally},
    },
    id::MusterId,
};
use tokio::{net::TcpListener, sync::oneshot};
use web::App;

/// Everybody's password.
const PHRASE: &str = "correct horse battery staple";
/// How many count at once.
const COUNTERS: usize = 4;
/// Of so many copies one is scanned by two people.
const TWICE: usize = 10;
/// Copies that are left for one who counts alone in the end.
const ALONE: usize = 100;
/// Copies recorded with an act.
const AN_ACT: usize = 1_000;
/// How long who looks on waits between two pages.
const PAUSE: Duration = Duration::from_millis(100);

fn main() -> Result<()> {
    let copies = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for (engine, server) in engines() {
            run(engine, server.as_deref(), copies).await?;
        }
        Ok(())
    })
}

fn in_ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The middle and the slowest hundredth, in words.
fn told(took: &mut [Duration]) -> String {
    took.sort_unstable();
    let (middle, slowest) = (percentile(took, 0.5), percentile(took, 0.99));
    format!("p50 {:.1} ms, p99 {:.1} ms ({})", in_ms(middle), in_ms(slowest), took.len())
}

async fn run(engine: &str, server: Option<&str>, copies: usize) -> Result<()> {
    let bench = Bench::without_index(fresh(server).await?).await?;
    let (clerk, mut sessions) = staff(&bench).await?;
    let begun = Instant::now();
    let names = record(&bench, clerk, copies).await?;
    let recorded = since(begun);
    let begun = Instant::now();
    let muster = open(&bench, clerk).await?;
    println!("{engine}: {copies} copies recorded in {recorded:.1} s, muster opened in {:.2} s", since(begun));

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let app = App { office: bench.office.clone(), texts: Arc::new(Texts::new()?), greeting: None };
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or_default() };
    let serving = tokio::spawn(web::app::serve(app, listener, stopped));
    let looks_on = Visitor::new(&address, muster, &sessions.pop().context("a session")?);
    let counters: Vec<_> = sessions.iter().map(|session| Visitor::new(&address, muster, session)).collect();
    let counting = tokio::task::spawn_blocking(move || {
        let (most, rest) = names.split_at(names.len().saturating_sub(ALONE));
        let begun = Instant::now();
        let together = count(&counters, &looks_on, most)?;
        let seconds = since(begun);
        let alone = counters.iter().take(1).map(|counter| counted(counter, rest, most.len(), |_| true));
        anyhow::Ok((together, seconds, alone.collect::<Result<Vec<_>>>()?.pop().unwrap_or_default()))
    });
    let (mut count, seconds, mut alone) = counting.await??;
    stop.send(()).map_err(|()| anyhow::anyhow!("it serves no more"))?;
    serving.await??;

    let tally = tally(&bench, clerk, muster).await?;
    let each_once = tally == Tally { sighted: u32::try_from(copies)?, ..Tally::default() };
    anyhow::ensure!(each_once && count.taken + alone.taken == copies, "{tally:?}, {} taken", count.taken);
    println!(
        "{engine}: {COUNTERS} counters in {seconds:.1} s, {} scans refused as the second of a copy",
        count.refused
    );
    println!(
        "  a scan: {}; with the page that answers it: {}",
        told(&mut count.scans),
        told(&mut count.whole)
    );
    println!(
        "  a scan of one who counts alone: {}; with its page: {}",
        told(&mut alone.scans),
        told(&mut alone.whole)
    );
    println!("  the muster: {}; what is open of it: {}", told(&mut count.page), told(&mut count.open));
    let begun = Instant::now();
    does(&bench, clerk, Act::CloseMuster { muster, words: String::new() }).await?;
    println!("  closed in {:.2} s", since(begun));
    bench.office.close().await;
    Ok(())
}

async fn does(bench: &Bench, person: PersonId, act: Act) -> Result<Answer> {
    bench.does(person, Command::Custody { registry: bench.registry, act: Box::new(act) }).await
}

/// A clerk for every counter and one who looks on, the first of them, and the sessions of all.
async fn staff(bench: &Bench) -> Result<(PersonId, Vec<String>)> {
    let (mut first, mut sessions) = (None, Vec::new());
    for n in 0..=COUNTERS {
        let login = format!("clerk{n}");
        let person = bench.adds(&login).await?;
        bench.makes_clerk(person).await?;
        bench.clears(person, "TOP SECRET", &[]).await?;
        let code = bench.office.give_code(person).await?;
        bench.office.set_password(&login, &code, PHRASE).await?;
        sessions.push(bench.office.sign_in(&login, PHRASE, SessionKind::Browser, "bench").await?.1);
        first = first.or(Some(person));
    }
    Ok((first.context("a clerk")?, sessions))
}

/// Records copies of as many papers as it takes: their names.
async fn record(bench: &Bench, clerk: PersonId, copies: usize) -> Result<Vec<String>> {
    let label = bench.office.house().await?.policies.resolve(&label::NamedLabel {
        policy: "US-HISTORIC".to_owned(),
        level: "TOP SECRET".to_owned(),
        categories: Default::default(),
        privacy_mark: None,
    })?;
    let mut names = Vec::with_capacity(copies);
    while names.len() < copies {
        let document = Box::new(letter(names.len(), label.clone()));
        let command = Command::Register { registry: bench.registry, document };
        let id = bench.office.new_command();
        let answer = bench.office.command(Sender::person(clerk), id, command).await?;
        let Answer::Registered { document, .. } = answer else { anyhow::bail!("{answer:?}") };
        let many = u32::try_from(AN_ACT.min(copies - names.len()))?;
        let numbered = |number| Numbered { number, pages: Some(4), medium: Medium::Paper };
        let act = Act::Record {
            shelf: String::new(),
            document,
            origin: Origin::Received,
            from: None,
            copies: (1..=many).map(numbered).collect(),
            of: Some(many),
            container: None,
            at: None,
            words: String::new(),
        };
        let answer = does(bench, clerk, act).await?;
        let Answer::Recorded { control, .. } = answer else { anyhow::bail!("{answer:?}") };
        names.extend((1..=many).map(|number| format!("{control}/{number}")));
    }
    Ok(names)
}

async fn open(bench: &Bench, clerk: PersonId) -> Result<MusterId> {
    let act = Act::OpenMuster {
        is: MusterKind::Full,
        logs: Vec::new(),
        container: None,
        sample: None,
        seed: None,
        hand_over: None,
        words: String::new(),
    };
    match does(bench, clerk, act).await? {
        Answer::Mustered { muster, .. } => Ok(muster),
        other => anyhow::bail!("{other:?}"),
    }
}

async fn tally(bench: &Bench, clerk: PersonId, muster: MusterId) -> Result<Tally> {
    Ok(bench.office.read_as(clerk).await?.muster(muster).await?.view.tally)
}

/// Somebody with a browser, before a muster.
struct Visitor {
    agent: ureq::Agent,
    cookie: String,
    token: String,
    address: String,
    muster: String,
}

impl Visitor {
    fn new(address: &str, muster: MusterId, session: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Self {
            agent: config.build().into(),
            cookie: format!("{}={session}", web::signed::SESSION),
            token: web::signed::form_token(session),
            address: address.to_owned(),
            muster: format!("/custody/musters/{muster}"),
        }
    }

    /// How long a page takes.
    fn get(&self, path: &str) -> Result<Duration> {
        let begun = Instant::now();
        let mut page =
            self.agent.get(format!("{}{path}", self.address)).header("cookie", &self.cookie).call()?;
        page.body_mut().read_to_vec()?;
        anyhow::ensure!(page.status().as_u16() == 200, "{path}: {}", page.status());
        Ok(begun.elapsed())
    }

    /// Sends a scan: where the page is that tells what came of it; none: it was refused, and the answer is the page.
    fn scan(&self, name: &str, command: u128) -> Result<Option<String>> {
        let command = format!("{command:032x}");
        let fields = [("token", &*self.token), ("command", &*command), ("scan", name), ("pages", "4")];
        let url = format!("{}{}/sight", self.address, self.muster);
        let mut answer = self.agent.post(url).header("cookie", &self.cookie).send_form(fields)?;
        let text = answer.body_mut().read_to_string()?;
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok());
        anyhow::ensure!(to.is_some() || text.contains("sighted in this muster already"), "{name}: {text}");
        Ok(to.map(str::to_owned))
    }
}

/// What a count took.
#[derive(Default)]
struct Count {
    /// Scans that counted, and those of a copy that had been seen.
    taken: usize,
    refused: usize,
    scans: Vec<Duration>,
    whole: Vec<Duration>,
    page: Vec<Duration>,
    open: Vec<Duration>,
}

fn count(counters: &[Visitor], looks_on: &Visitor, names: &[String]) -> Result<Count> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| looked_at(looks_on, &done));
        // Every fourth copy is one's own, and now and then one is his neighbour's.
        let mine =
            |n: usize, i: usize| i % COUNTERS == n || (i.is_multiple_of(TWICE) && (i + 1) % COUNTERS == n);
        let counting =
            |(n, counter)| scope.spawn(move || counted(counter, names, n << 32, move |i| mine(n, i)));
        let counting: Vec<_> = counters.iter().enumerate().map(counting).collect();
        let mut all = Count::default();
        let mut failed = None;
        for one in counting {
            match one.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a counter ended badly"))) {
                Ok(count) => {
                    all.taken += count.taken;
                    all.refused += count.refused;
                    all.scans.extend(count.scans);
                    all.whole.extend(count.whole);
                }
                Err(why) => failed = Some(why),
            }
        }
        done.store(true, Ordering::Relaxed);
        let looked = looking.join().unwrap_or_else(|_| Err(anyhow::anyhow!("who looked on ended badly")))?;
        match failed {
            Some(why) => Err(why),
            None => Ok(Count { page: looked.page, open: looked.open, ..all }),
        }
    })
}

/// What one of the counters scans of some copies, under commands from a number on.
fn counted(counter: &Visitor, names: &[String], first: usize, mine: impl Fn(usize) -> bool) -> Result<Count> {
    let mut count = Count::default();
    for (i, name) in names.iter().enumerate().filter(|(i, _)| mine(*i)) {
        let begun = Instant::now();
        let to = counter.scan(name, u128::try_from(first + i)? + (1 << 64))?;
        count.scans.push(begun.elapsed());
        match to {
            Some(to) => {
                counter.get(&to)?;
                count.taken += 1;
            }
            None => count.refused += 1,
        }
        count.whole.push(begun.elapsed());
    }
    Ok(count)
}

/// The muster and the list of what is open, asked for in turn until the count ends.
fn looked_at(visitor: &Visitor, done: &AtomicBool) -> Result<Count> {
    let mut count = Count::default();
    while !done.load(Ordering::Relaxed) {
        count.page.push(visitor.get(&visitor.muster)?);
        count.open.push(visitor.get(&format!("{}?state=open", visitor.muster))?);
        std::thread::sleep(PAUSE);
    }
    Ok(count)
}
