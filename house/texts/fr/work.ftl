# Un acte sur de nombreux documents
many-title = Traitement par lot
many-none = Aucun document choisi
many-none-would = Cochez des documents dans le registre ou dans les résultats d’une recherche, sur une page ou sur plusieurs, puis choisissez sous la liste ce qu’il faut en faire.
many-documents = Documents
many-correct = Corriger…
many-access = Marquage et accès…
many-relate = Relier à un document…
many-file = Classer…
many-csv = CSV
many-xlsx = XLSX
many-correct-title = Corriger la fiche de plusieurs documents
many-correct-text = Ce que vous remplissez est porté à l’identique sur chaque document choisi. Ce que vous laissez vide reste tel quel.
many-access-title = Marquage et accès de plusieurs documents
many-access-text = Ce que vous choisissez est porté à l’identique sur chaque document choisi ; les marquages indéterminés sont ainsi fixés. Ce que vous laissez vide reste tel quel. Cela corrige le registre : un changement de classification revient à l’autorité d’origine.
many-relate-title = Relier plusieurs documents à un autre
many-relate-text = La relation est ajoutée à chaque document choisi.
many-file-title = Classer plusieurs documents
many-file-text = Chaque document choisi est classé dans le dossier. Un dossier reçoit les documents de son propre bureau d’ordre.
many-csv-title = CSV
many-csv-text = CSV
many-xlsx-title = XLSX
many-xlsx-text = XLSX
many-relation = Leur relation à l’autre document
many-reference = Référence de l’autre document
many-reference-hint = Il peut ne pas être encore enregistré ici
many-stays = Reste tel quel
many-groups = Besoin d’en connaître
many-groups-set = Seulement les groupes cochés ci-dessous ; aucun coché : toute personne habilitée
many-list = Liste d’accès
many-list-set = Seulement les personnes nommées ci-dessous ; aucune nommée : pas de liste d’accès
many-persons-hint = Une par ligne : le nom de connexion de la personne, ou son nom complet
many-back = Retour à la liste
many-part = Inclus
many-not-there = Inexistant, ou pas pour vous
many-look = Voir ce qui changerait
many-chosen = { $n ->
    [one] { $n } document choisi
   *[other] { $n } documents choisis
}
many-would = Ce qui changerait
many-would-text = { $n ->
    [0] Rien ne peut être fait.
    [one] Prêt pour { $n } document.
   *[other] Prêt pour { $n } documents.
} { $refused ->
    [0] Aucun n’est refusé.
    [one] Un serait refusé.
   *[other] { $refused } seraient refusés.
} Rien n’est encore changé.
many-would-file = Sera classé dans le dossier
many-go = { $n ->
    [one] Le faire pour { $n } document
   *[other] Le faire pour les documents cochés ({ $n })
}
many-change = Modifier la demande
many-done = Fait
many-refused = Refusé
many-why = Pourquoi, et que faire
many-answer = Ce qu’il est advenu de chacun
many-answer-text = { $n ->
    [0] Rien n’a été changé.
    [one] Fait pour { $n } document.
   *[other] Fait pour { $n } documents.
} { $refused ->
    [0] Aucun n’a été refusé.
    [one] Un a été refusé.
   *[other] { $refused } ont été refusés.
}
many-again = Réessayer les refusés
