"""`whatif`: scenarios priced side by side with today; the folder is not touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import Plannable, plannable, rates_of, shown
from rosterplan.cli.help import TYPED
from rosterplan.cli.ledgers import LedgerFile
from rosterplan.cli.naming import doctor_named, line_named, sector_named
from rosterplan.cli.options import Common, Folder, seconds, whole_number
from rosterplan.cli.outputs import write_together
from rosterplan.cli.standing import standing_of
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.messages import language, say
from rosterplan.messages.words import listed, plural

if TYPE_CHECKING:
    from rosterplan.domain.roster import Roster
    from rosterplan.explain.scenarios import Scenario
    from rosterplan.report.scenarios_book import ScenarioColumn

Merge = Annotated[list[str], typer.Option("--merge", metavar="metavar.sectors", help="option.merge")]
Close = Annotated[list[str], typer.Option("--close", metavar="metavar.line_band", help="option.close")]
Open = Annotated[list[str], typer.Option("--open", metavar="metavar.line_band_model", help="option.open")]
Without = Annotated[list[str], typer.Option("--without", metavar="metavar.doctor", help="option.without")]
With = Annotated[list[str], typer.Option("--with", metavar="metavar.count_sector", help="option.with")]
RuleSet = Annotated[list[str], typer.Option("--rule", metavar="metavar.rule_value", help="option.rule")]
Next = Annotated[bool, typer.Option("--scenario", help="option.scenario")]
RosterFile = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.replan_roster")]
EffortUnits = Annotated[Any, typer.Option("--effort", parser=whole_number(1), metavar="N", help="option.effort")]
TimeLimit = Annotated[
    Any, typer.Option("--time-limit", parser=seconds, metavar="metavar.seconds", help="option.scenario_limit")
]
Workers = Annotated[Any, typer.Option("--workers", parser=whole_number(1), metavar="N", help="option.workers")]

WHATIF_SCHEMA = 1
SCENARIOS_FILE = "scenarios/scenarios.xlsx"
STEPS = ("--merge", "--close", "--open", "--without", "--with", "--rule")


def whatif(
    common: Common,
    ctx: typer.Context,
    folder: Folder = None,
    merge: Merge = [],  # noqa: B006 (typer's way to say « none »)
    close: Close = [],  # noqa: B006
    open_: Open = [],  # noqa: B006
    without: Without = [],  # noqa: B006
    with_: With = [],  # noqa: B006
    rule: RuleSet = [],  # noqa: B006
    scenario: Next = False,
    effort: EffortUnits = 1,
    time_limit: TimeLimit = None,
    workers: Workers = None,
    roster: RosterFile = None,
    ledger: LedgerFile = None,
) -> int:
    """Compare scenarios with today: cover, load, weekends, fairness, wishes, pay; exit 0 whatever they show."""
    given = (*merge, *close, *open_, *without, *with_, *rule)
    asked = columns_asked(ctx.meta.get(TYPED, ()))
    if not given or (scenario and not any(asked)):
        raise Refused(say(fr="Dites ce qui changerait : --merge, --close, --open, --without, --with ou --rule.",
                          en="Say what would change: --merge, --close, --open, --without, --with or --rule."))  # fmt: skip
    plan = plannable(common, folder)
    standing = standing_of(common, plan, roster, ledger)
    from rosterplan.explain.scenarios import Scenario

    wanted = [_built(Scenario(standing.instance), steps) for steps in asked if steps]
    how = {"seed": common.seed, "effort": effort, "time_limit_seconds": time_limit, "workers": workers}
    columns = [_today(plan, standing.instance, standing.roster)]
    for number, one in enumerate(wanted, 1):
        tell(
            common,
            say(fr=f"Scénario {number} : {', '.join(one.steps)}…", en=f"Scenario {number}: {', '.join(one.steps)}…"),
        )
        columns.append(_column(plan, one, standing.roster, number, how))
    raised = [rule.named for rule in plan.rules if getattr(rule, "at_least_share", False)]
    fewer = _fewer_holes_without(columns, [steps for steps in asked if steps])
    return _finish(common, plan, columns, share_remarks(raised, more=bool(with_), fewer_holes_without=fewer))


def _fewer_holes_without(columns: Sequence[ScenarioColumn], asked: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """True if a scenario that takes a doctor out leaves fewer holes than today, the first column."""
    today = columns[0].measures.unfilled
    return any(
        column.measures.unfilled < today and any(name == "--without" for name, _ in steps)
        for column, steps in zip(columns[1:], asked, strict=True)
    )


def share_remarks(raised: Sequence[str], *, more: bool, fewer_holes_without: bool) -> list[str]:
    """What caps raised to the share (``raised``: their names) do to scenarios that change who shares.

    ``more``: doctors were added; ``fewer_holes_without``: a scenario without a doctor leaves fewer holes than today.
    """
    if not raised:
        return []
    titles = list(dict.fromkeys(raised))
    named = listed([f"« {name} »" for name in titles]) if language() == "fr" else listed(titles)
    remarks = []
    if more:
        remarks.append(say(fr=f"Plafonds réglés « plancher à la part » : {named}. La part baisse quand des médecins s’ajoutent, "
                              "ces plafonds aussi : un renfort peut alors ne combler aucun trou.",
                           en=f"Caps never below the share: {named}. The share goes down as doctors are added, and these caps "
                              "with it: more doctors may then fill no hole."))  # fmt: skip
    if fewer_holes_without:
        remarks.append(say(fr=f"Moins de trous avec un médecin de moins : la part des autres monte, et avec elle les plafonds réglés « plancher à la part » ({named}). "
                              "Chacun peut alors en tenir plus ; le départ, lui, n’aide pas.",
                           en=f"Fewer holes with a doctor less: the share of the others goes up, and with it the caps never below the share ({named}). "
                              "Each may then hold more; the leaving itself helps nothing."))  # fmt: skip
    return remarks


def columns_asked(typed: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return the (option, value) of each column, in the order typed: `--scenario` starts the next one."""
    found: list[list[tuple[str, str]]] = [[]]
    place = 0
    while place < len(typed):
        name, mark, value = typed[place].partition("=")
        if name == "--scenario":
            found.append([])
        elif name in STEPS:
            if not mark:
                place += 1
                value = typed[place] if place < len(typed) else ""
            found[-1].append((name, value))
        place += 1
    return found


def _built(scenario: Scenario, steps: Sequence[tuple[str, str]]) -> Scenario:
    """Return the scenario after each step, refused in words where one makes no sense."""
    from rosterplan.explain.scenarios import NoScenario

    makers: dict[str, Callable[[Scenario, str], Scenario]] = {
        "--merge": _merge, "--close": _close, "--open": _open, "--without": _without, "--with": _with, "--rule": _rule,
    }  # fmt: skip
    for option, value in steps:
        try:
            scenario = makers[option](scenario, value)
        except NoScenario as why:
            raise Refused(f"{option} {value}{say(fr=' :', en=':')} {why}") from None
    return scenario


def _merge(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.merging import merged

    names = [sector_named(scenario.instance, part.strip()) for part in value.split(",") if part.strip()]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise Refused(say(fr=f"--merge « {value} » : nommez au moins deux secteurs différents, séparés par une virgule.",
                          en=f"--merge “{value}”: name at least two different sectors, with a comma between."))  # fmt: skip
    return merged(scenario, names)


def _close(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.scenarios import closed

    line, _, band = value.partition(":")
    return closed(scenario, line_named(scenario.instance, line), _band(scenario, band))


def _open(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.scenarios import opened

    what, _, model = value.partition("@")
    line, _, band = what.partition(":")
    known = {one.id for one in scenario.instance.lines} | {one.name.casefold() for one in scenario.instance.lines}
    target = line_named(scenario.instance, line) if line in known or line.casefold() in known else line.strip()
    if not target:
        raise Refused(
            say(
                fr=f"--open « {value} » : écrivez LIGNE, LIGNE:CATÉGORIE ou LIGNE@MODÈLE.",
                en=f"--open “{value}”: write LINE, LINE:BAND or LINE@MODEL.",
            )
        )
    return opened(scenario, target, _band(scenario, band), line_named(scenario.instance, model) if model else "")


def _band(scenario: Scenario, typed: str) -> str:
    """Return the band typed, by its code or its French word."""
    from rosterplan.messages.trade import band_word
    from rosterplan.messages.words import listed, unaccented

    if not typed:
        return ""
    bands = sorted({duty.band for duty in scenario.instance.duties})
    found = [band for band in bands if unaccented(typed.strip()) in (unaccented(band), unaccented(band_word(band)))]
    if not found:
        raise Refused(
            say(
                fr=f"Pas de catégorie « {typed} ». Catégories : {listed(bands)}.",
                en=f"No band “{typed}”. Bands: {listed(bands)}.",
            )
        )
    return found[0]


def _without(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.scenarios import without

    return without(scenario, doctor_named(scenario.instance, value))


def _with(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.scenarios import with_more

    count, mark, sector = value.partition("@")
    if not mark or not count.strip().isdigit() or not 1 <= int(count) <= 200:
        raise Refused(say(fr=f"--with « {value} » : écrivez NOMBRE@SECTEUR, de 1 à 200, par exemple 2@LAVAL.",
                          en=f"--with “{value}”: write NUMBER@SECTOR, from 1 to 200, for instance 2@LAVAL."))  # fmt: skip
    return with_more(scenario, int(count), sector_named(scenario.instance, sector))


def _rule(scenario: Scenario, value: str) -> Scenario:
    from rosterplan.explain.scenarios import ruled

    name, mark, said = value.partition("=")
    code, dot, parameter = name.strip().partition(".")
    if not mark or not dot:
        raise Refused(say(fr=f"--rule « {value} » : écrivez RÈGLE.PARAMÈTRE=VALEUR, par exemple min-rest.hours=24.",
                          en=f"--rule “{value}”: write RULE.PARAMETER=VALUE, for instance min-rest.hours=24."))  # fmt: skip
    try:
        meant = json.loads(said.replace(",", ".") if said.replace(",", "").isdigit() else said)
    except ValueError:
        meant = said.strip()
    return ruled(scenario, code, parameter, meant)


def _today(plan: Plannable, instance: Any, roster: Roster) -> ScenarioColumn:
    from rosterplan.explain.measures import measured
    from rosterplan.report.scenarios_book import ScenarioColumn

    sectors = {sector.id: sector.name for sector in instance.sectors}
    found = measured(instance, plan.rules, roster, rates_of(plan.opened))
    return ScenarioColumn(say(fr="Aujourd’hui", en="Today"), (), found, sectors)


def _column(plan: Plannable, scenario: Scenario, today: Roster, number: int, how: dict[str, Any]) -> ScenarioColumn:
    """Return a scenario planned and measured: its sectors anew, the rest as today."""
    from rosterplan.cli.solve import processors
    from rosterplan.explain.measures import measured
    from rosterplan.explain.scenarios import kept_of, rules_of
    from rosterplan.model.build import Kept
    from rosterplan.model.solve import solve
    from rosterplan.report.scenarios_book import ScenarioColumn

    lines, roster = kept_of(scenario, today)
    rules = rules_of(scenario)
    told = {**how, "workers": how["workers"] or processors()}
    made, _ = solve(scenario.instance, rules, kept=Kept(lines, roster) if lines else None, **told)
    found = measured(scenario.instance, rules, made, rates_of(plan.opened))
    sectors = {sector.id: sector.name for sector in scenario.instance.sectors}
    return ScenarioColumn(say(fr=f"Scénario {number}", en=f"Scenario {number}"), scenario.steps, found, sectors)


def _finish(common: Common, plan: Plannable, columns: Sequence[ScenarioColumn], remarks: Sequence[str]) -> Exit:
    """Write the workbook, say the table with its remarks, or the JSON."""
    from rosterplan.report.scenarios_book import figure_rows, scenarios_xlsx

    title = say(fr=f"Scénarios pour {plan.instance.id}", en=f"Scenarios for {plan.instance.id}")
    [path] = write_together(plan.out, {SCENARIOS_FILE: scenarios_xlsx(title, columns)})
    if common.json:
        entries = [{"name": one.name, "steps": list(one.steps), **asdict(one.measures)} for one in columns]
        answer({"schema": WHATIF_SCHEMA, "scenarios": entries, "paths": {path.name: str(path)}})
        return Exit.DONE
    rows = figure_rows(columns)
    width = max(len(name) for name, _ in rows)
    tell(common)
    tell(common, f"{'':{width}}  " + "  ".join(f"{one.name:>14}" for one in columns))
    for name, values in rows:
        tell(common, f"{name:{width}}  " + "  ".join(f"{value:>14}" for value in values))
    tell(common)
    for remark in remarks:
        tell(common, remark)
    tell(
        common,
        say(
            fr=f"Le même tableau, et secteur par secteur : {shown(path)}",
            en=f"The same table, and sector by sector: {shown(path)}",
        ),
    )
    count = plural(
        len(columns) - 1,
        say(fr="scénario comparé", en="scenario compared"),
        say(fr="scénarios comparés", en="scenarios compared"),
    )
    conclude(
        common,
        say(fr=f"{count} ; le dossier n’a pas été touché.", en=f"{count}; the folder was not touched."),
        good=True,
    )
    return Exit.DONE
