# Papers distributed in one step, and what holders are told to do with their copies.

book-distributions = Distributions
book-distributions-title = Distributions
book-distributions-text = To whom papers were given, for action or information, by copy or to be read here.
book-distributions-caption = Distributions of the registry
book-distributions-none = No such distribution
book-distributions-would = Papers that were distributed would stand here until everybody has read them and every receipt is back.
book-distributions-enter = Distribute a paper
book-distributions-enter-text = Name the paper. On its own form you then say who is given it, and how.
book-distributions-one = Distribution { $number }
book-distributions-card = The distribution
book-distributions-rules = A distribution is open until every electronic line is read and every receipt is back. A distribution lets nobody into a paper: who reads it here may read it anyway.
book-instructions = Instructions
book-instructions-title = Instructions to holders
book-instructions-text = What holders were told to do with copies: mark them anew, send them back, bring them up to date.
book-instructions-caption = Instructions of the registry
book-instructions-none = No such instruction
book-instructions-would = Instructions would stand here until each copy is done. A new marking writes its own.
book-instructions-enter = Tell the holders
book-instructions-enter-text = It goes to whoever answers for a copy of the paper now. When the marking of an entry is corrected, its holders are told without this.
book-instructions-one = Instruction { $number }
book-instructions-card = The instruction
book-instructions-rules = Each holder says of his own copies that it is done; the staff says it of any, and of copies elsewhere by the letter that says so. What is destroyed, released or missing needs nothing. What is recalled is done when it is back.
book-awaits-current = Awaited
book-awaits-done = Done
book-awaits-ended = Ended
book-alert-unread = Not read
book-alert-not-posted = Not carried out
book-paper = Paper
book-paper-hint = Its reference, however it is written.
book-given-to = Addressees
book-read-by = Read
book-unread = Not read
book-out = Receipts out
book-told = To do
book-told-regrade = Mark anew
book-told-recall = Send back
book-told-amend = Amend
book-serial-of = Serial of the amendment
book-serial-of-head = Serial
book-insert = Pages to insert
book-destroy-pages = Pages to destroy
book-authority = Authority
book-authority-hint = Who ordered it, with the reference of the letter.
book-told-copies = Copies
book-to-post = To be done
book-todo = What to do
book-regrade-todo = Strike out the old marking and write the one that the paper bears now, with the authority and the date.
book-regrade-leaves = Strike out the old marking and write the one that the paper bears now, with the authority and the date. Papers of this marking have no numbered copies: the registry releases each copy when it is done.
book-amendment = The amendment
book-amendment-text = Only where the copies are to be brought up to date.
book-post-copies = Copies with which it was done
book-posted-on = Done on
book-end-which = Lines
book-do-post = Say that it was done
book-do-post-text = Of copies that are elsewhere, name in the remarks the letter that says so.
book-do-end-lines = End lines
book-do-end-lines-text = Nothing more is awaited of them. Say why.
book-do-read = I have read it
book-was-read = Read by { $name }
book-was-post = Carried out with copies
book-was-post-on = { $what }, { $item }: carried out
book-was-end-lines = Lines ended
book-given-on = Given on
book-unread-days = { $n ->
    [0] as of today
    [one] for { $n } day
   *[other] for { $n } days
}
book-doing-open = To be done
book-doing-posted = Done
book-doing-back = Back
book-doing-nothing = Needs nothing

distribute-title = Distribute
distribute-text = Everything is decided before anything is written: whoever may not have the paper today is named beside his line, and nothing is sent.
distribute-go = Distribute
distribute-more = More lines
distribute-lines = Addressees
distribute-bearer-hint = Who carries the copies, where somebody does.
distribute-list = Distribution list
distribute-nobody = Behind these lines of the list nobody is today, and they are left out: { $which }.
distribute-list-hint = Its lines are added below, and can then be changed.
distribute-fill = Add its lines
distribute-free = Copies that are free: { $numbers }. Where no number is given, the next of them goes.
distribute-free-none = No copy of this paper is free: it can be given to be read here.
distribute-line = Line { $n }: { $part }
distribute-n = Line
distribute-is = Who
distribute-is-person = Person
distribute-is-registry = Registry
distribute-is-elsewhere = Elsewhere
distribute-to = To
distribute-purpose = For
distribute-purpose-action = Action
distribute-purpose-information = Information
distribute-by = How
distribute-by-copy = By copy
distribute-by-electronic = To be read here
distribute-copy = Copy
distribute-read = Read
distribute-unread = Not read
distribute-ended = Ended
distribute-out = Receipt out
distribute-received = Receipt back
done-distributed = The paper is distributed.

holdings-read = For you to read
holdings-read-text = Papers that were given to you to be read here. Open each, then say that you have read it.
holdings-told = To do with your copies
holdings-told-one = { $what }: { $paper }
holdings-told-recall = Bring them back to the registry: choose them below.
holdings-post-regrade = Marked anew
holdings-post-amend = Amended
holdings-post-all = { $n ->
    [one] Done with it
   *[other] Done with all { $n }
}
done-holdings-was-read = It is written down that you have read it.
done-holdings-was-posted = It is written down that it is done.
desk-given = For you
desk-told = { $n ->
    [one] { $n } copy of yours has something to be done with it
   *[other] { $n } copies of yours have something to be done with them
}
copies-instructions = Instructions on this copy
copies-instruction-release = The paper bears a marking without numbered copies: this copy can be released.

refusal-electronic-person = Only a person of the house can be given a paper to read here.
refusal-electronic-person-remedy = Choose a person, or send a copy.
refusal-reader-not-admitted = { $name } may not open this paper today.
refusal-reader-not-admitted-remedy = The page of the paper says why somebody may not read it. Leave the line out, or have the clearance given first.
refusal-no-free-copy = No copy of this paper is free.
refusal-no-free-copy-remedy = Have another made or brought back, or give the paper to be read here.
refusal-no-holders = Nobody answers for a copy of this paper.
refusal-no-holders-remedy = There is nobody to be told. Check that you named the right paper.
refusal-not-to-post = Copy { $copy } does not wait for this.
refusal-not-to-post-remedy = It was done with it, it stands on no such instruction, or nothing is to be done with it any more.
refusal-recall-returns = Copy { $copy } is recalled: that is done when it is back.
refusal-recall-returns-remedy = Bring it back to the registry, which takes it in.
refusal-letter-needed = Copy { $copy } is elsewhere: its holder says by letter that it is done.
refusal-letter-needed-remedy = Name the letter in the remarks.
refusal-paper-unknown = No paper of this registry, or more than one, is called { $paper }.
refusal-paper-unknown-remedy = Give the whole reference as the register shows it.
