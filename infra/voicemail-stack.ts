import { Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { homeOf } from './arns.ts';
import { bootstrapOf } from './bootstrap-settings.ts';
import { stackSynthesizer } from './stack-synthesizer.ts';
import { monitoringOf, type VoicemailConfig } from './config.ts';
import { watchVoicemails } from './pipeline/alarms.ts';
import { followOrganization } from './pipeline/organization.ts';
import { encryptWithOwnKey } from './pipeline/own-key.ts';
import { dashboard } from './pipeline/dashboard.ts';
import { emailDelivery } from './pipeline/email.ts';
import { voicemailFlows } from './pipeline/flows.ts';
import { connectFunctions, functions } from './pipeline/functions.ts';
import { linkHosts } from './pipeline/link-hosts.ts';
import { leaveOutWhatIsMissing } from './pipeline/left-out.ts';
import { tellOperators } from './pipeline/operators.ts';
import { queues } from './pipeline/queues.ts';
import type { StackParts } from './pipeline/stack-parts.ts';
import { storage } from './pipeline/storage.ts';
import { STACK_DESCRIPTION } from './version.ts';

export interface VoicemailStackProps {
  readonly config: VoicemailConfig;
  /** Holds one folder per bundle, as `npm run build` leaves them. */
  readonly functionsFolder: string;
}

/** Voicemail Express for one Amazon Connect instance, in that instance's account and Region. */
export class VoicemailStack extends Stack {
  constructor(scope: Construct, id: string, { config, functionsFolder }: VoicemailStackProps) {
    const { accountId, region } = homeOf(config.instanceArn);
    super(scope, id, {
      description: STACK_DESCRIPTION,
      env: { account: accountId, region },
      ...(config.bootstrap && { synthesizer: stackSynthesizer(bootstrapOf(config)) }),
      // Nobody deletes it by a slip of the hand; `vmx uninstall` switches it off.
      terminationProtection: true,
    });
    const store = storage(this, config);
    const waiting = queues(this, store);
    const made = functions(this, { config, functionsFolder });
    const linkAddress = linkHosts(this, { config, opener: made.get('open-recording') });
    const functionOf = (bundle: string) => required(made.get(bundle), `no function ${bundle}`);
    const showVoicemail = functionOf('show-voicemail').function;
    const parts: StackParts = {
      scope: this,
      config,
      storage: store,
      queueOf: (bundle) => required(waiting.work.get(bundle), `${bundle} has no queue`),
      functionOf,
      linkAddress,
      taskFlows: voicemailFlows(this, { config, showVoicemail }),
      mail: emailDelivery(this, config),
    };
    connectFunctions(parts);
    watchVoicemails(parts);
    if (monitoringOf(config) === 'full') dashboard(this, { queues: waiting });
    tellOperators(this, { config, storage: store, queues: waiting });
    if (config.alarmEmails) this.#mailAlarmsTo(config.alarmEmails);
    if (config.kmsKeyArn !== undefined) encryptWithOwnKey(parts, config.kmsKeyArn);
    followOrganization(this, config);
    leaveOutWhatIsMissing(this);
  }

  #mailAlarmsTo(addresses: readonly string[]): void {
    const topic = new Topic(this, 'alarms', { displayName: this.stackName, enforceSSL: true });
    for (const address of addresses) topic.addSubscription(new EmailSubscription(address));
    for (const construct of this.node.findAll()) {
      if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
    }
  }
}

function required<Thing>(thing: Thing | undefined, otherwise: string): Thing {
  if (thing === undefined) throw new Error(otherwise);
  return thing;
}
