import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAsker } from './asker.ts';

/** Keeps what a client of the SDK is made with. */
class Client {
  readonly settings: object;

  constructor(settings: object) {
    this.settings = settings;
  }
}

test('a call that nobody answers ends, and not only with a warning', () => {
  const limits = { wait: () => Promise.resolve(), clock: () => 0 };
  const { settings } = createAsker({ region: 'us-east-1' }, limits).client(Client);

  assert.partialDeepStrictEqual(settings, { requestHandler: { throwOnRequestTimeout: true } });
});
