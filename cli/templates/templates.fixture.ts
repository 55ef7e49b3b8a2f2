import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { AwsError, type Service } from '../../simulator/service.ts';
import { createSes } from '../../simulator/services/ses/ses.ts';
import { runVmx } from '../run-vmx.ts';
import { templatesCommand } from './templates.ts';

/** No credentials, profile or endpoint of anybody: those of the machine must not affect tests. */
const NOBODY = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_ACCOUNT_ID: undefined,
  AWS_PROFILE: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
};

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of files for `vmx templates`, and an SES of its own that the environment leads to. */
export async function templatesAtHand(
  t: TestContext,
  { refusals = [] }: { refusals?: readonly AwsError[] } = {},
) {
  const clock = createClock('real');
  const happenings = createHappenings();
  const ses = createSes({ clock, happenings, bus: { put: () => undefined } });
  const service = refusing(ses.service, [...refusals]);
  const gateway = await startTestGateway([service], { clock, happenings });
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  const waits: number[] = [];
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  environment({
    AWS_ENDPOINT_URL: gateway.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  t.after(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });
  return {
    ses,
    gateway,
    waits,
    environment,
    folder,
    file: (name: string, content: unknown): string => {
      const path = join(folder, name);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    vmx: async (...args: readonly string[]): Promise<Answer> => {
      const out: string[] = [];
      const err: string[] = [];
      const command = templatesCommand(async (ms) => void waits.push(ms));
      const code = await runVmx([command], ['templates', ...args], {
        out: (text) => out.push(text),
        err: (text) => err.push(text),
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}

/** Sets these variables, and makes all others that the SDK reads harmless. */
function environment(changes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries({ ...NOBODY, ...changes })) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

/** SES that refuses the first calls, one refusal each. */
function refusing(service: Service, refusals: AwsError[]): Service {
  return {
    ...service,
    find(request) {
      const operation = service.find(request);
      return (
        operation && {
          ...operation,
          answer(asked) {
            const refusal = refusals.shift();
            if (refusal) throw refusal;
            return operation.answer(asked);
          },
        }
      );
    },
  };
}
