import type { SimulatorOptions } from '../simulator/options.ts';
import type { CallOrder, FlowCall } from '../simulator/services/connect/voice/flow-call.ts';
import { createRecognizer, type LocalRecognizer } from '../simulator/recognizer/create-recognizer.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import type { WorldFile } from '../simulator/world/world-file.ts';
import { loadSettings } from '../infra/settings/settings-file.ts';
import { announce } from './announcement.ts';
import { functionNames } from './function-names.ts';
import { untilInterrupted } from './interruption.ts';
import { laptopHost } from './laptop-host.ts';
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

export interface LaptopOptions
  extends Pick<SimulatorOptions, 'time' | 'faults' | 'strictFlows'>, Partial<WorldFile> {
  /** How it was started: `npm start`. */
  readonly command: string;
  /** Called at the beginning of each step, with what it does. */
  readonly onStep?: (step: string) => void;
  /** Whether `vmx call` of this checkout finds it. */
  readonly isAnnounced?: boolean;
  /** How long is waited for what a call leads to, in the simulator's time. Absent: six hours. */
  readonly longestWaitMs?: number | undefined;
}

/**
 * Builds, synthesizes, starts the simulator, and closes it after `use`. Signals do not
 * end the process meanwhile.
 */
export async function withLaptop<Result>(
  use: (laptop: Laptop) => Promise<Result>,
  { command, onStep = () => {}, isAnnounced = true, longestWaitMs, ...options }: LaptopOptions,
): Promise<Result> {
  const startedAtMs = performance.now();
  return await untilInterrupted(async (interrupted) => {
    const closers: (() => unknown)[] = [];
    try {
      onStep('Bundling the functions and synthesizing the stack …');
      const recognizer = loadingRecognizer(onStep);
      closers.push(recognizer.close);
      const { assemblyFolder, warnings } = await synthesizeForRun();
      printWarnings(warnings);
      onStep('Starting the simulator, and deploying the stack to it …');
      // Loads the settings without words for what is wrong with them, so after the synthesis.
      const { configuredWorld } = await import('./configured-world.ts');
      const { configuredState } = await import('./configured-state.ts');
      const { config } = await loadSettings({ goesTo: 'laptop' });
      const simulator = await startSimulator({
        assemblyFolder,
        world: configuredWorld(),
        state: configuredState(config),
        time: 'fast',
        keepTableWrites: true,
        recognizer,
        ...options,
      });
      closers.push(simulator.close);
      simulator.control.use(laptopHost(simulator, { command, config, longestWaitMs }));
      if (isAnnounced) closers.push(announce(simulator.endpoint));
      const startedInSeconds = (performance.now() - startedAtMs) / 1000;
      return await use({ simulator, nameOf: functionNames(simulator), startedInSeconds, interrupted });
    } finally {
      for (const close of closers.toReversed()) await close();
    }
  });
}

/** Loads beside the build. */
function loadingRecognizer(onStep: (step: string) => void): LocalRecognizer {
  const recognizer = createRecognizer();
  let isClosed = false;
  void recognizer.warmUp().catch((error: unknown) => {
    if (!isClosed) onStep(`The recognizer could not be loaded: ${String(error)}`);
  });
  return {
    ...recognizer,
    async close() {
      isClosed = true;
      await recognizer.close();
    },
  };
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
