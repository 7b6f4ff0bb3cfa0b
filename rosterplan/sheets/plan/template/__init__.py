"""What `new` writes for a first planning of each kind, one file per kind; TEMPLATES is the table of contents.

Names of doctors are « EXEMPLE … »; their RPPS numbers are left empty. `solve` accepts each example as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from rosterplan.domain.instance import Kind, Period
from rosterplan.messages import say
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template import pdsa, pdses, pediatrie, regulation, snp
from rosterplan.sheets.plan.template.common import next_quarter
from rosterplan.sheets.plan.template.pdsa import pdsa_rules

__all__ = ("KINDS_WITH_TEMPLATE", "TEMPLATES", "next_period", "next_quarter", "pdsa_rules", "read_me", "template")


@dataclass(frozen=True)
class Template:
    """The example of a kind, and what to change in it, in order, to make it one's own."""

    content: Callable[[str, Period], PlanContent]
    own: Callable[[], tuple[str, ...]]
    title: Callable[[], str]
    period: Callable[[date], Period] = next_quarter


TEMPLATES: Final[Mapping[Kind, Template]] = {
    "pdsa": Template(pdsa.content, pdsa.own, lambda: say(fr="garde d’un secteur (PDSA)", en="guards of a sector (PDSA)")),
    "pdses": Template(pdses.content, pdses.own,
                      lambda: say(fr="ligne partagée entre établissements (PDSES)", en="line shared by hospitals (PDSES)")),
    "pediatrie": Template(pediatrie.content, pediatrie.own,
                          lambda: say(fr="astreinte de pédiatrie d’une saison", en="paediatric astreinte of a season"),
                          pediatrie.next_season),
    "regulation": Template(regulation.content, regulation.own,
                           lambda: say(fr="régulation libérale", en="regulation by general practitioners")),
    "snp": Template(snp.content, snp.own,
                    lambda: say(fr="agenda partagé de soins non programmés (SNP)", en="shared agenda of unscheduled care (SNP)")),
}  # fmt: skip

KINDS_WITH_TEMPLATE: Final[tuple[Kind, ...]] = tuple(TEMPLATES)


def template(kind: Kind, identifier: str, period: Period) -> PlanContent:
    """The example plan of a kind for a period.

    Raises:
        KeyError: this kind has no template.
    """
    return TEMPLATES[kind].content(identifier, period)


def next_period(kind: Kind, today: date) -> Period:
    """The period of a kind whose forms are due next.

    Raises:
        KeyError: this kind has no template.
    """
    return TEMPLATES[kind].period(today)


def read_me(kind: Kind, identifier: str) -> str:
    """The README of a new folder: about ten lines on making the example one's own.

    Raises:
        KeyError: this kind has no template.
    """
    chosen = TEMPLATES[kind]
    last = (
        say(fr="Feuille Plan, « Sans réponse » : « disponible » permet de calculer l’exemple tel quel ; écrivez « à relancer » avant d’envoyer vos formulaires.",
            en="Sheet Plan, “Sans réponse”: “disponible” lets the example be computed as it stands; write “à relancer” before sending your forms."),
        say(fr=f"Vérifiez : rosterplan vérifier {identifier}. Calculez : rosterplan calculer {identifier}.",
            en=f"Check: rosterplan check {identifier}. Plan: rosterplan solve {identifier}."),
    )  # fmt: skip
    head = say(
        fr=f"{identifier} : {chosen.title()}.\nTout est dans plan.xlsx ; l’exemple se calcule tel quel.",
        en=f"{identifier}: {chosen.title()}.\nAll is in plan.xlsx; the example can be computed as it stands.",
    )
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate((*chosen.own(), *last), 1))
    return f"{head}\n\n{steps}\n"
