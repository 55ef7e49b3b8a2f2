import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { SimulatedEventBridge } from '../eventbridge/eventbridge.ts';
import type { ConfigurationSets } from './configuration-sets.ts';
import type { SentMail } from './mail.ts';
import type { EmailIdentities } from './sender-identities.ts';
import type { Sending, SendingRules } from './sending-rules.ts';
import type { TemplateStore } from './template-store.ts';

export interface SesOptions extends SendingRules {
  readonly clock: Clock;
  readonly happenings: Happenings;
  /** Gets the events of mails. */
  readonly bus: Pick<SimulatedEventBridge, 'put'>;
  /**
   * Mails are kept in its folder `mails/`, each as an `.eml` file that mail clients open. Absent: only in
   * memory.
   */
  readonly folder?: string;
  readonly account?: Account;
}

/** What the operations work on. */
export interface SesParts extends Pick<SesOptions, 'clock' | 'happenings' | 'bus'> {
  readonly account: Account;
  readonly identities: EmailIdentities;
  readonly templates: TemplateStore;
  readonly configurationSets: ConfigurationSets;
  readonly sending: Sending;
  /** How the account was set up. */
  readonly rules: SendingRules;
  readonly keep: (mail: SentMail) => void;
}
