"""The outputs of a plan, as pure functions from instance, rules, roster, result and audit to bytes."""
