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
