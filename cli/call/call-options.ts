import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AudioFileError, isAudioFileName, readAudioFile } from '../../laptop/audio-file.ts';
import { FAULT_OPTIONS, faultPlanFrom } from '../../laptop/fault-options.ts';
import type { CallerStep } from '../../simulator/services/connect/voice/caller-script.ts';
import type { FaultPlan } from '../../simulator/faults/fault-plan.ts';
import { DELIVERY_KEYS } from '../../flows/test-flow.ts';
import { DELIVERY_MODES, isDeliveryMode } from '../../src/domain/delivery-mode.ts';
import { InputError, UsageError } from '../command.ts';
import { isLoopback } from './loopback.ts';

export interface CallOptions {
  readonly from: string;
  /** A flow of the instance, by whichever name. Absent: there is a file. */
  readonly flow?: string;
  readonly flowFile?: string;
  readonly script: readonly CallerStep[];
  /** Signs in once the call is over, and accepts the task. */
  readonly agent?: string;
  /** Where the guide that the agent is shown is written to, as a page. */
  readonly guideFile?: string;
  readonly expect: 'delivered' | 'nothing';
  readonly isJson: boolean;
  /** From the ring until the agent is free to take the call itself. */
  readonly agentFreeAfterMs?: number;
  readonly isRealTime: boolean;
  readonly hasFlowLog: boolean;
  /** Whether an action that is not simulated ends the call. */
  readonly isStrict: boolean;
  /** When the call comes in: a time of day, or a date with a time. */
  readonly at?: string;
  /** Of the simulator that the call goes into. */
  readonly endpoint?: string;
  /** A simulator that is started for the call ends with it. */
  readonly isOnce: boolean;
  /** The faults of the simulated cloud. */
  readonly faults?: FaultPlan;
}

const OPTIONS = {
  from: { type: 'string' },
  flow: { type: 'string' },
  say: { type: 'string' },
  press: { type: 'string' },
  mode: { type: 'string' },
  wait: { type: 'string' },
  hear: { type: 'string' },
  'hang-up': { type: 'boolean' },
  stay: { type: 'boolean' },
  agent: { type: 'string' },
  guide: { type: 'string' },
  expect: { type: 'string' },
  json: { type: 'boolean' },
  'agent-free-after': { type: 'string' },
  'real-time': { type: 'boolean' },
  'flow-log': { type: 'boolean' },
  strict: { type: 'boolean' },
  at: { type: 'string' },
  endpoint: { type: 'string' },
  once: { type: 'boolean' },
  ...FAULT_OPTIONS,
} as const;

/** Throws UsageError, parseArgs' own TypeError, or InputError for a file. */
export function parseCallOptions(args: readonly string[]): CallOptions {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, tokens: true });
  const { from = '+15555550142', flow = 'test', agent, guide, expect = 'delivered', json = false } = values;
  const freeAfter = values['agent-free-after'];
  if (freeAfter !== undefined && agent === undefined)
    throw new UsageError('--agent-free-after needs an --agent who is free then');
  if (guide !== undefined && agent === undefined)
    throw new UsageError('--guide needs an --agent who is shown it');
  if (expect !== 'delivered' && expect !== 'nothing') {
    throw new UsageError(`--expect ${expect} is neither delivered nor nothing`);
  }
  if (values.mode !== undefined && flow !== 'test') {
    throw new UsageError('--mode is for the test flow; other flows say vmx3_mode themselves');
  }
  const { at, endpoint } = values;
  const faults = faultsFrom(values);
  if (endpoint !== undefined)
    checkEndpoint(endpoint, {
      needsOwn: faults !== undefined || [values['real-time'], values.strict].includes(true),
    });
  const script: CallerStep[] = [];
  for (const token of tokens) {
    if (token.kind === 'option') script.push(...stepsOf(token.name, token.value ?? '', script.at(-1)));
  }
  return {
    from,
    ...(at !== undefined && { at }),
    ...(endpoint !== undefined && { endpoint }),
    isOnce: values.once ?? false,
    ...(faults && { faults }),
    ...(flow.endsWith('.json') ? { flowFile: flow } : { flow }),
    script,
    ...(agent !== undefined && { agent }),
    ...(guide !== undefined && { guideFile: guide }),
    expect,
    isJson: json,
    ...(freeAfter !== undefined && { agentFreeAfterMs: millisecondsOf(freeAfter, '--agent-free-after') }),
    isRealTime: values['real-time'] ?? false,
    hasFlowLog: values['flow-log'] ?? false,
    isStrict: values.strict ?? false,
  };
}

function checkEndpoint(endpoint: string, { needsOwn }: { readonly needsOwn: boolean }): void {
  if (!isLoopback(endpoint)) {
    throw new UsageError(
      `--endpoint ${endpoint} is no address of this machine, such as http://127.0.0.1:4566: a call takes place in the simulator`,
    );
  }
  if (needsOwn)
    throw new UsageError(
      '--faults, --real-time and --strict start a simulator of their own, so leave out --endpoint',
    );
}

function faultsFrom(values: Parameters<typeof faultPlanFrom>[0]): FaultPlan | undefined {
  try {
    return faultPlanFrom(values);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What the option adds to the script, after `before`. Options that are no steps add nothing. */
function stepsOf(option: string, value: string, before: CallerStep | undefined): readonly CallerStep[] {
  switch (option) {
    case 'say': {
      const isAwaited = before?.kind === 'hear' || before?.kind === 'wait' || before?.kind === 'say';
      const say = { kind: 'say', audio: audioOf(value) } as const;
      return isAwaited ? [say] : [{ kind: 'hear', what: '(tone)' }, say];
    }
    case 'press':
      return value.split(',').map((keys, index) => press(keys, index === 0 ? before : undefined));
    case 'mode':
      return [press(keyOf(value), undefined), press(FOR_THE_QUEUE, undefined)];
    case 'wait':
      return [{ kind: 'wait', ms: millisecondsOf(value) }];
    case 'hear':
      return [{ kind: 'hear', what: value === 'tone' ? '(tone)' : value }];
    case 'hang-up':
      return [{ kind: 'hang-up' }];
    case 'stay':
      return [{ kind: 'stay' }];
    default:
      return [];
  }
}

const FOR_THE_QUEUE = '1';

const MODES_IN_WORDS = new Intl.ListFormat('en-GB').format(DELIVERY_MODES);

/** The key of the test flow's menu. */
function keyOf(mode: string): string {
  if (!isDeliveryMode(mode)) throw new UsageError(`--mode ${mode} is none of ${MODES_IN_WORDS}`);
  return DELIVERY_KEYS[mode].key;
}

/** Each as soon as a flow asks for a key, or right after a wait, whether one is asked for or not. */
function press(keys: string, before: CallerStep | undefined): CallerStep {
  if (!/^[0-9*#]+$/.test(keys)) throw new UsageError(`--press ${keys}: a telephone has 0 to 9, * and #`);
  return { kind: 'press', keys, ...(before?.kind !== 'wait' && { when: 'asked' }) };
}

function millisecondsOf(seconds: string, option = '--wait'): number {
  const ms = Number(seconds) * 1000;
  if (seconds === '' || !(ms >= 0)) throw new UsageError(`${option} ${seconds} is no number of seconds`);
  return ms;
}

/** A file of audio, if it is called one or is there; else text. */
function audioOf(value: string): Int16Array | string {
  if (!isAudioFileName(value) && !existsSync(value)) return value;
  try {
    return readAudioFile(value);
  } catch (error) {
    if (error instanceof AudioFileError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}
