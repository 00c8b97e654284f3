"""Cases over HTTP: for the office that works them, and, as far as it may know, for the agency."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.body import StrictBody, Text
from agencies.api.resource import Chosen, Resource
from agencies.api.serializers import NamedSerializer
from filings import actions, casework
from filings.api.bodies import unknown
from filings.api.serializers import DeadlineSerializer
from filings.models import CaseEntry, SupervisionCase
from officers.models import Officer


class CaseEntrySerializer(serializers.ModelSerializer):
    """One step in the work on a case."""

    class Meta:
        model = CaseEntry
        fields = ["kind", "text", "at"]


class Timed(Chosen):
    """A case with its open deadlines."""

    agency = NamedSerializer()
    clocks = serializers.SerializerMethodField()

    @extend_schema_field(DeadlineSerializer(many=True))
    def get_clocks(self, case):
        found = self.of(case, timezone.now())
        return DeadlineSerializer(found, many=True).data


class CaseSerializer(Timed):
    """One case as its office knows it; the contact is read on its page, which notes the reading."""

    of = staticmethod(casework.case_clocks)
    grounds = serializers.ListField(child=serializers.CharField())
    entries = CaseEntrySerializer(many=True)

    class Meta:
        model = SupervisionCase
        fields = [
            "id",
            "kind",
            "office",
            "reference",
            "agency",
            "filing",
            "grounds",
            "level",
            "text",
            "opened_at",
            "outcome",
            "answer",
            "answered_at",
            "entries",
            "clocks",
        ]


class ReplySerializer(Timed):
    """One case as the agency may know it: what it is asked, and nothing of who said what."""

    of = staticmethod(casework.for_agency)
    entries = serializers.SerializerMethodField()
    request = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    class Meta:
        model = SupervisionCase
        fields = [
            "id",
            "kind",
            "agency",
            "opened_at",
            "outcome",
            "text",
            "request",
            "entries",
            "clocks",
        ]

    @extend_schema_field(CaseEntrySerializer(many=True))
    def get_entries(self, case):
        told = [one for one in case.entries.all() if one.kind in casework.TOLD_TO_AGENCY]
        return CaseEntrySerializer(told, many=True).data

    def get_text(self, case) -> str:
        """The author's words where the office released them, else nothing."""
        return casework.told_text(case)

    def get_request(self, case) -> dict | None:
        """The request for recusal, which the head decides; none of any other case."""
        if case.kind != SupervisionCase.Kind.RECUSAL:
            return None
        return {"filing": case.filing_id, "grounds": case.grounds, "text": case.text}


class NoBody(StrictBody):
    """Nothing is said."""


class SaidBody(StrictBody):
    text = Text(max_length=2000)


class AnswerBody(StrictBody):
    outcome = serializers.ChoiceField(choices=SupervisionCase.Outcome.choices)
    text = Text(max_length=2000)


class RecusalBody(SaidBody):
    """Who is recused, by the codes of the officers; nobody refuses the request."""

    officers = serializers.ListField(child=Text(max_length=40), max_length=20)

    def validate_officers(self, codes):
        members = Officer.objects.filter(memberships__filing=self.context["case"].filing_id)
        found = {one.code: one for one in members}
        for code in codes:
            if code not in found:
                raise unknown(code)
        return tuple(found[code] for code in dict.fromkeys(codes))


class Cases(Resource):
    """What both sides of a case share."""

    ordering = ("-opened_at", "-pk")

    def versioned(self, row, shown):
        """The clocks of a case run by themselves; its version is what was said and done."""
        return {name: value for name, value in shown.items() if name != "clocks"}

    def said(self, kind):
        """The case and what the body says of it."""
        case = self.get_object()
        body = kind(data=self.request.data, context={"case": case})
        body.is_valid(raise_exception=True)
        return case, body.validated_data

    def done(self, act, case, *told):
        act(case, *told, by=self.request.authority, at=timezone.now())
        found = self.rows().filter(pk=case.pk).first()
        # What was handed to another office is no longer the caller's to read.
        return self.tagged(found) if found else Response(status=204)


def _verb(name, kind, act, told=lambda said: (said["text"],)):
    """A view method that does `act` with what a body of `kind` says."""

    def view(self, request, pk):
        case, said = self.said(kind)
        return self.done(act, case, *told(said))

    view.__name__ = name
    view.__doc__ = (act.__doc__ or "").split("\n", maxsplit=1)[0]
    described = extend_schema(request=kind)
    return described(action(detail=True, methods=["post"])(view))


class CaseViewSet(Cases):
    """The cases that lie with one's office, the newest first."""

    serializer_class = CaseSerializer
    writes = ("take", "call_back", "ask", "hand_over", "release", "review", "answer")

    def rows(self):
        return SupervisionCase.objects.worked_by(self.request.authority).with_entries()

    take = _verb("take", NoBody, actions.take_case, lambda said: ())
    call_back = _verb("call_back", SaidBody, actions.call_back)
    ask = _verb("ask", SaidBody, actions.ask_agency)
    hand_over = _verb("hand_over", SaidBody, actions.hand_over)
    release = _verb("release", NoBody, actions.release, lambda said: ())
    review = _verb(
        "review", AnswerBody, actions.review, lambda said: (said["outcome"], said["text"])
    )
    answer = _verb(
        "answer", AnswerBody, actions.answer_case, lambda said: (said["outcome"], said["text"])
    )


class ReplyViewSet(Cases):
    """What was put to one's agency, the newest first; for its head."""

    serializer_class = ReplySerializer
    writes = ("reply", "mend", "appeal", "decide_recusal")

    def rows(self):
        return casework.put_to(self.request.authority).with_entries()

    reply = _verb("reply", SaidBody, actions.reply)
    mend = _verb("mend", SaidBody, actions.mend)
    appeal = _verb("appeal", SaidBody, actions.appeal)
    decide_recusal = _verb(
        "decide_recusal",
        RecusalBody,
        actions.decide_recusal,
        lambda said: (said["officers"], said["text"]),
    )
