# Why something was refused, and what can be done. The key is the stable code; each has a remedy.
refusal-not-found = There is no such thing here, or it is not for you.
refusal-not-found-remedy = Check the reference, or ask the registry about it.
refusal-not-signed-in = You are not signed in, or your session has ended.
refusal-not-signed-in-remedy = Sign in; you will come back to this page.
refusal-sign-in-failed = Name and password do not go together.
refusal-sign-in-failed-remedy = Try again. If you have forgotten the password, a security officer can give you a new one-time code.
refusal-locked-out = There were too many failed attempts, so this name is locked for a while.
refusal-locked-out-remedy = Wait a quarter of an hour, or ask a security officer to unlock it. If the attempts were not yours, say so at once.
refusal-code-expired = This one-time code is wrong, has been used or has run out.
refusal-code-expired-remedy = Ask a security officer for a new one.
refusal-password-too-short = The password is too short.
refusal-password-too-short-remedy = Make it longer: several unrelated words are enough.
refusal-passwords-differ = The two passwords are not the same.
refusal-passwords-differ-remedy = Type the same password in both fields.
refusal-forbidden = Your function does not allow this.
refusal-forbidden-remedy = Ask someone whose function does, or the security officer if yours should.
refusal-conflict = Someone else has changed this in the meantime.
refusal-conflict-remedy = Look at how it stands now, then repeat what is still needed. What you typed is kept.
refusal-nothing-changed = Nothing would change: the register says this already.
refusal-nothing-changed-remedy = Change at least one field, or leave the page.
refusal-command-id-reused = This form was already sent with other content.
refusal-command-id-reused-remedy = Look whether the first one was registered. If this is a second one, open the form anew.
refusal-invalid = Something in this form cannot be understood.
refusal-invalid-remedy = Put right what stands beside the fields and send it again.
refusal-required = This must be filled in.
refusal-required-remedy = Fill it in. If the document does not say, write what it does say, or ask the registry.
refusal-too-long = This is longer than it may be.
refusal-too-long-remedy = Shorten it; the document itself keeps the full wording.
refusal-not-offered = This is not one of the values offered.
refusal-not-offered-remedy = Choose one from the list.
refusal-no-content = There is neither a file nor a place where the document is held.
refusal-no-content-remedy = Add the file, or say where the document is held.
refusal-impossible-period = The period ends before it begins.
refusal-impossible-period-remedy = Compare the two dates and put one right.
refusal-needs-person = This has to be done by a person who has just signed in, not by a token or an operator.
refusal-needs-person-remedy = Sign in with your own name and do it again.
refusal-group-unknown = There is no group of that name here.
refusal-group-unknown-remedy = Choose one from the list, or have it set up first.
refusal-code-taken = That code is already in use.
refusal-code-taken-remedy = Choose another one.
refusal-code-form = A code may have only capital letters, digits and hyphens, since references are made with it.
refusal-code-form-remedy = Write it with those alone, for example IMS-REG.
refusal-query-form = The search cannot be read as it is written.
refusal-query-form-remedy = Look for a quotation mark that is not closed, or a field without a value.
refusal-request-form = The request is not of the form that is expected here.
refusal-request-form-remedy = Go back, reload the page and send it again.
refusal-empty-content = The file is empty.
refusal-empty-content-remedy = Choose the file again. If the document is on paper or in another system, register the entry without a file.
refusal-truncated-upload = The file did not arrive whole. Nothing was registered.
refusal-truncated-upload-remedy = Send it again.
refusal-over-size = The file is larger than this installation accepts.
refusal-over-size-remedy = Divide it into enclosures, or register the entry and say where the file is held.
refusal-unknown-policy = No policy of that name is in force here.
refusal-unknown-policy-remedy = Choose a marking from the list. If the policy ought to be known, ask the security officer to have it installed.
refusal-invalid-label = The policy does not allow this marking.
refusal-invalid-label-remedy = Compare the level and the categories with the document; some go only with certain levels, some exclude each other.
refusal-impossible-date = There is no such date.
refusal-impossible-date-remedy = Write it as on the document. If the document gives only a month or a year, write only that.
refusal-duplicate-in-scope = This content is already registered.
refusal-duplicate-in-scope-remedy = Open the document that is there. If this is another paper with the same content, register it and say so.
refusal-above-ceiling = This marking is above what may be held here. The content was not kept.
refusal-above-ceiling-remedy = Register the entry without a file, and say where the document is held.
refusal-existence-only = Of documents with this marking only their existence may be registered. The content was not kept.
refusal-existence-only-remedy = Register the entry without subject and file, and say where the document is held.
refusal-own-clearance = Nobody may propose or confirm a clearance of their own.
refusal-own-clearance-remedy = Ask another security officer.
refusal-same-person = This takes two persons, and you are the first.
refusal-same-person-remedy = Ask someone else who may confirm it.
refusal-no-proposal = There is nothing here to confirm.
refusal-no-proposal-remedy = It may have been confirmed or withdrawn already; look at the history of the person.
refusal-proposal-changed = The proposal is no longer the one that you read.
refusal-proposal-changed-remedy = Read it again as it stands now, then confirm it or not.
refusal-registry-unknown = There is no registry with that code here.
refusal-registry-unknown-remedy = Choose one from the list.
refusal-person-unknown = There is no person of that name here.
refusal-person-unknown-remedy = Check how the name is spelled, or add the person.
refusal-login-taken = Someone already signs in under that name.
refusal-login-taken-remedy = Choose another one.
refusal-clock-back = The clock of this machine is well behind the last entry of the ledger, so nothing can be written.
refusal-clock-back-remedy = Tell whoever looks after the machine: the clock must be put right first. Reading goes on as usual.
refusal-busy = There is too much to do at this moment.
refusal-busy-remedy = Wait a little and send it again. It will not happen twice.
refusal-too-many-rows = The list has more than { $limit } rows: too many for one workbook.
refusal-too-many-rows-remedy = Take it as CSV, which has no bound, or narrow the list first.
refusal-internal = Something went wrong here, through no fault of yours.
refusal-internal-remedy = Try again. If it happens again, tell whoever looks after the machine, with the time at which it happened.

refusal-quarantined = This file is in quarantine and is not given out.
refusal-quarantined-remedy = Ask the controller of the registry: only after a decision is it opened, on a machine set apart.

# What one refusal of the programs' interface is about.
api-problem-field = It concerns “{ $field }”.
api-problem-value = { $name }: { $value }.
refusal-sign-in-not-fresh = You signed in more than a quarter of an hour ago, and this takes a fresh sign-in.
refusal-sign-in-not-fresh-remedy = Give your password once more, and do it again.
refusal-password-wrong = This is not your password.
refusal-password-wrong-remedy = Try again. After five wrong passwords your name is locked for a quarter of an hour.
refusal-below-ceiling = The ledgers are open to inspectors who are cleared for all that this installation may hold.
refusal-below-ceiling-remedy = You are not cleared for: { $missing }. Ask a security officer.

refusal-stage-gone = The file that you sent before does not wait here any more.
refusal-stage-gone-remedy = A file waits for a day. Choose it again; what you typed is still here.
refusal-staged-elsewhere = The file that you sent before was sealed for another registry.
refusal-staged-elsewhere-remedy = Choose that registry, or choose the file again for this one.
refusal-file-code-form = A code has letters and digits, divided by full stops, strokes or hyphens.
refusal-file-code-form-remedy = Write it as 3.2.1, or leave it empty for the next one.
refusal-file-code-taken = Another file of this plan has the code { $code }.
refusal-file-code-taken-remedy = Take another code, or leave it empty for the next one.
refusal-file-loop = File { $code } cannot stand under itself or under what is below it.
refusal-file-loop-remedy = Choose a file outside of it, or none.
refusal-file-too-deep = A plan has at most { $limit } levels.
refusal-file-too-deep-remedy = Put the file higher up.
refusal-file-closed = File { $code } is closed.
refusal-file-closed-remedy = Open it again on its page, or choose another file.
refusal-file-has-open-files = { $n ->
    [one] A file below it is still open.
   *[other] { $n } files below it are still open.
}
refusal-file-has-open-files-remedy = Close those first, or put them elsewhere.
refusal-volume-open = Volume { $volume } is open already.
refusal-volume-open-remedy = End it first; a file has one open volume.
refusal-no-open-volume = No volume of this file is open, so it takes no documents.
refusal-no-open-volume-remedy = Begin a volume on the page of the file, or choose another file.
refusal-already-filed = The document is in this file already.
refusal-already-filed-remedy = Nothing needs to be done; choose another file if it belongs in a second one.
refusal-not-filed = The document is not in this file.
refusal-not-filed-remedy = Look where it is filed now: somebody may have been quicker.
refusal-other-registry = The document is another registry’s than the file.
refusal-other-registry-remedy = Choose a file of its own registry’s plan.
refusal-too-many-chosen = More than { $limit } documents were chosen.
refusal-too-many-chosen-remedy = Choose at most { $limit } at once, and do the rest in a second act.
# What people hold
refusal-period-too-long = A certificate for { $level } runs for { $years ->
    [one] { $years } year
   *[other] { $years } years
} at most.
refusal-period-too-long-remedy = Look at the dates of the certificate once more. One that begins on this day ends by { $latest }.
refusal-not-later = The clearance counts until { $day } already.
refusal-not-later-remedy = Give a later day.
refusal-extension-too-long = A certificate is extended by { $months ->
    [one] { $months } month
   *[other] { $months } months
} at most beyond its own end.
refusal-extension-too-long-remedy = Give a day until { $latest }, or propose the new certificate.
refusal-not-extendable = Only a clearance that was confirmed and has not been revoked is extended.
refusal-not-extendable-remedy = Choose such a clearance, or propose a new one.
refusal-nationality-stands = A nationality that was confirmed is not ended but replaced.
refusal-nationality-stands-remedy = Propose the right one.
refusal-still-holds = This person has left, and what two security officers gave still stands; taking the last day back would give it all again.
refusal-still-holds-remedy = Have it revoked by a security officer first. Afterwards it is proposed and confirmed anew.
refusal-too-many-kept = You keep { $limit } of these already; there is no room for more.
refusal-too-many-kept-remedy = Delete one that you no longer need, or save under the name of one to replace it.
refusal-name-taken = You keep something else called “{ $name }”.
refusal-name-taken-remedy = Choose another name.
