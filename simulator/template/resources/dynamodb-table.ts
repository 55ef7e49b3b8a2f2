import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { Tags, tagsIn } from './tags.ts';

const Ignored = z.unknown().optional();
const Key = z.looseObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });
const Index = z.looseObject({ IndexName: z.string(), KeySchema: z.array(Key) });

const Properties = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: z.array(Key),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  BillingMode: z.string().optional(),
  ProvisionedThroughput: z.unknown().optional(),
  ContributorInsightsSpecification: Ignored,
  DeletionProtectionEnabled: z.boolean().default(false),
  PointInTimeRecoverySpecification: Ignored,
  SSESpecification: Ignored,
  TableClass: Ignored,
  Tags,
  TimeToLiveSpecification: Ignored,
});

/** AWS::DynamoDB::Table, without streams. Items do not expire. */
export const dynamodbTable: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const table = name('TableName', { longest: 255 });
    return { ref: table, attributes: { Arn: `arn:${partition}:dynamodb:${region}:${id}:table/${table}` } };
  },
  deploy(resource, { cloud }) {
    const properties = parseProperties(Properties, resource);
    const tags = tagsIn(properties.Tags);
    return cloud.dynamodb.createTable({ name: resource.identity().ref, properties, tags });
  },
  /** Indexes come and go, and so do tags; nothing else of a table that can change has an effect here. */
  update(resource, { cloud }, before) {
    const properties = parseProperties(Properties, resource);
    return cloud.dynamodb.changeTable(resource.identity().ref, {
      properties,
      before: parseProperties(Properties, before),
      tags: tagsIn(properties.Tags),
    });
  },
  remove(resource, { cloud }) {
    if (parseProperties(Properties, resource).DeletionProtectionEnabled) {
      throw new TemplateError(
        `${resource.where}: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    }
    return cloud.dynamodb.deleteTable(resource.identity().ref);
  },
  import: { identifier: 'TableName', isThere: (name, { dynamodb }) => dynamodb.hasTable(name) },
};
