import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFunctionUrls, hasLiveMediaStreaming, takesTelephoneAudio } from './offers.ts';
import { CONNECT_REGIONS, LIVE_MEDIA_STREAMING, WIDE_BAND_ONLY } from './region-table.ts';

const without = (has: (region: string) => boolean) => CONNECT_REGIONS.filter((region) => !has(region));

test('of the Regions with Amazon Connect, Cape Town and GovCloud do not stream a call', () => {
  assert.deepEqual(without(hasLiveMediaStreaming), ['af-south-1', 'us-gov-west-1']);
});

test('of the Regions with Amazon Connect, GovCloud alone has no function URLs', () => {
  assert.deepEqual(without(hasFunctionUrls), ['us-gov-west-1']);
});

test('a Region that is new to the table is given the benefit, but where a list names what it lacks', () => {
  assert.equal(hasLiveMediaStreaming('eu-west-1'), true);
  assert.equal(hasFunctionUrls('ca-west-1'), false);
});

test('Modern Standard Arabic is not for the telephone where Transcribe wants 16 kHz', () => {
  for (const region of ['us-gov-west-1', 'af-south-1', 'ca-west-1'])
    assert.equal(takesTelephoneAudio('ar-SA', region), false);
  assert.equal(takesTelephoneAudio('ar-SA', 'eu-central-1'), true);
  assert.equal(takesTelephoneAudio('en-US', 'us-gov-west-1'), true);
});

test('each list says where it was read', () => {
  for (const { source } of [LIVE_MEDIA_STREAMING, ...WIDE_BAND_ONLY]) assert.match(source, /".+"/);
});
