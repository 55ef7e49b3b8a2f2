import type { StackEvent } from '../aws/stack-events.ts';
import type { Ending } from './watch-deployment.ts';

/** A resource that only fell with another one: `Resource creation cancelled`. */
const FELL_WITH_OTHERS = /^Resource (creation|update|import|deletion) cancelled/i;

/** Why a deployment failed, one line for each resource with what to do; what fell with others is counted. */
export function failureText({ failed, reason }: Ending): string {
  const causes = failed.filter((event) => !FELL_WITH_OTHERS.test(event.reason ?? ''));
  const others = failed.length - causes.length;
  const lines = causes.flatMap((event) => {
    const remedy = remedyFor(event);
    return [
      `  ✖ ${event.type} ${event.logicalId}: ${event.reason ?? 'CloudFormation says no reason'}`,
      ...(remedy === undefined ? [] : [`    Do: ${remedy}`]),
    ];
  });
  if (causes.length === 0) lines.push(`  ✖ ${reason ?? 'CloudFormation says no reason'}`);
  if (others > 0) lines.push(`  (${others} more were broken off because of it.)`);
  return lines.join('\n');
}

/** What a person can do about what CloudFormation says. Undefined: the reason has to say it. */
function remedyFor({ reason = '', type }: StackEvent): string | undefined {
  return KNOWN.find(({ told }) => told.test(reason))?.remedy(reason, type);
}

interface KnownFailure {
  readonly told: RegExp;
  readonly remedy: (reason: string, type: string) => string;
}

/** `User: arn:… is not authorized to perform: sqs:CreateQueue on resource: …` */
const ACTION = /not authorized to perform:? \[?([\w-]+:\w+)/;

/**
 * The first that fits. CloudFormation tells what a service has said, and mostly a code. Source: CloudFormation CLI user
 * guide, "Handler error codes"; IAM user guide, "Access denied error messages".
 */
const KNOWN: readonly KnownFailure[] = [
  {
    told: /lambda:(Create|Update)FunctionUrlConfig.*explicit deny/,
    remedy: () =>
      "your organization forbids public function URLs, as Control Tower does by CT.LAMBDA.PV.1: set links.host to 'api-gateway', 'own-domain' or 'none', see docs/settings.md, and deploy again.",
  },
  {
    told: /lambda:AddPermission.*explicit deny/,
    remedy: () =>
      'your organization lets nobody outside the account invoke functions, not even services of AWS, as Control Tower does by CT.LAMBDA.PV.2: ask those who manage it to exempt the role that CloudFormation works with. No setting helps.',
  },
  {
    told: /explicit deny in a (service|resource) control policy/,
    remedy: (reason) =>
      `a policy of your organization forbids ${actionIn(reason)}: ask those who manage the organization to allow it in this account and Region.`,
  },
  {
    told: /explicit deny in a permissions boundary/,
    remedy: (reason) =>
      `the permissions boundary of the role that CloudFormation works with forbids ${actionIn(reason)}: have it allowed there.`,
  },
  {
    told: /not authorized to perform|HandlerErrorCode: (AccessDenied|InvalidCredentials)|Error Code: AccessDenied|UnauthorizedTaggingOperation/,
    remedy: (reason) =>
      `allow ${actionIn(reason)} to the role that CloudFormation works with, cdk-…-cfn-exec-role-…: npx vmx deployer-policy prints what it needs.`,
  },
  {
    told: /HandlerErrorCode: ServiceLimitExceeded|LimitExceeded|ServiceQuotaExceeded|TooMany\w+Exception|(quota|limit) .*(exceeded|reached)/i,
    remedy: (_, type) =>
      `the account has no more room for ${type}: ask for a higher quota in the Service Quotas console, or delete what nobody needs, and deploy again.`,
  },
  {
    told: /HandlerErrorCode: AlreadyExists|already exists|DuplicateResource|EntityAlreadyExists|ResourceInUse/i,
    remedy: () =>
      'something that is not of this stack has that name: rename or delete it, and deploy again. npx vmx doctor names flows and stacks that are in the way.',
  },
  {
    told: /HandlerErrorCode: (Throttling|ServiceInternalError|NetworkFailure|NotStabilized)/,
    remedy: () => 'this passes mostly by itself: deploy again in some minutes.',
  },
];

function actionIn(reason: string): string {
  return ACTION.exec(reason)?.[1] ?? 'what the reason names';
}
