import type { SimulatorOptions } from '../simulator/options.ts';
import type { CallOrder, FlowCall } from '../simulator/services/connect/voice/flow-call.ts';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import type { WorldFile } from '../simulator/world/world-file.ts';
import { untilInterrupted } from './interruption.ts';
import { printWarnings, synthesizeForRun } from '../scripts/synth.ts';
import { timelineOf } from './timeline.ts';
import { waitForDelivery, type Delivered } from './wait-for-delivery.ts';

/** The stack as it is now, deployed to a simulator. */
export interface Laptop {
  readonly simulator: Simulator;
  /** The functions' names by their logical ids. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** From the build to the deployment. */
  readonly startedInSeconds: number;
  /** Resolves when the person ends the command: Ctrl+C, or a signal to end. `use` has to end then. */
  readonly interrupted: Promise<'interrupted'>;
}

/**
 * Builds, synthesizes, starts the simulator, and closes it after `use`. Signals do not
 * end the process meanwhile.
 */
export async function withLaptop<Result>(
  use: (laptop: Laptop) => Promise<Result>,
  {
    time = 'fast',
    ...options
  }: Pick<SimulatorOptions, 'time' | 'faults' | 'strictFlows'> & Partial<WorldFile> = {},
): Promise<Result> {
  const startedAtMs = performance.now();
  return await untilInterrupted(async (interrupted) => {
    let simulator: Simulator | undefined;
    try {
      const { assemblyFolder, functions, warnings } = await synthesizeForRun();
      printWarnings(warnings);
      // Loads the settings without words for what is wrong with them, so after the synthesis.
      const { configuredWorld } = await import('./configured-world.ts');
      const started = await startSimulator({
        assemblyFolder,
        world: configuredWorld(),
        state: SAMPLE_STATE,
        time,
        ...options,
      });
      simulator = started;
      const nameOf = new Map(
        functions.map(({ name }) => [started.deployment.idOf('AWS::Lambda::Function', name), name]),
      );
      const startedInSeconds = (performance.now() - startedAtMs) / 1000;
      return await use({ simulator, nameOf, startedInSeconds, interrupted });
    } finally {
      await simulator?.close();
    }
  });
}

export interface PlayedCall {
  readonly call: FlowCall;
  readonly outcome: Delivered;
}

/**
 * Places a call, writes the timeline, and waits for the result of the voicemail: six hours of the
 * simulator's time at most, or `longestWaitMs`.
 */
export async function playCall(
  { simulator, nameOf }: Pick<Laptop, 'simulator' | 'nameOf'>,
  order: CallOrder,
  write: (line: string) => void,
  { longestWaitMs }: { readonly longestWaitMs?: number } = {},
): Promise<PlayedCall> {
  const stopListening = simulator.happenings.listen(timelineOf(write, nameOf));
  const call = simulator.connect.call(order);
  const outcome = await waitForDelivery(simulator, { call, nameOf, longestWaitMs });
  stopListening();
  return { call, outcome };
}

/** The faults that were injected so far, for people. */
export function faultsIn({ faults }: Simulator): string {
  const counts = Object.entries(faults.injected()).map(([fault, count]) => `${count} × ${fault}`);
  return counts.join(', ') || 'nothing';
}

/** The flows that can answer a number. */
export function inboundFlows({ connect }: Simulator): readonly string[] {
  const inbound = connect.flows.all().filter(({ type }) => type === 'CONTACT_FLOW');
  return inbound.map(({ name }) => name);
}

/** One of them by its name, or by the short one of ours: `entry-closed` is `Voicemail entry closed`. */
export function findFlow(simulator: Simulator, wanted: string): string | undefined {
  const names = inboundFlows(simulator);
  return (
    names.find((name) => name === wanted) ??
    names.find((name) => [plain(wanted), plain(`voicemail ${wanted}`)].includes(plain(name)))
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
}
