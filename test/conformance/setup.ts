import assert from 'node:assert/strict';
import type { Clock } from '../../simulator/clock.ts';
import type { Happenings } from '../../simulator/happenings.ts';
import { startTestGateway, type TestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import type { Service } from '../../simulator/service.ts';

/** Set to 1, the conformance tests go to the AWS account of the environment instead of the simulator. */
const REMOTE = process.env['CONFORMANCE_REMOTE'] === '1';

/** For tests that need what only a simulator has: a clock to move, a second identity. */
export const simulatorOnly = { skip: REMOTE && 'needs the simulator' };

export interface Target {
  /** The settings of every SDK client; empty for AWS, where the environment has them. */
  readonly client: ClientSettings;
  /**
   * The simulator's; in a remote run only tests marked `simulatorOnly` could need it, and they are skipped.
   */
  readonly gateway: TestGateway;
  readonly close: () => Promise<void>;
}

interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: TestGateway['credentials'];
}

/** For assert.rejects: an SDK error of this name, which AWS answered with this status. */
export function answered(status: number, name: string): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Error && '$metadata' in error);
    assert.partialDeepStrictEqual(
      { name: error.name, $metadata: error.$metadata },
      { name, $metadata: { httpStatusCode: status } },
    );
    return true;
  };
}

/** Where the calls of a conformance test go. */
export async function startTarget(
  services: readonly Service[],
  surroundings: { clock?: Clock; happenings?: Happenings } = {},
): Promise<Target> {
  const gateway = await startTestGateway(services, surroundings);
  const { endpoint, credentials } = gateway;
  const client = REMOTE ? {} : { endpoint, credentials, region: 'us-east-1' };
  return { client, gateway, close: gateway.close };
}
