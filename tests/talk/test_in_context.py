"""A leaning message is about what was said before where it alone is a guess; a care script is never drawn from a guess."""
import pytest

from bot.understanding.in_context import DENIED, GOES_ON, has_words, meant
from bot.understanding.leaning import asks, corrects, denies, leans
from bot.understanding.second_message import Heard
from bot.understanding.second_pairs import STAY
from bot.understanding.traits import domain_intents
from bot.who_knows import load_kinds
from bot.words import load_words


@pytest.mark.parametrize("text", ["and the garden?", "but she works nights", "what if they say no", "which is worse", "no i meant the school one", "do they charge for it"])
def test_it_leans(text):
    assert leans(text)


@pytest.mark.parametrize("text", ["what is the telephone number for gateway in plymouth", "where do children go when parents cannot look after children any more, please tell me"])
def test_it_stands_alone(text):
    assert not leans(text)


UNKNOWN = Heard("nlu_fallback", 0.2)
NOTHING = Heard("", 0.0)    # nothing was weighed


def test_what_is_weighed_is_meant():
    assert meant("and the garden?", UNKNOWN, Heard("plain_visits", 0.7), "plain_visits", Heard(STAY, 0.6)) == STAY
    assert meant("and my brother?", UNKNOWN, Heard("plain_kinship", 0.7), "plain_money_help", Heard("plain_kinship", 0.6)) == "plain_kinship"
    assert meant("is it free?", Heard("ask_cost", 0.9), Heard("plain_parenting_course", 0.5), "plain_parenting_course", Heard("ask_cost", 0.8)) == STAY
    assert meant("which one is worse", Heard("which_one", 0.23), Heard("plain_need_or_protection", 0.97), "plain_need_or_protection", Heard(STAY, 0.9)) == STAY


def test_what_is_heard_as_it_is_weighed_stands():
    assert meant("how do i complain about it", Heard("ask_complaint", 0.9), Heard("ask_complaint", 0.8), "plain_visits", Heard("ask_complaint", 0.9)) is None
    assert meant("they take him?", Heard("ask_taken_away", 0.42), Heard("plain_school_is_worried", 0.51), "plain_school_is_worried",
                 Heard("ask_taken_away", 0.5)) is None


def test_what_is_hardly_likelier_than_the_rest_changes_nothing():
    assert meant("and my brother?", UNKNOWN, Heard("plain_kinship", 0.7), "plain_money_help", Heard("plain_kinship", 0.2)) is None
    assert meant("and my brother?", Heard("thanks", 0.5), Heard("plain_kinship", 0.7), "plain_money_help", Heard("plain_kinship", 0.3)) is None


def test_where_the_message_alone_is_not_clear_less_is_enough():
    assert meant("and my brother?", UNKNOWN, Heard("plain_kinship", 0.7), "plain_money_help", Heard("plain_kinship", 0.3)) == "plain_kinship"


LONG = "the thing is that there are ten two year olds in that room most mornings and one lady who has to watch every one of them by herself"


def test_a_longer_message_that_is_hard_to_place_is_heard_behind_the_first():
    assert not leans(LONG)
    assert meant(LONG, UNKNOWN, Heard("plain_nursery_ratio", 0.7), "plain_childcare", Heard("plain_nursery_ratio", 0.7)) == "plain_nursery_ratio"
    assert meant(LONG, UNKNOWN, Heard("plain_childcare", 0.9), "plain_childcare", Heard(STAY, 0.9)) == STAY
    assert meant(LONG, UNKNOWN, Heard("plain_childcare", 0.6), "plain_childcare", Heard(STAY, 0.4)) == STAY  # nothing else is known of it
    assert meant(LONG, Heard("thanks", 0.3), Heard("plain_childcare", 0.6), "plain_childcare", Heard(STAY, 0.4)) is None
    assert meant(LONG, Heard("child_telling", 0.3), Heard("plain_childcare", 0.9), "plain_childcare", Heard(STAY, 0.9)) is None


OTHER, GUESS = Heard("plain_periods", 0.2), Heard("plain_periods", 0.2)


def test_what_nothing_is_held_for_is_told_of_an_ordinary_topic():
    assert meant("he got on the bus all right in the end", UNKNOWN, OTHER, "plain_feel_fat", GUESS) == GOES_ON
    assert meant("bus all right", UNKNOWN, OTHER, "plain_feel_fat", GUESS) is None
    assert meant("he got on the bus all right", UNKNOWN, OTHER, "nlu_fallback", GUESS) is None


@pytest.mark.parametrize("topic", ["child_telling", "bullied", "self_harm_me", "worry_about_child"])
@pytest.mark.parametrize("text", ["he took my phone and im in the shed", "he got on the bus all right in the end"])
def test_after_words_of_care_what_is_not_understood_is_met_with_people_to_ring(topic, text):
    assert meant(text, UNKNOWN, OTHER, topic, GUESS) is None


@pytest.mark.parametrize("text", ["does the bus have a heater", "please help me with this one now", "tell me where the nearest one is", "i need the form for all that"])
def test_whoever_asks_or_wants_something_is_not_told_that_they_added_something(text):
    assert meant(text, UNKNOWN, OTHER, "plain_feel_fat", GUESS) is None


def test_a_cat_on_the_keyboard_tells_no_more_of_a_topic():
    assert not has_words("asdkjhasd") and not has_words(";lkj;lkj")
    assert has_words("no one said anything")


def test_words_about_our_words_are_never_about_the_topic():
    assert meant("still too many words", Heard("shorter", 0.52), Heard("plain_friend_changed", 0.53), "plain_friend_changed", NOTHING) is None


def test_a_child_who_says_that_it_is_not_so_gets_no_script_for_it():
    assert meant("not being bullied its just loud", Heard("bullied", 0.23), Heard("bullied", 0.63), "bullied", NOTHING) == DENIED
    assert meant("they hit me again", Heard("bullied", 0.5), Heard("bullied", 0.7), "bullied", NOTHING) is None
    assert meant("not being bullied by her any more, by him now", Heard("bullied", 0.9), Heard("bullied", 0.9), "bullied", NOTHING) is None
    assert denies("no one is hurting me, i only wanted to ask") is False
    assert denies("no, he isn't hurting anyone")


def test_a_correction_or_a_question_draws_no_care_script_but_an_account_does():
    assert meant("what if it was at home", Heard("child_telling", 0.4), Heard("ask_allegation_about_worker", 0.6), "ask_allegation_about_worker", NOTHING) == STAY
    assert meant("it was my dad and it hurt", Heard("child_telling", 0.4), Heard("ask_number", 0.6), "ask_number", NOTHING) is None
    assert meant("what if he does it again", Heard("child_telling", 0.4), Heard("child_telling", 0.6), "ask_number", NOTHING) is None
    assert meant("what if he does it again", Heard("child_telling", 0.8), Heard("ask_number", 0.6), "ask_number", NOTHING) is None


def test_who_may_be_telling_something_hard_is_not_told_what_is_not_held():
    assert meant("no i mean i cant cope", Heard("self_harm_me", 0.3), Heard("plain_baby_blues", 0.7), "plain_baby_blues", NOTHING) is None


def test_a_part_of_something_hard_has_a_reply_of_its_own():
    assert meant("i left it but they add me back", Heard("nlu_fallback", 0.1), Heard("plain_online_trouble", 0.76), "bullied", NOTHING) == "plain_online_trouble"
    assert meant("i left it but they add me back", Heard("nlu_fallback", 0.1), Heard("plain_online_trouble", 0.5), "bullied", NOTHING) is None


def test_the_same_asked_again_is_answered_again():
    assert meant("its me, did anyone report me", Heard("plain_has_anyone_reported", 0.9), Heard("plain_has_anyone_reported", 0.9), "plain_has_anyone_reported", NOTHING) is None


def test_every_topic_has_words_for_a_part_that_is_not_held():
    assert {load_kinds().key_of(topic) for topic in sorted(domain_intents())} <= set(load_words().entries)
    assert load_kinds().key_of("no_such_topic") == "who_knows_anything"
    assert {load_kinds().told_key_of(topic) for topic in sorted(domain_intents())} <= set(load_words().entries)
    assert load_kinds().told_key_of("no_such_topic") == "told_more_anything"


def test_asking_and_putting_right():
    assert asks("so who can then")
    assert asks("ok thank you and is it free")
    assert asks("No, he only does it in front of the telly. Is there a leaflet")
    assert not asks("She is six. It was only once")
    assert corrects("no i meant the other one")
    assert not asks("he is six")
