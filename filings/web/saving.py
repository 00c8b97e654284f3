"""The filters of the queue that one keeps for oneself."""

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.actions import forget_filter, save_filter
from filings.models import Filing, SavedFilter
from filings.rules import FilingIncomplete
from filings.web.listing import narrowed
from filings.web.piles import open_piles
from filings.web.queue import APART, asked


class KeepForm(forms.Form):
    """A name for the address one looks at."""

    name = forms.CharField(max_length=40, required=False)
    query = forms.CharField(max_length=1000, required=False)


@require_POST
def keep(request):
    """Keep the filters of the address under a name."""
    open_piles(request.authority)
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the filter a name of 1 to 40 characters."))
        return redirect("filings:queue")
    query = QueryDict(form.cleaned_data["query"])
    narrowed(query, Filing.objects.none(), request.authority, also=APART)
    try:
        save_filter(
            form.cleaned_data["name"], asked(query), by=request.authority, at=timezone.now()
        )
    except FilingIncomplete as refused:
        messages.error(request, " ".join(one.message for one in refused.problems))
    else:
        messages.success(request, _("The filter is kept; its address can be shared."))
    return redirect(f"{reverse('filings:queue')}?{asked(query)}")


@require_POST
def forget(request, pk):
    """Let one of my filters go."""
    kept = get_object_or_404(SavedFilter, pk=pk, account=request.user)
    forget_filter(kept, by=request.authority, at=timezone.now())
    messages.success(request, _("The filter is removed."))
    return redirect("filings:queue")
