#!/usr/bin/env bash
# libphonenumber-js and the parameters of RFC 3966: an extension behind an ISDN subaddress is dropped without
# a word, and a whole tel: URI is no number. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund libphonenumber-js@1.13.16
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import parse from 'libphonenumber-js/min';
const { version } = JSON.parse(readFileSync('node_modules/libphonenumber-js/package.json', 'utf8'));
console.log(`libphonenumber-js ${version}`);
const texts = ['+15555550142;ext=123', '+15555550142;isub=4567;ext=123', 'tel:+15555550142;ext=123'];
for (const text of texts) {
  const found = parse(text, { extract: false });
  console.log(`${text} -> ${found?.number ?? 'no number'}, extension ${found?.ext ?? 'none'}`);
}
JS
cat > expected.txt <<'TXT'
libphonenumber-js 1.13.16
+15555550142;ext=123 -> +15555550142, extension 123
+15555550142;isub=4567;ext=123 -> +15555550142, extension none
tel:+15555550142;ext=123 -> no number, extension none
TXT
node run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
