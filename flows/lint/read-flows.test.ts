import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument } from '../../test/flow-document.ts';
import { FlowDocumentError } from '../language/document.ts';
import { decodeText, readFlows } from './read-flows.ts';

const FLOW = flowDocument({ end: { type: 'DisconnectParticipant' } });
const TEXT = JSON.stringify(FLOW);

/** Name, type, and whether it was read. */
const read = (value: unknown) =>
  readFlows(JSON.stringify(value)).map(({ name, type, document }) => [
    name,
    type,
    document instanceof FlowDocumentError ? document.message : document.StartAction,
  ]);

test('a file may be nothing but a flow, also as text of text', () => {
  assert.deepEqual(read(FLOW), [[undefined, undefined, 'end']]);
  assert.deepEqual(read(TEXT), [[undefined, undefined, 'end']]);
});

test('an answer of the API names its flow and type', () => {
  const answer = { Id: 'x', Name: 'Menu', Type: 'CUSTOMER_QUEUE', Content: TEXT };

  assert.deepEqual(read({ ContactFlow: answer }), [['Menu', 'CUSTOMER_QUEUE', 'end']]);
  assert.deepEqual(read({ ContactFlowModule: { Name: 'Ask', Content: TEXT } }), [['Ask', 'MODULE', 'end']]);
});

const resource = (Type: string, Properties: unknown) => ({ Type, Properties });

test('a template of CloudFormation has flows as text, with what it fills in', () => {
  const [, head = '', tail = ''] = /^(.*"StartAction":")end(".*)$/.exec(TEXT) ?? [];
  const template = {
    Resources: {
      Plain: resource('AWS::Connect::ContactFlow', { Name: 'Plain', Type: 'AGENT_HOLD', Content: TEXT }),
      Sub: resource('AWS::Connect::ContactFlowModule', { Content: { 'Fn::Sub': [TEXT, {}] } }),
      Join: resource('AWS::Connect::ContactFlow', {
        Type: 'CONTACT_FLOW',
        Content: { 'Fn::Join': ['', [head, { Ref: 'Start' }, tail]] },
      }),
      Bucket: resource('AWS::S3::Bucket', {}),
    },
  };

  assert.deepEqual(read(template), [
    ['Plain', 'AGENT_HOLD', 'end'],
    ['Resources.Sub.Properties.Content', 'MODULE', 'end'],
    ['Resources.Join.Properties.Content', 'CONTACT_FLOW', '${filled in}'],
  ]);
});

test('a description that mentions "Actions" is no broken flow, and hides none', () => {
  const description = 'The members "Version", "StartAction" and "Actions" of a flow.';

  assert.deepEqual(read({ description }), []);
  assert.deepEqual(read([description, { Name: 'Menu', Content: TEXT }]), [['Menu', undefined, 'end']]);
});

test("Terraform's plan has flows as text", () => {
  const values = { name: 'Menu', type: 'CONTACT_FLOW', content: TEXT };
  const plan = {
    planned_values: { root_module: { resources: [{ type: 'aws_connect_contact_flow', name: 'm', values }] } },
  };

  assert.deepEqual(read(plan), [['Menu', 'CONTACT_FLOW', 'end']]);
});

test('one broken flow leaves the others', () => {
  const [first, second] = read({ a: { Name: 'A', Content: `${TEXT},` }, b: { Name: 'B', Content: TEXT } });

  assert.deepEqual(first?.slice(0, 2), ['A', undefined]);
  assert.match(String(first?.[2]), /its content is no JSON/);
  assert.deepEqual(second, ['B', undefined, 'end']);
});

test('JSON without a flow has none', () => {
  assert.deepEqual(read({ Statement: [{ Action: 's3:GetObject', Actions: 1 }] }), []);
  assert.deepEqual(read('The "Actions" of "StartAction"'), []);
});

const NAMED: Readonly<Record<string, readonly [string, RegExp]>> = {
  'the older designer': [
    JSON.stringify({ modules: [{ id: 'm', type: 'PlayPrompt' }], start: 'm', version: '1' }),
    /^an export of the older flow designer.*Import it.*describe-contact-flow/,
  ],
  'a template in YAML': [
    'Resources:\n  Menu:\n    Type: AWS::Connect::ContactFlow\n',
    /^a CloudFormation template in YAML.*as JSON/,
  ],
  Terraform: ['resource "aws_connect_contact_flow" "menu" {\n}\n', /^Terraform.*terraform show -json/],
  'anything else': ['Hello', /^not a flow: no JSON/],
};
for (const [what, [text, message]] of Object.entries(NAMED)) {
  test(`${what} is named, with the way out`, () => {
    assert.throws(
      () => readFlows(text),
      (error) => error instanceof FlowDocumentError && message.test(error.message),
    );
  });
}

test('text may be UTF-8 or UTF-16, with a byte order mark or without', () => {
  const utf16 = Buffer.from(TEXT, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();

  for (const bytes of [
    Buffer.from(TEXT),
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TEXT)]),
    utf16,
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
    swapped,
    Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]),
  ])
    assert.equal(decodeText(bytes), TEXT);
});
