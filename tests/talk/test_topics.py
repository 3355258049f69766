"""Two topics in one message: the graver first, and a long account is one topic."""
from bot.understanding.topics import parts, two_topics

KNOWN = {"my bins": ("out_of_scope", 0.9), "im worried about the boy next door": ("worry_about_child", 0.9), "what time do you open?": ("ask_hours", 0.9),
         "im worried about my niece.": ("worry_about_child", 0.9), "whats the number": ("ask_number", 0.9), "what are the ten wishes": ("wishes_list", 0.9),
         "how do they miss it?": ("worry_about_child", 0.6)}


def classify(text):
    return next((heard for words, heard in KNOWN.items() if text.startswith(words)), ("inform", 0.2))


def test_the_graver_is_first_whatever_the_order():
    assert two_topics("out_of_scope", "my bins are full, and im worried about the boy next door", classify)[0] == "worry_about_child"
    first, second = two_topics("worry_about_child", "im worried about my niece. what time do you open?", classify)
    assert first is None
    assert second.name == "ask_hours"


def test_two_equal_questions_are_both_answered():
    assert two_topics("wishes_list", "whats the number and what are the ten wishes", classify)[1].name == "ask_number"


def test_a_story_in_the_news_stays_a_story():
    assert two_topics("news_or_story", "that poor boy on telly last night. how do they miss it?", classify) == (None, None)


def test_a_long_account_is_one_topic():
    assert parts("he is out late every night and nobody seems to care. " * 8) == []


def test_words_that_settle_what_is_meant():
    from bot.understanding.settled import settled
    assert settled("my mates mum drinks, hes 13", "adult_safeguarding") == "worry_about_child"
    assert settled("my husband hits me, we have no children", "adult_safeguarding") is None
    assert settled("my brother is 34 and his carer takes his card", "adult_safeguarding") is None
    assert settled("is this LADO or you", "practitioner_urgent") == "ask_allegation_about_worker"
    assert settled("what does LADO mean", "explain_words") is None


def test_a_plain_question_is_answered_beside_another_but_never_before_a_worry():
    def heard(text):
        return ("plain_food_bank", 0.9) if "food bank" in text else classify(text)
    assert two_topics("ask_hours", "what time do you open? and where is the food bank?", heard)[1].name == "plain_food_bank"
    assert two_topics("plain_food_bank", "where is the food bank? im worried about my niece.", heard)[0] == "worry_about_child"
