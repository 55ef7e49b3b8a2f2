import { homeOf, type InstanceHome } from '../../infra/arns.ts';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { type Asker, type ClientPlace, createAsker } from '../aws/asker.ts';
import type { Limits } from '../aws/limits.ts';

/** What checks work with: the settings of one deployment, and the account that they speak of. */
export interface Look extends Asker {
  readonly config: VoicemailConfig;
  /** Partition, Region, account and id of the instance, as the settings have them. */
  readonly home: InstanceHome;
  readonly stackName: string;
  /** Tells a person who waits how far it is: `agents: 400 of 2,000`. */
  readonly progress: (sentence: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long the page that links lead to has time to answer. */
  readonly pagePatienceMs: number;
}

/** A person waits no longer for a page either. */
const PAGE_PATIENCE_MS = 5_000;

interface LookOptions {
  readonly config: VoicemailConfig;
  readonly place?: Omit<ClientPlace, 'region'>;
  readonly limits: Limits;
  readonly progress?: (sentence: string) => void;
  readonly now?: () => number;
  readonly pagePatienceMs?: number;
}

export function createLook({
  config,
  place,
  limits,
  progress = () => {},
  now = Date.now,
  pagePatienceMs = PAGE_PATIENCE_MS,
}: LookOptions): Look {
  const home = homeOf(config.instanceArn);
  return {
    ...createAsker({ region: home.region, ...place }, limits),
    config,
    home,
    stackName: stackNameOf(config),
    progress,
    now,
    pagePatienceMs,
  };
}

/** Something that several checks need: one look-up for each Look. */
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
