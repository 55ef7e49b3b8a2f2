import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectCall, errorPayload } from '../../test/kvs-payload.ts';
import { contactRecord } from '../../test/contact-record.ts';
import { flowDocument, MINIMAL_RECORDER, says } from '../../test/flow-document.ts';
import { exportFolder } from './export-folder.fixture.ts';

/** What stands at every place of a file where anything may stand. */
const NUMBER = '+15555550142';
const NAME = 'Dana Whitfield';
const WORDS = 'please call me back';
const SECRET = `${NUMBER} ${NAME} ${WORDS}`;

/** Values of the wrong kind, and names that only a caller could have brought. */
const RECORDS = [
  { ContactId: SECRET },
  { InstanceARN: { [SECRET]: SECRET } },
  { Attributes: { vmx3_flag: '1', [SECRET]: 1 } },
  { Attributes: { vmx3_flag: '1', vmx3_from: SECRET, [SECRET]: SECRET } },
  { CustomerEndpoint: { Address: [SECRET] } },
  { CustomerEndpoint: SECRET },
  { Agent: SECRET },
  { Agent: { Username: NAME } },
  { Recordings: [{ StorageType: [SECRET], Location: SECRET }] },
  { InitiationTimestamp: SECRET },
  { InitiationMethod: SECRET, Channel: SECRET },
].map((changes) => contactRecord(changes));

const FLOW = flowDocument({ ...MINIMAL_RECORDER, [SECRET]: says(`<speak>${SECRET}`, SECRET) });
const UNKNOWN_ACTION = flowDocument({ [SECRET]: { type: SECRET, parameters: { [SECRET]: SECRET } } });

test('no number, name or word of a caller is printed, wherever it stands in a file', async (t) => {
  const { vmx } = exportFolder(t, {
    'records.json': `[${RECORDS.join()}]`,
    'lines.ndjson': [...RECORDS, `{"ContactId": "${SECRET}`].join('\n'),
    joined: `${RECORDS.join('')}{"ContactId": ${SECRET}`,
    'flow.json': FLOW,
    'types.json': UNKNOWN_ACTION,
    'shape.json': { Version: SECRET, StartAction: 1, Actions: [{ [SECRET]: SECRET, Type: SECRET }, SECRET] },
    'within.json': { [SECRET]: `{"StartAction": "${SECRET}", "Actions": ${SECRET}` },
    'answer.json': { ContactFlow: { Name: SECRET, Type: SECRET, Content: JSON.stringify(FLOW) } },
    'flow.yaml': `Type: AWS::Connect::ContactFlow\n${SECRET}`,
    'flow.tf': `resource "aws_connect_contact_flow" "${SECRET}" {}`,
    'broken.json': `{ "Actions": ${SECRET}`,
    'transcript.json': { jobName: SECRET, results: { transcripts: [{ transcript: SECRET }, SECRET] } },
    'words.json': { jobName: SECRET, results: { transcripts: [{ transcript: SECRET }] } },
    'standin.json': {
      results: { transcripts: [] },
      standIn: { gap: 'FAILED', language: SECRET, detail: SECRET },
    },
    'gap.json': { results: { transcripts: [] }, standIn: { gap: SECRET } },
    'template.json': { TemplateName: SECRET, SubjectPart: `{{${SECRET}}}`, HtmlPart: `{{#${SECRET}}}` },
    'part.html': `<p>${SECRET} {{caller}} {{[${SECRET}]}} {{#each a}}{{/if}}</p>`,
    'named.html': `<p>${SECRET} {{[${SECRET}]}}</p>`,
    'media.mkv': connectCall({ contactId: SECRET, fragments: 2 }).payload,
    'errors.mkv': errorPayload({
      AWS_KINESISVIDEO_ERROR_CODE: SECRET,
      AWS_KINESISVIDEO_EXCEPTION_MESSAGE: SECRET,
    }),
    'cut.mkv': connectCall({ contactId: SECRET, fragments: 2 }).payload.subarray(0, 20_000),
    'audio.wav': Buffer.from(`RIFF\u0000\u0000\u0000\u0000WAVE${SECRET}`),
    'notes.txt': SECRET,
  });

  for (const { out, err, code } of [await vmx(), await vmx('--json')]) {
    assert.equal(code, 1);
    for (const kind of ['contact record', 'flow', 'transcript', 'email template', 'Matroska', 'WAV audio']) {
      assert.ok(out.includes(kind), kind);
    }
    for (const secret of [NUMBER.slice(1), 'Dana', 'Whitfield', WORDS]) {
      assert.ok(!`${out}${err}`.includes(secret), `${secret} in ${out}`);
    }
  }
});
