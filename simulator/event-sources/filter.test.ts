import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from './filter.ts';

const record = (content: string) => ({ metadata: { partitionKey: 'p' }, content });

test('without filters every record passes', () => {
  assert.equal(compileFilter([], 'data')(record('anything')), true);
});

test('a pattern looks into the JSON of a record', () => {
  const passes = compileFilter(['{"data":{"Agent":[null],"Attributes":{"vmx3_flag":["1"]}}}'], 'data');

  assert.equal(passes(record('{"Agent":null,"Attributes":{"vmx3_flag":"1"}}')), true);
  assert.equal(passes(record('{"Agent":{"ARN":"a"},"Attributes":{"vmx3_flag":"1"}}')), false);
  assert.equal(passes(record('{"Attributes":{"vmx3_flag":"1"}}')), false);
});

test('a record that is not JSON passes no pattern that looks into it', () => {
  assert.equal(compileFilter(['{"data":{"a":[{"exists":false}]}}'], 'data')(record('not JSON')), false);
});

test('a pattern for a whole message sees its text', () => {
  const passes = compileFilter(['{"body":["ping"]}'], 'body');

  assert.equal(passes(record('ping')), true);
  assert.equal(passes(record('pong')), false);
});

test('a filter can ask for metadata, and one of several filters is enough', () => {
  const passes = compileFilter(['{"partitionKey":["q"]}', '{"partitionKey":["p"]}'], 'data');

  assert.equal(passes(record('{}')), true);
});
