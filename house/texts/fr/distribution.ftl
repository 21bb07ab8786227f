# Documents diffusés en une fois, et ce que les détenteurs ont à faire de leurs exemplaires.

book-distributions = Diffusions
book-distributions-title = Diffusions
book-distributions-text = À qui des documents ont été remis, pour action ou pour information, en exemplaire ou à lire ici.
book-distributions-caption = Diffusions du bureau d’ordre
book-distributions-none = Aucune diffusion de ce genre
book-distributions-would = Les documents diffusés figureraient ici jusqu’à ce que chacun les ait lus et que chaque récépissé soit revenu.
book-distributions-enter = Diffuser un document
book-distributions-enter-text = Nommez le document. Son propre formulaire demande ensuite à qui il est remis, et comment.
book-distributions-one = Diffusion { $number }
book-distributions-card = La diffusion
book-distributions-rules = Une diffusion est en cours jusqu’à ce que chaque ligne électronique soit lue et chaque récépissé revenu. Elle n’ouvre un document à personne : qui le lit ici peut le lire de toute façon.
book-instructions = Instructions
book-instructions-title = Instructions aux détenteurs
book-instructions-text = Ce que les détenteurs ont à faire de leurs exemplaires : les marquer de nouveau, les renvoyer, les mettre à jour.
book-instructions-caption = Instructions du bureau d’ordre
book-instructions-none = Aucune instruction de ce genre
book-instructions-would = Les instructions figureraient ici jusqu’à ce que chaque exemplaire soit traité. Un nouveau marquage écrit la sienne.
book-instructions-enter = Prévenir les détenteurs
book-instructions-enter-text = Elle va à quiconque répond maintenant d’un exemplaire du document. Quand le marquage d’une entrée est corrigé, ses détenteurs sont prévenus sans cela.
book-instructions-one = Instruction { $number }
book-instructions-card = L’instruction
book-instructions-rules = Chaque détenteur dit de ses exemplaires que c’est fait ; le personnel le dit de tous, et de ceux qui sont ailleurs par la lettre qui l’atteste. Ce qui est détruit, sorti du registre ou manquant ne demande rien. Ce qui est rappelé est fait quand c’est revenu.
book-awaits-current = Attendu
book-awaits-done = Fait
book-awaits-ended = Clos
book-alert-unread = Pas lu
book-alert-not-posted = Pas exécuté
book-paper = Document
book-paper-hint = Sa référence, de quelque façon qu’on l’écrive.
book-given-to = Destinataires
book-read-by = Lu
book-unread = Pas lu
book-out = Récépissés attendus
book-told = À faire
book-told-regrade = Marquer de nouveau
book-told-recall = Renvoyer
book-told-amend = Mettre à jour
book-serial-of = Numéro du rectificatif
book-serial-of-head = Numéro
book-insert = Pages à insérer
book-destroy-pages = Pages à détruire
book-authority = Autorité
book-authority-hint = Qui l’a ordonné, avec la référence de la lettre.
book-told-copies = Exemplaires
book-to-post = Restent à faire
book-todo = Ce qu’il faut faire
book-regrade-todo = Barrez l’ancien marquage et inscrivez celui que le document porte maintenant, avec l’autorité et la date.
book-regrade-leaves = Barrez l’ancien marquage et inscrivez celui que le document porte maintenant, avec l’autorité et la date. Les documents de ce marquage n’ont pas d’exemplaires numérotés : le bureau d’ordre sort chaque exemplaire du registre quand c’est fait.
book-amendment = Le rectificatif
book-amendment-text = Seulement si les exemplaires sont à mettre à jour.
book-post-copies = Exemplaires avec lesquels c’est fait
book-posted-on = Fait le
book-end-which = Lignes
book-do-post = Dire que c’est fait
book-do-post-text = Pour les exemplaires qui sont ailleurs, nommez dans les remarques la lettre qui l’atteste.
book-do-end-lines = Clore des lignes
book-do-end-lines-text = On n’en attend plus rien. Dites pourquoi.
book-do-read = Je l’ai lu
book-was-read = Lu par { $name }
book-was-post = Exécutée sur des exemplaires
book-was-post-on = { $what }, { $item } : exécuté
book-was-end-lines = Lignes closes
book-given-on = Remis le
book-unread-days = { $n ->
    [0] depuis aujourd’hui
    [one] depuis { $n } jour
   *[other] depuis { $n } jours
}
book-doing-open = À faire
book-doing-posted = Fait
book-doing-back = Revenu
book-doing-nothing = Ne demande rien

distribute-title = Diffuser
distribute-text = Tout est décidé avant que rien ne soit écrit : qui ne peut avoir le document aujourd’hui est nommé auprès de sa ligne, et rien n’est envoyé.
distribute-go = Diffuser
distribute-more = Davantage de lignes
distribute-lines = Destinataires
distribute-bearer-hint = Qui porte les exemplaires, s’il y a quelqu’un.
distribute-list = Liste de diffusion
distribute-nobody = Ces lignes de la liste ne désignent personne aujourd’hui et sont laissées de côté : { $which }.
distribute-list-hint = Ses lignes s’ajoutent ci-dessous ; on peut ensuite les changer.
distribute-fill = Ajouter ses lignes
distribute-free = Exemplaires libres : { $numbers }. Là où aucun numéro n’est donné, le suivant part.
distribute-free-none = Aucun exemplaire de ce document n’est libre : on peut le donner à lire ici.
distribute-line = Ligne { $n } : { $part }
distribute-n = Ligne
distribute-is = Qui
distribute-is-person = Personne
distribute-is-registry = Bureau d’ordre
distribute-is-elsewhere = Ailleurs
distribute-to = À
distribute-purpose = Pour
distribute-purpose-action = Action
distribute-purpose-information = Information
distribute-by = Comment
distribute-by-copy = Par exemplaire
distribute-by-electronic = À lire ici
distribute-copy = Exemplaire
distribute-read = Lu
distribute-unread = Pas lu
distribute-ended = Clos
distribute-out = Récépissé attendu
distribute-received = Récépissé revenu
done-distributed = Le document est diffusé.

holdings-read = À lire par vous
holdings-read-text = Des documents vous ont été remis à lire ici. Ouvrez chacun, puis dites que vous l’avez lu.
holdings-told = À faire de vos exemplaires
holdings-told-one = { $what } : { $paper }
holdings-told-recall = Rapportez-les au bureau d’ordre : choisissez-les ci-dessous.
holdings-post-regrade = Marqué de nouveau
holdings-post-amend = Mis à jour
holdings-post-all = { $n ->
    [one] Fait
   *[other] Fait pour les { $n }
}
done-holdings-was-read = Il est écrit que vous l’avez lu.
done-holdings-was-posted = Il est écrit que c’est fait.
desk-given = Pour vous
desk-told = { $n ->
    [one] Un de vos exemplaires demande quelque chose
   *[other] { $n } de vos exemplaires demandent quelque chose
}
copies-instructions = Instructions sur cet exemplaire
copies-instruction-release = Le document porte un marquage sans exemplaires numérotés : cet exemplaire peut être sorti du registre.

refusal-electronic-person = Seule une personne de la maison peut recevoir un document à lire ici.
refusal-electronic-person-remedy = Choisissez une personne, ou envoyez un exemplaire.
refusal-reader-not-admitted = { $name } ne peut pas ouvrir ce document aujourd’hui.
refusal-reader-not-admitted-remedy = La page du document dit pourquoi quelqu’un ne peut pas le lire. Ôtez la ligne, ou faites d’abord donner l’habilitation.
refusal-no-free-copy = Aucun exemplaire de ce document n’est libre.
refusal-no-free-copy-remedy = Faites-en faire ou rapporter un autre, ou donnez le document à lire ici.
refusal-no-holders = Personne ne répond d’un exemplaire de ce document.
refusal-no-holders-remedy = Il n’y a personne à prévenir. Vérifiez que vous avez nommé le bon document.
refusal-not-to-post = L’exemplaire { $copy } n’attend pas cela.
refusal-not-to-post-remedy = C’est fait pour lui, il ne figure sur aucune instruction de ce genre, ou il n’y a plus rien à en faire.
refusal-recall-returns = L’exemplaire { $copy } est rappelé : c’est fait quand il est revenu.
refusal-recall-returns-remedy = Rapportez-le au bureau d’ordre, qui le reprend.
refusal-letter-needed = L’exemplaire { $copy } est ailleurs : son détenteur dit par lettre que c’est fait.
refusal-letter-needed-remedy = Nommez la lettre dans les remarques.
refusal-paper-unknown = Aucun document de ce bureau d’ordre, ou plus d’un, ne s’appelle { $paper }.
refusal-paper-unknown-remedy = Donnez la référence entière, comme le registre la montre.
