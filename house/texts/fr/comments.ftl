# Le tableau d’observations d’une affaire.

refusal-comments-missing = Cette réponse doit être motivée par au moins une observation { $severity ->
    [critical] critique
    [substantive] de fond ou critique
   *[administrative] de toute importance
} dans le tableau d’observations, et il n’y en a aucune.
refusal-comments-missing-remedy = Ouvrez le tableau d’observations de l’affaire, ajoutez l’observation avec le texte de remplacement, puis répondez.
refusal-comments-open = L’observation { $n } émane d’un service qui n’a pas encore répondu.
refusal-comments-open-remedy = Attendez sa réponse : jusque-là il peut modifier ses observations.
refusal-comments-many = Cela ferait plus de { $limit } observations.
refusal-comments-many-remedy = Ajoutez-en ou choisissez-en moins à la fois, ou retirez celles qui ne sont plus utiles ; ce qui dépasse un tableau se transmet mieux par une note.

comments-title = Observations sur { $number }
comments-heading = Observations
comments-about = Ce que les services consultés disent du produit, ligne par ligne, et la suite donnée à chaque ligne.
comments-look = Ouvrir le tableau
comments-caption = Observations, ligne par ligne
comments-none = Aucune observation
comments-would = Les services consultés inscrivent ici leurs observations, ligne par ligne ; une fois leur réponse donnée, le chef de file arbitre chacune d’elles.
comments-number = N°
comments-severity = Importance
comments-critical = Critique
comments-substantive = De fond
comments-administrative = De forme
comments-critical-needs = Propose un texte de remplacement ; sans lui, le service ne peut adhérer.
comments-reply-needs = { $severity ->
    [critical] Exige une observation critique dans le tableau d’observations.
    [substantive] Exige une observation de fond ou critique dans le tableau d’observations.
   *[administrative] Exige une observation dans le tableau d’observations.
}
comments-office = Service
comments-by = Rédigée par
comments-place = Endroit
comments-page = Page
comments-paragraph = Paragraphe
comments-line = Ligne
comments-at-page = p. { $at }
comments-at-paragraph = § { $at }
comments-at-line = l. { $at }
comments-text = Texte actuel
comments-quoted = « { $text } »
comments-comment = Observation
comments-proposal = Texte proposé
comments-rationale = Motif
comments-state = État
comments-open = En attente
comments-settled = Arbitrées
comments-accepted = Acceptée
comments-partly = Acceptée en partie
comments-rejected = Rejetée
comments-noted = Notée
comments-do-accepted = Accepter
comments-do-partly = Accepter en partie
comments-do-rejected = Rejeter
comments-do-noted = Noter
comments-adjudication = Arbitrage
comments-reason = Raison
comments-reason-hint = Requise pour rejeter une observation ou ne l’accepter qu’en partie.
comments-row = Observation { $n }
comments-task = Au titre de quelle tâche
comments-add = Ajouter une observation
comments-change = Enregistrer
comments-withdraw = Retirer
comments-chosen = Observations choisies
comments-past-made = { $n ->
    [one] Une observation a été faite.
   *[other] { $n } observations ont été faites.
}
comments-past-changed = Une observation a été modifiée.
comments-past-withdrawn = { $n ->
    [one] Une observation a été retirée.
   *[other] { $n } observations ont été retirées.
}
comments-past-settled = { $n ->
    [one] Une observation a été arbitrée : { $outcome }.
   *[other] { $n } observations ont été arbitrées : { $outcome }.
}
done-comments-added = L’observation est ajoutée.
done-comments-changed = L’observation est modifiée.
done-comments-withdrawn = Retrait enregistré.
done-comments-settled = Arbitrage enregistré.
