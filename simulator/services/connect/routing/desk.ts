import type { AgentDesk } from './routing.ts';
import type { Seat } from './seat.ts';

/** Makes the desk of an agent from the agent's seat. */
export function createDesk(seat: Seat, actions: DeskActions): AgentDesk {
  const { user, offers, hand } = seat;
  return {
    username: user.username,
    presence: () => seat.presence,
    become(state) {
      const was = seat.presence;
      seat.presence = state;
      if (state === 'Available' && was !== 'Available') actions.nowIdle(seat);
    },
    signOut() {
      if (hand.size > 0) throw new Error(`${user.username} cannot sign out with a contact in hand`);
      seat.presence = 'SignedOut';
      for (const contactId of offers.keys()) actions.withdraw(seat, contactId);
      actions.match();
    },
    offered: () => [...offers.keys()],
    inHand: () => [...hand.keys()],
    accept: (contactId) => actions.accept(seat, contactId),
    reject: actions.reject,
    finish: actions.finish,
    guide: (contactId) => hand.get(contactId)?.guide?.current(),
  };
}

interface DeskActions {
  readonly accept: (seat: Seat, contactId: string) => Promise<void>;
  readonly reject: (contactId: string) => void;
  readonly finish: (contactId: string) => void;
  /** Puts a contact that rings at the seat back into its queue. */
  readonly withdraw: (seat: Seat, contactId: string) => unknown;
  readonly nowIdle: (seat: Seat) => void;
  readonly match: () => void;
}
