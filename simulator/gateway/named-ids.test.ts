import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsInEvent, idsInRequest, idsMeant } from './named-ids.ts';

const FIRST = 'c0ffee00-0000-4000-8000-0000000000c1';
const SECOND = 'c0ffee00-0000-4000-8000-0000000000c2';
const INSTANCE = '1d1d1d1d-0000-4000-8000-000000000001';
const NOTHING = { path: '/', query: new URLSearchParams(), headers: {}, rawBody: Buffer.alloc(0) };

test('an event is about the contacts that it names, each once, wherever they stand', () => {
  const body = JSON.stringify({ contactId: FIRST, key: `recordings/2026/07/${FIRST}.wav` });

  assert.deepEqual(idsInEvent(JSON.stringify({ Records: [{ body }] })), [[FIRST]]);
  assert.deepEqual(idsInEvent('{"detail":{}}'), [[]]);
  assert.deepEqual(idsInEvent('null'), [[]]);
});

test('records of a stream are read, of all contacts in the batch', () => {
  const records = [FIRST, SECOND].map((ContactId) => ({
    kinesis: { data: Buffer.from(JSON.stringify({ ContactId })).toString('base64') },
  }));

  assert.deepEqual(idsInEvent(JSON.stringify({ Records: records })), [[FIRST], [SECOND]]);
});

test('a request is about the contacts in its path, its query and its body', () => {
  assert.deepEqual(idsInRequest({ ...NOTHING, path: `/recordings/${FIRST}.wav` }), [FIRST]);
  assert.deepEqual(idsInRequest({ ...NOTHING, query: new URLSearchParams({ prefix: `a/${FIRST}` }) }), [
    FIRST,
  ]);
  assert.deepEqual(idsInRequest({ ...NOTHING, rawBody: Buffer.from(`{"S":"${SECOND}"}`) }), [SECOND]);
  assert.deepEqual(idsInRequest(NOTHING), []);
});

test('a call for one of the contacts in an event is about that one, and any other call about all of them', () => {
  const records = [
    [INSTANCE, FIRST],
    [INSTANCE, SECOND],
  ];

  assert.deepEqual(idsMeant(records, [INSTANCE, SECOND]), [INSTANCE, SECOND]);
  assert.deepEqual(idsMeant(records, [INSTANCE]), [INSTANCE, FIRST, SECOND]);
  assert.deepEqual(idsMeant([[INSTANCE, FIRST]], [INSTANCE]), [INSTANCE, FIRST]);
  assert.deepEqual(idsMeant([], [FIRST]), [FIRST]);
});

test('recordings are not searched for ids', () => {
  const rawBody = Buffer.concat([Buffer.alloc(300 * 1024), Buffer.from(FIRST)]);

  assert.deepEqual(idsInRequest({ ...NOTHING, rawBody }), []);
  const short = { ...NOTHING, rawBody: Buffer.from(FIRST) };
  assert.deepEqual(idsInRequest({ ...short, headers: { 'content-type': 'audio/wav' } }), []);
  assert.deepEqual(idsInRequest({ ...short, headers: { 'content-type': 'application/json' } }), [FIRST]);
});
