import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsIn, needs } from './region-gaps.ts';

const TYPES = {
  url: { Type: 'AWS::Lambda::Url' },
  text: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogFormat: 'Text' } } },
  json: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogFormat: 'JSON' } } },
  plain: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: 'JSON' } },
  tagged: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { Tags: [] } },
  untagged: { Type: 'AWS::Lambda::EventSourceMapping' },
  site: { Type: 'AWS::CloudFront::Distribution' },
  app: { Type: 'AWS::AppIntegrations::Application' },
};

const refusedIn = (region: string) =>
  Object.entries(TYPES).flatMap(([name, resource]) =>
    gapsIn(region).some((gap) => needs(resource, gap)) ? [name] : [],
  );

test('GovCloud has no function URLs, no JSON logs, no tags on event source mappings, and no applications', () => {
  for (const region of ['us-gov-west-1', 'us-gov-east-1'])
    assert.deepEqual(refusedIn(region), ['url', 'json', 'tagged', 'site', 'app']);
});

test('a Region without function URLs lacks nothing else, and the usual ones lack nothing', () => {
  assert.deepEqual(refusedIn('ca-west-1'), ['url']);
  for (const region of ['us-east-1', 'eu-central-1', 'af-south-1', 'cn-north-1'])
    assert.deepEqual(refusedIn(region), []);
});

test('each gap says where it was read', () => {
  for (const { source } of gapsIn('us-gov-west-1')) assert.match(source, /"AWS Lambda"|cfn-lint/);
});
