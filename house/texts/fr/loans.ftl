# Exemplaires en prêt, et leur place dans un meuble.
copies-back-by = À rendre le
copies-back-by-hint = 12 mars 2026. Seulement pour un prêt, à une personne ou hors du siège.
copies-day-hint = 12 mars 2026.
copies-shelf = Tablette ou boîte
copies-shelf-hint = L’emplacement dans le meuble : Tablette 2, Boîte 7.
copies-home = A sa place dans
copies-on-loan = en prêt jusqu’au { $date }
copies-loans = Prêts
copies-loan-out = En prêt
copies-loan-due = Prêts à rendre cette semaine
copies-loan-overdue = Prêts en retard
copies-act-prolong = Prolonger le prêt
copies-act-prolong-text = Les exemplaires restent où ils sont et sont à rendre plus tard que prévu.
copies-words-prolong = Pourquoi
copies-was-prolonged = Prêt prolongé jusqu’au { $date }
copies-was-lent = Prêté à { $name } jusqu’au { $date }
done-copies-prolong = Le prêt est prolongé.
copies-loan-late = { $n ->
    [one] en retard de { $n } jour
   *[other] en retard de { $n } jours
 }, { $until }
refusal-not-on-loan = L’exemplaire { $copy } n’est pas en prêt.
refusal-not-on-loan-remedy = Seul un prêt en cours se prolonge. Pour prêter l’exemplaire, envoyez-le avec le jour où il est à rendre.
refusal-loan-not-longer = Le prêt de l’exemplaire { $copy } dure déjà jusqu’au { $day }.
refusal-loan-not-longer-remedy = Indiquez un jour ultérieur. Pour l’avoir plus tôt, écrivez à qui le détient.
refusal-back-before-sent = Le prêt finirait avant de commencer.
refusal-back-before-sent-remedy = Indiquez le jour de la remise ou un jour ultérieur.
refusal-no-loan-there = Un bureau d’ordre du siège n’emprunte rien.
refusal-no-loan-there-remedy = Laissez le jour vide : l’autre bureau d’ordre répond des exemplaires dès qu’il les a reçus.
refusal-shelf-of-nothing = Une tablette fait partie d’un meuble, et aucun n’est choisi.
refusal-shelf-of-nothing-remedy = Choisissez le meuble, ou laissez la tablette vide.

# Documents hors registre.
copies-part-unlogged = Documents de travail
copies-unlogged-due = Documents de travail hors registre
copies-unlogged-overdue = Documents de travail à inscrire, en retard
unlogged-title = Documents hors registre
unlogged-text = Documents soumis à comptabilité dont aucun exemplaire n’est numéroté. Un document de travail peut rester un temps hors registre ; ce délai passé, dès qu’il quitte son autorité d’origine ou qu’il est conservé, ses exemplaires sont numérotés.
unlogged-caption = Documents soumis à comptabilité, hors registre
unlogged-none = Aucun document de ce genre
unlogged-would = Les documents soumis à comptabilité sans exemplaire numéroté figureraient ici, les plus anciens d’abord.
unlogged-since = Du
unlogged-until = À inscrire avant le
unlogged-do = À faire
unlogged-views = Quels documents
unlogged-view-all = Documents de travail
unlogged-view-due = Dans le délai
unlogged-view-overdue = En retard
unlogged-view-others = Autres documents, hors registre
unlogged-not-in-log = hors registre
record-working-paper = Ce document de travail n’est dans aucun registre. Avant que rien n’en quitte l’autorité d’origine, numérotez ses exemplaires : c’est un exemplaire qui s’envoie ou se reproduit, jamais le document lui-même.
unlogged-due = { $n ->
    [0] à inscrire aujourd’hui
    [one] à inscrire dans { $n } jour
   *[other] à inscrire dans { $n } jours
 }
unlogged-overdue = { $n ->
    [one] en retard de { $n } jour
   *[other] en retard de { $n } jours
 }

# Récépissés papier, numérisés.
receipt-scan = Copie numérisée du récépissé
receipt-scan-hint = PDF, PNG ou JPEG, 20 Mo au plus.
refusal-receipt-scan = Ce n’est pas une copie numérisée de récépissé qui puisse être montrée : { $value }, ou le fichier ne s’ouvre pas.
refusal-receipt-scan-remedy = Numérisez le récépissé en PDF, PNG ou JPEG, sans mot de passe.

holdings-views = Ce qui est affiché

# Reproductions autorisées.
stamp-copy = { $number } · REPRODUCTION { $copy } sur { $of } · { $date }
stamp-authority = Autorisation de reproduction { $authority } de { $by } · pour { $person }
record-unstamped = Sans cachet, parce que
record-unstamped-hint = Laissé vide, chaque page d’un PDF porte le numéro, l’autorisation et la date. Un motif ici le fait remettre tel quel.
record-stamp = Chaque page d’un PDF remis porte un cachet. Un fichier d’une autre nature est remis tel quel : portez à la main sur chaque page le numéro du document, l’exemplaire, l’autorisation et la date.
refusal-not-stamped = Ce PDF ne peut recevoir de cachet : il est chiffré, endommagé ou trop grand.
refusal-not-stamped-remedy = Rien n’a été remis et aucun exemplaire n’est décompté. Demandez au contrôleur une autorisation qui dise pourquoi il sort sans cachet.
