#!/bin/sh
# Build the environment the lock describes (once per lock, in the cache) and layer this checkout on it.
# usage: environment.sh PYTHON CACHE ENV        safe to run twice, and by two checkouts at once
set -eu
python=$1 cache=$2 env=$3
say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    say "Python 3.11 is needed, $python is $("$python" -V 2>&1). Set PYTHON=/path/to/python3.11"; exit 1; }
mkdir -p "$cache"
exec 9>"$cache/env.lock"
flock -w 1200 9 || { say "another checkout is still building $env"; exit 1; }

if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    say "installing python3-venv (apt)"
    apt-get -qq update && apt-get -qq install -y --no-install-recommends python3-venv >/dev/null
fi
export UV_CACHE_DIR="$cache/wheels" UV_PYTHON_DOWNLOADS=never
if [ ! -x "$cache/uv/bin/uv" ]; then
    say "installing the package installer (uv) into $cache/uv"
    "$python" -m venv "$cache/uv"
    "$cache/uv/bin/pip" -q install --disable-pip-version-check uv
fi
uv=$cache/uv/bin/uv
if [ ! -e "$env/ready" ]; then
    say "installing the locked packages into $env (about 6 GB with PyTorch, minutes on a slow line)"
    rm -rf "$env.new"
    "$uv" venv -q --python "$python" "$env.new"
    "$uv" pip install --compile-bytecode --python "$env.new/bin/python" --require-hashes -r requirements.lock
    rm -rf "$env" && mv "$env.new" "$env" && touch "$env/ready"
fi

rm -rf .venv
"$uv" venv -q --python "$python" .venv
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$site/locked.pth"
"$uv" pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e . 2>/dev/null ||
    "$uv" pip install -q --python .venv/bin/python --no-deps -e .
touch .venv/ready
say "environment ready"
