#!/bin/sh
# Installs the DynamoDB server named in package-lock.json, unless that was done before.
set -eu
cd "$(dirname "$0")"
if cmp -s package-lock.json node_modules/.installed; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "npm was not found: it brings the local DynamoDB server (on Debian: apt-get install npm)" >&2
  exit 1
fi
npm ci --loglevel=error >&2
mkdir -p node_modules
cp package-lock.json node_modules/.installed
