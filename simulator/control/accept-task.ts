import type { Clock } from '../clock.ts';
import type { Happenings } from '../happenings.ts';
import type { AgentDesk, OpenGuide } from '../services/connect/routing/routing.ts';

/** How long the guide's flow may take to show something, in the simulator's time; a machine may take longer to work it out. */
const LONGEST_WAIT_MS = 30_000;

/** The agent is not offered the task: others are before it, or the routing profile is another. */
export class NotOfferedError extends Error {
  override readonly name = 'NotOfferedError';
}

/**
 * An agent signs in, accepts a task when it is offered, and looks at the guide.
 * Undefined: the task has none. Throws NotOfferedError.
 */
export async function acceptTask(
  { clock, happenings }: { readonly clock: Clock; readonly happenings: Pick<Happenings, 'listen'> },
  { desk, task: { contactId } }: { desk: AgentDesk; task: { readonly contactId: string } },
): Promise<OpenGuide | undefined> {
  const guided = Promise.withResolvers<void>();
  const stopListening = happenings.listen((happening) => {
    if (happening.kind === 'guide' && happening.sourceContactId === contactId) guided.resolve();
  });
  desk.become('Available');
  if (!desk.offered().includes(contactId))
    throw new NotOfferedError(`${desk.username} is not offered the task`);
  await desk.accept(contactId);
  const shown = guided.promise.then(() => 'shown' as const);
  while ((await Promise.race([shown, clock.sleep(LONGEST_WAIT_MS)])) !== 'shown') {
    if (clock.underWay().working === 0) break;
  }
  stopListening();
  return desk.guide(contactId);
}
