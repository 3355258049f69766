"""The net as a whole. The sentences here are its own examples; the measured figures come from tests/measure."""
import asyncio
import time

import numpy as np
import pytest

from bot.safety.findings import Kind
from bot.safety.fold import fold
from bot.safety.net import SafetyNet, build_net, load_net, urgent_key
from bot.safety.patterns import Needs, load_patterns
from bot.safety.spelling import load_spelling
from bot.safety.voter import VOTER_FILE, hashed, hashed_alone, load_voter
from bot.understanding.encoder import safeguarding_encoder
from tests.measure.sides import read_examples


@pytest.fixture(scope="module")
def patterns_alone() -> SafetyNet:
    """The net when neither classifier nor encoder could be loaded."""
    whole = load_net()
    patterns, words = load_patterns()
    return SafetyNet(load_spelling(words), patterns, whole._languages, None)


CLEAR = [
    "999 999 999",
    "my uncle has a knife in the kitchen and mum is screaming", "he is strangling my sister right now", "she's not breathing",
    "my little boy swallowed some bleach", "the house is on fire and my brother is upstairs", "ive been stabbed",
    "theres someone kicking our front door in", "he said he is going to kill us tonight", "the baby has gone blue and floppy",
    "he has just punched my mum", "some man just dragged a girl into his van", "he's gone all floppy", "she has slit her wrists",
    "my dad is drunk and he is driving us home", "his foot is stuck in the level crossing", "hes under the waves and i cant see him", "somebody come",
    "ring the police my daddy", "my child is in danger right now", "we are in danger", "my arm is cut, daddy did it with a knife", "she drank loads and now she's fitting",
]
SAFE = [
    "homework is killing me", "we got absolutely murdered at netball on saturday", "my phone is dead",
    "nobody is in danger, i just want the opening times", "in the film a man stabs his brother", "what should i do if a child says they are being hit",
    "my mum smokes in the car with me in it", "i cannot get up for school",
    "he used to hit me years ago but he is in prison now", "my toddler threw a wobbly over socks", "the fire drill scared my daughter",
    "he is in danger of being excluded", "is it true that tigers are in danger",
    "what does the policy say about knives", "a girl at the youth club told me her dad hurt her last night and the office will be shut",
]


@pytest.mark.parametrize("message", CLEAR)
def test_clear_danger_opens_with_999_even_without_any_model(patterns_alone, message):
    assert patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", SAFE)
def test_figures_of_speech_stories_questions_and_the_past_do_not(message):
    assert not load_net().check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "i am about to jump on a call", "laughed so hard i couldnt breathe", "the goldfish has not moved", "mum fell asleep in the garden",
    "i cant breathe in this dress", "chip pan for sale", "he won't come to the table", "GRANDAD SMOKES IN THE LIVING ROOM", "her hair has gone blue", "we jumped in the pool",
])
def test_a_pattern_of_danger_with_a_harmless_object_does_not_count(patterns_alone, message):
    assert not patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "drowning in paperwork today", "took an overdose of christmas cake", "the rash fades when i press it", "my laptop has collapsed", "cutting my fringe tonight",
    "dad shakes the baby rattle", "mum shook the baby bottle this morning", "my phone will not wake up", "we made a seed bomb in the school garden",
    "childcare costs a bomb at nursery", "smoke bomb at school disco", "dad is shaking the baby monitor", "the traffic is not moving", "the cpr dummy is not breathing",
    "baby on motorway services, where can i feed", "hot glue gun in class right now", "my brother has a knife in csgo"])
def test_a_figure_of_speech_is_no_danger_by_a_pattern(patterns_alone, message):
    assert not patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "daddy shakes baby", "mum was shaking the baby to make him stop", "the childminder shook my baby", "my boyfriend shook the baby yesterday and she is sleepy",
    "somebody said theres a bomb in the nursery", "he says he is bringing a bomb to school", "there is a bomb at school", "there is a bomb on the bus",
    # beside words that are harmless elsewhere
    "in drama club just now a girl stopped breathing", "i failed my exam paper and ive taken an overdose", "mock paper tomorrow im going to kill myself tonight",
    "i was doing my test paper and dad is hitting mum with a hammer now", "my case study is due and i have swallowed 30 paracetamol",
    "my baby is choking on a flashcard", "i use makaton for my son, he is choking and not breathing", "the escape room is on fire and we cant get out",
    "my friend stopped breathing at paintball", "my neighbour mrs sims house is on fire", "he smashed up zelda and now he is strangling my mum",
    "he is strangling mum because i saw a video on his phone", "we did a role play at school and then my step dad came in and he is strangling my mum",
    "my son took an overdose of tablets", "mum has overdosed on christmas day", "she took an overdose of sweets and pills",
    "the rash does not fade when i press it", "phone 999 mum wont wake up", "my phone is nearly out and mum will not wake up", "telly is on and grandad wont wake up",
    "sos need help", "sos anyone", "the dummy is stuck and my baby is not breathing", "my son was hit by traffic he is not moving",
    "my boyfriend hit me and my ears are bleeding", "the shed has collapsed on my brother and he is trapped", "he is drowning in the pool",
    "he shakes the baby milk goes everywhere and she is limp", "i think that is the bomb in the school"])
def test_a_shaken_baby_a_bomb_and_danger_beside_harmless_words_are_heard(patterns_alone, message):
    assert patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message, kind", [
    ("my mosque teacher hits us on the feet", "child_telling"), ("my grandad has a game i dont like", "child_telling"),
    ("my coach slaps kids who miss", "child_telling"), ("nan locks me in", "child_telling"),
    ("a boy in my form has a black eye and his dad did it", "worry_about_child"), ("bruises on her arm, she says stepdad did that", "worry_about_child")])
def test_harm_that_is_told_in_passing_is_heard(patterns_alone, message, kind):
    assert kind in {f.kind.value for f in patterns_alone.check(message).findings.all}


@pytest.mark.parametrize("message", [
    "my dad leathered me", "dad whacked me with a slipper", "mum thumped me", "my stepdad decked me", "my dad smashed me in the face", "dad knocks me about",
    "mum gave me a hiding", "got a hiding off my dad", "dad bashed my head on the wall", "my stepdad kicked me in the stomach", "my dad burned me with a fag",
    "my mums boyfriend battered me yesterday", "last week my dad whipped me with a cable", "our dad whacks us", "my dad has just whacked me one", "my coach beat me up the stairs",
    "i told the teacher my dad hit me with a belt", "her mum knows my dad punched me in the face", "the carer hit me with a belt", "i told her dad hit me with a belt",
    "dad beat me to the floor", "my dad choked me up against the wall", "dad belted me in the face", "my dad decked me out cold", "dad whipped me up the stairs",
    "dad slapped me on the back of the legs", "he beats me on race days", "my granddad hits me", "my mammy hits me", "my stepmom hits me", "my mum brunt me with the iron",
    "my teacher is sexting me", "everyone gets tea except me when im bad", "i dont have a bed just coats", "is it normal if your dad checks you in the shower",
    "she says she should of left me at the hospital", "she wishes she never had me"])
def test_a_child_who_tells_in_the_words_of_home_who_struck_them_is_heard(patterns_alone, message):
    assert Kind.CHILD_TELLING in {f.kind for f in patterns_alone.check(message).findings.all}


@pytest.mark.parametrize("message", [
    "the kids dad battered me last night", "his dad punched me when i went to get him", "my dad thrashed me at chess", "my dad slapped me on the back when we won",
    "mum whipped me up a pancake", "nan beats me at scrabble", "my dad belted me in the car seat", "when i was a kid my dad leathered me", "my dad never hit me",
    "my teacher hit me with a detention", "my partner battered me", "mum burnt us a cake", "he beats me to the shower",
    "my sister kicks me off the wifi", "i am a teacher and a pupil punched me in the face", "as a foster carer the lad hit me this week", "my son's dad punched me in the face",
    "his step dad punched me in the face", "losing my mum hit me hard this week", "mum says the ball hit me in the head", "mum knocks us about 8 every morning",
    "my teacher kicked me in to the top group", "dad gave me a good hiding at chess", "my mum beat me home yesterday", "we do not have a bed for the cat in the car",
    "my dad watches me in the swimming gala", "i wish she never had me down for tuesdays", "my mum hits me up for my chocolate", "i got hit with a 2 page essay"])
def test_what_others_grown_ups_did_what_is_long_over_and_play_is_no_child_who_tells(patterns_alone, message):
    assert Kind.CHILD_TELLING not in {f.kind for f in patterns_alone.check(message).findings.all}


@pytest.mark.parametrize("message, alarms", [
    ("what is the procedure, a child has taken an overdose in my class", True), ("a child in my class has taken an overdose what is the guidance", True),
    ("what is the policy, the building is on fire", True), ("what is the procedure for a child who has taken an overdose", False),
    ("what is the policy if the building is on fire", False), ("what does the guidance say about a child who was stabbed", False)])
def test_a_question_about_procedures_is_none_where_it_has_happened(patterns_alone, message, alarms):
    assert patterns_alone.check(message).findings.alarm is alarms


def test_the_voters_only_add():
    """Whatever the patterns find alone, the whole net finds too."""
    whole = load_net()
    for message in CLEAR + SAFE:
        by_patterns = {f.why for f in whole._patterns.find(whole.standard(message))}
        assert by_patterns <= {f.why for f in whole.check(message).findings.all}


def test_a_voter_that_was_trained_with_other_encoders_votes_by_spelling(tmp_path):
    arrays = dict(np.load(VOTER_FILE))
    np.savez(tmp_path / "voter.npz", **{**arrays, "encoder": np.array("another")})
    assert not load_voter(tmp_path / "voter.npz").hears_meaning


def test_danger_in_two_messages_is_danger(patterns_alone):
    assert not patterns_alone.check("my dad").findings.alarm
    assert not patterns_alone.check("has got a knife").findings.alarm
    assert patterns_alone.check("has got a knife", ["my dad"]).findings.certain


def test_a_cry_at_the_end_of_a_long_calm_message_is_heard():
    calm = "Hello, I hope this is the right place to ask. We moved here in the spring and the school is lovely. " * 6
    assert load_net().check(calm + "Sorry, he is strangling my sister right now.").findings.alarm


@pytest.mark.parametrize("message", ["ребенок в опасности помогите", "أنا في خطر", "moje dziecko jest w niebezpieczeństwie", "救命"])
def test_other_languages_are_answered_with_999_first(message):
    check = load_net().check(message)
    assert urgent_key(check) == ("utter_other_language",)
    assert check.language_reply


def test_suicide_is_answered_differently_for_oneself_and_for_another():
    net = load_net()
    assert urgent_key(net.check("i am going to kill myself tonight")) == ("utter_suicide_now_me",)
    assert urgent_key(net.check("my friend says she is going to kill herself tonight, she is at home on her own and her mum is out")) \
        == ("utter_suicide_now_other",)


@pytest.mark.parametrize("message", ["(" * 50_000, "he " * 15_000, "a" * 60_000, "😭" * 9_000, "ha" * 20_000, " \n" * 20_000, "1" * 50_000])
def test_no_message_takes_long(message):
    started = time.perf_counter()
    load_net().check(message)
    assert time.perf_counter() - started < 4.0


def test_thoughts_of_dying_are_care_and_not_an_alarm():
    first = load_net().check("i wish i was dead").findings.first
    assert first is not None
    assert first.kind is Kind.SELF_HARM_ME


def test_a_finding_names_a_rule_and_never_what_was_typed():
    for finding in load_net().check("heronlantern he has a knife").findings.all:
        assert "heronlantern" not in f"{finding}"


def test_what_people_typed_can_be_forgotten_everywhere():
    net = load_net()
    net.check("heron lantern 4471", ["something said before"])
    net.forget()
    voter = net._voter
    assert all(remembered.cache_info().currsize == 0 for remembered in (net._once, net._language_once, net._heard_once, net.standard, fold))
    assert voter is not None and voter.score.cache_info().currsize == 0
    assert net.spelling._mended.cache_info().currsize == 0
    assert len(safeguarding_encoder().last) == 0


@pytest.mark.parametrize("broken", ["vote", "may_be_part", "begin"])
def test_a_classifier_that_breaks_takes_nothing_away_that_the_patterns_hear(monkeypatch, caplog, broken):
    def breaks(*_):
        raise RuntimeError("my dad has a knife")
    net = build_net()
    monkeypatch.setattr(net._voter, broken, breaks)
    check = asyncio.run(net.check_aside("my dad has a knife and he is coming at me", ["he just came in"]))
    assert Kind.DANGER_NOW in {f.kind for f in check.findings.all}
    assert not net.check("what time do you open").findings.alarm
    assert "RuntimeError" in caplog.text and "knife" not in caplog.text


def test_talk_that_is_far_from_any_alarm_is_not_read_a_second_time_together():
    net = load_net()
    before = net._voter.score.cache_info().misses
    net.check("do i need an appointment at all", ["what time do you open on saturday"])
    assert net._voter.score.cache_info().misses == before + 2  # each message once, not both together


def test_the_same_words_are_heard_by_what_was_said_before_in_this_conversation_and_no_other():
    net, words, before = load_net(), "my brother", ("he is on the bridge",)
    net.forget()
    alone = net.check(words)
    after = net.check(words, before)
    in_contact = net.check(words, before, True)
    for again, earlier, contact in ((alone, (), False), (after, before, False), (in_contact, before, True)):
        assert net.check(words, earlier, contact) == again     # from what was remembered
        net.forget()
        assert net.check(words, earlier, contact) == again     # from nothing
    assert after.findings.certain and not alone.findings.alarm


@pytest.mark.timeout(900)
def test_a_sentence_that_no_pattern_needs_reading_for_holds_none(monkeypatch):
    patterns, _ = load_patterns()
    said = [load_net().standard(line) for lines in read_examples(False).values() for line in lines[::16]]
    quickly = [(patterns.find(text), patterns.find_weak(text)) for text in said]
    monkeypatch.setattr(Needs, "met_by", lambda *_: True)      # read every sentence with every pattern
    assert [(patterns.find(text), patterns.find_weak(text)) for text in said] == quickly
    assert sum(bool(strong or weak) for strong, weak in quickly) > 100


def test_one_text_is_hashed_as_many_are():
    for text in ("", "a", "he is hitting me right now .", "knife " * 50):
        row, (which, values) = hashed([text]), hashed_alone(text)
        assert row.indices.tolist() == which.tolist() and row.data == pytest.approx(values, abs=1e-12)


def test_what_fifty_people_said_before_is_not_read_again_at_each_of_their_messages():
    net = load_net()
    net.forget()
    said = {person: [f"do i need an appointment on day {day} of week {person}" for day in range(3)] for person in range(50)}
    for day in range(3):
        for lines in said.values():
            net.check(lines[day], lines[:day])
    assert net._voter.score.cache_info().misses == 150
    net.forget()


LINES_WITH_MORE = ["hello", "he has a knife", "my dad hits me", "can i stay anonymous", "i dont want to be here anymore",
                   "he said it was our secret. " * 15 + "then he touched me. he is here now", ""]


@pytest.mark.parametrize("in_contact", [False, True])
def test_a_check_beside_the_turns_finds_what_a_check_finds(in_contact):
    net = load_net()
    for earlier in ((), ("my dad just came in",), ("what time do you open", "he is drunk again", "he has got something in his hand")):
        for line in LINES_WITH_MORE:
            net.forget()
            alone = net.check(line, earlier, in_contact)
            net.forget()
            assert asyncio.run(net.check_aside(line, earlier, in_contact)) == alone
