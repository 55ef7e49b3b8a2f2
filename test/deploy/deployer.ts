import type { TestContext } from 'node:test';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { deploySettings } from '../../cli/deploy/deploy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import type { Interruption } from '../../cli/interruption.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { inTerminalOf } from './in-terminal.ts';
import { type Resources, synthesizeSmall } from './small-stack.ts';

const STACK = 'VoicemailExpress';

interface Deployment {
  readonly resources: Resources;
  readonly version?: string;
  /** What is typed at the questions. Absent: nobody is there. */
  readonly typed?: (question: string) => string | Promise<string>;
  readonly interruption?: Interruption;
  /** Waits between two looks. Absent: no time. */
  readonly wait?: (ms: number) => Promise<void>;
  readonly clock?: () => number;
}

/** An account in which stacks are deployed with CDK's real toolkit. */
export async function startAccount(t: TestContext, options: Partial<AccountOptions> = {}) {
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer(''),
    ...options,
  });
  t.after(simulator.close);
  inTerminalOf(t, simulator);
  const { endpoint, credentials } = simulator;
  return {
    simulator,
    ...looks(new CloudFormationClient({ endpoint, credentials, region: 'us-east-1' })),
  };
}

function looks(cloudFormation: CloudFormationClient) {
  return {
    cloudFormation,
    /** Undefined: there is none. */
    stack: async () => {
      const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
      return Stacks.find(({ StackName }) => StackName === STACK);
    },
    changeSets: async () => {
      const { Summaries = [] } = await cloudFormation.send(new ListChangeSetsCommand({ StackName: STACK }));
      return Summaries.map(({ ChangeSetName }) => ChangeSetName);
    },
  };
}

/** Somebody who runs `vmx deploy`, the doctor aside. */
export async function runDeployment(
  t: TestContext,
  { resources, version, typed, interruption, wait = () => Promise.resolve(), clock = () => 0 }: Deployment,
  ...args: readonly string[]
) {
  const said: string[] = [];
  const { assemblyFolder, remove } = synthesizeSmall(resources, {
    ...(version !== undefined && { version }),
  });
  t.after(remove);
  const read = async (question: string) => {
    said.push(question);
    return (await typed?.(question)) ?? '';
  };
  const ended = deploySettings(
    { config: sample, file: 'voicemail.config.ts', path: 'voicemail.config.ts' },
    parseDeployOptions(args),
    {
      terminal: { out: (line) => void said.push(line), err: (line) => void said.push(line) },
      prompter: typed && { say: (text) => void said.push(text), read },
      checks: [],
      synthesize: () => Promise.resolve(assemblyFolder),
      ...(interruption && { interruption }),
    },
    { wait, clock },
  );
  return { ended, heard: () => said.join('\n') };
}

/** CloudFormation comes to the end of nothing, until `goOn` is called. */
export function holdUp() {
  const held = Promise.withResolvers<void>();
  return { stackPace: () => held.promise, goOn: () => held.resolve() };
}

/** Resolves once somebody has called this operation of CloudFormation. */
export function called({ happenings }: SimulatedAccount, operation: string): Promise<void> {
  return new Promise((resolve) => {
    happenings.listen((one) => {
      if (one.kind === 'api-call' && one.operation === operation) resolve();
    });
  });
}
