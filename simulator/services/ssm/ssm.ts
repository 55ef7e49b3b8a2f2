import type { Account } from '../../account.ts';
import { qualifierOf } from '../../bootstrap.ts';
import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Service } from '../../service.ts';
import type { Bootstrap } from '../../world/account-state.ts';
import { ssmOperations } from './operations.ts';
import type { Parameter } from './parts.ts';

/**
 * AWS Systems Manager, Parameter Store: the one parameter that `cdk bootstrap` leaves.
 *
 * Not simulated: all other parameters and the rest of Systems Manager.
 */
export function createSsm({
  clock,
  bootstrap,
  account = LAPTOP_ACCOUNT,
}: {
  clock: Clock;
  bootstrap?: Bootstrap;
  account?: Account;
}): { readonly service: Service } {
  const parameters = bootstrap ? [bootstrapVersion(bootstrap, clock.now())] : [];
  return {
    service: jsonService({
      name: 'ssm',
      targetPrefix: 'AmazonSSM',
      version: '1.1',
      operations: ssmOperations({ account, parameters }),
    }),
  };
}

function bootstrapVersion(bootstrap: Bootstrap, changedAtMs: number): Parameter {
  const name = `/cdk-bootstrap/${qualifierOf(bootstrap)}/version`;
  return { name, value: String(bootstrap.version), changedAtMs };
}
