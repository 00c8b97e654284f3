"""What a password must be, per profile, and when it has to be changed."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from config.password_rules import PASSWORD_RULES
from officers.actions.accounts import change_password
from officers.passwords import is_due, one_time_password
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
MIXED = "Quiet-River-77"
PLAIN = "quietriverbendstone"


def codes(password, account):
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("profile", "password", "refused"),
    [
        ("mlps3", MIXED, set()),
        ("mlps3", PLAIN, {"password_not_mixed"}),
        ("mlps3", "Aa1!", {"password_too_short"}),
        ("mlps3", PASSWORD, {"password_used_before"}),
        ("asvs", PLAIN, set()),
        ("asvs", "password1234", {"password_too_common"}),
        ("asvs", PASSWORD, {"password_used_before"}),
    ],
)
def test_each_profile_has_its_rules(settings, clerk, profile, password, refused):
    settings.AUTH_PASSWORD_VALIDATORS = PASSWORD_RULES[profile]
    assert codes(password, clerk) == refused


def test_the_last_five_are_known(settings, clerk):
    settings.AUTH_PASSWORD_VALIDATORS = PASSWORD_RULES["mlps3"]
    now = timezone.now()
    for number in range(4):
        change_password(clerk, f"{MIXED}{number}", at=now)
    clerk.refresh_from_db()
    assert codes(PASSWORD, clerk) == {"password_used_before"}
    change_password(clerk, f"{MIXED}4", at=now)
    assert codes(PASSWORD, clerk) == set()


@pytest.mark.parametrize(("days", "oldest", "due"), [(89, 90, False), (90, 90, True), (900, 0, 0)])
def test_a_password_grows_old_under_mlps_only(settings, clerk, days, oldest, due):
    settings.PASSWORD_MAX_AGE_DAYS = oldest
    now = timezone.now()
    clerk.password_set_at = now - timedelta(days=days)
    assert is_due(clerk, now) == bool(due)


def test_one_time_passwords_differ():
    made = {one_time_password() for _n in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {19}
