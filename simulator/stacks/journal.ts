import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AwsError } from '../service.ts';
import type { Watcher } from '../template/make-resources.ts';
import type { StackResource } from '../template/resource-kind.ts';
import type { StackRecord } from './stack-record.ts';

/** Writes down what happens to a stack and its resources. */
export interface Journal {
  /** The stack enters a status. */
  readonly enter: (status: string, reason?: string) => void;
  /** For work on resources that is called `CREATE`, `UPDATE` or `DELETE`. */
  readonly watcher: (verb: 'CREATE' | 'UPDATE' | 'DELETE') => Watcher;
  readonly tell: (resource: StackResource, status: string, reason?: string) => void;
  /** Sets the status of a resource without an event: it has had one. */
  readonly mark: (resource: StackResource, status: string) => void;
}

/** `paceMs`: what each resource takes, on the simulator's clock. A journal is for one operation. */
export function journalOf(record: StackRecord, { clock, paceMs }: { clock: Clock; paceMs: number }): Journal {
  const operationId = randomUUID();

  function write(
    of: { logicalId: string; type: string; physicalId: string },
    status: string,
    reason?: string,
  ): void {
    const event = { ...of, status, ...(reason !== undefined && { reason }) };
    record.events.push({ ...event, id: randomUUID(), atMs: clock.now(), operationId });
  }

  function setRow(
    of: { logicalId: string; type: string; physicalId: string },
    status: string,
    reason?: string,
  ): void {
    const row = { ...of, status, ...(reason !== undefined && { reason }), changedAtMs: clock.now() };
    record.rows.set(of.logicalId, row);
  }

  function tell(resource: StackResource, status: string, reason?: string): void {
    const { logicalId, type } = resource;
    const of = { logicalId, type, physicalId: physicalIdOf(resource) };
    write(of, status, reason);
    setRow(of, status, reason);
  }

  return {
    tell,
    mark(resource, status) {
      const { logicalId, type } = resource;
      setRow({ logicalId, type, physicalId: physicalIdOf(resource) }, status);
    },
    enter(status, reason) {
      record.status = status;
      record.statusReason = reason;
      const of = { logicalId: record.name, type: 'AWS::CloudFormation::Stack', physicalId: record.id };
      write(of, status, reason);
    },
    watcher: (verb) => ({
      begins(resource) {
        tell(resource, `${verb}_IN_PROGRESS`);
        return paceMs > 0 ? clock.sleep(paceMs) : undefined;
      },
      ended: (resource) => tell(resource, `${verb}_COMPLETE`),
      failed: (resource, error) => tell(resource, `${verb}_FAILED`, reasonOf(error)),
    }),
  };
}

/** The id of a resource that cannot be resolved is empty, as that of one which was never made. */
function physicalIdOf({ identity }: StackResource): string {
  try {
    return identity().ref;
  } catch {
    return '';
  }
}

/** What went wrong, in the words of who refused it. */
export function reasonOf(error: unknown): string {
  if (error instanceof AwsError) {
    return `${error.message} (Status Code: ${error.status}; Error Code: ${error.code})`;
  }
  return error instanceof Error ? error.message : String(error);
}
