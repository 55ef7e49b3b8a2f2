/** Where everything in the simulator is. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn` */
  readonly partition: string;
}
