# Récépissés, procès-verbaux de destruction, incidents, meubles, et ce que chacun détient.

# La liste des récépissés.
receipt-list-title = Récépissés
receipt-list-text = Chaque envoi a un récépissé. Tant qu’il n’est pas donné, celui qui a envoyé les exemplaires en répond.
receipt-list-caption = Récépissés des envois
receipt-list-none = Aucun récépissé de cette sorte
receipt-list-would = Chaque envoi d’exemplaires figurerait ici avec son récépissé : attendu, en retard ou donné. Remettez des exemplaires pour commencer.
receipt-views = Quels récépissés
receipt-view-due = Attendus
receipt-view-late = En retard
receipt-view-all = Tous
receipt-state-waiting = En attente
receipt-state-trace = À rappeler
receipt-state-escalate = À signaler au responsable
receipt-state-given = Donné
receipt-by = par { $name }
receipt-carried-by = porteur : { $name }
receipt-more-copies = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
}
receipt-traced = { $n ->
    [one] rappelé le { $when }
   *[other] rappelé { $n } fois, la dernière le { $when }
}
receipt-sender = Envoyé par
receipt-traces = Rappels
receipt-traced-last = Dernier rappel

# Un récépissé.
receipt-title = Récépissé { $receipt }
receipt-card = L’envoi
receipt-from = De
receipt-what = Exemplaires envoyés
receipt-still-due = { $n ->
    [one] { $n } exemplaire sur { $of } n’est pas arrivé.
   *[other] { $n } exemplaires sur { $of } ne sont pas arrivés.
}
receipt-print = Imprimez cette page pour faire signer le récépissé sur papier. Il n’indique aucun objet.
receipt-paper-text = J’ai reçu les exemplaires désignés ci-dessus, complets et en bon état, et j’en réponds.
receipt-paper-name = Nom
receipt-paper-date = Date et heure
receipt-paper-signature = Signature
receipt-history = Ce qui s’est passé
receipt-was-sent = Envoyé
receipt-was-screen = Signé à l’écran par { $name }
receipt-was-paper = Signé sur papier par { $name }
receipt-was-for = { $n ->
    [0] pour aucun exemplaire
    [one] pour { $n } exemplaire
   *[other] pour { $n } exemplaires
}
receipt-written-by = inscrit par { $name }, { $when }
receipt-sign = Signer le récépissé
receipt-sign-title = Signer à l’écran
receipt-sign-text = { $n ->
    [one] En signant, vous confirmez que l’exemplaire est entre vos mains. Dès lors, vous en répondez.
   *[other] En signant, vous confirmez que les { $n } exemplaires sont entre vos mains. Dès lors, vous en répondez.
}
receipt-wrong = Quelque chose n’est pas conforme
receipt-wrong-hint = Dites d’un exemplaire ce qui ne va pas : il n’est pas là, des pages manquent, le pli était ouvert. Vous signez pour les autres, et le bureau d’ordre ouvre un incident.
receipt-paper = Le récépissé est revenu sur papier
receipt-paper-go = Inscrire le récépissé
receipt-signed-by = Signé par
receipt-signed-at = Signé le
receipt-trace = Rappeler le récépissé
receipt-trace-words = Ce qui a été écrit
receipt-trace-hint = À qui et comment : un appel, une lettre, une visite. Le nombre de rappels est conservé.
receipt-otherwise = Ou bien
receipt-came-back = Les exemplaires sont revenus
receipt-missing = Les signaler manquants

# La liste des procès-verbaux de destruction.
destruction-list-title = Procès-verbaux de destruction
destruction-list-text = Dressés avant l’acte, signés après par celui qui a détruit les exemplaires et par celui qui l’a vu. L’inscription au registre demeure.
destruction-list-caption = Procès-verbaux de destruction
destruction-list-none = Aucun procès-verbal de cette sorte
destruction-list-would = Les procès-verbaux figureraient ici dès le jour où ils sont dressés. Choisissez des exemplaires dans la liste, puis « Détruire ».
destruction-views = Quels procès-verbaux
destruction-view-all = Tous
destruction-state-waits = Attend des signatures
destruction-state-destroyed = Détruits
destruction-state-withdrawn = Retiré
destruction-method = Procédé
destruction-drawn-by = Dressé par
destruction-ended = Clos
destruction-signed-as = { $hand } : { $name }

# Un procès-verbal.
destruction-title = Procès-verbal de destruction { $number }
destruction-card = Ce qui est détruit
destruction-what = Exemplaires à détruire, ou détruits
destruction-hand = Vous signez comme
destruction-hand-destroyer = Exécutant
destruction-hand-witness = Témoin
destruction-unsigned = pas encore signé
destruction-declared = Chacun signe en son nom, après l’acte : que les exemplaires désignés ci-dessus ont été détruits par le procédé indiqué, par lui ou sous ses yeux.
destruction-print = Imprimez cette page pour conserver le procès-verbal avec les papiers. Il n’indique aucun objet.
destruction-sign = Signer le procès-verbal
destruction-sign-text = Ne signez qu’après la destruction des exemplaires. Une autre personne signe aussi ; les exemplaires sont alors rayés des livres.
destruction-sign-last = Votre signature est la dernière : avec elle, les exemplaires sont détruits dans les livres, et rien ne les y ramène. Ne signez qu’après l’acte.
destruction-signed-by-you = Votre signature y figure. L’autre est celle d’une autre personne.
destruction-type-number = Numéro du procès-verbal
destruction-type-hint = Pour confirmer ce qui ne peut être défait, tapez { $number }.
destruction-type-wrong = Ce n’est pas le numéro du procès-verbal. Tapez { $number } si c’est bien celui-ci.
destruction-withdraw = Retirer le procès-verbal
destruction-withdraw-text = Les exemplaires restent où ils sont. Les signatures déjà données tombent avec lui.
destruction-why = Pourquoi il est retiré

# La liste des incidents.
incident-list-title = Incidents
incident-list-text = Ce qui ne va pas avec des exemplaires, du signalement à la fin de l’enquête.
incident-list-caption = Incidents touchant des exemplaires
incident-list-none = Aucun incident de cette sorte
incident-list-would = Les exemplaires qui manquent, qui ne sont pas arrivés comme ils étaient partis ou qu’a eus une personne non autorisée figureraient ici jusqu’à la clôture de l’affaire.
incident-views = Quels incidents
incident-view-all = Tous
incident-view-any-kind = De toute sorte
incident-state-open = Ouvert
incident-state-closed = Clos
incident-words = Ce que l’on sait
incident-opened-by = Ouvert par
incident-closed = Clos

# Un incident.
incident-title = Incident { $number }
incident-card = L’incident
incident-open-for = { $n ->
    [0] moins d’un jour
    [one] { $n } jour
   *[other] { $n } jours
}
incident-copies = Exemplaires concernés
incident-history = Ce que l’on a appris
incident-was-opened = Ouvert
incident-was-closed = Clos par cette note.
incident-report = Rapport
incident-report-initial = Premier rapport
incident-report-originator = Rapport à l’origine
incident-report-final = Rapport final
incident-report-due = { $report } attendu pour le { $by }
incident-report-late = { $report } en retard depuis le { $by }
incident-follow = Ajouter
incident-note = Ce que l’on a appris
incident-note-hint = Ce que l’on a appris, ce qui a été fait, à qui l’on a rendu compte. Ne répétez pas ce que dit un document.
incident-close = Une fois ceci inscrit
incident-closes = Clore l’incident
incident-closes-detail = Rien ne peut plus y être ajouté ensuite.
incident-follow-go = Inscrire

# Les meubles.
container-list-title = Meubles
container-list-text = Coffres et armoires du bureau d’ordre, par nom.
container-list-caption = Meubles du bureau d’ordre
container-list-none = Aucun meuble de cette sorte
container-list-would = Les coffres et armoires du bureau d’ordre figureraient ici, chacun avec le nombre d’exemplaires qu’il contient. Inscrivez le premier ci-dessous.
container-views = Quels meubles
container-view-all = Tous
container-view-filled = Avec des exemplaires
container-view-empty = Sans exemplaires
container-name = Nom
container-name-hint = Ce qui est écrit sur sa porte.
container-place = Emplacement
container-place-hint = Bâtiment, pièce : pour que quelqu’un qui n’y est jamais allé le trouve.
container-approved = Peut contenir
container-copies = Exemplaires
container-new = Inscrire un meuble
container-anything = Tout
container-anything-risk = Sans limite : des exemplaires de tout marquage peuvent y être rangés. Seulement s’il est agréé pour le niveau le plus élevé.
container-up-to = Rien au-dessus de ce qui est indiqué ci-dessous
container-also = { $policy } : aussi les documents marqués

# Ce que chacun détient.
holdings-title = Mes exemplaires
holdings-total = { $n ->
    [0] Vous ne répondez d’aucun exemplaire
    [one] Vous répondez de { $n } exemplaire
   *[other] Vous répondez de { $n } exemplaires
}
holdings-due = En attente de votre récépissé
holdings-due-text = Comparez chaque exemplaire avec le papier devant vous : numéro, référence, pages. Signez ensuite.
holdings-receipt = { $receipt } – { $registry }
holdings-waits = Attend votre récépissé
holdings-held = Ce dont vous répondez
holdings-held-of = Exemplaires dont vous répondez : { $registry }
holdings-held-text = Dans l’ordre des numéros, sauf autre tri. Un exemplaire en route reste à votre charge jusqu’à ce que son récépissé soit donné.
holdings-caption = Exemplaires dont vous répondez
holdings-none = Vous ne répondez d’aucun exemplaire
holdings-none-would = Les exemplaires numérotés que le bureau d’ordre vous remet figureraient ici dès que vous avez signé, avec de quoi les rapporter ou les transmettre.
holdings-bring-back = Rapporter au bureau d’ordre
holdings-hand-on = Transmettre à …
holdings-choose-first = Aucun exemplaire n’est choisi. Cochez ceux que vous voulez, puis dites ce qu’il faut en faire.
holdings-hand-title = Transmettre des exemplaires
holdings-hand-text = Celui à qui vous les transmettez signe le récépissé. Jusque-là, vous en répondez.
holdings-person = À qui
holdings-person-hint = L’identifiant, ou le nom entier.
holdings-hand-go = Transmettre

done-receipt-signed = Votre récépissé est donné. Vous répondez maintenant des exemplaires.
done-receipt-signed-but = Votre récépissé est donné pour les exemplaires conformes. Pour les autres, un incident est ouvert au bureau d’ordre.
done-receipt-recorded = Le récépissé est inscrit.
done-receipt-recorded-but = Le récépissé est inscrit pour les exemplaires arrivés. Pour les autres, un incident est ouvert.
done-receipt-traced = Le rappel du récépissé est inscrit.
done-destruction-signed = Votre signature figure sur le procès-verbal.
done-destruction-whole = Le procès-verbal est signé par tous. Les exemplaires sont détruits dans les livres.
done-destruction-withdrawn = Le procès-verbal est retiré.
done-incident-followed = C’est inscrit.
done-incident-closed = L’incident est clos.
done-container-furnished = Le meuble est inscrit.
done-holdings-brought = Les exemplaires sont en route vers le bureau d’ordre. Ils restent à votre charge jusqu’à ce qu’il ait donné son récépissé.
done-holdings-handed = Les exemplaires sont en route. Ils restent à votre charge jusqu’à ce que le récépissé soit donné.
