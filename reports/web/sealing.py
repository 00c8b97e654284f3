"""Propose a compile for sealing, and seal what another person proposed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports import actions, policy, sealing
from reports.models import Seal
from reports.web.asking import finished


@require_POST
def propose(request, key, code, pk):
    """Ask a second person to seal this compile."""
    compilation = finished(request, key, code, pk)
    by = policy.sealer(request.authority, compilation.region)
    at, account = timezone.now(), request.authority.account
    try:
        sealing.propose(compilation, by=by, at=at, account=account)
        messages.success(request, _("Proposed. Another person must seal it."))
    except sealing.NotSealable as refused:
        messages.error(request, str(refused))
    return redirect("reports:compilation", key, code, pk)


@require_POST
def recount(request, key, code, pk):
    """Order that every filing be read again, as sealing needs it."""
    compilation = finished(request, key, code, pk)
    by = policy.orderer(request.authority, compilation.region)
    actions.order(compilation.days, compilation.region, by=by, at=timezone.now(), full=True)
    return redirect("reports:year", key, code)


@require_POST
def seal(request, key, code, pk):
    """Seal this compile, which another person proposed."""
    compilation = finished(request, key, code, pk)
    by = policy.sealer(request.authority, compilation.region)
    proposal = get_object_or_404(Seal, compilation=compilation)
    at, account = timezone.now(), request.authority.account
    try:
        done = sealing.seal(proposal, by=by, at=at, account=account)
    except sealing.NotSealable as refused:
        messages.error(request, str(refused))
        return redirect("reports:compilation", key, code, pk)
    messages.success(request, _("Sealed and published."))
    return redirect(done)
