# What cases of procedures refuse, and why.

refusal-routine-unusable = This file cannot be worked with: { $why }
refusal-routine-unusable-remedy = Mend what is named, line by line, and adopt it again.
refusal-routine-version = { $name } is there already, and cases run by it.
refusal-routine-version-remedy = Write a higher version into the file.
refusal-calendar-missing = The house has no calendar { $calendar }.
refusal-calendar-missing-remedy = Ask an administrator to adopt it.
refusal-due-unreckonable = No calendar reaches that far.
refusal-due-unreckonable-remedy = Choose an earlier day.
refusal-value-form = This is not written as it should be: { $form }.
refusal-value-form-remedy = Write it in that form.
refusal-value-twice = { $value } is named twice.
refusal-value-twice-remedy = Name each once.
refusal-value-too-small = At least { $limit }.
refusal-value-too-small-remedy = Give a larger number.
refusal-value-too-large = At most { $limit }.
refusal-value-too-large-remedy = Give a smaller number.
refusal-value-before = This day is before another that it must follow.
refusal-value-before-remedy = Choose a later day, or an earlier one there.
refusal-value-past = This day is past.
refusal-value-past-remedy = Choose today or a later day.
refusal-label-above-own = With this marking you could not read it yourself.
refusal-label-above-own-remedy = Choose a marking for which you are cleared.
refusal-nobody-there = Nobody in the organisation answers to { $who }.
refusal-nobody-there-remedy = Ask an administrator to establish that post, or choose another.
refusal-not-yours = This belongs to somebody else.
refusal-not-yours-remedy = Ask whoever has it, or whoever stands in for him.
refusal-case-ended = { $number } has ended.
refusal-case-ended-remedy = Reopen it first, if there is reason to.
refusal-case-runs = { $number } runs still.
refusal-case-runs-remedy = Take its next step instead.
refusal-case-moved-on = Somebody was quicker: { $number } stands at “{ $stage }” now.
refusal-case-moved-on-remedy = Look at it again, and see what is left to do.
refusal-step-closed = This step cannot be taken as things stand.
refusal-step-closed-remedy = See which steps the case offers now.
refusal-replies-outstanding = { $given } of { $all } have replied: { $name }.
refusal-replies-outstanding-remedy = Wait for the others, remind them, or go on without them and say why.
refusal-branch-not-opened = Nobody has been asked yet: { $name }.
refusal-branch-not-opened-remedy = Send the case back one step, so that they are asked.
refusal-evidence-missing = Still to be shown: { $name }.
refusal-evidence-missing-remedy = Add it to the case, then go on.
refusal-after-parent = { $number } is due so that this must be done by { $day }.
refusal-after-parent-remedy = Choose that day or an earlier one.
refusal-extension-late = It was due on { $day }: more time is asked for before that.
refusal-extension-late-remedy = Hand it in, and say why it is late.
refusal-extension-open = More time has been asked for, and nobody has decided.
refusal-extension-open-remedy = Wait for the decision.
refusal-extension-not-later = It is due on { $day } already.
refusal-extension-not-later-remedy = Choose a later day.
refusal-nothing-asked = Nobody has asked for more time.
refusal-nothing-asked-remedy = Look at the task again.
refusal-task-over = This task of { $number } is over.
refusal-task-over-remedy = Look at the case again, and see what is left to do.
refusal-task-stands = The task stands otherwise now ({ $state }).
refusal-task-stands-remedy = Look at it again, and see what can be done.
refusal-doer-not-admitted = The marking of this case keeps that person out.
refusal-doer-not-admitted-remedy = Choose somebody who is cleared for it.

# Pages of cases.

rail-cases = Cases
field-line-of = { $label }, line { $n }
cases-text = What runs through a procedure of the house and what you, or those below you, take part in. Lists and counts hold only what you may see.
cases-caption = Cases
cases-none = No such case
cases-would = Cases that you opened, that you have a task of, or that somebody below you takes part in would be here.
cases-number = Number
cases-name = Name
cases-case = Case
cases-procedure = Procedure
cases-stage = Stage
cases-with = With
cases-with-more = and { $n ->
    [one] one other
   *[other] { $n } others
}
cases-due = Due
cases-standing = How it stands
cases-words = Number or name contains
cases-state-running = Running
cases-state-late = Late
cases-state-ended = Ended
cases-state-all = All
cases-as-board = As a board
cases-as-list = As a list
cases-board-text = The cases that run, a column a stage; in each the first due stands first.
cases-board-none = None
cases-board-most = The first { $n } of { $all } are shown; the list has them all.
cases-anyone = Anyone who takes part
cases-stands-in = { $post } · { $name } (standing in)
cases-vacant = { $post } · nobody acts
cases-days-left = { $n ->
    [0] today
    [one] in 1 working day
   *[other] in { $n } working days
}
cases-at-risk = { $n ->
    [0] at risk: today
    [one] at risk: in 1 working day
   *[other] at risk: in { $n } working days
}
cases-days-late = { $n ->
    [0] late since today
    [one] 1 working day late
   *[other] { $n } working days late
}
cases-done-in-time = in time
cases-done-late = { $n ->
    [0] done late, the same day
    [one] done 1 working day late
   *[other] done { $n } working days late
}
cases-ended-done = Done
cases-ended-cancelled = Cancelled
cases-ended-refused = Refused
cases-form-line = one line
cases-form-text = text
cases-form-number = a whole number
cases-form-money = an amount, as 1234.50 EUR
cases-form-date = a day
cases-form-moment = a day and a time
cases-form-yes-no = yes or no
cases-form-choice = one of the choices
cases-form-choices = some of the choices
cases-form-person = a person
cases-form-people = people
cases-form-post = a post
cases-form-posts = posts
cases-form-unit = a unit
cases-form-units = units
cases-form-document = a document
cases-form-documents = documents
cases-form-country = the three letters of a country
cases-form-countries = the three letters of each country
cases-form-case = the number of a case
cases-form-rating = a number from 1 to 5
cases-hint-pattern = Written as { $form }: A is a capital, 9 a figure, X either.
cases-hint-date = 12 March 2026 or 2026-03-12.
cases-hint-moment = 12 March 2026, 14:30
cases-hint-money = 1234.50 EUR
cases-hint-document = The reference of a document that you may open.
cases-hint-documents = References, one a line, of documents that you may open.
cases-hint-country = Three letters: BEL
cases-hint-countries = Three letters each, with commas: BEL, NOR
cases-hint-case = The number of a case that you see.
cases-hint-rating = From 1, the least, to 5.
cases-hint-code = Begin to type a code or a name.
cases-hint-person = Begin to type a name.
cases-hint-range = From { $min } to { $max }.
cases-hint-when = Only where { $fields } calls for it.
cases-yes = Yes
cases-no = No
cases-open = Open a case
cases-open-text = Choose the procedure by which it shall go.
cases-open-none = There is no procedure by which you may open a case
cases-open-would = The procedures that your house has for people of your post would be here.
cases-open-go = Open the case
cases-open-part = Open a case as a part of this task
cases-in-name-of = In the name of
cases-part-of = Part of
cases-parts = Parts
cases-expected = The whole is expected
cases-since = In this stage since
cases-opened-by = Opened by
cases-steps = What comes next
cases-hindered-field = Still to be filled in: { $field }.
cases-hindered-replies = { $branch }: { $given } of { $all } have replied.
cases-hindered-not-asked = Not asked yet: { $branch }.
cases-hindered-evidence = Still to be shown: { $evidence }.
cases-reason = Reason
cases-said = In words
cases-fields = What is filled in
cases-change = Change what is filled in
cases-change-go = Save
cases-change-marking = Mark it otherwise
cases-evidence = Evidence and product
cases-evidence-missing = Not shown yet
cases-show = Show: { $name }
cases-show-go = Show
cases-document = Document
cases-document-hidden = A document that you may not open
cases-case-hidden = A case that you may not open
cases-not-shown = Not shown
cases-note = Note
cases-note-go = Send the note
cases-mentions = Whom it shall reach
cases-mentions-hint = Names, one a line. Whoever is named sees the case from then on, as far as its marking lets him through.
cases-reopen = Reopen the case
cases-into-stage = Into the stage
cases-history = History
cases-tabs = Cases and tasks
cases-tasks = Tasks
cases-tasks-none = No task was given yet
cases-task = Task
cases-task-of = { $task }: { $who }
cases-task-state = State
cases-task-waiting = Waits its turn
cases-task-issued = Given
cases-task-acknowledged = Acknowledged
cases-task-clarification = A question is open
cases-task-refused = Refused
cases-task-done = Done
cases-task-withdrawn = Withdrawn
cases-owner = Answers for it
cases-given-to = Given to
cases-due-first = Due at first
cases-due-approved = Due as approved
cases-on-time = On time
cases-late-at-first = Late against the day at first
cases-asks-until = Asks for time until { $day }
cases-to = To
cases-to-hint = A post or a person. Empty: it is taken back. You answer for it all the same.
cases-to-same = A post or a person. Empty: the same again.
cases-until = Until
cases-reply = Reply
cases-reply-why = Say why
cases-granted = More time
cases-time-yes = Granted
cases-time-no = Not granted
cases-do-acknowledge = Acknowledge
cases-do-ask = Ask something first
cases-do-answer = Answer
cases-do-refuse = Refuse
cases-do-assign = Give it again
cases-do-delegate = Delegate
cases-do-ask-for-time = Ask for more time
cases-do-decide-time = Decide on more time
cases-do-reply = Reply
cases-own = My tasks
cases-own-text = What you have to do in cases, the first due first: for your posts, for yourself, and for those for whom you stand in.
cases-own-none = You have no task
cases-own-would = Tasks of your posts, your own, and of those for whom you stand in would be here.
cases-own-all = { $n ->
    [one] One task
   *[other] All { $n } tasks
}
cases-past-opened = Opened, at “{ $stage }”
cases-past-changed = Filled in anew: { $fields }.
cases-past-marked = Marked { $marking } from now on.
cases-past-stepped = { $step }: now “{ $stage }”
cases-past-reopened = Reopened, at “{ $stage }”
cases-past-shown = Shown: { $name }
cases-past-noted = Note
cases-past-noted-to = Note for { $names }
cases-past-acknowledged = { $task }, { $owner }: acknowledged
cases-past-asked = { $task }, { $owner }: something is asked first
cases-past-answered = { $task }, { $owner }: answered
cases-past-refused = { $task }, { $owner }: refused
cases-past-assigned = { $task }: given to { $what }
cases-past-delegated = { $task }: delegated to { $what }
cases-past-taken-back = { $task }: taken back by { $owner }
cases-past-time-asked = { $task }, { $owner }: asks for time until { $what }
cases-past-time-granted = { $task }, { $owner }: more time granted
cases-past-time-refused = { $task }, { $owner }: no more time
cases-past-replied = { $task }, { $owner }: { $what }
done-case-opened = The case is open.
done-case-stepped = The step is taken.
done-case-changed = It is written down.
done-case-shown = It is shown.
done-case-noted = The note is sent.
done-case-reopened = The case runs again.
done-task-acknowledge = The task is acknowledged.
done-task-ask = The question is asked.
done-task-answer = The question is answered.
done-task-refuse = The task is refused.
done-task-assign = The task is given again.
done-task-delegate = The task is delegated as you said.
done-task-ask-for-time = More time is asked for.
done-task-decide-time = The decision is written down.
done-task-reply = The reply is given.
