# Récolements : listes, comptage, résultats.

copies-part-musters = Récolements
muster-list-title = Récolements
muster-list-text = Les exemplaires sont comptés d’après une liste figée. Ce qui n’est pas vu est couvert par un récépissé, un procès-verbal ou une instruction, est en route, ou manque.
muster-list-caption = Les récolements du bureau d’ordre
muster-list-none = Aucun récolement n’a été ouvert
muster-list-would = Les récolements figureront ici, avec leur résultat et leurs signataires.
muster-views = Lesquels
muster-view-all = Tous
muster-open = Ouvrir un récolement
muster-open-text = La liste est figée à l’ouverture : tous les exemplaires dont le bureau d’ordre doit répondre. Ce qui leur arrive pendant le comptage compte.
muster-title = Récolement { $number }
muster-number = Récolement
muster-kind = Motif
muster-kind-full = Récolement complet
muster-kind-spot-check = Contrôle inopiné
muster-kind-inspection = Inspection
muster-kind-hand-over = Passation
muster-opened = Ouvert
muster-opened-by = Ouvert par
muster-listed = Sur la liste
muster-accounted = Justifiés
muster-missing = Manquants
muster-logs = Registres
muster-logs-hint = Aucun choix : les exemplaires de tous les registres.
muster-logs-all = Tous
muster-container = Meuble
muster-container-all = Partout
muster-drawn = Ne compter qu’un échantillon
muster-sample = Échantillon
muster-sample-hint = Combien d’exemplaires sont tirés. Vide : tous sont comptés.
muster-seed = Graine
muster-seed-hint = La même graine tire de nouveau les mêmes exemplaires. Vide : une graine est tirée.
muster-sample-drawn = { $n } exemplaires sur { $of }, tirés de la graine { $seed }
muster-between = Remettre les exemplaires d’une personne à une autre
muster-from = De
muster-to = À
muster-words = Remarques
muster-closed = Comptage terminé
muster-closing-words = Remarques finales
muster-abandoned = Abandonné parce que
muster-signed = Signé par
muster-state-counts = En cours
muster-state-unsigned = Attend une signature
muster-state-signed = Signé
muster-state-abandoned = Abandonné
muster-result = Résultat
muster-lines = Les exemplaires du récolement
muster-lines-none = Aucun exemplaire
muster-lines-would = Les exemplaires dans cette situation figureront ici.
muster-outcome = Constat
muster-outcome-sighted = Vu
muster-outcome-covered = Couvert
muster-outcome-under-way = En route
muster-outcome-missing = Manquant
muster-outcome-open = À trouver
muster-outcome-surplus = Hors liste
muster-sighted = Vu
muster-sighted-at = Vu le
muster-sighted-who = Vu par
muster-sighted-by = { $name }, { $at }
muster-sighted-pages = { $name }, { $at }, { $pages ->
    [one] une page
   *[other] { $pages } pages
  }
muster-copies = Exemplaires
muster-count = Compter
muster-count-title = Compter { $number }
muster-count-text = Scannez un exemplaire après l’autre. Plusieurs personnes peuvent compter à la fois ; chaque exemplaire compte une fois.
muster-scan = Exemplaire
muster-scan-hint = Scannez le code à barres, ou tapez le numéro du registre et celui de l’exemplaire : NS-0012/2026/3.
muster-counted-pages = Pages comptées
muster-pages-hint = Exigées pour COSMIC et ATOMAL ; ailleurs si vous les avez comptées.
muster-difference = Ce qui ne va pas avec les pages
muster-sight = Vu
muster-progress = { $n } justifiés sur { $of }
muster-still = À trouver
muster-still-many = Ils sont énumérés ici dès qu’il n’en reste pas plus de { $n } à trouver ; d’ici là, ils sont à la page du récolement.
muster-pages = { $n ->
    [one] une page
   *[other] { $n } pages
  }
muster-waiting = Pas de connexion : {"{n}"} exemplaires scannés ne sont pas encore envoyés. Ils le seront à son retour. Laissez cette page ouverte.
muster-signed-out = Vous êtes déconnecté. Reconnectez-vous dans un autre onglet ; ce qui a été scanné sera alors envoyé.
muster-open-lines = { $n ->
    [0] Tous les exemplaires sont justifiés.
    [one] D’un exemplaire, personne n’a encore dit où il est.
   *[other] De { $n } exemplaires, personne n’a encore dit où ils sont.
  }
muster-close = Terminer le comptage
muster-close-text = Le résultat est arrêté et peut être signé. Chaque exemplaire doit être vu, couvert, en route ou signalé manquant.
muster-abandon = Abandonner le récolement
muster-abandon-text = Plus rien n’est compté. Dites pourquoi.
muster-sign = Signer le résultat
muster-sign-text = Vous signez que le résultat est tel qu’il figure ici.
muster-sign-others = Il manque la signature de quelqu’un d’autre.
done-muster-opened = La liste est figée. Le comptage peut commencer.
done-muster-closed = Le comptage est terminé. Le résultat attend d’être signé.
done-muster-abandoned = Le récolement est abandonné.
done-muster-signed = Vous avez signé le résultat.
