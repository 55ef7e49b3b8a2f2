import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending } from '../ending.ts';
import { BaseCredentials, type IIoHost, StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';
import { stackForTests } from '../../scripts/synth.ts';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import { onlyStackIn } from '../../simulator/template/assembly.ts';
import { parseTemplate, type Template } from '../../simulator/template/template.ts';

/** How often CloudFormation is asked how far it is; by default every two seconds. */
const POLL_MS = 50;

/** What a person answers whom the toolkit asks. */
type Answers = (code: string) => boolean;

/** CDK's programmatic toolkit at work on a simulated account, with a copy of an assembly. */
export interface ToolkitAtWork {
  /** A change set, and its execution. */
  readonly deploy: () => ReturnType<Toolkit['deploy']>;
  readonly destroy: () => ReturnType<Toolkit['destroy']>;
  /** Changes the template in the assembly, as another synthesis would. */
  readonly changeTemplate: (patch: (template: Template) => unknown) => Promise<void>;
  /** The codes of what it has asked a person. */
  readonly asked: readonly string[];
  /** What it has said that is more than a trace. */
  readonly said: readonly string[];
}

/**
 * The toolkit keeps what it knows of accounts in CDK_HOME, and zip files beside the assets: both are in a
 * folder of the test's own. It finds the simulator by AWS_ENDPOINT_URL, which is set until the test ends.
 */
export async function toolkitFor(
  t: Ending,
  { endpoint, credentials, account }: Pick<SimulatedAccount, 'endpoint' | 'credentials' | 'account'>,
  { answers = () => true, assemblyFolder }: { answers?: Answers; assemblyFolder?: string } = {},
): Promise<ToolkitAtWork> {
  const folder = await mkdtemp(join(tmpdir(), 'toolkit-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const assembly = join(folder, 'cdk');
  await cp(assemblyFolder ?? (await stackForTests()).assemblyFolder, assembly, { recursive: true });
  setUntilTheEnd(t, { CDK_HOME: join(folder, 'home'), AWS_ENDPOINT_URL: endpoint });
  const asked: string[] = [];
  const said: string[] = [];
  const ioHost: IIoHost = {
    notify: async ({ level, message }) => void (level !== 'trace' && said.push(message)),
    async requestResponse(request) {
      asked.push(request.code ?? '');
      // What a person answers is yes or no here; every other request has a default.
      const answer: unknown =
        typeof request.defaultResponse === 'boolean' ? answers(request.code ?? '') : undefined;
      return isSame(answer, request.defaultResponse) ? answer : request.defaultResponse;
    },
  };
  const baseCredentials = BaseCredentials.custom({
    provider: async () => credentials,
    region: account.region,
  });
  const toolkit = new Toolkit({ ioHost, color: false, emojis: false, sdkConfig: { baseCredentials } });
  const stacks = { strategy: StackSelectionStrategy.ONLY_SINGLE };
  return {
    asked,
    said,
    deploy: async () =>
      toolkit.deploy(await toolkit.fromAssemblyDirectory(assembly), {
        stacks,
        stackEventPollingInterval: POLL_MS,
      }),
    destroy: async () => toolkit.destroy(await toolkit.fromAssemblyDirectory(assembly), { stacks }),
    changeTemplate: (patch) => changeTemplate(assembly, patch),
  };
}

/** The template is an asset, which is published under its hash: two files name it. */
async function changeTemplate(assembly: string, patch: (template: Template) => unknown): Promise<void> {
  const file = join(assembly, `${onlyStackIn(assembly)}.template.json`);
  const before = await readFile(file, 'utf8');
  const after = JSON.stringify(patch(parseTemplate(JSON.parse(before))));
  await writeFile(file, after);
  const assets = join(assembly, `${onlyStackIn(assembly)}.assets.json`);
  const described = await readFile(assets, 'utf8');
  const [, hash = ''] =
    /"([\da-f]{64})": \{[^{}]*"source": \{\s*"path": "[^"]*\.template\.json"/.exec(described) ?? [];
  const next = createHash('sha256').update(after).digest('hex');
  for (const one of [assets, join(assembly, 'manifest.json')]) {
    await writeFile(one, (await readFile(one, 'utf8')).replaceAll(hash, next));
  }
}

/** Whether an answer is of the type that is asked for. */
function isSame<T>(answer: unknown, like: T): answer is T {
  return typeof answer === typeof like;
}

function setUntilTheEnd(t: Ending, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name];
    process.env[name] = value;
    t.after(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}
