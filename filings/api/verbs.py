"""The verbs over HTTP: one address each, judged on the version the caller saw."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.versions import IF_MATCH, changed, etag, require_match, version_of
from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings import actions
from filings.api.asked import BODIES
from filings.api.bodies import DraftBody
from filings.api.emergency_bodies import BackFileBody, EmergencyBody
from filings.api.serializers import FilingSerializer
from filings.models import Filing
from filings.policy import StaleFiling, refusal
from filings.workflow import STEPS, Verb
from officers.api.idempotency import KEY, KEY_NEEDED, idempotent

MADE = {201: FilingSerializer}


def called(verb: str) -> str:
    """The verb of an event in words."""
    return str(Verb(verb).label) if verb in Verb else verb


# The verb behind each method of the view set that writes.
WRITES = {
    "create": Verb.DRAFT,
    "open_emergency": Verb.OPEN_EMERGENCY,
    "revise": Verb.REVISE,
    "back_file": Verb.BACK_FILE,
    "attach": Verb.ATTACH,
    **{f"do_{verb}": verb for verb in BODIES},
}


class Verbs:
    """Creating and moving filings, for the view set that shows them.

    What cannot be done is refused in one order: a filing that one may not know of 404, a verb that
    one may not do 403, a version not named 428 or overtaken 412, a body 400, a state 409.
    """

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        verb = WRITES.get(self.action)
        if verb is None:
            return
        if not self.detail and not request.authority.may(STEPS[verb].needs):
            raise NotAuthorised(_("Your appointment does not include this for this agency."))
        if self.detail:
            self.asked = get_object_or_404(self.rows().filter(pk=kwargs["pk"]))
            refused = refusal(verb, self.asked, request.authority)
            if isinstance(refused, NotAuthorised):
                raise refused

    def _answer(self, filing, code=status.HTTP_200_OK):
        headers = {"ETag": etag(filing)}
        if code != status.HTTP_200_OK:
            headers["Location"] = reverse("filing-detail", [filing.pk], request=self.request)
        return Response(self.whole(filing.pk), code, headers=headers)

    @extend_schema(request=DraftBody, responses=MADE, parameters=[KEY_NEEDED])
    @idempotent(required=True)
    def create(self, request):
        """Draft a filing; it may still be incomplete."""
        agency, said = self._said(DraftBody)
        filing = actions.draft(agency, said, by=request.authority, at=timezone.now())
        return self._answer(filing, status.HTTP_201_CREATED)

    @extend_schema(request=EmergencyBody, responses=MADE, parameters=[KEY_NEEDED])
    @action(detail=False, methods=["post"], url_path="open_emergency", filter_backends=())
    @idempotent(required=True)
    def open_emergency(self, request):
        """Begin at the door what could not wait for an approval; it is filed in full afterwards."""
        agency, said, sudden = self._said(EmergencyBody)
        now = timezone.now()
        filing = actions.open_emergency(agency, said, sudden, by=request.authority, at=now)
        return self._answer(filing, status.HTTP_201_CREATED)

    @extend_schema(request=DraftBody, responses=FilingSerializer, parameters=[IF_MATCH, KEY])
    @action(detail=True, methods=["post"])
    @idempotent()
    def revise(self, request, pk):
        """Replace what a draft or returned filing says."""
        filing = self.held()
        _agency, said = self._said(DraftBody, filing)
        return self.do(filing, lambda at: actions.revise(filing, said, by=request.authority, at=at))

    @extend_schema(request=BackFileBody, responses=FilingSerializer, parameters=[IF_MATCH, KEY])
    @action(detail=True, methods=["post"])
    @idempotent()
    def back_file(self, request, pk):
        """File an emergency in full after the visit."""
        filing = self.held()
        _agency, said, fault = self._said(BackFileBody, filing)
        by = request.authority
        return self.do(
            filing, lambda at: actions.back_file(filing, said, fault=fault, by=by, at=at)
        )

    def _said(self, kind, filing=None):
        context = {"authority": self.request.authority, "agency": filing and filing.agency}
        body = kind(data=self.request.data, context=context)
        body.is_valid(raise_exception=True)
        return body.spoken()

    def held(self) -> Filing:
        """The filing of the address, if it still is what the caller saw.

        As it was judged on; whoever changes it meanwhile makes the verb refuse it.
        """
        check_parameters(self.request.query_params, self.query_parameters)
        require_match(self.request, self.asked)
        return self.asked

    def do(self, filing, call, code=status.HTTP_200_OK):
        """The answer to `call(now)`; one that somebody overtook is told by whom."""
        try:
            return self._answer(call(timezone.now()), code)
        except StaleFiling as error:
            now = Filing.objects.get(pk=filing.pk)
            raise changed(now, version_of(now), called) from error

    def _move(self, request, verb):
        filing = self.held()
        body = BODIES[verb](data=request.data)
        body.is_valid(raise_exception=True)
        said = body.told(filing)
        act = actions.BY_VERB[verb]
        return self.do(filing, lambda at: act(filing, by=request.authority, at=at, **said))


def _route(verb):
    @idempotent()
    def move(self, request, pk):
        return self._move(request, verb)

    move.__name__ = f"do_{verb}"
    move.__doc__ = str(verb.label)
    described = extend_schema(
        request=BODIES[verb], responses=FilingSerializer, parameters=[IF_MATCH, KEY]
    )
    return described(
        action(detail=True, methods=["post"], url_path=str(verb), url_name=str(verb))(move)
    )


for _verb in BODIES:
    setattr(Verbs, f"do_{_verb}", _route(_verb))
