import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadedSettings } from '../../infra/settings/settings-file.ts';
import { VERSION } from '../../infra/version.ts';
import type { Limits } from '../aws/limits.ts';
import { ledgerKeys } from '../aws/ledger-keys.ts';
import { type Command, RefusedError, type Terminal } from '../command.ts';
import { assemblyIn } from '../deploy/assembly.ts';
import type { DeployOptions } from '../deploy/deploy-options.ts';
import { deploySettings } from '../deploy/deploy.ts';
import type { DeployWork } from '../deploy/deploy-work.ts';
import { indexSteps, withIndexesOf } from '../deploy/indexes/index-steps.ts';
import { outputOf, stack } from '../doctor/facts/stack.ts';
import { createLook } from '../doctor/look.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { type Prompter, terminalPrompter } from '../prompter.ts';
import { testStack } from '../aws/test-stack.ts';
import { reindexLedger } from '../reindex/reindex-ledger.ts';
import { stepInWords } from '../verify/report.ts';
import { newWithoutVoicemails, writeFormerAssembly } from '../deploy/former-assembly.ts';
import type { TestStep } from '../../src/domain/test-voicemail.ts';
import { formerTemplate } from '../deploy/former-template.ts';
import { runUpgrade } from './run-upgrade.ts';
import { parseUpgradeOptions } from './upgrade-options.ts';

const CHANGELOG = join(import.meta.dirname, '../../CHANGELOG.md');

/** `vmx upgrade`: brings a deployed stack to the version of this folder. */
export const upgradeCommand: Command = {
  name: 'upgrade',
  summary: 'bring the stack to the version of this folder, and test it',
  usage: `vmx upgrade [options]

Says which version is deployed, and what has changed since: first what you have to do. Then it deploys as
"vmx deploy" does, and sends one test voicemail through the stack: a short recording, which becomes a task
in the queue that you name, and is removed. If the stack does not deliver it, the stack goes back to what
was deployed before. At last, entries of the ledger that earlier versions have made are filled up, as
"vmx reindex" does.

${PLACE_USAGE}
  --test-queue NAME  the queue that gets the test voicemail; absent: that of the setting testQueue, or you
                     are asked
  --no-verify        send none: nobody looks whether the new version delivers; also --no-test
  --yes              ask nothing, if nothing is lost
  --yes-replace ID   agree to what is lost with this resource; may be given several times
  --despite CHECK    pass over a blocker of the doctor; may be given several times
  --no-alarm-mail    agree that nobody hears of alarms

Exit code: 0 upgraded, or this version already; 1 stopped, failed or rolled back, or the test says that
something is wrong; 2 not used as described here.`,

  async run(args, terminal) {
    const options = parseUpgradeOptions(args);
    const settings = await placeSettings(options);
    const prompter = process.stdin.isTTY ? terminalPrompter() : undefined;
    try {
      return await upgradeSettings(settings, options, { terminal, prompter });
    } finally {
      prompter?.close();
    }
  },
};

interface Person {
  readonly terminal: Terminal;
  readonly prompter: Prompter | undefined;
}

interface Usual {
  readonly limits?: Limits;
  /** Builds and synthesizes what the settings say, in a folder. Returns the folder of the assembly. */
  readonly synthesizeIn?: (folder: string) => Promise<string>;
}

/** The last argument is for tests. */
export async function upgradeSettings(
  settings: LoadedSettings,
  options: DeployOptions,
  person: Person,
  {
    limits = { wait: (ms) => pause(ms), clock: () => performance.now() },
    synthesizeIn = (folder) => assemblyIn(folder, settings.config),
  }: Usual = {},
): Promise<number> {
  const { config, file } = settings;
  const place = options.endpoint === undefined ? {} : { endpoint: options.endpoint };
  const lookAgain = () => createLook({ config, place, limits });
  const look = lookAgain();
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-upgrade-'));
  const assembly = { folder: '' };
  const onStep = (step: TestStep) => person.terminal.out(stepInWords(step));
  const deploy = (wanted: DeployOptions, changed: Partial<Pick<DeployWork, 'checks' | 'synthesize'>>) =>
    deploySettings(settings, wanted, { ...person, ...changed }, limits);
  try {
    return await runUpgrade(options, {
      ...person,
      settingsFile: file,
      look,
      lookAgain,
      version: VERSION,
      changelog: readFileSync(CHANGELOG, 'utf8'),
      deploy: (wanted) =>
        deploy(wanted, { synthesize: async () => (assembly.folder = await synthesizeIn(folder)) }),
      formerTemplate: () => formerTemplate(look),
      deployFormer(former) {
        const { stackName } = look;
        const later = readFileSync(join(assembly.folder, `${stackName}.template.json`), 'utf8');
        // The indexes stay: another upgrade needs them, and nobody queries them.
        const template = withIndexesOf(later, former, indexSteps(former, later).added);
        const formerFolder = join(folder, 'former');
        writeFormerAssembly({ assemblyFolder: assembly.folder, stackName, template, folder: formerFolder });
        const mayLose = newWithoutVoicemails(former, later);
        const agreed = { ...options, isYes: true, mayLose, isWithoutAlarmMail: true };
        return deploy(agreed, { checks: [], synthesize: () => Promise.resolve(formerFolder) });
      },
      async reindex(now) {
        const found = await stack(now);
        const table = found && outputOf(found, 'LedgerTable');
        if (table === undefined) throw new RefusedError('the stack has no output LedgerTable');
        return await reindexLedger(ledgerKeys(table, now.place), person.terminal);
      },
      test: (queue, now) =>
        testStack({ isCall: false, mode: 'task', queue }, { look: now, onStep, ...limits }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
