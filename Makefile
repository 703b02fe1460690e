# The only commands a newcomer needs. Each sets up what it needs first, and is quick the second time.
.PHONY: setup run test lint bench dist requirements

setup:  ## the program at .venv/bin/casefile
	@packaging/setup.sh run

run: setup  ## Casefile on the sample case
	@packaging/run.sh

test: lint  ## the whole suite, with coverage floors
	@packaging/test.sh

lint:  ## style, types, who imports whom, dead code
	@packaging/setup.sh test
	.venv/bin/ruff format --check casefile tests packaging
	.venv/bin/ruff check casefile tests packaging
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/vulture casefile packaging/vulture-known.py --min-confidence 80

bench:  ## figures, as ratios taken in one run
	@packaging/setup.sh test
	.venv/bin/python -m tests.bench

dist: setup  ## a wheel and a source archive in dist/
	.venv/bin/python -m build --no-isolation --outdir dist

requirements:  ## pin anew what pyproject.toml asks for (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --quiet \
	    --output-file packaging/requirements-dev.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --quiet \
	    --output-file packaging/requirements.txt
