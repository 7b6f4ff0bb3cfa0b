"""The French catalogue: help of the command line. Same keys as ``en.py``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEXTS: Final[Mapping[str, str]] = MappingProxyType({
    "program.help": "Prépare le tableau de garde d'un trimestre à partir d'un dossier : un classeur plan.xlsx et les "
    "disponibilités rendues par les médecins. Le tableau est réparti justement, calculé avec ses preuves, puis contrôlé à part.",
    "program.more": "Sans commande, rosterplan montre où en est le dossier courant : ce qui est fait, en retard, à faire. "
    "L'aide d'une commande : rosterplan solve --help",
    "option.help": "Montrer cette aide.",
    "option.version": "Dire la version.",
    "option.json": "Répondre en JSON sur la sortie standard, pour un autre programme.",
    "option.lang": "Langue des messages et des fichiers : français (fr) ou anglais (en).",
    "option.quiet": "Ne dire que les erreurs.",
    "option.seed": "Graine du tirage au sort ; même graine, mêmes fichiers : même tableau. Par défaut 1.",
    "option.out": "Dossier où écrire. Par défaut reports/ suivi du nom du dossier.",
    "option.today": "Date du jour pour les échéances, par exemple 2027-01-31. Par défaut celle de l'ordinateur.",
    "option.crash_report": "En cas de panne de rosterplan, écrire ce qu'il faut pour la réparer dans ce fichier.",
    "option.kind": "Modèle de dossier.",
    "option.quarter": "Trimestre à planifier, par exemple 2027T2. Par défaut le premier qui laisse 90 jours.",
    "option.sans": "Mettre de côté ce fichier de réponses (son nom dans disponibilites/). Peut se répéter.",
    "option.effort": "Effort de calcul ; 1, par défaut, suffit à un département. Le même effort donne le même tableau.",
    "option.time_limit": "S'arrêter au plus tard après tant de secondes, avec le meilleur tableau trouvé.",
    "option.workers": "Nombre de processeurs employés ; ne change pas le tableau. Par défaut tous.",
    "option.from": "Repartir de ce tableau.xlsx corrigé à la main : les cases changées ou verrouillées restent.",
    "option.complete": "Avec --from : ne remplir que les cases vides, tout le reste demeure.",
    "option.only": "Ne recalculer que ce secteur, le reste demeure. Peut se répéter.",
    "option.progress": "Écrire l'avancement en lignes JSON sur la sortie d'erreur.",
    "option.roster": "Tableau à contrôler : roster.json ou tableau.xlsx. Par défaut le dernier écrit.",
    "argument.folder": "Dossier du trimestre (ou un fichier instance.json). Par défaut le dossier courant s'il contient plan.xlsx.",
    "argument.new": "Dossier à créer.",
    "argument.copy": "Dossier où copier l'exemple. Par défaut demo-53-pdsa.",
    "argument.schema": "instance ou roster. Par défaut instance.",
    "metavar.folder": "DOSSIER",
    "metavar.file": "FICHIER",
    "metavar.out": "DOSSIER",
    "metavar.date": "DATE",
    "metavar.kind": "MODÈLE",
    "metavar.quarter": "TRIMESTRE",
    "metavar.seconds": "SECONDES",
    "metavar.sector": "SECTEUR",
    "metavar.document": "DOCUMENT",
    "new.alias": "nouveau",
    "new.short": "Créer un dossier de trimestre prêt à remplir.",
    "new.help": "Crée un dossier de trimestre : le classeur plan.xlsx à remplir et le dossier disponibilites/ où ranger les réponses.",
    "new.example": "rosterplan new garde-2027T2 --kind pdsa --quarter 2027T2",
    "forms.alias": "formulaires",
    "forms.short": "Écrire les formulaires de disponibilité à envoyer aux médecins.",
    "forms.help": "Écrit un formulaire de disponibilité par médecin, une feuille papier et une grille par secteur. "
    "Les formulaires rendus se rangent dans disponibilites/.",
    "forms.example": "rosterplan forms garde-2027T2",
    "check.alias": "vérifier",
    "check.short": "Signaler toutes les anomalies des fichiers, et ce qui manquera.",
    "check.help": "Lit tout le dossier et signale toutes les anomalies à la fois : fichier, feuille, case, ce qui est trouvé, ce qui "
    "est attendu, comment corriger. Écrit aussi ce qui a été compris de chaque médecin, les relances à envoyer et les "
    "manques prévisibles. Ne modifie aucun de vos fichiers.",
    "check.example": "rosterplan check garde-2027T2",
    "solve.alias": "calculer",
    "solve.short": "Calculer le tableau de garde.",
    "solve.help": "Calcule le tableau : une première version complète en quelques secondes, puis de meilleures. S'arrête seul ; "
    "Ctrl-C garde le meilleur. Écrit tableau.xlsx, roster.json, rapport-de-calcul.json et journal.jsonl, tous ou aucun.",
    "solve.example": "rosterplan solve garde-2027T2\n\nrosterplan solve garde-2027T2 --from reports/garde-2027T2/tableau.xlsx",
    "audit.alias": "contrôler",
    "audit.short": "Contrôler un tableau, calculé ou corrigé à la main.",
    "audit.help": "Vérifie un tableau règle par règle, sans rien reprendre du calcul : le nôtre ou un classeur corrigé à la main.",
    "audit.example": "rosterplan audit garde-2027T2 --roster tableau.xlsx",
    "rules.alias": "règles",
    "rules.short": "Dire les règles d'un dossier en phrases, avec leur source.",
    "rules.help": "Dit chaque règle d'un dossier en une phrase, avec sa source. Sans dossier, la liste des règles qui existent.",
    "rules.example": "rosterplan rules garde-2027T2",
    "export.alias": "exporter",
    "export.short": "Écrire tout le dossier en un seul instance.json.",
    "export.help": "Écrit tout ce que le dossier contient en un seul fichier instance.json, que chaque commande accepte à la place "
    "du dossier. Avec --json, sur la sortie standard.",
    "export.example": "rosterplan export garde-2027T2 --json > instance.json",
    "schema.alias": "schéma",
    "schema.short": "Décrire instance.json ou roster.json pour un autre programme.",
    "schema.help": "Écrit sur la sortie standard le schéma JSON (JSON Schema) d'instance.json ou de roster.json.",
    "schema.example": "rosterplan schema roster",
    "demo.alias": "démo",
    "demo.short": "Planifier un département d'exemple et montrer où est le classeur.",
    "demo.help": "Copie un département d'exemple (noms inventés), calcule son tableau de garde et dit où est le classeur.",
    "demo.example": "rosterplan demo",
})  # fmt: skip
