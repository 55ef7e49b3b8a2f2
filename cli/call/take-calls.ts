import type { AgentDesk } from '../../simulator/services/connect/routing/routing.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** An agent becomes available some time after the phone rings, and takes the call if it waits in a queue. */
export function takeCalls(
  { clock, connect, happenings }: Pick<Simulator, 'clock' | 'connect' | 'happenings'>,
  { desk, freeAfterMs }: { desk: AgentDesk; freeAfterMs: number },
): void {
  happenings.listen((one) => {
    if (one.kind === 'ring') clock.after(freeAfterMs, () => desk.become('Available'));
    if (one.kind !== 'agent' || one.did !== 'offered' || one.username !== desk.username) return;
    if (connect.contact(one.contactId).channel !== 'VOICE') return;
    // Only after all listeners got the offer.
    clock.after(0, () => void desk.accept(one.contactId));
  });
}
