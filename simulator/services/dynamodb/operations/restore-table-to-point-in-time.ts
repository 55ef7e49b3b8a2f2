import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { whileBusy } from '../../../gateway/while-busy.ts';
import { AwsError } from '../../../service.ts';
import type { DynamodbParts } from '../parts.ts';
import { recoveryWindow } from '../recovery.ts';
import { requireTable, requireTarget, restoreInto, sourceOf, targetPermissions } from '../restoring.ts';
import { asAws } from '../table-form.ts';
import { tablePermissions } from '../table-permissions.ts';
import { invalid } from '../transaction.ts';

/** A new table with what another one had at a time: the writes up to then are done again, in order. */
export function restoreTableToPointInTime(parts: DynamodbParts): JsonOperation {
  const { clock, account, answerOf, turns, writes } = parts;
  return {
    name: 'RestoreTableToPointInTime',
    needs: (input) => [
      ...tablePermissions('RestoreTableToPointInTime', { TableName: sourceOf(input) }, account),
      ...targetPermissions(input, account),
    ],
    async answer(input) {
      if (!writes) {
        const message =
          'RestoreTableToPointInTime: the simulator keeps no writes; start it with the option keepTableWrites';
        throw new AwsError('UnknownOperationException', 501, message);
      }
      const source = sourceOf(input);
      const described = await requireTable(answerOf, source);
      const atMs = timeIn(input, source, parts);
      const name = await requireTarget('RestoreTableToPointInTime', input, parts);
      const tableArn = asAws(String(described['TableArn']), account);
      return {
        TableDescription: await whileBusy(clock, () =>
          turns.shared(() =>
            restoreInto(name, { described, restored: { tableArn, atMs } }, parts, async () => {
              for (const write of writes.until(source, atMs)) {
                await answerOf(write.operation, onTable(name, write.input));
              }
            }),
          ),
        ),
      };
    },
  };
}

/** Throws AwsError PointInTimeRecoveryUnavailableException, InvalidRestoreTimeException, ValidationException. */
function timeIn(input: JsonObject, source: string, { clock, settingsOf }: DynamodbParts): number {
  const window = recoveryWindow(settingsOf(source), clock.now());
  if (!window) {
    const message = `Point in time recovery is not enabled for table '${source}'`;
    throw new AwsError('PointInTimeRecoveryUnavailableException', 400, message);
  }
  const { RestoreDateTime: wanted, UseLatestRestorableTime: isLatest } = input;
  if ((isLatest === true) === (typeof wanted === 'number')) {
    throw invalid('Either RestoreDateTime or UseLatestRestorableTime must be given, and not both');
  }
  if (typeof wanted !== 'number') return window.latestMs;
  const atMs = wanted * 1000;
  // Some programs read the window in seconds: the second in which it begins is in it.
  if (atMs >= Math.floor(window.earliestMs / 1000) * 1000 && atMs <= window.latestMs) return atMs;
  const message =
    'Specified RestoreDateTime is not between EarliestRestorableDateTime and LatestRestorableDateTime';
  throw new AwsError('InvalidRestoreTimeException', 400, message);
}

function onTable(name: string, { RequestItems: items, ...input }: JsonObject): JsonObject {
  return !isJsonObject(items)
    ? { ...input, TableName: name }
    : { ...input, RequestItems: { [name]: Object.values(items)[0] } };
}
