"""A sentence of the import is said again in the language of another reader."""

from django.utils.translation import gettext_lazy, override

from agencies.imports.faults import Said, said, stored, told


def test_is_a_text_of_now_and_can_be_kept_and_told_in_another_language():
    sentence = said("Write it as %(how)s.") % {"how": "2022-03-05"}
    assert sentence == "Write it as 2022-03-05."
    kept = stored(sentence)
    with override("zh-hans"):
        assert told(kept) == said("Write it as %(how)s.") % {"how": "2022-03-05"} != sentence


def test_sentences_labels_and_lists_within_it_are_said_again_too():
    inner = said("is not a date")
    whole = Said(
        "%(a)s|%(b)s|%(c)s|%(n)d", {"a": inner, "b": gettext_lazy("agency"), "c": [inner], "n": 3}
    )
    assert whole == "is not a date|agency|is not a date|3"
    with override("zh-hans"):
        assert told(stored(whole)) == "不是日期|" + str(gettext_lazy("agency")) + "|不是日期|3"


def test_a_percent_sign_that_fills_nothing_stays():
    assert told(stored(said("100 % sure"))) == "100 % sure"
    assert told(stored("只是文字")) == "只是文字"
