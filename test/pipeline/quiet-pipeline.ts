import assert from 'node:assert/strict';
import { keysOf } from '../../src/domain/object-keys.ts';
import type { Log } from '../../src/log.ts';
import { fakeTelemetry } from '../fake-telemetry.ts';
import { noise } from '../kvs-payload.ts';
import { NOW, voicemailOf } from '../voicemails.ts';
import { ORDER, randomOf } from './disorder.ts';
import { inMemoryCloud } from './in-memory.ts';
import { AS_AWS_SAYS, pipelineOver } from './pipeline.ts';

const MANY = 500;
const CALLER_SPEECH = Buffer.from(noise(1, 4000));

const inOrder = () => ORDER;

/** The pipeline without faults: for tests of input from outside. */
export function quietPipeline(log: Log) {
  let nowMs = NOW;
  const random = randomOf(1);
  const cloud = inMemoryCloud({ random, disorder: inOrder, now: () => nowMs });
  const { meter } = fakeTelemetry();
  const turns = { visit: <Answer>(_: unknown, call: () => Promise<Answer>) => call() };
  const parts = { cloud, turns, random, disorder: inOrder, machines: AS_AWS_SAYS, now: () => nowMs };
  const pipeline = pipelineOver({ ...parts, log, meter });
  cloud.upload('connect/acme/CallRecordings/2026/03/04/c1_20260304T15:06_UTC.wav', CALLER_SPEECH);

  async function handAll(): Promise<void> {
    for (let hands = 0; hands < MANY; hands += 1) {
      const message = [...cloud.messages].find(({ visibleAtMs }) => visibleAtMs <= nowMs);
      if (!message) return;
      await pipeline.hand(message);
    }
    assert.fail('the same messages come again and again');
  }

  return {
    cloud,
    handAll,
    read: (payload: string) => pipeline.readRecord(payload),
    taskOf: (contactId: string) => cloud.tasks.find((made) => made.contactId === contactId)?.task,
    /** Runs until there is nothing left to do. */
    async settle(): Promise<void> {
      for (let step = 0; step < MANY; step += 1) {
        await handAll();
        const due = [...cloud.book.kept.values()].flatMap(({ dueAtMs }) => dueAtMs ?? []);
        const nextMs = Math.min(...due, ...[...cloud.messages].map(({ visibleAtMs }) => visibleAtMs));
        if (!Number.isFinite(nextMs)) return;
        nowMs = nextMs + 1;
        await pipeline.sweepOnce();
      }
      assert.fail('it never ends');
    },
    allHaveEnded(): void {
      for (const { state, dueAtMs } of cloud.book.kept.values()) {
        assert.ok(['delivered', 'blank', 'parked'].includes(state), state);
        assert.equal(dueAtMs, undefined);
      }
    },
    /** Source: Amazon Connect API reference, StartTaskContact. */
    tasksAreWithinLimits(): void {
      for (const { contactId, task } of cloud.tasks) {
        assert.equal(task.attributes['vmx3_contact_id'], contactId);
        assert.ok(task.name.length <= 1024 && task.description.length <= 4096);
        assert.ok(bytesOf(task.attributes) <= 32_768);
        for (const name of Object.keys(task.attributes)) assert.match(name, /^[A-Za-z0-9_-]{1,}$/);
      }
    },
  };
}

export function transcriptKeyOf(contactId: string): string {
  return keysOf(voicemailOf({ contactId })).transcriptKey;
}

function bytesOf(members: Readonly<Record<string, string>>): number {
  return Object.entries(members).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}
