"""The page on which a certificate of an officer is renewed, checked, suspended or revoked."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.web.changing import ChangeForm, answered
from filings.web.keeping import register_of, rows_of
from filings.web.shelf import Change, Register, period
from officers.actions.serving import change_certificate
from officers.filters import OfficerFilter
from officers.imports.officers import Officers
from officers.models import Certificate
from officers.roles import Permission

CERTIFICATE = Register(
    gettext_lazy("Certificates"),
    gettext_lazy("Who may carry an inspection out, and with which certificates."),
    Certificate,
    OfficerFilter,
    Officers,
    Permission.REGISTER_WRITE,
    ("pk",),
    ("officer",),
    (
        (pgettext_lazy("of a paper", "Number"), lambda one: one.number),
        (gettext_lazy("Issuer"), lambda one: one.issuer),
        (gettext_lazy("Valid"), period),
        (gettext_lazy("Status"), lambda one: one.get_status_display()),
    ),
    change=Change(change_certificate, ("status", "valid_to", "last_checked_on", "barred_until")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request, pk, paper):
    """Change what holds of a certificate; its kind, issuer and number stay."""
    check_parameters(request.GET, ())
    register = register_of(request, "officers")
    if not request.authority.may(register.keeps):
        raise NotAuthorised(_("Your appointments do not include keeping this register."))
    officer = get_object_or_404(rows_of(request, "officers"), pk=pk)
    row = get_object_or_404(officer.certificates.select_related("officer"), pk=paper)
    form = ChangeForm(
        request.POST or None, register=CERTIFICATE, row=row, authority=request.authority
    )

    def act(at):
        said = {"by": request.authority, "at": at, "reason": form.cleaned_data["reason"]}
        change_certificate(row, form.told(), **said)

    called = _("Change certificate %(number)s") % {"number": row.number}
    return answered(request, (CERTIFICATE, row), form, act, ("officers", officer, called))
