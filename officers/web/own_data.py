"""The page on which a person sees and takes away what the system holds of him or her."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.query import check_parameters
from officers.actions.own_data import export_own_data, own_officer


@require_safe
def own_data(request):
    """What is held of me, and how do I take it away?"""
    check_parameters(request.GET, ())
    return render(request, "officers/own_data.html", {"officer": own_officer(request.user)})


@require_POST
def download(request):
    """Everything as a file of JSON; the download is in the book."""
    found = export_own_data(request.user, at=timezone.now())
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer
