"""The preposition of a commune is the one its people use."""

import pytest

from benchmarks.folders.departments import DEPARTMENTS, LARGE
from benchmarks.folders.place_names import of_place


@pytest.mark.parametrize(
    "said",
    ["de Laval", "de Châteaubriant", "de La Flèche", "de L’Île-Bouchard", "du Horps", "du Mans Nord", "des Herbiers",
     "des Sables-d’Olonne", "d’Ancenis", "d’Évron", "d’Ernée", "d’Angers (SMUGA 49)", "d’Ussé", "d’Œting", "d’Yvré", "d’Oudon",
     "d’Herbignac", "d’Héric", "d’Hénin-Beaumont", "de Hirel", "de Houilles", "de Haute-Goulaine", "de Ouistreham",
     "de Lesneven", "de Lessay", "de Saint-Herblain"],
)  # fmt: skip
def test_a_commune_is_said_with_its_preposition(said: str) -> None:
    name = {"du": "Le", "des": "Les"}
    first, _, rest = said.partition(" ")
    written = f"{name[first]} {rest}" if first in name else said.removeprefix("d’").removeprefix("de ")
    assert of_place(written) == said


def test_no_place_of_the_folders_is_said_with_de_before_a_vowel_or_an_article_that_contracts() -> None:
    for department in (*DEPARTMENTS.values(), *LARGE.values()):
        for place in department.places:
            assert not of_place(place.town).startswith(
                ("de Le ", "de Les ", "de A", "de E", "de É", "de I", "de O", "de U")
            )
