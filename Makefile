# One word a need. `make demo` and `make test` do all the set-up themselves.
CACHE ?= $(or $(IVR_CACHE),$(HOME)/.cache/ivr-ari)
PYTHON ?= python3
LOCK := $(firstword $(shell sha256sum requirements.lock))
ENV := $(CACHE)/env-$(shell echo $(LOCK) | cut -c1-16)
PY := .venv/bin/python
export IVR_CACHE := $(CACHE)

.PHONY: demo test core pbx style types check bench bench-voice judges soak flows lab env lock clean

demo: env    ## a robot caller talks with the demo bank on a real PBX; KEEP=1 leaves it running, BIND=ADDRESS for a telephone, ENGINE=onnx without PyTorch
	@$(PY) -m asterisk.demo $(if $(KEEP),--keep) $(if $(BIND),--bind $(BIND)) $(if $(ENGINE),--engine $(ENGINE))
test: env    ## every test, on the real parts
	@$(PY) -m pytest -q
core: env    ## the tests that need no PBX and no model: seconds
	@$(PY) -m pytest -q -m "not pbx and not model"
pbx: env     ## the tests on the lab PBX
	@$(PY) -m pytest -q -m pbx
style: env
	@$(PY) -m ruff format --check . && $(PY) -m ruff check .
types: env
	@$(PY) -m mypy
check: style types test
bench: env   ## how well and how fast calls are heard and answered, against the targets; QUICK=1 for ten minutes
	@$(PY) -m tests.bench $(if $(QUICK),--quick)
bench-voice: env judges   ## how the voice sounds and how fast it is, against the targets; QUICK=1 for a short run
	@$(PY) -m tests.bench.voice $(if $(QUICK),--quick)
judges: $(CACHE)/judges/ready   ## an environment of their own for those who judge speech (DNSMOS, Whisper)
soak: env    ## a million random steps of random flows (make test does ten thousand)
	@IVR_SOAK=1 $(PY) -m pytest -q tests/dialogue/test_properties.py
flows: env   ## every flow checked, and all conversations held with them
	@$(PY) -m ivr_ari check flows && $(PY) -m ivr_ari flows test flows
lab: env     ## bring the lab PBX up, see `python -m asterisk.lab --help`
	@$(PY) -m asterisk.lab up
env: .venv/ready
lock:        ## resolve setup.cfg anew into requirements.lock, and for hosts without PyTorch
	@$(CACHE)/uv/bin/uv pip compile -q --upgrade --generate-hashes --all-extras --no-annotate --no-header \
		--python-version 3.11 setup.cfg -o requirements.lock
	@$(CACHE)/uv/bin/uv pip compile -q --generate-hashes --no-annotate --no-header --python-version 3.11 \
		-c requirements.lock --override requirements-light.in setup.cfg -o requirements-light.lock
$(CACHE)/judges/ready: tests/bench/judges.txt | env
	@$(CACHE)/uv/bin/uv venv -q --clear --python "$(PYTHON)" $(@D)
	@UV_CACHE_DIR=$(CACHE)/wheels $(CACHE)/uv/bin/uv pip install -q --python $(@D)/bin/python --require-hashes -r $<
	@touch $@
clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -prune -exec rm -r {} +

# The environment is kept in the cache under the lock's hash; a checkout only layers itself on it.
.venv/ready: requirements.lock setup.cfg
	@sh asterisk/environment.sh "$(PYTHON)" "$(CACHE)" "$(ENV)"
