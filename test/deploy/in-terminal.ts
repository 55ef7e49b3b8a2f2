import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { SimulatedAccount } from '../../simulator/simulator.ts';

/**
 * The environment of somebody at a terminal, who has typed what the simulator prints. Once for each test: what is there
 * before is put back in the order of the calls.
 */
export function inTerminalOf(
  t: TestContext,
  { endpoint, credentials, account }: Pick<SimulatedAccount, 'endpoint' | 'credentials' | 'account'>,
): void {
  const home = mkdtempSync(join(tmpdir(), 'deploy-'));
  const typed: Readonly<Record<string, string>> = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    CDK_HOME: home,
  };
  const before = { ...process.env };
  Object.assign(process.env, typed);
  t.after(() => {
    for (const name of Object.keys(typed)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true, force: true });
  });
}
