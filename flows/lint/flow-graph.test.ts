import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, listens, says, type ShortAction } from '../../test/flow-document.ts';
import { flowGraph } from './flow-graph.ts';

/** Where a call can come to from an action, in the order of the branches. */
function waysFrom(action: ShortAction): readonly string[] {
  const ends = ['next', 'matched', 'failed'].map(
    (name) => [name, { type: 'DisconnectParticipant' }] as const,
  );
  const { start, edgesFrom } = flowGraph(flowDocument({ action, ...Object.fromEntries(ends) }));
  return start ? edgesFrom(start).map(({ to }) => to.Identifier) : [];
}

test('a menu never takes its NextAction: any other key has a branch of its own', () => {
  const menu = { ...listens('failed'), next: 'next', conditions: { '1': 'matched' } };

  assert.deepEqual(waysFrom(menu), ['matched', 'failed', 'failed', 'failed']);
});

test('a loop takes one of its two branches', () => {
  const loop = {
    type: 'Loop',
    parameters: { LoopCount: '2' },
    next: 'next',
    conditions: { ContinueLooping: 'matched', DoneLooping: 'failed' },
  };

  assert.deepEqual(waysFrom(loop), ['matched', 'failed']);
});

test('a transfer that succeeds leaves the flow, one that fails goes on', () => {
  const transfer = {
    type: 'TransferContactToQueue',
    next: 'next',
    errors: { QueueAtCapacity: 'failed', NoMatchingError: 'failed' },
  };

  assert.deepEqual(waysFrom(transfer), ['failed', 'failed']);
});

test('an action that is not described may take any branch, and a hang-up takes none', () => {
  assert.deepEqual(waysFrom({ type: 'GetCase', next: 'next', errors: { NoMatchingError: 'failed' } }), [
    'next',
    'failed',
  ]);
  assert.deepEqual(waysFrom({ type: 'DisconnectParticipant', next: 'next' }), []);
});

test('a branch to nowhere is no way', () => {
  assert.deepEqual(waysFrom(says('Hi', 'nowhere')), []);
});
