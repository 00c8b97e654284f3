"""What became of a result is read on the page of its filing."""

import pytest

from filings import actions

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def page(client, inspector):
    def read(filing):
        client.force_login(inspector)
        return client.get(filing.get_absolute_url(), headers=ENGLISH).content.decode()

    return read


def test_a_correction_shows_before_and_after(page, filing_at, inspector, authority, at):
    filing = filing_at("recorded")
    found = actions.Found(severity="minor", text="标签不清")
    said = actions.Outcome(outcome="corrected", summary="已改正", findings=(found,))
    actions.correct(filing, said, by=authority(inspector), at=at, reason="录入有误")

    text = page(filing)

    for shown in (
        "Before",
        "After",
        "录入有误",
        "No problem found",
        "corrected on order",
        "标签不清",
    ):
        assert shown in text


def test_a_finding_shows_its_item_version_and_basis(page, filing_at, inspector, authority, at):
    filing = filing_at("on_site")
    said = actions.Outcome(outcome="corrected", findings=(actions.Found("minor", "标签不清"),))
    actions.record(filing, said, by=authority(inspector), at=at)

    text = page(filing)

    for shown in ("食品生产检查", "version 1", "产品质量法 第十八条"):
        assert shown in text


def test_transfers_and_rectifications_show_what_they_wait_for(page, followed_at):
    assert "no receipt yet" in page(followed_at("copied", handed=True))
    assert "waits for its re-check" in page(followed_at("rectification", reported=True))


def test_how_the_subject_was_told_and_why_it_did_not_sign(
    page, filing_at, inspector, authority, at
):
    filing = filing_at("recorded")
    said = actions.Delivery("unsigned", "刘总", note="不认可结果", witness="马主任")
    actions.deliver(filing, said, by=authority(inspector), at=at)

    text = page(filing)

    for shown in ("On the spot, not signed", "刘总", "不认可结果", "马主任"):
        assert shown in text


def test_an_imported_finding_says_what_its_source_does_not(page, client, filing_at):
    filing = filing_at("recorded")
    filing.result.findings.create(severity="minor", count=3)
    assert "Not said: what was found, the item, the legal basis" in page(filing)
    shown = client.get(f"/api/v1/filings/{filing.pk}/").json()["result"]["findings"]
    assert [one["missing"] for one in shown] == [["text", "item", "basis"]]


def test_a_whole_finding_misses_nothing(page, filing_at, inspector, authority, at):
    filing = filing_at("on_site")
    said = actions.Outcome(outcome="corrected", findings=(actions.Found("minor", "标签不清"),))
    actions.record(filing, said, by=authority(inspector), at=at)
    assert filing.result.findings.get().missing == []
    assert "Not said:" not in page(filing)
