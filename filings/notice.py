"""What stands in the notice of an inspection (行政检查通知书, R-NOT-1)."""

from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from agencies.calendar import SHANGHAI
from agencies.models import LegalBasis
from agencies.paper import Part, Sheet
from filings.charter import PROHIBITIONS, RIGHTS, Ground
from filings.models import Filing
from filings.pictures import svg


def notice(filing: Filing, address: str) -> Sheet:
    """The notice of an approved filing, with the code that leads to `address`."""
    return Sheet(
        title=_("Notice of an administrative inspection"),
        number=filing.number or "",
        facts=_facts(filing),
        parts=(
            Part(_("What is inspected"), points=tuple(_items(filing))),
            Part(
                _("The officers"),
                columns=(_("name"), _("certificate"), _("number")),
                rows=tuple(_officers(filing)),
                paragraphs=(_assistants(filing),) if filing.assistants else (),
            ),
            Part(_("Officers are forbidden"), points=_texts(PROHIBITIONS)),
            Part(_("Your rights"), points=_texts(RIGHTS)),
            Part(
                _("You may lawfully refuse an inspection when"),
                points=_texts(Ground.labels),
                paragraphs=(),
            ),
        ),
        picture=svg(address),
        caption=_("Scan: is it real, now?"),
        foot=_("Jianbei, the register of inspections filed before they happen"),
        language=language(),
    )


def language() -> str:
    """The language of the page as paper names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def _texts(said) -> tuple[str, ...]:
    return tuple(str(one) for one in said)


def _facts(filing: Filing) -> tuple[tuple[str, str], ...]:
    agency = filing.agency.name
    if filing.principal:
        agency = _("%(agency)s, entrusted by %(principal)s") % {
            "agency": agency,
            "principal": filing.principal.name,
        }
    often = _("visit %(own)s of this agency to you, visit %(all)s of all agencies")
    told = [
        (pgettext("whom a notice reaches", "To"), filing.subject.name),
        (_("From the agency"), agency),
        (_("Type"), filing.get_check_type_display()),
        (_("Ground"), filing.get_trigger_display()),
        (pgettext("of a visit", "Place"), filing.place or filing.subject.business_address),
        (_("Planned from"), moment(filing.planned_start)),
        (_("Planned to"), moment(filing.planned_end)),
    ]
    if filing.nth_of_agency:
        times = {"own": filing.nth_of_agency, "all": filing.nth_of_all}
        told.append((_("This year"), often % times))
    return tuple(told)


def moment(instant: datetime) -> str:
    """A minute of Beijing time as paper shows it."""
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _items(filing: Filing):
    for one in filing.items.all():
        bases = _("; ").join(_basis(basis) for basis in one.item_version.bases.all())
        yield f"{one.item_version.name} ({bases})" if bases else one.item_version.name


def _basis(basis: LegalBasis) -> str:
    return _("“%(title)s” %(article)s") % {"title": basis.title, "article": basis.article}


def _officers(filing: Filing):
    for member in filing.members.all():
        held = member.certificate
        yield (
            member.officer.name,
            held.get_kind_display() if held else "",
            held.number if held else "",
        )


def _assistants(filing: Filing) -> str:
    return _("Assistants announced: %(n)s.") % {"n": filing.assistants}
