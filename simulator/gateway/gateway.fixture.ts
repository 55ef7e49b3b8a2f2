import { createClock, type Clock } from '../clock.ts';
import { createHappenings, type Happenings } from '../happenings.ts';
import type { Service } from '../service.ts';
import { createGateway } from './gateway.ts';
import type { Credentials } from './callers.ts';
import { createIdentities, type Identities } from './iam.ts';

export interface TestGateway {
  readonly endpoint: string;
  readonly mediaEndpoint: string;
  /** The administrator's: every call is allowed. */
  readonly credentials: Credentials;
  readonly identities: Identities;
  readonly clock: Clock;
  readonly happenings: Happenings;
  /** Ends every connection and stops the clock. */
  readonly close: () => Promise<void>;
}

/**
 * A gateway with the given services only, for conformance tests through the real SDK. Pass the clock
 * and happenings that the services were made with.
 */
export async function startTestGateway(
  services: readonly Service[],
  { clock = createClock('real'), happenings = createHappenings() }: Partial<TestGatewayParts> = {},
): Promise<TestGateway> {
  const identities = createIdentities();
  const gateway = await createGateway({ clock, happenings, services, identities });
  return {
    endpoint: gateway.endpoint,
    mediaEndpoint: gateway.mediaEndpoint,
    credentials: identities.administrator,
    identities,
    clock,
    happenings,
    async close() {
      await gateway.close();
      clock.stop();
    },
  };
}

interface TestGatewayParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
}
