/** How often an operation may be called: so many at once, refilled by so many a second. */
interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * The rates of an account in a Region until they are raised. Operations that are not named have `USUAL`.
 *
 * Source: Amazon Connect administrator guide, "Amazon Connect service quotas", API throttling quotas, October 2025.
 */
const RATES: Readonly<Record<string, Rate>> = {
  GetContactAttributes: { perSecond: 10, burst: 15 },
  UpdateContactAttributes: { perSecond: 10, burst: 15 },
  DescribeContact: { perSecond: 10, burst: 15 },
  StopContact: { perSecond: 10, burst: 15 },
  UpdateContact: { perSecond: 10, burst: 15 },
  ListContactReferences: { perSecond: 10, burst: 15 },
  TagContact: { perSecond: 20, burst: 25 },
  UntagContact: { perSecond: 20, burst: 25 },
  UpdateContactRoutingData: { perSecond: 20, burst: 20 },
  SearchContacts: { perSecond: 0.5, burst: 1 },
  StartChatContact: { perSecond: 5, burst: 8 },
  CreateParticipant: { perSecond: 5, burst: 8 },
  ListIntegrationAssociations: { perSecond: 25, burst: 50 },
  ListRealtimeContactAnalysisSegments: { perSecond: 1, burst: 2 },
  SendChatIntegrationEvent: { perSecond: 17, burst: 26 },
  // Every call is refused until AWS Support has raised the quota.
  CreateAttachedFile: { perSecond: 0, burst: 0 },
  StartContactConversationalAnalyticsJob: { perSecond: 0, burst: 0 },
};

const USUAL: Rate = { perSecond: 2, burst: 5 };

export function rateOf(operation: string): Rate {
  return RATES[operation] ?? USUAL;
}

/** Tasks of an instance that are open at once. Source: as above, "Concurrent active tasks per instance". */
export const MOST_OPEN_TASKS = 2500;
