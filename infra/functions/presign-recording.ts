import type { FunctionDeployment } from '../pipeline/stack-parts.ts';

export const deployment: FunctionDeployment = {
  impact:
    'No link to a recording can be made, so voicemails wait in the delivery queue instead of reaching agents.',
  timeoutSeconds: 10,

  environment: ({ config, storage, functionOf }) => ({
    LINK_BASE_URL: functionOf('open-recording').publicUrl(),
    LINK_SECRET_ARN: storage.linkSecret.secretArn,
    LINK_DAYS: String(config.linkDays),
  }),

  grants(fn, { storage }) {
    fn.allow(storage.linkSecret.secretArn, 'secretsmanager:GetSecretValue');
  },
};
