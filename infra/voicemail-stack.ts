import { Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { homeOf } from './arns.ts';
import type { VoicemailConfig } from './config.ts';
import { watchVoicemails } from './pipeline/alarms.ts';
import { dashboard } from './pipeline/dashboard.ts';
import { emailDelivery } from './pipeline/email.ts';
import { connectEvents } from './pipeline/events.ts';
import { tellItsFlows, voicemailFlows } from './pipeline/flows.ts';
import { functions } from './pipeline/functions.ts';
import { grantPermissions } from './pipeline/grants.ts';
import { tellOperators } from './pipeline/operators.ts';
import { queues } from './pipeline/queues.ts';
import { storage } from './pipeline/storage.ts';

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
      description: 'Voicemail Express for Amazon Connect',
      env: { account: accountId, region },
    });
    const parts = { config, functionsFolder, storage: storage(this, config), queues: queues(this) };
    const pipeline = { ...parts, functions: functions(this, parts) };
    const showVoicemail = pipeline.functions['show-voicemail'].function;
    tellItsFlows(pipeline.functions['deliver-voicemail'], voicemailFlows(this, { config, showVoicemail }));
    const { contactRecords } = connectEvents(this, pipeline);
    grantPermissions(pipeline);
    emailDelivery(this, pipeline);
    watchVoicemails(this, { ...pipeline, contactRecords });
    dashboard(this, pipeline);
    tellOperators(this, parts);
    if (config.alarmEmails) this.#mailAlarmsTo(config.alarmEmails);
  }

  #mailAlarmsTo(addresses: readonly string[]): void {
    const topic = new Topic(this, 'alarms', { displayName: 'Voicemail Express', enforceSSL: true });
    for (const address of addresses) topic.addSubscription(new EmailSubscription(address));
    for (const construct of this.node.findAll()) {
      if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
    }
  }
}
