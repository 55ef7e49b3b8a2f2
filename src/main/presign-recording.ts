import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { linkKeys } from '../adapters/link-keys.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { presignRecordingHandler } from '../handlers/presign-recording.ts';
import { createLog } from '../log.ts';
import { makeLink } from '../steps/make-link.ts';

const env = settings(
  allSettings.pick({ VMX_VERSION: true, LINK_BASE_URL: true, LINK_SECRET_ARN: true, LINK_DAYS: true }),
  process.env,
);
const ports = {
  ...linkKeys(new SecretsManagerClient(timeLimits('secretsmanager')), {
    secretArn: env.LINK_SECRET_ARN,
    now: Date.now,
  }),
  baseUrl: env.LINK_BASE_URL,
  linkLifeMs: env.LINK_DAYS * DAY_MS,
};

export const handler = presignRecordingHandler({
  makeLink: (call) => makeLink(call, ports),
  log: createLog(env.VMX_VERSION),
});
