import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { AwsError, type Caller, type Service } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import { groupArn } from './input.ts';
import { createLogStore, type LogStore } from './log-store.ts';
import { logsOperations } from './operations.ts';

export interface SimulatedLogs extends Pick<LogStore, 'removeGroup'> {
  readonly service: Service;
  /** One that is there keeps its events. Throws AwsError InvalidParameterException if its key does not let Logs in. */
  readonly putGroup: LogStore['putGroup'];
  /**
   * Writes a line in the name of a caller, as Lambda does with a function's role. If the group is not there, it is made.
   * What the caller may not do is left out, as Lambda leaves it out: the line is in no log then.
   */
  readonly write: (line: LogLine, caller: Pick<Caller, 'isAllowed'>) => void;
}

interface LogLine {
  readonly group: string;
  readonly stream: string;
  readonly message: string;
  readonly atMs: number;
}

/**
 * Amazon CloudWatch Logs: what functions print, by log group and stream.
 *
 * Of each group the last 20,000 events are kept, or 8 MB, and nothing older than its retention.
 *
 * Not simulated: Logs Insights, live tail, metric filters, subscriptions, data protection, writing over the API, and
 * of filter patterns those with regular expressions or for text with columns.
 */
export function createLogs({
  clock,
  account = LAPTOP_ACCOUNT,
  keys,
}: {
  clock: Pick<Clock, 'now'>;
  account?: Account;
  /** Absent: nothing is asked of a key. */
  keys?: KeyRing;
}): SimulatedLogs {
  const store = createLogStore(clock);
  return {
    service: jsonService({
      name: 'logs',
      targetPrefix: 'Logs_20140328',
      version: '1.1',
      operations: logsOperations({ account, store }),
    }),
    putGroup(settings) {
      requireKey(settings, { account, keys });
      store.putGroup(settings);
    },
    removeGroup: store.removeGroup,
    write(line, { isAllowed }) {
      const group = groupArn(line.group, account);
      const stream = `${group}:log-stream:${line.stream}`;
      if (!store.has(line.group)) {
        if (!isAllowed({ action: 'logs:CreateLogGroup', resource: `${group}:*` })) return;
        store.putGroup({ name: line.group });
      }
      const isNew = !store.has(line.group, line.stream);
      if (isNew && !isAllowed({ action: 'logs:CreateLogStream', resource: `${group}:*` })) return;
      if (isAllowed({ action: 'logs:PutLogEvents', resource: stream })) store.write(line);
    },
  };
}

/**
 * CloudWatch Logs encrypts in its own name, and tries the key before it takes it. Source: CloudWatch Logs user guide,
 * "Encrypt log data using AWS KMS".
 */
function requireKey(
  { name, keyArn }: { name: string; keyArn?: string | undefined },
  { account, keys }: { account: Account; keys: KeyRing | undefined },
): void {
  if (keyArn === undefined || !keys) return;
  const group = groupArn(name, account);
  const servicePrincipal = `logs.${account.region}.amazonaws.com`;
  const encryptionContext = { 'aws:logs:arn': group };
  const actions = ['Encrypt', 'Decrypt', 'GenerateDataKey'] as const;
  const use = { keyId: keyArn, actions, via: 'logs', encryptionContext };
  if (!keys.refusalOf(use, { servicePrincipal })) return;
  const message = `The specified KMS key does not exist or is not allowed to be used with Arn '${group}'`;
  throw new AwsError('InvalidParameterException', 400, message);
}
