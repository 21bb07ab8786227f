# What stands on every page, and in every table, form and message.
shell-skip = Skip to the page itself
shell-banner = Classification of this page
shell-banner-end = Classification of this page, repeated
shell-rail = Main
shell-search = Search the register
shell-search-hint = Search, or scan a barcode
shell-search-go = Search
shell-acts = Actions
shell-sign-out = Sign out

rail-desk = Desk
rail-register = Register
rail-files = Files
rail-search = Search
rail-people = People
rail-ledger = Ledger
rail-waiting = waiting
rail-waiting-late = waiting, some late

palette-title = Do, go, find
palette-hint = Type what to do, where to go, or a reference
palette-none = Nothing on this page is called that.
palette-foot = Arrow keys choose, Enter does it, Esc closes.
palette-keys-off = Turn single-key shortcuts off
palette-keys-on = Turn single-key shortcuts on
palette-row-next = Next row
palette-row-previous = Previous row

crumbs-label = You are here
life-label = Life of the document
life-done = done
life-ahead = still ahead
page-text = Text of the document

facets-label = Narrow the list
facets-on = (set; follow the link to remove it)
applied-label = The list is narrowed to
applied-pair = { $field }: { $value }
applied-remove = Remove { $filter }
applied-clear = Remove all

table-acts = With the rows chosen
table-chosen-none = No row chosen
table-chosen-one = 1 row chosen
table-chosen-many = {"{n}"} rows chosen
table-choose = Choose { $name }
table-choose-all = Choose every row on this page
table-choose-none = Choose none
table-chosen-elsewhere = {"{n}"} of them on other pages
table-chosen-too-many = At most { $n } at once: choose fewer.
table-sort = Sort by { $column }
table-act = Action
export-sheet = List
table-export = Exactly this list as
paging-label = Pages of the list
paging-previous = Previous
paging-next = Next
paging-shown = { $from } to { $to } of { $total }

form-errors = { $n ->
    [one] One thing to put right
   *[other] { $n } things to put right
}
field-optional = (optional)
field-choose = Choose
field-date-hint = For example 12 March 2026, 2026-03-12, or only March 2026
field-read = Read off the document, { $place }:
field-drop = or drop the file anywhere on this page

sign-in-title = Sign in
sign-in-name = Sign-in name
sign-in-password = Password
sign-in-enter = Sign in
sign-in-first = You have a one-time code?
sign-in-recorded = What you do here is recorded.
sign-in-ceiling = This installation may hold information up to { $ceiling }. What you open is recorded.
signed-out-title = You have signed out
signed-out-text = Nothing of what you saw is kept in this browser. Close the window if others use this machine.
signed-out-again = Sign in again
first-title = Set your password
first-text = A security officer gave you a code that works once. With it you set a password that nobody else knows.
first-code = One-time code
first-code-hint = Capitals or small letters, with or without the hyphens
first-new = New password
first-again = The same password again
first-rule = { $n } characters or more. Several unrelated words are easier to keep than signs and digits.
first-set = Set the password and sign in

not-found-title = There is nothing here that you can open
not-found-text = Either there is no such thing, or it is not for you. This page cannot say which: it is the same for both.
not-found-remedy = Call the registry, give the reference and say why you need it.
not-found-search = Search instead
refused-title = This could not be done
refused-remedy = What you can do
refused-back = Back to what you typed
refused-desk = To the desk
refusal-code = Code, for whoever helps you:
banner-none = No classified content on this page
shell-cleared-until = { $level } until { $until }
