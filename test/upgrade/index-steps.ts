import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAsker } from '../../cli/aws/asker.ts';
import { tableIndexes } from '../../cli/aws/table-indexes.ts';
import { indexSteps, withIndexesOf } from '../../cli/deploy/indexes/index-steps.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { onlyStackIn } from '../../simulator/template/assembly.ts';
import { parseTemplate, type Template } from '../../simulator/template/template.ts';
import { type ToolkitAtWork, toolkitFor } from '../deploy/toolkit.ts';
import type { Ending } from '../ending.ts';

type Account = Pick<
  Simulator,
  'endpoint' | 'credentials' | 'account' | 'clock' | 'happenings' | 'deployment'
>;

interface Versions {
  readonly from: string;
  readonly to: string;
  /** Changes the template of the update proper. */
  readonly patch?: (template: Template) => unknown;
}

/**
 * Deploys an assembly after another as `vmx deploy` does, with CDK's own toolkit: new indexes come one at a time before
 * it. Those that it does not have stay, as on the way back of `vmx upgrade`: CDK's toolkit does not bear a simulator
 * whose time is five minutes ahead, and test/deploy/index-stages.test.ts takes them away.
 */
export async function inSteps(
  t: Ending,
  simulator: Account,
  { from, to, patch = (template) => template }: Versions,
): Promise<() => Promise<void>> {
  const [before, after] = [from, to].map((folder) =>
    readFileSync(join(folder, `${onlyStackIn(folder)}.template.json`), 'utf8'),
  );
  if (before === undefined || after === undefined) throw new Error('two templates are needed');
  const { added, removed } = indexSteps(before, after);
  const steps: ToolkitAtWork[] = [];
  const step = async (assemblyFolder: string, template: string) => {
    const toolkit = await toolkitFor(t, simulator, { assemblyFolder });
    await toolkit.changeTemplate(() => JSON.parse(template));
    steps.push(toolkit);
  };
  for (const [at] of added.entries()) await step(from, withIndexesOf(after, before, added.slice(0, at + 1)));
  const proper = withIndexesOf(before, after, removed);
  await step(to, JSON.stringify(patch(parseTemplate(JSON.parse(proper)))));
  return async () => {
    for (const one of steps) {
      await whilePublishing(simulator, one.deploy);
      await untilIndexesRest(simulator);
    }
  };
}

/** Publishing takes the machine's time: the simulator's must not run away from it. */
async function whilePublishing(
  { clock, happenings }: Account,
  deploy: () => Promise<unknown>,
): Promise<void> {
  const release = clock.busy();
  const stop = happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'ExecuteChangeSet') release();
  });
  try {
    await deploy();
  } finally {
    stop();
    release();
  }
}

async function untilIndexesRest({ clock, deployment, ...account }: Account): Promise<void> {
  const { endpoint, credentials } = account;
  const limits = { wait: (ms: number) => clock.sleep(ms), clock: () => clock.now() };
  const asker = createAsker({ region: account.account.region, endpoint, credentials }, limits);
  for (const { name } of Object.values(deployment.tables)) {
    for (;;) {
      const { stateOf } = await tableIndexes(name, asker);
      const states = ['by-inbox', 'by-caller'].map(stateOf);
      if (states.every((state) => state === 'ready' || state === 'gone')) break;
      await clock.sleep(5_000);
    }
  }
}
