# Références, séries et leurs numéros, et ce que les documents sont les uns aux autres.

refusal-series-unusable = Ces séries ne peuvent pas servir : { $why }
refusal-series-unusable-remedy = Corrigez ce qui est indiqué, ou choisissez un autre code, puis envoyez de nouveau.
refusal-series-unknown = Aucune série n’écrit « { $series } » ici.
refusal-series-unknown-remedy = Vérifiez l’orthographe dans la liste des séries.
refusal-series-elsewhere = Les numéros de { $series } ne sont pas attribués par ce bureau d’ordre.
refusal-series-elsewhere-remedy = Choisissez une série qui lui est confiée, ou adressez-vous au bureau d’ordre qui numérote celle-ci.
refusal-series-not-in-force = La série { $series } n’est pas en vigueur aujourd’hui.
refusal-series-not-in-force-remedy = Choisissez la série qui l’a remplacée.
refusal-count-closed = Ce compte de { $series } est clos : il ne donne plus de numéros.
refusal-count-closed-remedy = Utilisez le compte de cette année, ou un numéro réservé avant la clôture.
refusal-count-begun = Ce compte de { $series } a déjà commencé.
refusal-count-begun-remedy = Son premier numéro ne peut plus changer. Voyez dans l’état de continuité les numéros attribués.
refusal-number-at-signature = Les documents de { $series } prennent leur numéro à la signature ; aucun n’est réservé pour un projet.
refusal-number-at-signature-remedy = Enregistrez le document signé : il reçoit alors son numéro.
refusal-number-taken = Un document porte ce numéro.
refusal-number-taken-remedy = Cherchez le document par sa référence. Un numéro utilisé ne peut pas être annulé.
refusal-number-void = Ce numéro a été annulé.
refusal-number-void-remedy = Prenez-en un autre : un numéro annulé n’est jamais attribué de nouveau.
refusal-number-never-given = Ce numéro n’est pas encore atteint.
refusal-number-never-given-remedy = Seuls les numéros réservés ou sautés peuvent être annulés.
refusal-number-range = { $series } ne comporte pas ce numéro.
refusal-number-range-remedy = Donnez un numéro que ses références peuvent porter.
refusal-no-reservation = Plus aucun numéro n’est réservé sous ce nom.
refusal-no-reservation-remedy = Il a peut-être été attribué à un autre document ou annulé. Prenez le numéro suivant.

rail-series = Séries

tie-title = Documents liés
tie-replaced = Un autre document a remplacé celui-ci :
tie-amended = À lire avec :
tie-supersedes = Remplace
tie-supersedes-this = Remplacé par
tie-revision-of = Révision de
tie-revision-of-this = Révisé par
tie-final-of = Texte définitif de
tie-final-of-this = Texte définitif :
tie-corrigendum-to = Rectificatif à
tie-corrigendum-to-this = Rectificatif :
tie-addendum-to = Additif à
tie-addendum-to-this = Additif :
tie-draft-of = Projet de
tie-draft-of-this = Projet :
tie-action-sheet-of = Feuille de décision sur
tie-action-sheet-of-this = Feuille de décision :
tie-translation-of = Version dans une autre langue de
tie-translation-of-this = Autre langue :
tie-release-variant-of = Version de diffusion de
tie-release-variant-of-this = Version de diffusion :
tie-reply-to = Répond à
tie-reply-to-this = Réponse :
tie-enclosure-to = Accompagne
tie-enclosure-to-this = Joint :
tie-see-also = Voir aussi
tie-see-also-this = Mentionné par
cites-title = Cités ici
cites-more = { $n ->
    [one] et { $n } autre référence dans le texte
   *[other] et { $n } autres références dans le texte
}
cited-by-title = Cité par
cited-by-all = Tous les documents qui le citent

series-title = Séries de références
series-text = Elles permettent de lire une référence quelle que soit sa graphie, et de relier les documents qui se citent.
series-caption = Séries
series-code = Série
series-name = Nom
series-forms = Forme
series-owner = Documents de
series-numbered-by = Numérotée par
series-foreign = ailleurs
series-nobody = personne ici
series-filter = Code, nom ou organe
series-none = Aucune série de ce nom
series-none-would = Essayez avec moins de lettres, ou parcourez toute la liste.
series-report-title = Continuité de { $series }
series-report-by = attribution des numéros : { $registry }
series-whole = Chaque numéro est justifié
series-faults = { $n ->
    [one] { $n } anomalie
   *[other] { $n } anomalies
}
series-states = Numéros par état
series-state-all = Tous
series-state-given = Attribué
series-state-kept = Réservé
series-state-void = Annulé
series-state-gap = Lacune
series-state-twice = Sur plusieurs documents
series-state-without-paper = Attribué, sans document
series-state-void-in-use = Annulé, mais utilisé
series-state-never-given = Numéroté auparavant
series-numbers = Numéros et leur état
series-no-numbers = Aucun numéro dans cet état
series-no-numbers-would = Ici figurent les numéros attribués, réservés ou annulés, les plus récents d’abord, avec les lacunes et les numéros portés par plusieurs documents.
series-words = Objet ou motif
series-paper-column = Document
series-since = Depuis
series-counter = Compte
series-first = Premier
series-last = Dernier
series-keep = Réserver le numéro suivant
series-at-signature = Les documents de cette série prennent leur numéro à la signature. Enregistrez le document signé : il reçoit alors le numéro suivant.
series-body = Comité
series-sub-body = Sous-comité
series-paper = Type de document
series-division = Division
series-purpose = Objet
series-purpose-hint = Lu par tous ceux qui attribuent des numéros ici : n’y mettez rien de classifié.
series-void = Annuler un numéro
series-void-hint = Un numéro réservé, ou une lacune : MCM-0042-2026
series-reference = Référence
series-reason = Motif
series-counts = Comptes
series-count-used = { $n ->
    [one] { $n } numéro sur un document
   *[other] { $n } numéros sur des documents
}
series-closed = clos
series-close = Clore les années précédentes
series-close-text = Plus aucun numéro d’une année précédente n’est alors attribué. Les numéros réservés restent utilisables ou annulables.
series-kept-as = { $reference } est réservé. Choisissez-le à l’enregistrement du document.
done-struck-out = Le numéro est annulé.
done-counts-closed = Les comptes des années précédentes sont clos.
form-number = Numéro de série
form-number-hint = Attribué à l’enregistrement : un numéro réservé, ou le suivant
form-number-next = Le suivant de { $series }
form-number-parts = Division, comité, type de document

refusal-series-in-use = Des numéros de { $series } ont déjà été attribués : la série reste à son bureau d’ordre et continue de compter comme avant.
refusal-series-in-use-remedy = Ouvrez une nouvelle série à côté et clôturez celle-ci.
