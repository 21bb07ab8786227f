# References, series and their numbers, and what papers are to each other.

refusal-series-unusable = These series can’t be used: { $why }
refusal-series-unusable-remedy = Mend what is named, or choose another code, and send it again.
refusal-series-unknown = No series here writes “{ $series }”.
refusal-series-unknown-remedy = Check how it is spelled against the list of series.
refusal-series-elsewhere = Numbers of { $series } are not given by this registry.
refusal-series-elsewhere-remedy = Choose a series with which it is entrusted, or ask the registry that numbers this one.
refusal-series-not-in-force = The series { $series } is not in force today.
refusal-series-not-in-force-remedy = Choose the series that took its place.
refusal-count-closed = This count of { $series } is closed: no more numbers of it are given.
refusal-count-closed-remedy = Use the count of this year, or a number that was kept before it was closed.
refusal-count-begun = This count of { $series } has begun already.
refusal-count-begun-remedy = Its first number can’t be moved any more. Look at the continuity report for the numbers that were given.
refusal-number-at-signature = Papers of { $series } take their number when they are signed, so none is kept for a draft.
refusal-number-at-signature-remedy = Register the signed paper: it gets its number then.
refusal-number-taken = A paper has this number.
refusal-number-taken-remedy = Look the paper up by its reference. A number in use can’t be struck out.
refusal-number-void = This number was struck out.
refusal-number-void-remedy = Take another one: a number that was struck out is never given again.
refusal-number-never-given = This number has not been reached yet.
refusal-number-never-given-remedy = Only numbers that were kept or passed over can be struck out.
refusal-number-range = { $series } has no such number.
refusal-number-range-remedy = Give a number that its references can carry.
refusal-no-reservation = No number is kept under this name any more.
refusal-no-reservation-remedy = It may have been given to another paper or struck out. Take the next number instead.

rail-series = Series

tie-title = Related papers
tie-replaced = Another paper has taken the place of this one:
tie-amended = Read it together with:
tie-supersedes = Supersedes
tie-supersedes-this = Superseded by
tie-revision-of = Revision of
tie-revision-of-this = Revised by
tie-final-of = Final text of
tie-final-of-this = Final text:
tie-corrigendum-to = Corrigendum to
tie-corrigendum-to-this = Corrigendum:
tie-addendum-to = Addendum to
tie-addendum-to-this = Addendum:
tie-draft-of = Draft of
tie-draft-of-this = Draft:
tie-action-sheet-of = Action sheet of
tie-action-sheet-of-this = Action sheet:
tie-translation-of = Other language of
tie-translation-of-this = Other language:
tie-release-variant-of = Release variant of
tie-release-variant-of-this = Release variant:
tie-reply-to = Reply to
tie-reply-to-this = Replied to by
tie-enclosure-to = Goes with
tie-enclosure-to-this = Enclosed:
tie-see-also = See also
tie-see-also-this = Referred to by
cites-title = Cited here
cites-more = { $n ->
    [one] and { $n } more reference in the text
   *[other] and { $n } more references in the text
}
cited-by-title = Cited by
cited-by-all = All papers that cite it

series-title = Series of references
series-text = By these a reference is read, however it is written, and papers that cite each other are linked.
series-caption = Series
series-code = Series
series-name = Name
series-forms = Form
series-owner = Papers of
series-numbered-by = Numbered by
series-foreign = elsewhere
series-nobody = nobody here
series-filter = Code, name or body
series-none = No series of that name
series-none-would = Take fewer letters, or look through the whole list.
series-report-title = Continuity of { $series }
series-report-by = numbers given by { $registry }
series-whole = Every number is accounted for
series-faults = { $n ->
    [one] { $n } entry out of order
   *[other] { $n } entries out of order
}
series-states = Numbers by state
series-state-all = All
series-state-given = Given
series-state-kept = Kept
series-state-void = Struck out
series-state-gap = Gap
series-state-twice = On several papers
series-state-without-paper = Given, no paper
series-state-void-in-use = Struck out, in use
series-state-never-given = Numbered before
series-numbers = Numbers with their state
series-no-numbers = No numbers in this state
series-no-numbers-would = What is given, kept or struck out stands here, newest first, with gaps and numbers that stand on several papers.
series-words = Purpose or reason
series-paper-column = Paper
series-since = Since
series-counter = Count
series-first = First
series-last = Last
series-keep = Keep the next number
series-at-signature = Papers of this series take their number when they are signed. Register the signed paper: it gets the next number then.
series-body = Committee
series-sub-body = Sub-committee
series-paper = Kind of paper
series-division = Division
series-purpose = For what
series-purpose-hint = Read by everyone who gives numbers here: say nothing classified.
series-void = Strike a number out
series-void-hint = One that was kept, or one of a gap: MCM-0042-2026
series-reference = Reference
series-reason = Why
series-counts = Counts
series-count-used = { $n ->
    [one] { $n } number on a paper
   *[other] { $n } numbers on papers
}
series-closed = closed
series-close = Close earlier years
series-close-text = No new number of an earlier year is given then. Numbers that were kept can still be used or struck out.
series-kept-as = { $reference } is kept. Choose it when you register the paper.
done-struck-out = The number is struck out.
done-counts-closed = The counts of earlier years are closed.
form-number = Number of a series
form-number-hint = Given when you register: one that was kept, or the next
form-number-next = Next of { $series }
form-number-parts = Division, committee, kind of paper

refusal-series-in-use = Numbers of { $series } were given already, so it stays with its registry and counts on as it did.
refusal-series-in-use-remedy = Begin a new series beside it, and close this one.
