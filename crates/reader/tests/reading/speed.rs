//! What a reading costs. Figures are printed; the bound is loose, for a busy machine.

use std::time::{Duration, Instant};

use crate::support::{docx, paragraph, reading};

#[test]
fn a_small_document_is_read_soon() {
    let body: String =
        (0..20).map(|number| paragraph(&format!("Paragraph {number} of a small document."))).collect();
    let file = docx(&body, &[]);
    let mut times: Vec<Duration> = (0..30)
        .map(|_| {
            let start = Instant::now();
            assert!(!reading("x.docx", &file).text.is_empty());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "one small DOCX through the child: median {:?}, best {:?}, worst {:?}",
        times[15], times[0], times[29]
    );
    assert!(times[15] < Duration::from_millis(100), "median {:?}", times[15]);
}
