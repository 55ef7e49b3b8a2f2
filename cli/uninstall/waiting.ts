import { deployedStack, QUEUE_NAMES, type QueueName } from '../aws/deployed-stack.ts';
import { ledgerEntries } from '../aws/ledger-entries.ts';
import { workQueues } from '../aws/work-queues.ts';
import { counted } from '../doctor/counted.ts';
import type { Look } from '../doctor/look.ts';
import { ledgerDaysOf } from '../../infra/retention-settings.ts';

/** What would be lost if the stack were deleted now. SQS and the ledger's index count about right. */
export interface Waiting {
  /** In the queues between the steps. */
  readonly messages: number;
  /** Voicemails that the ledger has not at an end. */
  readonly onTheirWay: number;
  /** Queues that have dead letters, and how many. */
  readonly deadLetters: ReadonlyMap<QueueName, number>;
}

const DAY_MS = 86_400_000;

/** Counts what waits, each time it is called. Throws RefusedError, in words. */
export async function waitingCounter(
  look: Look,
  wait: (ms: number) => Promise<void>,
): Promise<() => Promise<Waiting>> {
  const { place, config, now, stackName } = look;
  const { ledgerTable, queues: urls } = await deployedStack(stackName, place);
  const queues = workQueues(urls, { ...place, wait });
  const ledger = ledgerEntries(ledgerTable, {
    ...place,
    retentionMs: ledgerDaysOf(config) * DAY_MS,
    now,
  });
  return async () => {
    const [onTheirWay, messages, deadLetters] = await Promise.all([
      ledger.countOpen(),
      Promise.all(QUEUE_NAMES.map((name) => queues.waiting(name))),
      Promise.all(QUEUE_NAMES.map(async (name) => [name, await queues.deadLetters(name)] as const)),
    ]);
    return {
      messages: messages.reduce((sum, count) => sum + count, 0),
      onTheirWay,
      deadLetters: new Map(deadLetters.filter(([, count]) => count > 0)),
    };
  };
}

export function isNothing({ messages, onTheirWay, deadLetters }: Waiting): boolean {
  return messages === 0 && onTheirWay === 0 && deadLetters.size === 0;
}

/** Whether only dead letters wait: they stay until a person does something about them. */
export function isStuck({ messages, onTheirWay, deadLetters }: Waiting): boolean {
  return messages === 0 && onTheirWay === 0 && deadLetters.size > 0;
}

/** `2 voicemails on their way, 1 message in the work queues` */
export function waitingInWords({ messages, onTheirWay, deadLetters }: Waiting): string {
  const parts = [
    ...(onTheirWay > 0 ? [`${counted(onTheirWay, 'voicemail')} on the way`] : []),
    ...(messages > 0 ? [`${counted(messages, 'message')} in the work queues`] : []),
    ...[...deadLetters].map(([name, count]) => `${counted(count, 'dead letter')} of ${name}`),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** How a person looks at dead letters and puts them back. `options`: ` --deployment acme`, or empty. */
export function redriveInWords({ deadLetters }: Waiting, options: string): string {
  const commands = [...deadLetters.keys()].map((name) => `npx vmx redrive --queue ${name} --yes${options}`);
  return [`Dead letters stay until somebody puts them back. Look: npx vmx list${options}`, ...commands].join(
    '\n  ',
  );
}
