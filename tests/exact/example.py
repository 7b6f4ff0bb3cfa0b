"""An example of a rule on a tiny instance, and slips planted in the rule that the harness must catch there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rosterplan.domain.instance import Instance
from rosterplan.rules.base import Rule

Slip = Callable[[Rule], Rule]


@dataclass(frozen=True)
class Example:
    """``forbids``: some roster is forbidden; ``costs``: some allowed roster has a cost."""

    name: str
    rule: Rule
    instance: Instance
    forbids: bool = True
    costs: bool = False
    may_be_empty: bool = True  # False: a least that must be reached forbids the empty roster
    slips: tuple[Slip, ...] = ()


def slipped(rule: Rule, **methods: object) -> Rule:
    """The same rule, of a class in which some methods are wrong."""
    kind = type(f"{type(rule).__name__}Slip", (type(rule),), dict(methods))
    return kind.model_construct(**{name: getattr(rule, name) for name in type(rule).model_fields})


def posts_as(**changes: object) -> Slip:
    """The boundary: the rule posts, and admits, as if its parameters were these."""

    def slip(rule: Rule) -> Rule:
        other = rule.model_copy(update=changes)
        return slipped(rule, post=lambda _, canvas: other.post(canvas), admit=lambda _, view: other.admit(view))

    slip.__name__ = "posts_as_" + "_".join(f"{name}_{value}" for name, value in changes.items())
    return slip


def forgets_the_last_day(rule: Rule) -> Rule:
    """The last window: pairs of the last date are left out when posting."""
    return _posting_on(rule, lambda pairs: pairs["day"] < pairs["day"].max())


def forgets_the_past(rule: Rule) -> Rule:
    """History is left out when posting."""
    return _posting_on(rule, lambda pairs: pairs["past"] == 0)


def forgets_what_is_decided(rule: Rule) -> Rule:
    """Locks and imposed assignments are left out when posting."""
    return _posting_on(rule, lambda pairs: (pairs["fixed"] == 0) | (pairs["past"] == 1))


def caps_the_penalty(rule: Rule) -> Rule:
    """The capped penalty: whatever the excess, the audit counts one unit."""

    def audit(self, instance, roster):
        for finding in type(rule).audit(self, instance, roster):
            yield finding.model_copy(update={"cost": min(finding.cost, rule.strength.weight)})

    return slipped(rule, audit=audit)


def caps_below_the_weight(rule: Rule) -> Rule:
    """The capped penalty where an excess is one unit: the audit counts a little less than the unit."""

    def audit(self, instance, roster):
        for finding in type(rule).audit(self, instance, roster):
            yield finding.model_copy(update={"cost": min(finding.cost, rule.strength.weight - 1)})

    return slipped(rule, audit=audit)


def charges_in_proportion(rule: Rule) -> Rule:
    """The excess is charged once per unit where its square is due."""
    linear = rule.strength.model_copy(update={"kind": "soft"})

    def audit(self, instance, roster):
        for finding in type(rule).audit(rule.model_copy(update={"strength": linear}), instance, roster):
            strict = not rule.lifted_by(instance.doctor_by_id[finding.doctors[0]])
            changes = {"severity": "erreur", "stage": None, "cost": 0} if strict else {}
            yield finding.model_copy(update=changes)

    return slipped(rule, audit=audit)


def admits_the_last_duty(rule: Rule) -> Rule:
    """The last duty of each line is open to all."""

    def admit(_, view):
        mask = rule.admit(view)
        if mask is not None and mask.shape[1]:
            mask = mask.copy()
            mask[:, -1] = True
        return mask

    return slipped(rule, admit=admit)


def admits_the_last_duty_refused(rule: Rule) -> Rule:
    """The last window of an admission: the last duty refused to each doctor is open."""

    def admit(_, view):
        mask = rule.admit(view)
        if mask is not None and mask.shape[1]:
            mask = mask.copy()
            for row in mask:
                row[[column for column, may in enumerate(row) if not may][-1:]] = True
        return mask

    return slipped(rule, admit=admit)


def reads_lists(**lists: Callable[[object], object]) -> Slip:
    """The rule admits as if a list of the instance were another: ``availability=…`` changes each of its rows."""

    def slip(rule: Rule) -> Rule:
        def admit(_, view):
            from rosterplan.rules.admission import View

            changes = {name: tuple(map(change, getattr(view.instance, name))) for name, change in lists.items()}
            other = view.instance.model_copy(update=changes)
            doctors = tuple(doctor for doctor in other.doctors if doctor.id in {one.id for one in view.doctors})
            return rule.admit(View(other, view.line, doctors, view.duties))

        return slipped(rule, admit=admit)

    slip.__name__ = "misreads_" + "_".join(lists)
    return slip


def _posting_on(rule: Rule, kept) -> Rule:
    def post(_, canvas):
        whole = canvas.pairs
        canvas.pairs = whole.where(kept(whole))
        rule.post(canvas)
        canvas.pairs = whole

    return slipped(rule, post=post)


BOUNDARY, LAST_WINDOW, CAPPED_PENALTY = "boundary", "last window", "capped penalty"


def sort_of(slip: Slip) -> str | None:
    """Which of the three sorts of slip a rule must survive this one is; None for one peculiar to its rule."""
    name = getattr(slip, "__name__", "")
    if name.startswith(("posts_as", "rests", "misreads")):
        return BOUNDARY
    if name in ("forgets_the_last_day", "forgets_the_past", "admits_the_last_duty", "admits_the_last_duty_refused"):
        return LAST_WINDOW
    penalties = ("caps_the_penalty", "caps_below_the_weight", "charges_in_proportion")
    return CAPPED_PENALTY if name in penalties else None
