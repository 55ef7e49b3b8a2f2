import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { assemblyIn } from '../deploy/assembly.ts';
import { placeSettings } from '../place.ts';
import { namesOf } from './names.ts';
import { personNeeds, PURPOSES } from './person-needs.ts';
import { type MadeOf, resourceNeeds } from './resource-needs.ts';
import { policiesFor, type PolicyDocument } from './statements.ts';

const WHOM = [...PURPOSES, 'all', 'cloudformation'] as const;
type Whom = (typeof WHOM)[number];

/** `vmx deployer-policy`: what a person who runs `vmx`, and CloudFormation, must be allowed. */
export const deployerPolicyCommand: Command = {
  name: 'deployer-policy',
  summary: 'print the least permissions for deploying and running the stack',
  usage: `vmx deployer-policy [--for WHOM] [--part N] [--deployment NAME]

Prints IAM policies as JSON, for what the settings say. It asks AWS nothing.

  --for init            the person who runs vmx init, --fix included
  --for doctor          … vmx doctor
  --for deploy          … vmx deploy, with the doctor; the rest is done by the roles of cdk bootstrap
  --for upgrade         … vmx upgrade, with its test voicemail
  --for verify          … vmx verify
  --for operate         … vmx list, show, redrive, restore, revoke, unrevoke,
                        hold, release-hold, rotate-key, templates
  --for erase           … vmx erase
  --for cost            … vmx cost --actual
  --for uninstall       … vmx uninstall
  --for delete-data     … vmx uninstall --delete-data
  --for all             … all of them (default)
  --for cloudformation  the role that makes the resources:
                        cdk bootstrap --cloudformation-execution-policies ARN,ARN
  --part N              only the Nth policy, for a file
  --deployment NAME     the settings in deployments/NAME.config.ts (default: the only deployment there is)

A managed policy has room for 6,144 characters: what needs more is printed as several policies, all of
which are needed. Those for people are held against the simulator. That for CloudFormation is written
from the schemas of its resource types, and was not tried: the simulator does not see such calls. If a
deployment is refused something, CloudFormation names it and undoes what it did.

Exit code: 0 printed, 2 not used as described here.`,

  async run(args, { out, err }) {
    const { deployment, whom, part } = parseOptions(args);
    const { config, file } = await placeSettings({ deployment });
    const policies = await policiesOf(whom, config);
    const chosen = part === undefined ? policies : policies.slice(part - 1, part);
    if (chosen.length === 0) throw new UsageError(`--part ${part}: there are ${policies.length}`);
    err(`${file}, for ${whom}: ${policies.length === 1 ? 'one policy' : `${policies.length} policies`}`);
    for (const policy of chosen) out(JSON.stringify(policy, undefined, 2));
    return EXIT.ok;
  },
};

/** All that somebody needs; each document fits into one managed policy. */
export async function policiesOf(whom: Whom, config: VoicemailConfig): Promise<readonly PolicyDocument[]> {
  const names = namesOf(config);
  if (whom === 'cloudformation') return policiesFor(resourceNeeds(await templateOf(config), names));
  const purposes = whom === 'all' ? PURPOSES : [whom];
  return policiesFor(purposes.flatMap((purpose) => personNeeds(purpose, names)));
}

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

async function templateOf(config: VoicemailConfig): Promise<MadeOf> {
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-policy-'));
  try {
    const assembly = await assemblyIn(folder, config);
    const json = readFileSync(join(assembly, `${stackNameOf(config)}.template.json`), 'utf8');
    return Template.parse(JSON.parse(json));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { for: text, part: text, deployment: text } });
  const { for: wanted = 'all', part, deployment } = values;
  const whom = WHOM.find((one) => one === wanted);
  if (whom === undefined) throw new UsageError(`--for ${wanted}: there are ${WHOM.join(', ')}`);
  if (part !== undefined && !/^[1-9]\d?$/.test(part))
    throw new UsageError(`--part ${part} is no number from 1`);
  return { deployment, whom, part: part === undefined ? undefined : Number(part) };
}
