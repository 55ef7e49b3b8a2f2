import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import type { OpenGuide } from './routing.ts';
import { renderView } from './view-rendering.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** The screen for the views of an agent guide, for flows. */
export interface GuideScreen {
  /** Shows a view until the agent acts, for `withinMs` at most. `stopped` once `signal` is aborted. */
  readonly show: (
    view: { readonly viewId: string; readonly content: unknown; readonly data: Inputs },
    options: { readonly signal: AbortSignal; readonly withinMs: number },
  ) => Promise<ViewAnswer>;
}

export type ViewAnswer =
  | { readonly kind: 'acted'; readonly action: string; readonly submitted: Inputs }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'stopped' };

/** The part of an agent's screen that belongs to one guide. */
export interface AgentScreen extends GuideScreen {
  /** Undefined while no view is shown. */
  readonly current: () => OpenGuide | undefined;
}

export function createGuideScreen(
  { guide, sourceContactId }: { guide: Contact; sourceContactId: string },
  { clock, happenings }: { clock: Clock; happenings: Happenings },
): AgentScreen {
  let current: OpenGuide | undefined;

  return {
    current: () => current,
    show({ viewId, content, data }, { signal, withinMs }) {
      if (signal.aborted) return Promise.resolve({ kind: 'stopped' });
      const { promise, resolve } = Promise.withResolvers<ViewAnswer>();
      const close = (why: ViewAnswer) => {
        cancelTimer();
        signal.removeEventListener('abort', stop);
        if (current === shown) current = undefined;
        resolve(why);
      };
      const stop = () => close({ kind: 'stopped' });
      const cancelTimer = clock.after(withinMs, () => close({ kind: 'time-out' }));
      signal.addEventListener('abort', stop);
      const shown: OpenGuide = {
        guideContactId: guide.id,
        viewId,
        data,
        rendered: renderView(content, data),
        act(action, submitted = {}) {
          if (current !== shown) throw new Error(`the view ${viewId} is not shown any more`);
          close({ kind: 'acted', action, submitted });
        },
      };
      current = shown;
      happenings.tell({ kind: 'guide', atMs: clock.now(), contactId: guide.id, sourceContactId, viewId });
      return promise;
    },
  };
}
