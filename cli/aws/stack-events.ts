import {
  CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent as AwsEvent,
} from '@aws-sdk/client-cloudformation';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';

/** Something that happened to a resource, or to the stack itself. */
export interface StackEvent {
  readonly logicalId: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  /** `CREATE_COMPLETE`, `UPDATE_FAILED`, `DELETE_SKIPPED` … */
  readonly status: string;
  /** Why, where CloudFormation says so. */
  readonly reason: string | undefined;
  /** Whether it is about the stack itself. */
  readonly isOfStack: boolean;
}

/** The events of one stack. Everything throws RefusedError, in words. */
export interface StackEvents {
  /** What has happened until now is no news. */
  readonly skip: () => Promise<void>;
  /**
   * What has happened since the last call, the oldest first; at the first call, since the newest operation on the stack
   * began. With the stack's ARN, events are there after the stack is gone, too.
   */
  readonly news: () => Promise<readonly StackEvent[]>;
}

/** What the stack is in when an operation on it begins. A rollback is the end of one that has begun before. */
const BEGINNINGS = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'DELETE_IN_PROGRESS'];

/** `stackArn`: events of a stack that is gone are found by its ARN only. */
export function stackEvents(
  stackArn: string,
  { client, place }: Pick<Asker, 'client' | 'place'>,
): StackEvents {
  const cloudFormation = client(CloudFormationClient);
  const seen = new Set<string | undefined>();
  const pages = () => paginateDescribeStackEvents({ client: cloudFormation }, { StackName: stackArn });
  const isOfStack = ({ PhysicalResourceId: id }: AwsEvent) => id === stackArn;

  /** Newest first, back to the page with those that were seen, or to the beginning of the newest operation. */
  async function unseenEvents(): Promise<readonly AwsEvent[]> {
    const events: AwsEvent[] = [];
    for await (const { StackEvents: page = [] } of pages()) {
      for (const event of page) {
        if (!seen.has(event.EventId)) events.push(event);
        if (isOfStack(event) && BEGINNINGS.includes(event.ResourceStatus ?? '')) return events;
      }
      if (page.some(({ EventId }) => seen.has(EventId))) return events;
    }
    return events;
  }

  async function newestPage(): Promise<readonly AwsEvent[]> {
    for await (const { StackEvents: page = [] } of pages()) return page;
    return [];
  }

  const askEvents = async (read: () => Promise<readonly AwsEvent[]>) => {
    const events = await askAws('cloudformation:DescribeStackEvents', place, read);
    for (const { EventId } of events) seen.add(EventId);
    return events;
  };

  return {
    skip: async () => void (await askEvents(newestPage)),
    news: async () =>
      (await askEvents(unseenEvents)).toReversed().map((event) => ({
        logicalId: event.LogicalResourceId ?? '',
        type: event.ResourceType ?? '',
        status: event.ResourceStatus ?? '',
        reason: event.ResourceStatusReason,
        isOfStack: isOfStack(event),
      })),
  };
}
