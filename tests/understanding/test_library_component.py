"""Which messages go to the guidance, whatever the classifier made of them, and which never do."""
import pytest
from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.library.follow_up import Before
from bot.understanding.library_component import GUIDANCE, LibraryComponent, what_to_look_up
from bot.understanding.traits import in_order

FUNDED = "How is the partnership funded?"
MONEY = Before(FUNDED, "money#income", "Where the money came from in 2021-22", "How the partnership is paid for")


def heard_as(text, intent, *events):
    message = Message({TEXT: text, INTENT: {"name": intent, "confidence": 0.6}})
    tracker = DialogueStateTracker.from_events("somebody", list(events), slots=[])
    LibraryComponent().process([message], tracker)
    return message.get(INTENT)["name"], message.get("guidance")


@pytest.mark.parametrize("intent", ["out_of_scope", "news_or_story", "ask_privacy_x", "ask_complaint", "nlu_fallback"])
def test_a_question_that_the_guidance_is_sure_of_goes_there(intent):
    assert heard_as("what did Plymouth do after the Child Q case", intent)[0] == GUIDANCE


def test_words_that_name_a_thing_are_a_question_too():
    assert heard_as("total income of the partnership", "out_of_scope")[0] == GUIDANCE


@pytest.mark.parametrize("intent", in_order("never_guidance"))
def test_danger_and_the_words_of_a_conversation_never_go_there(intent):
    assert heard_as(FUNDED, intent) == (intent, None)


@pytest.mark.parametrize("intent", in_order("words_go_first"))
def test_a_worry_keeps_its_own_words(intent):
    heard, asked = heard_as("what do I do if a parent refuses consent", intent)
    assert heard == GUIDANCE
    assert asked["instead_of"] == intent


@pytest.mark.parametrize("text", ["he is hitting my sister right now, what is Operation Encompass", "I want to die. what are the five Rs",
                                  "my dad hits me. who chairs the board?"])
def test_a_message_in_which_the_net_hears_anything_is_left_alone(text):
    assert heard_as(text, "out_of_scope") == ("out_of_scope", None)


@pytest.mark.parametrize("text", ["are you a real person", "my mum shouts a lot", "what is the weather tomorrow", "tell me a joke", "hello"])
def test_what_the_guidance_does_not_hold_is_left_alone(text):
    assert heard_as(text, "everyday_talk") == ("everyday_talk", None)


def test_inside_a_contact_nothing_goes_to_the_guidance():
    assert heard_as(FUNDED, "out_of_scope", ActiveLoop("contact_form"), SlotSet("contact_draft", {})) == ("out_of_scope", None)


def test_a_follow_up_leans_on_the_answer_before_it():
    said = (UserUttered(FUNDED), BotUttered("…", data={"custom": {"key": "guidance", "found": "money#income"}}))
    assert heard_as("and probation?", "nlu_fallback", *said)[1]["question"] == "What about probation (How the partnership is paid for)?"
    assert heard_as("tell me more", "say_again", *said)[1]["whole"]


def test_after_something_else_was_said_nothing_leans_on_the_answer():
    said = (UserUttered(FUNDED), BotUttered("…", data={"custom": {"key": "guidance", "found": "money#income"}}), UserUttered("hello"), BotUttered("Hello."))
    assert heard_as("tell me more", "say_again", *said) == ("say_again", None)


def test_what_was_not_held_can_be_asked_of_another_city():
    said = (UserUttered("how many children are looked after?"), BotUttered("…", data={"custom": {"key": "guidance_not_held"}}))
    assert heard_as("what about Portsmouth?", GUIDANCE, *said)[1]["question"] == "how many children are looked after in Portsmouth?"


@pytest.mark.parametrize(("text", "heard"), [("who chairs the neglect task and finish group", "ask_named_person"), ("what is Real Man", "are_you_real"),
                                             ("how much went on subscriptions", "ask_cost"), ("how old does a wish have to be", "homework")])
def test_a_question_for_a_fact_that_names_nobody_is_not_taken_for_one_about_this_service(text, heard):
    assert (what_to_look_up(text, heard, None) is not None) is (heard != "homework")


@pytest.mark.parametrize(("text", "heard"), [("who is in charge of my case", "ask_named_person"), ("who runs gateway", "ask_named_person"),
                                             ("are you a real man", "are_you_real"), ("how much does it cost to ring", "ask_cost")])
def test_a_question_about_this_service_or_oneself_keeps_its_own_words(text, heard):
    assert what_to_look_up(text, heard, None) is None


def test_a_follow_up_is_not_heard_in_telling():
    assert what_to_look_up("and they hurt me", "child_telling", MONEY) is None


HUB = Before("What is the Adolescent Safety Hub?", "adolescent-safety#hub", "The Adolescent Safety Hub", "Adolescent Safety Framework")
GATEWAY = Before("What is Gateway?", "worried-about-a-child#gateway", "What Gateway is", "Worried about a child")


@pytest.mark.parametrize(("text", "heard"), [("when did it start?", "ask_hours"), ("how many referrals did it accept?", "which_one")])
def test_a_question_that_leans_on_a_fact_stays_with_its_document(text, heard):
    assert what_to_look_up(text, heard, HUB)["beside"] == "adolescent-safety#hub"


VALUES = Before("what are the five values", "trauma-informed#values", "The five values", "Trauma-informed Plymouth", ("Safe", "Kind"))


@pytest.mark.parametrize("text", ["Kind", "kind?", "Safe."])
def test_a_name_out_of_the_list_just_given_asks_what_it_means(text):
    assert "What does" in what_to_look_up(text, "thanks", VALUES)["question"]


def test_another_short_word_keeps_its_own_meaning():
    assert what_to_look_up("thanks", "thanks", VALUES) is None


LTFI = Before("What is Letting the Future In?", "preventing-sexual-abuse-2022#ltfi", "Letting the Future In", "Preventing child sexual abuse")
MACE = Before("What is MACE?", "adolescent-safety#mace", "MACE meetings", "Adolescent Safety Framework")


@pytest.mark.parametrize(("text", "heard", "before"), [("how many places got it?", "contact_status", LTFI), ("what changed?", "nlu_fallback", MACE)])
def test_a_short_question_after_a_fact_stays_with_its_document(text, heard, before):
    assert what_to_look_up(text, heard, before)["beside"] == before.place


@pytest.mark.parametrize("text", ["what now?", "where is my report?", "how are you?"])
def test_a_short_question_that_the_document_does_not_answer_is_left_alone(text):
    assert what_to_look_up(text, "contact_status", LTFI) is None


@pytest.mark.parametrize(("text", "heard", "before"), [
    ("when does it open?", "ask_hours", GATEWAY), ("how long will it take for me?", "ask_how_long", HUB),
    ("will they take me away?", "ask_taken_away", HUB), ("is it secret?", "ask_secret_promise", HUB)])
def test_what_a_person_asks_of_the_service_or_of_themselves_keeps_its_own_words(text, heard, before):
    assert what_to_look_up(text, heard, before) is None


@pytest.mark.parametrize(("text", "taken"), [
    ("what would the 'Kind' value have me do when my lad is throwing things", True), ("is it OK that he's never 'kind' to me", False)])
def test_a_question_that_quotes_a_word_of_the_guidance_is_about_it(text, taken):
    assert (what_to_look_up(text, "parenting_stress", None) is not None) is taken
