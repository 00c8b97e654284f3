"""A draw is announced, made when its number is public, and kept with all that happened to it."""

from datetime import date, timedelta

import pytest

from agencies.authority import NotAuthorised
from agencies.models import Event
from agencies.refusals import RegisterRefused
from filings import draws
from filings.actions import drawing
from tests import factories

LATER = timedelta(days=2)


@pytest.fixture
def pool(agency, district, elsewhere):
    """Ten subjects of high risk, two of low risk, three officers, and one subject elsewhere."""
    factories.subject(elsewhere, credit_class="D")
    for _turn in range(3):
        factories.officer(agency)
    return [factories.subject(district, credit_class="D") for _turn in range(10)] + [
        factories.subject(district, credit_class="A") for _turn in range(2)
    ]


@pytest.fixture
def announced():
    return drawing.Announced("食品抽查", "双色球第2022068期", date(2022, 6, 16))


@pytest.fixture
def frozen(agency, pool, announced, clerk, authority, at):
    return drawing.freeze(agency, announced, by=authority(clerk), at=at)


@pytest.fixture
def drawn(frozen, clerk, authority, at):
    return drawing.draw(frozen, " 3 9  17 ", by=authority(clerk), at=at + LATER)


class TestFreeze:
    def test_publishes_the_pool_and_hides_the_secret(self, frozen):
        told = drawing.protocol(frozen)

        assert len(told["pool"]["candidates"]) == 12
        assert draws.pool_hash(told["pool"]) == frozen.pool_hash
        assert "secret" not in told
        assert Event.objects.about(frozen).get().verb == "freeze_draw"

    def test_keeps_out_whom_it_must_with_the_reason(
        self, agency, pool, announced, clerk, authority, at
    ):
        for subject, change in zip(
            pool,
            [{"registration": "revoked"}, {"whitelisted_from": date(2022, 1, 1)}],
            strict=False,
        ):
            type(subject).objects.filter(pk=subject.pk).update(**change)

        made = drawing.freeze(agency, announced, by=authority(clerk), at=at)

        assert made.candidates == 10
        assert {one["name"] for one in made.excluded} == {pool[0].name, pool[1].name}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"public_on": date(2022, 6, 15)}, "/public_on"),
            ({"percent": {"Z": 5}}, "/percent"),
            ({"officers_each": 1}, "/officers_each"),
            ({"officers_each": 9}, "/officers_each"),
            ({"kind": "individual"}, "/kind"),
        ],
    )
    def test_names_what_cannot_be(
        self, agency, pool, announced, clerk, authority, at, change, field
    ):
        said = drawing.Announced(**{**vars(announced), **change})
        with pytest.raises(RegisterRefused) as refused:
            drawing.freeze(agency, said, by=authority(clerk), at=at)
        assert refused.value.problems[0].pointer == field

    def test_draws_nobody_of_a_class_without_a_share(
        self, agency, pool, announced, clerk, authority, at
    ):
        said = drawing.Announced(**{**vars(announced), "percent": {"A": 100}})
        made = drawing.freeze(agency, said, by=authority(clerk), at=at)
        held = drawing.draw(made, "3 9 17", by=authority(clerk), at=at + LATER)
        assert {one.stratum for one in held.drawn.all()} == {"A"}

    def test_has_one_name_in_a_year(self, frozen, agency, announced, clerk, authority, at):
        with pytest.raises(RegisterRefused):
            drawing.freeze(agency, announced, by=authority(clerk), at=at)

    def test_is_the_clerks(self, agency, pool, announced, inspector, authority, at):
        with pytest.raises(NotAuthorised):
            drawing.freeze(agency, announced, by=authority(inspector), at=at)


class TestDraw:
    def test_draws_by_risk_and_can_be_checked(self, drawn):
        told = drawing.protocol(drawn)

        assert drawn.number == "3 9 17"
        assert [row.stratum for row in drawn.drawn.all()].count("D") == 5
        assert drawn.drawn.count() == 6
        assert list(draws.faults(told)) == []

    def test_waits_for_the_number(self, frozen, clerk, authority, at):
        with pytest.raises(RegisterRefused):
            drawing.draw(frozen, "3 9 17", by=authority(clerk), at=at)

    @pytest.mark.parametrize("number", ["", "  "])
    def test_needs_a_number(self, frozen, clerk, authority, at, number):
        with pytest.raises(RegisterRefused):
            drawing.draw(frozen, number, by=authority(clerk), at=at + LATER)

    def test_is_made_once(self, drawn, clerk, authority, at):
        with pytest.raises(RegisterRefused):
            drawing.draw(drawn, "1 2 3", by=authority(clerk), at=at + LATER)

    def test_keeps_out_of_the_next_who_was_drawn_this_year(
        self, drawn, agency, announced, clerk, authority, at
    ):
        said = drawing.Announced(**{**vars(announced), "name": "第二次"})
        made = drawing.freeze(agency, said, by=authority(clerk), at=at)
        assert made.candidates == 6


class TestSetAside:
    def test_keeps_the_reason_and_draws_the_next(self, drawn, clerk, authority, at):
        gone = drawn.drawn.filter(stratum="D").select_related("draw__agency").first()

        drawing.set_aside(gone, by=authority(clerk), at=at + LATER, reason="已停业")

        assert drawn.drawn.count() == 7
        assert drawn.drawn.get(place=7).stratum == "D"
        told = drawing.protocol(drawn)
        assert told["set_aside"][0]["reason"] == "已停业"
        assert list(draws.faults(told)) == []
        assert Event.objects.about(drawn).last().reason == "已停业"

    def test_is_done_once_and_never_without_a_reason(self, drawn, clerk, authority, at):
        gone = drawn.drawn.select_related("draw__agency").first()
        told = {"by": authority(clerk), "at": at + LATER}
        with pytest.raises(RegisterRefused):
            drawing.set_aside(gone, **told, reason=" ")
        drawing.set_aside(gone, **told, reason="已停业")
        with pytest.raises(RegisterRefused):
            drawing.set_aside(gone, **told, reason="再次")
