import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, type VoicemailConfig } from '../../infra/config.ts';
import { settingWarnings } from '../../infra/config-warnings.ts';
import { loadSettings, settingsFileOf } from '../../infra/settings/settings-file.ts';
import { hasLiveMediaStreaming } from '../../infra/regions/offers.ts';
import { type Asker, Unseen } from '../aws/asker.ts';
import { callerIdentity } from '../aws/caller-identity.ts';
import { EXIT, InputError, RefusedError, type Terminal, UsageError } from '../command.ts';
import { collectAnswers } from './answers.ts';
import { type Fix, fixesFor } from './aws/fixes.ts';
import type { InitOptions } from './init-options.ts';
import {
  type FoundInstance,
  type InstanceFacts,
  instanceFacts,
  listInstances,
} from './aws/instance-facts.ts';
import { proposeSettings } from './propose-settings.ts';
import { agrees, choose, type Prompter } from '../prompter.ts';
import { settingsText } from './settings-text.ts';

/** What `vmx init` works with. */
export interface InitWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked, and what is suggested is taken. */
  readonly prompter: Prompter | undefined;
  /** The folder that has `deployments/`. */
  readonly root: string;
  readonly asker: Asker;
}

/**
 * Finds the instance, writes settings that fit it, and says what it lacks; with `--fix` it switches that on, and
 * leaves settings that are there as they are.
 * Throws RefusedError if AWS says no, InputError and UsageError for what the person got wrong.
 */
export async function runInit(options: InitOptions, work: InitWork): Promise<number> {
  const { terminal, asker } = work;
  const { region } = asker.place;
  const { accountId, arn } = await callerIdentity(asker);
  terminal.out(`Account ${accountId}, Region ${region}, as ${arn.slice(arn.lastIndexOf(':') + 1)}.`);
  const instance = await chosenInstance(options, work, accountId);
  terminal.out(`Amazon Connect instance ${instance.alias}, ${instance.arn}.`);
  const deployment = options.deployment ?? instance.alias;
  const isWritten = keepsSettings(deployment, options, work);

  const facts = await instanceFacts(instance, asker);
  for (const reason of facts.unseen) terminal.err(`Not read, and left as it is: ${reason}.`);
  const hasMediaStreaming = hasLiveMediaStreaming(region);
  const config = isWritten
    ? (await loadSettings({ goesTo: 'laptop', deployment, root: work.root })).config
    : await writeSettings(deployment, { facts, hasMediaStreaming }, options, work);
  const left = await applied(fixesFor(facts, config, { hasMediaStreaming }), options, work);
  terminal.out(lastWords(left, { facts, config, deployment }));
  return EXIT.ok;
}

/** Whether settings are there, and stay. Throws RefusedError if they do, and nothing else is wanted. */
function keepsSettings(
  deployment: string,
  { isForce, isFix }: InitOptions,
  { root, terminal }: InitWork,
): boolean {
  const file = settingsFileOf(deployment);
  if (isForce || !existsSync(join(root, file))) return false;
  if (!isFix) {
    throw new RefusedError(
      `${file} is there already: edit it, name another with --deployment, or replace it with --force`,
    );
  }
  terminal.out(`${file} stays as it is.`);
  return true;
}

async function writeSettings(
  deployment: string,
  { facts, hasMediaStreaming }: { facts: InstanceFacts; hasMediaStreaming: boolean },
  options: InitOptions,
  work: InitWork,
): Promise<VoicemailConfig> {
  const answers = await collectAnswers(facts, options, work);
  const config = proposed(() => proposeSettings(facts, answers, { hasMediaStreaming }));
  const { alias } = facts.instance;
  const text = settingsText(config, { madeFor: `instance ${alias} in ${work.asker.place.region}` });
  const file = settingsFileOf(deployment);
  try {
    mkdirSync(dirname(join(work.root, file)), { recursive: true });
    writeFileSync(join(work.root, file), text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new RefusedError(`${file} cannot be written: ${error.message}`, { cause: error });
  }
  work.terminal.out(`Wrote ${file}.`);
  return config;
}

async function chosenInstance(
  { instance: wanted }: InitOptions,
  { asker, prompter }: InitWork,
  accountId: string,
): Promise<FoundInstance> {
  const all = await listInstances(asker).catch((error: unknown) => {
    throw error instanceof Unseen
      ? new RefusedError(`the instances cannot be listed: ${error.message}`, { cause: error })
      : error;
  });
  const { region } = asker.place;
  if (all.length === 0) {
    throw new RefusedError(
      `account ${accountId} has no Amazon Connect instance in ${region}: name another Region with --region, or add an instance in the Amazon Connect console`,
    );
  }
  const aliases = all.map(({ alias }) => alias).join(', ');
  const found =
    wanted === undefined
      ? await onlyOne(all, prompter)
      : all.find(({ id, arn, alias }) => [id, arn, alias].includes(wanted));
  if (found === undefined) {
    throw wanted === undefined
      ? new UsageError(`there are several instances: say --instance with one of ${aliases}`)
      : new InputError(`--instance ${wanted}: account ${accountId} has ${aliases} in ${region}`);
  }
  if (found.status === 'ACTIVE') return found;
  throw new RefusedError(`the instance ${found.alias} is ${found.status} and not ACTIVE`);
}

async function onlyOne(
  all: readonly FoundInstance[],
  prompter: Prompter | undefined,
): Promise<FoundInstance | undefined> {
  if (all.length === 1) return all[0];
  if (!prompter) return undefined;
  const choices = all.map((one) => ({ label: `${one.alias} (${one.id})`, value: one }));
  return await choose(prompter, 'Which Amazon Connect instance?', choices);
}

function proposed(make: () => VoicemailConfig): VoicemailConfig {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new InputError(`these settings cannot be deployed:\n  ${error.problems.join('\n  ')}`, {
      cause: error,
    });
  }
}

/** Shows each, and does it where that is wanted. Answers those that are left. */
async function applied(
  fixes: readonly Fix[],
  { isFix }: InitOptions,
  { terminal, prompter, asker }: InitWork,
): Promise<readonly Fix[]> {
  if (!isFix) return fixes;
  const left: Fix[] = [];
  for (const fix of fixes) {
    terminal.out(`\n${fix.lacks}\n  ${fix.change} (${fix.call})`);
    const isWanted = prompter === undefined || (await agrees(prompter, '  Do it?'));
    if (!isWanted) {
      left.push(fix);
      continue;
    }
    await fix.apply(asker).catch((error: unknown) => {
      throw error instanceof Error
        ? new RefusedError(`${fix.call} was refused: ${error.message}`, { cause: error })
        : error;
    });
    terminal.out('  Done.');
  }
  return left;
}

function lastWords(
  left: readonly Fix[],
  { facts, config, deployment }: { facts: InstanceFacts; config: VoicemailConfig; deployment: string },
): string {
  const { contactRecords, dataStreams, instance } = facts;
  const open = [
    ...left.map(
      ({ lacks, change }) => `${lacks} ${change} "npx vmx init --deployment ${deployment} --fix" does it.`,
    ),
    ...(contactRecords?.kind === 'firehose'
      ? [
          `Contact records go to Firehose (${contactRecords.arn}), which cannot be read. Have them sent to ${config.contactRecordStreamArn}${dataStreams.includes(config.contactRecordStreamArn) ? '' : ', which has to be made first'}: Amazon Connect console, ${instance.alias}, Data streaming.`,
        ]
      : []),
    ...settingWarnings(config).map((warning) => `${warning}.`),
    ...(config.alarmEmails === undefined ? ['Nobody is mailed alarms: set alarmEmails.'] : []),
  ];
  return [
    ...(open.length > 0 ? ['', 'Still to do:', ...open.map((line) => `  - ${line}`)] : []),
    '',
    'Next:',
    `  npx vmx doctor --deployment ${deployment}`,
  ].join('\n');
}
