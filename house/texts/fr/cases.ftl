# Ce que les affaires des procédures refusent, et pourquoi.

refusal-routine-unusable = Ce fichier est inutilisable : { $why }
refusal-routine-unusable-remedy = Corrigez ce qui est signalé, ligne par ligne, puis adoptez-le de nouveau.
refusal-routine-version = { $name } existe déjà, et des affaires en relèvent.
refusal-routine-version-remedy = Inscrivez une version plus élevée dans le fichier.
refusal-calendar-missing = La maison n’a pas de calendrier { $calendar }.
refusal-calendar-missing-remedy = Demandez à un administrateur de l’adopter.
refusal-due-unreckonable = Aucun calendrier ne va aussi loin.
refusal-due-unreckonable-remedy = Choisissez une date plus proche.
refusal-value-form = La forme attendue est : { $form }.
refusal-value-form-remedy = Écrivez-le sous cette forme.
refusal-value-twice = { $value } figure deux fois.
refusal-value-twice-remedy = Ne mentionnez chacun qu’une fois.
refusal-value-too-small = Au moins { $limit }.
refusal-value-too-small-remedy = Indiquez un nombre plus grand.
refusal-value-too-large = Au plus { $limit }.
refusal-value-too-large-remedy = Indiquez un nombre plus petit.
refusal-value-before = Cette date précède celle qu’elle doit suivre.
refusal-value-before-remedy = Choisissez une date plus tardive, ou avancez l’autre.
refusal-value-past = Cette date est passée.
refusal-value-past-remedy = Choisissez aujourd’hui ou une date ultérieure.
refusal-label-above-own = Avec ce marquage, vous ne pourriez pas le lire vous-même.
refusal-label-above-own-remedy = Choisissez un marquage pour lequel vous êtes habilité.
refusal-nobody-there = Personne dans l’organisation ne répond à { $who }.
refusal-nobody-there-remedy = Demandez à un administrateur de créer ce poste, ou choisissez-en un autre.
refusal-not-yours = Cela revient à quelqu’un d’autre.
refusal-not-yours-remedy = Adressez-vous à son responsable ou à son suppléant.
refusal-case-ended = { $number } est close.
refusal-case-ended-remedy = Rouvrez-la d’abord, s’il y a lieu.
refusal-case-runs = { $number } est encore en cours.
refusal-case-runs-remedy = Passez plutôt à l’étape suivante.
refusal-case-moved-on = Quelqu’un vous a devancé : { $number } est à présent à l’étape « { $stage } ».
refusal-case-moved-on-remedy = Consultez-la de nouveau et voyez ce qui reste à faire.
refusal-step-closed = Cette étape n’est pas possible en l’état.
refusal-step-closed-remedy = Voyez quelles étapes l’affaire propose.
refusal-replies-outstanding = { $given } réponses sur { $all } sont arrivées : { $name }.
refusal-replies-outstanding-remedy = Attendez les autres, relancez-les, ou poursuivez sans elles en le motivant.
refusal-branch-not-opened = Personne n’a encore été consulté : { $name }.
refusal-branch-not-opened-remedy = Renvoyez l’affaire à l’étape précédente pour que la consultation ait lieu.
refusal-evidence-missing = Reste à produire : { $name }.
refusal-evidence-missing-remedy = Joignez la pièce à l’affaire, puis poursuivez.
refusal-after-parent = L’échéance de { $number } impose que ceci soit fait au plus tard le { $day }.
refusal-after-parent-remedy = Choisissez cette date ou une date antérieure.
refusal-extension-late = L’échéance était le { $day } : une prolongation se demande avant.
refusal-extension-late-remedy = Remettez le travail en expliquant le retard.
refusal-extension-open = Une prolongation a déjà été demandée et n’est pas tranchée.
refusal-extension-open-remedy = Attendez la décision.
refusal-extension-not-later = L’échéance est déjà le { $day }.
refusal-extension-not-later-remedy = Choisissez une date ultérieure.
refusal-nothing-asked = Aucune prolongation n’a été demandée.
refusal-nothing-asked-remedy = Consultez de nouveau la tâche.
refusal-task-over = Cette tâche de { $number } est terminée.
refusal-task-over-remedy = Consultez de nouveau l’affaire et voyez ce qui reste à faire.
refusal-task-stands = La tâche est à présent dans un autre état ({ $state }).
refusal-task-stands-remedy = Consultez-la de nouveau et voyez ce qui est possible.
refusal-doer-not-admitted = Le marquage de cette affaire exclut cette personne.
refusal-doer-not-admitted-remedy = Choisissez quelqu’un qui y est habilité.

# Pages des affaires.

rail-cases = Affaires
field-line-of = { $label }, ligne { $n }
cases-text = Les affaires qui suivent une procédure de la maison et auxquelles vous, ou vos subordonnés, prenez part. Listes et décomptes ne portent que sur ce que vous pouvez voir.
cases-caption = Affaires
cases-none = Aucune affaire de ce genre
cases-would = Les affaires que vous avez ouvertes, dont vous avez une tâche ou auxquelles participe quelqu’un sous vos ordres se trouveraient ici.
cases-number = Numéro
cases-name = Intitulé
cases-case = Affaire
cases-procedure = Procédure
cases-stage = Étape
cases-with = Chez
cases-with-more = et { $n ->
    [one] un autre
   *[other] { $n } autres
}
cases-due = Échéance
cases-standing = Situation
cases-words = Numéro ou intitulé contenant
cases-state-running = En cours
cases-state-late = En retard
cases-state-ended = Closes
cases-state-all = Toutes
cases-as-board = En tableau
cases-as-list = En liste
cases-board-text = Les affaires en cours, une colonne par étape ; dans chacune, la première à échoir vient en tête.
cases-board-none = Aucune
cases-board-most = Les { $n } premières sur { $all } sont affichées ; la liste les contient toutes.
cases-anyone = Tout participant
cases-stands-in = { $post } · { $name } (intérim)
cases-vacant = { $post } · personne en fonction
cases-days-left = { $n ->
    [0] aujourd’hui
    [one] dans 1 jour ouvrable
   *[other] dans { $n } jours ouvrables
}
cases-at-risk = { $n ->
    [0] à risque : aujourd’hui
    [one] à risque : dans 1 jour ouvrable
   *[other] à risque : dans { $n } jours ouvrables
}
cases-days-late = { $n ->
    [0] en retard depuis aujourd’hui
    [one] 1 jour ouvrable de retard
   *[other] { $n } jours ouvrables de retard
}
cases-done-in-time = dans les délais
cases-done-late = { $n ->
    [0] fait en retard, le jour même
    [one] fait avec 1 jour ouvrable de retard
   *[other] fait avec { $n } jours ouvrables de retard
}
cases-ended-done = Terminée
cases-ended-cancelled = Annulée
cases-ended-refused = Refusée
cases-form-line = une ligne
cases-form-text = un texte
cases-form-number = un nombre entier
cases-form-money = un montant, par exemple 1234.50 EUR
cases-form-date = un jour
cases-form-moment = un jour et une heure
cases-form-yes-no = oui ou non
cases-form-choice = l’un des choix
cases-form-choices = certains des choix
cases-form-person = une personne
cases-form-people = des personnes
cases-form-post = un poste
cases-form-posts = des postes
cases-form-unit = un service
cases-form-units = des services
cases-form-document = un document
cases-form-documents = des documents
cases-form-country = les trois lettres d’un pays
cases-form-countries = les trois lettres de chaque pays
cases-form-case = le numéro d’une affaire
cases-form-rating = un nombre de 1 à 5
cases-hint-pattern = Sous la forme { $form } : A pour une majuscule, 9 pour un chiffre, X pour l’un ou l’autre.
cases-hint-date = 12 mars 2026 ou 2026-03-12.
cases-hint-moment = 12 mars 2026, 14 h 30
cases-hint-money = 1234,50 EUR
cases-hint-document = La référence d’un document que vous pouvez ouvrir.
cases-hint-documents = Les références, une par ligne, de documents que vous pouvez ouvrir.
cases-hint-country = Trois lettres : BEL
cases-hint-countries = Trois lettres par pays, séparées par des virgules : BEL, NOR
cases-hint-case = Le numéro d’une affaire que vous voyez.
cases-hint-rating = De 1, la note la plus basse, à 5.
cases-hint-code = Commencez à saisir un code ou un nom.
cases-hint-person = Commencez à saisir un nom.
cases-hint-range = De { $min } à { $max }.
cases-hint-when = Seulement là où { $fields } l’exige.
cases-yes = Oui
cases-no = Non
cases-open = Ouvrir une affaire
cases-open-text = Choisissez la procédure qu’elle doit suivre.
cases-open-none = Aucune procédure ne vous permet d’ouvrir une affaire
cases-open-would = Les procédures que votre maison prévoit pour votre poste se trouveraient ici.
cases-open-go = Ouvrir l’affaire
cases-open-part = Ouvrir une affaire comme partie de cette tâche
cases-in-name-of = Au nom de
cases-part-of = Partie de
cases-parts = Parties
cases-expected = L’ensemble est attendu
cases-since = À cette étape depuis
cases-opened-by = Ouverte par
cases-steps = La suite
cases-hindered-field = Reste à remplir : { $field }.
cases-hindered-replies = { $branch } : { $given } réponses sur { $all }.
cases-hindered-not-asked = Pas encore demandé : { $branch }.
cases-hindered-evidence = Reste à présenter : { $evidence }.
cases-reason = Motif
cases-said = Texte
cases-fields = Ce qui est rempli
cases-change = Modifier ce qui est rempli
cases-change-go = Enregistrer
cases-change-marking = Changer le marquage
cases-evidence = Justificatifs et produit
cases-evidence-missing = Pas encore présenté
cases-show = Présenter : { $name }
cases-show-go = Présenter
cases-document = Document
cases-document-hidden = Un document que vous ne pouvez pas ouvrir
cases-case-hidden = Une affaire que vous ne pouvez pas ouvrir
cases-not-shown = Non affiché
cases-note = Note
cases-note-go = Envoyer la note
cases-mentions = À qui elle doit parvenir
cases-mentions-hint = Des noms, un par ligne. Toute personne nommée voit dès lors l’affaire, dans la mesure où son marquage le permet.
cases-reopen = Rouvrir l’affaire
cases-into-stage = À l’étape
cases-history = Historique
cases-tabs = Affaires et tâches
cases-tasks = Tâches
cases-tasks-none = Aucune tâche n’a encore été donnée
cases-task = Tâche
cases-task-of = { $task } : { $who }
cases-task-state = État
cases-task-waiting = Attend son tour
cases-task-issued = Donnée
cases-task-acknowledged = Prise en compte
cases-task-clarification = Une question est ouverte
cases-task-refused = Refusée
cases-task-done = Accomplie
cases-task-withdrawn = Retirée
cases-owner = En répond
cases-given-to = Confiée à
cases-due-first = Échéance initiale
cases-due-approved = Échéance accordée
cases-on-time = Délais
cases-late-at-first = En retard sur l’échéance initiale
cases-asks-until = Demande un délai jusqu’au { $day }
cases-to = À
cases-to-hint = Un poste ou une personne. Vide : la tâche est reprise. Vous en répondez dans tous les cas.
cases-to-same = Un poste ou une personne. Vide : au même de nouveau.
cases-until = Jusqu’au
cases-reply = Réponse
cases-reply-why = Dites pourquoi
cases-granted = Délai supplémentaire
cases-time-yes = Accordé
cases-time-no = Refusé
cases-do-acknowledge = Prendre en compte
cases-do-ask = Poser d’abord une question
cases-do-answer = Répondre à la question
cases-do-refuse = Refuser
cases-do-assign = Donner de nouveau
cases-do-delegate = Déléguer
cases-do-ask-for-time = Demander un délai
cases-do-decide-time = Statuer sur le délai
cases-do-reply = Répondre
cases-own = Mes tâches
cases-own-text = Ce que vous avez à faire dans les affaires, la première échéance en tête : pour vos postes, pour vous-même et pour ceux dont vous assurez l’intérim.
cases-own-none = Vous n’avez aucune tâche
cases-own-would = Les tâches de vos postes, les vôtres et celles de ceux dont vous assurez l’intérim se trouveraient ici.
cases-own-all = { $n ->
    [one] Une tâche
   *[other] Les { $n } tâches
}
cases-past-opened = Ouverte à l’étape « { $stage } »
cases-past-changed = Rempli de nouveau : { $fields }.
cases-past-marked = Marquage désormais : { $marking }.
cases-past-stepped = { $step } : maintenant « { $stage } »
cases-past-reopened = Rouverte à l’étape « { $stage } »
cases-past-shown = Présenté : { $name }
cases-past-noted = Note
cases-past-noted-to = Note à l’attention de { $names }
cases-past-acknowledged = { $task }, { $owner } : prise en compte
cases-past-asked = { $task }, { $owner } : une question est posée
cases-past-answered = { $task }, { $owner } : réponse donnée
cases-past-refused = { $task }, { $owner } : refusée
cases-past-assigned = { $task } : donnée à { $what }
cases-past-delegated = { $task } : déléguée à { $what }
cases-past-taken-back = { $task } : reprise par { $owner }
cases-past-time-asked = { $task }, { $owner } : demande un délai jusqu’au { $what }
cases-past-time-granted = { $task }, { $owner } : délai accordé
cases-past-time-refused = { $task }, { $owner } : délai refusé
cases-past-replied = { $task }, { $owner } : { $what }
done-case-opened = L’affaire est ouverte.
done-case-stepped = L’affaire est passée à l’étape suivante.
done-case-changed = C’est enregistré.
done-case-shown = C’est présenté.
done-case-noted = La note est envoyée.
done-case-reopened = L’affaire est de nouveau en cours.
done-task-acknowledge = La tâche est prise en compte.
done-task-ask = La question est posée.
done-task-answer = La réponse à la question est donnée.
done-task-refuse = La tâche est refusée.
done-task-assign = La tâche est donnée de nouveau.
done-task-delegate = La tâche est déléguée comme vous l’avez dit.
done-task-ask-for-time = Un délai est demandé.
done-task-decide-time = La décision est enregistrée.
done-task-reply = La réponse est donnée.
