"""The sentences hospital rules say: what a doctor reads, in French, exactly; and what they foresee."""

import pytest

from rosterplan.domain.rulebook import Scope, soft
from rosterplan.rules.average_hours import AverageHours
from rosterplan.rules.equal_rest import EqualRest
from rosterplan.rules.house_quota import HouseQuota
from rosterplan.rules.max_delay import MaxDelay
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.one_of_each import OneOfEach
from rosterplan.rules.rest_after_night import RestAfterNight


@pytest.mark.parametrize(("rule", "words"), [
    (EqualRest(scope=Scope(statuses=("PH",))),
     "Après plus de 13 heures d’affilée, le repos dure autant que le service, 24 heures au plus (statut PH)."),
    (AverageHours(),
     "Au plus 48 heures de travail par semaine en moyenne sur 4 mois, gardes comprises, au prorata du temps partiel, "
     "sauf accord du médecin."),
    (AverageHours(months=3, astreinte_percent=20, scope=Scope(statuses=("interne",))),
     "Au plus 48 heures de travail par semaine en moyenne sur 3 mois, gardes et 20 % des astreintes comprises, au prorata du temps "
     "partiel, sauf accord du médecin (statut interne)."),
    (HouseQuota(parts={"CH": 50, "CL": 50}),
     "Chaque établissement tient sa part de chaque catégorie, à 1 garde près : CH 50,00 et CL 50,00. La répartition est juste dans "
     "chaque établissement."),
    (HouseQuota(in_house=0.5, tolerance=2, scope=Scope(lines=("ORL",))),
     "Chaque établissement tient sa part de chaque catégorie, à 2 gardes près : selon les équivalents temps plein (ligne ORL). La "
     "répartition est juste à 50,00 % dans chaque établissement, le reste sur toute l’équipe."),
    (HouseQuota(parts={"CH": 50, "CL": 50}, swaps_in_house=True),
     "Chaque établissement tient sa part de chaque catégorie, à 1 garde près : CH 50,00 et CL 50,00. La répartition est juste dans "
     "chaque établissement. Les échanges se font entre médecins d’un même établissement."),
    (OneOfEach(scope=Scope(lines=("BLOC", "MATERNITE"))),
     "Le même jour, un établissement ne tient pas plus de 1 garde (lignes BLOC et MATERNITE)."),
    (MaxDelay(minutes=45), "Un médecin d’astreinte rejoint le lieu de la garde en 45 minutes au plus."),
    (NoOverlap(lines_together=(("A", "B"),)),
     "Un médecin ne tient jamais deux gardes en même temps, sauf deux astreintes que la convention réunit : A + B."),
    (RestAfterNight(hours=6, bands=(), modalities=("astreinte",), lines=("CARDIO",), strength=soft("comfort", 3)),
     "Si possible, au moins 6 heures de repos après une garde de nuit (qui finit après 0 h et au plus tard à 9 h ; astreinte ; lignes "
     "CARDIO)."),
], ids=lambda value: getattr(value, "code", ""))  # fmt: skip
def test_the_rule_says_what_it_holds(rule, words):
    assert rule.words() == words
    assert rule.source or type(rule).law
