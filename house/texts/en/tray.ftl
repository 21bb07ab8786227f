# The in-tray, mailboxes and formal messages.

rail-tray = In-tray
tray-title = In-tray
tray-caption = What came in and waits to be registered
tray-total = { $n ->
    [0] Nothing waits to be registered
    [one] { $n } waits to be registered
   *[other] { $n } wait to be registered
}
tray-view = Which
tray-waiting = Waiting
tray-dismissed = Not registered
tray-filter = Subject, sender, file, folder or mailbox
tray-sender = Sender
tray-arrived = Came
tray-attached = Attached
tray-origin = Where from
tray-no-subject = (no subject)
tray-empty = Nothing waits here
tray-empty-would = Messages of the registry’s mailbox and files that are dropped here appear as they come, each until it is registered or you say why it is not.
tray-dismissed-caption = What came in and was not registered
tray-dismissed-none = Nothing was left unregistered
tray-dismissed-would = What came in and was not registered is listed here with the reason, who gave it and when. Of the message itself nothing is kept.
tray-registered = Registered as
tray-dismissed-n = { $n ->
    [one] { $n } is not registered. The reason is in the ledger.
   *[other] { $n } are not registered. The reason is in the ledger.
}
tray-why = Why not
tray-words = In words
tray-words-hint = Needed for “another reason”. Do not repeat what the message says.
tray-by = Decided by
tray-when = On
tray-dismiss = Do not register
tray-dismiss-because = Do not register, because:
tray-dismiss-sure = { $n ->
    [one] Do not register this?
   *[other] Do not register these { $n }?
}
tray-dismiss-hint = The message leaves the in-tray and its content is thrown away here; the ledger keeps the reason. The message stays in the mailbox.
tray-as-spam = Spam
tray-as-private = Private
tray-as-duplicate = Registered already
tray-as-misdirected = Sent on
tray-as-ephemeral = No lasting value
tray-reason-spam = Nobody asked for it (spam)
tray-reason-private = Private, no business of the registry
tray-reason-duplicate = The paper is in the register already
tray-reason-misdirected = Wrong address, sent on
tray-reason-ephemeral = Of no lasting value
tray-reason-other = Another reason
tray-message = The message
tray-from = From
tray-to = To
tray-cc = Copy to
tray-sent = Sent
tray-answers = Answers
tray-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
tray-no-text = Nothing could be read in it. Download it to see it.
tray-file = The file
tray-dropped = Brought
tray-brought-by = Brought by
tray-dismiss-hint-file = The file leaves the in-tray and its content is thrown away here; the ledger keeps the reason. Where it came from it stays.
bring-title = Bring files
bring-files = Files
bring-folder = or all of a folder
bring-hint = Each waits here until it is registered. The same file comes once, however often it is brought.
bring-drop = or drop files or folders anywhere on this page
bring-go = Put into the in-tray
bring-of = { $done } of { $total } sent
bring-done = Done.
bring-failed = did not arrive. The line may have been broken: bring it again.
bring-left-out = Files of the operating system that were left out (such as .DS_Store): { $n }
bring-show = Show the in-tray
bring-came = What was brought
bring-each = File by file
bring-n-waits = { $n ->
    [0] Nothing new waits.
    [one] { $n } waits now.
   *[other] { $n } wait now.
}
bring-n-known = { $n ->
    [one] { $n } came before.
   *[other] { $n } came before.
}
bring-n-refused = { $n ->
    [one] { $n } was not taken in.
   *[other] { $n } were not taken in.
}
bring-waits = waits
bring-known = came before
bring-refused = not taken in
bring-waits-already = The same file waits already. Nothing was put beside it.
bring-registered = The same file came before and is registered:
bring-dismissed = The same file came before and was not registered; the reason is listed. If it is needed after all, register it with the form “Register a document”.
form-reply-to = Answers
form-reply-to-hint = The reference of the paper that this one answers; proposed from the message’s thread
form-files = Put into the same file
form-precedence = Precedence
precedence-routine = ROUTINE
precedence-priority = PRIORITY
precedence-immediate = IMMEDIATE
precedence-flash = FLASH

refusal-tray-full = As much waits in this in-tray as it may hold.
refusal-tray-full-remedy = Register or dismiss what waits, and bring the rest then.
refusal-tray-settled = This does not wait in the in-tray any more.
refusal-tray-settled-remedy = Somebody has registered it or said why not. Go back to the in-tray; the register or the list of what was not registered says what became of it.

mailbox-title = Mailboxes
mailbox-well = in order
mailbox-trouble = not read
mailbox-read = Read last { $when }
mailbox-never = Not read yet
mailbox-doing-connecting = connecting
mailbox-doing-securing = securing the connection
mailbox-doing-signing-in = signing in
mailbox-doing-listing = listing the folders
mailbox-doing-opening = opening a folder
mailbox-doing-searching = looking for new messages
mailbox-doing-reading = reading a message
mailbox-doing-marking = marking a message as seen
mailbox-doing-moving = moving a message
mailbox-doing-waiting = waiting for new mail
mailbox-unreachable = The mail server { $server } cannot be reached ({ $why }).
mailbox-unreachable-remedy = It is tried again by itself. If it lasts, ask the administrator to look at the server and the network.
mailbox-authorities = The file of trusted authorities cannot be used ({ $why }).
mailbox-authorities-remedy = The administrator must put the certificate of the authority that signed the server’s into that file.
mailbox-not-trusted = The certificate of the mail server { $server } is not trusted ({ $why }).
mailbox-not-trusted-remedy = The administrator must ask which authority signed it and for which name, and set both. Nothing was sent to the server.
mailbox-not-secured = The connection to the mail server { $server } cannot be secured ({ $why }).
mailbox-not-secured-remedy = The administrator must set TLS or STARTTLS, whichever the server has at that port. Nothing was sent to the server.
mailbox-plain-refused = The mail server { $server } is another machine, and an unencrypted connection would show the mail.
mailbox-plain-refused-remedy = The administrator must set TLS or STARTTLS.
mailbox-password-file = The file with the mailbox’s password cannot be used ({ $why }).
mailbox-password-file-remedy = The administrator must write the password into that file, one line, readable by the service alone.
mailbox-login-refused = The mail server does not let { $user } in ({ $said }).
mailbox-login-refused-remedy = The administrator must check name and password, and that the account may use IMAP. It is tried again only rarely, so that the account is not locked.
mailbox-login-impossible = The mail server takes no password.
mailbox-login-impossible-remedy = The administrator must ask who runs the server to allow it for this account.
mailbox-folder-missing = There is no folder “{ $folder }” in the mailbox. There are: { $there }.
mailbox-folder-missing-remedy = The administrator must set one that is there, or make it in the mailbox.
mailbox-unfollowable = The mail server gives the messages of the folder “{ $folder }” no lasting numbers.
mailbox-unfollowable-remedy = The administrator must set another folder, or ask who runs the server.
mailbox-too-much-owed = { $count } messages of the folder “{ $folder }” could not be marked or moved.
mailbox-too-much-owed-remedy = The administrator must give the account the right to change the folder, or set that messages are left as they are.
mailbox-refused = The mail server refused while { $doing } ({ $said }).
mailbox-refused-remedy = It is tried again by itself. If it lasts, ask the administrator.
mailbox-ended = The mail server ended the conversation while { $doing } ({ $said }).
mailbox-ended-remedy = Nothing needs to be done: what came stays here, and the rest is read when the server is back.
mailbox-lost = The connection to the mail server was lost while { $doing }.
mailbox-lost-remedy = Nothing needs to be done: what came stays here, and the rest is read when the server is back.
mailbox-silent = The mail server has not answered for { $seconds } seconds while { $doing }.
mailbox-silent-remedy = Nothing needs to be done: what came stays here, and the rest is read when the server is back.
mailbox-nonsense = The mail server’s answer while { $doing } cannot be understood ({ $why }).
mailbox-nonsense-remedy = The administrator must check that a mail server for IMAP listens at that port.
mailbox-not-kept = A message could not be kept here.
mailbox-not-kept-remedy = It is tried again by itself, and stays at the mail server until it is kept. If it lasts, ask the administrator to look at the disk.
mailbox-not-taken = Message { $uid } of the folder “{ $folder }” could not be taken in ({ $why }).
mailbox-not-taken-remedy = Look at it in the mailbox; if it belongs into the register, register it by hand. Then say here that it is settled.
mailbox-too-large = Message { $uid } of the folder “{ $folder }” is too large: { $bytes }, where { $limit } are taken.
mailbox-too-large-remedy = Save it out of the mailbox and register the file by hand. Then say here that it is settled.
mailbox-gone = Message { $uid } of the folder “{ $folder }” was deleted or moved before it could be read.
mailbox-gone-remedy = Ask who works with the mailbox. Then say here that it is settled.
mailbox-unreadable = The mail server does not give message { $uid } of the folder “{ $folder }” ({ $said }).
mailbox-unreadable-remedy = Look at it in the mailbox; if it belongs into the register, register it by hand. Then say here that it is settled.

form-formal = Formal message: precedence and date-time group
form-info-precedence = Precedence for information
form-dtg = Date-time group
form-dtg-hint = As it stands in the message: 121530Z MAR 26
formal-info = { $precedence } for information
ring-title = Cannot wait
ring-since = registered { $when }
ring-take-note = Take note
ring-take-note-of = Take note of { $reference }
ring-rings = Nobody has taken note of it yet.
ring-noted = { $who } took note { $when }
refusal-no-date-time-group = This is no date-time group.
refusal-no-date-time-group-remedy = Write day, hour, minute, zone, month and year as in the message, for example 121530ZMAR26.
