"""The net as a whole. The sentences here are its own examples; the measured figures come from tests/measure."""
import asyncio
import time

import numpy as np
import pytest
from spacy.matcher import Matcher

from bot.safety.about_whom import load_about_whom
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
    return SafetyNet(load_spelling(words), patterns, whole._languages, None, load_about_whom())


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
    "i am about to jump on a call", "laughed so hard i couldnt breathe", "the goldfish has not moved", "kittens stuck behind the shed and yowling", "lost: grey whippet, last seen by the pond", "mum fell asleep in the garden",
    "i cant breathe in this dress", "chip pan for sale", "he won't come to the table", "GRANDAD SMOKES IN THE LIVING ROOM", "her hair has gone blue", "we jumped in the pool",
])
def test_a_pattern_of_danger_with_a_harmless_object_does_not_count(patterns_alone, message):
    assert not patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "drowning in paperwork today", "took an overdose of christmas cake", "the rash fades when i press it", "my laptop has collapsed", "cutting my fringe tonight",
    "dad shakes the baby rattle", "mum shook the baby bottle this morning", "my phone will not wake up", "we made a seed bomb in the school garden",
    "childcare costs a bomb at nursery", "smoke bomb at school disco", "dad is shaking the baby monitor", "the traffic is not moving", "the cpr dummy is not breathing",
    "baby on motorway services, where can i feed", "hot glue gun in class right now", "my brother has a knife in csgo",
    "how soon would somebody come back to me", "in the news a gang with machetes walking through london", "i will not breathe a word of it", "he is tied up in a meeting", "the dog is tied up outside the shop", "we got knocked out in the semis", "the bottle was cold to the touch"])
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
    "he shakes the baby milk goes everywhere and she is limp", "i think that is the bomb in the school",
    "baby had his bottle and now he is cold to the touch", "he came in from the slide and he is cold to the touch", "she can't breathe or say a word",
    "she is tied up all night in the shed", "a group of about ten with machetes heading to the park", "lads with knives waiting outside for my brother",
    "i went in and she did not wake up", "grandad went to sleep and did not wake up", "help police", "my stepdad is going to hit me when he gets in", "15yo missing since 2am, diabetic, no insulin with her", "she walked out at nine, diabetic, without her insulin, not answering", "i have been working out how much insurance the kids would get", "the dog was loose and my brother is tied up", "he was knocked out in the final and he is not waking up"])
def test_a_shaken_baby_a_bomb_and_danger_beside_harmless_words_are_heard(patterns_alone, message):
    assert patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "i cut my wrists", "i slit me wrists, not telling nan", "my wrists are cut", "i cut my wrist open", "I SLIT MY WRISTS", "dont tell him i cut my wrists",
    "slashed my throat", "my wrists r cut and i dont want mam to see", "my daughter has run away", "my son got upset and ran off", "i cut both wrists",
    "i cut my wrists on a tin lid because i want to die", "i cut my wrists every night", "my wrists are cut from a razor", "i told mum i cut my wrists by accident",
    "she has taken all her tablets the doctor gave her", "my son ran out of the house", "my daughter threatened to run away and she is not in her room"])
def test_what_is_said_flatly_of_ones_own_wrists_or_of_a_child_who_ran_is_heard(patterns_alone, message):
    assert patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "i used to cut my wrists years ago", "i have never cut my wrists", "my wrists are cut from the brambles", "cut my wrist open on a tin",
    "i cut my wrists when i feel sad", "my son wants to run away to the zoo", "she has taken her iron tablets like the midwife said"])
def test_a_small_cut_a_childs_threat_to_run_and_prescribed_tablets_are_no_danger_by_a_pattern(patterns_alone, message):
    assert not patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "i saw somebody push a buggy into the river and go", "a lady said she was his auntie and collected him, nobody knows her", "i cannot see, he sprayed bleach in my eyes",
    "he says if i scream he will use the knife", "i am stuck in the walk in freezer and nobody hears me", "the bouncy castle flew up with kids on it",
    "dad shut me in the shed and went out", "nobody came to look after me, i am 5", "our caretaker just had a stroke", "half of her is not working since this morning",
    "my little lad had a handful of nans heart tablets", "he sent me a picture of a noose", "she posted a pic of pills in a row and said bye"])
def test_rare_dangers_told_plainly_are_heard(patterns_alone, message):
    assert patterns_alone.check(message).findings.alarm


@pytest.mark.parametrize("message", [
    "we pushed the buggy along the river", "the bouncy castle blew over before anybody was on it", "my uncle said he was tired and took the bus", "he threw a snowball in my face",
    "i put dolly in the cupboard and went to bed", "nobody minds if i am 5 minutes late", "if she screams i give her the dummy", "i want to throw my controller",
    "my thighs are on fire after squats", "tied up at work till six", "drowning us in paperwork again", "my knee is bleeding a bit", "mum thrashed me at tennis",
    "dad has taken the kids to soft play", "half of the class is not working", "i had a stroke of luck", "a picture of a bridge for art", "side of the cot has dropped"])
def test_their_harmless_twins_are_not(patterns_alone, message):
    assert patterns_alone.check(message).findings.first is None


@pytest.mark.parametrize("message", [
    "my stepdad beat me in a pool of blood", "my uncle beat me in the squash court", "my coach beats us at swimming", "my dad thrashed me in the shed"])
def test_a_beating_where_games_are_played_is_no_game(patterns_alone, message):
    assert patterns_alone.check(message).findings.first is not None


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
    "she says she should of left me at the hospital", "she wishes she never had me",
    "my dad chucked me down the stairs lol", "my old man flung me when i failed", "my stepdad throws me against the wall", "mum dragged me across the kitchen",
    "my belt marks are still there for PE how do i get out of it", "how do i hide the marks from the cane"])
def test_a_child_who_tells_in_the_words_of_home_who_struck_them_is_heard(patterns_alone, message):
    assert Kind.CHILD_TELLING in {f.kind for f in patterns_alone.check(message).findings.all}


@pytest.mark.parametrize("message", [
    "the kids dad battered me last night", "his dad punched me when i went to get him", "my dad thrashed me at chess", "my dad slapped me on the back when we won",
    "mum whipped me up a pancake", "nan beats me at scrabble", "my dad belted me in the car seat", "when i was a kid my dad leathered me", "my dad never hit me",
    "my teacher hit me with a detention", "my partner battered me", "mum burnt us a cake", "he beats me to the shower",
    "my sister kicks me off the wifi", "i am a teacher and a pupil punched me in the face", "as a foster carer the lad hit me this week", "my son's dad punched me in the face",
    "his step dad punched me in the face", "losing my mum hit me hard this week", "mum says the ball hit me in the head", "mum knocks us about 8 every morning",
    "my teacher kicked me in to the top group", "dad gave me a good hiding at chess", "my mum beat me home yesterday", "we do not have a bed for the cat in the car",
    "my dad watches me in the swimming gala", "i wish she never had me down for tuesdays", "my mum hits me up for my chocolate", "i got hit with a 2 page essay",
    "dad threw me in the pool and we laughed", "my mum pushed me on the swing", "my uncle threw me a ball"])
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
    assert check.language


@pytest.mark.parametrize("message", ["dzień dobry, potrzebuję pomocy", "martwię się o dziecko", "bună ziua, am nevoie de ajutor"])
def test_what_the_classifier_makes_of_another_language_is_no_suicide_of_the_writer(message):
    assert urgent_key(load_net().check(message)) == ("utter_other_language",)


def test_danger_counts_beside_words_of_another_language():
    assert urgent_key(load_net().check("potrzebuję pomocy he is stabbing my mum")) == ("utter_danger_now",)


@pytest.mark.parametrize("message", ["(" * 50_000, "he " * 15_000, "a" * 60_000, "😭" * 9_000, "ha" * 20_000, " \n" * 20_000, "1" * 50_000])
def test_no_message_takes_long(message):
    """By the clock of the processor: what else the machine does takes none of it."""
    net, started = load_net(), time.process_time()
    net.check(message)
    assert time.process_time() - started < 4.0


@pytest.mark.parametrize("message", [
    "i wish i was dead", "whats the point of carrying on, everyone would be better off", "honestly cant see a reason to keep going", "they would be better off if i was not here",
    "the kids would be better off without me", "kms and i actually mean it",
    "if i went to bed and just didnt wake up who would care", "if i fell asleep and never woke up fine"])
def test_thoughts_of_dying_are_care_and_not_an_alarm(message):
    found = load_net().check(message).findings
    assert not found.certain
    assert Kind.SELF_HARM_ME in {f.kind for f in found.all}


@pytest.mark.parametrize("message", ["would i be better off if i was not working", "i cant see a reason to go on the trip", "is there any point in carrying on with the reward chart",
                                     "omg kms lol maths again"])
def test_ordinary_doubt_is_no_thought_of_dying(message):
    assert Kind.SELF_HARM_ME not in {f.kind for f in load_net().check(message).findings.all}


def test_a_finding_names_a_rule_and_never_what_was_typed():
    found = load_net().check("heronlantern he has a knife").findings.all
    assert found
    assert "heronlantern" not in str(found)


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


def test_no_sentence_that_holds_a_pattern_is_passed_over():
    """Every pattern in its shortest form, with each option of each of its words once."""
    patterns, _ = load_patterns()
    heard = 0
    for matcher, needs in (patterns._strong, patterns._weak):
        for rule, said in ((name, said) for name in patterns._rules if name in matcher for said in matcher.get(name)[1]):
            alone = Matcher(patterns._nlp.vocab)
            alone.add(rule, [said])
            needed = [word["LOWER"]["IN"] for word in said if "LOWER" in word and "OP" not in word]
            for place, options in enumerate(needed):
                for option, others in ((option, others) for option in options for others in (0, -1)):
                    sentence = " ".join(option if n == place else word[others] for n, word in enumerate(needed))
                    assert alone(patterns._nlp.make_doc(sentence)), f"{rule} cannot be said: {sentence}"
                    assert needs.met_by(set(sentence.split())), f"{rule} would be passed over: {sentence}"
                    heard += 1
        assert not needs.met_by({"hello", "there"})
    assert heard > 10_000


def test_what_people_say_is_heard_alike_whether_sentences_are_passed_over_or_not(monkeypatch):
    patterns, _ = load_patterns()
    said = [load_net().standard(line) for line in [line for lines in read_examples(False).values() for line in lines][::400]]
    quickly = [(patterns.find(text), patterns.find_weak(text)) for text in said]
    monkeypatch.setattr(Needs, "met_by", lambda *_: True)      # read every sentence with every pattern
    assert [(patterns.find(text), patterns.find_weak(text)) for text in said] == quickly
    assert sum(bool(strong or weak) for strong, weak in quickly) > 5


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
