import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import config from '../voicemail.config.ts';
import { parseConfig } from './config.ts';
import { readable, testStack, type TemplateResource, type TestStack } from './stack.fixture.ts';

/** With every alarm, and so with every name. */
const first = { ...config, monitoring: 'full' } as const;
/** Of another instance in the same account and Region. */
const second = parseConfig(
  JSON.parse(JSON.stringify({ ...first, stackName: 'Second' }).replaceAll('00000000aaaa', '00000000bbbb')),
);
const stacks = [testStack(first), testStack(second)];

before(() => {
  for (const { app } of stacks) app.synth();
});
after(() => {
  for (const stack of stacks) stack.remove();
});

test('two stacks in one account share no name', () => {
  const [ofFirst, ofSecond] = stacks.map(namesIn);

  assert.ok(ofFirst && ofFirst.size > 30);
  assert.deepEqual(
    [...ofFirst].filter((name) => ofSecond?.has(name)),
    [],
  );
});

test('the metrics of two stacks are separated by the name of the stack', () => {
  for (const stack of stacks) {
    const services = stack
      .resourcesOf('AWS::Lambda::Function')
      .map(({ Properties }) => JSON.stringify(Properties['Environment']));
    for (const service of services)
      assert.match(service, /"POWERTOOLS_SERVICE_NAME":\{"Ref":"AWS::StackName"\}/);
    const watched = stack
      .resourcesOf('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties['Namespace'] === 'VoicemailExpress')
      .map(({ Properties }) => readable(Properties['Dimensions']));
    assert.deepEqual(new Set(watched), new Set(['[{"Name":"service","Value":{"Ref":"AWS::StackName"}}]']));
  }
});

/** By type, every name that the template gives, and what it exports; CloudFormation makes the others. */
function namesIn(stack: TestStack): Set<string> {
  const names = stack.resources().flatMap((resource) =>
    Object.entries(resource.Properties)
      .filter(([key, value]) => key.endsWith('Name') && typeof value === 'string' && !isWithin(resource, key))
      .map(([, value]) => `${resource.Type} ${String(value)}`),
  );
  return new Set([
    ...names,
    ...stack
      .text()
      .matchAll(/"Export": \{[^}]*\}/g)
      .map(([text]) => text),
  ]);
}

/** Of something that is not the account: a role's policy, a metric, a flow or view of the instance. */
function isWithin({ Type }: TemplateResource, key: string): boolean {
  return Type === 'AWS::IAM::Policy' || Type.startsWith('AWS::Connect::') || key === 'MetricName';
}
