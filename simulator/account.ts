/** Where everything in the simulator is. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn` */
  readonly partition: string;
}

/** That of the simulated instance which comes with the simulator. */
export const LAPTOP_ACCOUNT: Account = { id: '111122223333', region: 'us-east-1', partition: 'aws' };
