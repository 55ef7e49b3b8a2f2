import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createClock } from '../../simulator/clock.ts';
import { createServiceQuotas } from '../../simulator/services/service-quotas/service-quotas.ts';
import { createSsm } from '../../simulator/services/ssm/ssm.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

const CONCURRENCY = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' };
const NAME = '/cdk-bootstrap/hnb659fds/version';

const clock = createClock('real');
const ssm = createSsm({ clock, bootstrap: { version: 30 } });
const serviceQuotas = createServiceQuotas({
  quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', quotaName: 'Concurrent executions', value: 10 }],
});
const { client, gateway, close } = await startTarget([ssm.service, serviceQuotas.service], { clock });
after(close);

test('the version that cdk bootstrap left is read by name and by ARN', async () => {
  const systems = new SSMClient(client);

  const { Parameter: byName } = await systems.send(new GetParameterCommand({ Name: NAME }));
  const { Parameter: byArn } = await systems.send(new GetParameterCommand({ Name: byName?.ARN }));

  assert.match(byName?.Value ?? '', /^\d+$/);
  assert.equal(byName?.Type, 'String');
  assert.ok(byName.LastModifiedDate instanceof Date);
  assert.equal(byArn?.Value, byName.Value);
});

test('a parameter that is not there, and one that may not be read', simulatorOnly, async () => {
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/nobody',
    statements: [],
  });
  const missing = new SSMClient(client).send(
    new GetParameterCommand({ Name: '/cdk-bootstrap/other/version' }),
  );
  const denied = new SSMClient({ ...client, credentials }).send(new GetParameterCommand({ Name: NAME }));

  await assert.rejects(missing, answered(400, 'ParameterNotFound'));
  await assert.rejects(denied, (error) => {
    answered(403, 'AccessDeniedException')(error);
    return /parameter\/cdk-bootstrap\/hnb659fds\/version/.test(String(error));
  });
});

test('a quota has a value for the account and a default for everybody', simulatorOnly, async () => {
  const quotas = new ServiceQuotasClient(client);

  const { Quota: applied } = await quotas.send(new GetServiceQuotaCommand(CONCURRENCY));
  const { Quota: usual } = await quotas.send(new GetAWSDefaultServiceQuotaCommand(CONCURRENCY));

  assert.partialDeepStrictEqual(applied, { ...CONCURRENCY, QuotaName: 'Concurrent executions', Value: 10 });
  assert.equal(usual?.Value, 1000);
});

test('a quota that was never changed has its default', simulatorOnly, async () => {
  const asked = { ServiceCode: 'connect', QuotaCode: 'L-E704D621' };

  const { Quota } = await new ServiceQuotasClient(client).send(new GetServiceQuotaCommand(asked));

  assert.equal(Quota?.Value, 2);
});

test('a quota that is none is not found', async () => {
  const unknown = { ServiceCode: 'lambda', QuotaCode: 'L-00000000' };
  const quotas = new ServiceQuotasClient(client);

  await assert.rejects(
    quotas.send(new GetServiceQuotaCommand(unknown)),
    answered(400, 'NoSuchResourceException'),
  );
  await assert.rejects(
    quotas.send(new GetAWSDefaultServiceQuotaCommand(unknown)),
    answered(400, 'NoSuchResourceException'),
  );
});
