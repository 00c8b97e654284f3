"""The pages of the rules: which there are, how hard each is and since when, and how it is set."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.calendar import local_date
from agencies.query import check_parameters
from filings.actions import RuleNotSet, set_rule
from filings.models import RuleSetting
from filings.rules import thresholds
from filings.rules.catalogue import CATALOGUE, Asked
from filings.rules.settings import Settings
from filings.web.rule_forms import RuleForm
from officers.roles import Permission


def _require_reader(request):
    if not any(map(request.authority.may, (Permission.RULES_SET, Permission.FILING_READ))):
        raise PermissionDenied


@require_safe
def rules(request):
    """Which rules are there, and how hard is each today?"""
    _require_reader(request)
    check_parameters(request.GET, ())
    settings = Settings.on(local_date(timezone.now()), None)
    context = {
        "settings": list(settings.by_code.values()),
        "local": set(RuleSetting.objects.exclude(region=None).values_list("code", flat=True)),
    }
    return render(request, "rules/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request, code):
    """What does this rule ask, what has it been from when to when, and what shall it be?"""
    _require_reader(request)
    check_parameters(request.GET, ())
    if code not in CATALOGUE:
        raise Http404
    today = local_date(timezone.now())
    setting = Settings.on(today, None).by_code[code]
    form = RuleForm(request.POST or None, setting=setting, today=today)
    if request.method == "POST" and form.is_valid() and _is_set(request, form):
        messages.success(request, _("The rule is set, and the book says so."))
        return redirect("rules:rule", code)
    held = RuleSetting.objects.filter(code=code).select_related("region").order_by("-valid_from")
    may_set = request.authority.may(Permission.RULES_SET)
    context = {
        "setting": setting,
        "held": [(one, thresholds.shown(code, one.params)) for one in held],
        "form": form,
        "may_set": may_set and setting.entry.asked != Asked.BUILT_IN,
    }
    return render(request, "rules/rule.html", context, status=400 if form.errors else 200)


def _is_set(request, form) -> bool:
    try:
        set_rule(form.ruling(), by=request.authority, at=timezone.now())
    except RuleNotSet as refused:
        form.lay(refused.problems)
        return False
    return True
