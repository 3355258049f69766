# `make` alone lists the tasks. Every task sets up what it needs first; a second run starts at once.
.DEFAULT_GOAL := help
SHELL := bash
PY := .venv/bin/python
# Python may keep what it compiles, whatever the shell says: a test run starts it some hundred times
QUIET := PYTHONDONTWRITEBYTECODE= PYTHONWARNINGS=ignore TF_CPP_MIN_LOG_LEVEL=3 RASA_TELEMETRY_ENABLED=false

.PHONY: help setup train run test lint evaluate bench adapter second thresholds lock clean forget-everything journeys listen failures explore

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

setup: .venv/ready ## install everything into .venv (Python 3.10, from requirements.lock)

.venv/ready: requirements.lock pyproject.toml .ci/setup
	@.ci/setup

train: .venv/ready ## train what has changed
	@$(QUIET) $(PY) -W ignore -m bot.train

run: train ## set up, train if needed, and start chat (5005), delivery and desk (5080)
	@$(QUIET) $(PY) -W ignore -m bot.cli run

test: train ## set up, train if needed, and run every test, three files at a time (ARGS="-n 0": one after the other)
	@$(QUIET) $(PY) -W ignore -m pytest -n 3 --dist loadfile $(ARGS)

lint: .venv/ready ## ruff and mypy
	@.venv/bin/ruff check . && .venv/bin/mypy && echo "lint: clean"

evaluate: train ## measure the safety net on the frozen unseen sets: recall, needless alarms, every miss
	@$(QUIET) $(PY) -W ignore -m tests.measure.evaluate $(ARGS)

bench: train ## measure beside a default Rasa project (about an hour; ARGS=--quick for minutes)
	@$(QUIET) $(PY) -W ignore -m tests.measure.bench $(ARGS)

failures: train ## nothing is lost: 2,000 contacts on each database through kills, bad receivers, full disks and wrong clocks
	@$(QUIET) FRONTDOOR_FAILURES=full $(PY) -W ignore -m pytest -s --show-capture=no tests/failures $(ARGS)

explore: train ## the property tests with new random cases each time, ROUNDS of them (5)
	@for round in $$(seq $(or $(ROUNDS),5)); do $(QUIET) FRONTDOOR_PROPERTIES=explore $(PY) -W ignore -m pytest -q -m property $(ARGS) || exit 1; done

listen: train ## a real screen reader reads a visit in Firefox and Chromium (about 8 minutes); what it said goes to var/listening
	@rm -f var/listening/said.md; $(QUIET) $(PY) -W ignore -m pytest -rs tests/reader/listen.py $(ARGS) && ls var/listening/said.md

journeys: train ## the browser journeys alone; pictures of every state go to var/journeys
	@.ci/browsers && mkdir -p var/journeys && PICTURES=$(CURDIR)/var/journeys $(QUIET) $(PY) -W ignore -m pytest -rs tests/journeys && echo "pictures: var/journeys"

adapter: .venv/ready ## learn the sentence encoder's adapter again from data/nlu (about half an hour)
	@$(QUIET) $(PY) -W ignore -m bot.understanding.learn_adapter $(ARGS)

second: train ## learn again what second messages mean (guidance/second_messages.tsv), a minute
	@$(QUIET) $(PY) -W ignore -m bot.understanding.learn_second

thresholds: train ## sweep the net's thresholds on the development sets (ARGS=--write puts the best into guidance/safety/voter.yml)
	@$(QUIET) $(PY) -W ignore -m tests.measure.thresholds $(ARGS)

lock: ## write requirements.lock again from pyproject.toml (needs uv)
	@uv pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev \
		pyproject.toml -o requirements.lock

clean: ## remove what was installed or trained; contacts, the desk, conversations and keys stay in var
	rm -rf .venv models var/cache .rasa results .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/journeys/node_modules

forget-everything: ## remove var for ever: contacts, the desk, conversations and keys; asks for a typed yes first
	@printf 'This removes var: every contact here, the desk, conversations, and the keys that open them. Nothing brings them back.\nType yes to remove them: '; \
		read -r said || true; [ "$$said" = yes ] || { echo "Nothing was removed."; exit 1; }; rm -rf var
