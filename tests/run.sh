#!/usr/bin/env bash
# Owns the whole test run: the tools it needs, the Rust tests, the formats of messages held against
# their schemas, the data held against theirs and counted again, the PDF held against its standards and
# read as it is heard, and the sample report in a browser.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '\n==> %s\n' "$*"; }

fail() {
  printf '\ntests/run.sh: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null; }

install_packages() {
  local by_hand="install these by hand and run tests/run.sh again: $*"
  has apt-get || fail "there is no apt-get here; $by_hand"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "neither root nor sudo; $by_hand"
    as_root=(sudo)
  fi
  say "Installing $*"
  # A list that cannot be refreshed may still do; the installation tells.
  "${as_root[@]}" apt-get update || echo "apt-get update failed; going on with the lists that are here"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "$@" || fail "apt-get failed; $by_hand"
}

# Installs the packages of a folder of tests, unless they are there.
install_node_packages() {
  # npm writes this file at the end of an installation, so one that broke off is done again.
  local installed=$1/node_modules/.package-lock.json
  if [ -e "$installed" ] && [ ! "$1/package-lock.json" -nt "$installed" ]; then return; fi
  say "Installing the packages of $1"
  # No package needs a script of its own, and none shall fetch a browser.
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund) ||
    fail "npm could not install the packages in $1/package-lock.json; is its registry in reach?"
}

# Installs the packages of a folder of tests into an environment of its own, unless they are there.
install_python_packages() {
  # The list that was installed is copied at the end, so an installation that broke off is done again.
  local wanted=$1/requirements.txt environment=$1/.venv
  if cmp --silent "$wanted" "$environment/installed.txt"; then return; fi
  say "Installing the packages of $1"
  rm -rf "$environment"
  python3 -m venv "$environment" || fail "python3 could not make an environment in $environment"
  "$environment/bin/python" -m pip install --quiet --require-hashes --only-binary :all: \
    --requirement "$wanted" ||
    fail "pip could not install the packages in $wanted; is its registry in reach?"
  cp "$wanted" "$environment/installed.txt"
}

say "Looking for the tools"
has cargo || fail "cargo is missing; install Rust from https://rustup.rs"
chromium=${CHROMIUM:-/usr/bin/chromium}
missing=()
has pdftotext || missing+=(poppler-utils)
has qpdf || missing+=(qpdf)
# veraPDF, which holds the PDF against its standards, runs on it, and so does the validator of HTML.
has java || missing+=(default-jre-headless)
[ -x "$chromium" ] || missing+=(chromium)
# Of this package the Rust tests read the JSON Schema Test Suite, and nothing else.
if [ -z "${JSON_SCHEMA_SUITE:-}" ] && [ ! -d /usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance ]; then
  missing+=(libtest-json-schema-acceptance-perl)
fi
# Debian keeps the part that makes environments in a package of its own.
python3 -c "import ensurepip, venv" 2>/dev/null || missing+=(python3 python3-venv)
# A node from elsewhere brings its own npm, which Debian's would be in the way of.
has node || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi
[ -x "$chromium" ] || fail "no Chromium at $chromium; set CHROMIUM to where it is"
has npm || fail "node is here but npm is not; install the npm that belongs to this node"
echo "all here"

install_node_packages tests/browser
install_node_packages tests/formats
install_node_packages tests/conformance
install_node_packages tests/editor
install_python_packages tests/data
install_python_packages tests/pdf

say "Rust tests"
cargo test --locked

say "Formats of messages, and files for GitHub and editors, held against their schemas"
(cd tests/formats && node --test --test-reporter=spec)

say "Data, held against their description, read back and counted again"
(cd tests/data && PYTHONDONTWRITEBYTECODE=1 .venv/bin/python -m unittest)

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

say "Building the sample report"
cargo run --locked -- build -o "$tmp"

say "The PDF, held against its standards and read as it is heard"
(cd tests/pdf && PYTHONDONTWRITEBYTECODE=1 REPORT_DIR="$tmp" .venv/bin/python -m unittest)

say "Checking the report as a draft"
cargo run --locked -- build --draft --format pdf -o "$tmp/draft"
qpdf --check "$tmp/draft/report.pdf" || [ $? -eq 3 ] || fail "qpdf finds the draft broken"
pages=$(pdftotext "$tmp/draft/report.pdf" - | tr -cd '\f' | wc -c)
marks=$(pdftotext "$tmp/draft/report.pdf" - | tr -d '\f' | grep -c "^Draft – not for publication$")
[ "$marks" -eq $((2 * pages)) ] || fail "$pages pages of the draft have $marks marks, and not two each"

say "Building the casebook for the tests of the finder"
cargo run --locked -- build --root tests/browser/finder -o "$tmp/finder"

say "Writing guides to forms for the tests in the browser"
cargo run --locked -- schema doc -o "$tmp/guides/guide.html"
cargo run --locked -- schema doc --root examples/own-form -o "$tmp/guides/own.html"

say "Browser tests"
(cd tests/browser && CHROMIUM="$chromium" REPORT_DIR="$tmp" FINDER_DIR="$tmp/finder" GUIDE_DIR="$tmp/guides" \
  CASEBOOK="${CARGO_TARGET_DIR:-$root/target}/debug/casebook" node --test --test-reporter=spec)

say "Editor tests"
cargo run --locked -- schema show -o "$tmp/case.schema.json"
cargo run --locked -- schema show --manifest -o "$tmp/manifest.schema.json"
(cd tests/editor && SCHEMA_DIR="$tmp" node --test --test-reporter=spec)

say "All tests passed"
