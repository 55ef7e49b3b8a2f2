import type { CallOrder, FlowCall } from '../simulator/services/connect/voice/flow-call.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { configuredWorld } from './laptop.ts';
import { synthesize } from './synth.ts';
import { timelineOf } from './timeline.ts';
import { waitForDelivery, type Delivered } from './wait-for-delivery.ts';

/** The stack as it is now, deployed to a simulator in fast time. */
export interface Laptop {
  readonly simulator: Simulator;
  /** The functions' names by their logical ids. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** From the build to the deployment. */
  readonly startedInSeconds: number;
}

/** Builds, synthesizes, starts the simulator, and closes it after `use`. */
export async function withLaptop<Result>(use: (laptop: Laptop) => Promise<Result>): Promise<Result> {
  const startedAtMs = performance.now();
  const { assemblyFolder, functions } = await synthesize();
  const simulator = await startSimulator({ assemblyFolder, world: configuredWorld(), time: 'fast' });
  try {
    const nameOf = new Map(
      functions.map(({ name }) => [simulator.deployment.idOf('AWS::Lambda::Function', name), name]),
    );
    return await use({ simulator, nameOf, startedInSeconds: (performance.now() - startedAtMs) / 1000 });
  } finally {
    await simulator.close();
  }
}

export interface PlayedCall {
  readonly call: FlowCall;
  readonly outcome: Delivered;
}

/** Places a call, writes the timeline, and waits for what becomes of the voicemail. */
export async function playCall(
  { simulator, nameOf }: Pick<Laptop, 'simulator' | 'nameOf'>,
  order: CallOrder,
  write: (line: string) => void,
): Promise<PlayedCall> {
  const stopListening = simulator.happenings.listen(timelineOf(write, nameOf));
  const call = simulator.connect.call(order);
  const outcome = await waitForDelivery(simulator, { call, nameOf });
  stopListening();
  return { call, outcome };
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
