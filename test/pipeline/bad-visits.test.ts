import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { checkLink, linkToken } from '../../src/domain/link-token.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import { openRecordingHandler } from '../../src/handlers/open-recording.ts';
import { showVoicemailHandler } from '../../src/handlers/show-voicemail.ts';
import { showVoicemail } from '../../src/steps/show-voicemail.ts';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN } from '../contact-record.ts';
import { fakeLedger } from '../fake-ledger.ts';
import { fakeTelemetry } from '../fake-telemetry.ts';
import { entryOf, NOW, recordingOf, voicemailOf } from '../voicemails.ts';
import { capturedLog } from './captured-log.ts';
import { CANARY, hostileAttributes, hostileJson, hostileText } from './hostile.ts';

const { log, lines } = capturedLog();
const { meter } = fakeTelemetry();
const RUNS = { numRuns: 300 };
const KEYS = [{ id: 'k1', secret: 'a secret of this test alone' }];
const [KEY = { id: '', secret: '' }] = KEYS;
const TOKEN = linkToken({ contactId: CONTACT_ID, expiresAtMs: NOW + 60_000 }, KEY);

/** Follows a link; every valid one leads to its contact's recording. */
const follow = openRecordingHandler({
  open: async ({ token }) => {
    const link = checkLink(token, KEYS, NOW);
    if (link.kind !== 'valid') return { kind: 'invalid' };
    return { kind: 'open', contactId: link.contactId, url: `https://s3.example/${link.contactId}?${CANARY}` };
  },
  noteHeard: async () => assert.fail('nothing was played'),
  log,
  meter,
});

function nothingOfItIsLogged(): void {
  const telling = lines.splice(0).filter((line) => line.includes(CANARY) || line.includes(TOKEN.slice(-30)));
  assert.deepEqual(telling.slice(0, 1), []);
}

const place = fc.nat({ max: TOKEN.length - 1 });
const forged = fc.oneof(
  fc
    .tuple(place, fc.string({ minLength: 1, maxLength: 3 }))
    .map(([at, text]) => spliced(at, text.length, text)),
  fc.tuple(place, fc.string({ maxLength: 3 })).map(([at, text]) => spliced(at, 0, text)),
  fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(([at, count]) => spliced(at, count, '')),
  fc.constantFrom(
    '',
    '...',
    `${TOKEN}.`,
    `.${TOKEN}`,
    TOKEN.toUpperCase(),
    `${TOKEN}/../x`,
    'x'.repeat(100_000),
  ),
  hostileText,
);

test('a link that was changed in any way opens nothing, and is not logged', async () => {
  assert.equal((await follow(visitOf(TOKEN))).statusCode, 302);
  lines.length = 0;
  await fc.assert(
    fc.asyncProperty(forged, async (token) => {
      fc.pre(token !== TOKEN);

      const { statusCode = 0, headers } = await follow(visitOf(token));

      assert.ok(statusCode >= 400 && statusCode < 500);
      assert.equal(headers?.['location'], undefined);
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

test('the guide shows every transcript and attribute as text', async () => {
  const words = fc.array(hostileText, { maxLength: 4 }).map((texts) => texts.join(' '));
  await fc.assert(
    fc.asyncProperty(hostileAttributes, hostileText, words, async (attributes, from, said) => {
      const voicemail = voicemailOf({ attributes, from });
      const entry = entryOf({ state: 'delivered', voicemail, recipientName: said, notes: [from] });
      const show = showing(entry, said);

      const view = await show({
        Details: {
          ContactData: { InstanceARN: INSTANCE_ARN, Attributes: attributes },
          Parameters: { contact_id: CONTACT_ID },
        },
      });

      const { player, ...texts } = view;
      assert.equal(player.match(/</g)?.length, 2);
      for (const text of Object.values(texts)) assert.doesNotMatch(text, /[<>"']/);
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

test('a guide that asks in any other way is answered, and gets nobody’s voicemail', async () => {
  await fc.assert(
    fc.asyncProperty(hostileJson, hostileJson, async (event, contactId) => {
      const show = showing(entryOf({ state: 'delivered' }), CANARY);
      const ContactData = { InstanceARN: INSTANCE_ARN };

      const views = [
        await show(event),
        await show({ Details: { ContactData, Parameters: { contact_id: contactId } } }),
        await show({
          Details: { ContactData: { InstanceARN: BILLING_ARN }, Parameters: { contact_id: CONTACT_ID } },
        }),
      ];

      for (const view of views) assert.doesNotMatch(JSON.stringify(view), /<audio|Zz9_canary|5555550142/);
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

function showing(entry: ReturnType<typeof entryOf>, said: string) {
  const ports = {
    ...fakeLedger([entry]).ports,
    findRecordingObject: async () => recordingOf(),
    findTranscript: async () =>
      readTranscript(JSON.stringify({ results: { transcripts: [{ transcript: said }] } })),
    presign: async () => 'https://s3.example/recording.wav',
    instanceArn: INSTANCE_ARN,
    timeZone: 'America/New_York',
    now: Date.now,
    setback: log.warn,
  };
  return showVoicemailHandler({
    show: (request) => showVoicemail(request, ports),
    tellFollowUp: async () => assert.fail('nobody said anything'),
    now: () => NOW,
    log,
  });
}

function spliced(at: number, count: number, text: string): string {
  return TOKEN.slice(0, at) + text + TOKEN.slice(at + count);
}

function visitOf(token: string): APIGatewayProxyEventV2 {
  const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: `/r/${token}`,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'x',
      domainName: 'x',
      domainPrefix: 'x',
      http,
      requestId: 'x',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  };
}
