import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';
import { type EmailConfig, identitiesOf } from '../email-settings.ts';

/** What SES reports of a mail after it accepted it: that it went out, and that it did not arrive or was not wanted. */
const EVENTS = {
  send: 'Email Sent',
  bounce: 'Email Bounced',
  complaint: 'Email Complaint Received',
  reject: 'Email Rejected',
  renderingFailure: 'Email Rendering Failed',
} as const;

/** What delivery by email adds for the function that delivers. */
export interface MailResources {
  /** Holds the constructs of delivery by email. */
  readonly scope: Construct;
  /** The function's settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** SES's events about our mails. */
  readonly events: EventPattern;
  readonly configurationSetArn: string;
  readonly identityArns: readonly string[];
  /** All templates of the account. */
  readonly templatesArn: string;
}

/**
 * Delivery by email, if it is configured: a configuration set of its own, whose events
 * SES puts on the default event bus. The verified identity is the administrator's: it is
 * not made here.
 */
export function emailDelivery(
  stack: Construct,
  { email, instanceArn }: VoicemailConfig,
): MailResources | undefined {
  if (!email) return undefined;
  const scope = new Construct(stack, 'email');
  const set = new CfnConfigurationSet(scope, 'configuration-set', {
    // A link that leads over a tracker is known to the tracker, and some mail clients cut it.
    vdmOptions: { dashboardOptions: { engagementMetrics: 'DISABLED' } },
  });
  const { partition, region, accountId } = homeOf(instanceArn);
  const sesArn = (resource: string) => `arn:${partition}:ses:${region}:${accountId}:${resource}`;
  const configurationSetArn = sesArn(`configuration-set/${set.ref}`);

  new CfnConfigurationSetEventDestination(scope, 'events', {
    configurationSetName: set.ref,
    eventDestination: {
      enabled: true,
      matchingEventTypes: Object.keys(EVENTS),
      eventBridgeDestination: {
        eventBusArn: `arn:${partition}:events:${region}:${accountId}:event-bus/default`,
      },
    },
  });
  return {
    scope,
    environment: { EMAIL_CONFIGURATION_SET: set.ref, ...environmentOf(email) },
    events: {
      source: ['aws.ses'],
      detailType: Object.values(EVENTS),
      resources: [configurationSetArn],
    },
    configurationSetArn,
    identityArns: identitiesOf(email).map((identity) => sesArn(`identity/${identity}`)),
    templatesArn: sesArn('template/*'),
  };
}

function environmentOf(email: EmailConfig): Readonly<Record<string, string>> {
  const {
    from,
    fallbackTo,
    replyTo,
    allowedDomains,
    queueTemplate,
    agentTemplate,
    recording,
    attachLimitMb,
  } = email;
  return {
    EMAIL_FROM: from,
    EMAIL_RECORDING: recording,
    ...(fallbackTo && { EMAIL_FALLBACK_TO: fallbackTo.join(',') }),
    ...(allowedDomains && { EMAIL_ALLOWED_DOMAINS: allowedDomains.join(',') }),
    ...(replyTo && { EMAIL_REPLY_TO: replyTo.join(',') }),
    ...(queueTemplate !== undefined && { EMAIL_QUEUE_TEMPLATE: queueTemplate }),
    ...(agentTemplate !== undefined && { EMAIL_AGENT_TEMPLATE: agentTemplate }),
    ...(attachLimitMb !== undefined && { EMAIL_ATTACH_LIMIT_MB: String(attachLimitMb) }),
  };
}
