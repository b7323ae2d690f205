#!/bin/sh
# Lints openapi.json with four rulesets; needs `npm ci` once.
# usage: lint.sh [openapi.json]
tools=$(cd "$(dirname "$0")" && pwd)
document=$(realpath "${1:-$tools/../../../openapi.json}")
[ -f "$document" ] || { echo "no such file: $document" >&2; exit 2; }
cd "$tools" || exit 2
PATH=$tools/node_modules/.bin:$PATH
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
failed=0

check() {
  name=$1
  shift
  if output=$("$@" 2>&1); then
    echo "ok $name"
    printf '%s\n' "$output" | grep -E '^ *[0-9]+:[0-9]+ '
  else
    echo "not ok $name"
    printf '%s\n' "$output" | grep -v '[║╔╚]'
    failed=1
  fi
}

check spectral-oas spectral lint --quiet --ruleset spectral-oas.yaml --fail-severity hint "$document"
check spectral-owasp spectral lint --quiet --ruleset spectral-owasp.yaml --fail-severity hint "$document"
check spectral-rap spectral lint --quiet --ruleset spectral-rap.yaml --fail-severity error "$document"
check redocly redocly lint --config redocly.yaml --extends recommended-strict --format stylish "$document"
exit $failed
