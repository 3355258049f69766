"""A message in another language is never answered as if the classifier, which knows English, had understood it; and English is no other language."""
import pytest

from bot.safety.net import build_net, load_net, urgent_key
from bot.safety.noticing import Noticer


@pytest.mark.parametrize(("message", "code"), [
    ("O meu padrasto bate-me e tenho medo de ir para casa", "pt"), ("Mój tata bije mamę i boję się wracać do domu", "pl"),
    ("Mon beau-père nous frappe et j'ai peur de rentrer", "fr"), ("Tata ne bate și mi-e frică să merg acasă", "ro"),
    ("Mae fy nhad yn fy mwrw i ac mae gen i ofn mynd adref", "cy"), ("أبي ضربني و أخاف أن أعود إلى البيت", "ar"),
    ("Тато б'ють маму, я боюся йти додому", "uk"), ("爸爸打妈妈，我不敢回家", "zh"), ("বাবা আমাকে মারে", "bn"), ("باوکم لێم دەدات", "ku")])
def test_a_child_who_is_hurt_gets_the_words_of_danger_in_their_language(message, code):
    check = load_net().check(message)
    assert check.language == code and check.findings.alarm
    assert urgent_key(check) in (("utter_other_language",), ("utter_danger_now",))


@pytest.mark.parametrize("message", [
    "i'm minding my niece till five", "who is minding you?", "aiming to be there by ten", "she is focused on exams", "sanguine about it all", "send me tape and glue"])
def test_english_words_are_no_danger_in_another_language(message):
    check = load_net().check(message)
    assert check.language is None and not any(f.voter == "language" for f in check.findings.all)


def test_a_detector_that_fails_hides_no_danger(monkeypatch):
    monkeypatch.setattr(Noticer, "notice", lambda self, text: 1 / 0)
    assert build_net().check("my dad has a knife and he is stabbing my mum right now").findings.alarm
