import type { Check, Finding } from '../../check.ts';
import { keptBuckets, keptTables } from '../../facts/kept-things.ts';
import { ourStacks } from '../../facts/our-stacks.ts';
import { resourcesOf, stackResources } from '../../facts/stack.ts';
import type { Look } from '../../look.ts';

const MOST_SHOWN = 12;

/** What deleted stacks of Voicemail Express left behind, in this Region, and stacks that could not be deleted. */
export const leftOverResources: Check = {
  id: 'left-over-resources',
  lane: 'stack',
  title: 'whether deleted stacks have left something that costs money',
  async run(look) {
    const stacks = await ourStacks(look);
    const failed = stacks.filter(({ name, status }) => status === 'DELETE_FAILED' && name !== look.stackName);
    const things = await thingsIn(look);
    const used = things.length > 0 ? await physicalIds(stacks, look) : new Set<string>();
    const kept = things.filter(({ name }) => !used.has(name));
    return [
      ...(kept.length > 0 ? [keptFinding(kept)] : []),
      ...failed.map(({ name }) => failedFinding(name, look.home.region)),
    ];
  },
};

interface Thing {
  readonly kind: 'bucket' | 'table';
  readonly name: string;
  readonly api: string;
}

function keptFinding(kept: readonly Thing[]): Finding {
  const more = kept.length - MOST_SHOWN;
  return {
    severity: 'note',
    certainty: 'likely',
    what: `There are buckets or tables (${kept.length}) that belong to no stack, and are named as those that Voicemail Express keeps when a stack is deleted.`,
    suffers: 'Those who pay: they cost money. What callers said in them is still deleted by its age.',
    evidence: [
      ...kept.slice(0, MOST_SHOWN).map(({ kind, name, api }) => ({ api, saw: `${kind} ${name}` })),
      ...(more > 0 ? [{ api: 's3:ListAllMyBuckets', saw: `and ${more} more` }] : []),
    ],
    remedy:
      'To take them into a new stack: npx vmx deploy --deployment NAME --adopt. If nobody needs these voicemails any more: npx vmx uninstall --deployment NAME --delete-data STACKNAME. Both look for what has the tags of this version. What an older one left behind: empty and delete the buckets in the Amazon S3 console, and delete the tables in the DynamoDB console.',
  };
}

function failedFinding(stackName: string, region: string): Finding {
  return {
    severity: 'note',
    certainty: 'certain',
    what: `The stack ${stackName} was to be deleted, and some of it could not be.`,
    suffers: 'Those who pay: what is left of it costs money.',
    evidence: [{ api: 'cloudformation:ListStacks', saw: `${stackName}: DELETE_FAILED` }],
    remedy: `Read the reason under CloudFormation, Stacks, Events, and delete it again: aws cloudformation delete-stack --stack-name ${stackName} --region ${region} --deletion-mode FORCE_DELETE_STACK, which keeps what cannot be deleted.`,
  };
}

async function physicalIds(
  stacks: readonly { readonly name: string }[],
  look: Look,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { name } of stacks) {
    const resources = name === look.stackName ? stackResources(look) : resourcesOf(name, look);
    for (const { physicalId } of await resources) ids.add(physicalId);
  }
  return ids;
}

/** All buckets and tables that are named as what a deletion keeps. */
async function thingsIn(look: Look): Promise<readonly Thing[]> {
  const [buckets, tables] = await Promise.all([keptBuckets(look), keptTables(look)]);
  return [
    ...buckets.map((name): Thing => ({ kind: 'bucket', name, api: 's3:ListAllMyBuckets' })),
    ...tables.map((name): Thing => ({ kind: 'table', name, api: 'dynamodb:ListTables' })),
  ];
}
