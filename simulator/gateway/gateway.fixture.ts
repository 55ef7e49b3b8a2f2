import { createClock, type Clock } from '../clock.ts';
import { createHappenings, type Happenings } from '../happenings.ts';
import { createModelCheck } from '../models/model-check.ts';
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
  /** Ends every connection and stops the clock. Throws if an answer was not as the SDK's models say. */
  readonly close: () => Promise<void>;
}

/**
 * A gateway with the given services only, for conformance tests through the real SDK. Pass the clock
 * and happenings that the services were made with. Every answer is compared with the SDK's models.
 */
export async function startTestGateway(
  services: readonly Service[],
  { clock = createClock('real'), happenings = createHappenings() }: Partial<TestGatewayParts> = {},
): Promise<TestGateway> {
  const identities = createIdentities();
  const check = createModelCheck();
  const gateway = await createGateway({ clock, happenings, services, identities, onAnswer: check.see });
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
      check.end();
    },
  };
}

interface TestGatewayParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
}
