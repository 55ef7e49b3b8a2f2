import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowTransitions } from '../../../../flows/language/document.ts';
import { isTrue } from './conditions.ts';
import { DONE, nextAction, type Choice } from './outcome.ts';

const TRANSITIONS: FlowTransitions = {
  NextAction: 'next',
  Conditions: [
    { NextAction: 'one', Condition: { Operator: 'Equals', Operands: ['1'] } },
    { NextAction: 'again', Condition: { Operator: 'TextStartsWith', Operands: ['1'] } },
    { NextAction: 'attribute', Condition: { Operator: 'Equals', Operands: ['$.Attributes.a'] } },
  ],
  Errors: [
    { NextAction: 'anything', ErrorType: 'NoMatchingError' },
    { NextAction: 'late', ErrorType: 'InputTimeLimitExceeded' },
    { NextAction: 'else', ErrorType: 'NoMatchingCondition' },
  ],
};

const follow = (choice: Choice, transitions = TRANSITIONS) =>
  nextAction(transitions, choice, (operand) => (operand.startsWith('$') ? 'x' : operand));

const result = (value: string | undefined) => ({ kind: 'result', value }) as const;
const error = (errorType: string) => ({ kind: 'error', errorType }) as const;

test('an error takes its own branch, otherwise the one for all others, otherwise none', () => {
  assert.equal(follow(error('InputTimeLimitExceeded')), 'late');
  assert.equal(follow(error('QueueAtCapacity')), 'anything');
  assert.equal(follow(error('QueueAtCapacity'), { NextAction: 'next' }), undefined);
});

test('a result takes the first condition that is true', () => {
  assert.equal(follow(result('1')), 'one');
  assert.equal(follow(result('12')), 'again');
  assert.equal(follow(result('x')), 'attribute');
});

test('a result that meets no condition takes NoMatchingCondition, or NextAction if there is no such branch', () => {
  assert.equal(follow(result('2')), 'else');
  assert.equal(follow(result('2'), { NextAction: 'next' }), 'next');
  assert.equal(follow(result('#'), { NextAction: 'next', Errors: TRANSITIONS.Errors ?? [] }), 'else');
});

test('a missing value equals nothing', () => {
  assert.equal(follow(result(undefined)), 'else');
});

test('an action without a result goes on at NextAction', () => {
  assert.equal(follow(DONE), 'next');
});

test('texts are compared with case, and numbers as numbers', () => {
  assert.ok(isTrue('Equals', 'Task', 'Task'));
  assert.ok(!isTrue('Equals', 'Task', 'task'));
  assert.ok(isTrue('TextStartsWith', '+1555', '+1'));
  assert.ok(isTrue('TextEndsWith', '+1555', '55'));
  assert.ok(isTrue('TextContains', '+1555', '15'));
  assert.ok(isTrue('NumberGreaterThan', '10', '9'));
  assert.ok(isTrue('NumberGreaterOrEqualTo', '9.0', '9'));
  assert.ok(isTrue('NumberLessThan', '-1', '0'));
  assert.ok(isTrue('NumberLessOrEqualTo', '1', '1'));
});

test('a value that is not a number is neither greater nor less', () => {
  assert.ok(!isTrue('NumberGreaterThan', '', '-1'));
  assert.ok(!isTrue('NumberLessThan', 'one', '2'));
  assert.ok(!isTrue('NumberLessOrEqualTo', '1', 'two'));
});

test('an unknown operator is an error', () => {
  assert.throws(() => isTrue('NotEquals', 'a', 'b'), /NotEquals/);
});
