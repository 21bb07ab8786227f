//! `oracle FOLDER --people FILE --queries FILE`: the command line. Owns its form; the answers are the library's.

use std::{
    collections::BTreeMap,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use oracle::{
    OracleError,
    compare::{self, Answered},
    corpus::Corpus,
    people,
    report::{Oracle, Registry, load_ids, load_queries},
    words::Frequencies,
};

const USAGE: &str = "\
oracle FOLDER --people FILE --queries FILE [--json | --csv FOLDER | --totals | --compare FILE] [options]
  FOLDER            holds index.jsonl and the texts that it names
  --json            one answer a line: person, query, total, the first 20 hits, facets (default)
  --csv FOLDER      for each person and query the file that the search page must export: NN-person.csv, NN being the
                    query's place in its file
  --totals          a table for people: each query with its total for each person
  --compare FILE    answers of the product, in the form of --json: prints the differences, fails if there are any
  --words FILE      the frozen frequencies (default: house/search/words.tsv)
  --ids FILE        foreign reference, tab, 32 hexadecimal digits: the order of equals (default: the reference);
                    then, after a tab, the registry's own reference (default: made of the place in the manifest)
  --registry CODE   the registry that holds the papers (default: FRUS)
  --name NAME       its name in English (default: its code)
  --year YEAR       when they were registered (default: 2026)
  --wrong-scope     gives everybody one class of papers too many, so that a comparison must fail";

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Json,
    Csv,
    Totals,
    Compare,
}

struct Asked {
    files: BTreeMap<String, String>,
    folder: PathBuf,
    form: Form,
    wrong: bool,
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Asked, OracleError> {
    let usage = |why: String| OracleError::Usage(format!("{why}\n{USAGE}"));
    let mut files = BTreeMap::new();
    let mut folder = None;
    let mut form = Form::Json;
    let mut wrong = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => form = Form::Json,
            "--totals" => form = Form::Totals,
            "--wrong-scope" => wrong = true,
            "--people" | "--queries" | "--words" | "--ids" | "--registry" | "--name" | "--year"
            | "--compare" | "--csv" => {
                let value = arguments.next().ok_or_else(|| usage(format!("{argument} needs a value")))?;
                match argument.as_str() {
                    "--compare" => form = Form::Compare,
                    "--csv" => form = Form::Csv,
                    _ => {}
                }
                files.insert(argument, value);
            }
            other if other.starts_with("--") || folder.is_some() => {
                return Err(usage(format!("{other}: what is that?")));
            }
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let folder = folder.ok_or_else(|| usage("no folder".to_owned()))?;
    Ok(Asked { files, folder, form, wrong })
}

impl Asked {
    fn file(&self, name: &str) -> Result<&Path, OracleError> {
        let path =
            self.files.get(name).ok_or_else(|| OracleError::Usage(format!("{name} is missing\n{USAGE}")))?;
        Ok(Path::new(path))
    }

    fn or<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.files.get(name).map_or(default, String::as_str)
    }
}

fn run(asked: &Asked) -> Result<ExitCode, OracleError> {
    let people = people::load(asked.file("--people")?)?;
    let queries = load_queries(asked.file("--queries")?)?;
    let frequencies = Frequencies::load(Path::new(asked.or("--words", "house/search/words.tsv")))?;
    let corpus = Corpus::load(&asked.folder)?;
    let (ids, numbers) = match asked.files.get("--ids") {
        Some(path) => load_ids(Path::new(path))?,
        None => Default::default(),
    };
    if let Some(document) = corpus.documents.iter().find(|d| !ids.is_empty() && !ids.contains_key(&d.id)) {
        return Err(OracleError::Usage(format!("--ids does not have {}", document.id)));
    }
    let code = asked.or("--registry", "FRUS");
    let year = asked.or("--year", "2026");
    let year = year.parse().map_err(|_| OracleError::Usage(format!("{year}: not a year")))?;
    let registry = Registry::new(code, asked.or("--name", code), year);
    let mut oracle = Oracle::new(corpus, frequencies, people, registry, ids, asked.wrong).numbered(numbers);
    if asked.form == Form::Csv {
        let folder = asked.file("--csv")?;
        return write_files(&mut oracle, &queries, folder).map(|()| ExitCode::SUCCESS);
    }

    let mut out = BufWriter::new(std::io::stdout().lock());
    let put = |why| OracleError::File { path: "standard output".into(), why };
    let mut answered = Answered::new();
    if asked.form == Form::Compare {
        answered = compare::load(asked.file("--compare")?)?;
    }
    let mut differences = 0;
    for query in &queries {
        let answers = oracle.answers(query)?;
        match asked.form {
            Form::Totals => {
                let totals: Vec<String> =
                    answers.iter().map(|answer| format!("{:>5}", answer.total)).collect();
                writeln!(out, "{}  {query}", totals.join("")).map_err(put)?;
            }
            Form::Compare => {
                for difference in
                    answers.iter().flat_map(|answer| compare::differences(answer, &mut answered))
                {
                    differences += 1;
                    writeln!(out, "{difference}").map_err(put)?;
                }
            }
            Form::Json | Form::Csv => {
                for answer in &answers {
                    let line = serde_json::to_string(answer).map_err(|why| put(why.into()))?;
                    writeln!(out, "{line}").map_err(put)?;
                }
            }
        }
    }
    for difference in compare::unasked(&answered) {
        differences += 1;
        writeln!(out, "{difference}").map_err(put)?;
    }
    if asked.form == Form::Compare {
        writeln!(out, "{differences} differences").map_err(put)?;
    }
    out.flush().map_err(put)?;
    Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_files(oracle: &mut Oracle, queries: &[String], folder: &Path) -> Result<(), OracleError> {
    let put = |path: &Path, why| OracleError::File { path: path.to_owned(), why };
    std::fs::create_dir_all(folder).map_err(|why| put(folder, why))?;
    for (place, query) in queries.iter().enumerate() {
        for (person, text) in oracle.csv(query)? {
            let path = folder.join(format!("{:02}-{person}.csv", place + 1));
            std::fs::write(&path, text).map_err(|why| put(&path, why))?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)).and_then(|asked| run(&asked)) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("oracle: {why}");
            ExitCode::from(2)
        }
    }
}
