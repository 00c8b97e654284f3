"""How a clerk brings a file: sent, tried without changing anything, looked at, taken in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import ciphered_files
from agencies.imports import template as templates
from agencies.models import Job
from agencies.query import check_parameters
from agencies.web.lists import paged
from filings.imports import uploads
from filings.imports.kinds import KINDS
from filings.imports.reach import open_kinds
from filings.models import Upload
from filings.web.fields import lay, one_of

LIVE = (Job.State.QUEUED, Job.State.RUNNING)
FILE = forms.FileInput(attrs={"class": "input", "accept": ".csv,.xlsx,.txt"})
TOML = forms.FileInput(attrs={"class": "input", "accept": ".toml"})


class UploadForm(forms.Form):
    """Which register, which file, and a map where the file has foreign columns."""

    kind = one_of(gettext_lazy("Register"), ())
    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX, at most 50 MB"), max_length=1000, widget=FILE
    )
    map = forms.FileField(
        label=gettext_lazy("Map of foreign columns"),
        max_length=1000,
        required=False,
        widget=TOML,
        help_text=gettext_lazy("A TOML file; not needed when the columns bear our names."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(name, KINDS[name].label) for name in kinds]

    def brought(self) -> uploads.Brought:
        """What was sent, for the verb."""
        file, rules = self.cleaned_data["file"], self.cleaned_data["map"]
        most = uploads.LARGEST_MAP + 1
        return uploads.Brought(
            self.cleaned_data["kind"], file.name, file, rules.read(most) if rules else b""
        )


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request):
    """Which files did I bring, and which one comes next?"""
    check_parameters(request.GET, ("cursor",))
    kinds = open_kinds(request.authority)
    if not kinds:
        raise PermissionDenied(_("Your appointments do not include bringing files."))
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(uploads.bring(form.brought(), by=request.authority, at=timezone.now()))
        except uploads.UploadUnfit as unfit:
            lay(form, unfit.problems)
    rows = Upload.objects.visible_to(request.authority).select_related("job").order_by("-id")
    context = {
        "form": form,
        "kinds": [(KINDS[name].label, name, KINDS[name].fields) for name in kinds],
        **paged(request, rows),
    }
    for upload in context["page"].rows:
        upload.label = KINDS[upload.kind].label
    return render(request, "filings/imports.html", context, status=400 if form.errors else 200)


@require_safe
def one(request, pk):
    """What became of every row of this file, and what can be done now?"""
    check_parameters(request.GET, ())
    upload = _upload(request, pk)
    live = upload.job.state in LIVE
    context = {
        "upload": upload,
        "live": live,
        "label": KINDS[upload.kind].label,
        "unshown": upload.refused - len({fault["row"] for fault in upload.faults}),
        "open": upload.stage == Upload.Stage.CHECKED and upload.accepted > 0,
    }
    answer = render(request, "filings/import.html", context)
    if live:
        # The page asks for itself again, without a script, until the job has ended.
        answer["Refresh"] = "2"
    return answer


def _upload(request, pk) -> Upload:
    seen = Upload.objects.visible_to(request.authority).select_related("job", "batch")
    return get_object_or_404(seen, pk=pk)


@require_POST
def confirm(request, pk):
    """Take the rows in; with `partial` without those that are refused."""
    upload = _upload(request, pk)
    partial = request.POST.get("partial") == "true"
    uploads.confirm(upload, by=request.authority, at=timezone.now(), partial=partial)
    messages.success(request, _("The rows are being taken in; this page shows how far it is."))
    return redirect(upload)


@require_safe
def refused(request, pk):
    """The refused rows with the reasons, to be corrected and brought again."""
    check_parameters(request.GET, ())
    upload = _upload(request, pk)
    if not uploads.has_refused(upload):
        raise Http404
    pieces = ciphered_files.read(upload.refused_place)
    name = content_disposition_header(True, f"{upload.name}.refused.csv")
    return StreamingHttpResponse(
        pieces, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@require_safe
def template(request, kind):
    """An empty table of this kind with one example row."""
    check_parameters(request.GET, ())
    if kind not in open_kinds(request.authority):
        raise Http404
    content = "\ufeff" + templates.table(KINDS[kind]())
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer
