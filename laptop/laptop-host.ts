import { join } from 'node:path';
import type { VoicemailConfig } from '../infra/config.ts';
import { VERSION } from '../infra/version.ts';
import type { ControlHost } from '../simulator/control/control-host.ts';
import type { CallResult, DeliveredMail } from '../simulator/control/control-schema.ts';
import type { SentMail } from '../simulator/services/ses/mail.ts';
import type { SimulatedAccount } from '../simulator/simulator.ts';
import { functionNames } from './function-names.ts';
import { keepMail } from './kept-mail.ts';
import { settingsDigest } from './settings-digest.ts';
import { type Delivered, waitForDelivery } from './wait-for-delivery.ts';

const ROOT = join(import.meta.dirname, '..');

export interface HostSettings {
  /** How the program was started: `npm start`. */
  readonly command: string;
  /** Of the stack that it deployed. Absent: none. */
  readonly config?: VoicemailConfig | undefined;
  /** In the simulator's time. Absent: six hours. */
  readonly longestWaitMs?: number | undefined;
}

/** What our programs add to the simulator that they run: whether a call's voicemail was delivered. */
export function laptopHost(
  simulator: SimulatedAccount,
  { command, config, longestWaitMs }: HostSettings,
): ControlHost {
  const { connect, ses } = simulator;
  return {
    about: { folder: ROOT, version: VERSION, command, settings: config ? settingsDigest(config) : {} },
    functions: () => functionNames(simulator),
    async resultOf({ call, clock, scope }) {
      const watched = { clock, connect, ses, happenings: { tell: simulator.happenings.tell, ...scope } };
      const wait = { call, nameOf: functionNames(simulator), longestWaitMs };
      return resultOf(await waitForDelivery(watched, wait), call.contactId);
    },
  };
}

function resultOf(delivered: Delivered, contactId: string): CallResult {
  if (delivered.kind !== 'delivered') return delivered;
  return 'mail' in delivered ? { kind: 'delivered', mail: mailOf(delivered.mail, contactId) } : delivered;
}

function mailOf(mail: SentMail, contactId: string): DeliveredMail {
  const attachments = mail.attachments.map(({ fileName, contentType, bytes }) => ({
    fileName,
    contentType,
    sizeBytes: bytes.length,
  }));
  return { ...mail, attachments, files: keepMail(mail, contactId) };
}
