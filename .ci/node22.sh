#!/usr/bin/env bash
# Brings a Node 22 binary into .cache/node22, for the test that compares two versions of Node
# (test/determinism/node-versions.test.ts). The npm package `node` fetches its binary in an install
# script; the binary's own package is installed instead, so no script runs.
set -euo pipefail
cd "$(dirname "$0")/.."

version='22.23.3'
folder='.cache/node22'
package="node-$(node --print 'process.platform + "-" + process.arch')"

mkdir -p "$folder"
if [ "$("$folder/bin/node" --version 2>/dev/null)" != "v$version" ]; then
  [ -f "$folder/package.json" ] || printf '{ "private": true }\n' >"$folder/package.json"
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --save-exact \
    "$package@$version"
  mkdir -p "$folder/bin"
  ln -sfn "../node_modules/$package/bin/node" "$folder/bin/node"
fi
"$folder/bin/node" --version
