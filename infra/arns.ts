/** The parts of an Amazon Resource Name; `resource` is everything after the account. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** Which account and Region an Amazon Connect instance lives in; the stack goes there too. */
export interface InstanceHome {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly instanceId: string;
}

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/;

/** Undefined when `text` is no ARN. */
export function arnIn(text: string): Arn | undefined {
  const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? [];
  if (partition === undefined || service === undefined || region === undefined) return undefined;
  if (accountId === undefined || resource === undefined) return undefined;
  return { partition, service, region, accountId, resource };
}

/** `arn:aws:connect:us-east-1:111122223333:instance/<id>` taken apart; its shape was checked with the settings. */
export function homeOf(instanceArn: string): InstanceHome {
  const arn = arnIn(instanceArn);
  if (!arn) throw new TypeError(`instanceArn is no ARN: ${instanceArn}`);
  const { partition, region, accountId, resource } = arn;
  return { partition, region, accountId, instanceId: resource.replace('instance/', '') };
}
