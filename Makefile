# `make demo` and `make test` need Python 3.11+, pip and make; each sets up .venv by itself.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
EXTRAS := fake,pytest,load
STAMP := $(VENV)/.ready
DIST := $(VENV)/.dist-ready
MUTATION := $(VENV)/.mutation-ready
WORKERS ?= 2

.PHONY: demo test check dist floors pythons format coverage docs docs-coverage docs-scenarios docs-reference load soak bench bench-long profiles figures fuzz mutation constraints clean help
.DELETE_ON_ERROR:
# Hundreds of processes of a run import both packages: what one of them has compiled, the others read.
unexport PYTHONDONTWRITEBYTECODE

help: ## what can be made here
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*##/ -/'

# The stamp is written last: a set-up that was killed half-way is begun anew.
$(STAMP): pyproject.toml constraints.txt twilio_sms/version.py .ci/venv.py
	@$(PYTHON) .ci/venv.py $(VENV)
	@$(PY) -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]' --group test --group lint --group browser --group docs
	@touch $(STAMP)

$(DIST): $(STAMP)
	@$(PY) -m pip install --quiet --constraint constraints.txt --group dist
	@touch $(DIST)

$(MUTATION): $(STAMP)
	@$(PY) -m pip install --quiet --constraint constraints.txt --group mutation
	@touch $(MUTATION)

demo: $(STAMP) ## send through the fake, receive signed callbacks, print what happened
	@$(PY) docs/examples/demo.py

test: $(STAMP) ## the test suite
	@$(PY) -m pytest -q -n $(WORKERS)

check: $(STAMP) ## ruff, mypy, import rules, bandit
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/python -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-cache
	@$(PY) -m bandit --quiet --configfile pyproject.toml --recursive twilio_sms fake_twilio

dist: $(DIST) ## wheel and sdist into dist/, looked into, and the wheel installed with each extra alone
	@$(PY) .ci/dist.py
	@$(PY) .ci/installed.py

floors: $(DIST) ## the tests of both packages on the lowest versions that pyproject.toml allows; SHARE=--quick runs some
	@$(PY) .ci/floors.py $(SHARE)

pythons: $(DIST) ## the tests of both packages on each Python that is promised and found; SHARE=--quick runs some
	@$(PY) .ci/pythons.py $(SHARE)

format: $(STAMP) ## let ruff put the code in order
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

coverage: $(STAMP) ## branch coverage of both packages
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -q -n $(WORKERS)
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

docs: $(STAMP) ## the documentation as a site, build/docs/index.html; warnings are errors, and nothing is fetched
	@$(PY) -m sphinx --quiet --fail-on-warning --keep-going -b html -c docs -d build/doctrees . build/docs

docs-coverage: $(STAMP) ## write docs/coverage.md anew: what of Twilio the fake offers
	@$(PY) docs/coverage_page.py

docs-scenarios: $(STAMP) ## write docs/bundled_scenarios.md anew: the scenarios that come along
	@$(PY) docs/bundled_scenarios_page.py

docs-reference: $(STAMP) ## write the pages of docs/reference anew that are made from the code
	@$(PY) docs/reference/configuration_page.py
	@$(PY) docs/reference/errors_page.py
	@$(PY) docs/reference/scenario_schema_page.py

load: $(STAMP) ## ten seconds of load against a fake on a free port
	@$(PY) loadtests/run.py

soak: $(STAMP) ## a million messages with their callbacks, in an hour: what grows, what is lost, what comes twice
	@$(PY) loadtests/bench/soak.py --messages 1000000 --minutes 90

bench: $(STAMP) ## how fast client and fake are, in less than five minutes: figures, each with its goal; writes docs/performance.md
	@$(PY) loadtests/bench/run_all.py

bench-long: $(STAMP) ## the same with a million messages, and beside the other fakes that are installed
	@$(PY) loadtests/bench/run_all.py --long

profiles: $(STAMP) ## a campaign through an outage, a brown-out and a storm of callbacks, next to a naive one, with charts
	@$(PY) loadtests/bench/profiles.py --charts docs/images

figures: $(STAMP) ## what the client promises under kills, faults, forks, STOPs and a lost Redis, in the long form: half an hour
	@$(PY) tests/e2e/kill_bulk.py 10000 200 1
	@$(PY) -m tests.e2e.wire_faults 100 1
	@$(PY) -m tests.e2e.slow_drip
	@$(PY) -m tests.e2e.forks 32 1000 1
	@$(PY) tests/e2e/journal_kills.py 50 1
	@$(PY) tests/e2e/journal_faults.py
	@$(PY) tests/e2e/bulk_journal_faults.py
	@$(PY) loadtests/bench/retry.py
	@$(PY) loadtests/bench/rate_limit.py 60 1
	@$(PY) -m tests.e2e.rate_limit_model 10000 1
	@$(PY) loadtests/bench/breaker.py
	@$(PY) -m tests.e2e.redis_limits 30 1
	@$(PY) -m tests.e2e.redis_loss 5 1
	@$(PY) tests/e2e/stop_race.py
	@$(PY) -m tests.e2e.opt_out_kills --kills 200
	@$(PY) -m tests.e2e.opt_out_faults --points 200
	@$(PY) tests/e2e/opt_out_words.py
	@$(PY) -m tests.e2e.opt_out_histories --histories 10000
	@$(PY) -m tests.e2e.opt_out_age
	@$(PY) -m tests.e2e.webhook_kills
	@$(PY) -m tests.e2e.webhook_replay
	@$(PY) -m tests.e2e.signature_timing
	@$(PY) -m tests.e2e.half_open

fuzz: $(STAMP) ## a hundred thousand fuzzed requests to the fake, many by Twilio's specifications, ten thousand signatures, five hundred lives of messages; FUZZ_SEED=7 sends others
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-100000} $(PY) -m pytest -q -n $(WORKERS) --timeout=600 tests/fuzz
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-200} $(PY) -m pytest -q -n $(WORKERS) --timeout=600 tests/contract/test_openapi*.py
	@FUZZ_SIGNATURES=$${FUZZ_SIGNATURES:-10000} $(PY) -m pytest -q -n $(WORKERS) --timeout=600 tests/contract/test_signed_requests.py tests/contract/test_webhook_fuzz.py tests/contract/test_handler_fuzz.py
	@FUZZ_LIFECYCLES=$${FUZZ_LIFECYCLES:-500} $(PY) -m pytest -q -n $(WORKERS) --timeout=600 tests/contract/test_lifecycle_machine.py

mutation: $(MUTATION) ## limiter, breaker, journal, validator and lifecycle broken on purpose, change by change: which no test notices; writes docs/mutation.md
	@$(PY) .ci/mutation.py

constraints: $(DIST) $(MUTATION) ## write today's newest versions into constraints.txt
	@$(PY) .ci/constraints.py

clean: ## remove what was set up
	rm -rf $(VENV)
