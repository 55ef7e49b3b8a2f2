import { z } from 'zod';
import { KEPT_TAGS, type KeptPart } from '../../../infra/kept-tags.ts';
import { RefusedError } from '../../command.ts';
import type { Legacy } from '../../kept/legacies.ts';

const Tag = z.looseObject({ Key: z.string(), Value: z.unknown() });
const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.looseObject({ Tags: z.array(Tag).default([]) }).prefault({}),
});
const Template = z.looseObject({ Description: z.string(), Resources: z.record(z.string(), Resource) });

/** A resource that is taken in under a logical id of the new template. */
interface Adopted {
  readonly logicalId: string;
  /** `AWS::S3::Bucket` */
  readonly type: string;
  readonly part: KeptPart;
  readonly physicalId: string;
}

/** What a stack imports, and what it is then. */
export interface Adoption {
  /** A template with nothing but what is adopted. */
  readonly template: Readonly<Record<string, unknown>>;
  readonly adopted: readonly Adopted[];
}

/**
 * What an import says of a bucket. All versions of the stack have these the same way, and a deployment that fails
 * brings a bucket back to them: it stays private and keeps its versions. What depends on the settings, tags among it,
 * is left out, so that the deployment sets it.
 */
const OF_BUCKET = [
  'BucketEncryption',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'VersioningConfiguration',
];

/**
 * The import of what an earlier stack left behind. `template`: the new stack's, JSON. Throws RefusedError if it has two
 * things for one part, or a part that the new stack does not have.
 */
export function adoptionOf({ things }: Legacy, template: unknown): Adoption {
  const { Description, Resources } = Template.parse(template);
  const adopted = things.map(({ part, physicalId }): Adopted => {
    const twin = things.find((one) => one.part === part && one.physicalId !== physicalId);
    if (twin) {
      throw new RefusedError(
        `two things were kept as ${part}, and only one can be adopted: ${physicalId} and ${twin.physicalId}. Take the tag ${KEPT_TAGS.part} off one of them`,
      );
    }
    const found = Object.entries(Resources).find(([, { Properties }]) => isPart(part, Properties.Tags));
    if (!found) throw new RefusedError(`this version has no ${part}, so ${physicalId} cannot be adopted`);
    const [logicalId, { Type: type }] = found;
    return { logicalId, type, part, physicalId };
  });
  const resources = adopted.map(({ logicalId }) => {
    const { Type, Properties, Metadata } = Resources[logicalId] ?? { Type: '', Properties: { Tags: [] } };
    // Whatever becomes of the import, nothing is deleted.
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    const described = { Type, Properties: importedProperties(Type, Properties), Metadata, ...kept };
    return [logicalId, described] as const;
  });
  return { template: { Description, Resources: Object.fromEntries(resources) }, adopted };
}

/** Table and secret keep theirs: another rule for its value would give the secret a new one. */
function importedProperties(type: string, properties: z.infer<typeof Resource>['Properties']) {
  const isImported = (name: string) =>
    type === 'AWS::S3::Bucket' ? OF_BUCKET.includes(name) : name !== 'Tags';
  return Object.fromEntries(Object.entries(properties).filter(([name]) => isImported(name)));
}

function isPart(part: KeptPart, tags: readonly z.infer<typeof Tag>[]): boolean {
  return tags.some(({ Key, Value }) => Key === KEPT_TAGS.part && Value === part);
}
