import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { AgentDesk } from '../services/connect/routing/routing.ts';
import type { CallScope } from './call-scope.ts';

/** Agents at work for calls that were placed from outside. */
export interface AgentShifts {
  /** Throws an Error for an unknown agent. */
  readonly begin: (username: string) => AgentDesk;
  /** The agent ends what is in hand of this call; and signs out, unless there is another call or another contact. */
  readonly end: (desk: AgentDesk, scope: Pick<CallScope, 'has'>) => void;
}

export function createAgentShifts(connect: Pick<SimulatedConnect, 'agent'>): AgentShifts {
  const calls = new Map<string, number>();
  const count = (username: string, change: number) => {
    const left = (calls.get(username) ?? 0) + change;
    calls.set(username, left);
    return left;
  };
  return {
    begin(username) {
      const desk = connect.agent(username);
      count(username, 1);
      return desk;
    },
    end(desk, scope) {
      for (const contactId of desk.inHand()) if (scope.has(contactId)) desk.finish(contactId);
      if (count(desk.username, -1) === 0 && desk.inHand().length === 0) desk.signOut();
    },
  };
}
