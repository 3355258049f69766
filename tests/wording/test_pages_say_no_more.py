"""The pages of the desk and of the lab are walked, and what stands on them is in the list; what people told us is known to the test."""
import html
import re

import pytest

from bot.wording import catalogue
from tests.desk.conftest import Person, RealDesk, quick_hashes  # noqa: F401 - a fixture
from tests.handoff.conftest import clock  # noqa: F401 - a fixture
from tests.wording_lab.conftest import Young, files, meeting_of, tap  # noqa: F401 - a fixture

PATHS = ["/", "/alarms", "/insight", "/switch", "/people", "/record", "/wording", "/wording/flagged", "/nothing-here", "{contact}", "{meeting}", "{suggestion}", "{walk}",
         "/lab/walk", "/lab/did", "/lab/left"]
_HIDDEN = re.compile(r"<(script|style|svg|code|pre|textarea|option)\b.*?</\1>|<!--.*?-->|<![^>]*>", re.S | re.I)
_BLOCK = re.compile(r"</?(?:p|h\d|li|ul|ol|dl|dt|dd|div|section|form|legend|fieldset|label|button|summary|details|t[dhr]|thead|tbody|table|title|header|main|footer|nav|aside|"
                    r"caption|input|br)\b[^>]*>", re.I)
# Identifiers (first: one may begin with digits alone), times, counts, versions and references.
_MOMENT = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?\b|\b\d+[:.]?\d*\b|\b\d+ (?:working )?(?:hours?|days?|minutes?)\b|"
                     r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b|\b[A-Z]{6}\b|\b\w+_\w[\w.]*|{\w+}|\bhours?\b|\bdays?\b|\bminutes?\b|\bworking\b|\bNov(?:ember)?\b")
SMALL = ("Skip to main content", "left", "yet", "to open", "to decide", "to pass on")    # the components' and the clock's
TOLD = ("the tests", "I heard shouting again last night.", "Say hello, friend.", "my dad is hitting me right now", "Mona Person", "Will Person", "mona", "will", "A walk", "manager")


def fragments():
    """What the list holds, without what is filled in, the longest first."""
    found = set()
    for said in catalogue():
        if said.kind not in ("guidance", "translation"):
            found |= {" ".join(part.split()) for part in re.split(r"{\w+}|\n", said.text)} | {" ".join(part.split()) for part in re.split(r"{\w+}|\n|(?<=[.!?]) ", said.text)}
    found |= {*SMALL, *TOLD}
    return sorted((f for f in found if re.search(r"[A-Za-z]{2}", f)), key=len, reverse=True)


def blocks(page):
    page = _HIDDEN.sub(" ", page)
    for piece in _BLOCK.split(page):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", piece)).split())
        if len(re.findall(r"[A-Za-z]{2,}", text)) > 1:      # a word alone is a name, a format or a head of a column
            yield text


@pytest.fixture(scope="module")
def list_of_texts():
    return fragments()


@pytest.fixture
def pages(tmp_path, clock, files):  # noqa: F811
    house = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, chat_url="http://127.0.0.1:9")
    for name, role in (("mona", "manager"), ("will", "worker")):
        house.add(name, role)
    mona = house.signed_in("mona")
    contact = house.arrives()
    code, meeting = meeting_of(mona)
    young = Young(house.app, code)
    words = tap("suggest", 0, "Say hello, friend.")
    young.sends(words, tap("suggest", 0, "my dad is hitting me right now"), tap("clear", 0, "yes"), tap("hard", 0, "1"), tap("feel", 0, "kind"))
    walk = mona.post("/wording/walks", {"title": "A walk"}).location
    places = {"contact": f"/contacts/{contact.contact_id}", "meeting": meeting, "suggestion": f"/wording/suggestions/{words['id']}", "walk": walk}
    return {path: (young if path.startswith("/lab") else mona).get(path.format(**places)).get_data(as_text=True) for path in PATHS}


def unlisted(page, list_of_texts):
    for text in blocks(page):
        rest = text
        for known in list_of_texts:
            if known.lower() in rest.lower():
                edges = (r"(?<!\w)" if known[0].isalnum() else "", r"(?!\w)" if known[-1].isalnum() else "")
                rest = re.sub(re.escape(known).join(edges), " ", rest, flags=re.I)
        if re.search(r"[A-Za-z]{2}", _MOMENT.sub(" ", rest)):
            yield text, " ".join(rest.split())


def test_what_stands_on_the_pages_is_in_the_list(pages, list_of_texts):
    wrong = {path: found for path, page in pages.items() if (found := list(unlisted(page, list_of_texts)))}
    assert not wrong, "\n".join(f"{path}: {text!r} (not listed: {rest!r})" for path, found in wrong.items() for text, rest in found)


def test_a_sentence_that_is_not_listed_is_found(list_of_texts):
    assert [rest for _, rest in unlisted("<p>Everybody adores purple zebras.</p>", list_of_texts)]
