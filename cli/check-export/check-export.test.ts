import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { connectCall } from '../../test/kvs-payload.ts';
import { CONTACT_ID, contactRecord } from '../../test/contact-record.ts';
import { flowDocument, MINIMAL_RECORDER, says, streams } from '../../test/flow-document.ts';
import { WAV_FORMATS, wavFileOf } from '../../test/wav-formats.ts';
import { exportFolder } from './export-folder.fixture.ts';

const VOICEMAIL = contactRecord();
const OTHER = contactRecord({ Attributes: {} });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const TONE = Int16Array.from({ length: 8000 }, (_, at) => Math.round(8000 * Math.sin(at / 3)));

test('each kind of file is recognized by its content, whatever it is called', async (t) => {
  const { payload } = connectCall({ contactId: CONTACT_ID, fragments: 2 });
  const { verdicts } = exportFolder(t, {
    'a/flow.txt': flowDocument(MINIMAL_RECORDER),
    'a/record': VOICEMAIL,
    'a/media.bin': payload,
    'a/audio.dat': wavFileOf(TONE, WAV_FORMATS['mu-law, 8 kHz']),
    'b/output.json': { jobName: 'j', results: { transcripts: [{ transcript: 'Hello.' }], items: [] } },
    'b/template.json': { TemplateName: 'n', TemplateContent: { Subject: 'S', Html: '<p>{{caller}}</p>' } },
    'b/part.html': '<p>{{caller}} {{plan}}</p>',
    'b/voicemail.config.ts': 'export default {};',
    'b/empty': '',
    'b/notes.md': 'Call {{somebody}} back.',
    'b/song.mp3': Buffer.from('ID3\u0004'),
    'b/unknown.bin': Buffer.of(1, 0, 2, 3),
  });

  assert.deepEqual(await verdicts(), {
    'a/audio.dat': 'ok WAV audio: 1.0 s of audio',
    'a/flow.txt': 'ok flow: ',
    'a/media.bin': 'ok Matroska: 2.0 s of a caller in 2 fragments',
    'a/record': 'ok contact record: a voicemail',
    'b/empty': 'not known empty: nothing is in it',
    'b/notes.md': 'not known text: not recognized',
    'b/output.json': 'ok transcript: a transcript with words',
    'b/part.html': 'ok email template: can be filled; the contact must have 1 attribute',
    'b/song.mp3': 'not known MP3 audio: the product does not read it',
    'b/template.json': 'ok email template: can be filled',
    'b/unknown.bin': 'not known binary: not recognized',
    'b/voicemail.config.ts': 'not known settings: a program: not run here',
  });
});

test('contact records are found however they were exported, and each one counts', async (t) => {
  const two = [VOICEMAIL, OTHER];
  const events = {
    kinesis: {
      Records: two.map((text) => ({ kinesis: { data: base64(text) }, eventSource: 'aws:kinesis' })),
    },
    read: { Records: two.map((text) => ({ Data: base64(text), PartitionKey: 'p' })) },
    firehose: { records: two.map((text) => ({ recordId: '1', data: base64(text) })) },
  };
  const { verdicts } = exportFolder(t, {
    array: `[${two.join()}]`,
    lines: two.join('\r\n'),
    joined: two.join(''),
    packed: gzipSync(two.join('')),
    one: base64(VOICEMAIL),
    marked: Buffer.from(`\uFEFF${VOICEMAIL}`),
    wide: Buffer.from(`\uFEFF${VOICEMAIL}`, 'utf16le'),
    ...events,
  });

  const BOTH = 'ok contact record: a voicemail; a contact without a voicemail';
  const ONE = 'ok contact record: a voicemail';
  assert.deepEqual(await verdicts(), {
    array: BOTH,
    firehose: BOTH,
    joined: BOTH,
    kinesis: BOTH,
    lines: BOTH,
    marked: ONE,
    one: ONE,
    packed: BOTH,
    read: BOTH,
    wide: ONE,
  });
});

test('what the product would refuse is named with the member, also among good ones', async (t) => {
  const { vmx, verdicts } = exportFolder(t, {
    'records.ndjson': [VOICEMAIL, contactRecord({ ContactId: 'no id' }), '{"ContactId":'].join('\n'),
    'cut.firehose': `${VOICEMAIL}${VOICEMAIL.slice(0, 100)}`,
    'flagged.json': contactRecord({ Agent: { Username: 'ana' } }),
    'lost.json': contactRecord({ Recordings: null }),
    'silent.json': flowDocument({
      ...MINIMAL_RECORDER,
      stream: streams('Enabled', 'flag', { failed: 'end' }),
      lost: says('Hello?', 'end'),
    }),
    'no-flow.json': { Version: '2019-10-30', StartAction: 'a', Actions: [{ Identifier: 'a' }] },
    'output.json': { results: { transcripts: [{ transcript: 1 }] } },
    'part.html': '<p>{{#if caller}}{{upper plan}}</p>',
    'page.html': '<p>{{ .Site.Title | upper }}</p>',
    'video.webm': Buffer.from('1a45dfa38442868101', 'hex'),
    'wide.wav': wavFileOf(TONE, WAV_FORMATS['24 bits, 44.1 kHz, stereo']),
  });

  assert.equal((await vmx()).code, 1);
  assert.deepEqual(await verdicts(), {
    'cut.firehose': 'refused contact record: not JSON; a voicemail',
    'flagged.json': 'warning contact record: has the flag of a voicemail and is none: TAKEN_BY_AGENT',
    'lost.json': 'warning contact record: a voicemail, and no recording that can be used',
    'no-flow.json':
      'refused flow: not a flow: Actions.0.Type: Invalid input: expected string, received undefined',
    'output.json':
      'refused transcript: not a transcript: results.transcripts.0.transcript Invalid input: expected string, received number',
    'page.html': 'not known text: a template of another kind, and none of email',
    'part.html':
      'refused email template: cannot be filled: line 1, column 4 (vmx templates preview tells more)',
    'records.ndjson':
      'refused contact record: not a contact record: ContactId must be 1 to 128 letters, digits and hyphens; not JSON; a voicemail',
    'silent.json':
      'refused flow: silent-failure (vmx lint-flow tells more); unreachable-action (vmx lint-flow tells more)',
    'video.webm': 'refused Matroska: no audio on a track of Amazon Connect for the caller',
    'wide.wav':
      'refused WAV audio: the recording cannot be read: format 1 with 24 bits a sample is neither 16-bit PCM nor G.711, which is all that can be read',
  });
});

test('a flow is called too: an action that the simulator does not know is reported, and a flow in a circle is warned of', async (t) => {
  const { verdicts } = exportFolder(t, {
    'profile.json': flowDocument({
      ask: { type: 'GetCustomerProfile', parameters: PROFILE, next: 'end', errors: PROFILE_ERRORS },
      end: { type: 'DisconnectParticipant' },
    }),
    'circle.json': flowDocument({
      log: {
        type: 'UpdateFlowLoggingBehavior',
        parameters: { FlowLoggingBehavior: 'Enabled' },
        next: 'log',
      },
    }),
  });

  const { 'profile.json': profile = '', 'circle.json': circle = '' } = await verdicts();
  assert.match(profile, /not simulated: GetCustomerProfile/);
  assert.match(circle, /a simulated call ends with an error in UpdateFlowLoggingBehavior/);
});

const PROFILE = {
  ProfileRequestData: { IdentifierName: '_phone', IdentifierValue: '$.CustomerEndpoint.Address' },
  ProfileResponseData: ['FirstName'],
};
const PROFILE_ERRORS = { NoMatchingError: 'end', MultipleFoundError: 'end', NoneFoundError: 'end' };

test('people get a line for each file and each kind, and read that nothing was sent', async (t) => {
  const { vmx } = exportFolder(t, { 'a.json': VOICEMAIL, 'b.json': OTHER, '.git/config': 'x' });

  const { code, out, err } = await vmx();

  assert.equal(code, 0);
  assert.deepEqual(out.split('\n'), [
    'FILE    KIND            VERDICT  REASON',
    'a.json  contact record  ok       a voicemail',
    'b.json  contact record  ok       a contact without a voicemail',
    '',
    'KIND            OK  WARNING  REFUSED  NOT KNOWN',
    'contact record  2   0        0        0',
  ]);
  assert.deepEqual(err.split('\n'), [
    'Left out: 1 hidden files or folders, or node_modules.',
    'Nothing was sent: all of this was found on this machine.',
  ]);
});

test('links are not followed, and what cannot be opened or is nested without end is said', async (t) => {
  const isRoot = process.getuid?.() === 0;
  const { folder, vmx, verdicts } = exportFolder(t, {
    'deep.json': `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
    'closed.json': VOICEMAIL,
    'damaged.gz': Buffer.of(0x1f, 0x8b, 8, 0, 1, 2, 3),
  });
  symlinkSync(folder, join(folder, 'link'));
  chmodSync(join(folder, 'closed.json'), 0);

  assert.equal((await vmx()).code, 2);
  const found = await verdicts();
  assert.equal(found['link'], 'not known no file: a symbolic link: not followed');
  assert.equal(found['damaged.gz'], 'not known gzip: cannot be unpacked');
  assert.match(found['deep.json'] ?? '', /^not known (?:text: nested too deep|JSON: not recognized)/);
  if (!isRoot)
    assert.equal(found['closed.json'], 'not known unreadable: cannot be opened: this user may not');
});

test('a folder that is not there, or none, is a mistake of the person', async (t) => {
  const { folder, vmx } = exportFolder(t, {});

  assert.deepEqual(await vmx(), {
    code: 0,
    out: 'There is no file in this folder.',
    err: 'Nothing was sent: all of this was found on this machine.',
  });
  const twice = await vmx(folder);
  assert.equal(twice.code, 2);
  assert.match(twice.err, /one folder at a time/);
});
