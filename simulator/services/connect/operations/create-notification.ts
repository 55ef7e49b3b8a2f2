import { z } from 'zod';
import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { idsInText } from '../../../gateway/named-ids.ts';
import { findText, invalidParameter, permission, requireInstance, resourceNotFound } from '../input.ts';
import { oncePerToken } from '../once-per-token.ts';
import type { ConnectParts } from '../parts.ts';
import { arnIn, type World } from '../world.ts';

const USUAL_LIFE_MS = 7 * 86_400_000;
const LOCALES = [
  'en_US',
  'de_DE',
  'es_ES',
  'fr_FR',
  'id_ID',
  'it_IT',
  'ja_JP',
  'ko_KR',
  'pt_BR',
  'zh_CN',
  'zh_TW',
] as const;

const Input = z.object({
  Recipients: z.array(z.string()).min(1).max(200),
  // The model has 500; the text of the type says 250.
  Content: z.partialRecord(z.enum(LOCALES), z.string().min(1).max(250)),
  Priority: z.enum(['HIGH', 'LOW']).default('LOW'),
  ExpiresAt: z.number().optional(),
});

/**
 * A notification in the workspace of up to 200 agents, or of all. The same token makes one in seven days.
 *
 * Not known: its resource for IAM, the exceptions, whether a day in the past is refused, and the usual priority.
 * Source: API reference, CreateNotification.
 */
export function createNotification({ clock, happenings, notifications, world }: ConnectParts): RestOperation {
  const once = oncePerToken(clock);

  async function create(input: JsonObject): Promise<string> {
    const parsed = Input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalidParameter(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    const { Recipients: recipients, Content, Priority: priority, ExpiresAt } = parsed.data;
    if (Object.keys(Content).length === 0) throw invalidParameter('Content must have a text.');
    const expiresAtMs = ExpiresAt === undefined ? clock.now() + USUAL_LIFE_MS : ExpiresAt * 1000;
    if (expiresAtMs <= clock.now()) throw invalidParameter('ExpiresAt must be in the future.');
    const usernames = usernamesOf(recipients, world);
    const content = Object.fromEntries(Object.entries(Content).map(([locale, text]) => [locale, text ?? '']));
    const { id } = notifications.add({ recipients, content, priority, expiresAtMs });
    const text = content['en_US'] ?? Object.values(content)[0] ?? '';
    const about = idsInText(`${text} ${String(input['ClientToken'])}`);
    happenings.tell({ kind: 'notification', atMs: clock.now(), about, usernames, text });
    return id;
  }

  return {
    name: 'CreateNotification',
    method: 'PUT',
    path: '/notifications/{InstanceId}',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('CreateNotification', world, { instanceId }),
      permission('CreateNotification', world, { instanceId, resource: 'notification/*' }),
    ],
    async answer({ params: { InstanceId: instanceId }, input }) {
      requireInstance(world, instanceId);
      const token = findText(input, 'ClientToken', { min: 0, max: 500 });
      const NotificationId = await once(token, () => create(input));
      return { NotificationId, NotificationArn: `${world.instanceArn}/notification/${NotificationId}` };
    },
  };
}

/** Throws ResourceNotFoundException for an agent that is not there. */
function usernamesOf(recipients: readonly string[], world: World): readonly string[] {
  if (recipients.includes(world.instanceArn)) return world.users.map(({ username }) => username);
  return recipients.map((arn) => {
    const user = world.users.find(({ id }) => arnIn(world, 'agent', id) === arn);
    if (!user) throw resourceNotFound(`Recipient not found: ${arn}`);
    return user.username;
  });
}
