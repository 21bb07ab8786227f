# Copies on loan, and their place in a container.
copies-back-by = To be back by
copies-back-by-hint = 12 March 2026. Only for a loan, to a person or to somebody outside of the house.
copies-day-hint = 12 March 2026.
copies-shelf = Shelf or box
copies-shelf-hint = Where in the container: Shelf 2, Box 7.
copies-home = Has its place in
copies-on-loan = on loan until { $date }
copies-loans = On loan
copies-loan-out = On loan
copies-loan-due = Loans due back this week
copies-loan-overdue = Loans overdue
copies-act-prolong = Extend the loan
copies-act-prolong-text = The copies stay where they are and are to be back later than was said.
copies-words-prolong = Why
copies-was-prolonged = Loan extended until { $date }
copies-was-lent = Lent to { $name } until { $date }
done-copies-prolong = The loan is extended.
copies-loan-late = { $n ->
    [one] late by { $n } day
   *[other] late by { $n } days
 }, { $until }
refusal-not-on-loan = Copy { $copy } is not on loan.
refusal-not-on-loan-remedy = Only what is on loan can be lent for longer. To lend it, send it with a day by which it is to be back.
refusal-loan-not-longer = The loan of copy { $copy } lasts until { $day } already.
refusal-loan-not-longer-remedy = Give a later day. To have it back earlier, write to whoever has it.
refusal-back-before-sent = The loan would be over before it begins.
refusal-back-before-sent-remedy = Give the day of the handing over or a later one.
refusal-no-loan-there = A registry of the house borrows nothing.
refusal-no-loan-there-remedy = Leave the day empty: the other registry answers for the copies once it has received them.
refusal-shelf-of-nothing = A shelf is part of a container, and none is chosen.
refusal-shelf-of-nothing-remedy = Choose the container, or leave the shelf empty.

# Papers in no log.
copies-part-unlogged = Working papers
copies-unlogged-due = Working papers in no log
copies-unlogged-overdue = Working papers overdue for the log
unlogged-title = Papers in no log
unlogged-text = Accountable papers of which no copy is numbered. A working paper may stand in no log for a time; when that is over, when it leaves its originator or is kept for good, its copies are numbered.
unlogged-caption = Accountable papers in no log
unlogged-none = No such paper
unlogged-would = Accountable papers without numbered copies would stand here, the oldest first.
unlogged-since = Of
unlogged-until = In a log by
unlogged-do = To do
unlogged-views = Which papers
unlogged-view-all = Working papers
unlogged-view-due = Due
unlogged-view-overdue = Overdue
unlogged-view-others = Other papers, not in a log
unlogged-not-in-log = not in a log
record-working-paper = This working paper stands in no log. Before anything of it leaves its originator, number its copies: a copy is sent and reproduced, never the paper itself.
unlogged-due = { $n ->
    [0] due today
    [one] due in { $n } day
   *[other] due in { $n } days
 }
unlogged-overdue = { $n ->
    [one] overdue by { $n } day
   *[other] overdue by { $n } days
 }

# Receipts on paper, scanned.
receipt-scan = Scan of the receipt
receipt-scan-hint = PDF, PNG or JPEG, up to 20 MB.
refusal-receipt-scan = This is no scan of a receipt that can be shown: it is { $value }, or it cannot be opened.
refusal-receipt-scan-remedy = Scan the receipt as PDF, PNG or JPEG, without a password.

holdings-views = What is shown

# Reproductions by authority.
stamp-copy = { $number } · REPRODUCTION { $copy } of { $of } · { $date }
stamp-authority = Reproduction authority { $authority } of { $by } · made for { $person }
record-unstamped = Without stamp, because
record-unstamped-hint = Left empty, every page of a PDF is stamped with the number, the authority and the date. A reason here gives it out as it is.
record-stamp = Every page of a PDF that is given out is stamped. A file of another kind is given out as it is: stamp each page by hand with the number of the paper, the copy, the authority and the date.
refusal-not-stamped = This PDF cannot be stamped: it is encrypted, damaged or too large.
refusal-not-stamped-remedy = Nothing was given out and no copy is used up. Ask the controller for an authority that says why it goes without a stamp.
