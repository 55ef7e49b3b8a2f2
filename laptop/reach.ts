import type { SimulatedAccount } from '../simulator/simulator.ts';

/**
 * Shell commands after which the AWS SDK and the AWS CLI talk to the simulator. The person's own profile or
 * session token would override the credentials, so they are removed.
 */
export function exportLines({
  endpoint,
  account,
  credentials: { accessKeyId, secretAccessKey },
}: Pick<SimulatedAccount, 'endpoint' | 'account' | 'credentials'>): readonly string[] {
  return [
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    // Version 1 of the AWS CLI reads AWS_DEFAULT_REGION, all others AWS_REGION.
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${account.region} AWS_DEFAULT_REGION=${account.region}`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
  ];
}
