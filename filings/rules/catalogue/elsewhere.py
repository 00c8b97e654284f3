"""Where the rules of domain C1 to C5 that no entry of the catalogue names are decided, or why not.

Together with the catalogue and the clocks this is every rule; a test holds the three against the
list of ids.
"""

ELSEWHERE = {
    "R-ORG-2": "by the shape of the records: an agency is an organ, authorised or entrusted, and "
    "nothing else can be entered",
    "R-OFF-7": "a right of the subject at the door: showing the certificate is noted at check-in; "
    "a lawful refusal opens a case with the supervisor",
    "R-ITM-6": "in part: the version of an item, with its checklist, is frozen in the filing; "
    "standards of two agencies that conflict stand in no record, a complaint tells of them",
    "R-APP-2": "by the emergency road of the states: reason, time and person told are asked, and "
    "the clocks of back-filing and approval run",
    "R-NOT-2": "by visibility: what is unannounced is offered to no other agency, and nobody sees "
    "a filing from outside without the code that is shown at the door",
    "R-NOT-3": "the items are frozen at submission; another item needs another filing",
    "R-FRQ-2": "as data: the example caps are rows of the register of caps and floors",
    "R-FRQ-5": "a cap counted together in the register of caps and floors; `shared_cap_reached`",
    "R-DUP-5": "in the draw: who was drawn this year is left out of the pool",
    "R-JNT-1": "by the shape of the records: filings of one visit share it, and every count of "
    "visits counts it once",
    "R-SIT-4": "not decided: what was demanded by word of mouth stands in no record; a complaint "
    "at the door tells of it",
    "R-SIT-5": "where it is noted how the subject was told: unsigned wants the reason, the witness "
    "or the recording",
    "R-SIT-6": "not decided: intent stands in no record; the five prohibitions are printed on the "
    "notice, and no page ranks officers by number of checks",
}
