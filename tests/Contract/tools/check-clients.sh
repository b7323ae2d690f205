#!/bin/sh
# Makes a client of openapi.json, and of openapi.v2.json by way of 3.0, and compiles both as strictly as TypeScript can; needs `npm ci` once.
# usage: check-clients.sh openapi.json openapi.v2.json
set -e
tools=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "$tools/clients.XXXXXX")
trap 'rm -rf "$work"' EXIT
PATH=$tools/node_modules/.bin:$PATH
swagger2openapi "$2" -o "$work/v2.json"
oazapfts "$1" "$work/client.ts"
oazapfts "$work/v2.json" "$work/client-v2.ts"
grep -q 'export function patchAction(' "$work/client.ts"
grep -q 'export function patchAction(' "$work/client-v2.ts"
tsc --strict --noEmit --skipLibCheck --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable "$work/client.ts" "$work/client-v2.ts"
