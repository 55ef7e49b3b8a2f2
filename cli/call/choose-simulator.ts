import { findSimulator, NoSimulatorError, simulatorAt } from '../../laptop/running-simulator.ts';
import type { About } from '../../simulator/control/control-schema.ts';
import { RefusedError } from '../command.ts';
import { isLoopback } from './loopback.ts';

/**
 * The simulator that runs already: the one at `endpoint`, or at AWS_ENDPOINT_URL if that is on this machine, or the
 * newest that this checkout started. Undefined: none runs, and no address was named.
 *
 * Throws RefusedError if no simulator answers at the address that was named.
 */
export async function runningSimulator(
  endpoint: string | undefined,
  environment: string | undefined,
): Promise<About | undefined> {
  if (endpoint !== undefined) return await named(endpoint, `--endpoint ${endpoint}`);
  if (environment !== undefined && isLoopback(environment))
    return await named(environment, `AWS_ENDPOINT_URL=${environment}`);
  return await findSimulator();
}

async function named(endpoint: string, by: string): Promise<About> {
  try {
    return await simulatorAt(endpoint);
  } catch (error) {
    if (!(error instanceof NoSimulatorError)) throw error;
    const advice = by.startsWith('AWS')
      ? 'start it again, or unset AWS_ENDPOINT_URL'
      : 'npm start starts one';
    throw new RefusedError(`${by}: ${error.message}; ${advice}`, { cause: error });
  }
}
