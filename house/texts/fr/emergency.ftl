# La liste d’urgence.

copies-part-emergency = Urgence
emergency-title = Liste d’urgence
emergency-text = Ce qui est emporté ou détruit en premier, lieu par lieu. À imprimer et à déposer là où on la trouve quand ce système n’est pas là.
emergency-caption = Ce qui part en premier
emergency-none = Aucun exemplaire n’est entre les mains de ce bureau d’ordre : rien à emporter.
emergency-priority = Ordre
emergency-place = Lieu
emergency-holder = Meuble ou détenteur
emergency-log = Registre
emergency-logs = Registres et exemplaires
emergency-copies = Exemplaires
emergency-last = en dernier
emergency-elsewhere = Pas dans un meuble
