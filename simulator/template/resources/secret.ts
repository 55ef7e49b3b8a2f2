import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isJsonObject } from '../../gateway/protocols.ts';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { Tags, tagsIn } from './tags.ts';

const GenerateShape = z.strictObject({
  secretStringTemplate: z.string().exactOptional(),
  generateStringKey: z.string().exactOptional(),
  passwordLength: z.coerce.number().int().min(1).max(4096).exactOptional(),
  excludeCharacters: z.string().exactOptional(),
  excludeLowercase: z.boolean().exactOptional(),
  excludeUppercase: z.boolean().exactOptional(),
  excludeNumbers: z.boolean().exactOptional(),
  excludePunctuation: z.boolean().exactOptional(),
  includeSpace: z.boolean().exactOptional(),
  requireEachIncludedType: z.boolean().exactOptional(),
});

const Properties = z.strictObject({
  Name: z.string().optional(),
  SecretString: z.string().exactOptional(),
  GenerateSecretString: z.preprocess(withSmallInitials, GenerateShape).exactOptional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  Tags,
});

/** AWS::SecretsManager::Secret. Its ARN ends with six characters that cannot be known beforehand. */
export const secret: ResourceKind = {
  identify({ name, seed, imported, account: { partition, region, id } }) {
    if (imported !== undefined) {
      // The name and six characters are the end of the ARN.
      const [, Name = ''] = /:secret:(.*)-.{6}$/.exec(imported) ?? [];
      return { ref: imported, attributes: { Id: imported, Name } };
    }
    const secretName = name('Name', { longest: 255 });
    const end = uuidOf(seed).slice(0, 6);
    const arn = `arn:${partition}:secretsmanager:${region}:${id}:secret:${secretName}-${end}`;
    return { ref: arn, attributes: { Id: arn, Name: secretName } };
  },
  deploy(resource, { cloud }) {
    const { SecretString, GenerateSecretString, ...properties } = parseProperties(Properties, resource);
    const { ref: arn, attributes } = resource.identity();
    cloud.secretsManager.createSecret({
      arn,
      name: attributes['Name'] ?? '',
      ...aboutIn(properties),
      ...(SecretString !== undefined && { secretString: SecretString }),
      ...(GenerateSecretString && { generate: GenerateSecretString }),
    });
  },
  /** The value changes only if the rules for it did. */
  update(resource, { cloud }, before) {
    const { SecretString, GenerateSecretString, ...properties } = parseProperties(Properties, resource);
    const old = parseProperties(Properties, before);
    cloud.secretsManager.describeSecret(resource.identity().ref, aboutIn(properties));
    if (
      isDeepStrictEqual([SecretString, GenerateSecretString], [old.SecretString, old.GenerateSecretString])
    ) {
      return;
    }
    cloud.secretsManager.changeSecret(resource.identity().ref, {
      ...(SecretString !== undefined && { secretString: SecretString }),
      ...(GenerateSecretString && { generate: GenerateSecretString }),
    });
  },
  remove: ({ identity }, { cloud }) => cloud.secretsManager.deleteSecret(identity().ref),
  import: { identifier: 'Id', isThere: (arn, { secretsManager }) => secretsManager.hasSecret(arn) },
};

function aboutIn({
  Tags: tags,
  Description: description,
  KmsKeyId: kmsKeyId,
}: Pick<z.infer<typeof Properties>, 'Tags' | 'Description' | 'KmsKeyId'>) {
  return { tags: tagsIn(tags), description, kmsKeyId };
}

/** `PasswordLength` becomes `passwordLength`. */
function withSmallInitials(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.slice(0, 1).toLowerCase() + name.slice(1), member]),
  );
}
