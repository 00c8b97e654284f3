from filings.workflow import ENDED, STEPS, Status, Verb
from officers.roles import GRANTS, Permission, Role


def test_every_verb_has_its_step():
    assert set(STEPS) == set(Verb)


def test_every_state_can_be_reached():
    targets = {step.target for step in STEPS.values()} - {None}
    assert targets == set(Status)


def test_only_ended_states_lead_nowhere_but_to_a_correction_void_or_late_arrival():
    left = set().union(
        *(
            step.sources
            for verb, step in STEPS.items()
            if step.target and verb not in (Verb.CORRECT, Verb.VOID, Verb.CHECK_IN_LATE)
        )
    )
    assert set(Status) - left == ENDED


def test_every_permission_a_verb_needs_is_granted_to_somebody():
    granted = frozenset().union(*GRANTS.values())
    assert granted == set(Permission)
    assert set(GRANTS) == set(Role)


def test_nobody_may_both_file_and_decide_in_one_role():
    for permissions in GRANTS.values():
        assert not {Permission.FILING_SUBMIT, Permission.FILING_DECIDE} <= permissions
