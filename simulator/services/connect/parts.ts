import type { AttachedFiles } from './attachments/attached-files.ts';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { ContactCenter } from './contact-center.ts';
import type { Contacts } from './contacts/contacts.ts';
import type { Line } from './canned/line.ts';
import type { InstanceStorage } from './storage/instance-storage.ts';
import type { Notifications } from './notifications.ts';
import type { PhoneNumbers } from './phone-numbers.ts';
import type { QueueCounts } from './routing/routing.ts';
import type { World } from './world.ts';

/** What the operations work on. */
export interface ConnectParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly contacts: Contacts;
  readonly storage: InstanceStorage;
  /** The calls in progress, by contact id. */
  readonly lines: ReadonlyMap<string, Line>;
  readonly flows: ContactCenter['flows'];
  readonly views: ContactCenter['views'];
  readonly functions: ContactCenter['functions'];
  readonly numbers: Pick<PhoneNumbers, 'all'>;
  readonly runFlow: ContactCenter['runFlow'];
  readonly routing: QueueCounts;
  readonly files: AttachedFiles;
  readonly notifications: Pick<Notifications, 'add'>;
  /** Tasks that may be open at once. */
  readonly mostOpenTasks: number;
}
