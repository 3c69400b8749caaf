#!/bin/sh
# The browser tests need a Chromium: use the one that is there, else install Debian's when we may.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "chromium: installing Debian's"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji >/dev/null
  exit 0
fi
echo "The browser tests need Chromium: please install it (for example: sudo apt-get install chromium)." >&2
exit 1
