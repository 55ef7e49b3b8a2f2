import type { Clock } from '../clock.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { AgentDesk } from '../services/connect/routing/routing.ts';
import type { Happenings } from '../happenings.ts';

interface AgentWork {
  readonly desk: AgentDesk;
  /** From the ring. */
  readonly freeAfterMs: number;
  /** The happenings of the call. */
  readonly scope: Pick<Happenings, 'listen'>;
}

/** An agent becomes available some time after the phone rings, and takes the call if it waits in a queue. */
export function takeCalls(
  { clock, connect }: { readonly clock: Clock; readonly connect: Pick<SimulatedConnect, 'contact'> },
  { desk, freeAfterMs, scope }: AgentWork,
): void {
  scope.listen((one) => {
    if (one.kind === 'ring') clock.after(freeAfterMs, () => desk.become('Available'));
    if (one.kind !== 'agent' || one.did !== 'offered' || one.username !== desk.username) return;
    if (connect.contact(one.contactId).channel !== 'VOICE') return;
    // Only after all listeners got the offer.
    clock.after(0, () => void desk.accept(one.contactId));
  });
}
