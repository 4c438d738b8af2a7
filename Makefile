# make run    the whole desk on this machine
# make test   everything that is checked before a change is taken

SHELL = /bin/sh
VENV = .venv
PY = $(VENV)/bin/python

.PHONY: run test lint format messages secrets clean help

help:
	@echo "make run       start the desk on this machine (make run PORT=8001 for another port)"
	@echo "make test      check and test everything; make test STEPS=lint,sqlite for some of it"
	@echo "make lint      format, lint, types, import order"
	@echo "make format    rewrite the files as the formatter wants them"
	@echo "make messages  collect and compile the translations (needs gettext)"
	@echo "make secrets   the secrets docker-compose.yml expects, in secrets/"
	@echo "make clean     remove the virtual environment and what tests left; the desk's data stays"

run: $(VENV)/.base
	@exec $(PY) -m factcheck.embedded

test: $(VENV)/.dev
	@exec $(PY) -m tests.run $(STEPS)

lint: $(VENV)/.dev
	@exec $(PY) -m tests.run lint

format: $(VENV)/.dev
	@$(VENV)/bin/ruff check --quiet --fix . && $(VENV)/bin/ruff format .

messages: $(VENV)/.dev
	@command -v msgfmt >/dev/null || { echo "gettext is missing; on Debian: apt-get install gettext" >&2; exit 1; }
	@$(PY) manage.py makemessages --locale ar --locale tr --no-obsolete --no-wrap --add-location file \
		--ignore '.venv/*' --ignore 'tests/*' --ignore 'benchmarks/*'
	@$(PY) manage.py compilemessages --ignore '.venv/*'

secrets:
	@sh .ci/secrets

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache test-results staticfiles

# The stamps say which requirements are installed; a changed lock file installs anew.
$(VENV)/.base: requirements/base.txt
	@sh .ci/venv $(VENV)
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
