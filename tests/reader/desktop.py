"""A desktop with a real screen reader: Xvfb, a session bus, AT-SPI, Speech Dispatcher, Orca and one browser, used by keyboard alone.

The voice is a file. One Orca runs at a time on a machine.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional

HERE = Path(__file__).resolve().parent
INSTALL = "apt-get install orca speech-dispatcher speech-dispatcher-audio-plugins firefox-esr xvfb dbus-x11 openbox xdotool"
NEEDS = ("orca", "speech-dispatcher", "Xvfb", "dbus-daemon", "openbox", "xdotool", "gsettings")
AT_SPI = "/usr/libexec/at-spi-bus-launcher"
QUIET = 2.5          # seconds without a new word: everything has been said
FIREFOX_SETTINGS = {
    "accessibility.force_disabled": -1, "browser.aboutwelcome.enabled": False, "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False, "datareporting.policy.firstRunURL": "", "browser.shell.checkDefaultBrowser": False,
    "app.update.enabled": False, "browser.tabs.warnOnClose": False, "signon.rememberSignons": False, "browser.newtabpage.enabled": False,
    "termsofuse.acceptedVersion": 99, "termsofuse.acceptedDate": "1790000000000", "browser.preonboarding.enabled": False,
}
# as a new user has it, but for the names of the keys that are pressed: they would stand between all that matters
ORCA_SETTINGS = {"general": {}, "keybindings": {}, "pronunciations": {}, "profiles": {"default": {
    "profile": ["Default", "default"], "enableKeyEcho": False, "keybindings": {}, "pronunciations": {}}}}
SPEECH = """AudioOutputMethod "libao"
AddModule "file" "sd_generic" "file.conf"
DefaultModule file
DefaultRate 0
"""
VOICE = """GenericExecuteSynth "{voice} \\'$DATA\\'"
GenericLanguage "en" "en" "utf-8"
AddVoice "en" "MALE1" "file"
GenericMaxChunkLength 5000
GenericDelimiters ""
"""


@dataclass(frozen=True)
class Spoken:
    """One piece of speech. ``whole``: it was said to its end, nothing cut it off."""

    text: str
    whole: bool


def missing(browser: str) -> List[str]:
    """The programs of a reading pass that this machine does not have."""
    absent = [name for name in (*NEEDS, browser) if not shutil.which(name)]
    return absent + ([] if Path(AT_SPI).exists() else ["at-spi2-core"])


class Desktop:
    """``with Desktop(folder, ":77", "firefox-esr", url) as desk``: the browser is open, Orca speaks. ``folder`` holds all that they write."""

    def __init__(self, folder: Path, display: str, browser: str, url: str) -> None:
        self.folder, self.browser, self.url = folder, browser, url
        self.heard = folder / "heard.tsv"
        home, runtime = folder / "home", folder / "run"
        for made in (home, runtime):
            made.mkdir(parents=True, exist_ok=True)
        runtime.chmod(0o700)
        self.heard.write_text("")
        self.env: Dict[str, str] = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_"))}, "HOME": str(home), "DISPLAY": display, "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local/share"), "GSETTINGS_BACKEND": "keyfile",
            "GNOME_ACCESSIBILITY": "1", "ACCESSIBILITY_ENABLED": "1", "LANG": "C.UTF-8", "HEARD": str(self.heard), "MOZ_DISABLE_AUTO_SAFE_MODE": "1"}
        self.running: List["subprocess.Popen[bytes]"] = []
        self._read = 0

    def __enter__(self) -> "Desktop":
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.running):
            process.terminate()
        for process in reversed(self.running):
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self) -> None:
        self._run("Xvfb", self.env["DISPLAY"], "-screen", "0", "1280x1000x24", "-nolisten", "tcp")
        address = f"unix:path={self.folder / 'run' / 'bus'}"
        self._run("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        time.sleep(1)
        for schema, key in (("org.gnome.desktop.interface", "toolkit-accessibility"), ("org.gnome.desktop.a11y.applications", "screen-reader-enabled")):
            subprocess.run(["gsettings", "set", schema, key, "true"], env=self.env, check=True, capture_output=True)
        self._run("openbox")
        self._run(AT_SPI, "--launch-immediately", "--screen-reader=1")
        self._speech()
        settings = self.folder / "home" / ".local" / "share" / "orca"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "user-settings.conf").write_text(json.dumps(ORCA_SETTINGS))
        self._run("orca", f"--debug-file={self.folder / 'orca.log'}")
        if not any(self.said(within=10) for _ in range(12)):
            raise RuntimeError(f"Orca said nothing: look at {self.folder}/orca.log, and at run/speech-dispatcher/log beside it")
        self._run(*self._browser())

    def _speech(self) -> None:
        config = self.folder / "speech"
        (config / "modules").mkdir(parents=True, exist_ok=True)
        (config / "speechd.conf").write_text(SPEECH)
        (self.folder / "home" / ".libao").write_text("default_driver=null\n")  # no sound card is needed
        (config / "modules" / "file.conf").write_text(VOICE.format(voice=HERE / "voice.sh"))
        self._run("speech-dispatcher", "-s", "-t", "0", "-C", str(config), "-c", "unix_socket")
        time.sleep(1)

    def _browser(self) -> List[str]:
        profile = self.folder / "profile"
        profile.mkdir(exist_ok=True)
        if "firefox" in self.browser:
            (profile / "user.js").write_text("".join(f"user_pref({_js(k)}, {_js(v)});\n" for k, v in FIREFOX_SETTINGS.items()))
            return [self.browser, "--no-remote", "--new-instance", "--profile", str(profile), self.url]
        return [self.browser, "--no-sandbox", "--force-renderer-accessibility", "--no-first-run", "--disable-gpu", "--disable-sync",
                "--disable-background-networking", "--password-store=basic", f"--user-data-dir={profile}", self.url]

    def _run(self, *command: str) -> None:
        log = (self.folder / f"{Path(command[0]).name}.log").open("wb")
        self.running.append(subprocess.Popen(command, env=self.env, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder))

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as xdotool names them: "Tab", "shift+Tab", "Return"."""
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], env=self.env, check=True)
            time.sleep(0.15)

    def type(self, words: str) -> None:
        """Type words as a person does, letter by letter."""
        subprocess.run(["xdotool", "type", "--delay", "40", words], env=self.env, check=True)

    def picture(self, name: str) -> None:
        """The screen as a PNG in the folder, if ImageMagick is here."""
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", str(self.folder / f"{name}.png")], env=self.env, check=False, capture_output=True)

    def said(self, within: float = 30, quiet: float = QUIET) -> List[Spoken]:
        """What was said since this was asked last: waits until nothing new is said, at most ``within`` seconds."""
        until = time.monotonic() + within
        size, since = -1, time.monotonic()
        while time.monotonic() < until:
            now = self.heard.stat().st_size
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > quiet and not self._speaking():
                break
            time.sleep(0.1)
        lines = self.heard.read_text(encoding="utf-8", errors="replace").splitlines()
        fresh, self._read = lines[self._read:], len(lines)
        ended = {line.split("\t")[2] for line in fresh if line.split("\t")[1:2] == ["ended"]}
        return [Spoken(part[3], part[2] in ended) for part in (line.split("\t") for line in fresh) if part[1:2] == ["began"]]

    def _speaking(self) -> Optional[bool]:
        return subprocess.run(["pgrep", "-f", str(HERE / "voice.sh")], capture_output=True, check=False).returncode == 0


def _js(value: object) -> str:
    return "true" if value is True else "false" if value is False else f'"{value}"' if isinstance(value, str) else str(value)
