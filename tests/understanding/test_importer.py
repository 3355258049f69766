"""An example is copied and compared as Rasa's own message is."""
import copy

from rasa.shared.nlu.training_data.message import Message

from bot.understanding.importer import Example

DATA = {"text": "hello there", "intent": "greet"}


def test_a_copy_is_equal_and_stands_apart():
    one = Example(DATA)
    other = copy.deepcopy(one)
    assert (one, hash(one)) == (other, hash(other))
    other.set("intent", "goodbye")
    assert one.get("intent") == "greet" and one != other


def test_it_counts_as_the_same_as_rasas_message_after_what_rasa_sets_again():
    one, rasas = Example(DATA), Message(DATA)
    for message in (one, rasas):
        hash(message)
        message.set("intent", "greet")
    assert one == rasas
    one.set("text", "hello")
    assert one != rasas and one == Message({**DATA, "text": "hello"})
