import {
  areCredentialsExpired,
  areCredentialsWrong,
  isDenied,
  isThrottled,
  nameOf,
  statusOf,
} from '../../src/adapters/aws-errors.ts';
import { refusalOf } from './ask-aws.ts';
import { type Limits, limited } from './limits.ts';
import { PATIENT } from './patience.ts';

/** How SDK clients reach AWS. */
export interface ClientPlace {
  readonly region: string;
  /** Absent: AWS, or what the environment says. */
  readonly endpoint?: string;
  /** Absent: those of the environment. */
  readonly credentials?: SessionKeys | (() => Promise<SessionKeys>);
}

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When the SDK asks for others, if it can. */
  readonly expiration?: Date;
}

type ClientSettings = ClientPlace & typeof PATIENT;

/** Asks AWS one account's questions. */
export interface Asker {
  readonly place: ClientPlace;
  /** An SDK client, made once: `asker.client(ConnectClient)`. */
  readonly client: <Client>(kind: new (settings: ClientSettings) => Client) => Client;
  /**
   * One API call. Throws Unseen if AWS does not allow it or does not answer it, RefusedError if AWS cannot be
   * reached or knows no credentials, and AWS's own error for anything else: that something is not there, say.
   * `permission`: `connect:ListQueues`. Calls of Amazon Connect are kept to its rate.
   */
  readonly ask: <Answer>(permission: string, call: () => Promise<Answer>) => Promise<Answer>;
}

/** AWS did not let us look. */
export class Unseen extends Error {
  override readonly name = 'Unseen';
  /** `connect:ListQueues`, where it is missing. */
  readonly permission: string | undefined;

  constructor(message: string, { permission, cause }: { permission?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.permission = permission;
  }
}

export function createAsker(place: ClientPlace, limits: Limits): Asker {
  const clients = new Map<unknown, unknown>();
  const waitForTurn = limited(limits);
  return {
    place,
    client<Client>(kind: new (settings: ClientSettings) => Client): Client {
      const known = clients.get(kind);
      if (known instanceof kind) return known;
      const client = new kind({ ...place, ...PATIENT });
      clients.set(kind, client);
      return client;
    },
    async ask(permission, call) {
      await waitForTurn(permission);
      try {
        return await call();
      } catch (error) {
        throw asUnseen(error, permission, place);
      }
    },
  };
}

function asUnseen(error: unknown, permission: string, place: ClientPlace): unknown {
  if (isDenied(error)) return new Unseen(`${permission} is not allowed`, { permission, cause: error });
  if (isThrottled(error))
    return new Unseen(`${permission} is asked too often by others, too`, { cause: error });
  const status = statusOf(error);
  if (status !== undefined && status >= 500) {
    return new Unseen(`${permission} answered ${status} ${nameOf(error)}`, { cause: error });
  }
  const isRefusal = status === undefined || areCredentialsWrong(error) || areCredentialsExpired(error);
  return isRefusal ? refusalOf(error, permission, place) : error;
}
