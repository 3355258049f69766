"""Urgent words say the one step that fits until help comes; where none fits, their own general one."""
import datetime as dt

import pytest

from bot.fitting import fitted
from bot.guidance_files import GuidanceError
from bot.steps import FILE, URGENT_KEYS, load_steps, step_for, urgent_words
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
DANGER, MINE, ANOTHERS = "utter_danger_now", "utter_suicide_now_me", "utter_suicide_now_other"


def test_every_step_has_words_that_ask_nothing_and_every_urgent_reply_has_a_general_one():
    steps = {step.says for step in load_steps()}
    assert steps <= set(WORDS.entries)
    assert not [key for key in steps if "?" in WORDS.text(key, NOON)]
    assert all(len(WORDS.entries[key].texts) >= 3 for key in URGENT_KEYS)


@pytest.mark.parametrize(("text", "step"), [
    ("he is choking on a bit of apple", "step_choking"), ("her tongue is swelling after the nuts", "step_allergy"), ("she used her inhaler and it did nothing", "step_asthma"),
    ("my sister is having a fit on the carpet", "step_fit"), ("gran is not breathing", "step_not_awake"), ("mummy wont wake up", "step_not_awake"), ("i cant breathe", "step_own_breath"),
    ("he swallowed a button battery", "step_battery"), ("she drank some bleach", "step_taken"), ("he poured the kettle over her arm", "step_burn"), ("my friend got stabbed", "step_bleeding"),
    ("the blood wont stop and its deep", "step_bleeding"), ("her waters broke and nobody is here", "step_birth"), ("a rash that does not fade under a glass", "step_very_ill"),
    ("grandad is diabetic and all sweaty and confused", "step_sugar"), ("he fell off the wall and hit his head and keeps being sick", "step_head"), ("he shook the baby", "step_shaken"),
    ("smoke is coming under my door", "step_smoke_at_the_door"), ("the kitchen is on fire", "step_fire"), ("we smell gas and my head hurts", "step_gas"),
    ("a baby is locked in a hot car with the windows up", "step_hot_car"), ("a boy fell in the river", "step_water"), ("he is holding a live wire", "step_electric"),
    ("im at the airport and they will make me marry", "step_airport"), ("a man snatched a girl outside the shop", "step_taken_away"), ("mum is drunk and driving us home", "step_drunk_driver"),
    ("our little boy has vanished on the beach", "step_missing"), ("i am going to hurt my baby", "step_might_hurt"), ("he has a knife and he is coming", "step_weapon"),
    ("a man is following me", "step_followed"), ("somebody is breaking in", "step_somebody_at_the_door"), ("im hiding in the wardrobe", "step_hiding"), ("she was raped just now", "step_assault"),
    ("dad is hitting mum again now", "step_fight"), ("im 6 and nobody is here and its dark", "step_small_and_alone"),
    ("the baby is floppy after her bath", "step_not_awake"), ("ive got the baby here and i shook him", "step_shaken"), ("my cousin is having her baby in the bathroom", "step_birth"),
    ("a kid went in the water off the hoe", "step_water"), ("his foot is stuck on the train tracks", "step_tracks"),
    ("he has drunk the oven cleaner", "step_taken"), ("my tummy goes hard and i am pregnant and there is blood", "step_pregnant_and_bleeding"), ("a boy went through the ice on the pond", "step_ice"),
    ("mum has not got up and there is sick on her", "step_not_awake"), ("she is in his car and sent a snap map", "step_taken_away"), ("the ice cream fell over and dad is hitting mum again now", "step_fight"),
    # the order: what would be the wrong help is not said first
    ("im scared dad will hurt my sister", None), ("i can hear dad hit my sister now", "step_fight"), ("i think im going to shake the baby", "step_might_hurt"),
    ("theres a fire in the kitchen and i cant breathe", "step_fire"), ("a man took my sister in a car, the van is blue", "step_taken_away"), ("dad is having a fit and smashing the door in", "step_somebody_at_the_door"),
    ("dad is choking mum on the stairs", "step_fight"), ("he had his hands round her neck and now she is not breathing", "step_not_awake"), ("my brother has asthma and stopped breathing", "step_not_awake"),
    ("she stopped breathing, no allergies", "step_not_awake"), ("my daughter has run off and hasnt taken her insulin", "step_missing"), ("mums current boyfriend is hitting her now", "step_fight"),
    ("a boy from snapchat raped me", "step_assault"), ("dad grabbed my sister and is hitting her now", "step_fight"), ("dad is drunk and hitting mum now, he has the car keys", "step_fight"),
    ("he has got a knife", "step_weapon"), ("my flight is tonight and they make me get married", "step_airport"), ("he locked the door behind me", None),
    ("i cant find my phone", None), ("help us", None), ("he sharpened a pencil", None), ("we had a light fitting put in", None), ("my mouth is burning", None), ("she let the lorry go under the bridge", None)])
def test_the_step_fits_the_danger(text, step):
    assert step_for(text, DANGER) == step


@pytest.mark.parametrize(("text", "key", "step"), [
    ("cut too deep and it wont stop", MINE, "step_own_bleeding"), ("he tied a scarf round his neck, it is off now", ANOTHERS, "step_neck_was_tied"),
    ("pupil said goodbye to friends and left site, phone off", ANOTHERS, "step_missing"), ("pupil said goodbye to friends, she is in my office", ANOTHERS, "step_keep_with_you"),
    ("im on the bridge and i will jump", MINE, "step_away_from_the_edge"), ("ive got the rope ready", MINE, "step_put_it_away"), ("i took all the tablets", MINE, "step_taken"),
    ("i took the tablets and i have a knife", MINE, "step_taken"), ("i will do it tonight", MINE, None), ("ive had enough, the pills are in front of me", MINE, "step_put_it_away"), ("they gave me sertraline but im on the bridge", MINE, "step_away_from_the_edge"),
    ("i am going to cut my wrists with a razor", MINE, "step_put_it_away"), ("i cut my wrists", MINE, "step_own_bleeding"), ("she cut her wrists", ANOTHERS, "step_bleeding"),
    ("she is on the roof and will jump", ANOTHERS, "step_talk_them_back"),
    ("my pupil wrote it in her book and home time is in ten minutes", ANOTHERS, "step_keep_with_you"), ("a girl on discord says goodbye for ever", ANOTHERS, "step_friend_online"), ("my brother says he will do it tonight", ANOTHERS, None)])
def test_the_step_fits_whose_life_it_is(text, key, step):
    assert step_for(text, key) == step


def test_the_call_comes_first_and_the_step_takes_the_place_of_the_general_one():
    plain, fits = urgent_words(WORDS, DANGER, "help us", NOON), urgent_words(WORDS, DANGER, "she is having a fit", NOON)
    assert plain == WORDS.say(DANGER, NOON)
    assert (fits[0], fits[1].text, fits[2:]) == (plain[0], WORDS.text("step_fit", NOON), plain[2:])
    assert [m.text for m in fitted(WORDS, DANGER, ["hi", "she is having a fit"], NOON)] == [m.text for m in fits]


@pytest.mark.parametrize(("was", "wrong", "names"), [
    ("in: [danger_now]", "in: [danger]", "choose from danger_now"), ("says: step_choking", "say: step_choking", "not whole"), ("<child>", "<nobody>", "no list <nobody>")])
def test_a_wrong_file_is_named_with_its_mend(tmp_path, was, wrong, names):
    file = tmp_path / "steps.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(was, wrong), encoding="utf-8")
    with pytest.raises(GuidanceError, match=names):
        load_steps.__wrapped__(file)
