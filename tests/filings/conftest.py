"""What the rules say of something said, and rules set for a test."""

from dataclasses import replace
from datetime import date

import pytest

from filings import actions, rules
from filings.models import RuleSetting
from filings.rules.catalogue import CATALOGUE


@pytest.fixture
def judged(agency, inspector, authority, at):
    """The codes of every problem of what is said, at the moment of the tests."""

    def judge(said, **changes):
        filing = actions.draft(agency, replace(said, **changes), by=authority(inspector), at=at)
        found = rules.problems(filing, at)
        assert all(one.message and one.pointer for one in found)
        assert all(one.rule == CATALOGUE[one.code].rule for one in found)
        return {one.code for one in found}

    return judge


@pytest.fixture
def ruled(db):
    """A rule set from the beginning of 2022, in place of the one before."""

    def rule(code, *, severity=None, params=None, region=None, since=date(2022, 1, 1), until=None):
        RuleSetting.objects.filter(code=code, region=region).delete()
        return RuleSetting.objects.create(
            code=code,
            severity=severity or CATALOGUE[code].severity,
            params=params or {},
            region=region,
            source="试行办法",
            valid_from=since,
            valid_to=until,
        )

    return rule
