import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import config from '../../voicemail.config.ts';
import { readable, testStack, type TemplateResource } from '../stack.fixture.ts';

const stack = testStack(config);

before(() => void stack.app.synth());
after(() => stack.remove());

test('flows have only characters that CloudFormation gives back, and callers hear all of them', () => {
  const contents = [
    ...stack.resourcesOf('AWS::Connect::ContactFlowModule'),
    ...stack.resourcesOf('AWS::Connect::ContactFlow'),
  ].map((flow) => JSON.stringify(flow.Properties['Content']));

  for (const content of contents) assert.match(content, /^[\x20-\x7e]+$/);
  assert.ok(contents.some((content) => content.includes(String.raw`Adi\\u00f3s`)));
});

test('flows name what they refer to by reference, in the ARNs of this instance', () => {
  const modules = stack.resourcesOf('AWS::Connect::ContactFlowModule');
  const flows = stack.resourcesOf('AWS::Connect::ContactFlow');

  const referredTo = [...flows, ...modules].flatMap((flow) =>
    [...contentOf(flow).matchAll(/"((?:flows|show)\w+\.\w+)(?::\$LATEST)?"/g)].map(
      ([, reference]) => `${shortName(flow.id)} -> ${shortName(reference ?? '')}`,
    ),
  );

  assert.deepEqual(referredTo.toSorted(), [
    'agentguideflow -> agentguideview.ViewArn',
    'agentguideflow -> agentguideview.ViewArn',
    'agentguideflow -> showvoicemailFunction.Arn',
    ...['entrybusy', 'entryclosed', 'entryunstaffed'].flatMap((entry) => [
      `${entry} -> agentwhisper.ContactFlowArn`,
      `${entry} -> customerwhisper.ContactFlowArn`,
      `${entry} -> inqueueflow.ContactFlowArn`,
      `${entry} -> voicemailmodule.ContactFlowModuleArn`,
      `${entry} -> voicemailmodule.ContactFlowModuleArn`,
    ]),
    'guidedtaskflow -> agentguideflow.ContactFlowArn',
    'testflow -> voicemailmodule.ContactFlowModuleArn',
  ]);
  for (const flow of flows) {
    assert.equal(flow.Properties['InstanceArn'], config.instanceArn);
    assert.doesNotMatch(contentOf(flow), /contact-flow\//, 'an id is written down');
  }
});

test('delivery knows the task flows by their ids', () => {
  const [task, guided] = ['taskflow', 'guidedtaskflow'].map(
    (name) => stack.resources().find(({ id }) => shortName(id) === name)?.id,
  );
  const deliver = stack
    .resourcesOf('AWS::Lambda::Function')
    .find(({ id }) => id.startsWith('delivervoicemail'));

  assert.partialDeepStrictEqual(deliver?.Properties['Environment'], {
    Variables: { TASK_FLOW_ID: lastPartOf(task), GUIDED_TASK_FLOW_ID: lastPartOf(guided) },
  });
});

test('the guide may ask show-voicemail, and is there only once the instance knows the function', () => {
  const [association] = stack.resourcesOf('AWS::Connect::IntegrationAssociation');

  assert.partialDeepStrictEqual(association?.Properties, {
    InstanceId: config.instanceArn,
    IntegrationType: 'LAMBDA_FUNCTION',
  });
  assert.match(readable(association?.Properties['IntegrationArn']), /^showvoicemailFunction\w+\.Arn$/);
  assert.match(stack.text(), new RegExp(`"DependsOn": \\[\\s*"${association?.id}"`));
});

function lastPartOf(flow: string | undefined): unknown {
  return {
    'Fn::Select': [1, { 'Fn::Split': ['contact-flow/', { 'Fn::GetAtt': [flow, 'ContactFlowArn'] }] }],
  };
}

function contentOf({ Properties }: TemplateResource): string {
  return readable(Properties['Content']);
}

/** Without the stack's prefix and hash: `flowstestflow7015ACDB` is the test flow. */
function shortName(reference: string): string {
  return reference.replace(/^flows/, '').replace(/[0-9A-F]{8}/, '');
}
