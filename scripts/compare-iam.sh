#!/usr/bin/env bash
# Compares the simulator's policy evaluator with @cloud-copilot/iam-simulate on the policies of
# scripts/compare-iam/cases.ts, and prints a table. Fails if one differs that docs/decisions/001 does not explain.
# The package's license (AGPL) keeps it out of this project: it is installed in a temporary folder, pinned.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm init -y > /dev/null &&
  npm install --silent --no-audit --no-fund @cloud-copilot/iam-simulate@0.1.173)
npm exec -- node scripts/compare-iam.ts "$folder"
