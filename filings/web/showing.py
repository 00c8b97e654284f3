"""One filing: its facts, its parties and its history."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from filings.models import Filing


@require_safe
def detail(request, pk):
    """What does this filing say?"""
    filing = get_object_or_404(Filing.objects.visible_to(request.authority), pk=pk)
    return render(request, "filings/detail.html", {"filing": filing})
