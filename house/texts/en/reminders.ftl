# Reminders of tasks, on the desk.
reminders-title = Reminders
reminders-more = { $n ->
    [one] One more, among your tasks
   *[other] { $n } more, among your tasks
}
reminders-aside = Put aside
reminders-escalation = You are told because it is late. It is with { $who }.
reminders-stand-in = You stand in for { $post }.
