#!/usr/bin/env bash
# The browser of the tests comes inside an npm package; Debian's NSS, which it needs, does not.
set -euo pipefail

if ldconfig -p | grep -q 'libnss3\.so'; then
  echo 'libnss3 is here'
  exit
fi
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get update -qq
as_root apt-get install -y -qq --no-install-recommends libnss3
