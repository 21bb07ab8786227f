# Les personnes : ce qui expire bientôt, ce qui change, ce qui est prolongé, et pourquoi quelqu’un peut lire ou non.

# Ce qui est proposé
person-certificate-number = Numéro du certificat
person-certificate-number-hint = Tel qu’il figure sur le certificat, s’il en a un
person-refresh-by = À renouveler avant le
person-refresh-hint = Si rien n’est indiqué, le délai de la maison s’applique
person-refresh-on = à renouveler avant le { $day }
person-reason = Motif
person-propose-extension = Proposer une prolongation
person-propose-nation = Proposer une autre nationalité
person-extended = Habilitation
person-extend = Prolonger
person-extend-choice = { $what }, jusqu’au { $until }
person-extend-until-hint = Dernier jour où l’habilitation vaut pendant son renouvellement
person-extend-authority-hint = Qui l’autorise
person-extended-until = prolongée jusqu’au { $until }
person-nation-reason-hint = Sur quelle preuve, par exemple un passeport présenté
held-extension = Prolongée jusqu’au { $until }
held-extension-short = Prolongation
held-nation = Nationalité : { $nation }
held-nation-short = Nationalité

# Ce que l’on sait d’une personne, modifié
person-change = Modifier la fiche
person-change-go = Modifier
person-change-text = Les anciennes valeurs restent au journal, avec votre motif. Une autre nationalité se propose, car elle touche à l’accès.
person-left = Dernier jour dans la maison
person-left-hint = Dès le lendemain, plus d’accès, et toutes les sessions sont fermées
person-has-left = partie le { $when }
person-leaves = part le { $when }
person-changes = Modifications
person-was-changed = Fiche modifiée
done-changed = Modifié. Les anciennes valeurs restent dans l’historique.

# Ce qui expire bientôt
ending-title = Échéances proches
ending-caption = Certificats et séances d’information qui arrivent à échéance ou sont échus
ending-total = { $n ->
    [0] Rien n’arrive bientôt à échéance.
    [one] { $n } certificat ou séance d’information arrive à échéance ou est échu.
   *[other] { $n } certificats et séances d’information arrivent à échéance ou sont échus.
}
ending-when = Échéance
ending-all = Tout
ending-ended = Échus
ending-within = { $n ->
    [one] Dans { $n } jour
   *[other] Dans { $n } jours
}
ending-what = Nature
ending-certificate = Certificat
ending-briefing = Séance d’information
ending-last = Dernier jour
ending-days = Jours restants
ending-extended = par prolongation
ending-has-ended = échu { $when }
ending-due = à renouveler { $when }
ending-was-due = devait être renouvelée { $when }
ending-none = Rien n’arrive à échéance dans les délais que la maison signale
ending-none-would = Les certificats et les séances d’information des personnes présentes apparaissent quand leur échéance approche. Ce qui a été renouvelé n’y figure pas.

# Pourquoi quelqu’un peut lire, ou non
why-title = Pourquoi vous pouvez lire ce document
why-title-may = Pourquoi { $name } peut lire ce document
why-title-may-not = Pourquoi { $name } ne peut pas lire ce document
why-more = Chaque condition
why-caption = Ce qui est demandé avant la lecture d’un document
why-test = Condition
why-found = Constat
why-needed = Il faut
why-passed = remplie
why-failed = non remplie
why-ask = Demander pour quelqu’un d’autre
why-ask-hint = Un nom, une partie du nom ou un identifiant
why-ask-go = Demander
why-which = Plusieurs personnes portent ce nom. Laquelle ?
why-nobody = Vous pouvez demander pour toute personne qui figure sur la liste.
why-known = Un marquage connu ici
why-known-failed = Les politiques de la maison ne connaissent pas tout ce marquage ; personne ne passe.
why-undetermined = Un marquage décidé
why-undetermined-passed = Le marquage n’est pas décidé ; les contrôleurs du bureau d’ordre voient le document jusque-là.
why-undetermined-failed = Le marquage n’est pas décidé ; seuls les contrôleurs du bureau d’ordre voient le document.
why-undetermined-needed = qu’un contrôleur du bureau d’ordre décide du marquage
why-ceiling = Plafond de la session
why-ceiling-passed = Le marquage est dans ce que cette session montre.
why-ceiling-failed = Le marquage dépasse ce que cette session montre.
why-ceiling-needed = une session sans ce plafond
why-existence = Contenu marqué { $category }
why-existence-failed = Seule son existence est enregistrée ; le contenu n’est montré à personne.
why-level = Niveau : { $level }
why-level-open = Ce niveau n’exige pas de certificat.
why-level-none = Aucun certificat en vigueur.
why-level-held = Certificat pour { $level }, jusqu’au { $until }.
why-level-needed = un certificat pour { $level } ou au-dessus
why-categories = Catégories : { $categories }
why-categories-passed = Le certificat, jusqu’au { $until }, y répond.
why-categories-failed = Le certificat ne mentionne pas { $categories }.
why-categories-needed = un certificat qui mentionne { $categories }
why-briefing = Séance d’information : { $subject }
why-briefing-passed = Séance d’information pour { $subject } suivie le { $on }.
why-briefing-failed = Aucune séance d’information en vigueur.
why-briefing-needed = une séance d’information pour { $subject }
why-nation = Communicable à : { $names }
why-only = Lecteurs de ces nations seulement : { $names }
why-nation-named = { $nation } est nommé en propre.
why-nation-today = { $nation } : appartient à { $name ->
        [NATO] l’OTAN
       *[other] { $name }
    }, composition à ce jour ({ $day }).
why-nation-release = { $nation } appartenait à { $name } le jour de la communication ({ $day }).
why-nation-failed = { $nation } n’en fait pas partie.
why-nation-undated = La composition de { $name } compte au jour de la communication, qui n’est pas connu.
why-nation-needed = une communication à { $nation } par l’autorité d’origine
why-group = Besoin d’en connaître : { $groups }
why-group-passed = Membre de : { $groups }.
why-group-failed = Membre d’aucun de ces groupes.
why-group-needed = l’appartenance à { $groups }
why-list-passed = Figure sur la liste d’accès.
why-list-failed = Ne figure pas sur la liste d’accès.
why-list-needed = qu’un contrôleur du bureau d’ordre ajoute le nom à la liste

# Par quoi l’on s’identifie en dehors du mot de passe
sign-in-with = S’identifier avec { $name }
prove-elsewhere = Vous vous identifiez ailleurs ? Identifiez-vous là-bas encore une fois, revenez à cette page et recommencez.
doors-title = Identification
doors-directory = Dans l’annuaire
doors-seen = Dernier usage : { $when }
doors-release = Laisser l’annuaire se porter garant à nouveau
doors-release-text = Lorsque l’annuaire a donné à cette personne un autre identifiant durable et que vous savez que c’est exact : la prochaine identification liera le nouveau. Toutes les sessions de la personne prennent fin.
doors-notices = Identifications à examiner
doors-times = { $n ->
    [one] une fois ce jour-là
   *[other] { $n } fois ce jour-là
}
doors-notice-directory-bound = L’annuaire se porte garant pour la première fois de
doors-notice-directory-changed = L’annuaire s’est porté garant d’une autre personne sous l’identifiant
doors-notice-directory-untrusted = La réponse de l’annuaire n’était pas digne de confiance
done-door-released = C’est fait. La prochaine identification comptera comme la première.
sign-in-card = S’identifier avec sa carte
person-propose-certificate = Proposer une carte à puce
person-card = Certificat de la carte
person-card-hint = Numéro de série et émetteur, exactement comme les nomme le serveur placé devant celui-ci ; les avis aux officiers de sécurité montrent une carte que personne ne détient
held-certificate = Carte à puce { $certificate }
held-certificate-short = Carte à puce
doors-notice-certificate-unknown = Une carte que personne ne détient ici a été présentée
doors-notice-code-given = Un code à usage unique a été donné pour
doors-notice-passkey-copied = Une clé d’accès a répondu comme s’il en existait deux ; l’ouverture de session a été refusée
doors-notice-certificate-other = La carte d’un autre a été présentée avec la session de

# Spécimens de signature
held-specimen = Spécimen de signature
person-propose-specimen = Proposer un spécimen de signature
person-specimen-hint = Une image de la signature donnée devant vous : PNG ou JPEG, 512 Ko au plus. Un autre officier la confirme.

# Clés d’accès
sign-in-passkey = Ouvrir avec une clé d’accès
prove-passkey = Le prouver avec une clé d’accès
passkey-title = Clés d’accès
passkey-text = Une clé d’accès se trouve dans cet ordinateur, un téléphone ou une clé de sécurité, et s’ouvre avec un doigt, un visage ou un code. Rien n’est saisi, rien ne peut être deviné ni donné.
passkey-name = Nom de la clé d’accès
passkey-name-hint = À quoi vous la reconnaîtrez : « Clé de mon trousseau », « Téléphone ».
passkey-add = Ajouter une clé d’accès
passkey-named = Elle s’appellera « { $name } ».
passkey-touch = Appuyez sur le bouton et faites ce que le navigateur demande : touchez la clé de sécurité, montrez votre doigt ou votre visage.
passkey-make = Créer la clé d’accès
passkey-no-script = Ce navigateur n’exécute pas de script ; une clé d’accès ne peut pas y être créée.
passkey-none = Aucune clé d’accès n’a répondu : l’opération a été interrompue, a pris trop de temps, ou ce navigateur n’en détient pas pour ce lieu. Réessayez, ou utilisez votre mot de passe.
passkey-not-made = Aucune clé d’accès n’a été créée : l’opération a été interrompue, a pris trop de temps, ou cet appareil en détient déjà une. Réessayez, ou avec un autre appareil.
passkey-since = ajoutée le { $when }
passkey-used = dernier usage le { $when }
passkey-never = pas encore utilisée
passkey-drop = Retirer
done-passkey-added = La clé d’accès est ajoutée. Désormais elle ouvre votre session.
done-passkey-dropped = La clé d’accès est retirée et n’ouvre plus rien.
