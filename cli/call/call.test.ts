import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runVmx } from '../run-vmx.ts';
import { callCommand } from './call.ts';

const GOLDEN = join(import.meta.dirname, '../../flows/golden');

for (const [file, message] of [
  ['in-queue-flow.json', /in-queue-flow\.json: this is CUSTOMER_QUEUE, and a call begins in an inbound flow/],
  ['voicemail-module.json', /voicemail-module\.json: this is MODULE/],
  ['agent-guide-view.json', /agent-guide-view\.json: not a flow/],
  ['none.json', /none\.json: cannot be read/],
] as const) {
  test(`${file}, into which no caller can be put, is refused before anything is started`, async () => {
    const said: string[] = [];
    const tell = (text: string) => void said.push(text);

    const code = await runVmx([callCommand], ['call', '--flow', join(GOLDEN, file)], {
      out: tell,
      err: tell,
    });

    assert.equal(code, 2);
    assert.match(said.join('\n'), message);
  });
}
