import type { AgentDesk, OpenGuide } from '../../simulator/services/connect/routing/routing.ts';
import type { Task } from '../../simulator/services/connect/contacts/task.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { InputError } from '../command.ts';

/** How long the guide's flow may take to show something, in the simulator's time; a machine may take longer to work it out. */
const LONGEST_WAIT_MS = 30_000;

/**
 * An agent signs in, accepts a task when it is offered, and looks at the guide.
 * Undefined: the task has none. Throws InputError for an agent who is not offered
 * the task.
 */
export async function acceptTask(
  { clock, happenings }: Pick<Simulator, 'clock' | 'happenings'>,
  { desk, task: { contactId } }: { desk: AgentDesk; task: Task },
): Promise<OpenGuide | undefined> {
  const guided = Promise.withResolvers<void>();
  const stopListening = happenings.listen((happening) => {
    if (happening.kind === 'guide' && happening.sourceContactId === contactId) guided.resolve();
  });
  desk.become('Available');
  if (!desk.offered().includes(contactId)) throw new InputError(`${desk.username} is not offered the task`);
  await desk.accept(contactId);
  const shown = guided.promise.then(() => 'shown' as const);
  while ((await Promise.race([shown, clock.sleep(LONGEST_WAIT_MS)])) !== 'shown') {
    if (clock.underWay().working === 0) break;
  }
  stopListening();
  return desk.guide(contactId);
}
