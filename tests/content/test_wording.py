"""What the service can say: every key has words, numbers come from contacts.yml only, the wishes are exact."""
import datetime as dt
import hashlib
import re
import subprocess

import pytest
from ruamel.yaml import YAML

from bot.guidance_files import ROOT, GuidanceError
from bot.safety.findings import CERTAIN
from bot.wishes import load_wishes
from bot.words import GIVEN_AT_RUN_TIME, load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
DOMAIN = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
GIVEN = dict.fromkeys(GIVEN_AT_RUN_TIME, "x")
# A telephone number, an e-mail address of ours, or a short national number as a literal.
NUMBER = re.compile(r"(?<![\w.#/-])0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)|(?<!\d)0800 ?1111|116 ?123|(?<!\d)85258|[\w.]+@plymouth\.gov\.uk")


@pytest.mark.parametrize("key", sorted(DOMAIN["responses"]))
def test_every_response_of_the_domain_has_words(key):
    assert key in WORDS.entries


def test_every_utterance_in_the_wording_is_in_the_domain():
    extra = {k for k in WORDS.entries if k.startswith("utter_")} - set(DOMAIN["responses"])
    assert extra <= {"utter_affirm", "utter_nothing_open", "utter_nothing_to_repeat", "utter_ask_number", "utter_if_it_is_hard"}  # said by actions


@pytest.mark.parametrize("key", sorted(WORDS.entries))
def test_every_entry_can_be_said_and_leaves_no_placeholder(key):
    said = WORDS.text(key, NOON, **GIVEN)
    assert said.strip()
    assert not re.search(r"[{}]", said)


@pytest.mark.parametrize("key", sorted(k for k, e in WORDS.entries.items() if e.opens_with_999))
def test_urgent_words_open_with_999_ask_nothing_and_say_that_nobody_has_read_it(key):
    said = WORDS.text(key, NOON)
    assert "999" in said[:60]
    assert "?" not in said
    assert "computer" in said


def test_every_certain_danger_has_urgent_words():
    assert {k.value for k in CERTAIN} == {"danger_now", "suicide_now"}
    for key in ("utter_danger_now", "utter_suicide_now_me", "utter_suicide_now_other", "utter_maybe_danger", "utter_other_language"):
        assert WORDS.entries[key].opens_with_999


@pytest.mark.parametrize("form", sorted(DOMAIN["forms"]))
def test_every_form_can_be_interrupted_by_danger(form):
    assert set(DOMAIN["forms"][form]["ignored_intents"]) >= {k.value for k in CERTAIN}


@pytest.mark.parametrize("key", ["utter_child_telling", "utter_worry_about_child", "utter_self_harm_me", "utter_self_harm_other",
                                 "utter_promise_not_to_tell", "utter_practitioner_urgent", "utter_practitioner_support",
                                 "utter_everyday_talk", "utter_news_or_story", "utter_parenting_stress", "utter_past_and_safe", "utter_what_if_question",
                                 "utter_everyday_feeling", "reflection_harm"])
def test_wherever_danger_could_be_misheard_999_stands_near_the_top(key):
    assert "999" in WORDS.text(key, NOON)[:300]


@pytest.mark.parametrize("moment", ["2026-11-23T12:00", "2026-11-23T18:00", "2026-11-23T23:00"])
def test_the_route_gives_both_numbers_at_any_hour(moment):
    route = WORDS.route(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.timezone.utc))
    assert "01752 668000" in route
    assert "01752 346984" in route


def test_no_number_or_address_stands_outside_contacts_yml():
    tracked = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "bot", "actions", "guidance", "data/rules", "domain.yml", "config.yml", "docs",
                              "README.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    found = []
    for name in tracked:
        if name == "guidance/contacts.yml" or name.endswith((".npz", "vocabulary.txt", ".docx", "baseline.tsv")):  # the last holds fingerprints
            continue
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            if NUMBER.search(line):
                found.append(f"{name}:{number}")
    assert not found, found


def test_the_ten_wishes_are_word_for_word_those_of_the_young_safeguarders():
    # the SHA-256 of the ten wishes as the annual report 2021-22 prints them, a line each, in its order
    printed = "\n".join(w.wish for w in load_wishes().all)
    assert hashlib.sha256(printed.encode()).hexdigest() == "3aca042db83571c77d1bfe57da03f69ba660b45ee3042a7f1e795e4ebe766145"


@pytest.mark.parametrize(("old", "new", "says"), [
    ("utter_greet:\n", "utter_greet:\nutter_greet2:\n", "says nothing"),
    ("{emergency}", "{emergncy}", "{emergncy}"),
    ("utter_thanks:", "utter_goodbye:", ""),
])
def test_a_mistake_in_the_wording_names_file_line_and_mend(tmp_path, old, new, says):
    for file in (ROOT / "guidance" / "wording").glob("*.yml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    broken = tmp_path / "everyday.yml"
    broken.write_text(broken.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidanceError) as error:
        load_words(tmp_path)
    assert re.search(r"everyday\.yml:\d+: ", str(error.value))
    assert says in str(error.value)
