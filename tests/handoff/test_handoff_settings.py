import stat

import pytest

from bot.handoff.sealing import make_keys, read_private, read_public
from bot.handoff.settings import DeskSettings, HandoffSettings, StoreSettings
from bot.settings import SettingsError

SECRET = "s3cret-" * 6
ELSEWHERE = {"FRONTDOOR_DATABASE_URL": f"postgresql://frontdoor:{SECRET}@db/contacts", "FRONTDOOR_DESK_SECRET": SECRET,
             "FRONTDOOR_DESK_URL": "https://desk.example.org/",
             "FRONTDOOR_DESK_DATABASE_URL": f"postgresql://d:{SECRET}@db/desk"}
EVERY = [StoreSettings, HandoffSettings, DeskSettings]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_on_one_machine_nothing_has_to_be_set(here):
    worker, desk, chat = HandoffSettings.from_env({}), DeskSettings.from_env({}), StoreSettings.from_env({})
    assert worker.database_url == chat.database_url == "sqlite:///var/contacts.db"
    assert (desk.database_url, desk.port, worker.desk_url) == ("sqlite:///var/desk.db", 5080, "http://127.0.0.1:5080")
    assert worker.desk_secret == desk.desk_secret and len(bytes.fromhex(worker.desk_secret.decode())) == 32
    assert read_public(chat.keys) == read_private(worker.keys).public_key


def test_secrets_made_here_are_made_once_and_for_the_owner_only(here):
    first = HandoffSettings.from_env({})
    assert HandoffSettings.from_env({}) == first
    for name in ("desk.secret", "contact.private"):
        assert stat.S_IMODE((here / "var" / "keys" / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("change", [
    {"FRONTDOOR_DATABASE_URL": "postgresql://db/contacts"}, {"FRONTDOOR_DESK_URL": "https://desk.example.org"},
    {"FRONTDOOR_DESK_DATABASE_URL": "postgresql://db/desk"}])
@pytest.mark.parametrize("kind", EVERY)
def test_away_from_one_machine_no_secret_and_no_key_is_made_up(here, change, kind):
    with pytest.raises(SettingsError) as wrong:
        kind.from_env(change)
    assert ("FRONTDOOR_DESK_SECRET is not set" in str(wrong.value)) == (kind is not StoreSettings)
    assert "FRONTDOOR_KEYS" in str(wrong.value)
    assert not (here / "var").exists()


def test_all_problems_are_told_at_once_and_no_value_is_repeated(here):
    with pytest.raises(SettingsError) as wrong:
        DeskSettings.from_env({"FRONTDOOR_DESK_DATABASE_URL": "mysql://hunter2@db/desk", "FRONTDOOR_DESK_SECRET": "hunter2",
                               "FRONTDOOR_DESK_PORT": "hunter2", "FRONTDOOR_DESK_URL": "http://user:hunter2@desk"})
    for name in ("FRONTDOOR_DESK_DATABASE_URL", "FRONTDOOR_DESK_SECRET", "FRONTDOOR_DESK_PORT", "FRONTDOOR_DESK_URL",
                 "FRONTDOOR_KEYS"):
        assert str(wrong.value).count(f"{name} must") == 1
    assert "hunter2" not in str(wrong.value)


@pytest.mark.parametrize("kind", EVERY)
def test_secrets_are_not_printed(here, kind):
    make_keys(here / "var" / "keys")
    assert SECRET not in repr(kind.from_env(ELSEWHERE)) + str(kind.from_env(ELSEWHERE))


def test_secrets_may_come_from_files(here):
    make_keys(here / "var" / "keys")
    (here / "secret").write_text(SECRET + "\n")
    (here / "url").write_text(ELSEWHERE["FRONTDOOR_DATABASE_URL"])
    settings = HandoffSettings.from_env({"FRONTDOOR_DESK_SECRET_FILE": str(here / "secret"), "FRONTDOOR_DATABASE_URL_FILE":
                                         str(here / "url"), "FRONTDOOR_DESK_URL": "https://desk.example.org"})
    assert settings.desk_secret == SECRET.encode() and settings.database_url == ELSEWHERE["FRONTDOOR_DATABASE_URL"]


@pytest.mark.parametrize("env, problem", [
    ({"FRONTDOOR_DESK_SECRET": SECRET, "FRONTDOOR_DESK_SECRET_FILE": "x"}, "both set"),
    ({"FRONTDOOR_DESK_SECRET_FILE": "not-there"}, "FRONTDOOR_DESK_SECRET_FILE cannot be read"),
    ({"FRONTDOOR_DESK_SECRET": "short"}, "at least 32 characters"),
    ({"FRONTDOOR_DATABASE_URL": "sqlite://"}, "must name a file"),
    ({"FRONTDOOR_DATABASE_URL": "sqlite:///:memory:"}, "must name a file"),
    ({"FRONTDOOR_DATABASE_URL": "postgres://db/x"}, "postgresql://"),
    ({"FRONTDOOR_DATABASE_URL": "nonsense"}, "sqlite:///"),
    ({"FRONTDOOR_DESK_URL": "http://desk.example.org"}, "https://"),
    ({"FRONTDOOR_DESK_URL": "http://127.0.0.1.example.org"}, "https://"),
    ({"FRONTDOOR_DESK_URL": "http://localhost@example.org"}, "without a name or password"),
    ({"FRONTDOOR_DESK_URL": "https://"}, "must look like"),
    ({"FRONTDOOR_DESK_URL": "ftp://localhost"}, "must look like"),
    ({"FRONTDOOR_DESK_URL": "https://desk:99999"}, "must look like")])
def test_each_mistake_is_explained(here, env, problem):
    with pytest.raises(SettingsError, match=problem):
        HandoffSettings.from_env(env)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "５０８０", "9" * 5000])
def test_a_port_is_a_number_that_can_be_listened_on(here, port):
    with pytest.raises(SettingsError, match="FRONTDOOR_DESK_PORT"):
        DeskSettings.from_env({"FRONTDOOR_DESK_PORT": port})


@pytest.mark.parametrize("url", ["http://localhost:5080/", "http://[::1]:5080", "https://desk.example.org/frontdoor"])
def test_a_good_desk_address_is_taken_without_its_last_slash(here, url):
    make_keys(here / "var" / "keys")
    settings = HandoffSettings.from_env({"FRONTDOOR_DESK_URL": url, "FRONTDOOR_DESK_SECRET": SECRET})
    assert settings.desk_url == url.rstrip("/")


def test_an_empty_variable_counts_as_not_set(here):
    assert HandoffSettings.from_env({"FRONTDOOR_DESK_URL": " ", "FRONTDOOR_DESK_SECRET": ""}).desk_url.endswith(":5080")


def test_the_chat_holds_no_secret_of_the_desk_and_the_desk_none_of_the_chat(here):
    assert set(StoreSettings.from_env({}).__dict__) == {"database_url", "keys", "destinations"}
    assert DeskSettings.from_env({}).database_url != StoreSettings.from_env({}).database_url


def test_a_lost_private_key_stops_the_start(here):
    HandoffSettings.from_env({})
    (here / "var" / "keys" / "contact.private").unlink()
    assert StoreSettings.from_env({}).keys      # the chat can go on sealing
    from bot.handoff.sealing import SealingError
    with pytest.raises(SealingError, match="contact.private"):
        read_private(HandoffSettings.from_env({}).keys)
    assert not (here / "var" / "keys" / "contact.private").exists()
