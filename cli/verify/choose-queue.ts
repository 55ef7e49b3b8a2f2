import { Unseen } from '../aws/asker.ts';
import { RefusedError } from '../command.ts';
import { queueNames } from '../doctor/facts/queue-names.ts';
import type { Look } from '../doctor/look.ts';
import { askText, type Prompter } from '../prompter.ts';
import type { TestQueue } from '../../src/domain/test-voicemail.ts';

/**
 * The queue that gets a test voicemail. Without a name a person is asked. Throws RefusedError, with the queues that
 * there are, if nobody can be asked and for a name that no queue has.
 */
export async function chooseQueue(
  wanted: string | undefined,
  { look, prompter }: { readonly look: Look; readonly prompter: Prompter | undefined },
): Promise<TestQueue> {
  const names = await queueNames(look).catch((error: unknown) => {
    if (!(error instanceof Unseen)) throw error;
    throw new RefusedError(`the queues of the instance cannot be looked at: ${error.message}`, {
      cause: error,
    });
  });
  const all = [...names.values()].join(', ');
  const problemOf = (name: string) =>
    [...names.values()].includes(name) ? undefined : `the instance has no queue "${name}". It has: ${all}`;
  const name = wanted ?? (prompter && (await askText(prompter, QUESTION, { problemOf })));
  if (name === undefined) throw new RefusedError(`name a queue. The instance has: ${all}`);
  const problem = problemOf(name);
  if (problem !== undefined) throw new RefusedError(problem);
  const [id = ''] = [...names].find(([, one]) => one === name) ?? [];
  return { name, arn: `${look.config.instanceArn}/queue/${id}` };
}

const QUESTION = 'Queue for a test voicemail, which an agent may see for a moment';
