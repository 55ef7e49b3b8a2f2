import type { SesOptions, SesParts } from './parts.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { restJsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import { type ConfigurationSets, createConfigurationSets } from './configuration-sets.ts';
import { emlOf } from './eml.ts';
import type { SentMail } from './mail.ts';
import { sesOperations } from './operations.ts';
import { SAMPLE_IDENTITIES } from './sample-identities.ts';
import { sendingRules } from './sending-rules.ts';
import { createTemplateStore, type TemplateContent } from './template-store.ts';

export interface SimulatedSes {
  readonly service: Service;
  /** All mails that were sent, the oldest first. */
  readonly mails: () => readonly SentMail[];
  readonly configurationSets: Pick<
    ConfigurationSets,
    'add' | 'addDestination' | 'change' | 'remove' | 'removeDestination'
  >;
  /** Throws AwsError AlreadyExistsException. */
  readonly addTemplate: (name: string, content: TemplateContent) => void;
  readonly removeTemplate: (name: string) => void;
}

/**
 * Amazon SES, API v2: mails are only written into a folder; with templates, configuration sets and their
 * events on EventBridge, and the mailbox simulator.
 *
 * Not simulated: API v1 (501, in XML), receiving, bulk mail, contact lists, suppression lists, DKIM signatures, opens and
 * clicks that happen, event destinations other than EventBridge, making identities and configuration sets
 * through the API.
 */
export function createSes(options: SesOptions): SimulatedSes {
  const { clock, happenings, bus, folder, account = LAPTOP_ACCOUNT } = options;
  const { identities = SAMPLE_IDENTITIES } = options;
  const mails: SentMail[] = [];
  const parts: SesParts = {
    clock,
    happenings,
    bus,
    account,
    identities,
    templates: createTemplateStore(),
    configurationSets: createConfigurationSets(),
    sending: sendingRules({ ...options, identities }, { clock, account }),
    rules: options,
    keep(mail) {
      mails.push(mail);
      if (folder !== undefined) writeMail(mail, join(folder, 'mails'));
    },
  };
  for (const [name, content] of Object.entries(options.templates ?? {})) {
    parts.templates.add({ name, createdMs: clock.now(), content });
  }
  return {
    service: restJsonService({ name: 'ses', operations: sesOperations(parts) }),
    mails: () => mails,
    configurationSets: parts.configurationSets,
    removeTemplate: parts.templates.remove,
    addTemplate: (name, content) => parts.templates.add({ name, createdMs: clock.now(), content }),
  };
}

function writeMail(mail: SentMail, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${mail.messageId}.eml`), emlOf(mail));
}
