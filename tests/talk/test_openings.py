"""A fear that is said is met in the first sentence, but never before words about danger."""
import datetime as dt

import pytest

from bot.fitting import fitted
from bot.guidance_files import GuidanceError
from bot.openings import FILE, load_openings
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def test_every_opening_has_words_and_stands_before_a_reply_that_has_some():
    assert {*load_openings().keys(), *load_openings().replies()} <= set(WORDS.entries)


@pytest.mark.parametrize(("text", "key"), [
    ("i think her kids go hungry but i dont want to get her into trouble", "open_fear_of_bother"),
    ("he looks so tired, my sister will fall out with me, it will cause a row", "open_fear_of_a_row"),
    ("what if im wrong about them", "open_fear_of_being_wrong"), ("they will know it was me", "open_fear_of_being_found_out"),
    ("is that for the social workers or a solicitor", "open_council_or_solicitor"), ("i reported it twice last year and nothing happened", "open_told_before"),
    ("a girl is out on her bike till nine, is there a legal age", "open_no_age_in_law"),
    ("there's a lass down our road who gets lifts off an older bloke with a flash car", "open_older_with_cars"), ("older lads pick her up from school in a flash car", "open_older_with_cars"),
    ("she gets into different cars at the corner", "open_older_with_cars"), ("the baby next door is 4 weeks old and has a bruise on her arm", "open_baby_bruise"),
    ("bruised ear on a baby who is not crawling", "open_baby_bruise")])
def test_a_fear_is_met_first(text, key):
    assert load_openings().find(text, "utter_worry_about_child") == key


@pytest.mark.parametrize("text", ["her older boy cleans cars for the neighbours", "my older kids get lifts with a nice lady", "a big car is parked on our drive all day", "he got a bruise at football four weeks ago", "my six year old has a bruised knee",
                                  "a grown man lifts her up by one arm and shakes her", "an older lad lifts up her skirt on the bus", "a big van hit a child waiting to cross",
                                  "her older boyfriend crashed the car", "different car picks the kids up each week, it is their childminder", "grown men sleep in a car with a baby"])
def test_a_car_alone_is_no_worry_of_its_own(text):
    assert load_openings().find(text, "utter_worry_about_child") is None


def test_no_opening_stands_before_words_about_danger():
    said = fitted(WORDS, "utter_worry_about_child", ["he is hitting the kids right now but i dont want to get him in trouble"], NOON)
    assert said[0].text.startswith("Thank you for saying this")


CUT = "i think my neighbour is going to have her daughter circumcised abroad in the summer"
GRAVE = [key for key in load_openings().replies() if load_openings().find(CUT, key) == "open_ring_now"]


@pytest.mark.parametrize("text", [CUT, "I am worried that somebody is grooming a girl in my street", "she told me that she is made to get married when she is sixteen"])
@pytest.mark.parametrize("key", GRAVE)
@pytest.mark.parametrize("voice", ["", "im 13 and "])
def test_a_grave_worry_is_for_the_phone_and_nothing_offers_to_write_it_down(text, key, voice):
    said = fitted(WORDS, key, [voice + text], NOON)
    assert said[0].text.startswith("This is one to ring about now")
    assert not any("offers" in m.custom for m in said) and not any("write it down" in button for m in said for button in m.buttons)
    assert said[-1].buttons and "01752" in " ".join(m.text for m in said)


@pytest.mark.parametrize("key", GRAVE)
def test_what_is_left_out_of_a_grave_worry_is_the_offer_and_the_button_that_takes_it(key):
    said = WORDS.say(key, NOON)
    assert len(said) > 1 and "write it down" in said[-1].text and "write it down" in said[-1].buttons[0]


def test_a_small_worry_is_still_written_down_if_somebody_likes():
    assert fitted(WORDS, "utter_worry_about_child", ["the kids next door are out late on their own"], NOON)[-1].custom["offers"] == "contact"


def test_a_list_that_there_is_not_is_named_with_its_line(tmp_path):
    file = tmp_path / "openings.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("<hot_thing>", "<dragon>", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r'openings\.yml:\d+: there is no list <dragon>; add "dragon:" under lists'):
        load_openings.__wrapped__(file)
