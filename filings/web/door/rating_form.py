"""The form of a rating, on the page of the code and on its own."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.query import unreadable
from filings.actions import Opinion
from filings.charter import Tag
from filings.web.fields import words

LEVELS = (
    (5, pgettext_lazy("level of a rating", "5 – very good")),
    (4, pgettext_lazy("level of a rating", "4 – good")),
    (3, pgettext_lazy("level of a rating", "3 – fair")),
    (2, pgettext_lazy("level of a rating", "2 – poor")),
    (1, pgettext_lazy("level of a rating", "1 – very poor")),
)


class OpinionForm(forms.Form):
    """How the visit was, what was noticed, and in whose words."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("How was the visit?"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("What did you notice?"),
        choices=Tag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = words(gettext_lazy("In your own words"), 2000, rows=3)
    named = forms.BooleanField(
        label=gettext_lazy("Tell the supervisor which visit it was"),
        help_text=gettext_lazy(
            "Only then can this one visit be looked into. The agency is not told."
        ),
        required=False,
    )

    def clean_text(self):
        bad = unreadable(self.cleaned_data["text"].replace("\r", ""))
        if bad:
            message = _("The text contains the control character %(bad)s. Remove it.")
            raise forms.ValidationError(message % {"bad": bad})
        return self.cleaned_data["text"]

    def opinion(self) -> Opinion:
        said = self.cleaned_data
        return Opinion(said["level"], tuple(said["tags"]), said["text"], said["named"])
