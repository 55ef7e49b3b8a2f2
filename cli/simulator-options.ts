import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

export interface SimulatorSettings {
  /** 0: any free one. */
  readonly port: number;
  /** Whether the stack of this checkout is built and deployed. */
  readonly isDeploying: boolean;
  readonly time: 'fast' | 'real';
  /** Whether an action of a flow that is not simulated ends the call. */
  readonly isStrict: boolean;
  /** A world file. Undefined: the sample instance. */
  readonly worldFile: string | undefined;
}

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseSimulatorOptions(args: readonly string[]): SimulatorSettings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      world: { type: 'string' },
      deploy: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      'real-time': { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  if (values.fast && values['real-time']) throw new UsageError('--fast and --real-time exclude each other');
  return {
    port: values.port === undefined ? 0 : portOf(values.port),
    isDeploying: values.deploy,
    worldFile: values.world,
    time: values.fast ? 'fast' : 'real',
    isStrict: values.strict,
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port ${text} is no whole number from 1 to 65535`);
}
