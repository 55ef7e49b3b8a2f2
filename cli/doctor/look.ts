import type { InstanceHome } from '../../infra/arns.ts';
import { homeOf } from '../../infra/arns.ts';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { refusalOf, statusOf } from '../aws/ask-aws.ts';
import { type Limits, limited } from './limits.ts';

/** How SDK clients reach AWS. */
export interface ClientPlace {
  readonly region: string;
  /** Absent: AWS, or what the environment says. */
  readonly endpoint?: string;
  /** Absent: those of the environment. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** What checks work with: the settings of one deployment, and the account that they speak of. */
export interface Look {
  readonly config: VoicemailConfig;
  /** Partition, Region, account and id of the instance, as the settings have them. */
  readonly home: InstanceHome;
  readonly stackName: string;
  /** An SDK client, made once: `look.client(ConnectClient)`. */
  readonly client: <Client>(kind: new (place: ClientPlace) => Client) => Client;
  /**
   * One API call. Throws Unseen if AWS does not allow it or does not answer it, RefusedError if AWS cannot be
   * reached or knows no credentials, and AWS's own error for anything else: that something is not there, say.
   * `permission`: `connect:ListQueues`. Calls of Amazon Connect are kept to its rate.
   */
  readonly ask: <Answer>(permission: string, call: () => Promise<Answer>) => Promise<Answer>;
  /** Tells a person who waits how far it is: `agents: 400 of 2,000`. */
  readonly progress: (sentence: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
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

export interface LookOptions {
  readonly config: VoicemailConfig;
  readonly place?: Omit<ClientPlace, 'region'>;
  readonly limits: Limits;
  readonly progress?: (sentence: string) => void;
  readonly now?: () => number;
}

export function createLook(options: LookOptions): Look {
  const { config, limits, progress = () => {}, now = Date.now } = options;
  const home = homeOf(config.instanceArn);
  const place: ClientPlace = { region: home.region, ...options.place };
  const clients = new Map<unknown, unknown>();
  const waitForTurn = limited(limits);
  return {
    config,
    home,
    stackName: stackNameOf(config),
    client<Client>(kind: new (place: ClientPlace) => Client): Client {
      const known = clients.get(kind);
      if (known instanceof kind) return known;
      const client = new kind(place);
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
    progress,
    now,
  };
}

function asUnseen(error: unknown, permission: string, place: ClientPlace): unknown {
  const status = statusOf(error);
  if (!(error instanceof Error) || status === undefined) return refusalOf(error, permission, place);
  if (/^(AccessDenied|Forbidden|UnauthorizedOperation)/.test(error.name)) {
    return new Unseen(`${permission} is not allowed`, { permission, cause: error });
  }
  if (/Throttl|TooManyRequests|LimitExceeded/.test(error.name) || status === 429) {
    return new Unseen(`${permission} is asked too often by others, too`, { cause: error });
  }
  if (status >= 500) return new Unseen(`${permission} answered ${status} ${error.name}`, { cause: error });
  return /ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|Signature/.test(error.name)
    ? refusalOf(error, permission, place)
    : error;
}

/** Something that several checks need: it is looked up once for each Look. */
export function fact<Answer>(load: (look: Look) => Promise<Answer>): (look: Look) => Promise<Answer> {
  const known = new WeakMap<Look, Promise<Answer>>();
  return (look) => {
    const before = known.get(look);
    if (before) return before;
    const loading = load(look);
    known.set(look, loading);
    return loading;
  };
}
