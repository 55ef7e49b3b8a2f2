import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import type { FunctionSettings } from './function-settings.ts';
import { createLambda } from './lambda.ts';

/** Functions by name and code; the clock is fast by default. */
export async function startLambda(
  t: TestContext,
  code: Readonly<Record<string, string>>,
  {
    timeoutMs = 5_000,
    time = 'fast',
    ...options
  }: {
    maxEnvironments?: number;
    onBug?: (error: unknown) => void;
    timeoutMs?: number;
    time?: 'fast' | 'real';
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-test-'));
  const clock = createClock(time);
  const happenings = createHappenings();
  const happened: Happening[] = [];
  happenings.listen((happening) => happened.push(happening));
  const lambda = createLambda({ clock, happenings, ...options });
  t.after(async () => {
    await lambda.close();
    clock.stop();
    await rm(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(code)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'index.mjs'), text);
    lambda.createFunction({ ...settingsOf(name, join(folder, name)), timeoutMs });
  }
  return {
    ...lambda,
    clock,
    happened,
    arnOf,
    invokeRaw: lambda.invoke,
    invocations: () => happened.filter((happening) => happening.kind === 'invocation'),
    invoke: async (name: string, event: unknown = {}) =>
      JSON.parse((await lambda.invoke(arnOf(name), JSON.stringify(event))).payload),
  };
}

function settingsOf(name: string, folder: string): FunctionSettings {
  return {
    id: name,
    name,
    arn: arnOf(name),
    folder,
    handler: 'index.handler',
    timeoutMs: 5_000,
    memoryMb: 128,
    environment: { NAME: name },
  };
}

function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:111122223333:function:${name}`;
}
