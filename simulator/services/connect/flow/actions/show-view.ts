import { z } from 'zod';
import { isJsonObject } from '../../../../gateway/protocols.ts';
import { actionKind, Count } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

/** The limit of a view's data together with the contact's attributes. */
const MOST_BYTES = 16_384;

/** Shows an agent a view and waits for the agent's action. Only in chats: a guide is a chat. */
export const showView = actionKind({
  parameters: z.object({
    ViewResource: z.looseObject({ Id: z.string() }),
    InvocationTimeLimitSeconds: Count.default(400),
    ViewData: z.record(z.string(), z.unknown()).default({}),
  }),
  logName: 'ShowView',
  flowTypes: ['CONTACT_FLOW', 'CUSTOMER_QUEUE'],
  channels: ['CHAT'],
  async run({ ViewResource, InvocationTimeLimitSeconds, ViewData }, call) {
    const { contact, paths, parts, scope, signal } = call;
    const view = parts.views.find(paths.single(ViewResource.Id) ?? '');
    const screen = parts.guideOf(contact);
    const data = paths.deep(ViewData);
    if (!view || !screen || !isJsonObject(data)) return NO_MATCHING_ERROR;
    const given = JSON.stringify([data, Object.fromEntries(contact.attributes)]);
    if (Buffer.byteLength(given) > MOST_BYTES) return NO_MATCHING_ERROR;

    const answer = await screen.show(
      { viewId: view.id, content: view.content, data },
      { signal, withinMs: InvocationTimeLimitSeconds * 1000 },
    );
    if (answer.kind === 'time-out') return { kind: 'error', errorType: 'TimeLimitExceeded' };
    if (answer.kind === 'stopped') return { kind: 'result', value: undefined };
    scope.views = { Action: answer.action, ViewResultData: answer.submitted };
    return { kind: 'result', value: answer.action };
  },
});
