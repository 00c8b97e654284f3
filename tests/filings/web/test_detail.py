"""One filing as each person sees it."""

import pytest

from filings import actions
from filings.models import Filing
from tests import factories


@pytest.fixture
def page(client):
    """The text of a filing's page for a person, in English."""

    def of(account, filing):
        client.force_login(account)
        answer = client.get(filing.get_absolute_url(), headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return answer.content.decode()

    return of


class TestDetail:
    def test_shows_facts_items_with_their_bases_and_officers_with_their_certificates(
        self, page, filing_at, inspector, reviewer
    ):
        filing = filing_at("approved")

        text = page(reviewer, filing)

        certificate = inspector.officer.certificates.get()
        for said in (filing.number, "松花江食品有限公司", "示例路1号", "食品生产检查", "第十八条"):
            assert said in text
        assert certificate.number in text

    def test_tells_who_did_what_in_which_role_and_why(self, page, filing_at, inspector):
        text = page(inspector, filing_at("returned"))

        assert "赵批" in text
        assert "(Approver)" in text
        assert "returned it" in text
        assert "补充" in text

    def test_shows_the_result(self, page, filing_at, reviewer):
        assert "No problem found" in page(reviewer, filing_at("recorded"))

    @pytest.mark.parametrize("path", ["", "revise/", "submit/", "approve/"])
    def test_is_absent_for_a_stranger(self, client, filing_at, outsider, path):
        client.force_login(outsider)
        filing = filing_at("submitted")

        assert client.get(f"{filing.get_absolute_url()}{path}").status_code == 404
        assert client.post(f"{filing.get_absolute_url()}{path}").status_code in (404, 405)

    def test_refuses_parameters_by_name(self, client, filing_at, inspector):
        client.force_login(inspector)

        answer = client.get(f"{filing_at('draft').get_absolute_url()}?colour=red")

        assert answer.status_code == 400
        assert "colour" in answer.content.decode()

    def test_survives_a_number_no_database_holds(self, client, inspector):
        client.force_login(inspector)

        assert client.get(f"/filings/{10**30}/").status_code == 404

    def test_names_what_keeps_a_draft_from_being_submitted(
        self, page, agency, said, inspector, authority, at
    ):
        alone = actions.Draft(**{**vars(said), "officers": said.officers[:1]})
        filing = actions.draft(agency, alone, by=authority(inspector), at=at)

        assert "At least 2 enforcement officers" in page(inspector, filing)

    def test_says_where_imported_history_comes_from(self, page, agency, subject, inspector):
        filing = factories.filing(
            agency, subject, origin=Filing.Origin.IMPORTED, source="chicago", source_id="X-7"
        )

        text = page(inspector, filing)

        assert "Imported from chicago as X-7" in text
        assert "What you may do" not in text

    def test_asks_the_database_a_fixed_number_of_times(
        self, client, filing_at, reviewer, django_assert_max_num_queries
    ):
        filing = filing_at("closed")
        client.force_login(reviewer)

        with django_assert_max_num_queries(13):
            client.get(filing.get_absolute_url())
