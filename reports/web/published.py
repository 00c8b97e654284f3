"""The sealed years that everybody may read and check, without signing in."""

import json
from urllib.parse import urlencode

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from reports import sealing, sentence
from reports.models import Seal
from reports.proving import proof_of
from reports.web import changed, files
from reports.web import figures as showing


@login_not_required
@require_safe
def index(request):
    """Which periods are published, and with which key are they checked?"""
    check_parameters(request.GET, ())
    seals = Seal.objects.published().select_related("region").defer("leaves", "changes")
    context = {
        "seals": seals.order_by("-period", "region__code", "-version"),
        "public_key": sealing.SIGNER.public_key(),
        "older_keys": sorted({one.public_key for one in seals} - {sealing.SIGNER.public_key()}),
    }
    return render(request, "reports/published.html", context)


@login_not_required
@require_safe
def version(request, key, code, number):
    """What does this sealed version say, and is this filing counted in it?"""
    check_parameters(request.GET, ("number",))
    seal = _seal(key, code, number)
    figures = seal.compilation.found()
    asked = request.GET.get("number", "").strip()
    found = proof_of(seal, asked) if asked else None
    chief, beside = showing.totals(seal.compilation, figures, linked=False)
    context = {
        "seal": seal,
        "newer": Seal.objects.of(seal.region, seal.period)
        .published()
        .filter(version__gt=seal.version)
        .defer("leaves", "changes", "manifest")
        .first(),
        "compilation": seal.compilation,
        "stated": seal.stated(),
        "changes": changed.told(json.loads(seal.changes), figures),
        **sentence.both(figures),
        "chief": chief,
        "beside": beside,
        "waterfall": showing.waterfall(None, figures, linked=False),
        "tiles": showing.tiles(None, figures, linked=False),
        "tables": showing.tables(None, figures, linked=False),
        "indicators": showing.indicators(seal.compilation, figures, linked=False),
        "missing": showing.missing(seal.compilation, figures, linked=False),
        "checks": showing.checks(figures),
        "to_read": files.shown(files.TO_READ, seal),
        "to_check": files.shown(files.TO_CHECK, seal),
        "public": True,
        "asked": asked,
        "proof": found,
        "line": changed.line(found["leaf"]) if found else None,
    }
    return render(request, "reports/version.html", context)


@login_not_required
@require_safe
def file(request, key, code, number, name):
    """One of the files by which a stranger checks the version, byte for byte as sealed."""
    check_parameters(request.GET, ())
    found = files.FILES.get(name)
    if found is None:
        raise Http404
    content = found.bytes_of(_seal(key, code, number))
    answer = HttpResponse(content, content_type=found.media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_not_required
@require_safe
def proof(request, key, code, number):
    """The inclusion proof of one filing as JSON."""
    check_parameters(request.GET, ("number",))
    found = proof_of(_seal(key, code, number), request.GET.get("number", ""))
    if found is None:
        raise Http404
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@login_not_required
@require_safe
def paper(request, key, code, number):
    """The inclusion proof of one filing on one sheet, with a code that leads to it."""
    check_parameters(request.GET, ("number",))
    seal, asked = _seal(key, code, number), request.GET.get("number", "")
    found = proof_of(seal, asked)
    if found is None:
        raise Http404
    place = reverse("published:proof", args=[key, code, number])
    address = request.build_absolute_uri(f"{place}?{urlencode({'number': asked})}")
    context = {
        "seal": seal,
        "number": asked,
        "proof": found,
        "address": address,
        "picture": segno.make_qr(address, error="m").svg_inline(omitsize=True),
    }
    return render(request, "reports/paper.html", context)


@login_not_required
@require_safe
def consistency(request, key, code, number):
    """The proof that the version before is a part of this one, as JSON."""
    check_parameters(request.GET, ())
    newer = _seal(key, code, number)
    if newer.version == 1:
        raise Http404
    found = sealing.consistency(_seal(key, code, newer.version - 1), newer)
    return HttpResponse(json.dumps(found, indent=1), content_type="application/json")


def _seal(key, code, number) -> Seal:
    rows = Seal.objects.published().select_related("region", "compilation__region")
    return get_object_or_404(rows, period=key, region__code=code, version=number)
