# Rappels de tâches, sur le bureau.
reminders-title = Rappels
reminders-more = { $n ->
    [one] Un autre, parmi vos tâches
   *[other] { $n } autres, parmi vos tâches
}
reminders-aside = Mettre de côté
reminders-escalation = Vous en êtes informé en raison du retard. Chargé de la tâche : { $who }.
reminders-stand-in = Vous assurez l’intérim de { $post }.
