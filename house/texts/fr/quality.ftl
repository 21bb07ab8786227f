# La qualité du registre.
rail-quality = Qualité
quality-title = Qualité du registre
quality-summary = { $n ->
    [one] { $n } document, complet à { $share }
   *[other] { $n } documents, complets à { $share }
}
quality-yours = Seuls les documents que vous pouvez lire sont comptés ; les chiffres sont calculés à l’instant.
quality-percent = { $whole },{ $tenth } %
quality-rules = Règles
quality-rule = Règle
quality-matters = Importance
quality-required = Exigé
quality-wanted = Souhaité
quality-advice = Conseil
quality-asked = Concerne
quality-broken = Enfreinte par
quality-good = En ordre
quality-papers = { $n ->
    [one] { $n } document : { $rule }
   *[other] { $n } documents : { $rule }
}
quality-by = Par
quality-by-registry = Bureau d’ordre
quality-by-originator = Auteur
quality-by-division = Division
quality-by-month = Mois d’enregistrement
quality-documents = Documents
quality-complete = Complet
quality-nobody = Aucun auteur
quality-no-division = Aucune division
quality-chart = Complétude par mois d’enregistrement
quality-chart-says = De { $first } en { $from } à { $last } en { $to }. Le tableau ci-dessous donne chaque mois.
quality-none = Il n’y a rien à compter
quality-none-would = Les documents que vous pouvez lire seraient comptés ici.
quality-kept = Aucun document n’enfreint cette règle
quality-kept-would = Les documents que vous pouvez lire et qui enfreignent la règle se trouveraient ici, chacun avec le moyen de le corriger.
quality-correct = Corriger
quality-nothing = Rien ne manque.
quality-of-paper = Complétude
