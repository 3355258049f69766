"""A section may be about the right thing and still not say what was asked."""
import pytest

from bot.library.answers import Answer, NotHeld
from bot.library.asked import holds, is_asked, stands_together
from bot.library.kinds import kind_of, kinds_of
from bot.library.search import as_asked, open_ready, years_in_full
from bot.library.words import keywords


@pytest.fixture(scope="module")
def library():
    return open_ready()


@pytest.mark.parametrize(("question", "kind"), [
    ("how many lanterns are lit", "count"), ("how much did the keeper pay in", "money"), ("what's the keeper's salary", "money"),
    ("when is the next lighting", "next"), ("when was the lamp lit", "date"), ("how old is the keeper", "age"),
    ("what's the address of the lamp house", "address"), ("how often do they meet", "often"), ("who runs the lamp house", "head"),
    ("what proportion of lamps are lit", "share"), ("where can I find the lamp report", "link"), ("how long does a lamp burn until it dies", "length"),
    ("who is the named nurse", "named_post"), ("what did the lamp die of", "cause_of_death"), ("what's the real name of Child Z", "real_name"),
    ("the name of Parent Z", "real_name"), ("which grade did Ofsted give", "rating"), ("lamp breakage count", "count"),
    ("month and year of the lighting", "date"), ("what did the keepers spend on oil", "money"),
    ("what was Child Z's surname", "real_name"), ("who killed Child Z", "real_name"), ("names of the children quoted", "real_name"),
    ("which schools saw the lamp", "named_place"), ("is Ann Wick still the keeper", "now"), ("did the lamp bid succeed in the end", "now"),
    ("what did Ofsted say about my son's school", "my_own"), ("what day do the keepers meet", "weekday"),
    ("what does Ann Wick get paid a day", "money"), ("the keepers' wage bill", "money"), ("budget the guild put into lamps", "money"),
    ("what grade did they get for leadership", "one_judgement"), ("what rating did Ofsted give last year", "rating_now"),
    ("what were the results of the lamp trial", "result"), ("which are the other three lamps", "others"),
    ("why did the guilds part", "why"), ("who chairs the lamp group", "chair"), ("who is the vice chair of the guild", "vice_chair"),
    ("who wrote the lamp report", "maker"), ("which law made the guild", "law"), ("how did the guild vote", "vote"),
    ("what's left in the reserves now", "figure_now"), ("how much money came in altogether", "income"), ("how many pounds did he give", "money"),
    ("where did they find the extra money", "money_source"), ("cost of a lamp per head", "per_head"), ("who teaches the lamp course", "doer"),
    ("what was the minister's name", "holder"), ("did the bid get approved", "succeeded"), ("how much did lamps go up", "count"),
    ("when do the keepers meet", "meets_when"), ("where does the guild meet", "meets_where"), ("who took the minutes", "minutes")])
def test_a_question_asks_for_a_kind_of_fact(question, kind):
    assert kind_of(question).name == kind


@pytest.mark.parametrize("question", ["what is a lantern", "why and when are lamps lit", "tell me about the keepers"])
def test_other_questions_ask_for_anything(question):
    assert kind_of(question) is None
    assert holds(None, question, "Anything.", set())


@pytest.mark.parametrize(("question", "text", "held"), [
    ("how many keepers are there", "There are nine keepers in the city.", True),
    ("why did the guilds part", "The guilds parted in 2020.", False),
    ("why did the guilds part", "The guilds parted because one had no oil.", True),
    ("when do the keepers meet", "The keepers meet to share oil.", False),
    ("when do the keepers meet", "The keepers meet every two weeks.", True),
    ("where does the guild meet", "The guild meets to share oil.", False),
    ("where does the guild meet", "The guild meets in the Lamp Room.", True),
    ("who took the minutes", "The guild met in May.", False),
    ("who chairs the guild", "The guild meets to share oil.", False),
    ("who chairs the guild", "Ann Wick chairs the guild.", True),
    ("who is the head of the lamp house", "The head of the lamp house gives strong leadership.", False),
    ("who is the head of the lamp house", "Ann Wick is the head of the lamp house.", True),
    ("who teaches the lamp course", "The lamp course lasts a day.", False),
    ("who teaches the lamp course", "Keepers teach the lamp course.", True),
    ("how much money came in altogether", "The guild spent £90 on oil.", False),
    ("how much money came in altogether", "The guild's income was £90.", True),
    ("how many keepers are there", "The keepers meet every two weeks.", False),
    ("how many keepers were trained", "90% of keepers liked the training. The report does not say how many keepers took part.", False),
    ("of the keepers who came, how many liked it", "90% of keepers liked it. The report does not say how many keepers took part.", True),
    ("how many young keepers are there", "The young keepers wrote the Ten Wishes.", False),
    ("how many wishes are there", "The young keepers wrote the Ten Wishes.", True),
    ("which schools saw the lamp", "Harbour schools paid for the lamp.", True),
    ("which harbour schools saw the lamp", "Harbour schools paid for the lamp.", False),
    ("which schools saw the lamp", "The lamp went from place to place.", False),
    ("is Ann Wick still the keeper", "Ann Wick was made keeper in 2022.", False),
    ("was the lamp plan ever signed off", "The lamp plan was a draft.", False),
    ("was the lamp plan ever signed off", "The lamp plan was signed off in May.", True),
    ("what day do the keepers meet", "The keepers meet every two weeks.", False),
    ("what day do the keepers meet", "The keepers meet on Mondays.", True),
    ("what grade did they get for leadership", "The lamp house was judged good. Its leadership had acted.", False),
    ("what grade did they get for leadership", "Leadership was judged good.", True),
    ("what were the results of the trial", "It is measured by surveys that show change. The pack does not print any results.", False),
    ("which are the other three lamps", "There are four lamps. The pack does not name the other lamps.", False),
    ("how old is Child Z", "Child Z is a review. The report does not give an age or a name.", False),
    ("how many keepers are there", "The keepers began in 2019.", False),
    ("how many lamps broke", "There are nine keepers in the city. They mend what others break, for the whole town and for every street of it, lamps too.", False),
    ("how many people had lamp training", "Over 160 keepers had lamp training.", True),
    ("how many people live by the harbour", "The harbour chose three wishes for itself.", False),
    ("how many wishes did the harbour choose", "The harbour chose three wishes for itself.", True),
    ("what was the Ofsted rating of the tower", "The tower stands by the sea.", False),
    ("how much did the baker pay in", "Keeper: £20\nMiller: £30", False),
    ("how much did the jolly miller chip in", "Keeper: £20\nMiller: £30", True),
    ("how much did the keeper pay in", "Keeper: £20\nMiller: £30", True),
    ("how often do keepers meet", "The keepers meet every two weeks.", True),
    ("how often do keepers meet", "The keepers meet in the tower.", False),
    ("when was the tower built", "The tower stands by the sea.", False),
    ("when was the tower built", "The tower was built in May 2019.", True),
    ("how old are the keepers", "The keepers are aged 12 to 17.", True),
    ("what's the address of the tower", "The tower stands by the sea.", False)])
def test_a_text_holds_the_kind_of_fact_or_it_does_not(question, text, held):
    assert holds(kind_of(question), question, text, set(keywords(text))) is held


@pytest.mark.parametrize("text", ["what did they find", "numbers please", "so who pays", "is there a course", "where can i read it", "Really?",
                                  "Send me the neglect strategy", "please send me the date"])
def test_a_question_needs_no_question_mark(text):
    assert is_asked(text)


@pytest.mark.parametrize("text", ["thanks", "my dad hits me", "I am at home", "ok then"])
def test_telling_is_not_asking(text):
    assert not is_asked(text)


@pytest.mark.parametrize("question", ["What is the real name of Child C?", "What is the address of the Adolescent Safety Hub?",
                                      "When is the next meeting of the Young Safeguarders?", "How many pupils watched the County Lines play?"])
def test_what_the_nearest_section_does_not_say_is_not_held_and_near_questions_are_offered(library, question):
    found = library.answer(question)
    assert isinstance(found, NotHeld)
    assert found.offers


def test_the_fact_may_stand_in_the_second_best_section(library):
    found = library.answer("how much went on independent scrutiny")
    assert isinstance(found, Answer)
    assert "£26,280" in found.words


@pytest.mark.parametrize(("typed", "read"), [
    ("wages in 21/22", "wages in 2021-22"), ("wages in 2021/22", "wages in 2021-22"), ("the 2021-2022 wages", "the 2021-22 wages"),
    ("open 24/7", "open 24/7"), ("on 09/10/2020", "on 09/10/2020"), ("level 3/4", "level 3/4")])
def test_a_financial_year_is_read_as_the_documents_write_it(typed, read):
    assert years_in_full(typed) == read


@pytest.mark.parametrize("year", ["in 2021/22", "21/22 figure", "in 2021-22"])
def test_the_year_of_the_accounts_does_not_hide_the_accounts(library, year):
    found = library.answer(f"what do the police chip in each year {year}")
    assert isinstance(found, Answer)
    assert found.citations[0].found == "money#income"


ACCOUNT = "The lamp fund took £60 in 2021-22:\n\n- The miller: £30\n- The harbour watch: £20\n\nThe book does not say what the weaver gave."


@pytest.mark.parametrize(("question", "known"), [
    ("how much did the miller pay in", True), ("how much did the harbour watch put in", True), ("how much did the weaver pay in", False),
    ("how much did the miller pay for candles", False), ("how many millers are there", False), ("how much was paid", False)])
def test_a_sum_is_known_if_it_stands_beside_every_word_of_the_question(question, known):
    assert stands_together(kind_of(question), question, "Where the money came from", ACCOUNT) is known


@pytest.mark.parametrize("question", ["how much did the police pay in 2020-21", "how much did the police pay in 2020/21"])
def test_a_sum_of_another_year_is_no_answer(library, question):
    assert isinstance(library.answer(question), NotHeld)


@pytest.mark.parametrize("question", ["phone number for the MASH in Portsmouth", "which e-mail address does Portsmouth's MASH use",
                                      "telephone number of Portsmouth's early help hub"])
def test_how_to_reach_another_citys_services_is_never_answered_with_its_figures(library, question):
    assert isinstance(library.answer(question), NotHeld)


def test_a_slip_of_the_keys_does_not_hide_a_count(library):
    found = library.answer("how many consulatations did the safety hub do")
    assert isinstance(found, Answer)
    assert "72 consultations" in found.words


@pytest.mark.parametrize("question", ["list the ten places that got Letting the Future In", "What is the name of the lead inspector from Ofsted?"])
def test_neither_a_section_that_says_that_it_does_not_tell_nor_one_far_behind_it_answers(library, question):
    assert isinstance(library.answer(question), NotHeld)


def test_to_act_up_is_not_to_act():
    assert kind_of("which guild looked at keepers who act up") is None
    assert kind_of("who will act in the lamp play").name == "doer"


def test_a_double_question_asks_for_two_kinds():
    assert {kind.name for kind in kinds_of("who funds it, and how many places are there")} == {"funder", "count"}
    assert kind_of("tell me about it") is None


def test_the_newest_grade_is_not_held_and_the_grade_of_a_year_is(library):
    assert isinstance(library.answer("what is the latest Ofsted grade"), NotHeld)
    assert "Requires improvement" in library.answer("what grade did Ofsted give in 2018").words


@pytest.mark.parametrize(("question", "left"), [
    ("DSL - a parent said no", "a parent said no"), ("I'm a school nurse, who do I tell?", "who do I tell?"), ("Teacher here: what now", "what now"),
    ("teacher training dates", "teacher training dates"), ("who is the DSL - and why?", "who is the DSL - and why?"), ("nurse, ", "nurse, ")])
def test_who_asks_is_not_what_is_asked(question, left):
    assert as_asked(question) == left
