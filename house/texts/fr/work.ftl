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
many-persons-hint = Une par ligne : l’identifiant de la personne, ou son nom complet
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

# Travailler sur un document
work-title = Travailler sur ce document
work-text = Tant que vous l’avez emprunté, quiconque voit le document voit que vous l’avez, et nul autre n’ajoute de version.
work-take = Emprunter le document
work-give = Rendre le document
work-see = Qui l’a emprunté
work-reason = Pour quoi faire
work-reason-hint = Quiconque voit le document lit ceci
work-until = Jusqu’au
work-out = { $name } l’a emprunté le { $since }.
work-out-until = Retour prévu le { $until }.
work-out-reason = Pour quoi faire : { $reason }.
work-out-mine = Téléchargez la version la plus récente, travaillez-la, et rendez-la avec la nouvelle.
work-version = Le rendre avec une nouvelle version
work-file-hint = Le fichier devient la version la plus récente ; les précédentes restent.
work-unchanged = Le rendre tel quel
work-unchanged-text = Rien n’est ajouté.
work-break = Le rendre à la place de l’autre
work-break-text = Ce qui a été travaillé entre-temps ne pourra être ajouté que par qui empruntera de nouveau le document. Parlez d’abord à l’autre.
work-wait = Seul qui l’a emprunté, ou un contrôleur du bureau d’ordre, peut le rendre.
work-long = Emprunté depuis trop longtemps
done-work-taken = Le document est emprunté, à votre nom.
done-work-versioned = La nouvelle version est ajoutée, et le document est rendu.
done-work-broken = Le document est rendu.
done-work-given = Le document est rendu tel quel.
# Deux versions
compare-from = Version ancienne
compare-to = Version récente
compare-go = Comparer
compare-title = Version { $from } et version { $to } comparées
compare-found = Ce qui diffère
compare-same = Les textes ne diffèrent pas.
compare-signs = « + » ouvre un paragraphe ajouté, « − » un paragraphe retiré, « ± » un paragraphe modifié. À l’intérieur, ce qui a été retiré est barré et ce qui a été ajouté est souligné.
compare-folded = { $n ->
    [one] { $n } paragraphe est identique
   *[other] { $n } paragraphes sont identiques
}
compare-in = Ajouté :
compare-out = Retiré :
compare-no-text = Il n’y a pas de texte à comparer
compare-no-text-would = De l’une des deux versions aucun texte n’a pu être lu. Téléchargez-les et comparez-les avec un programme à vous.
compare-cut = Les textes sont plus longs que ce qui est comparé ici.
# Qui l’a eu sous les yeux
record-title = Relevé de divulgation
record-is-recorded = Ce document est comptabilisé : que vous l’avez ouvert figure dans son relevé.
record-accountable = Ce document est comptabilisé : chaque ouverture est une ligne ici, et rien n’en est imprimé, téléchargé ni exporté sans autorisation.
record-undetermined = Le marquage de ce document est indéterminé. Jusqu’à ce qu’il soit fixé, chaque ouverture est une ligne ici.
record-not = Ce document n’est pas comptabilisé sous son marquage. Ce qui a été relevé tant qu’il l’était reste.
record-own = Vous voyez vos propres lignes.
record-none = Aucune ligne encore
record-none-would = Quiconque ouvre le texte, et chaque copie remise, figureraient ici.
record-who = Qui
record-when = Quand
record-version = Version
record-means = Par quel moyen
record-means-screen = À l’écran
record-means-file = Comme fichier
record-enclosure = { $means }, pièce jointe { $position }
record-means-reproduction = Remis sur autorisation
record-authorities = Autorisations de reproduire
record-no-authority = Rien n’est autorisé
record-no-authority-would = Les copies qu’un contrôleur autorise pour une personne figureraient ici.
record-for = Pour qui
record-purpose = Objet
record-copies = Copies
record-used = { $used } sur { $copies } remises
record-ended = terminée
record-authorise = Autoriser une reproduction
record-authorise-text = La personne télécharge elle-même la version, une fois pour chaque copie. Nul n’autorise la sienne.
record-holders = Qui l’a ouvert
record-holders-text = Quand le marquage ou le contenu change, ceux qui peuvent encore le lire en sont avertis sur leur bureau. Qui ne le peut plus est averti en personne, par vous.
record-opened = Ouvert en dernier
record-admitted = Peut le lire
record-no-more = Ne peut plus le lire ; averti, ou rien n’a changé depuis
record-must-tell = À avertir en personne
record-tell = Averti en personne
record-nobody = Personne encore
record-nobody-would = Quiconque ouvre le document figurerait ici.
record-copies-need = Une copie demande une autorisation
record-print-refused = Impression refusée : ce document est comptabilisé. Demandez au contrôleur de son bureau d’ordre d’autoriser une copie.
done-record-authorised = La reproduction est autorisée.
done-record-told = Il est consigné que la personne a été avertie.
done-record-known = Il est consigné que vous le savez.
desk-changed = Changé depuis que vous l’avez lu
desk-changed-marking = Le marquage de { $reference } est maintenant { $now } ; il était { $was } le jour où vous l’avez lu ({ $day }).
desk-changed-access = Qui peut lire { $reference } a changé depuis que vous l’avez lu ({ $day }).
desk-changed-version = { $reference } a une version plus récente ({ $version }) que celle que vous avez lue ({ $day }).
desk-changed-known = Je le sais
