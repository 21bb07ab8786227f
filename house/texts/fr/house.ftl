# The house: what the administrator keeps. Keys begin with house-.

rail-house = Maison

house-title = La maison
house-text = Ce sur quoi tout le reste repose. Chaque changement est une écriture du journal de la maison, au nom de son auteur.
house-code = Code
house-name = Nom
house-name-en = Nom en anglais
house-name-fr = Nom en français
house-kept-by = Tenu par
house-above = Bureau d’ordre supérieur
house-may-hold = Peut détenir
house-version = Version
house-levels = Niveaux
house-holds-anything = Tout
house-holds-anything-risk = Sans plafond : un contenu de n’importe quel marquage y est conservé. À réserver à une installation homologuée au plus haut niveau.
house-holds-up-to = Rien au-dessus de ce qui est indiqué ci-dessous
house-holds-nothing = Rien de cette politique
house-its-own = { $registry }, la sienne
house-entrust = Confier à un bureau d’ordre

house-registries-title = Bureaux d’ordre
house-registries-text = Chacun a son journal, ses numéros et ses clés. Ce qui est marqué au-dessus de son plafond est enregistré sans contenu.
house-registries-none = Aucun bureau d’ordre
house-registries-would = Le premier est ouvert à la fondation de l’installation.
house-open-registry = Ouvrir un bureau d’ordre
house-registry-explained = Ses références commencent par son code, qui ne change jamais.
house-change-registry = Modifier ce bureau d’ordre
house-changed-explained = Ce qui est déjà conservé le reste, même au-dessus d’un plafond abaissé ; rien de plus n’y entre.
house-ceilings-hint-registry = Le plafond de chaque politique est ce pour quoi l’installation est homologuée, et non ce pour quoi une personne est habilitée. Il couvre les catégories spéciales de la politique qui peuvent être détenues.
house-ceilings-hint-changed = Le plafond de chaque politique est ce pour quoi l’installation est homologuée, et non ce pour quoi une personne est habilitée. Il couvre les catégories spéciales de la politique qui peuvent être détenues.
house-code-hint-registry = De deux à huit majuscules et chiffres : HQR
house-code-hint-body = De deux à huit majuscules et chiffres : IMS
house-code-hint-group = Minuscules, chiffres et traits d’union : air-policing

house-groups-title = Groupes du besoin d’en connaître
house-groups-text = Un document peut être réservé aux membres d’un ou de plusieurs groupes. L’appartenance est proposée sur la page de la personne, et confirmée par un second officier.
house-groups-none = Aucun groupe
house-groups-would = Sans groupe, toute personne habilitée au niveau d’un document et admise dans son bureau d’ordre peut le lire.
house-form-group = Créer un groupe
house-group-explained = Il n’a pas de membre tant que deux officiers de sécurité ne lui en ont pas donné.

house-bodies-title = Organismes
house-bodies-text = Divisions, états-majors et comités auxquels des personnes appartiennent et qui tiennent des bureaux d’ordre.
house-bodies-none = Aucun organisme
house-bodies-would = Personnes et bureaux d’ordre peuvent exister sans organisme.
house-establish-body = Créer un organisme
house-body-explained = Son code ne change pas.

house-series-title = Séries numérotées ici
house-series-text = Un seul bureau d’ordre attribue les numéros d’une série. Tant qu’aucun numéro n’est attribué, elle peut être confiée à un autre ; ensuite plus jamais, car chacun tient son propre compte.
house-series-none = Aucune série
house-series-would = Adoptez un fichier de séries, et les références seront lues d’après lui.
house-adopt-series = Adopter un fichier de séries
house-series-explained = Les références sont désormais lues d’après lui. Un fichier du même nom lui cède la place ; ce qui a été enregistré auparavant garde ce qui a été lu alors.
house-series-name = Nom du fichier
house-series-file = Ce qu’il dit
house-toml-hint-series = En TOML, comme les fichiers livrés dans house/series.
house-series-code = Code de la série
house-entrust-explained = Le bureau d’ordre en attribue désormais les numéros, à partir de 1 sauf s’il ouvre un compte à la suite de son ancien registre.

house-policies-title = Politiques de sécurité
house-policies-text = Adoptées à la fondation de l’installation.
house-policies-none = Aucune politique
house-policies-would = Une installation en a au moins une.

done-house-registry = Le bureau d’ordre est ouvert. Donnez-y leurs fonctions aux personnes, chacune sur sa page.
done-house-changed = Le bureau d’ordre est modifié.
done-house-group = Le groupe est créé. Ses membres sont proposés, chacun sur sa page.
done-house-body = L’organisme est créé.
done-house-series = Le fichier de séries est adopté.
done-house-entrust = La série est confiée.
