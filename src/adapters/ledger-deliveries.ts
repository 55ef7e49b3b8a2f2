import { randomUUID } from 'node:crypto';
import {
  LEDGER_SCHEMA_VERSION,
  LEDGER_STATES,
  type Mailing,
  parseLedgerEntry,
} from '../domain/ledger-entry.ts';
import { RECORDING_KINDS } from '../domain/voicemail.ts';
import type { DeliveryLease, LedgerPorts } from '../steps/ports.ts';
import { isOneOf, type LedgerTable, OPEN, setting } from './ledger-table.ts';

type DeliveryPorts = Pick<
  LedgerPorts,
  'leaseDelivery' | 'leaseTranscribed' | 'releaseDelivery' | 'noteMailing' | 'noteMailSent' | 'markCleanedUp'
>;

/** The ledger's writes about deliveries. */
export function ledgerDeliveries({ change, changed }: LedgerTable): DeliveryPorts {
  const STATE = { '#state': 'state' };
  return {
    leaseDelivery(wanted) {
      const { contactId, nowMs } = wanted;
      const lease = leaseOf(wanted);
      const free = isOneOf(LEDGER_STATES.filter((state) => state !== 'delivering'));
      return change(contactId, {
        ...lease,
        condition: `attribute_not_exists(deliveredAs) AND (${free.condition} OR (#state = :state AND (leaseUntilMs < :now OR leaseId = :leaseId)))`,
        values: { ...lease.values, ...free.values, ':now': nowMs },
      });
    },

    async leaseTranscribed(wanted, recordingKey) {
      const item = await changed(wanted.contactId, leaseOfTranscribed(wanted, recordingKey));
      return item && parseLedgerEntry(item);
    },

    async releaseDelivery(contactId) {
      await change(contactId, {
        update: 'SET leaseUntilMs = :free',
        condition: '#state = :delivering',
        names: STATE,
        values: { ':free': 0, ':delivering': 'delivering' },
      });
    },

    noteMailing(contactId, { before, now: mailing }) {
      return change(contactId, {
        update: mailingUpdate(before, mailing),
        condition: [
          '#state = :delivering',
          'attribute_not_exists(deliveredAs)',
          'attribute_not_exists(mailing.messageId)',
          // Also true after the first try, for the SDK's own second try.
          `(${isMailing(':before', before)} OR ${isMailing(':atMs', mailing)})`,
        ].join(' AND '),
        names: STATE,
        values: {
          ':delivering': 'delivering',
          ...(before && { ':before': before.atMs }),
          ...(mailing && { ':atMs': mailing.atMs, ...mailingValues(before, mailing) }),
        },
      });
    },

    async noteMailSent(contactId, messageId) {
      await change(contactId, {
        update: 'SET mailing.messageId = :messageId',
        // After the delivery nobody needs it, but who follows a test.
        condition:
          'attribute_exists(mailing) AND (attribute_not_exists(deliveredAs) OR voicemail.isTest = :true)',
        values: { ':messageId': messageId, ':true': true },
      });
    },

    async markCleanedUp(contactId, atMs) {
      await change(contactId, {
        update: 'SET cleanedUpAtMs = :at',
        condition: 'attribute_exists(contactId)',
        values: { ':at': atMs },
      });
    },
  };
}

function leaseOf({ nowMs, untilMs, dueAtMs }: DeliveryLease) {
  return setting({
    state: 'delivering',
    deliveringAtMs: nowMs,
    leaseUntilMs: untilMs,
    // The SDK repeats a call whose answer was lost; its own first call must not block the second.
    leaseId: randomUUID(),
    dueAtMs,
    open: OPEN,
  });
}

function leaseOfTranscribed(wanted: DeliveryLease, recordingKey: string) {
  const lease = leaseOf(wanted);
  const kinds = Object.fromEntries(RECORDING_KINDS.map((kind, index) => [`:kind${index}`, kind]));
  const kind = 'voicemail.#recording.#kind';
  return {
    ...lease,
    condition: [
      '(#state = :transcribing OR (#state = :state AND leaseId = :leaseId))',
      'recordingKey = :recordingKey',
      'attribute_not_exists(deliveredAs)',
      'attribute_not_exists(mailing)',
      // An entry that only a later version can read must not be changed.
      'schemaVersion = :schemaVersion',
      `(attribute_not_exists(${kind}) OR ${kind} IN (${Object.keys(kinds).join(', ')}))`,
    ].join(' AND '),
    names: { ...lease.names, '#recording': 'recording', '#kind': 'kind' },
    values: {
      ...lease.values,
      ...kinds,
      ':transcribing': 'transcribing',
      ':recordingKey': recordingKey,
      ':schemaVersion': LEDGER_SCHEMA_VERSION,
    },
  };
}

/** The time of sending identifies a mail. */
function isMailing(name: string, mailing: Mailing | undefined): string {
  return mailing ? `mailing.atMs = ${name}` : 'attribute_not_exists(mailing)';
}

/** Only our members of an existing mailing change: a later version can have added others. */
function mailingUpdate(before: Mailing | undefined, now: Mailing | undefined): string {
  if (!now) return 'REMOVE mailing';
  if (!before) return 'SET mailing = :mailing';
  const { givenUp } = now;
  return `SET mailing.atMs = :atMs, mailing.tries = :tries${givenUp ? ', mailing.givenUp = :givenUp' : ' REMOVE mailing.givenUp'}`;
}

function mailingValues(before: Mailing | undefined, now: Mailing): Record<string, unknown> {
  if (!before) return { ':mailing': now };
  return { ':tries': now.tries, ...(now.givenUp && { ':givenUp': now.givenUp }) };
}
